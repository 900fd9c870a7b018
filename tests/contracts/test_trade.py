"""What the contracts of the model stand on: sums told apart, figures followed, special documents that prove it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.trade.calls import PAGE, Trade, must, same, unlike
from mockserver.contract.trade.money import Sum, problems
from mockserver.contract.trade.special import DOCUMENTS, MODES
from mockserver.contract.wire.receiver import Receiver, receiving
from tests.contracts.test_sums import SURCHARGES, TAXES, document, line


@pytest.mark.parametrize(
    ("got", "wanted", "alike"),
    [
        (0.1 + 0.2, 0.3, True),
        (10, 10.0, True),
        (10, 10.01, False),
        (True, 1, False),
        ("10", 10, False),
        (None, 0, False),
    ],
)
def test_figures_are_the_same_by_their_value(got: Any, wanted: Any, *, alike: bool) -> None:
    assert same(got, wanted) is alike


def test_a_member_that_differs_is_named_with_both_values() -> None:
    assert unlike({"balance": 5, "status_id": "2"}, {"balance": 5.0, "status_id": "3"}, "the bill") == [
        "status_id of the bill: got '3', wanted '2'"
    ]


def test_problems_are_told_after_what_they_came() -> None:
    must([], [], after="nothing")
    with pytest.raises(Broken, match="after a refund: one; two") as caught:
        must(["one"], ["two"], operation="refundPayment", after="a refund")
    assert caught.value.operation == "refundPayment"


def test_a_sum_that_is_wrong_is_named_down_to_its_line() -> None:
    paper = document(line(10), line(5, tax_name1="VAT", tax_rate1=10))
    lines = [{**each, "line_total": total, "tax_amount": 0, "gross_line_total": total} for each, total in
             zip(paper["line_items"], (10, 5), strict=True)]  # fmt: skip
    got = {**paper, "line_items": lines, "amount": 15.5, "total_taxes": 0.5}
    assert problems(paper, got, 2) == [
        "tax_amount of line 1: got 0, wanted 0.5",
        "gross_line_total of line 1: got 5, wanted 5.5",
    ]
    assert problems(paper, {**got, "amount": 15.52}, 2)[0] == "amount: got 15.52, wanted 15.5"


def test_a_total_may_be_rounded_to_five_hundredths() -> None:
    """R-CALC-15."""
    paper = document(line(10.09))
    lines = [{**paper["line_items"][0], "line_total": 10.09, "tax_amount": 0, "gross_line_total": 10.09}]
    assert problems(paper, {**paper, "line_items": lines, "amount": 10.1, "total_taxes": 0}, 2, nickels=True) == []


@pytest.mark.parametrize("places", [0, 2, 3])
def test_every_special_document_proves_something(places: int) -> None:
    """None lies where the rules leave two answers open."""
    for inside, by_amount in MODES:
        for what, body in DOCUMENTS.items():
            lines = [{**TAXES, "discount": 0, **each} for each in body["line_items"]]
            mode = {"uses_inclusive_taxes": inside, "is_amount_discount": by_amount}
            whole = {**TAXES, **SURCHARGES, "discount": 0, **body, **mode, "line_items": lines}
            assert not Sum(whole, places).doubtful, what


def test_a_receiver_keeps_what_it_gets() -> None:
    with receiving(Receiver) as receiver:
        for method in ("POST", "PUT"):
            httpx.request(method, f"{receiver.url}/told", json={"id": "a"}, headers={"X-Key": "k"})
        calls = receiver.wait(2)
    assert [(call.method, call.path, call.body) for call in calls] == [
        ("POST", "/told", {"id": "a"}),
        ("PUT", "/told", {"id": "a"}),
    ]
    assert calls[0].headers["x-key"] == "k"


@pytest.mark.parametrize("count", [0, 1, PAGE, 2 * PAGE + 1])
def test_a_feed_is_read_to_its_end(count: int) -> None:
    def send(_: str, path: str, **__: Any) -> Any:
        asked = {name: int(texts[0]) for name, texts in parse_qs(urlsplit(path).query).items()}
        numbers = range(asked["after"] + 1, min(asked["after"] + asked["limit"], count) + 1)
        return SimpleNamespace(ok=True, json=lambda: {"data": [{"number": number} for number in numbers]})

    client: Any = SimpleNamespace(send=send)
    spec: Any = SimpleNamespace()
    trade = Trade(client, spec)
    assert [each["number"] for each in trade.feed("events")] == list(range(1, count + 1))
    assert trade.last("events") == count
    assert len(trade.feed("events", count // 2)) == count - count // 2
