"""Three clients for tests of lists, and how to read a list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

PEOPLE: dict[str, JSON] = {
    "ada": {"name": "Ada Harbour", "number": "C-10", "id_number": "R-1", "custom_value2": "Gold"},
    "bob": {
        "name": "Bob Quay",
        "number": "C-9",
        "id_number": "R-2",
        "contacts": [{"first_name": "Ines", "last_name": "Moreau", "email": "ines@example.com", "phone": "555-0100"}],
    },
    "cid": {"name": "", "number": "11", "contacts": [{"first_name": "Aaron", "email": "zed@example.com"}]},
}


def found(shop: Shop, **params: str) -> str:
    """First letters of the names, in the order of the list."""
    letters = {each["number"]: key[0] for key, each in PEOPLE.items()}
    return "".join(letters[each["number"]] for each in rows(shop.get("clients", **params)))
