"""What `mockserver serve` can't do: one clear line on stderr, exit code 2, nothing on stdout."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.app import Settings, create_mock
from mockserver.cli import main
from mockserver.content import spec_dir
from mockserver.document.errors import DocumentError
from mockserver.errors import StartError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# starts the command line with another folder in place of the document's own
ELSEWHERE = (
    "import pathlib, sys, mockserver.content as content\n"
    "content.spec_dir = lambda name='': pathlib.Path(sys.argv[1])\n"
    "from mockserver.cli import main\n"
    "sys.exit(main(['serve', '--port', '0']))\n"
)


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a refusal."""
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("mockserver: ")
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def tried(capsys: pytest.CaptureFixture[str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """As `run`, but in this process: for refusals, which come before anything is served."""

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        try:
            code = main(arguments)
        except SystemExit as ended:  # argparse
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return call


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


def test_a_port_in_use(run: Callable[..., subprocess.CompletedProcess[str]], taken: int) -> None:
    line = refused(run("serve", "--port", str(taken)))
    assert f"Port {taken} on 127.0.0.1 is in use" in line
    assert "--port" in line


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--port", "70000"], ["70000", "65535"]),
        (["--port", "-1"], ["-1", "65535"]),
        (["--host", "no.such.host.invalid"], ["no.such.host.invalid", "address of this machine"]),
        (["--host", "192.0.2.1"], ["192.0.2.1", "address of this machine"]),
        (["--scenario", "nonsense"], ["nonsense", "empty", "freelancer"]),
        (["--scenario", "freelancr"], ["freelancr", "freelancer"]),
        (["--scenario", "../../etc/passwd"], ["../../etc/passwd"]),
        (["--scenario", "missing.yaml"], ["missing.yaml"]),
        (["--scenario", ""], ["scenario"]),
        (["--locale", "xx_XX"], ["xx_XX"]),
        (["--locale", ""], ["locale"]),
        (["--locale", "../en_US"], ["locale"]),
        (["--rate-limit", "300"], ["'300'", "300/m"]),
        (["--rate-limit", "web=3/m"], ["'web=3/m'", "api, login, refresh, 404, routes=off"]),
        (["--token", "a@b"], ["--token", "@"]),
        (["--token", ""], ["--token"]),
        (["--token", "\u00fc"], ["--token", "ASCII"]),
    ],
    ids=lambda value: " ".join(value) if "--" in value[0] else "",
)
def test_an_option_that_cannot_be(
    tried: Callable[..., subprocess.CompletedProcess[str]], options: list[str], words: list[str]
) -> None:
    line = refused(tried("serve", *(["--port", "0"] if "--port" not in options else []), *options))
    assert all(word in line for word in words), line


