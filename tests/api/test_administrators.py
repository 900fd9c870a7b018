"""What is left to administrators and owners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import PASSWORD, record

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import Shop


UNAUTHORIZED = {"message": "This action is unauthorized."}


def refused(*answers: Response) -> bool:
    return [(each.status_code, each.json()) for each in answers] == [(401, UNAUTHORIZED)] * len(answers)


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


def test_owners_and_administrators_get_every_list(shop: Shop) -> None:
    """testOwnerRoutes, testOwnerAccessCompany, testAdminAccessCompany; a slash at the end changes nothing."""
    boss = shop.hire(is_admin=True)
    for path in ("users", "clients", "invoices", "products", "documents", "locations", "tokens", "companies"):
        for caller in (shop, boss):
            assert caller.get(f"{path}/").json() == caller.get(path).json()
    assert boss.get(f"companies/{shop.company()['id']}").status_code == 200
