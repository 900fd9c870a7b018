"""Two records of one kind become one: what the merges of clients and of vendors share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.records.crud import record_of
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data


def pair_of(draft: Draft, request: Request, kind: str, parameter: str) -> tuple[Data, Data]:
    """The record that stays, and the one that the parameter names."""
    target = record_of(request)
    source = draft.get(kind, request.parameters[parameter])
    wanted = f"the id of another {kind} of the company"
    diagnosis = Diagnosis(f"path {parameter}", "R-WIRE-47", request.parameters[parameter], wanted)
    if source is None:
        raise Refused("bad_request", f"{kind.title()} not found", diagnoses=(diagnosis,))
    if source["id"] == target["id"]:
        text = f"Attempting to merge the same {kind} is not possible."
        raise Refused("bad_request", text, diagnoses=(diagnosis,))
    return target, source


def hand_over(draft: Draft, kind: str, source: Data, target: Data, owned: Iterable[str]) -> None:
    """Give the target what belongs to the source, its documents too, and remove the source for good."""
    link = f"{kind}_id"
    for name in owned:
        for each in draft.find(name, source["id"], link):
            draft.patch(name, each["id"], {link: target["id"]})
    for document in draft.find("document", (kind, source["id"]), "parent_type", "parent_id"):
        draft.patch("document", document["id"], {"parent_id": target["id"]})
    draft.remove(kind, source["id"])
