"""Who may do what with each kind of record: all rights against all calls, expected from a table of this file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from mockserver.content import fixtures_dir, spec_dir
from mockserver.document.load import load_document
from tests.api.bodies import BODIES
from tests.api.shop import PASSWORD, record, rows

if TYPE_CHECKING:
    from mockserver.document.model import Operation
    from mockserver.inprocess import Response
    from tests.api.shop import Shop

UNAUTHORIZED = {"message": "This action is unauthorized."}
DOCUMENT = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics")
SUFFIXES = {
    "clients": "client", "products": "product", "invoices": "invoice", "quotes": "quote", "credits": "credit",
    "recurring_invoices": "recurring_invoice", "recurring_quotes": "recurring_quote", "payments": "payment",
    "projects": "project", "tasks": "task", "vendors": "vendor", "purchase_orders": "purchase_order",
    "expenses": "expense", "expense_categories": "expense_category", "recurring_expenses": "recurring_expense",
    "locations": "location", "bank_transactions": "bank_transaction", "subscriptions": "subscription",
    "bank_transaction_rules": "bank_transaction_rule", "group_settings": "group_setting",
}  # fmt: skip
"""Kinds that users have rights to, and the word of these rights."""
ADMIN_ONLY = {
    "client_gateway_tokens", "company_gateways", "designs", "payment_terms", "task_statuses", "tax_rates", "tokens",
    "users", "webhooks", "task_schedulers", "bank_integrations",
}  # fmt: skip
"""Kinds that administrators alone create."""
OTHERS = {"companies", "company_users", "documents", "activities", "system_logs", "company_ledger", "accounts"}
"""Kinds that nobody simply creates: each has tests of its own."""
ALWAYS_LISTED = {"group_settings"}
"""Lists that show all rows to everybody (R-WIRE-52)."""
OPENED = {"expense_categories": {"create_expense", "create_all"}}
"""Lists that other rights open as well (R-WIRE-52)."""
ADMIN_BULK = {"bank_transaction_rules"}
"""Kinds whose bulk calls are for administrators."""
NO_ASSIGNED = {
    "products",
    "expense_categories",
    "locations",
    "bank_transaction_rules",
    "group_settings",
    "bank_transactions",
}
"""Kinds that are assigned to nobody."""


@dataclass(frozen=True)
class Case:
    """A caller: its permissions, and how it is tied to the record: "", "own" or "assigned"."""

    name: str
    rights: str
    tie: str = ""
    admin: bool = False

    def may(self, verb: str, suffix: str) -> bool:
        """What is expected of the caller, written down here a second time (R-AUTH-30)."""
        words = {each.replace("X", suffix) for each in self.rights.split(",")}
        enough = {f"{verb}_{suffix}", f"{verb}_all"}
        if verb == "view":
            enough |= {f"edit_{suffix}", "edit_all"}
        return self.admin or bool(words & enough) or (verb != "create" and self.tie != "")


CASES = [
    Case("admin", "", admin=True),
    Case("viewer", "view_X"),
    Case("creator", "create_X"),
    Case("editor", "edit_X"),
    Case("all viewer", "view_all"),
    Case("all creator", "create_all"),
    Case("all editor", "edit_all"),
    Case("stranger", "view_thing,create_thing,edit_thing,view_dashboard"),
    Case("nobody", ""),
    Case("owner of the row", "create_X", tie="own"),
    Case("assigned", "", tie="assigned"),
]


def status(answer: Response) -> bool:
    """Whether the call was let through; a refusal must be the one for want of rights."""
    if answer.status_code == 401:
        assert answer.json() == UNAUTHORIZED
        return False
    assert answer.status_code == 200, answer
    return True


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("kind", SUFFIXES)
def test_rights(shop: Shop, kind: str, case: Case) -> None:
    """R-AUTH-30, R-WIRE-52, R-EP-2, R-EP-4, R-BULK-4."""
    suffix, body = SUFFIXES[kind], BODIES[kind](shop)
    if case.tie == "assigned" and kind in NO_ASSIGNED:
        assert "assigned_user_id" not in DOCUMENT.resources[kind].writes["create"]
        return
    caller = shop.hire(case.rights.replace("X", suffix), is_admin=case.admin)
    person = next(each["id"] for each in shop.stored("users") if each["email"] == "clerk@example.com")
    maker = caller if case.tie == "own" else shop
    tied = {"assigned_user_id": person} if case.tie == "assigned" else {}
    path = f"{kind}/{record(maker.post(kind, {**body, **tied}))['id']}"
    hashed = path.partition("/")[2]
    view, edit, create = (case.may(verb, suffix) for verb in ("view", "edit", "create"))

    assert (hashed in caller.ids(kind)) is (view or kind in ALWAYS_LISTED or case.rights in OPENED.get(kind, ()))
    assert status(caller.get(path)) is view
    before = shop.show(path)
    assert status(caller.get(f"{path}/edit")) is edit
    assert status(caller.put(path, {**body, **tied})) is edit
    assert status(caller.get(f"{kind}/create")) is create
    if DOCUMENT.resources[kind].documents:
        file = [("documents[]", ("a.txt", b"x"))]
        assert status(caller.call("PUT", f"{path}/upload", files=file)) is edit
    call = {"action": "archive", "ids": [hashed]}
    answer = caller.post(f"{kind}/bulk", call)
    if kind in ADMIN_BULK:
        assert status(answer) is case.admin
    else:
        assert status(answer)
    changed = edit and (case.admin or kind not in ADMIN_BULK)
    assert (shop.show(path)["archived_at"] > 0) is changed
    if not edit:
        assert shop.show(path) == before
    assert status(caller.delete(path)) is edit
    more = {name: value for name, value in body.items() if name not in ("name", "product_key")}
    other = {name: "Other" for name in ("name", "product_key") if name in body}
    assert status(caller.post(kind, {**more, **other})) is create


@pytest.mark.parametrize("kind", SUFFIXES)
def test_owners_need_no_right(shop: Shop, kind: str) -> None:
    made = record(shop.post(kind, BODIES[kind](shop)))
    assert shop.ids(kind) == [made["id"]]
    assert shop.show(f"{kind}/{made['id']}/edit")["id"] == made["id"]


ADMIN_OPERATIONS = [
    operation
    for operation in DOCUMENT.operations.values()
    if operation.entity is not None
    and operation.entity.resource in ADMIN_ONLY
    and operation.behaviour not in ("list", "bulk", "task_scheduler_bulk")
    and operation.method != "PATCH"
]
OPEN_TO_RIGHTS = {
    "getTaskScheduler", "updateWebhook", "getBankIntegration", "editBankIntegration", "updateBankIntegration",
    "deleteBankIntegration",
}  # fmt: skip
"""Operations of these kinds that a right to all records is enough for."""


@pytest.fixture
def clerk(shop: Shop) -> Shop:
    """A user with every right that is not an administrator's, and with a password."""
    caller = shop.hire("view_all,create_all,edit_all")
    person = next(each for each in shop.stored("users") if each["email"] == "clerk@example.com")
    record(shop.put(f"users/{person['id']}", {"password": "clerkpass"}, headers=PASSWORD))
    return caller.but(X_API_PASSWORD="clerkpass")


