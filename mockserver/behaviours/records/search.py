"""Search without a search engine, and the actions that lists offer (R-EP-44)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from mockserver.answer import Plain
from mockserver.behaviours.core.access import visible
from mockserver.behaviours.core.forms import check_form
from mockserver.behaviours.core.registry import operation
from mockserver.derive.computed import client_display_name

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

    Row = dict[str, str]

MOST = {"client": 1000, "invoice": 3000, "project": 3000}
"""Rows of each kind, the newest first."""


@operation("search")
def search(draft: Draft, request: Request) -> Answer:
    """Short rows of clients, contacts, invoices and projects, and the pages of the settings; the text is ignored."""
    check_form(draft, request)
    clients = newest(draft, "client", "updated_at")[: MOST["client"]]
    found: dict[str, list[Row]] = {
        "clients": [row(name_of(draft, each), "client", each["id"]) for each in clients],
        "client_contacts": [
            row(contact_name(contact), "client", each["id"])
            for each in clients
            for contact in draft.find("client_contact", each["id"], "client_id")
            if not contact["archived_at"]
        ],
        "invoices": [
            row(f"{name_of(draft, client)} - {each['number']}", "invoice", each["id"], "/edit")
            for each, client in with_client(draft, "invoice")
        ],
        "projects": [
            row(f"{each['name']} - {each['number']}", "project", each["id"])
            for each, _ in with_client(draft, "project")
        ],
    }
    return Plain({**found, "settings": [page(*each) for each in request.operation.facts["with"]["pages"].items()]})


def with_client(draft: Draft, name: str) -> list[tuple[Data, Data]]:
    """Records beside their clients, the newest first; without those of deleted clients."""
    found = ((each, draft.get("client", each["client_id"])) for each in newest(draft, name))
    kept = ((each, client) for each, client in found if client is not None and not client["is_deleted"])
    return [*islice(kept, MOST[name])]


def newest(draft: Draft, name: str, field: str = "") -> list[Data]:
    """Records of the company that are not deleted and that the caller may see, the newest first."""
    may_see = visible(draft, draft.entity(name))
    kept = [
        record
        for record in draft.table(name).records(draft.company_row)
        if not record.data["is_deleted"] and (may_see is None or may_see(record.data))
    ]
    kept.sort(key=lambda record: (record.data[field] if field else 0, record.row), reverse=True)
    return [record.data for record in kept]


def name_of(draft: Draft, client: Data) -> str:
    """Name of a client, else of its first contact."""
    contacts = [each for each in draft.find("client_contact", client["id"], "client_id") if not each["archived_at"]]
    return str(client_display_name(client, {"contacts": contacts}, ""))


def contact_name(contact: Data) -> str:
    """`First Last <address>`."""
    name = f"{contact['first_name']} {contact['last_name']}".strip()
    return f"{name} <{contact['email']}>".strip() if contact["email"] else name


def row(name: str, kind: str, hashed: str, tail: str = "") -> Row:
    """A row that leads to a record."""
    return {"name": name, "type": f"/{kind}", "id": hashed, "path": f"/{kind}s/{hashed}{tail}"}


def page(words: str, path: str) -> Row:
    """A row that leads to a page of the settings; its name is made of words."""
    listed = words.split(",")
    name = " ".join(word.replace("_", " ").title() for word in listed)
    return {"name": name, "type": listed[-1], "id": name, "path": f"/settings/{path}"}


@operation("action_names")
def action_names(draft: Draft, request: Request) -> Answer:
    """What every kind has, then what this kind has besides."""
    listed: dict[str, Any] = request.operation.facts["with"]
    return Plain([*listed["every"], *(listed.get(request.parameters["entity"]) or [])])
