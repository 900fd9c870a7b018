"""The rows of an export become records of the company again: with new ids, and links that follow them (R-EP-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.behaviours.accounts.users import attach_user
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.fitting import Fit
from mockserver.behaviours.transfer.downloads import DOCUMENTS, OUTSIDE, member_name
from mockserver.document.schemas import Schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

STAYING = frozenset({"company_user", "company_token"})
"""Kinds that an import leaves as they are: who may enter is not decided by a file."""
BY_NAME = frozenset({"group_setting"})
"""Kinds that a purge leaves: those of the same name are taken for the same."""
KEYS = frozenset({"key", "hash", "contact_key", "client_hash", "vendor_hash", "token"})
"""Texts that open a door: one that is in use already gives way to a new one."""
MOST_TOLD = 100


class Restorer:
    """One restore: `backup` is the JSON of the file, `files` its members by name, `references` the facts."""

    def __init__(self, draft: Draft, backup: Data, files: Mapping[str, bytes], references: Mapping[str, Any]) -> None:
        self.draft = draft
        self.counts: dict[str, int] = {}
        self.errors: dict[str, list[str]] = {}
        self._backup = backup
        self._files = files
        self._references = references
        self._schemas = Schemas(draft.document.schemas)
        self._ids: dict[str, dict[str, str]] = {}
        self._caller = caller_of(draft).user_id
        """Who stands in for users that are not known."""

    def restore(self) -> None:
        """Store all rows that fit the document; the others are told."""
        self.people()
        planned = [(entity, self.planned(entity)) for entity in self.entities()]
        for entity, rows in planned:
            for old, data in rows.items():
                made = self.draft.put(entity.name, self.linked(entity, data))
                assert made["id"] == self._ids[entity.name][old]
            self.counts[entity.resource] = len(rows)

    def entities(self) -> Iterator[Entity]:
        """The kinds of records that are restored row by row."""
        for resource, entity in sorted(self.draft.document.resources.items()):
            if resource not in OUTSIDE and entity.name not in STAYING:
                yield entity

    def rows(self, name: str) -> Iterator[tuple[str, Data]]:
        """Old id and row of each row of a table."""
        rows = self._backup.get(name)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict):
                yield str(row.get("hashed_id") or row.get("id") or ""), row

    def people(self) -> None:
        """Who is meant by each user: the one with the address in the account, a new one, or else the caller."""
        draft = self.draft
        account = draft.company["account_id"]
        fits, rights = (Fit(draft, draft.entity(name), self._schemas) for name in ("user", "company_user"))
        links = {str(row.get("user_id")): row for _, row in self.rows("company_users")}
        known = self._ids["user"] = {}
        for old, row in self.rows("users"):
            data = fits.read(row)
            if data is None or not data["email"]:
                continue
            found = draft.find("user", data["email"], "email")
            own = next((each for each in found if each["account_id"] == account), None)
            if not found:
                own = draft.put("user", {**data, "account_id": account, "password": ""})
                attach_user(draft, own, rights.read(links.get(old, {})))
            known[old] = own["id"] if own is not None else self._caller
        tokens = self._ids["company_token"] = {}
        for old, row in self.rows("company_tokens"):
            for token in draft.find("company_token", str(row.get("token")), "token"):
                tokens[old] = token["id"]

    def planned(self, entity: Entity) -> dict[str, Data]:
        """Rows that fit, by old id; their new ids are settled, so that links can go forwards and backwards."""
        known = self._ids[entity.name] = {}
        fits = Fit(self.draft, entity, self._schemas)
        same = {}
        if entity.name in BY_NAME:
            records = self.draft.table(entity.name).records(self.draft.company_row)
            same = {record.data["name"]: record.data["id"] for record in records}
        found: dict[str, Data] = {}
        for old, row in self.rows(member_name(entity)):
            data = fits.read(row)
            if data is not None and data.get("name") in same:
                known[old] = same[data["name"]]
            elif data is None or not old or old in found:
                told = self.errors.setdefault(entity.resource, [])
                if len(told) < MOST_TOLD:
                    told.append(f"{old[:40]}: {fits.problem if data is None else 'no id of its own'}")
            else:
                known[old] = ids.encode(self.draft.next_row(entity.name) + len(found))
                found[old] = data
        return found

    def linked(self, entity: Entity, data: Data) -> Data:
        """The row with all ids that it holds in their new form, and its files."""
        for name, field in entity.stored.items():
            if field.kind == "link" and field.to and data[name]:
                data[name] = self.meant(field.to, data[name]) or (self._caller if name == "user_id" else "")
        for path, kind in {**self._references["*"], **self._references.get(entity.name, {})}.items():
            target = member(data, kind[1:]) if kind.startswith("=") else kind
            head, _, rest = path.partition(".")
            if isinstance(target, str) and data.get(head):
                data[head] = self.renamed(data[head], rest, target)
        if "content" in data:
            data["content"] = self._files.get(DOCUMENTS + str(data["hash"]), b"")
        for name in sorted(KEYS & data.keys()):
            if data[name] and self.draft.find(entity.name, data[name], name):
                stem, dot, ending = data[name].partition(".")
                data[name] = self.draft.text(entity.name, name, len(stem)) + dot + ending
        return data

    def renamed(self, value: Any, path: str, kind: str) -> Any:
        """A value with the ids at the path in their new form; a text may list several."""
        head, _, rest = path.partition(".")
        if not head:
            listed = (self.meant(kind, each) for each in str(value).split(",")) if value else ()
            return ",".join(each for each in listed if each)
        if head == "*" and isinstance(value, list):
            return [self.renamed(each, rest, kind) for each in value]
        if isinstance(value, dict) and head in value:
            return {**value, head: self.renamed(value[head], rest, kind)}
        return value

    def meant(self, kind: str, old: str) -> str:
        """The id of what an old id stands for; "" for what is not there."""
        if kind in ("company", "account"):
            return str(self.draft.company["id"] if kind == "company" else self.draft.company["account_id"])
        found = self._ids.get(kind, {}).get(old, "")
        if not found and kind in self.draft.document.entities and self.draft.entity(kind).stock:
            stock = self.draft.record(kind, old)
            return old if stock is not None and not stock.company else ""
        return found


def member(data: Any, path: str) -> Any:
    """Member at a dotted path; None when there is none."""
    for step in path.split("."):
        data = data.get(step) if isinstance(data, dict) else None
    return data
