"""source/ -> one OpenAPI 3.0.3 document. The same sources always give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document import xmock
from mockserver.document.catalog import Catalog, catalog
from mockserver.document.components import components
from mockserver.document.crossrefs import broken_names
from mockserver.document.errors import DocumentError, did_you_mean
from mockserver.document.examples import add_examples
from mockserver.document.grammar import name_grammars
from mockserver.document.links import add_links
from mockserver.document.media_examples import add_media_examples
from mockserver.document.operations import entity_operations, file_operations
from mockserver.document.references import dangling
from mockserver.document.sources import Sources, read
from mockserver.document.writing import write_json, write_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Document = dict[str, Any]


def bundle(source_dir: Path, *, draft: bool = False) -> Document:
    """The OpenAPI document of a source folder.

    Raises DocumentError for the first thing that is wrong. With `draft`, files that break the vocabulary are
    taken as they are, and components that are named but not written become open objects, so that an
    unfinished set of sources can be looked at.
    """
    sources = read(source_dir)
    if not draft:
        check_sources(sources)
    names = catalog(sources)
    document = {key: value for key, value in sources.openapi.items() if key != "components"}
    document["paths"] = dict(_paths(sources, names))
    check_throttles(sources, document["paths"])
    document["components"] = components(sources, names, document["paths"])
    missing = dangling(document)
    if missing and not draft:
        place, reference = missing[0]
        others = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        raise DocumentError(
            place, f"a reference to `{reference}`{others}", "a component that exists", "write it or mend the name"
        )
    for _, reference in missing:
        _, _, part, name = reference.split("/", 3)
        document["components"].setdefault(part, {})[name] = {"type": "object", "description": "Not written yet."}
    name_grammars(document, sources.shared.get("grammars", {}))
    add_links(document)
    add_examples(document)
    add_media_examples(document, sources.shared.get("files", {}))
    return document


def write(source_dir: Path, out_dir: Path, *, draft: bool = False) -> Document:
    """Bundles and writes openapi.yaml (to read) and openapi.json (to load) into `out_dir`."""
    document = bundle(source_dir, draft=draft)
    write_yaml(document, out_dir / "openapi.yaml")
    write_json(document, out_dir / "openapi.json")
    return document


def check_sources(sources: Sources) -> None:
    """Every file against the vocabulary, and file names against the names inside."""
    schema_file = xmock.vocabulary(sources.folder)
    for where, definition, content in _files(sources):
        xmock.check(content, definition, where, schema_file)
    for stem, entity in sources.entities.items():
        if entity["entity"] != stem:
            raise DocumentError(
                f"entities/{stem}.yaml: entity",
                f"`{entity['entity']}`",
                f"`{stem}`, as the file is called",
                "rename one of the two",
            )
    for problem in broken_names(sources):
        raise problem


def check_throttles(sources: Sources, paths: dict[str, Any]) -> None:
    """Raise DocumentError for a limit of calls whose operation does not exist."""
    known = [f"{method} {path}" for path, item in paths.items() for method in item]
    for name in sources.shared.get("throttles", {}):
        if name not in known:
            raise DocumentError(
                f"shared/throttles.yaml: {name}",
                "no such operation",
                "method and path of one",
                did_you_mean(name, known),
            )


def source_problems(sources: Sources) -> list[str]:
    """All that `check_sources` would stumble over, one sentence each."""
    schema_file = xmock.vocabulary(sources.folder)
    told = [
        problem
        for where, definition, content in _files(sources)
        for problem in xmock.problems(content, definition, where, schema_file)
    ]
    return told or [str(problem) for problem in broken_names(sources)]


def _files(sources: Sources) -> Iterator[tuple[str, str, Any]]:
    kinds = (
        ("entities", "entity_file", sources.entities),
        ("values", "value_file", sources.values),
        ("paths", "paths_file", sources.paths),
    )
    for folder, definition, files in kinds:
        for stem, content in files.items():
            yield f"{folder}/{stem}.yaml", definition, content


def _paths(sources: Sources, names: Catalog) -> Iterator[tuple[str, Any]]:
    """Path items in the order of the tags, then of the files."""
    order = [tag["name"] for tag in sources.openapi.get("tags", [])]
    collected: dict[str, dict[str, Any]] = {}
    operations = [found for entity in sources.entities.values() for found in entity_operations(entity, names)]
    operations += [found for stem, content in sources.paths.items() for found in file_operations(stem, content, names)]
    operations.sort(key=lambda found: order.index(found[2]["tags"][0]) if found[2]["tags"][0] in order else len(order))
    for path, method, operation in operations:
        item = collected.setdefault(path, {})
        if method in item:
            both = f"{item[method]['operationId']} and {operation['operationId']}"
            raise DocumentError(f"{method} {path}", both, "one operation", "remove one of the two")
        item[method] = operation
    yield from collected.items()
