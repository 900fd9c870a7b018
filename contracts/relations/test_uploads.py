"""Files come back byte for byte, with name, type and size, and what is deleted is gone (R-EP-5, R-LIFE-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.requests.pool import PNG
from mockserver.contract.scenes.stage import Stage, staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes", "deletes"), pytest.mark.nouns("create", "show", "list", "update", "upload")]
FILES = {
    "every byte.txt": bytes(range(256)) * 3,
    "picture.png": PNG,
    "Ünï 漢字.PDF": b"%PDF-1.4\r\n\x00\xff\r\n--boundary\r\n",
    "lines.csv": b"a,b\r\n\r\n1,2\n",
}
FIELD = "documents[]"


def upload(stage: Stage, hashed: str, files: dict[str, bytes], want: int = 200) -> list[dict[str, Any]]:
    """The entries of all files of the record after an upload."""
    sent = [(FIELD, name, content) for name, content in files.items()]
    reply = stage.call("upload", hashed, body={"_method": "PUT"}, files=sent, want=want)
    return list(reply.data["documents"]) if reply.ok else []


def test_files_come_back_byte_for_byte(target: Target, noun: Noun) -> None:
    documents = target.spec.nouns["document"].operations
    with staged(target, noun) as stage:
        record, bystander = stage.make()["id"], stage.make()["id"]
        name_of = stage.operation("upload").id

        def check(entries: list[dict[str, Any]], files: dict[str, bytes], when: str) -> None:
            if sorted(each["name"] for each in entries) != sorted(files):
                raise Broken(
                    f"{when}: got {[each['name'] for each in entries]}, wanted {list(files)}", operation=name_of
                )
            for each in entries:
                content, ending = files[each["name"]], each["name"].rpartition(".")[2].lower()
                if (each["size"], each["type"]) != (len(content), ending):
                    got = f"type {each['type']!r} and size {each['size']}"
                    raise Broken(
                        f"{when}: {each['name']} has {got}, wanted {ending!r} and {len(content)}", operation=name_of
                    )
                operation = documents["document_download"]
                back = stage.client.call(operation, path={"id": each["id"]}, want=200, judged=False).body
                if back != content:
                    sent = f"sent were {len(content)}: {content[:40]!r}"
                    what = f"{each['name']} came back with {len(back)} bytes {back[:40]!r}, {sent}"
                    raise Broken(what, operation=operation.id)

        names = list(FILES)
        first, rest = {names[0]: FILES[names[0]]}, {name: FILES[name] for name in names[1:]}
        check(upload(stage, record, first), first, "after the first upload")
        check(upload(stage, record, rest), FILES, "after a second upload of several files")
        entries = stage.show(record)["documents"]
        check(entries, FILES, "in the record as it is shown")
        if len({each["id"] for each in entries}) != len(FILES) or len({each["hash"] for each in entries}) != len(FILES):
            raise Broken("files share an id or a hash", operation=name_of)
        if other := stage.show(bystander)["documents"]:
            raise Broken(f"{len(other)} files hang on a record that got none", operation=name_of)
        upload(stage, record, {"program.exe": b"MZ"}, want=422)
        check(stage.show(record)["documents"], FILES, "after a refused upload")
        gone = entries[0]
        stage.client.call(documents["document_remove"], path={"id": gone["id"]}, want=200)
        left = {name: content for name, content in FILES.items() if name != gone["name"]}
        check(stage.show(record)["documents"], left, f"after {gone['name']} was deleted")
        operation = documents["document_download"]
        reply = stage.client.call(operation, path={"id": gone["id"]}, judged=False)
        if reply.ok:
            raise Broken("a file that was deleted is still handed out", operation=operation.id)
