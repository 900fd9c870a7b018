"""What docs/worlds.md says of scenarios and of their words is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mockserver.seeding import scenario_names
from mockserver.seeding.scenario import LATER, STEP
from mockserver.seeding.vocabulary import WORDS
from tests.seeding.garden import grown, rows

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "worlds.md").read_text("utf-8")


def test_every_scenario_is_described() -> None:
    assert sorted(re.findall(r"^\| `([a-z][a-z-]+)` \| ", PAGE, flags=re.MULTILINE)) == scenario_names()


@pytest.mark.parametrize("word", WORDS)
def test_every_value_word_is_explained_with_its_modifiers(word: str) -> None:
    explained = [row for row in PAGE.splitlines() if f"`{{{word}: " in row]
    assert len(explained) == 1
    assert all(f"{modifier}:" in explained[0] for modifier in WORDS[word][1])


@pytest.mark.parametrize("word", sorted({*STEP, *LATER} - {"get", "put", "delete", "files"}))
def test_every_word_of_a_call_is_shown(word: str) -> None:
    assert re.search(rf"\b{word}: ?", PAGE)


def test_the_example_is_a_scenario(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(scenario: bakery\n.*?)```", PAGE, flags=re.DOTALL)
    assert example
    path = tmp_path / "bakery.yaml"
    path.write_text(example[1], "utf-8")
    world = grown(path)
    assert len(rows(world, "clients")) == 5
    states = [each["status_id"] for each in rows(world, "invoices")]
    assert (len(states), set(states)) == (20, {"2", "4"})


def test_every_token_of_several_companies_is_listed() -> None:
    made = [each["token"] for each in rows(grown("multi-company"), "tokens") if each["token"].startswith("TOKEN")]
    assert sorted(re.findall(r"`(TOKEN[a-z-]*)`", PAGE.partition("| token | who")[2])) == sorted(made)
