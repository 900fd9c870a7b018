"""Projects as a PDF, and as rows (R-EP-49, 5.12). Today is 2026-01-15."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.reporting import collected, preview

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

LOG = '[[1768460400,1768467600,"dig",true],[1768467600,1768469400,"",true]]'
"""Two hours, and half an hour more."""


def project(shop: Shop, client: JSON, name: str, **fields: object) -> JSON:
    answer = shop.post("projects", {"name": name, "client_id": client["id"], **fields})
    assert answer.status_code == 200, answer
    made: JSON = answer.json()["data"]
    return made


@pytest.fixture
def garden(shop: Shop) -> Shop:
    """One project of two and a half hours, an invoice over 300 and an expense of 40."""
    ada = shop.client(name="Ada", settings={"currency_id": "3"})
    made = project(shop, ada, "Garden", task_rate=50, budgeted_hours=10, due_date="2026-02-01")
    shop.post("tasks", {"description": "Beds", "time_log": LOG, "project_id": made["id"]})
    shop.invoice(ada, {"quantity": 1, "cost": 300}, number="G-1", project_id=made["id"])
    shop.post("expenses", {"amount": 40, "number": "X-1", "date": "2026-01-03", "project_id": made["id"]})
    return shop


def test_a_project_in_a_row(garden: Shop) -> None:
    """Hours are whole ones, as the project counts them; money is in the currency of the client."""
    headings, rows = preview(garden, "projects")
    assert dict(zip(headings, *rows, strict=True)) == {
        "Name": "Garden",
        "Due Date": "2026-02-01",
        "Hours": "3",
        "Budgeted Hours": "10",
        "Task Rate": "€50,00",
        "Project Value": "€500,00",
        "Invoice Task Hours": "€150,00",
        "Invoiced": "€300,00",
        "Expenses": "€40,00",
        "Profit": "€260,00",
    }


def test_the_file_is_a_pdf_with_the_numbers(garden: Shop) -> None:
    answer = collected(garden, "projects")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    text = answer.content.decode("windows-1252", "replace")
    for shown in ("Garden", "Due: 2026-02-01", "dig", "2:00:00", "0:30:00", "G-1", "X-1", "Project Value", "260,00"):
        assert shown in text, shown
    assert text.count("/Type /Page\n") == 1
    assert collected(garden, "projects").content == answer.content


def test_every_project_has_its_page(garden: Shop) -> None:
    """Archived and deleted ones, and those of deleted clients, are left out; what is empty has no table."""
    ada, gone = garden.client(), garden.client()
    project(garden, ada, "Empty")
    archived, deleted = project(garden, ada, "Archived"), project(garden, ada, "Deleted")
    project(garden, gone, "Orphan")
    garden.post("projects/bulk", {"action": "archive", "ids": [archived["id"]]})
    garden.delete(f"projects/{deleted['id']}")
    garden.delete(f"clients/{gone['id']}")
    assert [row[0] for row in preview(garden, "projects")[1]] == ["Garden", "Empty"]
    text = collected(garden, "projects").content.decode("windows-1252", "replace")
    assert text.count("/Type /Page\n") == 2
    assert text.count("(Invoices)") == 1


def test_projects_that_count(garden: Shop) -> None:
    """A period does not narrow them."""
    second = project(garden, garden.client(name="Bob"), "Second")
    _, rows = preview(garden, "projects", projects=[second["id"], "unknown"], date_range="last_year")
    assert [row[0] for row in rows] == ["Second"]


@pytest.mark.parametrize("text", ["W" * 20000, "word " * 5000, "line\n" * 500, "漢字 <b>&amp;</b>\x00", ""])
def test_texts_of_any_length_fit(garden: Shop, text: str) -> None:
    """A row is cut where it would not fit on a page."""
    owner = garden.get("projects").json()["data"][0]["id"]
    garden.post("tasks", {"description": text, "time_log": "[[1768460400,1768467600]]", "project_id": owner})
    made = project(garden, garden.client(), text[:5000] or "x")
    number = {"number": text[:191] or "y", "project_id": made["id"]}
    garden.post("expenses", {"amount": 1, **number})
    assert collected(garden, "projects").content.startswith(b"%PDF-")


def test_without_projects_the_file_says_so(shop: Shop) -> None:
    assert b"There is nothing to report." in collected(shop, "projects").content


def test_only_what_the_caller_may_see(garden: Shop) -> None:
    assert preview(garden.hire("create_client"), "projects")[1] == []
