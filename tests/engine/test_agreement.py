"""Facts and verbs agree, or the load stops."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mockserver.behaviours.agreement import check_agreement
from mockserver.errors import StartError

if TYPE_CHECKING:
    from mockserver.app import Mock


def test_our_document_agrees(mock_app: Mock) -> None:
    check_agreement(mock_app.document)


def test_a_hook_that_is_not_written_is_named(mock_app: Mock) -> None:
    document = mock_app.document
    client = replace(document.entities["client"], store={"after_save": "client_svae"})
    operations = {
        name: replace(each, entity=client) if each.entity is document.entities["client"] else each
        for name, each in document.operations.items()
    }
    changed = replace(document, entities={**document.entities, "client": client}, operations=operations)
    with pytest.raises(StartError, match="names the hook 'client_svae', which is not written"):
        check_agreement(changed)


def test_a_verb_that_nothing_names_stops_the_load(mock_app: Mock) -> None:
    document = mock_app.document
    operations = {name: each for name, each in document.operations.items() if each.behaviour != "ping"}
    with pytest.raises(StartError, match="the operation 'ping' is written, but the document does not name it"):
        check_agreement(replace(document, operations=operations))


def test_an_action_that_is_not_written_is_named(mock_app: Mock) -> None:
    document = mock_app.document
    client = replace(document.entities["client"], bulk={"archive": "archvie"})
    operations = {
        name: replace(each, entity=client) if each.entity is document.entities["client"] else each
        for name, each in document.operations.items()
    }
    changed = replace(document, entities={**document.entities, "client": client}, operations=operations)
    with pytest.raises(StartError, match="names the action 'archvie', which is not written"):
        check_agreement(changed)


def test_an_operation_that_is_not_written_is_named(mock_app: Mock) -> None:
    document = mock_app.document
    operations = {**document.operations, "ping": replace(document.operations["ping"], behaviour="pnig")}
    with pytest.raises(StartError, match="names the operation 'pnig', which is not written"):
        check_agreement(replace(document, operations=operations))
