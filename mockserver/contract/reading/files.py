"""An OpenAPI document from a file, in JSON or YAML; what can't be used is told in one line, with what to do."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KNOWN = ("3.0", "3.1")
DATA = frozenset({"example", "examples", "default", "enum", "const"})
"""Members that hold values, in which `$ref` is a word like any other."""
METHODS = frozenset({"get", "put", "post", "delete", "patch", "head", "options", "trace"})


class Loader(yaml.SafeLoader):
    """YAML with the types of JSON: a day stays a text."""


Loader.yaml_implicit_resolvers = {
    first: [each for each in found if each[0] != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def document_in(path: Path) -> dict[str, Any]:
    """The document in a file. Raises ValueError in words for people."""
    raw = parsed(path)
    fail = partial(complaint, path)
    if not isinstance(raw, dict) or not ("openapi" in raw or "swagger" in raw):
        raise fail("no OpenAPI document", "one whose first members are `openapi` and `info`", "name another file")
    if "openapi" not in raw:
        raise fail(
            f"Swagger {raw['swagger']}",
            f"OpenAPI {' or '.join(KNOWN)}",
            "convert it, with `npx swagger2openapi FILE` or at https://converter.swagger.io",
        )
    version = str(raw["openapi"])
    if not version.startswith(KNOWN):
        raise fail(f"OpenAPI {version}", " or ".join(KNOWN), "write the document for one of these")
    check_shape(raw, fail)
    for place, reference in references(raw, ""):
        if not reference.startswith("#/"):
            raise fail(
                f"$ref {reference!r} at #{place}",
                "references inside of the file, which begin with #/",
                "make one document of it, such as with `npx @redocly/cli bundle`",
            )
        check_reference(raw, reference, place, fail)
    return raw


def parsed(path: Path) -> Any:
    """What the file says, as JSON has it. Raises ValueError with line and column."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() in (".yaml", ".yml") or not text.lstrip().startswith(("{", "[")):
            # numbers and truths may be keys in YAML, such as the status of a response
            return json.loads(json.dumps(Loader(text).get_single_data()))
        return json.loads(text)
    except UnicodeDecodeError as error:
        raise complaint(path, f"bytes that are no text ({error.reason})", "UTF-8", "save it as that") from None
    except json.JSONDecodeError as error:
        at = f"at line {error.lineno}, column {error.colno}"
        raise complaint(path, f"an error {at}: {error.msg}", "JSON", "mend the line") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = f"at line {mark.line + 1}, column {mark.column + 1}" if mark is not None else "in it"
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise complaint(path, f"an error {at}: {said}", "YAML or JSON", "mend the line") from None
    except TypeError as error:
        raise complaint(path, f"YAML that JSON can't say ({error})", "the types of JSON", "take out tags") from None


def complaint(path: Path, got: str, wanted: str, advice: str) -> ValueError:
    """What is wrong with the file, in one line."""
    return ValueError(f"--spec {path.name}: got {got}; wanted {wanted}: {advice}")


def check_shape(raw: dict[str, Any], fail: Callable[[str, str, str], ValueError]) -> None:
    """Paths, operations and responses are objects, and there is an operation."""
    advice = "check it with `npx @redocly/cli lint`"
    count = 0
    for name in ("info", "components", "paths"):
        if not isinstance(raw.get(name, {}), dict):
            raise fail(f"{type(raw[name]).__name__} at #/{name}", "an object", advice)
    for path, item in raw.get("paths", {}).items():
        if not isinstance(item, dict):
            raise fail(f"{type(item).__name__} at #/paths/{path}", "an object", advice)
        count += "$ref" in item
        for method in METHODS & item.keys():
            if not isinstance(item[method], dict) or not isinstance(item[method].get("responses", {}), dict):
                raise fail(f"a {method} of {path} that is none", "an object with responses", advice)
            count += 1
    if not count:
        raise fail("no operation", "at least one under `paths`", "name a document that has some")


def references(node: Any, place: str) -> Iterator[tuple[str, str]]:
    """(JSON pointer, reference) of all references below a node."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield place, node["$ref"]
        named = place.rpartition("/")[2] in ("properties", "schemas", "responses", "parameters", "patternProperties")
        for name, each in node.items():
            if named or name not in DATA:
                yield from references(each, f"{place}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for number, each in enumerate(node):
            yield from references(each, f"{place}/{number}")


def check_reference(raw: Any, reference: str, place: str, fail: Callable[[str, str, str], ValueError]) -> None:
    """The reference leads to something that is no mere way back to itself."""
    seen: list[str] = []
    node: Any = {"$ref": reference}
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        reference = node["$ref"]
        if reference in seen:
            raise fail(f"$ref {reference!r} at #{place}, which leads back to itself", "a schema", "write it out")
        seen.append(reference)
        try:
            node = pointed(raw, reference)
        except (LookupError, TypeError, ValueError):
            raise fail(
                f"$ref {reference!r} at #{place}, which leads nowhere", "the place of something", "mend its name"
            ) from None


def pointed(raw: Any, reference: str) -> Any:
    """What a reference inside of the document points to. Raises LookupError, TypeError or ValueError."""
    node = raw
    for step in reference.removeprefix("#/").split("/"):
        name = unquote(step).replace("~1", "/").replace("~0", "~")
        node = node[int(name)] if isinstance(node, list) else node[name]
    return node
