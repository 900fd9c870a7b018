"""A start loads what every server needs, and no library that only some calls need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mockserver import behaviours
from mockserver.document.schemas import Schemas
from mockserver.document.statics import Statics
from mockserver.flow import Engine
from mockserver.local import LocalClient

if TYPE_CHECKING:
    from mockserver.app import Mock

LATER = (
    *("fpdf", "PIL", "fontTools", "uharfbuzz", "jinja2", "xlsxwriter", "segno", "httpx", "faker", "openapi_core"),
    *("xml.etree.ElementTree", "lxml", "cryptography", "csv", "zoneinfo", "sqlite3", "ctypes", "unittest", "pytest"),
    *("mockserver.seeding", "mockserver.contract", "mockserver.document.bundle", "mockserver.derive.pdf"),
)


def test_libraries_of_single_calls_are_not_loaded_at_the_start() -> None:
    code = (
        "import sys, mockserver.app, mockserver.banner, mockserver.server;"
        f"print(*[name for name in {LATER!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_module_of_the_verbs_is_loaded_at_the_start() -> None:
    folder = Path(behaviours.__file__).parent
    names = {
        ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
        for path in folder.rglob("*.py")
        if path.parent != folder
    }
    loaded = {name.removeprefix("mockserver.behaviours.") for name in sys.modules}
    assert names - loaded == set()


def test_a_list_needs_no_validator_but_that_of_its_records(mock_app: Mock, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of the whole body would be as large again, and the records have been checked one by one."""
    made: list[Any] = []
    compiled = Schemas.compile

    def noted(schemas: Schemas, schema: Any, *, lenient: bool = False) -> Any:
        made.append(schema)
        return compiled(schemas, schema, lenient=lenient)

    monkeypatch.setattr(Schemas, "compile", noted)
    engine = Engine(mock_app.document)
    local = LocalClient(engine, mock_app.routes, mock_app.worlds.get("first-list"))
    status, value = local.call("GET", "/api/v1/products")
    assert (status, bool(value["data"])) == (200, True)
    (only,) = made
    product = mock_app.document.schemas["Product"]
    assert only == {word: value for word, value in product.items() if word != "required"}


def test_only_the_lists_that_are_asked_for_are_read(tmp_path: Path) -> None:
    (tmp_path / "timezones.json").write_text('[{"id": "7", "name": "Europe/Vienna"}]', encoding="utf-8")
    (tmp_path / "countries.json").write_text("no JSON", encoding="utf-8")
    statics = Statics(tmp_path)
    assert (statics.zone("7"), statics.zone("8"), statics.has("sizes", "1")) == ("Europe/Vienna", "UTC", False)
    with pytest.raises(ValueError, match="invalid literal"):
        statics.has("countries", "1")
