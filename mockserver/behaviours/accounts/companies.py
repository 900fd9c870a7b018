"""Companies: settings, defaults, logo, removal and purge (R-EP-27, R-EP-28, R-LIFE-27)."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.answer import File, Item, Items, Plain, Unsaved
from mockserver.behaviours.accounts.defaults import furnish_company
from mockserver.behaviours.accounts.send_dates import plan_again
from mockserver.behaviours.accounts.tokens import new_token
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.settings import cast_settings, check_settings
from mockserver.behaviours.core.validation import validate
from mockserver.behaviours.core.writing import written
from mockserver.behaviours.records.crud import entity_of, record_of
from mockserver.behaviours.records.documents import attach
from mockserver.derive.computed import SECRET_SETTINGS, is_mask
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request, Upload
    from mockserver.store.table import Data

MOST_COMPANIES = 10
LOGO_TYPES = ("jpeg", "jpg", "png", "gif")
MAX_LOGO = 10_000 * 1024
KEPT_ON_PURGE = frozenset({"companies", "company_users", "users", "accounts", "tokens", "group_settings"})
SECRETS = frozenset({*SECRET_SETTINGS, "smtp_username", "smtp_password"})


def default_settings(draft: Draft) -> dict[str, Any]:
    """Settings of a new company."""
    return dict(draft.document.setting_defaults)


@operation("company_blank")
def blank(draft: Draft, request: Request) -> Answer:
    """An unsaved company with default settings."""
    data = draft.blank(entity_of(request).name)
    return Unsaved("company", {**data, "id": "", "settings": default_settings(draft)})


@operation("company_list")
def companies(draft: Draft, request: Request) -> Answer:
    """The companies of the account, not only that of the token (R-EP-27)."""
    found = draft.find("company", draft.company["account_id"], "account_id")
    return Items("company", [row for each in found if (row := ids.decode(each["id"])) is not None])


@operation("company_current")
def current(draft: Draft, request: Request) -> Answer:
    """The company of the token."""
    return Item("company", str(draft.company["id"]))


@operation("company_create")
def create(draft: Draft, request: Request) -> Answer:
    """A further company of the account, with a link and a token for the caller; answers a list with the link."""
    entity = entity_of(request)
    if len(draft.find("company", draft.company["account_id"], "account_id")) >= MOST_COMPANIES:
        request.errors["name"] = ["Limit of 10 companies per account."]
    check_sent_settings(draft, request)
    check_logo(request)
    validate(draft, entity, "create", request)
    name = request.body.get("name") or "Untitled Company"
    sent = request.body.get("settings")
    settings = {"name": str(name), **(cast_settings(draft, sent) if isinstance(sent, dict) else {})}
    fields = {**written(entity, "create", request.body), **registration_fields(request)}
    data, link = new_company(draft, {**fields, "settings": settings})
    store_logo(draft, data["id"], request)
    found = ids.decode(link["id"])
    return Items("company_user", [found] if found is not None else [], "user,company,token,account")


def new_company(draft: Draft, fields: Data) -> tuple[Data, Data]:
    """Store a company of the account with what a new one starts with; gives it and the link to the caller."""
    caller, account = caller_of(draft), str(draft.company["account_id"])
    data = {**draft.blank("company"), **fields, "account_id": account}
    data["settings"] = {**default_settings(draft), **fields["settings"]}
    data["company_key"] = fields.get("company_key") or draft.text("company", "company_key", 32)
    data = draft.put("company", data)
    return data, owned_by(draft, data, caller.user_id, "Default")


def owned_by(draft: Draft, company: Data, user_id: str, token: str) -> Data:
    """Give a company that was just stored its owner, with a token of that name, and what a new one starts with.

    Gives the link between the two.
    """
    row = ids.decode(company["id"])
    assert row is not None
    link = draft.blank("company_user") | {
        "user_id": user_id,
        "company_id": company["id"],
        "account_id": company["account_id"],
        "token_id": new_token(draft, token, user_id, company["id"], system=True)["id"],
        "is_owner": True,
        "is_admin": True,
    }
    link = draft.put("company_user", link, company=row)
    furnish_company(draft, row, user_id)
    return link


def registration_fields(request: Request) -> dict[str, Any]:
    """The posted fields of the sign-up form, each with all its members; nothing when none were posted."""
    sent = request.body.get("client_registration_fields")
    if not isinstance(sent, list):
        return {}
    blank = {"key": "", "required": False, "visible": False}
    kept = [
        {name: each[name] for name in blank if each.get(name) is not None} for each in sent if isinstance(each, dict)
    ]
    return {"client_registration_fields": [{**blank, **each} for each in kept]}


def check_sent_settings(draft: Draft, request: Request) -> None:
    """Collect messages about posted settings."""
    settings = request.body.get("settings")
    if isinstance(settings, dict):
        check_settings(draft, settings, request)
    elif settings is not None:
        request.errors.setdefault("settings", ["The settings must be an array."])


@operation("company_update")
def update(draft: Draft, request: Request) -> Answer:
    """Change what was sent, of the settings too; but settings without a company_logo remove the logo."""
    entity, before = entity_of(request), record_of(request)
    check_sent_settings(draft, request)
    check_logo(request)
    validate(draft, entity, "update", request, before)
    changes = {**without_masks(written(entity, "update", request.body)), **registration_fields(request)}
    sent = request.body.get("settings")
    if isinstance(sent, dict):
        changes["settings"] = {
            **default_settings(draft),
            **before["settings"],
            "company_logo": "",
            **without_masks(cast_settings(draft, sent)),
        }
    else:
        changes.pop("settings", None)
    if changes.get("session_timeout", 0) < 0:
        changes["session_timeout"] = 0
    if changes.get("calculate_taxes") and not before["calculate_taxes"]:
        changes |= cleared_taxes({**before, **changes})
    draft.patch("company", before["id"], changes)
    if request.query.get("sync_send_time") == "true":
        plan_again(draft)
    store_logo(draft, before["id"], request)
    attach(draft, entity, before["id"], request)
    draft.emit("updated", "company", before["id"])
    return Item("company", before["id"])


def without_masks(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent but the secrets that came back as they are shown: those stay as they are (R-WIRE-51)."""
    return {name: value for name, value in sent.items() if name not in SECRETS or not is_mask(str(value))}


