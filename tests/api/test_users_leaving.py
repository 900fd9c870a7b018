"""Users who are taken out of a company, and who act on themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import PASSWORD, rows

if TYPE_CHECKING:
    from tests.api.shop import Shop


def emails(shop: Shop, **params: str) -> list[str]:
    return [each["email"].partition("@")[0] for each in rows(shop.get("users", **params))]


def test_nobody_acts_on_themselves(shop: Shop) -> None:
    """R-BULK-14."""
    body = {"action": "archive", "ids": [shop.user()["id"]]}
    answer = shop.post("users/bulk", body, headers=PASSWORD)
    assert (answer.status_code, answer.json()) == (401, {"message": "This action is unauthorized."})


def test_a_deleted_user_is_out_until_restored(shop: Shop) -> None:
    """R-BULK-14: link and token go and come with the user."""
    clerk = shop.hire("view_client")
    user = next(each for each in rows(shop.get("users")) if each["email"] == "clerk@example.com")
    for action, status in (("delete", 403), ("restore", 200)):
        body = {"action": action, "ids": [user["id"]]}
        found = rows(shop.post("users/bulk", body, headers=PASSWORD))
        assert [each["is_deleted"] for each in found] == [status == 403]
        assert clerk.get("clients").status_code == status


def test_a_user_can_be_taken_out_of_the_company(shop: Shop) -> None:
    """R-LIFE-11."""
    clerk = shop.hire("view_client")
    user = next(each for each in rows(shop.get("users")) if each["email"] == "clerk@example.com")
    answer = shop.delete(f"users/{user['id']}/detach_from_company", headers=PASSWORD)
    assert (answer.status_code, answer.json()) == (200, {"message": "User detached from company"})
    assert clerk.get("clients").status_code == 403
    assert emails(shop, hideRemovedUsers="true") == ["user"]
    answer = shop.delete(f"users/{shop.user()['id']}/detach_from_company", headers=PASSWORD)
    assert (answer.status_code, answer.json()) == (401, ["message", "Cannot detach owner."])
