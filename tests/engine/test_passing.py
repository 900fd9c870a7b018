"""Time that passes: in order, always the same, within bounds, all or nothing; and who may read the real clock."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

import mockserver
from mockserver import passing
from mockserver.app import Settings, create_mock
from mockserver.behaviours.core.due import DUES, TICK, falls_due
from mockserver.clock import EPOCH, Clock
from mockserver.inprocess import MockClient
from mockserver.passing import Agenda, catch_up, job_caller, next_due, pass_time

if TYPE_CHECKING:
    from mockserver.app import Mock
    from mockserver.world import World

DAY = 86400


@pytest.fixture(scope="module")
def mock() -> Mock:
    return create_mock(Settings(scenario="empty"))


@pytest.fixture
def world(mock: Mock) -> World:
    """An empty company on 2026-01-15 at nine."""
    made = mock.worlds.reset("passing")
    made.clock = Clock(frozen=EPOCH)
    return made


@pytest.fixture
def client(mock: Mock, world: World) -> MockClient:
    return MockClient(mock, world)


def template(client: MockClient, frequency: int = 1, day: str = "2026-01-16", **fields: Any) -> str:
    """A started template over 10 for a new client; gives its id."""
    person = client.post("/api/v1/clients", json={"name": "Harbour"}).json()["data"]["id"]
    line = {"quantity": 1, "cost": 10}
    body = {"client_id": person, "frequency_id": frequency, "next_send_date": day, "line_items": [line], **fields}
    made: str = client.post("/api/v1/recurring_invoices?start=true", json=body).json()["data"]["id"]
    return made


def rows(world: World) -> bytes:
    """All records of a world."""
    tables = {name: [each.data for each in table] for name, table in sorted(world.state.tables.items())}
    return orjson.dumps(tables, default=repr)


def test_what_falls_due_runs_in_order_of_its_moment(mock: Mock, world: World, client: MockClient) -> None:
    """At the same moment the kinds go by name and the records by age."""
    first, second = template(client, day="2026-01-17"), template(client, day="2026-01-16")
    third = client.post("/api/v1/recurring_expenses?start=true", json={"frequency_id": 2, "amount": 5}).json()["data"]
    happened = pass_time(mock.engine, world, EPOCH + 2 * DAY, frozen=True).happened
    assert [(each["at"] - EPOCH, each["what"], each["id"]) for each in happened] == [
        (15 * 3600 + 600, "recurring_expense", third["id"]),
        (21 * 3600, "recurring_invoice", second),
        (45 * 3600, "recurring_invoice", first),
        (45 * 3600, "recurring_invoice", second),
    ]


def test_the_same_moves_give_the_same_bytes(mock: Mock) -> None:
    """Also when a move is made in two."""

    def played(name: str, *moments: int) -> tuple[bytes, list[Any]]:
        world = mock.worlds.reset(name)
        world.clock = Clock(frozen=EPOCH)
        client = MockClient(mock, world)
        template(client, remaining_cycles=9)
        template(client, 5, "2026-01-31", due_date_days="on_receipt")
        happened = [each for moment in moments for each in pass_time(mock.engine, world, moment, frozen=True).happened]
        return rows(world), happened

    whole = played("one", EPOCH + 90 * DAY)
    assert played("two", EPOCH + 90 * DAY) == whole
    assert played("three", EPOCH + 21 * 3600, EPOCH + 21 * 3600, EPOCH + 30 * DAY, EPOCH + 90 * DAY) == whole
    assert len(whole[1]) == 15


@pytest.mark.parametrize("scenario", ["freelancer", "overdue"])
def test_seeded_worlds_pass_time_and_their_answers_stay_documented(scenario: str) -> None:
    """Every list of what time has touched is answered, in strict mode."""
    mock = create_mock(Settings(scenario=scenario, strict=True))
    world = mock.worlds.get("seeded")
    world.clock = Clock(frozen=EPOCH)
    passed = pass_time(mock.engine, world, EPOCH + 60 * DAY, frozen=True)
    assert passed.happened
    client = MockClient(mock, world)
    for path in ("invoices", "quotes", "expenses", "recurring_invoices", "recurring_expenses", "activities", "clients"):
        assert client.get(f"/api/v1/{path}?per_page=200").status_code == 200
    for each in passed.happened:
        assert EPOCH < each["at"] <= EPOCH + 60 * DAY
    for resource, entity in mock.document.resources.items():
        for record in world.state.table(resource):
            stamps = [record.data[name] for name in ("created_at", "updated_at") if name in entity.stored]
            assert all(stamp <= EPOCH + 60 * DAY for stamp in stamps)


def test_a_move_stops_at_the_bound_and_the_next_one_goes_on(mock: Mock, world: World, client: MockClient) -> None:
    template(client)
    template(client)
    first = pass_time(mock.engine, world, EPOCH + 100 * DAY, frozen=True, most=5)
    assert (first.bound, len(first.happened), first.now) == (True, 6, first.happened[-1]["at"])
    assert world.clock == Clock(frozen=first.now)
    second = pass_time(mock.engine, world, EPOCH + 100 * DAY, frozen=True)
    assert (second.bound, len(second.happened), second.now) == (False, 194, EPOCH + 100 * DAY)
    moments = [each["at"] for each in (*first.happened, *second.happened)]
    assert moments == [EPOCH + 21 * 3600 + day * DAY for day in range(100) for _ in range(2)]


def test_the_answer_tells_of_the_bound(client: MockClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing.pass_time, "__kwdefaults__", {"most": 3, "since": None})
    template(client)
    found = client.put("/__mock__/clock", json={"advance": "10 years"}).json()
    assert found["count"] == 3
    assert found["bound"]["reached"] == found["iso"] == "2026-01-18T06:00:00Z"
    assert found["bound"]["wanted"] == "2036-01-15T09:00:00Z"


def test_years_of_days_end(mock: Mock, world: World, client: MockClient) -> None:
    template(client)
    passed = pass_time(mock.engine, world, EPOCH + 730 * DAY, frozen=True)
    assert (passed.bound, len(passed.happened)) == (False, 730)


def test_a_run_that_fails_leaves_the_world_as_it_was(
    world: World, client: MockClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    template(client, day="2026-01-20")
    expense = {"frequency_id": 1, "amount": 5, "next_send_date": "2026-01-16"}
    client.post("/api/v1/recurring_expenses?start=true", json=expense)
    before = world.state, world.clock, world.played
    broken = DUES["recurring_invoice"]

    def fail(*_: object) -> dict[str, Any]:
        raise RuntimeError("broken on purpose")

    monkeypatch.setitem(DUES, broken.name, type(broken)(broken.name, broken.entity, broken.when, fail))
    answer = client.put("/__mock__/clock", json={"advance": "30 days"})
    assert answer.status_code == 500
    assert (world.state, world.clock, world.played) == before


def test_worlds_that_were_never_moved_run_nothing_by_themselves(
    world: World, client: MockClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test must mean the same at every minute of every day."""
    template(client)
    monkeypatch.setattr(time, "time", lambda: EPOCH + 50 * DAY)
    world.clock = Clock()
    assert client.get("/api/v1/invoices").json()["data"] == []


