"""Files that tests upload, the exports that they fetch, and what became of the jobs that they began."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import orjson

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import JSON, Shop

EVERYTHING = "?import_settings=true&import_data=true"
"""An import of all that a file holds."""
PROCESSING = {"message": "Processing"}
STARTED = {"message": "Your import has started, we'll send you an email once it completes."}


def zipped(**members: bytes | str) -> bytes:
    """A zip file; `__` in a name stands for a slash, the last `_` for the dot."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            stem, _, ending = name.replace("__", "/").rpartition("_")
            archive.writestr(f"{stem}.{ending}", content)
    return target.getvalue()


def send(shop: Shop, kind: str, content: bytes | str, name: str = "table.csv") -> Response:
    """The answer to an upload of one file."""
    data = content.encode() if isinstance(content, str) else content
    return shop.call("POST", "preimport", data={"import_type": "csv"}, files=[(f"files[{kind}]", (name, data))])


def load(shop: Shop, kind: str, text: bytes | str, *fields: str, **body: Any) -> JSON:
    """The job of an import of a file whose columns go to these fields, in their order."""
    sent = send(shop, kind, text)
    assert sent.status_code == 200, sent
    mapping = {str(place): field for place, field in enumerate(fields)}
    columns = {"column_map": {kind: {"mapping": mapping}}, "skip_header": False}
    answer = shop.post("import", {"import_type": "csv", "hash": sent.json()["hash"], **columns, **body})
    assert (answer.status_code, answer.json()) == (200, STARTED)
    return job(shop)


def job(shop: Shop) -> JSON:
    """The newest job of the first company."""
    return jobs(shop)[-1]


def jobs(shop: Shop) -> list[JSON]:
    """The jobs of the first company, oldest first."""
    found: list[JSON] = shop.stored("companies")[0]["jobs"]
    return found


def problems(done: JSON, kind: str) -> list[str]:
    """What an import said of the rows of a kind that it refused."""
    return [text for each in done["errors"].get(kind, []) for text in each["error"]]


def address(shop: Shop) -> str:
    """Path of a new export."""
    answer = shop.post("export")
    assert answer.status_code == 200, answer
    told = answer.json()
    assert told["message"] == "Processing"
    path: str = told["url"].split("/api/v1/")[1]
    return path


def exported(shop: Shop) -> bytes:
    """The file of a new export."""
    answer = shop.but(X_API_TOKEN=None).get(address(shop))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    return answer.content


def backup(content: bytes) -> JSON:
    """The records that such a file holds."""
    with ZipFile(BytesIO(content)) as archive:
        found: JSON = orjson.loads(archive.read("backup.json"))
    return found


def imported(shop: Shop, content: bytes, query: str = EVERYTHING, name: str = "b.zip") -> Response:
    """The answer to an upload of such a file."""
    return shop.call("POST", f"import_json{query}", files=[("files", (name, content))])
