"""Licence, subdomain, mail server, support, account (R-EP-15, R-EP-52)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_a_subdomain_is_free_until_another_company_has_it(shop: Shop) -> None:
    """5.12: asking for the own one is fine."""
    second = shop.found()
    shop.put(f"companies/{shop.company()['id']}", {"subdomain": "harbour"})
    assert shop.post("check_subdomain", {"subdomain": "harbour"}).json() == {"message": "Domain available"}
    taken = second.post("check_subdomain", {"subdomain": "harbour"})
    assert (taken.status_code, taken.json()) == (401, {"message": "Subdomain is not available"})
    assert shop.post("check_subdomain", {"subdomain": "www"}).status_code == 401
    assert (
        shop.post("check_subdomain", {"subdomain": None}).status_code == shop.post("check_subdomain").status_code == 200
    )


def test_no_licence_server_is_connected(shop: Shop) -> None:
    without, unknown = shop.post("claim_license"), shop.post("claim_license", {"license_key": "v5_1"})
    assert [each.status_code for each in (without, unknown)] == [400, 400]
    assert without.json()["errors"] == {}
    assert without.json()["message"] != unknown.json()["message"]
    assert shop.post("check_license").status_code == 422


def test_a_mail_server_is_never_called(shop: Shop) -> None:
    """All four are required; what the company stores fills in (5.12)."""
    sent = {"smtp_port": 25, "smtp_username": "ada", "smtp_password": "secret"}
    assert shop.post("smtp/check", sent).json()["errors"] == {"smtp_host": ["The smtp host field is required."]}
    shop.put(f"companies/{shop.company()['id']}", {"smtp_host": "smtp.example.com"})
    answer = shop.post("smtp/check", sent)
    assert answer.status_code == 400
    assert 'host "smtp.example.com:25"' in answer.json()["message"]
    assert shop.hire("view_all").post("smtp/check", sent).status_code == 401


def test_a_message_to_the_support(shop: Shop) -> None:
    assert shop.post("support/messages/send", {"message": "Hello"}).json() == {"success": True}
    assert shop.post("support/messages/send").json()["errors"] == {"message": ["The message field is required."]}


def test_no_bounce_is_known(shop: Shop) -> None:
    answer = shop.post("reactivate_email/123243")
    assert (answer.status_code, answer.json()) == (400, {"message": "Bounce ID not found"})


def test_strangers_learn_nothing_of_a_move(shop: Shop) -> None:
    answer = shop.but(X_API_TOKEN=None).post("check_status", {"account_key": "x"})
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_account_keeps_its_choice(shop: Shop) -> None:
    path = f"accounts/{shop.company()['id']}"
    assert shop.put(path, {"set_react_as_default_ap": False}).json()["data"]["set_react_as_default_ap"] is False
    assert shop.put(path).json()["errors"] == {
        "set_react_as_default_ap": ["The set react as default ap field is required."]
    }
    assert shop.put("accounts/Wpmbk5ezJn", {"set_react_as_default_ap": True}).status_code == 400
    assert shop.hire("view_all").put(path, {"set_react_as_default_ap": True}).status_code == 401
