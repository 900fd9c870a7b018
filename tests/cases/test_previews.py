"""Previews of designs and statements of clients: pages that can be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import PASSWORD

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

DESIGN: JSON = {
    "entity_type": "invoice",
    "entity_id": "",
    "design": {
        "name": "",
        "is_custom": True,
        "design": {
            "includes": "</style>",
            "header": "<div id='header'></div>",
            "body": "<div id='body'></div>",
            "product": "",
            "task": "",
            "footer": "<div id='footer'>$entity_footer</div>",
        },
    },
}
PERIOD = {
    "start_date": "2000-01-01",
    "end_date": "2023-01-01",
    "show_aging_table": True,
    "show_payments_table": True,
    "status": "paid",
}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        pytest.param("preview", "application/pdf", id="testPreviewRoute"),
        pytest.param("preview?html=true", "text/html", id="testPreviewHtmlResponse"),
        pytest.param("preview/purchase_order", "application/pdf", id="testPurchaseOrderPreviewRoute"),
        pytest.param("preview/purchase_order?html=true", "text/html", id="testPurchaseOrderPreviewHtmlResponse"),
    ],
)
def test_a_design_is_shown_on_a_made_up_document(shop: Shop, path: str, kind: str) -> None:
    answer = shop.post(path, DESIGN)
    assert answer.status_code == 200, answer
    assert answer.headers["content-type"].startswith(kind)


def test_a_statement_is_a_page(shop: Shop, client: JSON) -> None:
    """testClientStatement."""
    answer = shop.post("client_statement", {**PERIOD, "client_id": client["id"]})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")


def test_a_statement_may_be_mailed_instead(shop: Shop, client: JSON) -> None:
    """testClientStatementEmail."""
    body: dict[str, Any] = {**PERIOD, "client_id": client["id"]}
    answer = shop.call("POST", "client_statement?send_email=true", body, headers=PASSWORD)
    assert answer.status_code == 200, answer
    assert list(answer.json()) == ["message"]
