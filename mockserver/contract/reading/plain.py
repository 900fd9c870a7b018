"""Documents that carry no facts of ours: their schemas, parameters and bodies in the one form that contracts read.

OpenAPI 3.0 and 3.1 have many ways to say a thing; contracts look at one: all properties together, one type, one
example.
Answers are judged by what stands in the document, not by this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.contract.reading.samples import samples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.contract.reading.spec import Spec

    Schema = Mapping[str, Any]

FILE = "%PDF-1.4 proof"
"""Content of files that are made up."""


def is_json(media: str) -> bool:
    """Whether a media type is JSON: `application/json`, or one such as `application/problem+json`."""
    kind = media.partition(";")[0].strip().lower()
    return kind in ("application/json", "text/json") or (kind.startswith("application/") and kind.endswith("+json"))


def flat(spec: Spec, node: Any, *, sent: bool = True) -> Schema:
    """A schema with all of its parts beside each other; `sent` leaves out what only answers hold."""
    node = spec.target(node)
    if not isinstance(node, dict):
        return {}  # true and false are schemas of 3.1
    made = dict(node)
    for part in made.pop("allOf", ()):
        made = joined(made, flat(spec, part, sent=sent))
    for word in ("anyOf", "oneOf"):
        others = [each for each in made.get(word, ()) if spec.target(each) != {"type": "null"}]
        if len(others) == 1:
            made = {**flat(spec, others[0], sent=sent), **{name: each for name, each in made.items() if name != word}}
    if isinstance(made.get("type"), list):
        kinds = [kind for kind in made.pop("type") if kind != "null"]
        made |= {"type": kinds[0]} if len(kinds) == 1 else {"anyOf": [{"type": kind} for kind in kinds]}
    if "const" in made:
        made["enum"] = [made["const"]]
    if isinstance(made.get("examples"), list) and made["examples"]:
        made.setdefault("example", made["examples"][0])
    if "properties" in made:
        made.setdefault("type", "object")
    return unread(spec, made) if sent and "properties" in made else made


def joined(first: dict[str, Any], second: Schema) -> dict[str, Any]:
    """Two parts of a schema as one."""
    made = {**second, **first}
    if "properties" in first and "properties" in second:
        made["properties"] = {**second["properties"], **first["properties"]}
    if "required" in first and "required" in second:
        made["required"] = list(dict.fromkeys([*second["required"], *first["required"]]))
    return made


def unread(spec: Spec, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object without the members that are only read."""
    kept = {name: each for name, each in schema["properties"].items() if not marked(spec, each, "readOnly")}
    return {
        **schema,
        "properties": kept,
        "required": [name for name in schema.get("required", ()) if name in kept or name not in schema["properties"]],
    }


def marked(spec: Spec, node: Any, word: str) -> bool:
    """Whether a member is marked, beside its reference or where that leads."""
    target = spec.target(node)
    return (isinstance(node, dict) and bool(node.get(word))) or (isinstance(target, dict) and bool(target.get(word)))


def example_in(spec: Spec, node: Schema) -> Any:
    """The example of a parameter or of a media type, wherever it stands; None when there is none."""
    if "example" in node:
        return node["example"]
    named = node.get("examples")
    if isinstance(named, dict):
        for each in named.values():
            found = spec.target(each)
            if isinstance(found, dict) and "value" in found:
                return found["value"]
    schema = flat(spec, node.get("schema", {}))
    return schema.get("example", schema.get("default"))


def parameter_of(spec: Spec, node: Any) -> dict[str, Any]:
    """A parameter whose schema is at hand, with an example where one is there or one is needed."""
    found = dict(spec.target(node))
    content: Schema = next(iter(found.get("content", {}).values()), {})
    schema = flat(spec, found.get("schema", content.get("schema", {})))
    example = example_in(spec, {**content, **found, "schema": schema})
    if example is None and (found.get("required") or found["in"] == "path"):
        example = next(iter(samples(spec, schema)), None)
    made = {**found, "schema": schema}
    made.pop("example", None)
    return made if example is None else {**made, "example": text_of(example)}


def text_of(value: Any) -> Any:
    """A value as it stands in a query or a path: truths as JSON writes them."""
    return str(value).lower() if isinstance(value, bool) else value


def body_of(spec: Spec, node: Any) -> dict[str, Any]:
    """A request body each media type of which has an example, made up from its schema where there is none."""
    found = dict(spec.target(node))
    content: dict[str, Any] = {}
    for media, told in found.get("content", {}).items():
        example = example_in(spec, told)
        content[media] = {**told, "example": built(spec, told.get("schema", {})) if example is None else example}
    return {**found, "content": content}


def built(spec: Spec, schema: Any, depth: int = 0) -> Any:
    """A plain value that fits a schema: the members that an object must have, and the first sample of anything else."""
    schema = flat(spec, schema)
    if "example" in schema:
        return schema["example"]
    if schema.get("type") == "object" and depth < DEEPEST:
        members = schema.get("properties", {})
        return {name: built(spec, members[name], depth + 1) for name in schema.get("required", ()) if name in members}
    if schema.get("format") == "binary" or "contentMediaType" in schema:
        return FILE
    return next(iter(samples(spec, schema)), {} if schema.get("type") == "object" else "example")


DEEPEST = 6
