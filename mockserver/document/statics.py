"""The lists of GET /statics, read on first use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from pathlib import Path


class Statics:
    """Look-ups into the static lists; the files hold exactly the objects that the endpoint answers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

        self._lists: dict[str, Any] = {}
        self._rows: dict[str, dict[str, dict[str, Any]]] = {}

    @cached_property
    def payload(self) -> dict[str, Any]:
        """All lists by name, and the licence key that an installation of one's own has, which is none."""
        names = sorted(path.stem for path in self._folder.glob("*.json"))
        return {**{name: self._list(name) for name in names}, "license_key": None}

    def _list(self, name: str) -> Any:
        """A list by name; one that there is not is empty."""
        if name not in self._lists:
            path = self._folder / f"{name}.json"
            self._lists[name] = orjson.loads(path.read_bytes()) if path.is_file() else []
        return self._lists[name]

    @cached_property
    def logo(self) -> bytes:
        """The picture that stands in for a company's logo."""
        return (self._folder.parent / "assets" / "logo.png").read_bytes()

    def _by_id(self, name: str) -> dict[str, dict[str, Any]]:
        found = self._rows.get(name)
        if found is None:
            rows = self._list(name)
            named = isinstance(rows, list) and rows and "id" in rows[0]
            found = self._rows[name] = {row["id"]: row for row in rows} if named else {}
        return found

    def row(self, name: str, number: str) -> dict[str, Any]:
        """A row of a list by id, or an empty one."""
        return self._by_id(name).get(number, {})

    def has(self, name: str, number: str) -> bool:
        """Whether a list has a row with the id."""
        return number in self._by_id(name)

    def zone(self, number: str) -> str:
        """Name of a time zone by id, UTC when unknown."""
        return str(self.row("timezones", number).get("name", "UTC"))

    def precision(self, currency_id: str) -> int:
        """Decimals of a currency."""
        return int(self.row("currencies", currency_id).get("precision", 2))

    def exchange_rate(self, currency_id: str, base_id: str) -> int | float:
        """Rate between two currencies, six decimals; 1 when they are the same."""
        if currency_id == base_id:
            return 1
        rate = float(self.row("currencies", currency_id).get("exchange_rate") or 1)
        base = float(self.row("currencies", base_id).get("exchange_rate") or 1)
        value = round(rate / base, 6)
        return int(value) if value.is_integer() else value

    def country(self, code: str) -> str:
        """Id of a country by its two or three letter code, or empty text."""
        wanted = code.upper()
        return next(
            (row["id"] for row in self.payload["countries"] if wanted in (row["iso_3166_2"], row["iso_3166_3"])), ""
        )

    def currency(self, code: str) -> str:
        """Id of a currency by its code, or empty text."""
        return next((row["id"] for row in self.payload["currencies"] if row["code"] == code.upper()), "")

    def language(self, locale: str) -> str:
        """Id of a language by its locale, or empty text."""
        return next((row["id"] for row in self.payload["languages"] if row["locale"] == locale), "")