@pytest.fixture
def offices(shop: Shop) -> Shop:
    """A company with a record of each kind that is for administrators."""
    client, gateway = shop.client(), "38f2c48af60c7dd69e04248cbb24c36e"
    provider = record(shop.post("company_gateways", {"gateway_key": gateway}))
    card = {"client_id": client["id"], "company_gateway_id": provider["id"], "gateway_type_id": "1", "token": "t"}
    record(shop.post("client_gateway_tokens", {**card, "gateway_customer_reference": "c", "meta": {"last4": "4242"}}))
    record(
        shop.post(
            "designs",
            {"name": "D", "design": dict.fromkeys(("includes", "header", "body", "product", "task", "footer"), "")},
        )
    )
    record(shop.post("tax_rates", {"name": "T", "rate": 5}))
    record(shop.post("webhooks", {"target_url": "https://example.com/hook", "event_id": "1"}))
    record(shop.post("task_schedulers", {"template": "email_statement", "next_run": "2030-01-01"}))
    record(shop.post("bank_integrations", {"bank_account_name": "Bank"}))
    return shop


@pytest.mark.parametrize("operation", ADMIN_OPERATIONS, ids=lambda operation: operation.id)
def test_what_is_for_administrators(offices: Shop, clerk: Shop, operation: Operation) -> None:
    """R-AUTH-30: every operation of these kinds that is not listed above."""
    entity = operation.entity
    assert entity is not None
    stored = [each["id"] for each in offices.stored(entity.resource)]
    path = operation.path.removeprefix("/api/v1/").replace("{id}", stored[-1]).replace("{acc_id}", "x")
    state = offices.mock.world.state
    answer = clerk.call(operation.method, path, {})
    if operation.id in OPEN_TO_RIGHTS:
        assert answer.status_code in (200, 422)
    else:
        assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)
        assert offices.mock.world.state is state


@pytest.mark.parametrize("kind", ["designs", "payment_terms", "task_statuses"])
def test_lists_that_everybody_sees(offices: Shop, kind: str) -> None:
    """R-WIRE-52."""
    nobody = offices.hire("")
    assert nobody.ids(kind) == offices.ids(kind) != []


@pytest.mark.parametrize(
    ("kind", "rights", "seen"),
    [
        ("tax_rates", "create_invoice", True),
        ("tax_rates", "edit_quote", True),
        ("tax_rates", "create_purchase_order", True),
        ("tax_rates", "edit_all", True),
        ("tax_rates", "view_invoice,create_client", False),
        ("webhooks", "create_invoice", False),
    ],
)
def test_lists_that_some_rights_open(offices: Shop, kind: str, rights: str, seen: bool) -> None:
    """R-WIRE-52."""
    assert (offices.hire(rights).ids(kind) != []) is seen


@pytest.mark.parametrize("kind", ["tax_rates", "payment_terms", "designs"])
def test_bulk_calls_without_rights_change_nothing(offices: Shop, kind: str) -> None:
    """R-BULK-4."""
    hashed = [each["id"] for each in offices.stored(kind)][-1]
    nobody = offices.hire("")
    nobody.post(f"{kind}/bulk", {"action": "archive", "ids": [hashed]})
    assert offices.show(f"{kind}/{hashed}")["archived_at"] == 0


def test_every_kind_is_in_one_of_the_tables() -> None:
    """A new kind of record must be given its place here."""
    known = {op.entity.resource for op in DOCUMENT.operations.values() if op.entity is not None}
    assert sorted(known) == sorted([*SUFFIXES, *ADMIN_ONLY, *OTHERS])


def test_expense_categories_are_open_to_those_who_book_expenses(shop: Shop) -> None:
    """R-WIRE-52."""
    made = record(shop.post("expense_categories", {"name": "Fuel"}))
    assert [each["id"] for each in rows(shop.hire("create_expense").get("expense_categories"))] == [made["id"]]
