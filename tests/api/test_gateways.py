"""Payment providers, stored payment methods, payment links and webhooks; nothing outside is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import PASSWORD, errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

AUTHORIZE = "3b6621f970ab18887c4f6dca78d3f8bb"


def gateway(shop: Shop, **fields: object) -> JSON:
    return record(shop.post("company_gateways", {"gateway_key": AUTHORIZE, "label": "Cards", **fields}))


def test_a_gateway_gets_fees_for_all_it_offers(shop: Shop) -> None:
    """R-EP-36, testCompanyGatewayEndPoints."""
    made = gateway(shop, config='{"testMode": true}', fees_and_limits={"1": {"fee_amount": "2.5"}})
    assert made["test_mode"]
    assert list(made["fees_and_limits"]) == ["1", "2"]
    assert part({"fee_amount": 2.5, "min_limit": -1, "is_enabled": True}, made["fees_and_limits"]["1"]) == {
        "fee_amount": 2.5,
        "min_limit": -1,
        "is_enabled": True,
    }
    changed = record(shop.put(f"company_gateways/{made['id']}", {"config": "changed"}))
    assert (changed["config"], changed["test_mode"], changed["fees_and_limits"]) == (
        "changed",
        False,
        made["fees_and_limits"],
    )
    archived = record(shop.delete(f"company_gateways/{made['id']}"))
    assert (archived["archived_at"] > 0, archived["is_deleted"]) == (True, False)
    assert rows(shop.get("company_gateways", filter="ard", status="archived"))[0]["id"] == made["id"]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("", "The gateway key field is required."),
        ("$#%^&*(", "The gateway key may only contain letters and numbers."),
        ("abc", "The selected gateway key is invalid."),
    ],
)
def test_only_known_gateways(shop: Shop, key: str, message: str) -> None:
    """testCompanyGatewayEndPointsWithInvalidFields."""
    assert errors(shop.post("company_gateways", {"gateway_key": key})) == {"gateway_key": [message]}
    assert shop.hire("create_all").post("company_gateways", {"gateway_key": AUTHORIZE}).status_code == 401


def test_what_a_gateway_can_do_unconnected(shop: Shop) -> None:
    """R-EP-36; clone since 5.12."""
    made = gateway(shop)
    copy = record(shop.post(f"company_gateways/{made['id']}/clone"))
    assert copy["id"] != made["id"]
    assert copy["label"] == "Cards 2026-01-15 09:00:00"
    assert shop.post(f"company_gateways/{made['id']}/test").json()["message"] != "ok"
    assert shop.post(f"company_gateways/{made['id']}/import_customers").json()["message"].startswith("Your import")
    refused = shop.post("company_gateways/bulk", {"action": "test", "ids": [made["id"]]})
    assert errors(refused) == {"action": ["The selected action is invalid."]}


def test_one_payment_method_is_the_default(shop: Shop) -> None:
    """R-EP-18, set as default since 5.12."""
    client, provider = shop.client(), gateway(shop)
    body = {"client_id": client["id"], "company_gateway_id": provider["id"], "gateway_type_id": 1}
    assert list(errors(shop.post("client_gateway_tokens", body))) == ["meta"]
    body["meta"] = {"brand": "visa", "last4": None}
    first = record(shop.post("client_gateway_tokens", {**body, "is_default": True}))
    second = record(shop.post("client_gateway_tokens", {**body, "is_default": True}))

    def defaults() -> list[str]:
        return [each["id"] for each in rows(shop.get("client_gateway_tokens")) if each["is_default"]]

    assert defaults() == [second["id"]]
    assert record(shop.post(f"client_gateway_tokens/{first['id']}/setAsDefault"))["is_default"]
    assert defaults() == [first["id"]]
    shop.delete(f"client_gateway_tokens/{first['id']}")
    assert defaults() == [second["id"]]
    assert len(shop.show(f"clients/{client['id']}")["gateway_tokens"]) == 1
    assert shop.hire("view_all,edit_all").get("client_gateway_tokens").status_code == 401
    assert record(shop.get("client_gateway_tokens/create"))["id"]


def test_webhooks(shop: Shop) -> None:
    """R-VAL-23, R-EP-3, R-EP-38, testWebhookPostRoute, testWebhookRetry."""
    body: JSON = {"target_url": "http://hook.com", "event_id": 1, "format": "JSON", "headers": []}
    made = record(shop.post("webhooks", body))
    wanted = {"event_id": "1", "rest_method": "post", "headers": []}
    assert part(wanted, made) == wanted
    changed = record(shop.put(f"webhooks/{made['id']}", {**body, "event_id": 2, "headers": {"X-Key": "k"}}))
    assert (changed["event_id"], changed["headers"]) == ("2", {"X-Key": "k"})
    unknown = shop.post("webhooks", {**body, "event_id": 99})
    assert (unknown.status_code, unknown.json()) == (400, "Invalid event")
    assert errors(shop.post("webhooks", {"target_url": "hook", "event_id": 1}))["target_url"] == [
        "The target url must be a valid URL."
    ]
    stored = record(shop.get("webhooks/create"))
    assert shop.show(f"webhooks/{stored['id']}")["event_id"] == "1"
    client = shop.client()
    again = shop.post(f"webhooks/{made['id']}/retry", {"entity": "client", "entity_id": client["id"]})
    assert record(again)["id"] == made["id"]
    lost = shop.post(f"webhooks/{made['id']}/retry", {"entity": "client", "entity_id": "zzzzzzzzzz"})
    assert (lost.status_code, lost.json()["message"]) == (400, "Record not found")
    assert list(errors(shop.post(f"webhooks/{made['id']}/retry", {"entity": "design", "entity_id": "x"}))) == ["entity"]


def test_payment_links(shop: Shop) -> None:
    """R-EP-37, R-VAL-22, testSubscriptionPut."""
    body = {"name": "Hosting", "steps": "cart,auth.login-or-register", "product_ids": shop.product()["id"]}
    made = record(shop.post("subscriptions", body))
    assert made["purchase_page"].endswith(f"/client/subscriptions/{made['id']}/purchase")
    assert made["webhook_configuration"] == []
    assert list(errors(shop.post("subscriptions", body))) == ["name"]
    hollow = {"return_url": None, "post_purchase_headers": {"Authorization": None, "X-Key": "k"}}
    kept = record(shop.put(f"subscriptions/{made['id']}", {**body, "webhook_configuration": hollow}))
    assert kept["webhook_configuration"] == {"post_purchase_headers": {"X-Key": "k"}}
    lacking = {"name": "Other", "recurring_product_ids": "x", "steps": "cart"}
    assert errors(shop.post("subscriptions", lacking)) == {
        "frequency_id": ["The frequency id field is required when recurring product ids is present."],
        "steps": ["You must include at least one of the authentication methods."],
    }
    changed = record(shop.put(f"subscriptions/{made['id']}", {"steps": body["steps"], "allow_cancellation": False}))
    assert (changed["allow_cancellation"], changed["name"]) == (False, "Hosting")
    invoice = shop.invoice(shop.client())
    assign = {"action": "assign_invoice", "ids": [made["id"]], "entity": "invoice", "entity_id": invoice["id"]}
    rows(shop.post("subscriptions/bulk", assign))
    assert shop.show(f"invoices/{invoice['id']}")["subscription_id"] == made["id"]
    assert list(errors(shop.post("subscriptions/bulk", {**assign, "entity_id": "zzzzzzzzzz"}))) == ["entity_id"]


def test_steps_of_a_purchase(shop: Shop) -> None:
    """R-EP-37."""
    assert "cart" in [each["id"] for each in shop.get("subscriptions/steps").json()]
    assert shop.post("subscriptions/steps/check", {"steps": "cart,auth.login"}).json() == []
    assert list(errors(shop.post("subscriptions/steps/check", {"steps": "nope"}))) == ["steps"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "stripe/update_payment_methods", 200),
        ("POST", "stripe/import_customers", 200),
        ("POST", "stripe/verify", 400),
        ("POST", "stripe/disconnect/VolejRejNm", 400),
        ("POST", "ppcp/webhook", 200),
        ("GET", "get-btc-price?currency=EUR", 400),
    ],
)
def test_services_that_are_not_there(shop: Shop, method: str, path: str, status: int) -> None:
    if path.startswith("stripe"):
        assert shop.call(method, path).status_code == 412
    assert shop.call(method, path, headers=PASSWORD).status_code == status


def test_stripe_is_for_administrators(shop: Shop) -> None:
    clerk = shop.hire()
    user = next(each for each in shop.stored("users") if each["email"] == "clerk@example.com")
    names = {"first_name": "Cleo", "last_name": "Clerk", "email": user["email"], "password": "clerkclerk"}
    assert shop.put(f"users/{user['id']}", names, headers=PASSWORD).status_code == 200
    own = {"X-API-PASSWORD": "clerkclerk"}
    assert clerk.post("stripe/verify", headers=own).status_code == 403
