"""Tasks: log, timer, rate, status, the hours of the project, and the board."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mockserver.clock import EPOCH
from tests.api.shop import errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

HOUR = 3600


def task(shop: Shop, query: str = "", **fields: object) -> JSON:
    return record(shop.post(f"tasks{query}", fields))


def project(shop: Shop, client: JSON, **fields: object) -> JSON:
    return record(shop.post("projects", {"name": "Relaunch", "client_id": client["id"], **fields}))


def log(made: JSON) -> list[list[object]]:
    found: list[list[object]] = json.loads(made["time_log"])
    return found


def test_a_task_needs_nothing(shop: Shop) -> None:
    """R-VAL-18: the first status of the company."""
    first = rows(shop.get("task_statuses"))[0]
    wanted: JSON = {"number": "0001", "time_log": "[]", "is_running": False, "status_id": first["id"], "date": ""}
    assert part(wanted, task(shop)) == wanted


def test_a_log_comes_back_whole(shop: Shop) -> None:
    """R-VAL-17, R-STAT-41; four members since 5.12."""
    made = task(shop, time_log=[[EPOCH + HOUR, 0], [EPOCH, EPOCH + 60, "Call"]])
    assert log(made) == [[EPOCH, EPOCH + 60, "Call", True], [EPOCH + HOUR, 0, "", True]]
    assert (made["is_running"], made["date"], made["duration"]) == (True, "2026-01-15", 0)


def test_a_wrong_log_is_refused(shop: Shop) -> None:
    assert errors(shop.post("tasks", {"time_log": "[[9,5]]"})) == {"time_log": ["Please correct overlapping values"]}


def test_rounding_follows_the_settings(shop: Shop) -> None:
    """R-STAT-42."""
    shop.settings(task_round_to_nearest=900)
    assert log(task(shop, time_log=[[EPOCH, EPOCH + 60]]))[0][1] == EPOCH + 900
    shop.settings(task_round_up=False)
    assert log(task(shop, time_log=[[EPOCH, EPOCH + 60]]))[0][1] == EPOCH


def test_the_timer(shop: Shop) -> None:
    """R-STAT-40, R-TRIG-7."""
    made = task(shop, "?start=true")
    assert log(made) == [[EPOCH, 0, "", True]]
    shop.later(seconds=90)
    stopped = rows(shop.post("tasks/bulk", {"action": "stop", "ids": [made["id"]]}))[0]
    assert (log(stopped), stopped["is_running"]) == ([[EPOCH, EPOCH + 90, "", True]], False)
    resumed = record(shop.put(f"tasks/{made['id']}?start=true", {"description": "not kept"}))
    assert (len(log(resumed)), resumed["description"], resumed["number"]) == (2, "", made["number"])


def test_an_update_empties_the_log_and_draws_a_number(shop: Shop) -> None:
    """R-VAL-18, R-NUM-11."""
    made = task(shop, time_log=[[EPOCH, EPOCH + 60]])
    changed = record(shop.put(f"tasks/{made['id']}", {"description": "Later"}))
    assert (changed["time_log"], changed["number"], changed["description"]) == ("[]", "0002", "Later")
    kept = record(shop.put(f"tasks/{made['id']}", {"number": "T-9", "time_log": made["time_log"]}))
    assert (kept["time_log"], kept["number"]) == (made["time_log"], "T-9")


def test_where_the_rate_comes_from(shop: Shop) -> None:
    """R-VAL-18: the project's, else the client's, unless one is sent."""
    client = shop.client(settings={"default_task_rate": 41})
    assert task(shop, client_id=client["id"])["rate"] == 41
    work = project(shop, client, task_rate=101)
    assert task(shop, project_id=work["id"])["rate"] == 101
    assert task(shop, project_id=work["id"], rate=7)["rate"] == 7


def test_a_project_brings_its_client(shop: Shop) -> None:
    ada, bob = shop.client(name="Ada"), shop.client(name="Bob")
    made = task(shop, project_id=project(shop, ada)["id"], client_id=bob["id"])
    assert (made["client_id"], made["project"]["name"]) == (ada["id"], "Relaunch")
    assert task(shop, project_id="zzzzzzzzzz", client_id=12)["client_id"] == ""


def test_hours_of_the_project(shop: Shop) -> None:
    """R-STAT-43, R-LIFE-22; the task shows its project as it is now."""
    work = project(shop, shop.client())
    made = task(shop, project_id=work["id"], time_log=[[EPOCH - 3 * HOUR, EPOCH]])
    assert made["project"]["current_hours"] == 3
    shop.delete(f"tasks/{made['id']}")
    assert shop.show(f"projects/{work['id']}")["current_hours"] == 0
    assert shop.show(f"tasks/{made['id']}")["project"]["current_hours"] == 0
    back = rows(shop.post("tasks/bulk", {"action": "restore", "ids": [made["id"]]}))[0]
    assert (back["is_deleted"], back["project"]["current_hours"]) == (False, 3)


def test_the_hours_of_a_project_follow_each_change_of_its_tasks(shop: Shop) -> None:
    """R-STAT-43: whole hours, half ones up; what runs counts up to now; a task that moves takes its time along."""
    client = shop.client()
    work, other = project(shop, client), project(shop, client)
    made = task(shop, project_id=work["id"], time_log=[[EPOCH - 2 * HOUR, EPOCH - HOUR // 2 - 1]])
    task(shop, project_id=other["id"], time_log=[[EPOCH - HOUR, EPOCH]])
    path = f"tasks/{made['id']}"

    def hours() -> tuple[int, int]:
        shown = (shop.show(f"projects/{each['id']}")["current_hours"] for each in (work, other))
        return next(shown), next(shown)

    def put(project: JSON | None, *log: list[int]) -> tuple[int, int]:
        record(shop.put(path, {"project_id": project["id"] if project else "", "time_log": list(log)}))
        return hours()

    assert hours() == (1, 1)
    assert put(work, [EPOCH - 2 * HOUR, EPOCH - HOUR // 2]) == (2, 1)
    assert put(work, [EPOCH - 5 * HOUR, EPOCH - 4 * HOUR], [EPOCH - 3 * HOUR, 0]) == (4, 1)
    assert put(other, [EPOCH - 3 * HOUR, EPOCH]) == (0, 4)
    assert put(None, [EPOCH - 3 * HOUR, EPOCH]) == (0, 1)
    assert put(work, [EPOCH - 3 * HOUR, EPOCH]) == (3, 1)
    for word, seen in (("start", 3), ("stop", 5)):
        rows(shop.post("tasks/bulk", {"action": word, "ids": [made["id"]]}))
        assert hours() == (seen, 1)
        shop.later(seconds=2 * HOUR)
    for word, seen in (("archive", 5), ("restore", 5), ("delete", 0), ("restore", 5)):
        rows(shop.post("tasks/bulk", {"action": word, "ids": [made["id"]]}))
        assert hours() == (seen, 1)


def test_an_invoiced_task_may_be_locked(shop: Shop) -> None:
    """R-STAT-45."""
    client = shop.client()
    made = task(shop, client_id=client["id"], invoice_id=shop.invoice(client)["id"])
    assert shop.put(f"tasks/{made['id']}", {"number": "1"}).status_code == 200
    shop.put(f"companies/{shop.company()['id']}", {"invoice_task_lock": True})
    refused = shop.put(f"tasks/{made['id']}", {"number": "2"})
    assert (refused.status_code, refused.json()["message"]) == (
        401,
        "Insufficient permissions, or task may be locked",
    )


@pytest.mark.parametrize(("column", "empties"), [("client_id", "project_id"), ("assigned_user_id", "")])
def test_bulk_writes_a_link(shop: Shop, column: str, empties: str) -> None:
    """5.12."""
    client = shop.client()
    made = task(shop, project_id=project(shop, client)["id"])
    new = client["id"] if column == "client_id" else shop.user()["id"]
    body = {"action": "bulk_update", "ids": [made["id"]], "column": column, "new_value": new}
    changed = rows(shop.post("tasks/bulk", body))[0]
    assert changed[column] == new
    assert not empties or changed[empties] == ""
    assert "column" in errors(shop.post("tasks/bulk", {"action": "bulk_update", "ids": [made["id"]]}))


def test_the_board(shop: Shop) -> None:
    """R-EP-25."""
    todo, _, doing, _ = rows(shop.get("task_statuses"))
    one, two = task(shop), task(shop)
    body = {"status_ids": [doing["id"], todo["id"]], "task_ids": {doing["id"]: [two["id"], one["id"]]}}
    assert shop.post("tasks/sort", body).json() == {"message": "Ok"}
    assert [shop.show(f"task_statuses/{each['id']}")["status_order"] for each in (doing, todo)] == [0, 1]
    assert part({"status_id": 0, "status_order": 0}, shop.show(f"tasks/{one['id']}")) == {
        "status_id": doing["id"],
        "status_order": 1,
    }


def test_filters(shop: Shop) -> None:
    """R-WIRE-30."""
    client = shop.client()
    todo, ready, *_ = rows(shop.get("task_statuses"))
    billed = task(shop, client_id=client["id"], invoice_id=shop.invoice(client)["id"], hash="h-1")
    running = task(shop, "?start=true")
    waiting = task(shop, status_id=ready["id"], project_id=project(shop, client)["id"])
    assert shop.ids("tasks", client_status="invoiced") == [billed["id"]]
    assert shop.ids("tasks", client_status="invoiced,is_running") == []
    assert shop.ids("tasks", client_status="uninvoiced,is_running") == [running["id"]]
    assert shop.ids("tasks", task_status=todo["id"]) == [running["id"]]
    assert shop.ids("tasks", hash="h-1") == [billed["id"]]
    assert shop.ids("tasks", project_tasks=waiting["project_id"]) == [waiting["id"]]
    assert shop.ids("tasks", filter="relaunch") == [waiting["id"]]
    assert shop.ids("tasks", sort="number|desc") == [waiting["id"], running["id"], billed["id"]]
