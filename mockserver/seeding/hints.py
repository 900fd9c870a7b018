"""fixtures/hints.yaml: field names and kinds to Faker methods. Faker itself is imported on first use."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mockserver.document.errors import listed
from mockserver.seeding.trouble import read_yaml, trouble, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from faker import Generator

    Maker = Callable[[], object]

SECTIONS = ("fields", "kinds")
DEFAULT_LOCALE = "en_US"


def known_locale(locale: str) -> str:
    """The locale as Faker spells it (de-DE -> de_DE). Raises StartError for one that Faker does not have."""
    wanted = locale.strip().replace("-", "_")
    if wanted == DEFAULT_LOCALE:
        return wanted
    from faker.config import AVAILABLE_LOCALES

    by_lower = {each.lower(): each for each in AVAILABLE_LOCALES}
    if wanted.lower() not in by_lower:
        language, _, _ = wanted.lower().partition("_")
        near = [each for each in by_lower.values() if each.partition("_")[0] == language]
        if near:
            raise trouble("locale", f"`{locale}`", "a locale of Faker", f"did you mean {listed(near)}?")
        raise unknown("locale", locale, "a locale of Faker", AVAILABLE_LOCALES)
    return str(by_lower[wanted.lower()])


class Hints:
    """Methods by field name and by kind, for one locale."""

    def __init__(self, path: Path, locale: str) -> None:
        self._file = path.name
        self.locale = known_locale(locale)
        content = read_yaml(path)
        for section in content:
            if section not in SECTIONS:
                raise unknown(self._file, section, "a section", SECTIONS)
        self.fields: Mapping[str, Any] = content.get("fields") or {}
        self.kinds: Mapping[str, Any] = content.get("kinds") or {}
        self._made: Generator | None = None

    def generator(self) -> Generator:
        """Faker's generator for the locale; made once, and its source of chance is set anew by each pool."""
        if self._made is None:
            from faker.factory import Factory

            self._made = Factory.create(self.locale)
        return self._made

    def maker(self, hint: str) -> Maker:
        """What makes one value for a field name, or else for a kind. Raises StartError for an entry of no use."""
        entry = self.fields[hint] if hint in self.fields else self.kinds[hint]
        where = f"{self._file}: {'fields' if hint in self.fields else 'kinds'}.{hint}"
        for each in entry if isinstance(entry, list) else [entry]:
            name, arguments = next(iter(each.items())) if isinstance(each, dict) else (each, ())
            method = getattr(self.generator(), str(name), None)
            if method is not None:
                return _with(method, arguments)
        raise trouble(
            where, f"`{entry}`", f"a Faker method of locale {self.locale}", "name a method that Faker documents"
        )


def _with(method: Maker, arguments: Any) -> Maker:
    if isinstance(arguments, dict):
        return partial(method, **arguments)
    return partial(method, *(arguments if isinstance(arguments, (list, tuple)) else [arguments]))
