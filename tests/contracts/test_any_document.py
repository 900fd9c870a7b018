"""The suite on documents that are not ours: silent on healthy servers, and each planted fault found and told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.contracts.other.servers import TOKEN, Garden, Library, Server

DOCUMENTS = Path(__file__).parent / "other"
GARDEN, LIBRARY = (Garden, "garden.yaml"), (Library, "library.json")


class Run(NamedTuple):
    """What a run has printed, its exit code, its report, and the server that it was made on."""

    code: int
    text: str
    told: dict[str, Any]
    server: Server

    def said(self, rule: str, operation: str) -> str:
        """What is wrong by a rule with an operation; empty when nothing is."""
        found = (each for each in self.told["findings"] if (each["rule"], each["operation"]) == (rule, operation))
        return str(next(found, {"what": ""})["what"])


@pytest.fixture
def check(serve: Any, tmp_path: Path) -> Any:
    """Runs `mockserver check` as a user does, on one of the servers with a fault."""

    def run(api: tuple[type[Server], str], fault: str = "", *words: str) -> Run:
        server = api[0](fault=fault)
        command = [sys.executable, "-m", "mockserver", "check", serve(server), "--spec", str(DOCUMENTS / api[1])]
        command += ["--token", TOKEN, "--report-json=run.json", *(words or ("--quick", "--allow=all"))]
        environment = {**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(tmp_path / ".hypothesis")}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        report = tmp_path / "run.json"
        told = json.loads(report.read_text()) if report.exists() else {}
        return Run(done.returncode, done.stdout + done.stderr, told, server)

    return run


@pytest.mark.parametrize("api", [GARDEN, LIBRARY], ids=["garden", "library"])
def test_a_healthy_server_is_worked_through_without_a_finding(check: Any, api: Any, tmp_path: Path) -> None:
    run = check(api)
    assert (run.code, run.told["findings"]) == (0, []), run.text
    assert [each["id"] for each in run.told["operations"] if not any(map(is_good, each["status"].items()))] == []
    ran = {rule["id"] for rule in run.told["rules"] if rule["counts"]["passed"]}
    assert {"schema/answers", "protocol/token_wanted", "relations/plain_created", "relations/plain_deleted"} <= ran
    assert not any(rule.startswith("model/") for rule in ran)
    assert {"protocol/head", "relations/sorting", "model/totals"} <= set(run.told["outside"])
    assert "need the facts (x-mock)" in run.text
    live = [row for table in run.server.tables.values() for row in table.values() if not row.get("_gone")]
    assert live == []
    assert not (tmp_path / "mockserver-made.jsonl").exists()
    assert TOKEN not in run.text + json.dumps(run.told)


def is_good(seen: tuple[str, int]) -> bool:
    """Whether a status of the report is that of a success which came."""
    return seen[0].startswith("2") and seen[1] > 0


@pytest.mark.parametrize("api", [GARDEN, LIBRARY], ids=["garden", "library"])
def test_a_server_is_only_read_unless_more_is_allowed(check: Any, api: Any) -> None:
    run = check(api, "", "--quick")
    assert run.code == 0, run.text
    assert {method for method, _ in run.server.seen} == {"GET"}


FAULTS = [
    (GARDEN, "lost update", "relations/plain_updated", "replacePlant", "after a change of name: name: sent 'ct"),
    (GARDEN, "undocumented status", "schema/answers", "addPlant", "status 202 is not documented; documented are 201"),
    (GARDEN, "missing field", "schema/answers", "showPlant", '"kind" is a required property'),
    (GARDEN, "missing auth", "protocol/token_wanted", "showPlant", "that is missing: got 200, wanted 401 or 403"),
    (GARDEN, "deleted still shown", "relations/plain_deleted", "showPlant", "was deleted and answers 200, wanted 404"),
    (GARDEN, "500 on long text", "schema/answers", "addPlant", "status 500 is not documented"),
    (LIBRARY, "lost update", "relations/plain_updated", "PATCH /books/{isbn}", "title: sent 'ct"),
    (LIBRARY, "an update clears", "relations/plain_updated", "PATCH /books/{isbn}", "has changed more: subtitle"),
    (LIBRARY, "undocumented status", "schema/answers", "POST /books", "status 202 is not documented"),
    (LIBRARY, "missing field", "schema/answers", "GET /books", '/data/0: "pages" is a required property'),
    (LIBRARY, "missing auth", "protocol/token_wanted", "lend", "that is missing: got 200, wanted 401 or 403"),
    (LIBRARY, "deleted still listed", "relations/plain_deleted", "GET /books", "was deleted and is still listed"),
    (LIBRARY, "500 on long text", "schema/answers", "POST /books", "status 500 is not documented"),
]


@pytest.mark.parametrize(
    ("api", "fault", "rule", "operation", "said"), FAULTS, ids=[f"{each[0][1]}: {each[1]}" for each in FAULTS]
)
def test_a_fault_is_found_and_told(check: Any, api: Any, fault: str, rule: str, operation: str, said: str) -> None:
    run = check(api, fault, "--quick", "--allow=all", "-k", rule.rpartition("/")[2])
    assert run.code == 1, run.text
    assert said in run.said(rule, operation), run.told["findings"]


BROKEN = [
    ("swagger.json", '{"swagger": "2.0", "paths": {}}', "got Swagger 2.0; wanted OpenAPI 3.0 or 3.1: convert it"),
    ("later.yaml", "openapi: 4.0.0\npaths: {}\n", "got OpenAPI 4.0.0; wanted 3.0 or 3.1"),
    ("list.json", "[1]", "got no OpenAPI document; wanted one"),
    ("empty.yaml", "", "got no OpenAPI document"),
    ("nothing.yaml", "openapi: 3.1.0\ninfo: {}\n", "got no operation; wanted at least one"),
    ("odd.yaml", "openapi: 3.0.0\npaths: []\n", "got list at #/paths; wanted an object"),
    ("cut.json", '{"openapi": "3.0.0",\n "paths"', "got an error at line 2, column 9"),
    ("cut.yaml", "openapi: 3.0.0\npaths: {a: [}\n", "got an error at line 2, column 13"),
    ("no.yaml", "openapi: 3.0.0\npaths: {/a: {get: {parameters: [{$ref: '#/components/parameters/A'}]}}}\n", "nowhere"),
    ("out.yaml", "openapi: 3.0.0\npaths: {/a: {$ref: 'a.yaml#/b'}}\n", "got $ref 'a.yaml#/b' at #/paths/~1a; wanted"),
    ("ring.yaml", "openapi: 3.0.0\npaths: {/a: {$ref: '#/x-a'}}\nx-a: {$ref: '#/x-a'}\n", "leads back to itself"),
]


@pytest.mark.parametrize(("name", "text", "said"), BROKEN, ids=[each[0] for each in BROKEN])
def test_a_document_that_cannot_be_used_is_told_in_a_line(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    command = [sys.executable, "-m", "mockserver", "check", "http://127.0.0.1:9", "--spec", name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert f"--spec {name}: got" in done.stderr
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_another_document_wants_a_server_to_test(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "--contracts", "--spec", str(DOCUMENTS / "garden.yaml")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 4
    assert "got no server to test, wanted one: name it by --base-url" in done.stderr
