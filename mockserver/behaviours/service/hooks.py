"""Calls that other services make, answered as by an installation that none of them is connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import File
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.records.crud import message
from mockserver.errors import Diagnosis, Refused
from mockserver.headers import API_VERSION

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request

CONFIRMATION = "SubscriptionConfirmation"
SIGNED = ("MessageId", "TopicArn", "Message", "Timestamp", "SigningCertURL", "Signature")
SNS_MESSAGES = {
    CONFIRMATION: ("TopicArn", "Token", "SubscribeURL"),
    "Notification": SIGNED,
    "UnsubscribeConfirmation": SIGNED,
}
"""Kind of message -> members that it must have."""


@operation("hook_taken")
def taken(draft: Draft, request: Request) -> Answer:
    """An event that is taken without a look at who sent it; nothing comes of it."""
    return message("Success")


@operation("hook_refused")
def refused(draft: Draft, request: Request) -> Answer:
    """An event that must prove where it comes from; without a connected mail service nothing can."""
    diagnosis = Diagnosis("operation", "not connected", request.operation.id, "a mail service that shares a secret")
    raise Refused("forbidden", "Unauthorized", diagnoses=(diagnosis,))


@operation("sns_webhook")
def from_amazon(draft: Draft, request: Request) -> Answer:
    """A message of Amazon SNS: nobody can be asked whether its signature is right, nor told that it arrived."""
    kind = str(request.body.get("Type"))
    if kind not in SNS_MESSAGES:
        diagnosis = Diagnosis("/Type", "sns", kind, f"one of {', '.join(SNS_MESSAGES)}")
        raise Refused("bad_request", body={"error": "Unknown message type"}, diagnoses=(diagnosis,))
    missing = [name for name in SNS_MESSAGES[kind] if not request.body.get(name)]
    if missing:
        diagnosis = Diagnosis(f"/{missing[0]}", "sns", None, f"a {kind} with {', '.join(SNS_MESSAGES[kind])}")
        raise Refused("bad_request", body={"error": f"Missing {missing[0]}"}, diagnoses=(diagnosis,))
    if kind == CONFIRMATION:
        diagnosis = Diagnosis("/SubscribeURL", "not connected", request.body["SubscribeURL"], "an address at Amazon")
        raise Refused("bad_request", body={"error": "Failed to confirm subscription"}, diagnoses=(diagnosis,))
    diagnosis = Diagnosis("/Signature", "not connected", None, "a signature that a certificate of Amazon confirms")
    raise Refused("credentials", body={"error": "Invalid signature"}, diagnoses=(diagnosis,))


@operation("newest_version")
def newest_version(draft: Draft, request: Request) -> Answer:
    """The newest version is the one that runs: nobody outside is asked."""
    return File(API_VERSION.encode(), "text/html; charset=UTF-8")
