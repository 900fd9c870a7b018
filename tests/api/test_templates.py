"""Designs filled from several records by a bulk action (R-BULK-13, R-EP-50)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.shop import JSON, Shop, record
from tests.pdf_text import lines_of, pages_of

LIST = (
    "<h1>$company.name</h1><ninja><table><tr><th>No</th><th>Due</th></tr>{% for invoice in invoices %}"
    "<tr><td>{{ invoice.number }} for {{ invoice.client.name }}</td><td>{{ invoice.amount }}</td></tr>{% endfor %}"
    "</table></ninja>"
)


def design(shop: Shop, body: str, *, is_template: bool = True, name: str = "List") -> str:
    sent = {"name": name, "is_template": is_template, "entities": "invoice,client", "design": {"body": body}}
    return str(record(shop.post("designs", sent))["id"])


def begin(shop: Shop, path: str, ids: list[str], template: str, **more: Any) -> str:
    answer = shop.post(f"{path}/bulk", {"action": "template", "ids": ids, "template_id": template, **more})
    assert answer.status_code == 200, answer
    return str(answer.json()["message"])


def collected(shop: Shop, hashed: str) -> bytes:
    answer = shop.post(f"templates/preview/{hashed}")
    assert answer.status_code == 200, answer
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


@pytest.fixture
def invoices(shop: Shop) -> list[JSON]:
    """One of 100 for Ada and one of 40 for Bob."""
    shop.settings(name="Acme Works")
    ada, bob = shop.client(name="Ada"), shop.client(name="Bob")
    return [shop.sent(ada, number="A-1"), shop.sent(bob, {"quantity": 1, "cost": 40}, number="B-1")]


def test_all_records_stand_in_one_document(shop: Shop, invoices: list[JSON]) -> None:
    hashed = begin(shop, "invoices", [each["id"] for each in invoices], design(shop, LIST))
    content = collected(shop, hashed)
    assert lines_of(content) == ["Acme Works", "No Due", "A-1 for Ada $100.00", "B-1 for Bob $40.00"]
    assert collected(shop, hashed) == content  # as often as it is asked for


def test_a_client_brings_its_documents(shop: Shop, invoices: list[JSON]) -> None:
    body = "{% for client in clients %}<p>{{ client.name }}: {{ client.invoices[0].number }}</p>{% endfor %}"
    hashed = begin(shop, "clients", [each["client_id"] for each in invoices], design(shop, body))
    assert lines_of(collected(shop, hashed)) == ["Ada: A-1", "Bob: B-1"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ client.name }} {{ invoices[0].amount_raw + 1 }}", "Ada 101"),
        ("{{ invoices[0].date|date('x') }} {{ '2026-02-03'|date('d.m.Y') }}", "15/Jan/2026 03.02.2026"),
        ("{{ '2026-02-03'|date }} {{ '2026-02-31'|date }}", "03/Feb/2026 2026-02-31"),
        ("{{ 1234.5|format_currency }}", "$1,234.50"),
        ("{{ t('due_date') }} {{ invoices[0].nothing.at.all }}.", "Due date ."),
        ("{{ invoices[0].line_items[0].line_total }}", "$100.00"),
    ],
)
def test_template_code_sees_amounts_and_dates_as_they_are_printed(
    shop: Shop, invoices: list[JSON], text: str, shown: str
) -> None:
    hashed = begin(shop, "invoices", [invoices[0]["id"]], design(shop, f"<p>{text}</p>"))
    assert lines_of(collected(shop, hashed)) == [shown]


def test_a_design_that_is_no_template_makes_one_document_a_record(shop: Shop, invoices: list[JSON]) -> None:
    own = design(shop, "<p>No $number</p>", is_template=False)
    ids = [each["id"] for each in invoices]
    assert pages_of(collected(shop, begin(shop, "invoices", ids, own))) == ["No A-1", "No B-1"]
    stock = next(each["id"] for each in shop.get("designs").json()["data"] if not each["is_custom"])
    printed = pages_of(collected(shop, begin(shop, "invoices", ids, stock)))
    assert ["Balance due" in page for page in printed] == [True, True]
    assert len(pages_of(collected(shop, begin(shop, "invoices", ids, "")))) == 2


@pytest.mark.parametrize(
    "body",
    [
        "{{ 1 / 0 }}",
        "{% for x in 5 %}{% endfor %}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'x' * 99999999 }}",
        "{% if %}",
        "{{ ''.__class__.__mro__ }}{% include 'x' %}",
    ],
)
def test_a_job_that_can_not_be_done_is_never_ready(shop: Shop, invoices: list[JSON], body: str) -> None:
    hashed = begin(shop, "invoices", [invoices[0]["id"]], design(shop, body))
    answer = shop.post(f"templates/preview/{hashed}")
    assert (answer.status_code, answer.json()) == (409, {"message": "Still working....."})


def test_texts_that_nobody_was_given_are_never_ready(shop: Shop, invoices: list[JSON]) -> None:
    hashed = begin(shop, "invoices", [invoices[0]["id"]], design(shop, LIST))
    for caller, text in ((shop, "nothing"), (shop.found(), hashed)):
        assert caller.post(f"templates/preview/{text}").status_code == 409
    tasks = begin(shop, "clients", [invoices[0]["client_id"]], "nothing")
    assert shop.post(f"templates/preview/{tasks}").status_code == 409


def test_a_template_that_is_sent_leaves_nothing_to_collect(shop: Shop, invoices: list[JSON]) -> None:
    assert begin(shop, "invoices", [invoices[0]["id"]], design(shop, LIST), send_email=True) == "email sent"
    assert [each["templates"] for each in shop.stored("companies")] == [[]]


def test_only_records_that_the_user_may_edit_are_filled_in(shop: Shop, invoices: list[JSON]) -> None:
    template = design(shop, LIST)
    clerk = shop.hire("create_invoice,view_client")
    own = record(clerk.post("invoices", {"client_id": invoices[0]["client_id"], "number": "OWN"}))
    hashed = begin(clerk, "invoices", [invoices[0]["id"], own["id"]], template)
    text = "\n".join(lines_of(collected(clerk, hashed)))
    assert "OWN for Ada" in text
    assert "A-1" not in text


@pytest.mark.parametrize("path", ["payments", "projects", "tasks"])
def test_other_records_are_filled_in_too(shop: Shop, path: str) -> None:
    client = shop.client(name="Ada")
    body = {"client_id": client["id"], "name": "Roof", "amount": 30, "number": "N-1", "description": "Nails"}
    made = record(shop.post(path, body))
    text = f"{{% for each in {path} %}}<p>{{{{ each.number }}}} {{{{ each.client.name }}}}</p>{{% endfor %}}"
    hashed = begin(shop, path, [made["id"]], design(shop, text))
    assert lines_of(collected(shop, hashed)) == ["N-1 Ada"]
