"""Checks source files and `x-mock` blocks against spec/x-mock.schema.json, and words what is wrong."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from mockserver.document.errors import DocumentError, did_you_mean, listed

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_NAME = "x-mock.schema.json"


def vocabulary(source: Path) -> Path:
    """The schema file that rules a source folder: the nearest one above it."""
    for folder in (source, *source.resolve().parents):
        if (folder / SCHEMA_NAME).is_file():
            return folder / SCHEMA_NAME
    raise DocumentError(
        str(source),
        f"no {SCHEMA_NAME} above it",
        "the vocabulary of facts",
        "put the file next to the document's folder",
    )


def check(content: Any, definition: str, where: str, schema_file: Path) -> None:
    """DocumentError when `content` breaks `$defs/definition`; the first break in file order is told."""
    problems = list(_validator(schema_file, definition).iter_errors(content))
    if problems:
        raise _told(min(problems, key=lambda problem: _depth_first(problem, content)), where, schema_file)


def problems(content: Any, definition: str, where: str, schema_file: Path) -> list[str]:
    """All breaks as sentences, for lint."""
    return [
        str(_told(problem, where, schema_file)) for problem in _validator(schema_file, definition).iter_errors(content)
    ]


@cache
def _schema(schema_file: Path) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_file.read_text(encoding="utf-8"))
    return schema


@cache
def _validator(schema_file: Path, definition: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**_schema(schema_file), "$ref": f"#/$defs/{definition}"})


def _depth_first(problem: jsonschema_rs.ValidationError, content: Any) -> tuple[int, ...]:
    """Sort key: the order in which a reader meets the place."""
    key: list[int] = []
    for step in problem.instance_path:
        key.append(list(content).index(step) if isinstance(content, dict) else int(step))
        content = content[step]
    return tuple(key)


def _told(problem: jsonschema_rs.ValidationError, where: str, schema_file: Path) -> DocumentError:
    path = ".".join(str(step) for step in problem.instance_path)
    place = f"{where}: {path}" if path else where
    kind = problem.kind
    unexpected = getattr(kind, "unexpected", None)
    if unexpected:
        known = _known_keys(problem, schema_file)
        return DocumentError(
            place, f"the unknown key `{unexpected[0]}`", "a key of the vocabulary", did_you_mean(unexpected[0], known)
        )
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        return DocumentError(place, f"no `{kind.property}`", "it to be there", f"add `{kind.property}:`")
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Enum):
        options = [str(option) for option in kind.options]
        return DocumentError(
            place,
            f"`{problem.instance}`",
            f"one of {listed(options, 20)}",
            did_you_mean(str(problem.instance), options),
        )
    return DocumentError(
        place,
        _short(problem.instance),
        _wanted(problem, schema_file),
        f"see {SCHEMA_NAME}, {'/'.join(str(step) for step in problem.schema_path)}",
    )


def _known_keys(problem: jsonschema_rs.ValidationError, schema_file: Path) -> list[str]:
    """Property names that the closed object allows, followed through $ref."""
    schema = _schema(schema_file)
    node = _at(problem.schema_path[:-1], schema_file)
    known: list[str] = []
    while isinstance(node, dict):
        known += node.get("properties", {})
        reference = node.get("$ref", "")
        if not reference.startswith("#/$defs/"):
            break
        node = schema["$defs"][reference.removeprefix("#/$defs/")]
    return known


def _wanted(problem: jsonschema_rs.ValidationError, schema_file: Path) -> str:
    """`type: boolean` and the like: the keyword of the vocabulary that was broken, with its value."""
    keyword = str(problem.schema_path[-1])
    value = _at(problem.schema_path, schema_file)
    return f"`{keyword}: {value}`" if isinstance(value, (str, int, float)) else f"what `{keyword}` allows there"


def _at(path: list[str | int], schema_file: Path) -> Any:
    node: Any = _schema(schema_file)
    for step in path:
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return f"`{text if len(text) <= 60 else text[:57] + '...'}`"
