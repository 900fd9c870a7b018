"""What a person should mend in a document before it is published, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document import lint_examples, lint_operations, lint_schemas, xmock
from mockserver.document.errors import DocumentError
from mockserver.document.lint_operations import operations
from mockserver.document.references import dangling, unused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Document = dict[str, Any]
CHECKS: tuple[Callable[[Document], list[str]], ...] = (
    *lint_operations.CHECKS,
    *lint_schemas.CHECKS,
    *lint_examples.CHECKS,
)


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
