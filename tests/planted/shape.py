"""Answers that have another shape than the document says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.planted.fault import SHAPE, Fault, Plant, of_layer
from tests.planted.tools import cast, drop, inner, nth, put, rows, whole, wrapped

if TYPE_CHECKING:
    from tests.planted.exchange import Exchange

READS = "schema/answers"
ERRORS = "protocol/refusals"


def rename(record: dict[str, Any], before: str, after: str) -> None:
    record[after] = record.pop(before)


def by_id(document: Any) -> None:
    document["data"] = {row["id"]: row for row in document["data"]}


def null_when_empty(exchange: Exchange) -> None:
    if not exchange.document["data"]:
        exchange.document["data"] = None


def lean_after_the_first_page(exchange: Exchange) -> None:
    if int(exchange.query.get("page", "1") or 1) > 1:
        del exchange.document["meta"]["pagination"]["count"]


def included_as_a_list(exchange: Exchange) -> None:
    if "client" in exchange.query.get("include", ""):
        for record in exchange.records():
            record["client"] = [record["client"]]


def as_iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


FAULTS = of_layer(
    SHAPE,
    Fault("vendors have no id in lists", "id dropped", READS, "listVendors vendor", rows(drop("id")), "GET vendors"),
    Fault(
        "clients have no phone in lists",
        "optional field dropped in lists",
        READS,
        "listClients client",
        rows(drop("phone")),
        "GET clients",
    ),
    Fault(
        "a client is shown without its phone",
        "field dropped",
        READS,
        "getClient client",
        rows(drop("phone")),
        "GET clients/*",
    ),
    Fault(
        "notes of a product are null",
        "null string",
        READS,
        "getProduct product",
        rows(put(notes=None)),
        "GET products/*",
    ),
    Fault(
        "a price in lists is text",
        "number as string",
        READS,
        "listProducts product",
        rows(cast("price", str)),
        "GET products",
    ),
    Fault(
        "is_deleted of expenses is 0 or 1",
        "bool as int",
        READS,
        "getExpense expense",
        rows(cast("is_deleted", int)),
        "GET expenses/*",
    ),
    Fault(
        "created_at of tasks is written out",
        "timestamp as ISO text",
        READS,
        "listTasks task",
        rows(cast("created_at", as_iso)),
        "GET tasks",
    ),
    Fault(
        "an invoice has an unknown status",
        "enum drift",
        READS,
        "getInvoice invoice",
        rows(put(status_id="sent")),
        "GET invoices/*",
    ),
    Fault(
        "users show the hash of their password",
        "extra field leaked",
        READS,
        "listUsers user",
        rows(put(password_hash="$2y$10$")),
        "GET users",
    ),
    Fault(
        "po_number of quotes is called poNumber",
        "field renamed",
        READS,
        "getQuote quote",
        rows(lambda record: rename(record, "po_number", "poNumber")),
        "GET quotes/*",
    ),
    Fault(
        "a project comes without its envelope",
        "envelope lost",
        READS,
        "getProject project",
        wrapped(lambda each: each["data"]),
        "GET projects/*",
    ),
    Fault(
        "tax rates come as an object by id",
        "list as object",
        READS,
        "listTaxRates tax_rate",
        whole(by_id),
        "GET tax_rates",
    ),
    Fault(
        "the list of projects has no meta",
        "meta missing",
        READS,
        "listProjects project",
        whole(lambda each: each.pop("meta")),
        "GET projects",
    ),
    Fault(
        "per_page is text in the list of vendors",
        "pagination number as string",
        READS,
        "listVendors vendor",
        whole(lambda each: each["meta"]["pagination"].update(per_page="20")),
        "GET vendors",
    ),
    Fault(
        "quantities of lines are text",
        "nested type wrong",
        READS,
        "getInvoice invoice",
        inner("line_items", cast("quantity", str)),
        "GET invoices/*",
    ),
    Fault(
        "contacts of clients have no email in lists",
        "nested field dropped",
        READS,
        "listClients client",
        inner("contacts", drop("email")),
        "GET clients",
    ),
    Fault(
        "dates of purchase orders are day first",
        "date format",
        READS,
        "getPurchaseOrder purchase_order",
        rows(cast("date", lambda day: "/".join(reversed(day.split("-"))))),
        "GET purchase_orders/*",
    ),
    Fault(
        "client_id of payments is a row number",
        "raw integer id",
        READS,
        "listPayments payment",
        rows(put(client_id=7)),
        "GET payments",
    ),
    Fault(
        "the balance of a credit is text",
        "balance as string",
        READS,
        "getCredit credit",
        rows(cast("balance", str)),
        "GET credits/*",
    ),
    Fault(
        "an expense without files has null for them",
        "null array",
        READS,
        "listExpenses expense",
        rows(put(documents=None)),
        "GET expenses",
    ),
    Fault(
        "empty objects of clients are lists",
        "object as list",
        READS,
        "getClient client",
        rows(cast("tax_info", lambda value: value or [])),
        "GET clients/*",
    ),
    Fault(
        "a vendor is updated and answered without its phone",
        "field dropped after an update",
        READS,
        "updateVendor vendor",
        rows(drop("phone")),
        "PUT vendors/*",
    ),
    Fault(
        "a bulk action on tasks answers one task",
        "list as record",
        READS,
        "bulkTasks task",
        whole(lambda each: each.update(data=each["data"][0] if each["data"] else {})),
        "POST tasks/bulk",
    ),
    Fault(
        "a refused expense says nothing",
        "wrong error body",
        ERRORS,
        "createExpense expense",
        wrapped(lambda each: {"errors": each.get("errors", {})}),
        "POST expenses",
        status=(422,),
    ),
    Fault(
        "what is wrong with a project is a text, not a list",
        "wrong error body",
        ERRORS,
        "createProject project",
        whole(lambda each: each.update(errors={name: texts[0] for name, texts in each["errors"].items()})),
        "POST projects",
        status=(422,),
    ),
    Fault(
        "an unknown credit is told under another name",
        "error field renamed",
        ERRORS,
        "getCredit credit",
        wrapped(lambda each: {"error": each["message"]}),
        "GET credits/*  credits/**",
        status=(400, 404),
    ),
    Fault(
        "an empty list of tasks is null",
        "null array",
        READS,
        "listTasks task",
        Plant(after=null_when_empty),
        "GET tasks",
        "a list without rows",
    ),
    Fault(
        "the third quote of a list has no number",
        "field dropped",
        READS,
        "listQuotes quote",
        nth(2, drop("number")),
        "GET quotes",
        "the third row of a list",
    ),
    Fault(
        "count is missing from the second page on",
        "meta missing",
        "relations/paging",
        "expense",
        Plant(after=lean_after_the_first_page),
        "GET expenses",
        "pages after the first",
    ),
    Fault(
        "what was deleted is shown without a field",
        "field dropped",
        "relations/lifecycle",
        "product",
        rows(drop("notes"), lambda record: record["is_deleted"]),
        "GET products/*",
        "a deleted record",
    ),
    Fault(
        "what was deleted is shown without its notes",
        "field dropped",
        "breadth/chains",
        "",
        rows(drop("private_notes"), lambda record: record["is_deleted"]),
        "GET expenses/*",
        "a deleted record, which only a chain of calls leads to",
    ),
    Fault(
        "an update of a vendor is answered without its website",
        "field dropped after an update",
        "breadth/operations",
        "updateVendor",
        rows(drop("website")),
        "PUT vendors/*",
    ),
    Fault(
        "archived_at of an archived vendor is true",
        "timestamp as bool",
        "relations/lifecycle",
        "vendor",
        rows(cast("archived_at", bool), lambda record: record["archived_at"]),
        "GET vendors vendors/*",
        "an archived record",
    ),
    Fault(
        "an included client is a list",
        "record as list",
        "relations/includes",
        "invoice listInvoices",
        Plant(after=included_as_a_list),
        "GET invoices invoices/*",
        "with include=client",
    ),
)