@pytest.mark.parametrize(
    "options",
    [
        ["--port", "abc"],
        ["--scale", "0"],
        ["--scale", "-1"],
        ["--scale", "nan"],
        ["--scale", "1e9"],
        ["--seed", "x"],
        ["--nonsense"],
    ],
)
def test_an_option_of_a_wrong_kind_gets_the_usage_and_2(
    tried: Callable[..., subprocess.CompletedProcess[str]], options: list[str]
) -> None:
    done = tried("serve", *options)
    assert done.returncode == 2
    assert "usage: mockserver" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "just text",
        "scenario: x\ncalls: 5",
        "scenario: x\ncalls: [{post: /api/v1/nowhere}]",
        "\t- a",
        "a: b: c",
        "a: &x [*x]",
        "\x00",
    ],
    ids=repr,
)
def test_a_broken_scenario_file(
    tried: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    line = refused(tried("serve", "--port", "0", "--scenario", str(path)))
    assert "mine" in line


def test_a_port_is_free_again_after_a_refusal(
    tried: Callable[..., subprocess.CompletedProcess[str]], taken: int
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    refused(tried("serve", "--port", str(port), "--scenario", "nonsense"))
    assert port != taken
    with socket.socket() as again:
        again.bind(("127.0.0.1", port))


BROKEN: dict[str, Callable[[Any, Any], Any]] = {
    "no components": lambda raw, _: raw.pop("components"),
    "no schemas": lambda raw, _: raw["components"].pop("schemas"),
    "no paths": lambda raw, _: raw.pop("paths"),
    "no operation id": lambda raw, _: raw["paths"]["/api/v1/clients"]["get"].pop("operationId"),
    "a field without a kind": lambda _, facts: facts["fields"]["name"].pop("kind"),
    "an unknown hook": lambda _, facts: facts.update(store={"before_create": "no_such_hook"}),
    "an unknown rule": lambda _, facts: facts.update(rules={"create": {"name": ["no_such_rule"]}}),
    "an unknown matcher": lambda _, facts: facts.update(filters={"name": {"match": "no_such", "field": "name"}}),
    "an include of nothing": lambda _, facts: facts["includes"]["contacts"].update(entity="nobody"),
    "facts of a wrong shape": lambda _, facts: facts.update(fields=["id", "name"]),
}
"""What is broken in the served document, from the document and the facts of its clients."""


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_document_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / "openapi.json"
    raw = json.loads((spec_dir() / "openapi.json").read_text("utf-8"))
    BROKEN[name](raw, raw["components"]["schemas"]["Client"]["x-mock"])
    path.write_text(json.dumps(raw), "utf-8")
    with pytest.raises((StartError, DocumentError)) as refusal:
        create_mock(Settings(document=path))
    assert len(" ".join(str(refusal.value).split())) > 20


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe", b"openapi: 3.0.3", b"{}", b"5", b"[]", b"null"])
def test_a_file_that_is_no_document_is_refused_by_its_name(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mine.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"mine\.json: got .+, wanted .+; run `mockserver spec bundle`"):
        create_mock(Settings(document=path))


def test_a_folder_in_place_of_the_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="wanted a file that can be read"):
        create_mock(Settings(document=tmp_path))


@pytest.mark.parametrize("content", ["missing", "{", "{}", "[]"])
def test_serve_on_a_broken_spec_folder(tmp_path: Path, content: str) -> None:
    if content != "missing":
        (tmp_path / "openapi.json").write_text(content, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(tmp_path)], check=False, capture_output=True, text=True, timeout=60
    )
    assert "mockserver spec bundle" in refused(done)


def test_an_unknown_scenario_and_an_unknown_locale_end_the_real_process_with_2(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    assert "nonsense" in refused(run("serve", "--port", "0", "--scenario", "nonsense"))
    assert "xx_XX" in refused(run("serve", "--port", "0", "--locale", "xx_XX"))


def test_no_command_is_a_usage_and_2(tried: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = tried()
    assert done.returncode == 2
    assert "usage: mockserver" in done.stderr


def test_spec_lint_and_bundle_of_our_own_sources(
    tried: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    source = tmp_path / "spec" / "invoiceninja-v5"
    shutil.copytree(spec_dir(), source)
    shutil.copy(spec_dir().parent / "x-mock.schema.json", tmp_path / "spec")
    linted = tried("spec", "lint", "--spec", str(source))
    assert (linted.returncode, linted.stdout, linted.stderr) == (0, "0 problems\n", "")
    before = (source / "openapi.json").read_bytes()
    (source / "openapi.json").unlink()
    bundled = tried("spec", "bundle", "--spec", str(source))
    assert bundled.returncode == 0, bundled.stderr
    assert "operations" in bundled.stdout
    assert (source / "openapi.json").read_bytes() == before


def test_spec_bundle_of_broken_sources_is_2(
    tried: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    source = tmp_path / "spec" / "invoiceninja-v5"
    shutil.copytree(spec_dir(), source)
    shutil.copy(spec_dir().parent / "x-mock.schema.json", tmp_path / "spec")
    path = source / "source" / "entities" / "product.yaml"
    path.write_text(path.read_text("utf-8").replace("is: money", "is: gold", 1), "utf-8")
    for command in ("bundle", "lint"):
        done = tried("spec", command, "--spec", str(tmp_path / "spec" / "invoiceninja-v5"))
        assert done.returncode == 2
        assert "product.yaml" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["bundle", "lint"])
def test_spec_commands_without_sources_are_2(
    tried: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, command: str
) -> None:
    done = tried("spec", command, "--spec", str(tmp_path / "spec" / "invoiceninja-v5"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
