"""Calls that other services make, answered as by an installation that none of them is connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import File
from mockserver.behaviours.crud import message
from mockserver.behaviours.registry import operation
from mockserver.errors import Diagnosis, Refused
from mockserver.headers import API_VERSION

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request


@operation("hook_taken")
def taken(draft: Draft, request: Request) -> Answer:
    """An event that is taken without a look at who sent it; nothing comes of it."""
    return message("Success")


@operation("hook_refused")
def refused(draft: Draft, request: Request) -> Answer:
    """An event that must prove where it comes from; without a connected mail service nothing can."""
    diagnosis = Diagnosis("operation", "not connected", request.operation.id, "a mail service that shares a secret")
    raise Refused("forbidden", "Unauthorized", diagnoses=(diagnosis,))


@operation("newest_version")
def newest_version(draft: Draft, request: Request) -> Answer:
    """The newest version is the one that runs: nobody outside is asked."""
    return File(API_VERSION.encode(), "text/html; charset=UTF-8")
