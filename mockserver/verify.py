"""The last stage: what goes out is what the document says, or it does not go out.

Records are checked when they are encoded (`render`); this module checks whole bodies of the other answers, by
compiled validators per operation and status. In strict mode openapi-core judges every exchange as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from mockserver.errors import ContractBreach

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.answer import Reply
    from mockserver.document.model import Document, Operation
    from mockserver.document.schemas import Schemas


KEPT = 10_000
"""Plans that are kept: far more than a document has operations, statuses and media types."""


class Verifier:
    """Response schemas, looked up when the first response comes by, and validators of those that judge a whole body."""

    def __init__(self, document: Document, schemas: Schemas) -> None:
        self._document = document
        self._schemas = schemas
        self._plans: dict[tuple[str, int, str], Mapping[str, Any] | None] = {}
        self._validators: dict[tuple[str, int, str], Any] = {}

    def _response(self, operation: Operation, status: int) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = operation.raw["responses"].get(str(status))
        return None if found is None else self._document.resolved(found)

    def _plan(self, operation: Operation, reply: Reply) -> Mapping[str, Any] | None:
        """Schema of a body, None when it is empty or its media type has no schema.

        Raises ContractBreach when the status or the media type is not documented.
        """
        status = reply.status
        response = self._response(operation, status)
        if response is None:
            wanted = f"status is not documented, wanted one of {', '.join(operation.raw['responses'])}"
            raise ContractBreach(operation.id, status, wanted)
        if not reply.body:
            return None
        kind = reply.type.partition(";")[0].strip()
        content: Mapping[str, Any] = response.get("content") or {}
        media = content.get(kind) or content.get(f"{kind.partition('/')[0]}/*") or content.get("*/*")
        if content and media is None:
            wanted = f"content type {kind} is not documented, wanted {', '.join(content)}"
            raise ContractBreach(operation.id, status, wanted)
        schema: Mapping[str, Any] | None = (media or {}).get("schema")
        return schema if kind.endswith("json") else None

    def check(self, operation: Operation, reply: Reply, *, body: bool) -> None:
        """Raise ContractBreach when status, media type or, with `body`, the body is not documented."""
        key = (operation.id, reply.status, reply.type if reply.body else "")
        if key in self._plans:
            schema = self._plans[key]
        else:
            schema = self._plan(operation, reply)
            if len(self._plans) < KEPT:  # files have types of their own, as many as there are
                self._plans[key] = schema
        if body and schema is not None:
            validator = self._validators.get(key)
            if validator is None:  # a list would need one as large as the document, but its records were checked
                validator = self._validators[key] = self._schemas.compile(schema)
            value = orjson.loads(reply.body)
            if not validator.is_valid(value):
                error = next(iter(validator.iter_errors(value)))
                raise ContractBreach(
                    operation.id, reply.status, f"/{'/'.join(map(str, error.instance_path))}: {error.message[:200]}"
                )
