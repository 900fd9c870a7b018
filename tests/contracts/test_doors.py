"""Three doors: `mockserver check`, `pytest --contracts` in somebody's project, and what both leave behind."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.app import create_mock
from mockserver.contract.calls.findings import Finding
from mockserver.contract.suite.deviations import line_for
from tests.contracts.foreign import Foreign

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SORTED = ("-k", "test_sorting and product]", "--quick")


@pytest.fixture
def door(tmp_path: Path) -> Any:
    """Runs a command in an empty folder and gives what it printed."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)

    return run


def upside_down(body: dict[str, Any]) -> None:
    body["data"].reverse()


def without_notes(body: dict[str, Any]) -> None:
    del body["data"][-1]["notes"]


class Upside:
    """A server that spoils lists of products, or turns them upside down."""

    def __init__(self, spoil: Callable[[dict[str, Any]], None] = upside_down) -> None:
        self._asgi = create_mock().asgi
        self._spoil = spoil

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        listed = scope.get("path") == "/api/v1/products" and scope.get("method") == "GET"
        start: dict[str, Any] = {}

        async def turned(message: Any) -> None:
            if not listed:
                await send(message)
            elif message["type"] == "http.response.start":
                start.update(message)
            else:
                body = json.loads(message["body"])
                self._spoil(body)
                content = json.dumps(body).encode()
                kept = [header for header in start["headers"] if header[0] != b"content-length"]
                await send({**start, "headers": [*kept, (b"content-length", b"%d" % len(content))]})
                await send({**message, "body": content})

        await self._asgi(scope, receive, turned)


def test_check_says_nothing_of_a_server_that_keeps_to_it(door: Any, serve: Any, tmp_path: Path) -> None:
    done = door("mockserver", "check", serve(create_mock().asgi), *SORTED, "--report-json=run.json")
    assert done.returncode == 0, done.stdout + done.stderr
    run = json.loads((tmp_path / "run.json").read_text())
    assert (run["findings"], [rule["id"] for rule in run["rules"]]) == ([], ["relations/sorting"])
    listing = next(each for each in run["operations"] if each["id"] == "listProducts")
    assert listing["status"]["200"] > 10
    assert listing["parameter"]["sort"] > 10
    assert listing["parameter"]["page"] == 0
    assert run["requests"] >= sum(rule["calls"] for rule in run["rules"]) > 10


def test_a_finding_is_reported_everywhere_and_can_be_known(door: Any, serve: Any, tmp_path: Path) -> None:
    url = serve(Upside())
    reports = ("--report-json=run.json", "--report-html=run.html", "--junit=run.xml")
    done = door("mockserver", "check", url, *SORTED, *reports)
    assert done.returncode == 1, done.stdout + done.stderr
    (told,) = json.loads((tmp_path / "run.json").read_text())["findings"]
    finding = Finding.of(told)
    assert (finding.rule, finding.operation, finding.label) == (
        "relations/sorting",
        "listProducts",
        "GET /api/v1/products",
    )
    assert finding.place == "/paths/~1api~1v1~1products/get"
    assert "|asc" in finding.what or "no sort" in finding.what
    assert finding.steps[-1].startswith('curl "${H[@]}" -X GET')
    for text in (done.stdout, (tmp_path / "run.xml").read_text(), (tmp_path / "run.html").read_text()):
        assert "Sorting moves rows and does nothing else" in text
        assert "listProducts" in text

    (tmp_path / "deviations.toml").write_text(line_for(finding))
    done = door("mockserver", "check", url, *SORTED)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 known deviations came up" in done.stdout
    assert "0 findings" in done.stdout


def test_contracts_that_stumble_over_one_fault_are_told_together(door: Any, serve: Any, tmp_path: Path) -> None:
    url = serve(Upside(without_notes))
    chosen = ("-k", "(test_sorting or test_paging) and product]", "--quick", "--report-html=run.html")
    done = door("mockserver", "check", url, *chosen, "--report-json=run.json")
    told = [Finding.of(each) for each in json.loads((tmp_path / "run.json").read_text())["findings"]]
    assert {finding.rule for finding in told} >= {"relations/paging", "relations/sorting"}
    assert {finding.operation for finding in told} == {"listProducts"}
    assert "one cause: relations/" in done.stdout
    assert f"{len(told)} findings" in done.stdout
    page = (tmp_path / "run.html").read_text()
    assert page.count("<article>") == 1
    assert f"{len(told) - 1} more contracts stumble over the same" in page
    assert page.count("[[deviation]]") == len(told)  # each of them can be known on its own
    assert {each.name for each in tmp_path.iterdir()} == {"run.html", "run.json"}  # nothing else is left there


