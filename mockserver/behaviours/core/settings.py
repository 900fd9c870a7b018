"""Settings of companies, groups and clients: checked and kept by the types of the company's settings (R-VAL-12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.derive.money import plain
from mockserver.derive.text import is_true

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.draft import Draft
    from mockserver.request import Request

WHOLE = re.compile(r"^-?\d+\Z")
NUMBER = re.compile(r"^-?\d+(\.\d+)?\Z")
TRUTH = (True, False, 1, 0, "1", "0", "true", "false")


def check_settings(draft: Draft, settings: Mapping[str, Any], request: Request) -> None:
    """Collect a message for each setting of a wrong type, all under `settings`; empty values pass."""
    kinds = draft.document.setting_kinds
    wrong = {
        key: problem for key, value in settings.items() if (problem := settings_problem(kinds.get(key, ""), key, value))
    }
    for path in [each for each in request.errors if each.startswith("settings.")]:
        del request.errors[path]
        key = path.split(".")[1]
        if settings.get(key) is not None:
            wrong.setdefault(key, f"{key} is not a valid {kinds.get(key) or 'value'}")
    if wrong:
        request.errors["settings"] = list(wrong.values())


def settings_problem(kind: str, key: str, value: Any) -> str:
    """Why a value does not fit a setting's type, or empty text."""
    if value in (None, "", [], {}) or not kind:
        return ""
    nested = isinstance(value, (dict, list))
    if kind == "integer":
        good = not nested and WHOLE.match(str(value)) is not None
    elif kind == "number":
        good = not nested and NUMBER.match(str(value)) is not None
    elif kind == "boolean":
        good = not nested and value in TRUTH
    elif kind == "string":
        good = not nested
    else:
        good = nested
    return "" if good else f"{key} is not a valid {kind}"


def cast_settings(draft: Draft, settings: Mapping[str, Any], more: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The known settings in the types that they are kept in; `more` names further keys that are allowed."""
    properties = draft.document.schemas["CompanySettings"]["properties"]
    return {
        key: cast_setting(properties.get(key, {}), value)
        for key, value in settings.items()
        if value is not None and (key in properties or key in more)
    }


def cast_setting(schema: Mapping[str, Any], value: Any) -> Any:
    """One setting in its JSON type; text of another form than the setting's, such as an id that is none, is empty."""
    kind = schema.get("type", "string")
    if kind == "boolean":
        return is_true(value)
    if kind in ("integer", "number"):
        return plain(float(value or 0))
    if kind == "string":
        text = str(value) if isinstance(value, (int, float)) else value or ""  # empty lists count as empty text
        return text if re.search(schema.get("pattern", ""), text) else ""
    if kind == "object" and isinstance(value, list):
        return {str(position): each for position, each in enumerate(value)}
    if kind == "array" and isinstance(value, dict):
        return list(value.values())
    return value
