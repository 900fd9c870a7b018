"""docs/coverage.md is fresh, and the record that it is made from leaves no operation out."""

from __future__ import annotations

import json
from pathlib import Path

from mockserver.content import fixtures_dir, spec_dir
from mockserver.coverage import FAULTY, SWEEPS, read_page
from mockserver.document.load import load_document

CHECKOUT = Path(__file__).resolve().parents[2]
TOUCHED: dict[str, dict[str, str]] = json.loads((CHECKOUT / "tests" / "touched.json").read_text("utf-8"))
OPERATIONS = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics").operations
CALLING = ("api", "cases")
"""Folders of tests each of which makes calls."""
OUTSIDE = {
    "activity_download": "the PDF that an old activity kept",
    "bank_not_connected": "a bank that is connected",
    "bitcoin_price": "an exchange for Bitcoin",
    "connect_account": "Google, Microsoft or Apple",
    "e_invoice_not_connected": "the e-invoice network",
    "hook_refused": "a shared secret with the sender of mails",
    "license_check": "the shop for licences",
    "license_claim": "the shop for licences",
    "login_with_provider": "Google, Microsoft or Apple",
    "migrate": "a handler, which the service lacks as well",
    "not_in_this_version": "a later version",
    "phone_code": "a sender of text messages",
    "phone_confirm": "a sender of text messages",
    "reactivate_email": "a sender of mails",
    "self_update": "a server with a newer version",
    "smtp_check": "a mail server",
    "sns_webhook": "the certificate of Amazon",
    "stripe_unconnected": "a Stripe account",
    "two_factor_reset": "a sender of text messages",
    "two_factor_reset_confirm": "a sender of text messages",
}
"""Behaviours or operations that nobody saw succeed: what they would need."""
AGAIN = "run `pytest --touched tests/touched.json` with the modules that changed, or `tox -e touched`"


def own(name: str) -> dict[str, str]:
    """What the record tells of an operation, without what proves little."""
    return {module: seen for module, seen in TOUCHED.get(name, {}).items() if not module.startswith((SWEEPS, FAULTY))}


def test_the_page_is_fresh() -> None:
    fresh = read_page(CHECKOUT / "spec" / "invoiceninja-v5", CHECKOUT / "tests")
    assert (CHECKOUT / "docs" / "coverage.md").read_text("utf-8") == fresh, (
        "docs/coverage.md is older than what it tells of: run `mockserver spec coverage --out docs/coverage.md`"
    )


def test_each_operation_is_touched_by_a_test_and_by_a_contract() -> None:
    """Tests that call everything there is, and those of broken servers, do not count."""
    for folder in ("tests/", "contracts/"):
        missed = [name for name in OPERATIONS if not any(each.startswith(folder) for each in own(name))]
        assert missed == [], f"no module of {folder} calls them: write a test, then {AGAIN}"


def test_each_operation_was_seen_to_succeed() -> None:
    """All but those that need somebody outside, who is not connected: these refuse as the service does without them."""
    missed = [
        name
        for name, operation in OPERATIONS.items()
        if any(status < "3" for status in operation.raw["responses"])
        and not any(status < "3" for statuses in own(name).values() for status in statuses.split())
    ]
    assert [name for name in missed if OUTSIDE.keys().isdisjoint((name, OPERATIONS[name].behaviour))] == [], AGAIN
    refusing = {key for name in missed for key in (name, OPERATIONS[name].behaviour)}
    assert sorted(OUTSIDE.keys() - refusing) == [], "they succeed now: take them out of OUTSIDE"


def test_the_record_tells_of_no_operation_that_is_gone() -> None:
    assert sorted(TOUCHED.keys() - OPERATIONS.keys()) == [], AGAIN


def test_the_record_tells_of_no_module_that_is_gone() -> None:
    modules = {module for modules in TOUCHED.values() for module in modules}
    assert sorted(module for module in modules if not (CHECKOUT / f"{module}.py").is_file()) == [], AGAIN


def test_the_record_knows_each_module_that_makes_calls() -> None:
    """The ledger of cases alone calls nobody."""
    modules = {module for modules in TOUCHED.values() for module in modules}
    there = {
        path.relative_to(CHECKOUT).with_suffix("").as_posix()
        for folder in CALLING
        for path in (CHECKOUT / "tests" / folder).glob("test_*.py")
    }
    assert sorted(there - modules - {"tests/cases/test_ledger"}) == [], AGAIN
