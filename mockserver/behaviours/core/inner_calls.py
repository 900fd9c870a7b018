"""Calls that a behaviour makes itself: a record stored by a job goes the way of one that is posted to the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Item
from mockserver.behaviours.core.registry import OPERATIONS
from mockserver.behaviours.core.validation import invalid
from mockserver.coerce import BodyPlan
from mockserver.document.schemas import Schemas
from mockserver.payload import trim
from mockserver.request import Request

if TYPE_CHECKING:
    from mockserver.document.model import Operation
    from mockserver.draft import Draft
    from mockserver.store.table import Record


class InnerCalls:
    """Creates and updates records for the caller of a request, one standard operation a record."""

    def __init__(self, draft: Draft, request: Request) -> None:
        self.draft = draft
        self._request = request
        self._schemas = Schemas(draft.document.schemas)
        self._plans: dict[str, BodyPlan] = {}
        self._operations: dict[tuple[str, str], Operation] = {}
        self._count = 0

    def create(self, name: str, body: dict[str, Any], **query: str) -> str:
        """Store a record; gives its id. Raises Refused, with nothing of it kept, as the API does."""
        return self._run(self._operation(name, "POST"), body, query)

    def update(self, name: str, hashed: str, body: dict[str, Any]) -> str:
        """Change a stored record; gives its id. Raises Refused, with nothing of it kept, as the API does."""
        record = self.draft.record(name, hashed)
        return self._run(self._operation(name, "PUT"), body, {}, record)

    def _operation(self, name: str, method: str) -> Operation:
        key = name, method
        if key not in self._operations:
            path = f"/api/v1/{self.draft.entity(name).resource}{'/{id}' if method == 'PUT' else ''}"
            operations = self.draft.document.operations.values()
            self._operations[key] = next(each for each in operations if (each.path, each.method) == (path, method))
        return self._operations[key]

    def _run(
        self, operation: Operation, body: dict[str, Any], query: dict[str, str], record: Record | None = None
    ) -> str:
        plan = self._plans.get(operation.request)
        if plan is None:
            plan = BodyPlan(operation.request, self._schemas, self.draft.document.schemas)
            self._plans[operation.request] = plan
        self._count += 1
        cast, errors, diagnoses = plan.read(trim(body, 0))
        call = Request(
            operation=operation,
            method=operation.method,
            path=operation.path,
            parameters={"id": record.data["id"]} if record is not None else {},
            query=query,
            headers={},
            body=cast,
            caller=self._request.caller,
            errors=errors,
            diagnoses=diagnoses,
            record=record,
            remote=f"{self._request.remote} {self._count}",  # rows that are alike are no repeats of one call
            prefix=self._request.prefix,
        )
        with self.draft.attempt():
            if errors and operation.behaviour not in ("create", "update"):
                raise invalid(errors, diagnoses)
            answer = OPERATIONS[operation.behaviour](self.draft, call)
        assert isinstance(answer, Item)
        return answer.id
