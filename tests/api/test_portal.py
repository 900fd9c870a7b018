"""The links of contacts: a bill counts as viewed when its link is opened, and the contact can answer it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.clock import Clock
from tests.api.shop import record, rows

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import JSON, Shop

NOW = "2026-01-15 09:00:00"
VIEWED = {"invoice": "7", "quote": "21", "credit": "60", "purchase_order": "136"}
LINES = [{"quantity": 2, "cost": 50, "product_key": "BEAM"}]


def link(bill: JSON, index: int = 0) -> str:
    """The path of the link of an invitation."""
    return str(bill["invitations"][index]["link"]).removeprefix("http://localhost:8080")


def party(shop: Shop, kind: str) -> JSON:
    """The id of a new client or vendor with one contact, as a bill of the kind names it."""
    owner = "vendor" if kind == "purchase_order" else "client"
    contacts = [{"first_name": "Ines", "email": "ines@harbour.example", "send_email": True}]
    return {f"{owner}_id": record(shop.post(f"{owner}s", {"name": "Harbour", "contacts": contacts}))["id"]}


def sent(shop: Shop, kind: str, **fields: Any) -> JSON:
    """A bill over 100 that was sent."""
    return record(shop.post(f"{kind}s?mark_sent=true", {**party(shop, kind), "line_items": LINES, **fields}))


def opened(shop: Shop, path: str, **options: Any) -> Response:
    """A call without a token, as a browser makes it."""
    headers = {"X-API-TOKEN": None, "X-Requested-With": None, "Accept": "text/html", **options.pop("headers", {})}
    return shop.mock.request(options.pop("method", "GET"), path, headers=headers, **options)


def told(shop: Shop, *kinds: str) -> list[JSON]:
    return [row for row in shop.stored("activities") if row["activity_type_id"] in kinds]


@pytest.mark.parametrize(("kind", "activity"), VIEWED.items())
def test_the_first_opening_marks_the_invitation_as_viewed(shop: Shop, kind: str, activity: str) -> None:
    """R-STAT-17, R-SIDE-2: with an activity of the contact; later ones change nothing."""
    bill = sent(shop, kind)
    assert opened(shop, link(bill)).status_code == 200
    (seen,) = shop.show(f"{kind}s/{bill['id']}")["invitations"]
    assert (seen["viewed_date"], seen["opened_date"]) == (NOW, "")
    shop.mock.world.clock = Clock(frozen=shop.mock.world.clock.now() + 3600)
    assert opened(shop, link(bill)).status_code == 200
    assert shop.show(f"{kind}s/{bill['id']}")["invitations"] == [seen]
    (entry,) = told(shop, activity)
    vendors = kind == "purchase_order"
    assert entry[f"{kind}_id"] == bill["id"]
    assert entry["vendor_contact_id" if vendors else "contact_id"] == next(iter(guests(bill)))
    assert entry["contact_id" if vendors else "vendor_contact_id"] == ""
    assert (entry["ip"], entry["is_system"], entry["token_id"]) == ("127.0.0.1", False, "")
    assert (entry["user_id"], entry["company_id"]) == (bill["user_id"], shop.company()["id"])


def guests(bill: JSON) -> list[str]:
    """The invited contacts."""
    return [each.get("client_contact_id") or each["vendor_contact_id"] for each in bill["invitations"]]


def test_each_contact_views_for_itself(shop: Shop) -> None:
    contacts = [{"first_name": name, "email": f"{name}@x.example", "send_email": True} for name in ("ann", "bob")]
    invoice = shop.sent(shop.client(contacts=contacts))
    opened(shop, link(invoice, 1))
    viewed = {each["key"]: each["viewed_date"] for each in shop.show(f"invoices/{invoice['id']}")["invitations"]}
    assert viewed == {each["key"]: NOW * bool(index) for index, each in enumerate(invoice["invitations"])}
    (entry,) = told(shop, "7")
    assert entry["contact_id"] == guests(invoice)[1]


def test_the_event_is_in_the_feed_and_no_webhook_hears_of_it(shop: Shop) -> None:
    invoice = shop.sent(shop.client())
    before = shop.mock.get("/__mock__/events").json()["last"]
    opened(shop, link(invoice))
    (event,) = shop.mock.get(f"/__mock__/events?after={before}").json()["data"]
    assert (event["event"], event["event_id"], event["entity"], event["id"]) == (
        "viewed",
        None,
        "invoice",
        invoice["id"],
    )
    assert event["payload"]["invitations"][0]["viewed_date"] == NOW


@pytest.mark.parametrize("silently", ["?silent=true", "HEAD", "/download"])
def test_what_is_no_opening(shop: Shop, silently: str) -> None:
    """A look by the sender, a check of the link, and the file alone."""
    invoice = shop.sent(shop.client())
    head = silently == "HEAD"
    answer = opened(shop, link(invoice) + ("" if head else silently), method="HEAD" if head else "GET")
    assert answer.status_code == 200
    assert shop.show(f"invoices/{invoice['id']}")["invitations"][0]["viewed_date"] == ""
    assert told(shop, "7") == []


def test_the_page_shows_the_bill_and_its_pdf(shop: Shop) -> None:
    invoice = shop.sent(shop.client(name="Harbour & <i>Sons"), {"quantity": 3, "cost": 41.5, "product_key": "BEAM"})
    answer = opened(shop, link(invoice))
    assert answer.headers["content-type"] == "text/html; charset=UTF-8"
    assert re.search(r"default-src 'none'", answer.headers["content-security-policy"])
    assert f"<h1>Invoice {invoice['number']}</h1><span>sent</span>" in answer.text
    assert "124.50" in answer.text
    assert "<i>" not in answer.text
    address = re.findall(r'href="([^"]*)"', answer.text)
    assert address == [f"{link(invoice)}/download"]
    file = opened(shop, address[0])
    assert (file.headers["content-type"], file.content[:4]) == ("application/pdf", b"%PDF")
    assert file.headers["content-disposition"] == f"attachment; filename={invoice['number']}.pdf"


def test_nothing_of_a_design_runs(shop: Shop) -> None:
    """A company's own design is markup of whatever origin: it stays inside a frame that is shut off."""
    parts = {"body": '"></iframe><script>alert(1)</script>$invoice.number', "includes": "", "header": "", "footer": ""}
    design = record(shop.post("designs", {"name": "Own", "design": {**parts, "product": "", "task": ""}}))
    page = opened(shop, link(shop.sent(shop.client(), design_id=design["id"]))).text
    assert "<script" not in page
    assert len(re.findall(r'<iframe sandbox title="[^"]*" srcdoc="[^"]*"></iframe>', page)) == 1


