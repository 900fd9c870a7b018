"""Answers byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.clock import EPOCH

if TYPE_CHECKING:
    from tests.api.shop import Shop


PRODUCT = f"""\
{{
    "data": {{
        "id": "VolejRejNm",
        "user_id": "VolejRejNm",
        "assigned_user_id": "",
        "product_key": "\\u00dc\\/x \\ud83d\\ude00",
        "notes": "say \\"hi\\"",
        "cost": 10,
        "price": 12.5,
        "quantity": 1,
        "tax_name1": "",
        "tax_rate1": 0,
        "tax_name2": "",
        "tax_rate2": 0,
        "tax_name3": "",
        "tax_rate3": 0,
        "created_at": {EPOCH},
        "updated_at": {EPOCH},
        "archived_at": 0,
        "custom_value1": "",
        "custom_value2": "",
        "custom_value3": "",
        "custom_value4": "",
        "is_deleted": false,
        "in_stock_quantity": 0,
        "stock_notification": true,
        "stock_notification_threshold": 0,
        "max_quantity": 0,
        "product_image": "",
        "tax_id": "1",
        "documents": []
    }}
}}"""


EMPTY_LIST = """\
{
    "data": [],
    "meta": {
        "pagination": {
            "total": 0,
            "count": 0,
            "per_page": 20,
            "current_page": 1,
            "total_pages": 1,
            "links": {}
        }
    }
}"""


def test_a_record_is_indented_json_in_ascii(shop: Shop) -> None:
    """R-WIRE-2, R-WIRE-3."""
    made = shop.post("products", {"product_key": "Ü/x 😀", "notes": 'say "hi"', "cost": 10.0, "price": 12.5})
    for answer in (made, shop.get("products/VolejRejNm")):
        assert answer.text == PRODUCT
        assert answer.headers["content-type"] == "application/json"


def test_a_list_is_indented_the_same_way(shop: Shop) -> None:
    """R-WIRE-3, R-WIRE-4: no links are an empty object."""
    assert shop.get("products").text == EMPTY_LIST
    shop.post("products", {"product_key": "Ü/x 😀", "notes": 'say "hi"', "cost": 10, "price": 12.5})
    lines = PRODUCT.splitlines()[1:-1]
    moved = "\n".join(["    " + line for line in lines]).replace('"data": {', "{").lstrip()
    assert moved in shop.get("products").text


def test_messages_are_compact(shop: Shop) -> None:
    """R-WIRE-3."""
    assert shop.post("logout").content == b'{"message":"All tokens deleted"}'
