"""What a person should mend in a document before it is published, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document import xmock
from mockserver.document.errors import DocumentError
from mockserver.document.operations import METHODS
from mockserver.document.references import dangling, unused
from mockserver.document.schemas import Schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Document = dict[str, Any]


def lint(document: Document, source_dir: Path) -> list[str]:
    """Problems of a bundled document, in a fixed order; empty when there are none."""
    problems = [
        f"{place}: got a reference to {reference}, wanted a component that exists; mend the name"
        for place, reference in dangling(document)
    ]
    if problems:  # the validators below stumble over those
        return problems
    problems = _valid_openapi(document)
    problems += [
        f"{place}: got a component that nothing refers to, wanted a use; remove it"
        for place in unused(document)
        if not _is_entity(document, place)
    ]
    for check in CHECKS:
        problems += check(document)
    return problems + _facts(document, xmock.vocabulary(source_dir))


def operations(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """('get /path', operation) of all operations."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield f"{method} {path}", operation


def _valid_openapi(document: Document) -> list[str]:
    try:
        from openapi_spec_validator import OpenAPIV30SpecValidator  # 0.3 s to import, only wanted here
    except ImportError as error:
        raise DocumentError(
            "lint", "no openapi-spec-validator", "the test extra", "pip install 'mockserver[test]'"
        ) from error

    return [
        f"openapi: {'/'.join(str(step) for step in error.absolute_path)}: {error.message[:200]}"
        for error in OpenAPIV30SpecValidator(document).iter_errors()
    ]


def _is_entity(document: Document, place: str) -> bool:
    """Entities stay even unreferenced: the engine reads their facts."""
    part, _, name = place.removeprefix("#/components/").partition("/")
    return part == "schemas" and "x-mock" in document["components"][part][name]


def _operation_ids(document: Document) -> list[str]:
    seen: dict[str, str] = {}
    problems = []
    for place, operation in operations(document):
        name = operation.get("operationId", "")
        if not name:
            problems.append(f"{place}: got no operationId, wanted one; add it")
        elif name in seen:
            problems.append(
                f"{place}: got the operationId `{name}` of {seen[name]}, wanted a unique one; rename one of the two"
            )
        seen[name] = place
    return problems


def _texts(document: Document) -> list[str]:
    return [
        f"{place}: got no {key}, wanted a sentence; add `{key}:`"
        for place, operation in operations(document)
        for key in ("summary", "description")
        if not operation.get(key)
    ]


def _tags(document: Document) -> list[str]:
    declared = {tag["name"] for tag in document.get("tags", [])}
    used = {tag for _, operation in operations(document) for tag in operation.get("tags", [])}
    problems = [
        f"{place}: got the tag `{tag}`, wanted one of openapi.yaml; declare it there with a description"
        for place, operation in operations(document)
        for tag in operation.get("tags", [])
        if tag not in declared
    ]
    problems += [f"tags: got `{tag}` without operations, wanted a use; remove it" for tag in sorted(declared - used)]
    return problems + [
        f"tags: got `{tag['name']}` without a description, wanted one; add it"
        for tag in document.get("tags", [])
        if not tag.get("description")
    ]


def _descriptions(document: Document) -> list[str]:
    """Properties, parameters and components that nobody described."""
    components = document.get("components", {})
    problems = [
        f"components/schemas/{name}/properties/{key}: got no description, wanted a sentence; add `about:`"
        for name, schema in components.get("schemas", {}).items()
        for key, each in schema.get("properties", {}).items()
        if "x-mock" in schema and "description" not in each and "$ref" not in each
    ]
    return problems + [
        f"{place}: got the parameter `{each['name']}` without a description, wanted one; add it"
        for place, operation in operations(document)
        for each in operation.get("parameters", [])
        if "$ref" not in each and not each.get("description")
    ]


def _examples(document: Document) -> list[str]:
    """Every example must fit the schema that it stands beside."""
    schemas = Schemas(document.get("components", {}).get("schemas", {}))
    problems = []
    for place, schema, example in _with_example(document, "#"):
        error = next(iter(schemas.compile(schema).iter_errors(example)), None)
        if error is not None:
            at = ".".join(str(step) for step in error.instance_path)
            got = f"an example that breaks its schema{f' at {at}' if at else ''} ({error.message[:160]})"
            problems.append(f"{place}: got {got}, wanted one that fits; mend it")
    return problems


def _with_example(node: Any, place: str) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """(place, schema, example) of schemas, parameters, headers and media types."""
    if isinstance(node, list):
        for index, each in enumerate(node):
            yield from _with_example(each, f"{place}/{index}")
    if not isinstance(node, dict):
        return
    if "example" in node and not isinstance(node.get("properties", {}).get("example"), bool):
        yield place, node.get("schema", node), node["example"]
    for key, each in node.items():
        if key == "properties" and isinstance(each, dict):
            for name, schema in each.items():
                yield from _with_example(schema, f"{place}/properties/{name}")
        elif key not in ("example", "x-mock", "enum"):
            yield from _with_example(each, f"{place}/{key}")


def _facts(document: Document, schema_file: Path) -> list[str]:
    problems = []
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        if "x-mock" in schema:
            definition = "component" if "entity" in schema["x-mock"] else "value_component"
            problems += xmock.problems(schema["x-mock"], definition, f"components/schemas/{name}/x-mock", schema_file)
    for place, operation in operations(document):
        if "x-mock" not in operation:
            problems.append(f"{place}: got no x-mock, wanted one; name the behaviour")
            continue
        problems += xmock.problems(operation["x-mock"], "operation", f"{place}: x-mock", schema_file)
    return problems


CHECKS: tuple[Callable[[Document], list[str]], ...] = (_operation_ids, _texts, _tags, _descriptions, _examples)
