"""Projects: rates and hours are numbers or nothing, numbers are taken once, related records come along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


@pytest.fixture
def project(shop: Shop, client: JSON) -> JSON:
    return record(shop.post("projects", {"name": "howdy", "client_id": client["id"]}))


@pytest.mark.parametrize(
    ("rate", "kept"),
    [
        pytest.param(None, 0, id="testCreateProjectWithNullTaskRate"),
        pytest.param("10", 10, id="testCreateProjectWithNullTaskRate3"),
        pytest.param(10, 10, id="testCreateProjectWithNullTaskRate4"),
        pytest.param("-10", 0, id="testCreateProjectWithNullTaskRate5"),
    ],
)
def test_a_rate_is_a_number_from_zero_on(shop: Shop, client: JSON, rate: Any, kept: float) -> None:
    """X-138, R-VAL-16."""
    made = record(shop.post("projects", {"client_id": client["id"], "name": "howdy", "task_rate": rate}))
    assert made["task_rate"] == kept


def test_a_rate_that_is_no_number_is_refused(shop: Shop, client: JSON) -> None:
    """X-138, testCreateProjectWithNullTaskRate2."""
    body = {"client_id": client["id"], "name": "howdy", "task_rate": "A"}
    assert list(errors(shop.post("projects", body))) == ["task_rate"]
    assert shop.ids("projects") == []


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param(None, id="testProjectValidationForBudgetedHours"),
        pytest.param("", id="testProjectValidationForBudgetedHours3"),
    ],
)
def test_a_new_project_may_have_no_budget(shop: Shop, client: JSON, hours: Any) -> None:
    """R-VAL-16."""
    body = {"name": "howdy", "client_id": client["id"], "number": "duplicate", "budgeted_hours": hours}
    assert record(shop.post("projects", body))["budgeted_hours"] == 0


def test_a_budget_that_is_no_number_is_refused(shop: Shop, client: JSON) -> None:
    """testProjectValidationForBudgetedHours2."""
    body = {"name": "howdy", "client_id": client["id"], "number": "duplicate", "budgeted_hours": "a"}
    assert list(errors(shop.post("projects", body))) == ["budgeted_hours"]


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param(None, id="testProjectValidationForBudgetedHoursPutNull"),
        pytest.param("", id="testProjectValidationForBudgetedHoursPutEmpty"),
    ],
)
def test_a_budget_may_be_taken_away(shop: Shop, project: JSON, hours: Any) -> None:
    path = f"projects/{project['id']}"
    assert record(shop.put(path, {**project, "budgeted_hours": 12}))["budgeted_hours"] == 12
    assert record(shop.put(path, {**project, "budgeted_hours": hours}))["budgeted_hours"] == 0


def test_a_budget_does_not_become_a_text(shop: Shop, project: JSON) -> None:
    """testProjectValidationForBudgetedHoursPut."""
    answer = shop.put(f"projects/{project['id']}", {**project, "budgeted_hours": "aa"})
    assert list(errors(answer)) == ["budgeted_hours"]
    assert shop.show(f"projects/{project['id']}") == project


def test_a_number_is_taken_once(shop: Shop, client: JSON) -> None:
    """testProjectPost: the project itself may be sent with it again, a second one may not."""
    body = {"name": "howdy", "client_id": client["id"], "number": "duplicate"}
    made = record(shop.post("projects", body))
    assert record(shop.put(f"projects/{made['id']}", body))["number"] == "duplicate"
    assert shop.but(X_Requested_With=None).post("projects", body).status_code == 302
    assert list(errors(shop.post("projects", body))) == ["number"]
    assert shop.ids("projects") == [made["id"]]


RELATED = ("expenses", "invoices", "quotes")


def test_a_project_of_which_nothing_was_made_has_empty_lists(shop: Shop, project: JSON) -> None:
    """testProjectIncludesZeroCount."""
    shown = record(shop.put(f"projects/{project['id']}?include=expenses,invoices,quotes", project))
    assert [shown[name] for name in RELATED] == [[], [], []]


def test_what_was_made_for_a_project_comes_with_it(shop: Shop, client: JSON, project: JSON) -> None:
    """testProjectIncludes."""
    body = {"client_id": client["id"], "project_id": project["id"]}
    made = [record(shop.post(name, body))["id"] for name in RELATED]
    shown = record(shop.put(f"projects/{project['id']}?include=expenses,invoices,quotes", project))
    assert [[each["id"] for each in shown[name]] for name in RELATED] == [[hashed] for hashed in made]
