"""Rate limits, where a world has them: counted by the clock of the world, with the headers of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.limits import MOST, Counters, Limit, read_limits
from tests.api.shop import rows

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import Shop

EPOCH = 1768467600
SERVICE = {"api": "1000/m", "login": "10/m", "refresh": "200/m", "404": "10/m"}


def limited(shop: Shop, text: str) -> Shop:
    shop.mock.world.limits = read_limits(text, shop.mock.world.document.limits)
    return shop


def told(answer: Response) -> dict[str, str]:
    """What an answer says of limits: its headers that do, without their prefix."""
    names = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "retry-after")
    return {name.removeprefix("x-ratelimit-"): answer.headers[name] for name in names if name in answer.headers}


def test_calls_are_counted_down_and_then_refused(shop: Shop) -> None:
    """R-AUTH-13."""
    limited(shop, "3/m")
    left = [told(shop.get("clients")) for _ in range(3)]
    assert left == [{"limit": "3", "remaining": str(count)} for count in (2, 1, 0)]
    shop.later(seconds=20)
    refused = shop.get("clients")
    assert (refused.status_code, refused.content) == (429, b'{"message":"Too many requests"}')
    assert told(refused) == {"limit": "3", "remaining": "0", "retry-after": "40", "reset": str(EPOCH + 60)}


def test_a_window_starts_with_its_first_call_and_ends_by_the_clock_of_the_world(shop: Shop) -> None:
    limited(shop, "1/m")
    statuses = []
    for seconds in (0, 59, 1, 59, 1):
        shop.later(seconds=seconds)
        statuses.append(shop.get("clients").status_code)
    assert statuses == [200, 429, 200, 429, 200]


def test_refusals_count_too_and_say_what_is_left(shop: Shop) -> None:
    limited(shop, "2/m")
    assert told(shop.get("clients/Opnel5aKBz")) == {"limit": "2", "remaining": "1"}
    assert told(shop.post("invoices", {})) == {"limit": "2", "remaining": "0"}
    refused = shop.post("invoices", {})
    assert (refused.status_code, told(refused)["remaining"]) == (429, "0")


def test_the_limit_comes_before_the_token(shop: Shop) -> None:
    """R-AUTH-9."""
    stranger = limited(shop, "1/m").but(X_API_TOKEN="unknown")
    assert [stranger.get("clients").status_code for _ in range(2)] == [403, 429]


def test_a_browser_gets_a_page(shop: Shop) -> None:
    """R-AUTH-7."""
    browser = limited(shop, "1/m").but(X_Requested_With=None, Accept="text/html")
    browser.get("clients")
    answer = browser.get("clients")
    assert (answer.status_code, answer.headers["content-type"]) == (429, "text/html; charset=UTF-8")
    assert told(answer)["retry-after"] == "60"


def test_tokens_count_apart(shop: Shop) -> None:
    clerk = shop.hire("view_client")
    limited(shop, "1/m")
    assert [each.get("clients").status_code for each in (shop, clerk, shop, clerk)] == [200, 200, 429, 429]


def test_worlds_count_apart(shop: Shop) -> None:
    limited(shop, "1/m")
    fork = shop.mock.world.fork("other")
    assert fork.limits is shop.mock.world.limits
    shop.get("clients")
    assert (len(shop.mock.world.calls), len(fork.calls)) == (1, 0)


def test_logins_are_counted_by_address(shop: Shop) -> None:
    """R-AUTH-14; no answer of a login carries less than its own limit."""
    limited(shop, "login=2/m")
    body = {"email": "user@example.com", "password": "password"}
    callers = [shop.but(X_API_TOKEN=token) for token in (None, "a", "b")]
    answers = [each.post("login", body) for each in callers]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert told(answers[0]) == {"limit": "2", "remaining": "1"}
    assert shop.get("clients").status_code == 200


def test_tries_that_fail_are_counted_by_address_and_name(shop: Shop) -> None:
    """R-AUTH-25."""
    limited(shop, "login=off")
    wrong = {"email": "user@example.com", "password": "wrong"}
    good = {**wrong, "password": "password"}
    for _ in range(5):
        assert shop.post("login", wrong).json() == {"message": "These credentials do not match our records"}
    for body in (wrong, good):
        refused = shop.post("login", body)
        assert refused.status_code == 401
        assert refused.json() == {"message": "Too many login attempts, you are being throttled"}
    assert shop.post("login", {**wrong, "email": "other@example.com"}).json()["message"].startswith("These")
    shop.later(seconds=60)
    assert shop.post("login", good).status_code == 200


def test_the_narrowest_of_two_limits_is_shown(shop: Shop) -> None:
    """R-AUTH-14: a refresh has one of its own."""
    limited(shop, "10/m,refresh=2/m")
    answers = [shop.post("refresh") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert [told(each)["limit"] for each in answers] == ["2", "2", "2"]
    assert told(shop.get("clients")) == {"limit": "10", "remaining": "6"}


def test_single_routes_share_a_counter(shop: Shop) -> None:
    """R-AUTH-14: twenty reports a minute, three look-ups of taxes."""
    limited(shop, "service")
    client = shop.client()
    assert told(shop.post("reports/clients", {})) == {"limit": "20", "remaining": "19"}
    assert told(shop.post("reports/products", {})) == {"limit": "20", "remaining": "18"}
    assert told(shop.post(f"clients/{client['id']}/updateTaxData")) == {"limit": "3", "remaining": "0"}
    assert shop.post(f"clients/{client['id']}/updateTaxData").status_code == 429
    assert told(shop.post("reports/profitloss", {}))["limit"] == "1000"
    limited(shop, "service,routes=off")
    assert shop.post(f"clients/{client['id']}/updateTaxData").status_code == 200


def test_unknown_paths_have_a_limit(shop: Shop) -> None:
    """5.12: ten a minute."""
    limited(shop, "service")
    statuses = [shop.get("nothing/here").status_code for _ in range(11)]
    assert statuses == [404] * 10 + [429]
    assert shop.get("clients").status_code == 200


def test_calls_without_limits_carry_no_headers(shop: Shop) -> None:
    assert told(shop.get("clients")) == {}
    limited(shop, "service")
    assert told(shop.get("contact/invoices")) == {}
    assert len(rows(shop.get("clients"))) == 0


@pytest.mark.parametrize("text", ["", "off", " , "])
def test_no_limits(text: str) -> None:
    assert read_limits(text, SERVICE) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("service", {"api": (1000, 60), "login": (10, 60), "refresh": (200, 60), "404": (10, 60)}),
        ("300/m", {"api": (300, 60), "login": (10, 60), "refresh": (200, 60), "404": (10, 60)}),
        ("5/s, login=1/2m,404=off", {"api": (5, 1), "login": (1, 120), "refresh": (200, 60)}),
        ("api=7/h", {"api": (7, 3600), "login": (10, 60), "refresh": (200, 60), "404": (10, 60)}),
    ],
)
def test_limits_are_read(text: str, named: dict[str, tuple[int, int]]) -> None:
    limits = read_limits(text, SERVICE)
    assert limits is not None
    assert (limits.named, limits.routes) == ({name: Limit(*each) for name, each in named.items()}, True)


@pytest.mark.parametrize(
    "text", ["300", "300/d", "0/m", "1/0m", "-1/m", "m", "web=3/m", "routes=3/m", "login=", "9" * 9 + "/m"]
)
def test_limits_that_can_not_be_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"got .* wanted"):
        read_limits(text, SERVICE)


def test_counters_keep_the_newest_keys_only() -> None:
    counters, limit = Counters(), Limit(1, 60)
    for key in range(MOST + 1):
        counters.take(key, limit, EPOCH)
    assert len(counters) == MOST
    assert counters.take(0, limit, EPOCH).refused is False
    assert counters.take(MOST, limit, EPOCH).refused is True


def test_a_clock_that_is_put_back_starts_a_new_window() -> None:
    counters, limit = Counters(), Limit(1, 60)
    assert [counters.take("k", limit, now).refused for now in (EPOCH, EPOCH + 1, EPOCH - 5)] == [False, True, False]
