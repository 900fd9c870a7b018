"""Servers that show what nobody should see, or not what is asked for: includes, companies, rights, files, events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import flow
from mockserver.behaviours.core.registry import RULES
from mockserver.behaviours.records import bulk, crud
from tests.planted.fault import STATE, Fault, Plant, of_layer
from tests.planted.tools import LOST, asked, forget, remember, sent, swap, swapped, verb
from tests.planted.values import changed_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.planted.exchange import Exchange

INCLUDES, TENANTS, UPLOADS, RIGHTS = "relations/includes", "relations/tenants", "relations/uploads", "relations/rights"


def wrong_client(exchange: Exchange) -> None:
    """Each record of a list brings the client of the record before it."""
    records = [record for record in exchange.records() if "client" in record]
    clients = [record["client"] for record in records]
    for record, client in zip(records, clients[-1:] + clients[:-1], strict=True):
        record["client"] = client


def empty_include(exchange: Exchange) -> None:
    for record in exchange.records():
        if "expenses" in record:
            record["expenses"] = []


def others_too(noun: str) -> Callable[[Any], Any]:
    """Lists of the noun show the records of all companies."""

    def make(select: Any) -> Any:
        def selected(scope: Any, parameters: Any, restrict: Any = None) -> Any:
            found = list(select(scope, parameters, restrict))
            if scope.entity.name != noun:
                return found
            table = scope.state.table(scope.entity.resource)
            rows = [record.row for record in table if record.company != scope.company]
            return [*found, *rows]

        return selected

    return make


def anyone(verbs: tuple[str, ...]) -> Callable[[Any], Any]:
    """Records of other companies may be touched too, in these ways."""

    def make(require: Any) -> Any:
        def required(draft: Any, entity: Any, record: Any, verb: str) -> None:
            if verb not in verbs or record.company == draft.company_row:
                require(draft, entity, record, verb)

        return required

    return make


def everywhere(draft: Any, entity: Any, listed: list[Any]) -> Any:
    """Records of all companies by their ids."""
    records = [draft.record(entity.name, each) for each in listed if isinstance(each, str)]
    return sorted((each for each in records if each is not None), key=lambda each: each.row)


def bulk_anywhere() -> None:
    swap(bulk, "found", lambda _: everywhere)
    swap(bulk, "may_touch", lambda _: lambda *_: True)


def across(name: str, operator: str, noun: str, plant: Plant) -> Fault:
    """A fault by which a caller of one company gets at the records of another."""
    return Fault(name, operator, TENANTS, noun, plant, trigger="second tenant")


def last_byte(exchange: Exchange) -> None:
    exchange.answer = exchange.answer[:-1] + bytes([exchange.answer[-1] ^ 1]) if exchange.answer else b""


def lower_names(exchange: Exchange) -> None:
    for record in exchange.records():
        for file in record.get("documents") or ():
            file["size"] += 1


def names_alone(exchange: Exchange) -> None:
    text = exchange.query.get("filter", "").lower()
    if text:
        exchange.document["data"] = [row for row in exchange.document["data"] if text in row["name"].lower()]


def turn_later_pages(exchange: Exchange) -> None:
    column, bar, direction = exchange.query.get("sort", "").partition("|")
    if bar and exchange.query.get("page", "1") != "1":
        exchange.query["sort"] = f"{column}|{'desc' if direction == 'asc' else 'asc'}"


FAULTS = of_layer(
    STATE,
    Fault(
        "an invoice brings the client of another one",
        "include of the wrong record",
        INCLUDES,
        "invoice",
        Plant(after=wrong_client),
        "GET invoices",
        "several rows with include=client",
    ),
    Fault(
        "files of what is included are left out",
        "include empty",
        INCLUDES,
        "project",
        Plant(after=empty_include),
        "GET projects projects/*",
        "with include=expenses",
    ),
    across(
        "products of another company can be read",
        "other tenant's record read",
        "product",
        swapped(flow, "require", anyone(("view",))),
    ),
    across(
        "vendors of another company are listed",
        "other tenant's record listed",
        "vendor",
        swapped(crud, "select", others_too("vendor")),
    ),
    across(
        "clients of another company can be changed",
        "other tenant's record written",
        "client",
        swapped(flow, "require", anyone(("edit",))),
    ),
    across(
        "bulk actions reach other companies",
        "other tenant's record changed in bulk",
        "task",
        Plant(patch=bulk_anywhere),
    ),
    Fault("files for clients are answered and lost", "lost upload", UPLOADS, "client", LOST, "POST clients/**"),
    Fault(
        "the last byte of a file is another one",
        "file altered",
        UPLOADS,
        "document client invoice",
        Plant(after=last_byte),
        "GET documents/**",
    ),
    Fault(
        "the size of files of expenses is wrong",
        "wrong metadata",
        UPLOADS,
        "expense",
        Plant(after=lower_names),
        "POST|GET expenses/**",
    ),
    Fault(
        "users without the right make products",
        "permission not asked for",
        RIGHTS,
        "product",
        swapped(crud, "require_create", lambda _: lambda *_: None),
        trigger="a user with few rights",
    ),
    Fault(
        "lists show what a user may not see",
        "permission not asked for in lists",
        RIGHTS,
        "client",
        swapped(crud, "visible", lambda _: lambda *_: None),
        trigger="a user with few rights",
    ),
    Fault(
        "of two updates at the same time one is lost",
        "lost update of parallel writers",
        "relations/parallel",
        "vendor project",
        Plant(before=remember, pause=0.03, late=forget),
        "POST|PUT vendors vendors/* projects projects/*",
        "two writers at the same time",
    ),
    Fault(
        "a project may have a client that is not there",
        "unknown link accepted",
        "relations/links",
        "project",
        verb(RULES, "exists", lambda _: lambda *_: None),
        trigger="an unknown id in a link",
    ),
    Fault(
        "a search of vendors looks at names alone",
        "search incomplete",
        "relations/search",
        "vendor",
        Plant(after=names_alone),
        "GET vendors",
        "a text that stands in another field",
    ),
    Fault(
        "the second page of a sorted list is sorted the other way",
        "sort direction of a page",
        "relations/sorted_pages",
        "task",
        Plant(before=turn_later_pages),
        "GET tasks",
        "the second page of a sorted list",
    ),
    Fault(
        "an update without contacts takes them away",
        "nested records lost",
        "relations/nested_kept",
        "client",
        sent(lambda body: body.setdefault("contacts", [])),
        "PUT clients/*",
        "an update that does not name them",
    ),
    Fault(
        "another name for the envelope is ignored",
        "index ignored",
        "relations/envelope",
        "tax_rate",
        asked(lambda query: query.pop("index", None)),
        "GET tax_rates tax_rates/*",
    ),
    Fault(
        "the 31st becomes the 30th",
        "date altered",
        "relations/days",
        "invoice",
        sent(lambda body: changed_texts(body, lambda text: text.replace("-31", "-30"))),
        "POST invoices",
        "month end",
        missed="--quick sends such days in other fields; the default profile catches it",
    ),
    Fault(
        "the 29th of February becomes the 28th",
        "date altered",
        "relations/days",
        "invoice",
        sent(lambda body: changed_texts(body, lambda text: text.replace("-02-29", "-02-28"))),
        "POST invoices",
        "a leap day",
    ),
)
