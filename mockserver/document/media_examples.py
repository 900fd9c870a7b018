"""Examples of the bodies that are no JSON: forms, told in brackets from the example in JSON, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document.bodies import FORMS
from mockserver.document.errors import DocumentError
from mockserver.document.examples import Sampler, bodies, is_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Media = dict[str, Any]
_JSON = "application/json"


def form_fields(value: Any) -> dict[str, str]:
    """A JSON object as fields of a form: `{"contacts": [{"email": "a"}]}` is `contacts[0][email]=a`."""
    return dict(_fields("", value))


def add_media_examples(document: dict[str, Any], files: Mapping[str, Mapping[str, Any]]) -> None:
    """Gives each body that is no JSON its example, in place, after those in JSON have theirs.

    `files` holds the shared example of each media type by name: `{PdfFile: {media: application/pdf, ...}}`. Raises
    DocumentError for a media type of an answer that has none.
    """
    components = document["components"]
    sampler, named = Sampler(components.get("schemas", {})), {each["media"]: name for name, each in files.items()}
    used: set[str] = set()
    for place, content, media_type in _without_example(document):
        media = content[media_type]
        if media["schema"].get("$ref", "").rpartition("/")[2] == FORMS.get(media_type) and _JSON in content:
            media["example"] = form_fields(_value(content[_JSON], components.get("examples", {})))
        elif media["schema"].get("maxLength") == 0:
            media["example"] = ""
        elif "requestBod" in place:
            media["example"] = sampler.of(media["schema"])
        elif media_type in named:
            used.add(named[media_type])
            media["examples"] = {named[media_type]: {"$ref": f"#/components/examples/{named[media_type]}"}}
        else:
            raise DocumentError(place, "no example", "one of shared/files.yaml", f"add one for `{media_type}` there")
    shared = {name: {key: part for key, part in files[name].items() if key != "media"} for name in used}
    components["examples"] = dict(sorted({**components.get("examples", {}), **shared}.items()))


def _without_example(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Media], str]]:
    for place, content in bodies(document):
        for media_type, media in content.items():
            if not is_json(media_type) and not {"example", "examples"} & media.keys():
                yield place, content, media_type


def _value(media: Media, shared: Mapping[str, Any]) -> Any:
    """The first example of a media type object."""
    if "example" in media:
        return media["example"]
    first = next(iter(media["examples"].values()))
    return (shared[first["$ref"].rpartition("/")[2]] if "$ref" in first else first)["value"]


def _fields(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _fields(f"{name}[{key}]" if name else key, each)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _fields(f"{name}[{index}]", each)
    elif isinstance(value, bool):
        yield name, str(int(value))  # the service reads 1 and 0, and refuses words
    else:
        yield name, "" if value is None else str(value)
