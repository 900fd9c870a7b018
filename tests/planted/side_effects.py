"""What else follows from a call - numbers, stock, hours, invitations, links between records - and does not."""

from __future__ import annotations

from typing import Any

from mockserver import flow
from mockserver.behaviours.bills import saving
from mockserver.behaviours.core.due import DUES
from mockserver.behaviours.core.registry import ACTIONS
from mockserver.behaviours.records import crud, lifecycle
from mockserver.behaviours.sales import invoice_lifecycle, purchase_orders, quotes
from mockserver.behaviours.work import tasks
from mockserver.derive import numbers, time_log
from mockserver.draft import Draft
from mockserver.outgoing.deliveries import Deliveries
from tests.planted.fault import BUSINESS, Fault, Plant, of_layer
from tests.planted.tools import LOST, keeps, swap, swapped, without

MOVES, CONVERSION = "model/moves", "model/conversion"


def number_freed(destroy: Any) -> Any:
    """The number of a deleted project is given to the next one."""

    def made(draft: Any, entity: Any, data: Any, request: Any) -> None:
        destroy(draft, entity, data, request)
        if entity.name == "project":
            settings = draft.company["settings"]
            counter = max(1, settings.get("project_number_counter", 1) - 1)
            draft.patch("company", draft.company["id"], {"settings": {**settings, "project_number_counter": counter}})
            draft.patch("project", data["id"], {"number": f"{data['number']}-"})

    return made


def halved(content: Any) -> Any:
    """What is made of a quote has its lines without their discount."""

    def made(*words: Any) -> Any:
        data = content(*words)
        return {**data, "discount": 0}

    return made


def free_numbers() -> None:
    swap(lifecycle, "delete", number_freed)
    swap(crud, "delete", number_freed)
    ACTIONS["delete"] = lifecycle.delete


def skipped(*names: str) -> Plant:
    """Jobs that never run."""
    return Plant(patch=lambda: [DUES.pop(name) for name in names])


def doubled(emit: Any) -> Any:
    """Says everything twice."""

    def made(draft: Any, *words: Any, **more: Any) -> None:
        emit(draft, *words, **more)
        emit(draft, *words, **more)

    return made


def all_hooks(_: Any) -> Any:
    """All webhooks for an event, deleted ones too."""

    def made(_self: Any, event: Any) -> Any:
        hooks = event.tables.get("webhooks") or ()
        return [each.data for each in hooks if each.data["event_id"] == str(event.event_id)]

    return made


FAULTS = of_layer(
    BUSINESS,
    Fault("an approved quote stays sent", "status not advanced", MOVES, "quote", without(ACTIONS, "quote_approve")),
    Fault(
        "an invoice of a quote forgets the discount",
        "conversion loses a field",
        CONVERSION,
        "quote",
        swapped(quotes, "content_of", halved),
        trigger="a quote with a discount",
    ),
    Fault(
        "a purchase order is received and the stock stays",
        "stock not moved",
        "model/stock",
        "purchase_order",
        swapped(purchase_orders, "stock_up", lambda _: lambda *_: None),
    ),
    Fault(
        "hours of a project do not follow its tasks",
        "sum of children frozen",
        "model/project_hours",
        "project task",
        swapped(tasks, "count_hours", lambda _: lambda *_, **__: None),
    ),
    Fault(
        "a number is used again after a deletion",
        "number reused after delete",
        "relations/unique_ids",
        "project",
        Plant(patch=free_numbers),
    ),
    Fault(
        "a merged client leaves what it owes behind",
        "merge leaves sums",
        "model/merged_clients",
        "client",
        keeps("client", "balance"),
        "POST clients/**",
    ),
    Fault(
        "purging a client is answered and does nothing",
        "purge does nothing",
        "model/purged_clients",
        "client",
        LOST,
        "POST clients/**",
    ),
    Fault(
        "nobody is invited to a new bill",
        "invitation missing",
        "model/invitations",
        "invoice quote",
        swapped(saving, "save_invitations", lambda _: lambda *_, **__: None),
    ),
    Fault(
        "a billed task does not know its invoice",
        "link back missing",
        "model/billed_work",
        "task invoice",
        swapped(invoice_lifecycle, "follow_lines", lambda _: lambda *_: None),
    ),
    Fault(
        "a task without a rate has none",
        "cascade ignored",
        "model/task_rates",
        "task",
        swapped(tasks, "usual_rate", lambda _: lambda *_: 0),
    ),
    Fault(
        "an order becomes an expense of nothing",
        "amount not taken over",
        "model/order_expense",
        "purchase_order",
        swapped(purchase_orders, "expense_of", lambda make: lambda *words: {**make(*words), "amount": 0}),
    ),
    Fault(
        "a timer that runs is started once more",
        "action not idempotent",
        "model/timer",
        "task",
        swapped(time_log, "started", lambda _: lambda rows, now: [*rows, (now, 0, "", True)]),
        trigger="a timer that runs",
    ),
    Fault(
        "numbers are never padded",
        "number pattern",
        "model/counters",
        "invoice",
        swapped(
            numbers,
            "format_number",
            lambda make: lambda pattern, _, counter, context: make(pattern, 0, counter, context),
        ),
    ),
    Fault(
        "a webhook is not called",
        "webhook not told",
        "model/deliveries",
        "webhook client",
        swapped(Deliveries, "_waiting_for", lambda _: lambda *_: ()),
    ),
    Fault(
        "a webhook is called though it is deleted",
        "webhook told too much",
        "model/deliveries",
        "webhook client",
        swapped(Deliveries, "_waiting_for", all_hooks),
        trigger="a webhook that is deleted",
    ),
    Fault(
        "each event is told twice", "event doubled", "model/events", "client invoice", swapped(Draft, "emit", doubled)
    ),
    Fault(
        "no activity is written down",
        "log entry missing",
        "model/activities",
        "client invoice",
        swapped(flow, "record_event", lambda _: lambda *_: None),
    ),
    Fault(
        "a template that is due makes nothing",
        "clock job skipped",
        "model/recurring_dates",
        "recurring_invoice",
        skipped("recurring_invoice"),
        trigger="time passes",
    ),
    Fault(
        "an expense that is due is not made",
        "clock job skipped",
        "model/recurring_expenses",
        "recurring_expense",
        skipped("recurring_expense"),
        trigger="time passes",
    ),
    Fault(
        "nobody is reminded",
        "clock job skipped",
        "model/reminders",
        "invoice quote",
        skipped("reminder", "quote_reminder"),
        trigger="time passes",
    ),
    Fault(
        "what is planned does not happen",
        "clock job skipped",
        "model/schedules",
        "task_scheduler",
        skipped("schedule"),
        trigger="time passes",
    ),
    Fault(
        "nobody is told of a quote that has run out",
        "date of expiry",
        "model/expiry",
        "quote",
        skipped("expired_quote"),
        trigger="time passes",
    ),
)
