"""What users may see and do who are neither owner nor administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import record

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import Shop


UNAUTHORIZED = {"message": "This action is unauthorized."}


def refused(*answers: Response) -> bool:
    return [(each.status_code, each.json()) for each in answers] == [(401, UNAUTHORIZED)] * len(answers)


def test_viewers_see_everything_and_change_nothing(shop: Shop) -> None:
    """R-AUTH-30, R-EP-4."""
    client = shop.client()
    clerk = shop.hire("view_client")
    path = f"clients/{client['id']}"
    assert (clerk.ids("clients"), clerk.show(path)) == ([client["id"]], client)
    assert refused(
        clerk.post("clients", {"name": "N"}),
        clerk.get("clients/create"),
        clerk.get(f"{path}/edit"),
        clerk.put(path, {"name": "N"}),
        clerk.delete(path),
        clerk.call("PUT", f"{path}/upload", files=[("documents[]", ("a.txt", b"x"))]),
    )
    assert shop.show(path) == client


def test_a_right_to_one_kind_is_none_to_another(shop: Shop) -> None:
    """R-WIRE-52: a list is narrowed to own rows instead of refused."""
    client = shop.client()
    invoice, product = shop.invoice(client), shop.product()
    clerk = shop.hire("view_client,create_client")
    assert clerk.ids("invoices") == clerk.ids("products") == []
    assert refused(clerk.get(f"invoices/{invoice['id']}"), clerk.get(f"products/{product['id']}"))
    assert refused(clerk.post("invoices", {"client_id": client["id"]}), clerk.post("products", {}))


def test_own_and_assigned_records_are_open(shop: Shop) -> None:
    """R-AUTH-30, R-WIRE-52."""
    shop.client(name="Hidden")
    clerk = shop.hire("create_client")
    own = record(clerk.post("clients", {"name": "Own"}))
    assigned = shop.client(name="Assigned", assigned_user_id=own["user_id"])
    assert clerk.ids("clients") == [own["id"], assigned["id"]]
    for each in (own, assigned):
        assert record(clerk.put(f"clients/{each['id']}", {"city": "Astoria"}))["city"] == "Astoria"
    assert refused(clerk.get(f"clients/{shop.ids('clients')[0]}"))


@pytest.mark.parametrize("verb", ["view", "create", "edit"])
def test_a_right_to_all_covers_each_kind(shop: Shop, verb: str) -> None:
    """R-AUTH-30."""
    client = shop.client()
    path = f"clients/{client['id']}"
    clerk = shop.hire(f"{verb}_all")
    answers = {
        "view": clerk.get(path),
        "create": clerk.post("clients", {"name": "N"}),
        "edit": clerk.put(path, {"name": "N"}),
    }
    wanted = {name: name == verb or (name, verb) == ("view", "edit") for name in answers}  # who may edit may view
    assert {name: each.status_code == 200 for name, each in answers.items()} == wanted