def test_a_clock_that_was_moved_and_runs_on_takes_along_what_falls_due(
    world: World, client: MockClient, monkeypatch: pytest.MonkeyPatch
) -> None:

    def invoices_at(now: int) -> int:
        monkeypatch.setattr(time, "time", lambda: now)
        found: int = client.get("/api/v1/invoices").json()["meta"]["pagination"]["total"]
        return found

    monkeypatch.setattr(time, "time", lambda: EPOCH)
    template(client)
    client.put("/__mock__/clock", json={"freeze": False})
    moments = (EPOCH + 60, EPOCH + 21 * 3600 - 1, EPOCH + 21 * 3600, EPOCH + 3 * DAY)
    assert [invoices_at(moment) for moment in moments] == [0, 0, 1, 3]
    newest = max(each.data["created_at"] for each in world.state.table("invoices"))
    assert newest == EPOCH + 21 * 3600 + 2 * DAY
    assert client.put("/__mock__/clock", json={"advance": "1 day"}).json()["count"] == 1


def test_what_fails_by_itself_fails_once(world: World, client: MockClient, monkeypatch: pytest.MonkeyPatch) -> None:
    template(client)
    world.played, world.clock = EPOCH, Clock(frozen=EPOCH + 2 * DAY)
    due = DUES["recurring_invoice"]

    def fail(*_: object) -> dict[str, Any]:
        raise RuntimeError("broken on purpose")

    monkeypatch.setitem(DUES, due.name, type(due)(due.name, due.entity, due.when, fail))
    assert [client.get("/api/v1/invoices").status_code for _ in range(2)] == [500, 200]
    assert world.clock == Clock(frozen=EPOCH + 2 * DAY)


