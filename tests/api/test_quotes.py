"""Quotes: totals and numbers like invoices, approval, conversion (R-STAT-18..23, R-CALC-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.api.shop import errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

EXPIRED = "Unable to approve this quote as it has expired."


def quoted(shop: Shop, client: JSON, query: str = "", **fields: Any) -> JSON:
    line = {"quantity": 1, "cost": 100, "notes": "Survey"}
    return record(shop.post(f"quotes{query}", {"client_id": client["id"], "line_items": [line]} | fields))


def test_a_new_quote_is_a_draft_with_totals_number_and_invitations(shop: Shop) -> None:
    shop.settings(quote_terms="Thirty days.", quote_footer="Kind regards")
    client = shop.client(contacts=[{"email": "a@example.com", "send_email": True}, {"email": "b@example.com"}])
    quote = quoted(shop, client, tax_name1="VAT", tax_rate1=20, status_id="3", amount=7)
    wanted = {
        "status_id": "1",
        "amount": 120,
        "balance": 0,
        "number": "0001",
        "date": "2026-01-15",
        "terms": "Thirty days.",
        "footer": "Kind regards",
        "design_id": "Wpmbk5ezJn",
        "entity_type": "quote",
        "invoice_id": "",
    }
    assert part(wanted, quote) == wanted
    assert len(quote["invitations"]) == 1
    invitation = quote["invitations"][0]
    assert invitation["link"].endswith(f"/client/quote/{invitation['key']}")


def test_sending_fills_the_day_until_which_it_holds_and_owes_nothing(shop: Shop) -> None:
    """R-STAT-18."""
    shop.settings(valid_until="10")
    client = shop.client()
    quote = quoted(shop, client, "?mark_sent=true")
    assert part({"status_id": 0, "due_date": 0, "balance": 0}, quote) == {
        "status_id": "2",
        "due_date": "2026-01-25",
        "balance": 0,
    }
    assert quote["invitations"][0]["sent_date"] == "2026-01-15 09:00:00"
    assert shop.show(f"clients/{client['id']}")["balance"] == 0


@pytest.mark.parametrize(("valid", "due"), [("", "2026-01-22"), ("20", "2026-02-04")])
def test_a_first_part_brings_a_due_date(shop: Shop, valid: str, due: str) -> None:
    """R-VAL-2: seven days when the settings do not say."""
    shop.settings(valid_until=valid)
    assert quoted(shop, shop.client(), partial=5, partial_due_date="2026-01-18")["due_date"] == due


def test_the_number_may_wait_for_sending_and_share_the_counter_of_invoices(shop: Shop) -> None:
    """R-NUM-5, R-NUM-7."""
    shop.settings(counter_number_applied="when_sent", shared_invoice_quote_counter=True, invoice_number_counter=70)
    client = shop.client()
    draft, approved = quoted(shop, client), quoted(shop, client, "?approve=true")
    assert (draft["number"], approved["number"], approved["status_id"]) == ("", "", "3")
    assert shop.show(f"quotes/{draft['id']}/mark_sent")["number"] == "0070"
    assert shop.company()["settings"]["quote_number_counter"] == 1


def test_what_the_service_refuses(shop: Shop) -> None:
    client = shop.client()
    quote = quoted(shop, client, number="Q-1")
    assert errors(shop.post("quotes", {})) == {"client_id": ["The client id field is required."]}
    taken = shop.post("quotes", {"client_id": client["id"], "number": "Q-1"})
    assert errors(taken) == {"number": ["The number has already been taken."]}
    moved = shop.put(f"quotes/{quote['id']}", {"client_id": shop.client()["id"]})
    assert errors(moved) == {"client_id": ["The selected client id is invalid."]}


def test_an_update_of_a_sent_quote_makes_its_balance_the_amount(shop: Shop) -> None:
    """R-CALC-17."""
    quote = quoted(shop, shop.client(), "?mark_sent=true")
    body = {"line_items": [{"quantity": 3, "cost": 100}]}
    changed = record(shop.put(f"quotes/{quote['id']}", body))
    assert (changed["amount"], changed["balance"], changed["status_id"]) == (300, 300, "2")


def test_only_a_draft_or_sent_quote_can_be_approved(shop: Shop) -> None:
    """R-STAT-19."""
    quote = quoted(shop, shop.client())
    assert shop.show(f"quotes/{quote['id']}/approve")["status_id"] == "3"
    again = shop.get(f"quotes/{quote['id']}/approve")
    assert (again.status_code, again.json()["message"]) == (400, EXPIRED)
    assert rows(shop.post("quotes/bulk", {"action": "approve", "ids": [quote["id"]]}))[0]["status_id"] == "3"


def test_a_conversion_makes_a_draft_invoice_once(shop: Shop) -> None:
    """R-STAT-21, R-STAT-22."""
    shop.settings(invoice_footer="Pay here", invoice_terms="Net 7", auto_archive_quote=True)
    quote = quoted(shop, shop.client(), "?mark_sent=true", footer="Mine", terms="Mine", po_number="PO-1", discount=10)
    shop.attach(f"quotes/{quote['id']}", "plan.pdf")
    invoice = shop.show(f"quotes/{quote['id']}/convert")
    wanted = {
        "entity_type": "invoice",
        "status_id": "1",
        "amount": 90,
        "balance": 0,
        "date": "2026-01-15",
        "due_date": "",
        "number": "0001",
        "footer": "Pay here",
        "terms": "Net 7",
        "po_number": "PO-1",
        "line_items": quote["line_items"],
    }
    assert part(wanted, invoice) == wanted
    assert [each["name"] for each in invoice["documents"]] == ["plan.pdf"]
    assert len(invoice["invitations"]) == len(quote["invitations"])
    after = shop.show(f"quotes/{quote['id']}")
    assert (after["status_id"], after["invoice_id"], after["archived_at"] > 0) == ("4", invoice["id"], True)
    again = shop.get(f"quotes/{quote['id']}/convert_to_invoice")
    assert again.status_code == 400
    assert again.json()["message"] == "This quote has already been converted. Cannot convert again."
    bulk = shop.post("quotes/bulk", {"action": "convert_to_invoice", "ids": [quote["id"]]})
    assert errors(bulk) == {"action": [EXPIRED]}


def test_a_shared_counter_goes_on_to_the_invoice(shop: Shop) -> None:
    """R-STAT-21: Q-70 becomes I-70, and the next of both is 71; a taken number is passed over."""
    patterns = {"quote_number_pattern": "Q{$year}-{$counter}", "invoice_number_pattern": "I-{$counter}"}
    shop.settings(shared_invoice_quote_counter=True, invoice_number_counter=70, **patterns)
    client = shop.client()
    quote, second = quoted(shop, client), quoted(shop, client)
    assert (quote["number"], second["number"]) == ("Q2026-0070", "Q2026-0071")
    shop.invoice(client, number="I-0071")
    numbers = [shop.show(f"quotes/{each['id']}/convert")["number"] for each in (quote, second)]
    assert numbers == ["I-0070", "I-0072"]


def test_a_project_has_a_task_for_each_line_of_work(shop: Shop) -> None:
    """R-STAT-24."""
    client = shop.client(name="Harbour", settings={"default_task_rate": 80})
    lines = [
        {"quantity": 2, "cost": 200, "type_id": "2", "notes": "Survey"},
        {"quantity": 1, "cost": 100, "type_id": "2", "notes": "Report"},
        {"quantity": 1, "cost": 100, "type_id": "1"},
    ]
    quote = quoted(shop, client, line_items=lines, public_notes="Soon")
    project = shop.show(f"quotes/{quote['id']}/convert_to_project")
    wanted = {"name": "Quote # 0001 [Harbour]", "budgeted_hours": 3, "task_rate": 80, "public_notes": "Soon"}
    assert part(wanted, project) == wanted
    tasks = [(each["description"], each["rate"], each["project_id"]) for each in shop.stored("tasks")]
    assert tasks == [("Survey", 200, project["id"]), ("Report", 100, project["id"])]
    after = shop.show(f"quotes/{quote['id']}")
    assert (after["project_id"], after["status_id"]) == (project["id"], "1")


def test_terms_go_along_when_the_company_says_so(shop: Shop) -> None:
    """R-STAT-21."""
    own = shop.company()
    shop.put(f"companies/{own['id']}", {"use_quote_terms_on_conversion": True})
    quote = quoted(shop, shop.client(), "?convert=true", terms="Mine")
    assert (quote["status_id"], quote["entity_type"]) == ("4", "quote")
    assert shop.show(f"invoices/{quote['invoice_id']}")["terms"] == "Mine"


def test_bulk_conversion_answers_the_quotes_and_refuses_expired_ones(shop: Shop) -> None:
    client = shop.client()
    good, late = quoted(shop, client), quoted(shop, client, "?mark_sent=true", due_date="2026-01-15")
    body = {"action": "convert_to_invoice", "ids": [good["id"], late["id"]]}
    assert errors(shop.post("quotes/bulk", body)) == {"action": [EXPIRED]}
    answered = rows(shop.post("quotes/bulk", {**body, "ids": [good["id"]]}))
    assert [(each["entity_type"], each["status_id"]) for each in answered] == [("quote", "4")]


def test_deleting_the_invoice_gives_the_quote_back(shop: Shop) -> None:
    """R-STAT-23."""
    quote = quoted(shop, shop.client(), "?convert=true")
    shop.delete(f"invoices/{quote['invoice_id']}")
    after = shop.show(f"quotes/{quote['id']}")
    assert (after["status_id"], after["invoice_id"]) == ("2", "")


def test_copies_go_both_ways(shop: Shop) -> None:
    """R-EP-12."""
    client = shop.client()
    quote = quoted(shop, client, footer="Mine", terms="Mine", po_number="PO-1")
    invoice = shop.show(f"quotes/{quote['id']}/clone_to_invoice")
    wanted = {"id": "", "entity_type": "invoice", "client_id": client["id"], "date": "2026-01-15", "footer": ""}
    assert part(wanted, invoice) == wanted
    assert (invoice["amount"], invoice["balance"], invoice["po_number"]) == (100, 0, "PO-1")
    back = shop.show(f"invoices/{shop.sent(client)['id']}/clone_to_quote")
    assert (back["id"], back["entity_type"], back["client_id"], back["amount"]) == ("", "quote", "", 100)
    copy = shop.show(f"quotes/{quote['id']}/clone_to_quote")
    assert (copy["id"], copy["client_id"], copy["date"], copy["terms"]) == ("", client["id"], "", "Mine")


def test_states_are_asked_for_by_words(shop: Shop) -> None:
    """R-WIRE-27 as of 5.12."""
    client = shop.client()
    made = {
        "draft": quoted(shop, client),
        "open": quoted(shop, client, "?mark_sent=true"),
        "late": quoted(shop, client, "?mark_sent=true", due_date="2026-01-10"),
        "soon": quoted(shop, client, "?mark_sent=true", due_date="2026-02-01"),
        "agreed": quoted(shop, client, "?approve=true"),
        "billed": quoted(shop, client, "?convert=true"),
    }
    names = {each["id"]: name for name, each in made.items()}
    found = {
        word: [names[hashed] for hashed in shop.ids("quotes", client_status=word)]
        for word in ("draft", "sent", "expired", "upcoming", "approved", "converted", "draft,approved")
    }
    assert found == {
        "draft": ["draft"],
        "sent": ["open", "soon"],
        "expired": ["late"],
        "upcoming": ["soon"],
        "approved": ["agreed"],
        "converted": ["billed"],
        "draft,approved": ["draft", "agreed"],
    }


def test_files_count_in_the_order_of_documents(shop: Shop) -> None:
    client = shop.client()
    bare, full = quoted(shop, client), quoted(shop, client)
    shop.attach(f"quotes/{full['id']}", "a.pdf", "b.pdf")
    assert shop.ids("quotes", sort="documents|desc") == [full["id"], bare["id"]]
    assert shop.ids("quotes", sort="documents|asc") == [bare["id"], full["id"]]


def test_mails_say_that_they_went_out(shop: Shop) -> None:
    """R-EP-11."""
    quote = quoted(shop, shop.client())
    assert shop.get(f"quotes/{quote['id']}/email").json() == {"message": "Successfully sent message"}
    after = shop.show(f"quotes/{quote['id']}")
    assert (after["status_id"], after["last_sent_date"]) == ("2", "2026-01-15")


def test_delete_and_restore_touch_no_sums(shop: Shop) -> None:
    """R-LIFE-21, R-LIFE-4."""
    quote = quoted(shop, shop.client(), "?mark_sent=true")
    gone = record(shop.delete(f"quotes/{quote['id']}"))
    assert (gone["is_deleted"], gone["number"]) == (True, quote["number"])
    assert shop.put(f"quotes/{quote['id']}", {"po_number": "x"}).status_code == 400
    back = shop.show(f"quotes/{quote['id']}/restore")
    assert (back["is_deleted"], back["archived_at"], back["status_id"]) == (False, 0, "2")


def test_the_pdf_comes_by_the_key_of_an_invitation(shop: Shop) -> None:
    """R-EP-13."""
    quote = quoted(shop, shop.client(), number="Q-7")
    answer = shop.get(f"quote/{quote['invitations'][0]['key']}/download")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-disposition"] == "attachment; filename=Q-7.pdf"
    assert shop.get("quote/nothing/download").json()["message"] == "no record found"


def test_an_electronic_quote_comes_by_the_key_of_an_invitation(shop: Shop) -> None:
    """R-EP-13."""
    quote = quoted(shop, shop.client(name="Harbour"), number="Q-7")
    answer = shop.get(f"quote/{quote['invitations'][0]['key']}/download_e_quote")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
    assert answer.headers["content-disposition"] == "attachment; filename=Q-7.xml"
    root = ET.fromstring(answer.content)
    assert root.tag.endswith("}Quotation")
    amount = next(each.text for each in root.iter() if each.tag.endswith("}PayableAmount"))
    assert amount == f"{quote['amount']:.2f}"
    assert shop.get("quote/nothing/download_e_quote").json()["message"] == "no record found"
