"""Ping, health, last error and the static lists (R-EP-41..43)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import Plain
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.registry import operation
from mockserver.errors import Diagnosis, Refused
from mockserver.headers import API_VERSION

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request

EXTENSIONS = ("mysqli", "gd", "curl", "zip", "gmp", "openssl", "mbstring", "xml", "bcmath")


@operation("ping")
def ping(draft: Draft, request: Request) -> Answer:
    """Names of the company and the user of the token."""
    user = caller_of(draft).user.data
    name = f"{user['first_name']} {user['last_name']}".strip()
    return Plain({"company_name": str(draft.company["settings"].get("name", "")), "user_name": name})


@operation("health_check")
def health_check(draft: Draft, request: Request) -> Answer:
    """What a healthy own installation answers."""
    php = {
        "minimum_php_version": "8.1.0",
        "current_php_version": "8.3.12",
        "current_php_cli_version": "8.3.12",
        "is_okay": True,
        "memory_limit": "512M",
    }
    return Plain(
        {
            "system_health": True,
            "extensions": [{name: True} for name in EXTENSIONS],
            "php_version": php,
            "env_writable": True,
            "simple_db_check": True,
            "cache_enabled": False,
            "phantom_enabled": False,
            "exec": True,
            "open_basedir": False,
            "mail_mailer": "log",
            "flutter_renderer": "selfhosted-html",
            "jobs_pending": 0,
            "pdf_engine": "SnapPDF PDF Generator",
            "queue": "sync",
            "queue_data": {"failed": 0, "pending": 0, "last_error": ""},
            "trailing_slash": False,
            "file_permissions": "Ok",
            "exchange_rate_api_not_configured": True,
            "api_version": API_VERSION,
            "is_docker": False,
            "pending_migrations": False,
        }
    )


@operation("last_error")
def last_error(draft: Draft, request: Request) -> Answer:
    """There is no error log to read from; it is not for everybody, and here that is a 403 (R-EP-42)."""
    if not caller_of(draft).admin:
        diagnosis = Diagnosis("header X-API-TOKEN", "R-EP-42", None, "a token of an admin")
        raise Refused("forbidden", "This action is unauthorized.", diagnoses=(diagnosis,))
    return Plain({"last_error": ""})


@operation("statics")
def statics(draft: Draft, request: Request) -> Answer:
    """All static lists, without an envelope."""
    return Plain(draft.document.statics.payload, pretty=True)
