"""What a name in a cell is looked up in, by the word of the facts; any other word is a static list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.transfer.import_values import frequency_in, user_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.behaviours.transfer.importing import Importer, Row

    Finder = Callable[[Importer, str, Row], str]


def user(importer: Importer, text: str, row: Row) -> str:
    """Id of a user of the company."""
    return user_named(importer.draft, text)


def frequency(importer: Importer, text: str, row: Row) -> str:
    """How often, as a frequency_id."""
    return frequency_in(text)


def client(importer: Importer, text: str, row: Row) -> str:
    """Id of the client; none is made, because a name alone says little about one."""
    return importer.names.find("client", text)


def task_status(importer: Importer, text: str, row: Row) -> str:
    """Id of the state of a task."""
    return importer.names.find("task_status", text)


def category(importer: Importer, text: str, row: Row) -> str:
    """Id of the kind of expense, which is made when new."""
    return importer.names.make("expense_category", text, {"name": text})


def vendor(importer: Importer, text: str, row: Row) -> str:
    """Id of the vendor, who is made when new."""
    return importer.names.make("vendor", text, {"name": text, "currency_id": importer.currency()})


def project(importer: Importer, text: str, row: Row) -> str:
    """Id of the project; a new one is made for the client of the row, and none without a client."""
    owner = importer.client(row.get("expense.client", "") or row.get("client.name", ""), row.get("client.email", ""))
    if not owner:
        return importer.names.find("project", text)
    return importer.names.make("project", text, {"name": text, "client_id": owner})


FINDERS: Mapping[str, Finder] = {
    "user": user,
    "frequencies": frequency,
    "client": client,
    "task_status": task_status,
    "expense_category": category,
    "vendor": vendor,
    "project": project,
}
