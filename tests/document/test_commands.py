"""`bundle` and `lint` on the command line: exit codes, and one clear line when the sources are broken."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from mockserver.document.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.document.conftest import Source


def test_bundle_writes_both_forms(source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    spec = source.folder.parent
    assert main(["bundle", "--spec", str(spec)]) == 0
    assert "11 operations" in capsys.readouterr().out
    assert json.loads((spec / "openapi.json").read_text("utf-8"))["info"]["title"] == "Widgets"
    assert (spec / "openapi.yaml").read_text("utf-8").startswith("openapi: 3.0.3\n")


def test_broken_sources_end_with_2_and_one_line(source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    source.widget(lambda widget: widget["facts"].update(serch={}))
    for command in ("bundle", "lint"):
        assert main([command, "--spec", str(source.folder.parent)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("error: entities/widget.yaml: facts: got the unknown key `serch`")
        assert err.count("\n") == 1
    assert not (source.folder.parent / "openapi.json").exists()


def test_a_draft_warns_and_goes_on(source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    source.widget(lambda widget: widget["facts"].update(serch={}))
    assert main(["bundle", "--draft", "--spec", str(source.folder.parent)]) == 0
    assert "warning: entities/widget.yaml: facts: got the unknown key `serch`" in capsys.readouterr().err


def test_a_draft_tells_every_name_that_joins_nothing(source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    source.widget(lambda widget: widget["includes"].update(gadget={"entity": "gadget"}))
    source.widget(lambda widget: widget["facts"]["search"]["fields"].extend(["gadget.name", "nmae"]))
    assert main(["bundle", "--draft", "--spec", str(source.folder.parent)]) == 0
    warnings = capsys.readouterr().err.splitlines()
    assert [warning.split("; ")[0] for warning in warnings] == [
        "warning: entities/widget.yaml: includes.gadget.entity: got `gadget`, wanted an entity file",
        "warning: entities/widget.yaml: facts.search.fields: got `nmae`, wanted a field",
    ]


def test_the_module_runs(source: Source) -> None:
    command = [sys.executable, "-m", "mockserver.document", "bundle", "--spec", str(source.folder.parent)]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.endswith("schemas\n")


def test_lint_ends_with_1_when_it_has_something_to_say(source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    source.widget(lambda widget: widget["fields"]["name"].update(example=3))
    assert main(["lint", "--spec", str(source.folder.parent)]) == 1
    assert "got an example that breaks its schema" in capsys.readouterr().out


def test_lint_ends_with_0_when_all_is_well(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--spec", str(published)]) == 0
    assert capsys.readouterr().out == "0 problems\n"
