"""The placeholders that templates may use, worked out for one entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document.entity_schema import request_names
from mockserver.document.parameters import action_parameters, include_parameter, list_parameters, trigger_parameters

if TYPE_CHECKING:
    from mockserver.document.sources import Sources

Entity = dict[str, Any]


def context(entity: Entity, sources: Sources) -> dict[str, Any]:
    """Placeholder -> value: words for sentences, names for ids and references, lists of parameters."""
    singular, plural = entity["label"]
    create, update = request_names(entity)
    facts = entity["facts"]
    words: dict[str, Any] = {
        "entity": entity["entity"],
        "schema": entity["schema"],
        "schemas": pascal(entity["resource"]),
        "resource": entity["resource"],
        "tag": entity.get("tag", ""),
        "singular": singular,
        "plural": plural,
        "a_singular": f"{'an' if singular[0] in 'aeio' else 'a'} {singular}",
        "Singular": singular[0].upper() + singular[1:],
        "Plural": plural[0].upper() + plural[1:],
        "create_request": create,
        "update_request": update,
        "create_body": create.removesuffix("Request"),
        "update_body": update.removesuffix("Request"),
        "delete_effect": _DELETE_EFFECTS[facts.get("delete", "mark")].format(singular=singular),
    }
    parameters = sources.shared.get("parameters", {})
    return {
        **words,
        "include": include_parameter(entity),
        "list_parameters": list_parameters(entity, sources.shared.get("filters", {}), parameters, words),
        "triggers": trigger_parameters(entity, sources.shared.get("triggers", {})),
        "action": action_parameters(entity),
    }


_DELETE_EFFECTS = {
    "mark": "The {singular} is marked as deleted and archived; it stays readable and can be restored.",
    "archive": "The {singular} is archived only: `is_deleted` stays false. The bulk action `delete` marks it deleted.",
    "remove": "The {singular} is removed for good.",
}


def pascal(name: str) -> str:
    """RecurringInvoices for recurring_invoices."""
    return "".join(word.capitalize() for word in name.split("_"))
