"""Companies of version 4 of the service: their data moves in through the API's own create (R-EP-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from mockserver import ids
from mockserver.answer import Plain
from mockserver.behaviours.accounts.companies import MOST_COMPANIES, forget, new_company
from mockserver.behaviours.accounts.defaults import furnish_company
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.jobs import keep
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.settings import cast_settings, settings_problem
from mockserver.behaviours.core.validation import wrong
from mockserver.behaviours.transfer.arriving import Arrival
from mockserver.derive.archive import UnreadableArchive, is_zip, unpacked
from mockserver.derive.dates import at
from mockserver.derive.text import is_true, uuid_like
from mockserver.draft import Caller
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

FILE = "migration.json"


@operation("start_migration")
def start_migration(draft: Draft, request: Request) -> Answer:
    """Move in each listed company from its file, as far as it may: what came of each is kept as a job."""
    companies = listed(request)
    files = [file_of(request, place, each) for place, each in enumerate(companies)]
    made = ""
    for company, data in zip(companies, files, strict=True):
        outcome = moved(draft, request, company, data)
        made = keep(draft, "migration", outcome)["hash"]
        if outcome["error"]:
            break  # the service does not look at the others then
    started = at(draft.now).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    return Plain({"_id": uuid_like(made), "method": "database", "started_at": started})


def listed(request: Request) -> list[Data]:
    """The companies of the form. Raises Refused when it lists none."""
    sent = request.body.get("companies")
    try:
        told = orjson.loads(sent) if isinstance(sent, str) else sent
    except orjson.JSONDecodeError:
        told = None
    wanted = "a JSON list of objects with company_index, company_key and force"
    if not told:
        raise wrong("companies", "The companies field is required.", "required", sent, wanted)
    good = isinstance(told, list) and all(isinstance(each, dict) and each.get("company_key") for each in told)
    if not good or len(told) > MOST_COMPANIES:
        raise wrong("companies", "The companies is invalid.", "json", sent, wanted)
    return [{**each, "company_key": str(each["company_key"])[:255]} for each in told]


def file_of(request: Request, place: int, company: Data) -> Data:
    """The data of a company. Raises Refused when its part is missing or holds none."""
    index = str(company.get("company_index", place))
    upload = next((each for each in request.files if each.field == index), None)
    if upload is None:
        raise wrong(index, f"The {index} field is required.", "required", None, "the zip file of the company")
    try:
        content = unpacked(upload.content, lambda name: name == FILE).get(FILE, b"") if is_zip(upload.content) else b""
        found = orjson.loads(content)
    except (UnreadableArchive, orjson.JSONDecodeError):
        found = None
    if not isinstance(found, dict):
        raise wrong(index, f"The {index} must be a file of type: zip.", "mimes", upload.name, f"a zip file with {FILE}")
    return found


def moved(draft: Draft, request: Request, company: Data, data: Data) -> dict[str, Any]:
    """Make the company, or empty the one that has the key when it is forced to, and fill it; gives what came of it."""
    caller = caller_of(draft)
    account = draft.company["account_id"]
    outcome: dict[str, Any] = {"company_key": company["company_key"], "counts": {}, "errors": {}, "error": ""}
    known = next(iter(draft.find("company", company["company_key"], "company_key")), None)
    forced = is_true(company.get("force"))
    if known is not None and (known["account_id"] != account or not forced):
        return {**outcome, "error": "The company exists already."}
    if known is None and len(draft.find("company", account, "account_id")) >= MOST_COMPANIES:
        return {**outcome, "error": f"The account has {MOST_COMPANIES} companies already."}
    if known is None:
        fields = {"company_key": company["company_key"], "settings": settings_of(draft, data)}
        known, _ = new_company(draft, fields)
    else:
        forget(draft, known, everything=False)
        row = ids.decode(known["id"])
        assert row is not None
        furnish_company(draft, row, caller.user_id)
        emptied = next(iter(draft.find("company", company["company_key"], "company_key")))
        settings = {**emptied["settings"], **settings_of(draft, data)}
        draft.patch("company", known["id"], {"settings": settings})
    row = ids.decode(known["id"])
    assert row is not None
    link = next(iter(draft.find("company_user", (caller.user_id, known["id"]), "user_id", "company_id")), caller.link)
    with draft.standing_in(Caller(caller.token, caller.user, row, link)):
        arrival = Arrival(draft, request)
        arrival.unpack(data, request.operation.facts["with"]["order"])
    return {**outcome, "counts": arrival.counts, "errors": arrival.errors}


def settings_of(draft: Draft, data: Data) -> dict[str, Any]:
    """Those settings of the file that fit."""
    company = data.get("company")
    sent = company.get("settings") if isinstance(company, dict) else None
    kinds = draft.document.setting_kinds
    good = {key: each for key, each in (sent or {}).items() if not settings_problem(kinds.get(key, ""), key, each)}
    return cast_settings(draft, good) if isinstance(sent, dict) else {}


@operation("migrate")
def migrate(draft: Draft, request: Request) -> Answer:
    """A route without a handler: what the service fails at is refused as a route that is none (ADR 0009)."""
    diagnosis = Diagnosis("path", "ADR 0009", request.path, "POST /api/v1/migration/start")
    raise Refused("route", "Route does not exist", diagnoses=(diagnosis,))
