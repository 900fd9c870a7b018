"""YAML with the traps taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.document.errors import DocumentError
from mockserver.document.sources import load_yaml

if TYPE_CHECKING:
    from pathlib import Path


def loaded(folder: Path, text: str) -> dict[str, object]:
    path = folder / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return load_yaml(path)


def test_words_and_dates_stay_text(tmp_path: Path) -> None:
    assert loaded(tmp_path, "a: no\nb: on\nc: 2025-01-31\nd: true\n") == {
        "a": "no",
        "b": "on",
        "c": "2025-01-31",
        "d": True,
    }


def test_keys_are_text(tmp_path: Path) -> None:
    assert loaded(tmp_path, "200: ok\n1: {2: x}\n") == {"200": "ok", "1": {"2": "x"}}


def test_a_repeated_key_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"file\.yaml: line 2: got the key `a` a second time, wanted each key once"):
        loaded(tmp_path, "a: 1\na: 2\n")


def test_broken_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"file\.yaml: line 2: got .* wanted valid YAML; mend the syntax there"):
        loaded(tmp_path, "a: [1,\n}\n")


def test_a_list_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"file\.yaml: got list, wanted a mapping"):
        loaded(tmp_path, "- a\n")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"nothing\.yaml: got no readable file, wanted a YAML file"):
        load_yaml(tmp_path / "nothing.yaml")
