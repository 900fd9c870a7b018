"""Pages hold together: links lead somewhere, decisions have their four parts, nothing names a machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")])
DECISIONS = sorted(CHECKOUT.glob("docs/adr/0*.md"))


def name(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_to_a_file(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_page_names_a_machine(page: Path) -> None:
    assert re.findall(r"(?:/home/|/root/|/Users/|[A-Z]:\\)\S*", page.read_text("utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_page_shows_badges(page: Path) -> None:
    assert "![" not in page.read_text("utf-8")


@pytest.mark.parametrize("decision", DECISIONS, ids=name)
def test_a_decision_has_four_parts_on_one_page(decision: Path) -> None:
    text = decision.read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == ["Status", "Context", "Decision", "Consequences"]
    assert text.startswith(f"# {decision.name[:4]}: ")
    assert len(text.splitlines()) <= 40


def test_every_decision_is_in_the_index() -> None:
    index = (CHECKOUT / "docs" / "adr" / "README.md").read_text("utf-8")
    assert re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", index) == [path.name for path in DECISIONS]


def test_every_tox_environment_is_explained() -> None:
    environments = set(re.findall(r"^\[testenv:(\w+)\]", (CHECKOUT / "tox.ini").read_text("utf-8"), flags=re.MULTILINE))
    explained = set(re.findall(r"`tox -e (\w+)`", (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")))
    assert explained == environments | {"py"}