def agendas_made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by a moment whenever it is worked out what falls due after that moment."""
    made: list[int] = []
    was = Agenda.__init__

    def count(agenda: Agenda, world: World, after: int, since: int | None = None) -> None:
        made.append(after)
        was(agenda, world, after, since)

    monkeypatch.setattr(Agenda, "__init__", count)
    return made


def test_between_two_ticks_nothing_is_looked_at(
    mock: Mock, world: World, client: MockClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many calls come, and whatever they change."""
    template(client)
    world.played = EPOCH
    made = agendas_made(monkeypatch)
    for second in (0, 5, 5, TICK - 1):
        world.clock = Clock(frozen=EPOCH + second)
        assert client.post("/api/v1/clients", json={"name": "Mill"}).status_code == 200
    assert made == []
    for second in (TICK, TICK + 1, 2 * TICK - 1, 2 * TICK):
        world.clock = Clock(frozen=EPOCH + second)
        catch_up(mock.engine, world)
    assert made == [EPOCH, EPOCH + TICK]


@pytest.mark.parametrize("scenario", ["freelancer", "overdue", "agency"])
def test_every_moment_is_at_a_tick(scenario: str) -> None:
    """Of all kinds together: a moment between two of them would be missed by clocks that run by themselves."""
    mock = create_mock(Settings(scenario=scenario))
    world = mock.worlds.get("ticks")
    world.clock = Clock(frozen=EPOCH)
    happened = pass_time(mock.engine, world, EPOCH + 60 * DAY, frozen=True).happened
    assert len(happened) > 10
    assert [each for each in happened if each["at"] % TICK] == []


