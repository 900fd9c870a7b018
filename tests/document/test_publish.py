"""The document for others: no facts, nothing that only the engine used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml

from mockserver.document.__main__ import main
from mockserver.document.publish import stripped, without
from mockserver.document.references import dangling, unused

if TYPE_CHECKING:
    import pytest

    from tests.document.conftest import Source


def test_facts_go_and_nothing_dangles(source: Source) -> None:
    document = stripped(source.bundle())
    assert "x-mock" not in json.dumps(document)
    assert (dangling(document), unused(document)) == ([], [])
    assert "ApiToken" in document["components"]["securitySchemes"]


def test_a_property_may_be_called_like_a_key() -> None:
    assert without({"properties": {"example": {"example": 1}}, "example": 2}, "example") == {
        "properties": {"example": {}}
    }


def test_one_form_goes_to_standard_output(source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    spec = source.folder.parent
    assert main(["bundle", "--spec", str(spec), "--format", "json", "--strip-x-mock"]) == 0
    assert json.loads(capsys.readouterr().out)["info"]["title"] == "Widgets"
    assert not (spec / "openapi.json").exists()


def test_the_name_of_the_file_says_the_form(source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    out = source.folder.parent / "mine.yaml"
    assert main(["bundle", "--spec", str(source.folder.parent), "--out", str(out)]) == 0
    assert yaml.safe_load(out.read_text("utf-8"))["openapi"] == "3.0.3"
    assert "mine.yaml: 11 operations" in capsys.readouterr().out


def test_a_name_without_a_form_is_refused(source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bundle", "--spec", str(source.folder.parent), "--out", "mine.txt"]) == 2
    assert "wanted a name that ends in .json or .yaml" in capsys.readouterr().err


def test_a_strict_query_is_told_in_the_schemas(source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bundle", "--spec", str(source.folder.parent), "--format", "json", "--strict-query"]) == 0
    status = json.loads(capsys.readouterr().out)["components"]["parameters"]["Status"]
    assert status["schema"]["pattern"] == "^(active|archived|deleted)(,(active|archived|deleted))*$"
    assert "x-grammar" not in status
