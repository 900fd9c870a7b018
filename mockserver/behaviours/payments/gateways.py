"""Payment providers and stored payment methods; no provider is connected (R-EP-36)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mockserver.answer import File, Item
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.registry import hook, operation, rule
from mockserver.behaviours.records.crud import message, record_of
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data


@rule("known_gateway")
def known_gateway(context: Context, _: Any) -> str | None:
    """The key of a provider of the fixed list."""
    found = provider(context.draft, str(context.value)) is not None
    return None if found else f"The selected {context.name} is invalid."


def provider(draft: Draft, key: str) -> dict[str, Any] | None:
    """The row of the fixed list with the key."""
    rows: list[dict[str, Any]] = draft.document.statics.payload["gateways"]
    return next((row for row in rows if row["key"] == key), None)


@hook("company_gateway_prepare")
def company_gateway_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Fees and limits: those that were sent, else the defaults for each kind of payment of the provider."""
    row = provider(draft, data["gateway_key"]) or {}
    offered = list(row.get("options") or {}) or [str(row.get("default_gateway_type_id") or "1")]
    sent = data["fees_and_limits"] or {}
    data["fees_and_limits"] = whole_fees(draft, {**{kind: {} for kind in offered}, **sent})


@hook("company_gateway_revise")
def company_gateway_revise(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Entries of fees and limits are completed by their defaults."""
    data["fees_and_limits"] = whole_fees(draft, data["fees_and_limits"] or {})


def whole_fees(draft: Draft, fees: dict[str, Any]) -> dict[str, Any]:
    """Each entry with all its members; unknown kinds and members go, as text none is a limit."""
    facts = draft.document.schemas["FeesAndLimits"]["x-mock"]["fields"]
    blank = {name: each["default"] for name, each in facts.items()}
    kinds = draft.document.schemas["GatewayFees"]["properties"]
    return {
        kind: {**blank, **{name: entry[name] for name in blank if entry.get(name) is not None}}
        for kind, entry in fees.items()
        if kind in kinds and isinstance(entry, dict)
    }


@operation("company_gateway_test")
def company_gateway_test(draft: Draft, request: Request) -> Answer:
    """No provider can be reached: the reason comes with a 200 (5.12)."""
    row = provider(draft, record_of(request)["gateway_key"]) or {}
    return message(f"{row.get('name', 'The gateway')} could not be reached.")


@operation("company_gateway_clone")
def company_gateway_clone(draft: Draft, request: Request) -> Answer:
    """A live copy whose label ends with the time."""
    data = record_of(request)
    moment = datetime.fromtimestamp(draft.now, UTC).strftime("%Y-%m-%d %H:%M:%S")
    copy = {**data, "label": f"{data['label']} {moment}".strip(), "archived_at": 0, "is_deleted": False}
    copy |= {"created_at": 0, "updated_at": 0, "user_id": caller_of(draft).user_id}
    return Item("company_gateway", draft.put("company_gateway", copy)["id"])


@operation("company_gateway_import")
def company_gateway_import(draft: Draft, request: Request) -> Answer:
    """A job without a provider brings nothing."""
    return message("Your import has started, you will receive an email upon completion.")


@hook("gateway_token_prepare")
def gateway_token_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The client and the routing number, which no answer shows."""
    data["client_id"] = request.body["client_id"]
    data["routing_number"] = str(request.body.get("routing_number") or "")


@hook("gateway_token_revise")
def gateway_token_revise(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The routing number may change, the client not."""
    if request.body.get("routing_number") is not None:
        data["routing_number"] = str(request.body["routing_number"])


@hook("gateway_token_save")
def gateway_token_save(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A default takes the flag from the client's other payment methods."""
    if data["is_default"]:
        make_default(draft, data)


def make_default(draft: Draft, data: Data) -> None:
    """Put the flag on this payment method of a client alone."""
    others = draft.find("client_gateway_token", data["client_id"], "client_id") if data["client_id"] else []
    for each in others:
        if each["is_default"] and each["id"] != data["id"]:
            draft.patch("client_gateway_token", each["id"], {"is_default": False})
    draft.patch("client_gateway_token", data["id"], {"is_default": True})


@operation("gateway_token_set_default")
def gateway_token_set_default(draft: Draft, request: Request) -> Answer:
    """The payment method that is charged first."""
    data = record_of(request)
    make_default(draft, data)
    return Item("client_gateway_token", data["id"])


@hook("gateway_token_delete")
def gateway_token_delete(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A deleted default hands the flag to another live payment method at the same gateway."""
    if not data["is_default"]:
        return
    draft.patch(entity.name, data["id"], {"is_default": False})
    for each in draft.find(entity.name, data["client_id"], "client_id"):
        same = each["company_gateway_id"] == data["company_gateway_id"]
        if same and each["id"] != data["id"] and not each["archived_at"]:
            draft.patch(entity.name, each["id"], {"is_default": True})
            return


def require_stripe_admin(draft: Draft) -> None:
    """Raise Refused with 403 unless an administrator calls."""
    if not caller_of(draft).admin:
        diagnosis = Diagnosis("header X-API-TOKEN", "R-EP-36", None, "a token of an admin")
        raise Refused("forbidden", "Unauthorized", diagnoses=(diagnosis,))


@operation("stripe_job")
def stripe_job(draft: Draft, request: Request) -> Answer:
    """A job without a Stripe gateway does nothing."""
    require_stripe_admin(draft)
    return message("Processing")


def unconnected(what: str) -> Diagnosis:
    """Says that a service is not there to be asked."""
    return Diagnosis(
        "server", "connection", None, f"a connection to {what}", "a mock has none: nothing can be sent to get one"
    )


@operation("stripe_unconnected")
def stripe_unconnected(draft: Draft, request: Request) -> Answer:
    """There is no connected Stripe account to ask."""
    require_stripe_admin(draft)
    raise Refused("bad_request", "No Stripe gateway is connected.", diagnoses=(unconnected("Stripe"),))


@operation("bitcoin_price")
def bitcoin_price(draft: Draft, request: Request) -> Answer:
    """The price service can't be reached."""
    body = {"error": "Unable to fetch BTC price"}
    raise Refused("bad_request", body=body, diagnoses=(unconnected("the price of Bitcoin"),))


@operation("blockonomics_qr_code")
def blockonomics_qr_code(draft: Draft, request: Request) -> Answer:
    """The text as a picture of 150 by 150 pixels."""
    from mockserver.derive.qr import qr_svg  # the library is only loaded for a code

    text = request.query.get("qr_string", "")
    try:
        return File(qr_svg(text), "image/svg+xml")
    except ValueError as error:
        diagnosis = Diagnosis("query qr_string", "qr", text, "1 to 2953 letters", str(error))
        raise Refused("bad_request", "The text can't be shown as a QR code.", diagnoses=(diagnosis,)) from None
