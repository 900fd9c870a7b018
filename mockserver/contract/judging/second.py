"""A second opinion on answers: openapi-core reads the same document with code of its own. Some milliseconds each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.wire.reply import Reply
UNREAD = ("xml", "+json", "csv")
"""Ends of media types whose content openapi-core leaves as bytes, or reads as something else than text."""


class SecondJudge:
    """Tells what openapi-core finds wrong with an answer."""

    def __init__(self, spec: Spec) -> None:
        from openapi_core import Config, OpenAPI
        from openapi_core.testing import MockRequest, MockResponse

        # where the server is stands in the options of the run
        raw = {**spec.raw, "servers": [{"url": "/"}]}
        self._openapi = OpenAPI.from_dict(raw, config=Config(spec_validator_cls=None))
        self._request: Any = MockRequest
        self._response: Any = MockResponse

    def problem(self, operation: Operation, path: dict[str, str], reply: Reply) -> str:
        """What is wrong, in words, or nothing.

        Left alone are empty answers, which it can't tell from those with a record, XML, which it reads as a tree
        where the document, as OpenAPI has it, says text, CSV, which it leaves as bytes, and JSON of vendors, which it
        does not read at all.
        """
        from openapi_core.exceptions import OpenAPIError

        if not reply.body or reply.media.endswith(UNREAD):
            return ""
        query = dict(parse_qsl(urlsplit(reply.request[1]).query, keep_blank_values=True))
        where = operation.path.format_map(path)
        asked = self._request(
            "http://localhost", operation.method, where, path_pattern=operation.path, view_args=path, args=query
        )
        answered = self._response(reply.body, reply.status, reply.headers, reply.media)
        try:
            self._openapi.validate_response(asked, answered)
        except OpenAPIError as error:
            reason = error.__cause__ or error
            faults = [str(each.message)[:160] for each in getattr(reason, "schema_errors", ())]
            return "; ".join(faults) or str(reason)[:300]
        return ""