def test_a_world_of_its_own_has_links_of_its_own(shop: Shop) -> None:
    """The address of a world is enough, as in a browser, and the links of its e-mails have it."""
    there = shop.but(X_Mock_World=None)
    name = shop.mock.world.name
    contacts = [{"first_name": "Ines", "email": "ines@harbour.example", "send_email": True}]
    client = shop.client(contacts=contacts)
    invoice = shop.invoice(client, query="?send_email=true")
    (mail,) = shop.mock.get("/__mock__/outbox").json()["data"]
    prefixed = f"/worlds/{name}{link(invoice)}"
    assert f"http://localhost:8080{prefixed}" in mail["body"]
    assert opened(there, link(invoice), headers={"X-Mock-World": None}).status_code == 404
    page = opened(there, prefixed, headers={"X-Mock-World": None})
    assert f'href="{prefixed}/download"' in page.text
    assert shop.show(f"invoices/{invoice['id']}")["invitations"][0]["viewed_date"] == NOW


@pytest.mark.parametrize("path", ["/client/invoice/nope", "/client/invoice", "/client", "/client/nope/KEY", "/vendor/"])
def test_a_page_that_is_not_there(shop: Shop, path: str) -> None:
    answer = opened(shop, path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=UTF-8")


@pytest.mark.parametrize("broken", ["party", "kind", "further", "verb", "deleted", "gone"])
def test_a_link_that_leads_nowhere(shop: Shop, broken: str) -> None:
    """JSON for programs, with what was wanted; nothing is viewed."""
    invoice = shop.sent(shop.client())
    path, method = link(invoice), "GET"
    if broken == "party":
        path = path.replace("/client/", "/vendor/")
    elif broken == "kind":
        path = path.replace("/invoice/", "/quote/")
    elif broken == "further":
        path += "/more"
    elif broken == "verb":
        method = "DELETE"
    elif broken == "deleted":
        shop.delete(f"invoices/{invoice['id']}")
    else:
        shop.post(f"clients/{invoice['client_id']}/purge", headers={"X-API-PASSWORD": "password"})
    answer = opened(shop, path, method=method, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (404, {"message": "There is no such page."})
    assert '"where":"path"' in answer.headers["x-mock-diagnostics"]
    assert told(shop, "7") == []


def answered(shop: Shop, bill: JSON, word: str) -> Response:
    return opened(shop, link(bill), method="POST", data={"action": word}, headers={"Accept": "application/json"})


@pytest.mark.parametrize("draft", [True, False])
def test_the_vendor_accepts_a_purchase_order(shop: Shop, *, draft: bool) -> None:
    """R-STAT-38: a draft counts as sent then."""
    query = "" if draft else "?mark_sent=true"
    order = record(shop.post(f"purchase_orders{query}", {**party(shop, "purchase_order"), "line_items": LINES}))
    assert '<button name="action" value="accept">Accept</button>' in opened(shop, link(order)).text
    answer = answered(shop, order, "accept")
    assert (answer.status_code, answer.headers["location"]) == (303, link(order))
    order = shop.show(f"purchase_orders/{order['id']}")
    assert (order["status_id"], order["balance"]) == ("3", 100)
    (entry,) = told(shop, "137")
    assert (entry["purchase_order_id"], entry["vendor_contact_id"]) == (order["id"], guests(order)[0])
    events = [each["event_id"] for each in shop.mock.get("/__mock__/events").json()["data"]]
    assert (events[-1], 63 in events) == (65, True)
    assert "<button" not in opened(shop, link(order)).text
    again = answered(shop, order, "accept")
    assert (again.status_code, again.json()["message"]) == (400, "This purchase order can't be accepted any more.")
    assert told(shop, "137") == [entry]


@pytest.mark.parametrize("convert", [True, False])
def test_the_client_approves_a_quote(shop: Shop, *, convert: bool) -> None:
    """R-STAT-19: only here the setting makes an invoice of it, which is sent."""
    shop.settings(auto_convert_quote=convert)
    quote = sent(shop, "quote")
    assert answered(shop, quote, "approve").status_code == 303
    quote = shop.show(f"quotes/{quote['id']}")
    assert quote["status_id"] == ("4" if convert else "3")
    (entry,) = told(shop, "29")
    assert (entry["quote_id"], entry["contact_id"]) == (quote["id"], guests(quote)[0])
    invoices = rows(shop.get("invoices"))
    assert [(each["id"], each["status_id"], each["balance"]) for each in invoices] == (
        [(quote["invoice_id"], "2", 100)] if convert else []
    )
    assert shop.show(f"clients/{quote['client_id']}")["balance"] == 100 * convert
    assert answered(shop, quote, "approve").status_code == 400


def test_a_quote_that_ran_out_is_not_approved(shop: Shop) -> None:
    """R-STAT-19, R-STAT-20."""
    quote = sent(shop, "quote", due_date="2026-01-14")
    answer = answered(shop, quote, "approve")
    assert (answer.status_code, answer.json()["message"]) == (
        400,
        "Unable to approve this quote as it has expired.",
    )
    assert shop.show(f"quotes/{quote['id']}")["status_id"] == "2"


@pytest.mark.parametrize(("kind", "word"), [("invoice", "approve"), ("quote", "accept"), ("quote", "")])
def test_an_answer_that_is_not_offered(shop: Shop, kind: str, word: str) -> None:
    bill = sent(shop, kind)
    answer = answered(shop, bill, word)
    assert (answer.status_code, answer.json()) == (400, {"message": "There is no such answer."})
    assert ("one of approve" in answer.headers["x-mock-diagnostics"]) == (kind == "quote")
    assert shop.show(f"{kind}s/{bill['id']}")["status_id"] == "2"


def test_a_contact_finds_what_it_was_sent(shop: Shop) -> None:
    """Behind the link of the contact; drafts and deleted bills are left out."""
    owner = party(shop, "invoice")
    client = shop.show(f"clients/{owner['client_id']}")
    invoice, gone = shop.sent(client), shop.sent(client)
    quote = record(shop.post("quotes?mark_sent=true", owner))
    shop.invoice(client)
    shop.sent(shop.client(name="Other"))
    shop.delete(f"invoices/{gone['id']}")
    path = client["contacts"][0]["link"].removeprefix("http://localhost:8080")
    answer = opened(shop, path)
    assert "<h1>Harbour</h1>" in answer.text
    assert re.findall(r'href="([^"]*)"', answer.text) == [link(invoice), link(quote)]
    assert opened(shop, path.replace("/client/", "/vendor/")).status_code == 404
    assert opened(shop, path, method="POST").status_code == 404
    assert told(shop, *VIEWED.values()) == []


def test_a_vendor_finds_its_orders(shop: Shop) -> None:
    order = sent(shop, "purchase_order")
    vendor = shop.show(f"vendors/{order['vendor_id']}")
    page = opened(shop, vendor["contacts"][0]["link"].removeprefix("http://localhost:8080"))
    assert re.findall(r'href="([^"]*)"', page.text) == [link(order)]
