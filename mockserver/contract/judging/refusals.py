"""The shape of errors by their status, as the service has it (R-AUTH-1, R-AUTH-10, R-AUTH-11, R-AUTH-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.wire.reply import Reply

TELLING = frozenset({"message", "errors", "error", "exception", "status"})
"""Members of which bodies of errors are made."""


def shape_problem(operation: Operation, reply: Reply, *, plain: bool = False) -> str:
    """What is wrong with how an answer tells an error, or tells none; nothing when all is well.

    A plain refusal has a message: those that come before the operation itself has a say all look alike.
    """
    if reply.media != "application/json":
        return f"a refusal of type {reply.media or '(none)'}, wanted JSON" if reply.status >= 400 else ""
    try:
        body = reply.json()
    except ValueError as error:
        return f"the body is not JSON: {error}"
    if reply.ok:
        return error_in_success(body)
    if reply.status < 400:
        return ""
    if plain and not (isinstance(body, dict) and isinstance(body.get("message"), str) and body["message"].strip()):
        return f"the {reply.status} has no message: {str(body)[:200]}"
    return error_problem(operation, reply.status, body)


def error_in_success(body: Any) -> str:
    """Whether the body of a success is one of an error."""
    if isinstance(body, dict) and body.keys() <= TELLING and (body.get("errors") or body.get("exception")):
        return f"a success tells errors: {str(body)[:200]}"
    return ""


def error_problem(operation: Operation, status: int, body: Any) -> str:
    """What is wrong with the body of an error. Some answer a bare text or list, which their documents say."""
    if not isinstance(body, dict):
        return ""
    told = body.get("message") or body.get("error")
    if not told and "errors" not in body and operation.response(status) is None:
        return f"the {status} has no message: {str(body)[:200]}"
    if "message" in body and not (isinstance(body["message"], str) and body["message"].strip()):
        return f"the message of the {status} is {body['message']!r}, wanted a text"
    errors = body.get("errors")
    if status == 422 and errors is not None:
        return fields_problem(errors)
    return ""


def fields_problem(errors: Any) -> str:
    """What is wrong with the texts by field of a 422."""
    if not isinstance(errors, dict) or not errors:
        return f"errors of the 422 are {str(errors)[:100]}, wanted texts by field"
    for name, texts in errors.items():
        if not (isinstance(texts, list) and texts and all(isinstance(each, str) and each.strip() for each in texts)):
            return f"errors of {name!r} are {str(texts)[:100]}, wanted a list of texts"
    return ""
