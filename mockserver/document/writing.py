"""Writes a document: YAML for people (no anchors, long text folded), JSON for the engine (no blanks)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path


class _Dumper(yaml.CSafeDumper):
    """Never writes anchors: a reader should not have to look elsewhere for what stands here."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def to_yaml(document: dict[str, Any]) -> str:
    """The document as YAML text, keys in the document's order."""
    text: str = yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=False
    )
    return text


def to_json(document: dict[str, Any]) -> str:
    """The document as compact JSON text with a final line feed."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def write_yaml(document: dict[str, Any], path: Path) -> None:
    path.write_text(to_yaml(document), encoding="utf-8")


def write_json(document: dict[str, Any], path: Path) -> None:
    path.write_text(to_json(document), encoding="utf-8")


FORMS = {"json": to_json, "yaml": to_yaml, "yml": to_yaml}
