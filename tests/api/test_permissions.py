"""What users may see and do who are neither owner nor administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import PASSWORD, part, record, rows

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import JSON, Shop

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
    assert {name: each.status_code for name, each in answers.items()} == {**dict.fromkeys(answers, 401), verb: 200}


def test_administrators_may_do_everything_and_owners_more(shop: Shop) -> None:
    """R-AUTH-30; only an owner founds and removes companies."""
    client = shop.client()
    boss = shop.hire(is_admin=True)
    assert record(boss.put(f"clients/{client['id']}", {"name": "N"}))["name"] == "N"
    assert boss.show("tokens/VolejRejNm")["name"] == "Default"
    assert refused(boss.post("companies", {"name": "N"}))


def test_clerks_do_not_reach_the_administration(shop: Shop) -> None:
    """R-AUTH-30, R-EP-30, R-EP-31."""
    client, other = shop.client(), shop.client()
    clerk = shop.hire("view_all,create_all,edit_all")
    user = next(each for each in shop.stored("users") if each["email"] == "clerk@example.com")
    record(shop.put(f"users/{user['id']}", {"password": "clerkpass"}, headers=PASSWORD))
    clerk = clerk.but(X_API_PASSWORD="clerkpass")
    assert refused(
        clerk.post("tokens", {"name": "T"}),
        clerk.get("tokens/VolejRejNm"),
        clerk.post("users", {"first_name": "A", "last_name": "B", "email": "n@example.com"}),
        clerk.post("users/bulk", {"action": "archive", "ids": [user["id"]]}),
        clerk.post(f"clients/{client['id']}/purge"),
        clerk.post(f"clients/{client['id']}/{other['id']}/merge"),
        clerk.post("companies", {"name": "N"}),
        clerk.delete(f"companies/{shop.company()['id']}"),
    )


def test_bulk_skips_what_may_not_be_edited(shop: Shop) -> None:
    """R-BULK-4."""
    hidden = shop.client()
    clerk = shop.hire("create_client")
    own = record(clerk.post("clients", {"name": "Own"}))
    listed = rows(clerk.post("clients/bulk", {"action": "archive", "ids": [hidden["id"], own["id"]]}))
    assert {each["id"]: each["archived_at"] > 0 for each in listed} == {hidden["id"]: False, own["id"]: True}


@pytest.mark.parametrize("action", ["mark_paid", "auto_bill"])
def test_taking_money_needs_the_right_to_create_payments(shop: Shop, action: str) -> None:
    """R-BULK-7."""
    invoice = shop.sent(shop.client())
    body = {"action": action, "ids": [invoice["id"]]}
    answer = shop.hire("edit_invoice").post("invoices/bulk", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["ids"])
    cashier = shop.hire("edit_invoice,create_payment", email="cash@example.com")
    assert cashier.post("invoices/bulk", body).status_code == 200


def test_amounts_are_hidden_from_those_who_may_not_view_clients(shop: Shop) -> None:
    """R-WIRE-53; on single records since 5.12."""
    clerk = shop.hire("create_client,create_invoice")
    client = record(clerk.post("clients", {"name": "Own"}))
    clerk.sent(client)
    wanted: JSON = {"balance": 0, "paid_to_date": 0, "credit_balance": 0, "client_hash": ""}
    path = f"clients/{client['id']}"
    for found in (rows(clerk.get("clients"))[0], clerk.show(path), clerk.show(f"{path}/edit")):
        assert part(wanted, found) == wanted
    assert (shop.show(path)["balance"], len(shop.show(path)["client_hash"])) == (100, 40)


def test_restricted_users_get_lists_and_their_company(shop: Shop) -> None:
    """testRestrictedUserRoute: of users they see themselves."""
    shop.client()
    clerk = shop.hire("nothing_at_all")
    for path in ("clients", "invoices", "products", "documents", "users"):
        assert clerk.get(f"{path}/").status_code == 200
    assert clerk.ids("clients") == clerk.ids("documents") == []
    assert [each["email"] for each in rows(clerk.get("users"))] == ["clerk@example.com"]
    assert clerk.get(f"companies/{shop.company()['id']}").status_code == 200


def test_owners_and_administrators_get_every_list(shop: Shop) -> None:
    """testOwnerRoutes, testOwnerAccessCompany, testAdminAccessCompany; a slash at the end changes nothing."""
    boss = shop.hire(is_admin=True)
    for path in ("users", "clients", "invoices", "products", "documents", "locations", "tokens", "companies"):
        for caller in (shop, boss):
            assert caller.get(f"{path}/").json() == caller.get(path).json()
    assert boss.get(f"companies/{shop.company()['id']}").status_code == 200
