"""Values that a record shows but does not store as such: names, links and masked secrets.

A document names a function in `computed:` or `mask:` of a field. It gets the record with its hidden fields, the
related records by include name, and the address of the server without a slash at its end. Fields of an invoice that
are there on request also need `related` to hold `settings` (those of its client), `today` (YYYY-MM-DD), `currency` (a
row of the statics) and `schedule` (the parts of its payment schedule).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from mockserver.derive.printed import printed_date, printed_money
from mockserver.derive.reminders import REMINDERS, reminder_day
from mockserver.derive.status import is_locked
from mockserver.derive.text import as_text, is_true

Record = Mapping[str, Any]
Related = Mapping[str, Any]
Computed = Callable[[Record, Related, str], Any]

COMPUTED: dict[str, Computed] = {}

SECRET_SETTINGS = ("postmark_secret", "mailgun_secret", "brevo_secret", "ses_secret_key", "ses_access_key")
"""Company settings that are never shown."""

_STARS = "********"


def computed(function: Computed, name: str = "") -> Computed:
    """Register a function under its own name or `name`; a second one of the same name is refused."""
    name = name or function.__name__
    if name in COMPUTED:
        raise ValueError(f"got a second computed function {name!r}, wanted one of each name: rename one of them")
    COMPUTED[name] = function
    return function


def is_mask(text: str) -> bool:
    """Whether a text is what secrets are shown as; posting it leaves the stored secret alone (R-WIRE-51)."""
    return bool(text) and not text.strip("*")


@computed
def client_display_name(record: Record, related: Related, _base_url: str) -> str:
    """The name, else the first contact's full name, else its e-mail address (R-VAL-11); vendors likewise."""
    contact: Record = next(iter(related.get("contacts") or ()), {})
    person = f"{as_text(contact.get('first_name'))} {as_text(contact.get('last_name'))}"
    return as_text(record["name"]).strip() or person.strip() or as_text(contact.get("email")).strip()


computed(client_display_name, "vendor_display_name")


@computed
def payment_term_name(record: Record, _related: Related, _base_url: str) -> str:
    """`Net 30` for 30 days (R-WIRE-56)."""
    return f"Net {record['num_days']}"


@computed
def google_analytics_url(record: Record, _related: Related, _base_url: str) -> str:
    """The old name of a company's google_analytics_key."""
    return as_text(record.get("google_analytics_key"))


@computed
def default_url(_record: Record, _related: Related, base_url: str) -> str:
    """Address of the server, in an account."""
    return base_url


def _link(path: str, key: str) -> Computed:
    """A link to `path` plus the record's `key`; "" while it has none."""

    def link(record: Record, _related: Related, base_url: str) -> str:
        return f"{base_url}{path.replace('*', record[key])}" if record.get(key) else ""

    return link


computed(_link("/client/key_login/*", "contact_key"), "client_contact_link")
computed(_link("/vendor/key_login/*", "contact_key"), "vendor_contact_link")
for _kind in ("invoice", "quote", "credit", "recurring_invoice", "recurring_quote"):
    computed(_link(f"/client/{_kind}/*", "key"), f"{_kind}_invitation_link")
computed(_link("/vendor/purchase_order/*", "key"), "purchase_order_invitation_link")
computed(_link("/api/v1/documents/*/download", "id"), "document_url")
computed(_link("/client/subscriptions/*/purchase", "id"), "purchase_page")


def _masked(key: str, shown: str) -> Computed:
    """`shown` when the record's `key` holds a secret, else ""."""

    def mask(record: Record, _related: Related, _base_url: str) -> str:
        return shown if record.get(key) else ""

    return mask


computed(_masked("password", "**********"), "password")
computed(_masked("smtp_username", _STARS), "smtp_username")
computed(_masked("smtp_password", _STARS), "smtp_password")
computed(_masked("oauth_user_token", "***"), "oauth_user_token")


@computed
def token(record: Record, _related: Related, _base_url: str) -> str:
    """The first ten characters of a token and eleven x (R-WIRE-51)."""
    return f"{record['token'][:10]}xxxxxxxxxxx" if record["token"] else ""


@computed
def settings(record: Record, _related: Related, _base_url: str) -> dict[str, Any]:
    """Company settings with the secrets of mail services masked."""
    shown = dict(record["settings"])
    return shown | {key: _STARS for key in SECRET_SETTINGS if shown.get(key)}


def _present(key: str) -> Computed:
    """Whether the record's hidden `key` holds anything."""

    def present(record: Record, _related: Related, _base_url: str) -> bool:
        return bool(record.get(key))

    return present


computed(_present("password"), "has_password")
computed(_present("google_2fa_secret"), "google_2fa_secret")
computed(_present("e_invoice_certificate"), "has_e_invoice_certificate")
computed(_present("e_invoice_certificate_passphrase"), "has_e_invoice_certificate_passphrase")
computed(_present("quickbooks"), "has_quickbooks_token")


@computed
def gateway_test_mode(record: Record, _related: Related, _base_url: str) -> bool:
    """Whether the credentials of a company gateway are those of a test system: `testMode`, or a test key of Stripe."""
    try:
        config = json.loads(record["config"])
    except ValueError:
        return False
    if not isinstance(config, dict):
        return False
    return is_true(config.get("testMode")) or "_test_" in as_text(config.get("publishableKey"))


@computed
def invoice_is_locked(record: Record, related: Related, _base_url: str) -> bool:
    """Whether the setting lock_invoices forbids an update."""
    return is_locked(record, as_text(related["settings"].get("lock_invoices")), related["today"])


@computed
def reminder_schedule(record: Record, related: Related, _base_url: str) -> str:
    """A line of HTML for each reminder that is planned for today or later and was not sent: its date and its name."""
    settings = related["settings"]
    lines = []
    for n, reminder in enumerate(REMINDERS["invoice"], 1):
        day = reminder_day(record, settings, reminder)
        if day and day >= related["today"]:
            lines.append(f"{day} reminder{n}")
    return "<br>".join(sorted(lines))


@computed
def payment_schedule_parts(_record: Record, related: Related, _base_url: str) -> list[dict[str, Any]]:
    """Instalments with date and amount as people read them; a part is {date, amount, is_amount, auto_bill}."""
    return [
        {
            "date": printed_date(part["date"], as_text(related["settings"].get("date_format")) or "Y-m-d"),
            "amount": printed_money(part["amount"], related["currency"]) if part["is_amount"] else f"{part['amount']}%",
            "auto_bill": part.get("auto_bill", False),
        }
        for part in related.get("schedule") or ()
    ]
