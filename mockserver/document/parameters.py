"""Query parameters of an entity's operations, made from its facts.

Their schemas are plain text: the service ignores what it can't read, so a stricter schema would call accepted
requests invalid. What means something is told by `x-grammar`.
"""

from __future__ import annotations

from typing import Any

from mockserver.document.errors import DocumentError, did_you_mean
from mockserver.document.grammar import KEY, comma_list, sort_order
from mockserver.document.render import render

Entity = dict[str, Any]
Parameter = dict[str, Any]


def list_parameters(
    entity: Entity, templates: dict[str, Any], shared: dict[str, Any], words: dict[str, Any]
) -> list[Parameter]:
    """Search, sort, base filters and own filters of the entity's list, in that order."""
    facts, where = entity["facts"], f"entities/{entity['entity']}.yaml: facts"
    own = facts.get("filters", {})
    by_name = {each["name"]: name for name, each in shared.items()}
    result: list[Parameter] = []
    if "search" in facts:
        result.append(_search(facts["search"], words))
    if facts.get("sorts", {}).get("only") != []:  # an empty list: nothing sorts, so there is no such parameter
        result.append(_sort(entity, words))
    for name in facts.get("base_filters", []):
        if name in own:
            continue
        if name not in by_name:
            raise DocumentError(
                f"{where}.base_filters",
                f"`{name}`",
                "a parameter of shared/parameters.yaml",
                did_you_mean(name, by_name),
            )
        result.append({"$ref": f"#/components/parameters/{by_name[name]}"})
    result += [_filter(name, each, templates, words, f"{where}.filters.{name}") for name, each in own.items()]
    return result


def include_parameter(entity: Entity) -> Parameter | None:
    """Reference to the entity's include parameter; None when there is nothing to include."""
    return {"$ref": f"#/components/parameters/{entity['schema']}Include"} if entity.get("includes") else None


def include_component(entity: Entity) -> dict[str, Parameter]:
    """The include parameter as a component: its description lists what can be nested."""
    includes = {name: each for name, each in entity.get("includes", {}).items() if not each.get("inner")}
    if not includes:
        return {}
    on_request = [name for name, each in includes.items() if not each.get("always")]
    always = [name for name, each in includes.items() if each.get("always")]
    parts = ["Related records to nest, as a comma list; dots go deeper."]
    if on_request:
        parts.append(f"Known: {_code(on_request)}.")
    if always:
        parts.append(f"Always present: {_code(always)}.")
    grammar = comma_list(on_request + always, deeper=True)
    return {f"{entity['schema']}Include": _text("include", " ".join(parts), (on_request or always)[0], grammar)}


def trigger_parameters(entity: Entity, texts: dict[str, Any]) -> list[Parameter]:
    """Query flags that run an action after a create or an update."""
    return [
        _text(name, str(texts.get(name, f"Runs `{action}` once the {entity['label'][0]} is saved.")), "true", "flag")
        for name, action in entity["facts"].get("triggers", {}).items()
    ]


def action_parameters(entity: Entity) -> Parameter:
    """The path parameter of GET /resource/{id}/{action}."""
    actions = list(entity["facts"].get("actions", {}))
    schema = {"type": "string", "enum": actions}
    return {
        "name": "action",
        "in": "path",
        "required": True,
        "description": "What to do. Any other word is refused with 400.",
        "schema": schema,
    }


def _search(search: dict[str, Any], words: dict[str, Any]) -> Parameter:
    how = "Every word of the text must occur" if search.get("mode") == "words" else "The text must occur"
    about = f"Free search among {words['plural']}, without regard to case. {how} in one of: {_code(search['fields'])}."
    return _text("filter", about, "harbour", "text")


def _sort(entity: Entity, words: dict[str, Any]) -> Parameter:
    sorts = entity["facts"].get("sorts", {})
    only = sorts.get("only")
    scalar = only or [name for name, each in entity["fields"].items() if each["is"] not in ("object", "list", "any")]
    special = [name for name in sorts.get("special", {}) if name not in scalar]
    first = next(
        (name for name in ("number", "name", "created_at", "id") if name in scalar), scalar[0] if scalar else "id"
    )
    strict = (
        "A direction other than `asc` or `desc` is ignored."
        if sorts.get("direction") == "strict"
        else "Any direction but `asc` sorts downwards."
    )
    known = (
        f"Fields: {_code(scalar + special)}."
        if only
        else f"Any plain field of {words['a_singular']} works{f', and also {_code(special)}' if special else ''}."
    )
    about = f"Order of the rows as `field|direction`. {known} {strict} Anything else is ignored."
    return _text("sort", about, f"{first}|desc", sort_order(scalar + special))


def _filter(name: str, fact: dict[str, Any], templates: dict[str, Any], words: dict[str, Any], where: str) -> Parameter:
    template = templates.get(fact["match"], {})
    if "about" not in template and "about" not in fact:
        raise DocumentError(
            f"{where}.about",
            "nothing",
            f"a description, as shared/filters.yaml has none for `{fact['match']}`",
            "add `about:` and `example:`",
        )
    choices = [*fact.get("words", {}), *fact.get("and", {})]
    context = {**words, "name": name, "field": fact.get("field", name), "words": _code(choices)}
    about = str(fact.get("about") or render(template["about"], context, where)).strip()
    example = fact.get("example", choices[0] if choices else template.get("example", "true"))
    own = {"enum": [str(fact["value"])]} if "value" in fact else None
    grammar = fact.get("grammar") or own or (comma_list(choices) if choices else template.get("grammar", "text"))
    return _text(name, about, str(example), grammar)


def _text(name: str, about: str, example: str, grammar: dict[str, Any] | str) -> Parameter:
    parts = {"name": name, "in": "query", "description": about, "schema": {"type": "string"}}
    return {**parts, KEY: grammar, "example": example}


def _code(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
