"""What the grammar of a query parameter allows is answered by every list as the list itself is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mockserver.content import spec_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.shop import Shop

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]
DEEPER = "(\\.[a-z_]+)*"
DOCUMENT = json.loads((spec_dir() / "openapi.json").read_text(encoding="utf-8"))


def lists() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path, name, grammar) of each query parameter of a list that tells one."""
    shared = DOCUMENT["components"]["parameters"]
    for path, item in DOCUMENT["paths"].items():
        operation = item.get("get", {})
        if not operation.get("operationId", "").startswith("list") or "{" in path:
            continue
        for each in operation["parameters"]:
            parameter = shared[each["$ref"].rpartition("/")[2]] if "$ref" in each else each
            if {"pattern", "enum"} & parameter.get("x-grammar", {}).keys():
                yield path, parameter["name"], parameter["x-grammar"]


def values(grammar: dict[str, Any]) -> st.SearchStrategy[str]:
    if "enum" in grammar:
        return st.sampled_from(grammar["enum"])
    own = grammar["pattern"].replace(DEEPER, "")  # names after a dot are those of other records, and not any name
    return st.from_regex(re.compile(own, re.ASCII), fullmatch=True).filter(lambda text: len(text) < 200)


CASES = list(lists())


@pytest.mark.parametrize("path", sorted({path for path, _, _ in CASES}))
def test_values_of_the_grammar_are_answered(shop: Shop, path: str) -> None:
    path_of_list = path.removeprefix("/api/v1/")
    plain = shop.get(path_of_list)
    each = st.one_of([st.tuples(st.just(name), values(grammar)) for where, name, grammar in CASES if where == path])

    @settings(max_examples=30, phases=[Phase.generate], derandomize=True, deadline=None, suppress_health_check=SLOW)
    @given(each)
    def check(pair: tuple[str, str]) -> None:
        answer = shop.get(path_of_list, **dict([pair]))
        assert answer.status_code == plain.status_code, f"{pair}: {answer.text}"
        assert ("data" in answer.json()) == ("data" in plain.json())

    check()
