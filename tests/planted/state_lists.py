"""Servers whose lists do not show what there is: pages, order, filters, includes, other companies, files, events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.planted.fault import STATE, Fault, Plant, of_layer
from tests.planted.tools import asked, whole

if TYPE_CHECKING:
    from tests.planted.exchange import Exchange

PAGING, SORTING, FILTERS, LIFECYCLE = (
    "relations/paging",
    "relations/sorting",
    "relations/filters",
    "relations/lifecycle",
)
INCLUDES, TENANTS, UPLOADS = "relations/includes", "relations/tenants", "relations/uploads"


def ignoring(*names: str) -> Plant:
    """Parameters that are not looked at."""
    return asked(lambda query: [query.pop(name, None) for name in names])


def page_of(exchange: Exchange) -> int:
    text = exchange.query.get("page", "1")
    return int(text) if text.isdigit() else 1


def page_after(exchange: Exchange) -> None:
    exchange.query["page"] = str(page_of(exchange) + 1)


def repeat_a_row(exchange: Exchange) -> None:
    """A page begins with the row that the page before ended with."""
    data = exchange.document["data"]
    key = exchange.headers.get("x-mock-world"), "last"
    if page_of(exchange) > 1 and data and key in exchange.memory:
        data.insert(0, exchange.memory[key])
        data.pop()
    if data:
        exchange.memory[key] = data[-1]


def backwards_from_two(exchange: Exchange) -> None:
    if page_of(exchange) > 1:
        exchange.document["data"].reverse()


def stuck_at_three(exchange: Exchange) -> None:
    if page_of(exchange) > 3:
        exchange.query["page"] = "3"


def every_other_time_backwards(exchange: Exchange) -> None:
    exchange.memory["calls"] = exchange.memory.get("calls", 0) + 1
    if exchange.memory["calls"] % 2 == 0 and not exchange.query.get("sort"):
        exchange.document["data"].reverse()


def turn_around(exchange: Exchange) -> None:
    column, bar, direction = exchange.query.get("sort", "").partition("|")
    if bar:
        exchange.query["sort"] = f"{column}|{'desc' if direction == 'asc' else 'asc'}"


def numbers_as_text(exchange: Exchange) -> None:
    column, _, direction = exchange.query.get("sort", "").partition("|")
    data = exchange.document["data"]
    if data and isinstance(data[0].get(column), (int, float)):
        data.sort(key=lambda row: str(row[column]), reverse=direction == "desc")


def drop_empty(exchange: Exchange) -> None:
    """Sorting leaves out rows that have nothing in the column."""
    column, bar, _ = exchange.query.get("sort", "").partition("|")
    if bar:
        exchange.document["data"] = [row for row in exchange.document["data"] if row.get(column, True) != ""]


def last_day_left_out(exchange: Exchange) -> None:
    """A range of days ends before its last day."""
    end = exchange.query.get("date_range", "").rpartition(",")[2]
    if end:
        exchange.document["data"] = [row for row in exchange.document["data"] if row["date"] != end]


def archived_too(query: dict[str, str]) -> None:
    if query.get("status") == "active":
        query["status"] = "active,archived"


def one_filter(exchange: Exchange) -> None:
    """Of several filters the last one is dropped."""
    names = [name for name in exchange.query if name not in ("per_page", "page", "include", "sort")]
    if len(names) > 1:
        del exchange.query[names[-1]]


def twenty_at_most(query: dict[str, str]) -> None:
    if query.get("per_page", "").isdigit() and int(query["per_page"]) > 10:
        query["per_page"] = "10"


def forgets_restored(exchange: Exchange) -> None:
    """Lists leave out what was restored."""
    world = exchange.headers.get("x-mock-world")
    gone = exchange.memory.setdefault(world, set())
    if exchange.method == "POST":
        body = exchange.sent
        change = gone.update if body.get("action") == "restore" else gone.difference_update
        change(body.get("ids") or ())
        return
    exchange.document["data"] = [row for row in exchange.document["data"] if row["id"] not in gone]


FAULTS = of_layer(
    STATE,
    Fault(
        "the total of a list is one too many",
        "wrong total",
        PAGING,
        "location",
        whole(lambda each: each["meta"]["pagination"].update(total=each["meta"]["pagination"]["total"] + 1)),
        "GET locations",
    ),
    Fault(
        "the number of pages is rounded down",
        "wrong total_pages",
        PAGING,
        "vendor",
        whole(
            lambda each: each["meta"]["pagination"].update(
                total_pages=max(1, each["meta"]["pagination"]["total"] // each["meta"]["pagination"]["per_page"])
            )
        ),
        "GET vendors",
    ),
    Fault(
        "pages of tasks begin one page too late",
        "page off by one",
        PAGING,
        "task",
        Plant(before=page_after),
        "GET tasks",
    ),
    Fault(
        "per_page is ignored for projects", "per_page ignored", PAGING, "project", ignoring("per_page"), "GET projects"
    ),
    Fault(
        "the last row of a page is the first of the next one",
        "duplicate across pages",
        PAGING,
        "payment",
        Plant(after=repeat_a_row),
        "GET payments",
        "pages after the first",
    ),
    Fault(
        "the second page comes backwards",
        "order of a page",
        PAGING,
        "quote",
        Plant(after=backwards_from_two),
        "GET quotes",
        "pages after the first",
    ),
    Fault(
        "page 4 is page 3 again",
        "page overlap",
        PAGING,
        "client",
        Plant(before=stuck_at_three),
        "GET clients",
        "pages after the third",
    ),
    Fault(
        "every other list of vendors comes backwards",
        "unstable order",
        PAGING,
        "vendor",
        Plant(after=every_other_time_backwards),
        "GET vendors",
        "every second call",
    ),
    Fault(
        "no page has more than ten rows",
        "per_page capped",
        PAGING,
        "invoice",
        asked(twenty_at_most),
        "GET invoices",
        "more than ten rows",
    ),
    Fault(
        "lists of products are sorted the wrong way round",
        "sort direction",
        SORTING,
        "product",
        Plant(before=turn_around),
        "GET products",
    ),
    Fault(
        "numbers are sorted as text",
        "numbers sorted as text",
        SORTING,
        "expense",
        Plant(after=numbers_as_text),
        "GET expenses",
    ),
    Fault(
        "sorting leaves out rows with nothing in the column",
        "sort drops rows",
        SORTING,
        "client",
        Plant(after=drop_empty),
        "GET clients",
        "an empty value in the column",
    ),
    Fault("lists of credits can't be sorted", "sort ignored", SORTING, "credit", ignoring("sort"), "GET credits"),
    Fault(
        "the status of invoices is no filter",
        "filter ignored",
        FILTERS,
        "invoice",
        ignoring("status_id", "client_status"),
        "GET invoices",
    ),
    Fault(
        "the status of expenses is no filter",
        "filter ignored",
        FILTERS,
        "expense",
        ignoring("client_status"),
        "GET expenses",
    ),
    Fault("clients are not searched", "search ignored", FILTERS, "client", ignoring("filter"), "GET clients"),
    Fault(
        "payments of all clients are listed for each",
        "filter ignored",
        FILTERS,
        "payment",
        ignoring("client_id"),
        "GET payments",
    ),
    Fault(
        "a range of days leaves out its last day",
        "boundary of a range",
        FILTERS,
        "invoice quote expense",
        Plant(after=last_day_left_out),
        "GET invoices quotes expenses",
        "a row on the last day of the range",
    ),
    Fault(
        "only one of several filters counts",
        "filters not combined",
        "relations/filters_together",
        "invoice",
        Plant(before=one_filter),
        "GET invoices",
        "two filters at once",
    ),
    Fault(
        "deleted expenses are listed as active",
        "deleted still listed",
        LIFECYCLE,
        "expense",
        ignoring("status"),
        "GET expenses",
    ),
    Fault(
        "archived quotes are listed as active",
        "archived still listed as active",
        LIFECYCLE,
        "quote",
        asked(archived_too),
        "GET quotes",
    ),
    Fault(
        "restored projects stay out of lists",
        "restore does not list",
        LIFECYCLE,
        "project",
        Plant(after=forgets_restored),
        "GET|POST projects projects/bulk",
        "after restore",
    ),
    Fault(
        "the row that is asked for does not come first",
        "pinned row ignored",
        "relations/row_first",
        "client",
        ignoring("with"),
        "GET clients",
    ),
)
