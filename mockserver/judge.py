"""The second, independent judge of strict mode: openapi-core reads the same document with its own code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.errors import ContractBreach

if TYPE_CHECKING:
    from mockserver.answer import Reply
    from mockserver.document.model import Document
    from mockserver.request import Request


class Judge:
    """Validates finished answers with openapi-core; costs some milliseconds each."""

    def __init__(self, document: Document) -> None:
        from openapi_core import Config, OpenAPI
        from openapi_core.testing import MockRequest, MockResponse

        self._openapi = OpenAPI.from_dict(document.raw, config=Config(spec_validator_cls=None))
        self._request: Any = MockRequest
        self._response: Any = MockResponse

    def check(self, request: Request, reply: Reply, headers: dict[str, str]) -> None:
        """Raise ContractBreach when openapi-core finds the answer at odds with the document.

        An empty answer of an operation that may also answer a record can't be told to openapi-core, and XML it reads
        as a tree where the document, as OpenAPI has it, says text: both are left to our own verifier.
        """
        from openapi_core.exceptions import OpenAPIError

        kind = reply.type.partition(";")[0]
        if not reply.body or kind.endswith("xml"):
            return
        asked = self._request(
            "http://localhost",
            request.method,
            request.path,
            path_pattern=request.operation.path,
            view_args=dict(request.parameters),
            args=dict(request.query),
        )
        answered = self._response(reply.body, reply.status, {**headers, **reply.headers}, kind)
        try:
            self._openapi.validate_response(asked, answered)
        except OpenAPIError as error:
            reason = error.__cause__ or error
            details = (
                "; ".join(str(each.message)[:160] for each in getattr(reason, "schema_errors", ())) or str(reason)[:300]
            )
            raise ContractBreach(request.operation.id, reply.status, f"openapi-core: {details}") from error
