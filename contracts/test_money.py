"""Money adds up: totals by the rules, balances through all moves, and what a client owes is the sum of what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mockserver.contract.documents import Account, bodies, lines
from mockserver.contract.money import Sum
from mockserver.contract.pool import Pool
from mockserver.contract.values import exact

if TYPE_CHECKING:
    from mockserver.contract.spec import Noun, Spec
    from mockserver.contract.target import Target

pytestmark = [pytest.mark.writes, pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill",))]
BALANCED = pytest.mark.nouns("create", "show", "update", "bulk", facts=("moves", "bill.settles"))
"""Bills whose state follows the balance, and whose owner carries the sum."""
MORE = 4
"""Money is where a fault costs most and a try least."""


def check_totals(record: dict[str, Any], places: int) -> None:
    wanted = Sum(record, places)
    assume(not wanted.doubtful)
    assert exact(record["amount"]) == wanted.amount, f"amount: got {record['amount']}, wanted {float(wanted.amount)}"
    assert exact(record["total_taxes"]) == wanted.taxes, (
        f"total_taxes: got {record['total_taxes']}, wanted {float(wanted.taxes)}"
    )
    for number, (line, right) in enumerate(zip(record["line_items"], wanted.lines, strict=True)):
        got = tuple(exact(line[name]) for name in ("line_total", "tax_amount", "gross_line_total"))
        assert got == tuple(right), (
            f"line {number}: got total, tax, gross {tuple(map(float, got))}, wanted {tuple(map(float, right))}"
        )


def test_totals_follow_the_rules(target: Target, spec: Spec, noun: Noun) -> None:
    @settings(max_examples=MORE * settings().max_examples)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            account = Account(client, spec, noun)
            body = data.draw(bodies(account.owner_fields))
            record = client.call(noun.operations["create"], body=body, want=200).data
            check_totals(record, account.places)
            first = record["amount"] if account.opens_at_once else 0
            assert record["balance"] == first, f"balance of a draft: got {record['balance']}, wanted {first}"
            change = {"line_items": data.draw(lines()), "discount": data.draw(st.sampled_from([0, 5, 12.5]))}
            record = client.call(noun.operations["update"], path={"id": record["id"]}, body=change, want=200).data
            check_totals(record, account.places)

    check()


def test_sent_totals_are_not_believed(target: Target, spec: Spec, noun: Noun) -> None:
    """Amounts in the body that the service works out itself change nothing."""
    with target.world() as client:
        account = Account(client, spec, noun)
        right = {"amount": 100, "balance": 100 if account.opens_at_once else 0, "total_taxes": 0, "paid_to_date": 0}
        taken = noun.writable("create").keys() | noun.facts.get("input", {}).keys()
        right = {name: value for name, value in right.items() if name in noun.fields and name not in taken}
        lie = dict.fromkeys(right, 7)
        body = {
            **account.owner_fields,
            **lie,
            "line_items": [{"cost": 50, "quantity": 2, "line_total": 7, "gross_line_total": 7}],
        }
        record = client.call(noun.operations["create"], body=body, want=200).data
        assert {name: record[name] for name in lie} == right
        record = client.call(noun.operations["update"], path={"id": record["id"]}, body=lie, want=200).data
        assert {name: record[name] for name in lie} == right


@BALANCED
def test_balances_follow_every_move(target: Target, spec: Spec, noun: Noun) -> None:
    """Steps in any order, legal or not: status, balance, paid_to_date of each document, and the sums of the owner."""

    @settings(max_examples=MORE * settings().max_examples)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            account = Account(client, spec, noun)
            for _ in range(data.draw(st.integers(1, 3), label="documents")):
                account.open({"line_items": data.draw(lines(low=1))})
            for _ in range(data.draw(st.integers(1, 8), label="steps")):
                number = data.draw(st.integers(0, len(account.papers) - 1))
                step = data.draw(st.sampled_from(account.steps))
                account.take(step, number, data)
                problems = account.problems()
                assert not problems, f"after {step} of document {number}: " + "; ".join(problems)

    check()


@BALANCED
def test_a_pool_of_records_adds_up_as_it_is(target: Target, spec: Spec, noun: Noun) -> None:
    """What is there already: the balance of each owner is the sum of what is open."""
    with target.world() as client:
        account = Account(client, spec, noun)
        owed = account.owed(Pool(spec, client))
        wrong = {owner: (balance, float(total)) for owner, (balance, total) in owed.items() if exact(balance) != total}
        assert not wrong, f"balance of the owner and sum of open balances: {wrong}"
