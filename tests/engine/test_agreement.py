"""Facts and verbs agree, or the load stops."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.behaviours.core.agreement import check_agreement
from mockserver.document.load import rules_of
from mockserver.errors import StartError

if TYPE_CHECKING:
    from mockserver.app import Mock
    from mockserver.document.model import Document


def test_our_document_agrees(mock_app: Mock) -> None:
    check_agreement(mock_app.document)


def with_client(document: Document, **facts: Any) -> Document:
    """The document with other facts of clients."""
    client = replace(document.entities["client"], **facts)
    operations = {
        name: replace(each, entity=client) if each.entity is document.entities["client"] else each
        for name, each in document.operations.items()
    }
    return replace(document, entities={**document.entities, "client": client}, operations=operations)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"store": {"after_save": "client_svae"}}, "names the hook 'client_svae', which is not written"),
        ({"bulk": {"archive": "store_away"}}, "names the action 'store_away', which is not written"),
        (
            {"rules": {"create": rules_of({"vendor_id": [{"exists": "vendro"}]})}},
            "names the entity 'vendro', which is not written",
        ),
    ],
)
def test_a_verb_that_is_not_written_is_named(mock_app: Mock, facts: dict[str, Any], told: str) -> None:
    with pytest.raises(StartError, match=told):
        check_agreement(with_client(mock_app.document, **facts))


def test_a_verb_that_nothing_names_stops_the_load(mock_app: Mock) -> None:
    document = mock_app.document
    operations = {name: each for name, each in document.operations.items() if each.behaviour != "ping"}
    with pytest.raises(StartError, match="the operation 'ping' is written, but the document does not name it"):
        check_agreement(replace(document, operations=operations))


def test_an_operation_that_is_not_written_is_named(mock_app: Mock) -> None:
    document = mock_app.document
    operations = {**document.operations, "ping": replace(document.operations["ping"], behaviour="pnig")}
    with pytest.raises(StartError, match="names the operation 'pnig', which is not written"):
        check_agreement(replace(document, operations=operations))
