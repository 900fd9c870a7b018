"""Payment providers of a company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import errors

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_a_gateway_without_a_key_is_refused(shop: Shop) -> None:
    """testCompanyGatewayEndPointsWithIncorrectFields: a browser is sent back, a program is told why."""
    body = {"config": "random config", "gateway_key": ""}
    assert shop.but(X_Requested_With=None).post("company_gateways", body).status_code == 302
    assert list(errors(shop.post("company_gateways", body))) == ["gateway_key"]
    assert shop.ids("company_gateways") == []
