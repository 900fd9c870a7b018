"""Pages of a list: rows a page, the page, `meta.pagination` and its links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

URL = "http://localhost/api/v1/products"


@pytest.fixture
def shelf(shop: Shop) -> Shop:
    """A company with 45 products."""
    for n in range(45):
        shop.product(product_key=f"P{n}")
    return shop


def pagination(shop: Shop, **params: Any) -> JSON:
    answer = shop.get("products", **params)
    found: JSON = answer.json()["meta"]["pagination"]
    assert found["count"] == len(rows(answer))
    assert list(answer.json()["meta"]) == ["pagination"]
    return found


@pytest.mark.parametrize(
    ("page", "count", "links"),
    [
        (1, 20, {"next": f"{URL}?page=2"}),
        (2, 20, {"previous": f"{URL}?page=1", "next": f"{URL}?page=3"}),
        (3, 5, {"previous": f"{URL}?page=2"}),
        (4, 0, {"previous": f"{URL}?page=3"}),
    ],
)
def test_links_lead_to_the_pages_around_and_carry_nothing_else(shelf: Shop, page: int, count: int, links: JSON) -> None:
    """R-WIRE-4, R-WIRE-9."""
    found = pagination(shelf, page=page, sort="product_key|asc", status="active")
    wanted = {"total": 45, "count": count, "per_page": 20, "current_page": page, "total_pages": 3, "links": links}
    assert found == wanted
    assert list(found) == list(wanted)


@pytest.mark.parametrize(
    ("text", "per_page"),
    [("5", 5), ("-5", 5), ("0", 15), ("abc", 15), ("12abc", 12), ("5000", 5000), ("5001", 5000), ("99999999999", 5000)],
)
def test_rows_a_page_are_read_as_the_service_casts_them(shelf: Shop, text: str, per_page: int) -> None:
    """R-WIRE-8."""
    found = pagination(shelf, per_page=text)
    assert (found["per_page"], found["count"]) == (per_page, min(per_page, 45))


@pytest.mark.parametrize("text", ["0", "-1", "abc", "1.5", "", "2x"])
def test_a_page_that_is_no_number_is_the_first(shelf: Shop, text: str) -> None:
    """R-WIRE-9."""
    assert (pagination(shelf, page=text)["current_page"], shelf.ids("products", page=text)) == (
        1,
        shelf.ids("products"),
    )


def test_an_empty_list_has_one_page_and_no_links(shop: Shop) -> None:
    """R-WIRE-9."""
    assert pagination(shop) == {
        "total": 0,
        "count": 0,
        "per_page": 20,
        "current_page": 1,
        "total_pages": 1,
        "links": {},
    }


def test_rows_come_in_the_order_of_creation_and_pages_do_not_overlap(shelf: Shop) -> None:
    """R-WIRE-10."""
    keys = [each["product_key"] for page in (1, 2, 3) for each in rows(shelf.get("products", page=page))]
    assert keys == [f"P{n}" for n in range(45)]


def test_the_links_name_the_host_that_was_called(shelf: Shop) -> None:
    """R-WIRE-4."""
    found = shelf.but(Host="books.example.com").get("products").json()["meta"]["pagination"]
    assert found["links"] == {"next": "http://books.example.com/api/v1/products?page=2"}


@pytest.mark.parametrize(("trusted", "scheme"), [("127.0.0.1", "https"), ("10.0.0.1", "http")])
def test_behind_a_proxy_of_this_machine_the_links_have_its_scheme(
    shelf: Shop, monkeypatch: pytest.MonkeyPatch, trusted: str, scheme: str
) -> None:
    """A proxy somewhere else is trusted when $FORWARDED_ALLOW_IPS says so, as uvicorn has it."""
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", trusted)
    asked = shelf.but(**{"Host": "books.example.com", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
    links = asked.get("products").json()["meta"]["pagination"]["links"]
    assert links == {"next": f"{scheme}://books.example.com/api/v1/products?page=2"}
