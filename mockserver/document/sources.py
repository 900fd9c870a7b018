"""Reads the source folder of a document into plain dicts.

YAML with the traps taken out: a repeated key is an error, keys are text, `no` and `2025-01-31` are text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from mockserver.document.errors import DocumentError
from mockserver.document.repeats import expanded

if TYPE_CHECKING:
    from pathlib import Path

Content = dict[str, Any]


class _Loader(yaml.CSafeLoader):
    """YAML 1.2-like: only true/false are booleans, nothing is a date. `file` names the text in messages."""

    def __init__(self, text: str, file: str) -> None:
        super().__init__(text)
        self.file = file


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, regexp)
        for tag, regexp in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Content:
    result: Content = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in result:
            raise DocumentError(
                f"{loader.file}: line {key_node.start_mark.line + 1}",
                f"the key `{key}` a second time",
                "each key once",
                "remove one of the two",
            )
        result[key] = loader.construct_object(value_node, deep=True)
    return result


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@dataclass(frozen=True)
class Sources:
    """All of source/: file stem -> content, in file name order."""

    folder: Path
    openapi: Content
    shared: dict[str, Content]
    operations: dict[str, Content]
    entities: dict[str, Content]
    values: dict[str, Content]
    paths: dict[str, Content]


def load_yaml(path: Path) -> Content:
    """One YAML file whose top is a mapping; DocumentError with file and line otherwise."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DocumentError(
            str(path), "no readable file", "a YAML file", "create it or name another --spec folder"
        ) from error
    loader = _Loader(text, path.name)
    try:
        content = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise DocumentError(
            f"{path.name}: line {line}", str(error.problem), "valid YAML", "mend the syntax there"
        ) from error
    if not isinstance(content, dict):
        raise DocumentError(path.name, type(content).__name__, "a mapping", "start the file with `key: value`")
    return content


def read(folder: Path) -> Sources:
    """Reads source/; missing subfolders are empty, a missing openapi.yaml is an error."""
    return Sources(
        folder=folder,
        openapi=load_yaml(folder / "openapi.yaml"),
        shared=_files(folder / "shared"),
        operations=_files(folder / "operations"),
        entities=_files(folder / "entities"),
        values=_files(folder / "values"),
        paths={stem: expanded(each, f"paths/{stem}.yaml") for stem, each in _files(folder / "paths").items()},
    )


def _files(folder: Path) -> dict[str, Content]:
    return {path.stem: load_yaml(path) for path in sorted(folder.glob("*.yaml"))}
