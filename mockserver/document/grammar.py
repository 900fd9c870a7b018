"""Grammar of query parameters: what a value that means something looks like.

It stands beside the schema, as `x-grammar`, where the service ignores all other values instead of refusing them:
`{pattern: ...}`, `{enum: [...]}`, or `{text: true}` for any text.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from mockserver.document.errors import DocumentError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Document = dict[str, Any]
Grammar = dict[str, Any]
KEY = "x-grammar"
_IN_SCHEMA = ("pattern", "enum", "format")


def comma_list(words: Iterable[str], *, deeper: bool = False) -> Grammar:
    """Grammar of a comma list of these words; `deeper` allows names after a dot."""
    known = "|".join(re.escape(word) for word in words)
    one = f"({known})(\\.[a-z_]+)*" if deeper else f"({known})"
    return {"pattern": f"^{one}(,{one})*$"}


def sort_order(fields: Iterable[str]) -> Grammar:
    """Grammar of `field|direction` over these fields."""
    return {"pattern": f"^({'|'.join(re.escape(name) for name in fields)})\\|(asc|desc)$"}


def query_parameters(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """(place, parameter) of all parameters of the query, those of components once."""
    for name, each in document.get("components", {}).get("parameters", {}).items():
        if each.get("in") == "query":
            yield f"components/parameters/{name}", each
    for path, item in document["paths"].items():
        for method, operation in item.items():
            for each in operation.get("parameters", []):
                if each.get("in") == "query":
                    yield f"{method} {path}: {each['name']}", each


def name_grammars(document: Document, known: dict[str, Grammar]) -> None:
    """Puts the grammar itself where a parameter names one. Raises DocumentError for a name that is not known."""
    for place, each in query_parameters(document):
        name = each.get(KEY)
        if not isinstance(name, str):
            continue
        if name not in known:
            raise DocumentError(
                place, f"the grammar `{name}`", "one of shared/grammars.yaml", did_you_mean(name, known)
            )
        each[KEY] = dict(known[name])


def in_schema(parameter: dict[str, Any]) -> bool:
    """Whether the schema itself tells the grammar: values outside of it are refused, or read as a number."""
    schema = parameter.get("schema", {})
    return schema.get("type") != "string" or any(key in schema for key in _IN_SCHEMA)


def problems(document: Document) -> list[str]:
    """Parameters without a grammar, with two, or with an example that does not fit."""
    told = []
    for place, each in query_parameters(document):
        grammar = each.get(KEY)
        if in_schema(each) == (grammar is not None):
            got = "a grammar beside one in the schema" if grammar else "no grammar"
            told.append(f"{place}: got {got}, wanted one; add or remove `{KEY}:`")
        elif grammar and not fits(grammar, str(each.get("example", ""))):
            told.append(
                f"{place}: got the example `{each.get('example')}`, wanted one that fits `{KEY}`; mend one of the two"
            )
    return told


def fits(grammar: Grammar, text: str) -> bool:
    """Whether a value means something."""
    if "enum" in grammar:
        return text in grammar["enum"]
    return "pattern" not in grammar or re.search(grammar["pattern"], text) is not None


def strict(document: Document) -> Document:
    """A copy whose query schemas tell the grammar, for generators of clients: what is ignored counts as wrong there."""
    result = deepcopy(document)
    for _, each in query_parameters(result):
        grammar = each.pop(KEY, {})
        each["schema"] = {**each["schema"], **{key: grammar[key] for key in ("pattern", "enum") if key in grammar}}
    return result
