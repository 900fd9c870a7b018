"""A small source folder that a test may bend: one entity, one value object, the real templates and shared parts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from mockserver.document.bundle import bundle

if TYPE_CHECKING:
    from collections.abc import Callable

SPEC = Path(__file__).resolve().parents[2] / "spec"

ROOT = """\
openapi: 3.0.3
info: {title: Widgets, version: 1.0.0, description: Made for tests.}
servers: [{url: /}]
security: [{ApiToken: []}]
tags: [{name: widgets, description: Things with names.}]
components:
  securitySchemes:
    ApiToken: {type: apiKey, in: header, name: X-API-TOKEN}
"""

WIDGET = """\
entity: widget
schema: Widget
resource: widgets
label: [widget, widgets]
tag: widgets
about: A thing with a name.
fields:
  id: {is: id}
  name: {is: text, write: true, about: The name., example: Gear}
  price: {is: money, write: true, about: The price., example: 2.5}
  parts: {is: list, of: Part, write: true, about: What it is made of.}
  parent_id: {is: link, to: widget, about: The widget that it belongs to.}
  is_deleted: {is: bool}
  updated_at: {is: timestamp}
  archived_at: {is: timestamp}
  created_at: {is: timestamp}
includes:
  children: {entity: widget, many: true, by: parent_id, always: true, about: Widgets below it.}
  parent: {entity: widget, from: parent_id, about: The widget above it.}
hidden:
  secret: {is: text}
requests:
  create: {required: [name]}
  update: {required: []}
operations:
  list: {}
  create: {}
  blank: {}
  show: {}
  edit: {}
  update: {}
  delete: {}
  bulk: {}
  upload: {}
facts:
  model: Widget
  search: {fields: [name, parent.name], mode: words}
  filters:
    name: {match: contains, field: name}
  base_filters: [status]
  sorts: {special: {name: {by: name}}}
  unique: [name]
  delete: mark
  bulk: {archive: archive, delete: delete}
"""

PART = """\
schema: Part
about: A part of a widget.
fields:
  label: {is: text, write: true, about: What it is called.}
  weight: {is: number, about: Worked out.}
"""


STATICS = """\
schema: Statics
about: The fixed lists.
fields:
  currencies: {is: list, of: text, about: Codes of the currencies.}
"""


class Source:
    """The folder, with a door for each thing that a test changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, change: Callable[[dict[str, Any]], object]) -> None:
        """Loads a YAML file, lets `change` work on it and writes it back."""
        content = yaml.safe_load((self.folder / name).read_text("utf-8"))
        change(content)
        self.write(name, yaml.safe_dump(content, sort_keys=False))

    def widget(self, change: Callable[[dict[str, Any]], object]) -> None:
        self.change("entities/widget.yaml", change)

    def bundle(self) -> dict[str, Any]:
        return bundle(self.folder)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    folder = tmp_path / "widgets" / "source"
    real = SPEC / "invoiceninja-v5" / "source"
    for part in ("shared", "operations"):
        shutil.copytree(real / part, folder / part)
    shutil.copy(SPEC / "x-mock.schema.json", tmp_path)
    made = Source(folder)
    made.write("openapi.yaml", ROOT)
    made.write("entities/widget.yaml", WIDGET)
    made.write("values/part.yaml", PART)
    made.write("values/statics.yaml", STATICS)
    made.write("shared/throttles.yaml", "{}\n")  # those of the real one name its operations
    return made


@pytest.fixture
def published() -> Path:
    """The folder of the document that this project publishes."""
    return SPEC / "invoiceninja-v5"