def test_a_healed_deviation_fails(door: Any, serve: Any, tmp_path: Path) -> None:
    (tmp_path / "deviations.toml").write_text(
        line_for(Finding("relations/sorting", "", "listProducts", "", "", "", ""))
    )
    url = serve(create_mock().asgi)
    done = door("mockserver", "check", url, *SORTED)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "healed, take it out of the list of deviations: relations/sorting listProducts" in done.stdout
    other = door("mockserver", "check", url, "-k", "test_paging and product]", "--quick")
    assert other.returncode == 0, other.stdout + other.stderr  # what was not tried has not healed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere",), "Got 'nowhere' for the URL"),
        (("http://127.0.0.1:9", "--shard=3"), "--shard: got '3'"),
        (("http://127.0.0.1:9", "--clean-up"), "Nothing answers at http://127.0.0.1:9"),
    ],
)
def test_what_can_t_be_run_is_told_in_a_line(door: Any, words: tuple[str, ...], said: str) -> None:
    done = door("mockserver", "check", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_project_of_its_own_collects_the_contracts_beside_its_tests(door: Any, tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_sorting.py").write_text("def test_sorting_of_mine(): pass\n")
    alone = door("pytest", "--contracts", *SORTED)
    assert "1 passed" in alone.stdout, alone.stdout + alone.stderr
    both = door("pytest", "tests", "--contracts", "-k", "(test_sorting and product]) or of_mine", "--quick")
    assert "2 passed" in both.stdout, both.stdout + both.stderr
    without = door("pytest", "tests")
    assert "1 passed" in without.stdout, without.stdout + without.stderr


def test_shards_are_parts_of_the_whole(door: Any, serve: Any) -> None:
    url = serve(create_mock().asgi)
    some = ("-k", "test_paging and (product or vendor or task)", "--quick")
    counts = []
    for part in ("1/1", "1/3", "2/3", "3/3"):
        done = door("mockserver", "check", url, *some, f"--shard={part}")
        counts.append(int(done.stdout.partition(" checks of")[0].rpartition("\n")[2]))
    assert counts[0] == sum(counts[1:])
    assert min(counts[1:]) > 0


def test_what_a_killed_run_has_left_is_taken_away_later(door: Any, serve: Any, tmp_path: Path) -> None:
    foreign = Foreign(create_mock())
    url = serve(foreign)
    before = foreign.live("clients")
    code = (
        "import os; from mockserver.contract.target.server import Target\n"
        "from mockserver.contract.scenes.records import created\n"
        "from mockserver.contract.options import Options; from mockserver.contract.reading.spec import Spec\n"
        "from mockserver.contract.calls.tally import Tally\n"
        "options = Options(allow=frozenset({'writes'})); spec = Spec.read(options.spec)\n"
        f"target = Target.at({url!r}, spec, options, Tally())\n"
        "with target.world() as client:\n"
        "    created(client, spec.nouns['client'], {'name': 'Left behind'})\n"
        "    os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    left = set(foreign.live("clients")) - set(before)
    assert len(left) == 1
    done = door("mockserver", "check", url, "--clean-up", "--allow=writes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("1 of 1 records")
    assert foreign.live("clients") == before
    assert not (tmp_path / "mockserver-made.jsonl").exists()


class Listening:
    """The mock, and the bodies that it was sent."""

    def __init__(self) -> None:
        self._asgi = create_mock().asgi
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def heard() -> Any:
            message = await receive()
            if scope.get("path") == "/api/v1/products":
                self.bodies.append(message.get("body", b""))
            return message

        await self._asgi(scope, heard, send)


def test_a_seed_replays_and_another_one_tries_other_things_in_a_ci_job_too(
    door: Any, serve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")  # there Hypothesis would always try the same things
    sent = []
    for seed in ("1", "2", "1"):
        server = Listening()
        done = door("mockserver", "check", serve(server), "-k", "test_create and product]", "--quick", f"--seed={seed}")
        assert done.returncode == 0, done.stdout + done.stderr
        sent.append([body for body in server.bodies if body])
    assert sent[0] == sent[2] != sent[1]