def cleared_taxes(data: Data) -> dict[str, Any]:
    """What switching on automatic taxes does to the defaults (5.12)."""
    blank = {f"tax_name{n}": "" for n in (1, 2, 3)} | {f"tax_rate{n}": 0 for n in (1, 2, 3)}
    return {"settings": {**data["settings"], **blank}, "enabled_tax_rates": 0, "enabled_item_tax_rates": 1}


def logo_of(request: Request) -> Upload | None:
    """The file part that is a logo."""
    return next((each for each in request.files if each.field == "company_logo"), None)


def check_logo(request: Request) -> None:
    """Collect a message about a logo that is no picture, or too large a one."""
    logo = logo_of(request)
    if logo is None:
        return
    if logo.name.rpartition(".")[2].lower() not in LOGO_TYPES:
        request.errors["company_logo"] = [f"The company logo must be a file of type: {', '.join(LOGO_TYPES)}."]
        wanted = f"one of {', '.join(LOGO_TYPES)}"
        request.diagnoses = (*request.diagnoses, Diagnosis("/company_logo", "mimes", logo.name, wanted))
    elif len(logo.content) > MAX_LOGO:
        request.errors["company_logo"] = [f"The company logo may not be greater than {MAX_LOGO // 1024} kilobytes."]
        wanted = f"at most {MAX_LOGO} bytes"
        request.diagnoses = (*request.diagnoses, Diagnosis("/company_logo", "max", len(logo.content), wanted))


def store_logo(draft: Draft, hashed: str, request: Request) -> None:
    """Keep a posted company_logo and put its address into the settings."""
    logo = logo_of(request)
    if logo is None:
        return
    data = draft.get("company", hashed) or draft.find("company", hashed, "id")[0]
    address = f"{draft.world.address(request.prefix)}/api/v1/companies/{hashed}/logo"
    draft.patch(
        "company",
        hashed,
        {
            "logo": logo.content,
            "logo_type": logo.name.rpartition(".")[2].lower(),
            "settings": {**data["settings"], "company_logo": address},
        },
    )


@operation("company_default")
def make_default(draft: Draft, request: Request) -> Answer:
    """Make the company the one that a login opens first."""
    data = record_of(request)
    draft.patch("account", data["account_id"], {"default_company_id": data["id"]})
    return Item("company", data["id"])


@operation("company_logo")
def logo(draft: Draft, request: Request) -> Answer:
    """The bytes of the stored logo; without one the service's stand-in."""
    data = record_of(request)
    if data["logo"]:
        kind = mimetypes.types_map.get(f".{data['logo_type']}", "image/png")
        return File(data["logo"], kind)
    return File(draft.document.statics.logo, "image/png")


@operation("company_tax_data")
def tax_data(draft: Draft, request: Request) -> Answer:
    """Only companies in the United States have such rates; the look-up itself is not connected."""
    data = record_of(request)
    if str(data["settings"].get("country_id")) != "840":
        diagnosis = Diagnosis(
            "path id", "company_tax_data", data["settings"].get("country_id"), "a company with country_id 840"
        )
        raise Refused("bad_request", "Only US companies can update their tax data.", diagnoses=(diagnosis,))
    return Item("company", data["id"])


@operation("company_remove")
def remove(draft: Draft, request: Request) -> Answer:
    """Remove the company with everything in it; its tokens die."""
    forget(draft, record_of(request), everything=True)
    return Plain({"message": "Success"})


@operation("company_purge")
def purge(draft: Draft, request: Request) -> Answer:
    """Remove the company, or with `keep: settings` only its records and counters."""
    everything = request.operation.facts.get("with", {}).get("keep") != "settings"
    forget(draft, record_of(request), everything=everything)
    return Plain({"message": "Company purged" if not everything else "Success"})


def forget(draft: Draft, company: Data, *, everything: bool) -> None:
    """Take the company's rows out for good; with `everything` the company and its links as well."""
    row = ids.decode(company["id"])
    assert row is not None
    for resource, entity in draft.document.resources.items():
        if resource in KEPT_ON_PURGE and not (everything and resource in ("tokens", "company_users", "group_settings")):
            continue
        for record in reversed(tuple(draft.state.table(resource).records(row))):  # the last first, which is cheap
            draft.remove(entity.name, record.data["id"])
    if everything:
        draft.remove("company", company["id"])
    else:
        counters = {key: 1 for key in company["settings"] if key.endswith("_number_counter")}
        draft.patch("company", company["id"], {"settings": {**company["settings"], **counters}})
