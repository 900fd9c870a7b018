"""Totals of bills of every kind, posted, sent, changed and paid in part, against the slow computation."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockserver.clock import EPOCH, Clock
from mockserver.local import LocalClient
from tests.derive import oracle
from tests.money.ledger import API

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.app import Mock

    JSON = dict[str, Any]

CURRENCIES = {"1": 2, "17": 2, "45": 0, "89": 3}
"""Dollars, francs, yen, Kuwaiti dinars, with their decimals."""
KINDS = ["invoices", "quotes", "credits", "purchase_orders", "recurring_invoices", "recurring_quotes"]
OPEN_AT_ONCE = ("recurring_invoices", "recurring_quotes")
NAMES = st.sampled_from(["", "A", "GST", "VAT"])
RATES = st.sampled_from([0, 0, 5, 7.7, 10, 17.5, 19, 21.123, -5])
THREE = (1, 2, 3)
FOUR = (1, 2, 3, 4)


def numbers(low: int, high: int, places: int) -> st.SearchStrategy[float]:
    return st.one_of(st.integers(low, high), st.decimals(low, high, places=places, allow_nan=False).map(float))


TAXES: dict[str, st.SearchStrategy[Any]] = {
    **{f"tax_name{n}": NAMES for n in THREE},
    **{f"tax_rate{n}": RATES for n in THREE},
}
LINE: dict[str, st.SearchStrategy[Any]] = {
    "cost": numbers(-500, 5_000, 4),
    "quantity": numbers(-3, 20, 3),
    "discount": st.sampled_from([0, 0, 10, 33.333, -5]),
    **TAXES,
}
BILL: dict[str, st.SearchStrategy[Any]] = {
    "line_items": st.lists(st.fixed_dictionaries(LINE), min_size=1, max_size=4),
    "discount": st.sampled_from([0, 0, 5, 12.5, 100]),
    "is_amount_discount": st.booleans(),
    "uses_inclusive_taxes": st.booleans(),
    **TAXES,
    **{f"custom_surcharge{n}": st.sampled_from([0, 0, 5, 10.55, -3]) for n in FOUR},
}
TAXED = st.fixed_dictionaries({f"custom_surcharge_taxes{n}": st.booleans() for n in FOUR})


class Office:
    """A company that bills in one currency, with settings as drawn."""

    def __init__(self, mock: Mock, currency: str, taxed: JSON, *, rappen: bool, inclusive: bool) -> None:
        world = mock.worlds.default.fork("totals")
        world.clock = Clock(frozen=EPOCH)
        self.http = LocalClient(mock.engine, mock.routes, world)
        company = self.call("POST", "companies/current")
        wanted = {"enable_rappen_rounding": rappen, "inclusive_taxes": inclusive}
        changed = {**company["settings"], "currency_id": currency, **wanted}
        self.call("PUT", f"companies/{company['id']}", {"settings": changed, **taxed})
        self.client = self.call("POST", "clients", {"name": "Ada", "settings": {"currency_id": currency}})
        self.vendor = self.call("POST", "vendors", {"name": "Mill", "currency_id": currency})

    def call(self, method: str, path: str, body: JSON | None = None) -> JSON:
        status, answer = self.http.call(method, f"{API}{path}", body)
        assert status == 200, (method, path, body, answer)
        record: JSON = answer["data"]
        return record

    def create(self, kind: str, body: Mapping[str, Any]) -> JSON:
        owner = {"vendor_id": self.vendor["id"]} if kind == "purchase_orders" else {"client_id": self.client["id"]}
        rhythm = {"frequency_id": "5"} if kind in OPEN_AT_ONCE else {}
        return self.call("POST", kind, {**owner, **rhythm, **body})


def nearest_five(value: Fraction) -> Fraction:
    """R-CALC-15."""
    return oracle.away(value * 20, 0) / 20


def wanted_of(body: Mapping[str, Any], taxed: JSON, places: int, *, rappen: bool) -> oracle.Result:
    """What the rules make of a posted bill."""
    flags = {f"custom_surcharge_tax{n}": taxed[f"custom_surcharge_taxes{n}"] for n in FOUR}
    result = oracle.compute({**body, **flags}, places)
    return result._replace(amount=nearest_five(result.amount)) if rappen else result


def check(got: JSON, wanted: oracle.Result, places: int, *, rappen: bool) -> None:
    assert (got["amount"], got["total_taxes"]) == (float(wanted.amount), float(wanted.total_taxes))
    for line, right in zip(got["line_items"], wanted.lines, strict=True):
        shown = (line["line_total"], line["tax_amount"], line["gross_line_total"])
        assert shown == tuple(float(value) for value in right)
    if places == 2 and not rappen:
        add_up(got)


def add_up(got: JSON) -> None:
    """Of the answer alone: total = lines - discount + surcharges + taxes, where these are not inside (R-CALC-12)."""
    exact = oracle.exact
    lines = sum((exact(line["line_total"]) for line in got["line_items"]), Fraction(0))
    share = exact(got["discount"])
    discount = share if got["is_amount_discount"] else oracle.rounded(lines * share / 100, 2)
    surcharges = sum((exact(got[f"custom_surcharge{n}"]) for n in FOUR), Fraction(0))
    taxes = Fraction(0) if got["uses_inclusive_taxes"] else exact(got["total_taxes"])
    assert exact(got["amount"]) == lines - discount + surcharges + taxes


@pytest.mark.parametrize("kind", KINDS)
def test_totals_follow_the_rules_from_draft_to_deposit(mock_app: Mock, kind: str) -> None:
    """R-CALC-2..18 for each kind: as R-CALC-12, R-CALC-14, R-CALC-15, R-CALC-16, R-CALC-17 and R-CALC-18 say."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        first=st.fixed_dictionaries(BILL),
        second=st.fixed_dictionaries(BILL),
        currency=st.sampled_from(sorted(CURRENCIES)),
        taxed=TAXED,
        rappen=st.booleans(),
        part=st.integers(1, 150),
    )
    def run(first: JSON, second: JSON, currency: str, taxed: JSON, *, rappen: bool, part: int) -> None:
        places, inclusive = CURRENCIES[currency], first["uses_inclusive_taxes"]
        # A posted value wins over the setting, but credits take none (R-CALC-18).
        setting = inclusive if kind == "credits" else not inclusive
        office = Office(mock_app, currency, taxed, rappen=rappen, inclusive=setting)
        made = office.create(kind, first)
        assert made["uses_inclusive_taxes"] == inclusive
        wanted = wanted_of(first, taxed, places, rappen=rappen)
        check(made, wanted, places, rappen=rappen)
        assert made["balance"] == (made["amount"] if kind in OPEN_AT_ONCE else 0)
        if kind == "credits":
            second = {**second, "uses_inclusive_taxes": inclusive}
        changed = office.call("PUT", f"{kind}/{made['id']}", second)
        wanted = wanted_of(second, taxed, places, rappen=rappen)
        check(changed, wanted, places, rappen=rappen)
        if kind not in OPEN_AT_ONCE:
            sent = office.call("GET", f"{kind}/{made['id']}/mark_sent")
            assert (sent["amount"], sent["status_id"]) == (float(wanted.amount), "2")
            assert sent["balance"] == (0 if kind == "quotes" else sent["amount"])
        if kind == "invoices" and changed["amount"] > 0:
            deposit(office, sent, part)

    run()


def deposit(office: Office, invoice: JSON, part: int) -> None:
    """A part that is asked for is at most the invoice, and paying it leaves the rest (R-CALC-16, R-STAT-8)."""
    amount = oracle.exact(invoice["amount"])
    asked = office.call("PUT", f"invoices/{invoice['id']}", {"partial": part})
    due = min(Fraction(part), amount)
    assert (asked["partial"], asked["balance"]) == (float(due), float(amount))
    listed = [{"invoice_id": invoice["id"], "amount": asked["partial"]}]
    office.call("POST", "payments", {"client_id": office.client["id"], "invoices": listed})
    now = office.call("GET", f"invoices/{invoice['id']}")
    rest = amount - due
    assert (now["partial"], now["paid_to_date"], now["balance"]) == (0, float(due), float(rest))
    assert now["status_id"] == ("3" if rest else "4")
    assert office.call("GET", f"clients/{office.client['id']}")["balance"] == float(rest)