class Living:
    """A world of a server that lives: time passes in it as the real time does, which is set here."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, scenario: str, now: int) -> None:
        self._patch = monkeypatch
        self.at(now)
        self.mock = create_mock(Settings(scenario=scenario, live=True))
        self.world = self.mock.worlds.default
        self.client = MockClient(self.mock, self.world)

    def at(self, now: int) -> Living:
        self._patch.setattr(time, "time", lambda: now)
        return self

    def total(self, noun: str) -> int:
        found: int = self.client.get(f"/api/v1/{noun}").json()["meta"]["pagination"]["total"]
        return found


LATER = EPOCH + 300 * DAY
"""2026-11-11 at nine."""


@pytest.mark.parametrize("scenario", ["freelancer", "overdue"])
def test_a_world_that_lives_makes_nothing_up_for_its_seed(monkeypatch: pytest.MonkeyPatch, scenario: str) -> None:
    """It was made as of January: on the day of the start, and on all that follow, its records are those of the seed."""
    living = Living(monkeypatch, scenario, LATER)
    seeded = rows(living.world)
    for moment in (LATER, LATER + TICK, LATER + 3600, LATER + DAY, LATER + 60 * DAY):
        assert living.at(moment).client.get("/api/v1/invoices").status_code == 200
        assert rows(living.world) == seeded
        assert living.client.get("/__mock__/clock").json()["next"] is None
    assert living.world.clock == Clock()


def test_a_world_that_lives_runs_what_falls_due_past_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what was made since the start; each thing at its own moment, before the next call is answered."""
    living = Living(monkeypatch, "freelancer", LATER)
    before = living.total("invoices")
    made = template(living.client, day="2026-11-12")
    assert living.client.get("/__mock__/clock").json()["next"]["iso"] == "2026-11-12T06:00:00Z"
    assert [living.at(LATER + hours * 3600).total("invoices") - before for hours in (0, 20, 21, 22, 46)] == [
        0, 0, 1, 1, 2
    ]  # fmt: skip
    moments = [
        each.data["created_at"] for each in living.world.state.table("invoices") if each.data["recurring_id"] == made
    ]
    assert moments == [LATER + 21 * 3600, LATER + 45 * 3600]


def test_a_change_takes_a_seeded_record_into_the_time_that_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    living = Living(monkeypatch, "freelancer", LATER)
    before = living.total("invoices")
    seeded = next(
        each for each in living.client.get("/api/v1/recurring_invoices").json()["data"] if each["status_id"] == "2"
    )
    changed = {"next_send_date": "2026-11-12", "frequency_id": "5"}
    assert living.client.put(f"/api/v1/recurring_invoices/{seeded['id']}", json=changed).status_code == 200
    assert living.at(LATER + DAY).total("invoices") == before + 1


def test_a_moved_clock_ends_the_exception_for_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who moves the clock gets all that falls due on the way, also of what the seed left behind."""
    living = Living(monkeypatch, "freelancer", LATER)
    assert living.client.put("/__mock__/clock", json={"advance": "1 day"}).json()["count"] > 0
    before = living.total("invoices")
    assert living.at(LATER + 2 * DAY).total("invoices") > before


def test_a_reset_and_a_fork_of_a_world_that_lives_begin_when_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    living = Living(monkeypatch, "empty", LATER)
    living.at(LATER + DAY)
    made = living.mock.worlds.get("other"), living.mock.worlds.reset("default")
    assert [(each.since, each.played) for each in made] == [(LATER + DAY, LATER + DAY)] * 2


def test_nothing_is_due_in_an_empty_world(mock: Mock, world: World) -> None:
    assert next_due(world, EPOCH) is None
    assert pass_time(mock.engine, world, EPOCH + 365 * DAY, frozen=True).happened == []


def test_the_owner_stands_in_for_a_user_that_a_record_does_not_name(world: World) -> None:
    caller = job_caller(world, 1, {"user_id": ""})
    assert (caller.user.row, caller.admin, caller.token.data["id"]) == (1, True, "")


def test_a_kind_has_one_name() -> None:
    due = DUES["reminder"]
    with pytest.raises(ValueError, match="second kind of due named 'reminder'"):
        falls_due("reminder", "invoice", due.when)(due.run)


def test_nobody_but_the_clock_reads_the_real_time() -> None:
    """The contract suite is a client of any server and waits for answers by the real time."""
    reads = re.compile(
        r"\btime\.(?:time|monotonic|perf_counter|localtime|gmtime)\b|\bdatetime\.(?:now|utcnow|today)\b|\bdate\.today\b"
        r"|\bfrom time import\b|^\s*import time\b",
        re.MULTILINE,
    )
    root = Path(mockserver.__file__).parent
    found = {path.relative_to(root) for path in root.rglob("*.py") if reads.search(path.read_text("utf-8"))}
    ours = {path.as_posix() for path in found if path.parts[0] not in ("contract", "_content")}  # a wheel holds both
    assert ours == {"clock.py"}
