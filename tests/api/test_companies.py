"""Companies of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import PASSWORD, errors, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_a_new_company_comes_with_a_link_and_a_token(shop: Shop) -> None:
    """R-EP-27."""
    answer = shop.post("companies", {"name": "Quay Ltd"})
    link = rows(answer)[0]
    assert (len(rows(answer)), link["is_owner"], link["is_admin"]) == (1, True, True)
    assert link["company"]["settings"]["name"] == "Quay Ltd"
    theirs = shop.but(X_API_TOKEN=link["token"]["token"])
    assert theirs.company()["id"] == link["company"]["id"] != shop.company()["id"]
    assert len(link["company"]["company_key"]) == 32
    assert rows(shop.post("companies"))[0]["company"]["settings"]["name"] == "Untitled Company"


def test_a_new_company_comes_with_task_states_and_payment_terms(shop: Shop) -> None:
    """R-EP-28."""
    before = {name: len(shop.stored(name)) for name in ("task_statuses", "payment_terms")}
    shop.found()
    states = shop.stored("task_statuses")[before["task_statuses"] :]
    assert [each["name"] for each in states] == ["Backlog", "Ready to do", "In progress", "Done"]
    terms = shop.stored("payment_terms")[before["payment_terms"] :]
    assert [each["num_days"] for each in terms] == [0, 7, 10, 14, 15, 30, 60, 90]


def test_the_list_holds_all_companies_of_the_account(shop: Shop) -> None:
    """R-EP-27."""
    other = shop.found()
    both = [shop.company()["id"], other.company()["id"]]
    assert shop.ids("companies") == other.ids("companies") == both


def test_an_account_holds_ten_companies(shop: Shop) -> None:
    """5.12."""
    for _ in range(9):
        assert shop.post("companies").status_code == 200
    assert list(errors(shop.post("companies"))) == ["name"]


def test_another_company_can_become_the_default(shop: Shop) -> None:
    """R-EP-27."""
    other = shop.found()
    first, second = shop.company()["id"], other.company()["id"]

    def default() -> str:
        account: JSON = shop.show(f"companies/{first}", include="account")["account"]
        return str(account["default_company_id"])

    assert default() == first
    assert record(other.post(f"companies/{second}/default"))["id"] == second
    assert default() == second


def test_a_removed_company_takes_its_token_along(shop: Shop) -> None:
    """R-LIFE-27."""
    other = shop.found()
    other.client()
    path = f"companies/{other.company()['id']}"
    assert other.delete(path).status_code == 412
    answer = other.delete(path, headers=PASSWORD)
    assert (answer.status_code, answer.json()) == (200, {"message": "Success"})
    assert other.get("ping").status_code == 403
    assert len(shop.ids("companies")) == 1
    assert len(rows(shop.post("refresh"))) == 1


def test_a_purge_of_the_records_keeps_the_company(shop: Shop) -> None:
    shop.invoice(shop.client())
    path = f"companies/purge_save_settings/{shop.company()['id']}"
    assert shop.post(path, headers=PASSWORD).status_code == 200
    assert shop.ids("clients") == shop.ids("invoices") == []
    assert (shop.client()["number"], shop.get("ping").status_code) == ("0001", 200)
