"""The values of a report: what is stored under a column of a kind, and what people read of it (R-EP-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.records.search import name_of
from mockserver.derive.dates import unix_to_date
from mockserver.derive.report_values import expense_amounts, heading, readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.draft import Draft
    from mockserver.store.table import Data

    Value = tuple[Any, str]

LIFECYCLE = "lifecycle"
"""What stands for a state that no field holds."""
SENTENCE = "sentence"
"""What stands for an event in words."""
LINKS = ("invoice", "quote", "credit", "payment", "recurring_invoice", "purchase_order", "expense", "task", "vendor")
SYSTEM = "System"
CONTACT = "contact"
"""Fields whose labels stand behind the word; those of bills stand alone."""


class Cells:
    """Values in a company. `shared` tells the kinds, the names that columns have for fields, and the lookups."""

    def __init__(self, draft: Draft, shared: Mapping[str, Any]) -> None:
        self.draft = draft
        self.shared = shared

    def heading(self, column: str, base: str) -> str:
        """Kind and property in words; the company's own label for a custom value of bills and contacts."""
        name, dot, prop = column.partition(".")
        facts = self.shared["kinds"].get(name if dot else base, {})
        if prop.startswith("custom_value") and "labels" in facts:
            fields = self.draft.company.get("custom_fields")
            own = fields.get(f"{facts['labels']}{prop[-1]}") if isinstance(fields, dict) else ""
            label = str(own or "").partition("|")[0]
            if len(label) > 1:
                return f"Contact {label}" if facts["labels"] == CONTACT else label
        words = facts.get("headings", {}).get(prop if dot else column)
        if words is None:
            return heading(column)
        return f"{heading(name)} {words}" if dot else str(words)

    def value(self, name: str, prop: str, data: Data) -> Value:
        """A value as it is stored and as people read it."""
        facts = self.shared["kinds"][name]
        path = {**self.shared["fields"], **facts.get("fields", {})}.get(prop, prop)
        path = path if prop not in data or path.startswith("settings.") else prop
        if path.startswith("settings."):
            path = path.partition(".")[2]
            value = self.draft.setting(path, data)
        elif path == LIFECYCLE:
            value = "deleted" if data["is_deleted"] else "archived" if data["archived_at"] else "active"
            return value, value.capitalize()
        elif path == SENTENCE:
            value = self._sentence(facts, data)
            return value, value
        elif path == "parent_type":
            value = self.draft.entity(data[path]).model if data[path] else ""
        elif name == "expense" and path in ("tax_amount", "net_amount"):
            value = expense_amounts(data)[path]
        else:
            value = data.get(path, "")
        if path == "parent_id":
            return value, self._label(data["parent_type"], value) if data["parent_type"] else ""
        value = value if isinstance(value, (str, int, float)) or value is None else ""
        return value, self._shown(facts, path, value)

    def _shown(self, facts: Mapping[str, Any], path: str, value: Any) -> str:
        """Ids as names, moments as dates; everything else in its shortest form."""
        words = facts.get("words", {}).get(path)
        if words is not None:
            text = str(words.get(str(value), "")).replace("_", " ")
            return text[:1].upper() + text[1:]
        if not facts["entity"]:
            return readable(value)
        statics, lookups = self.draft.document.statics, self.shared["lookups"]
        if path in lookups:
            row = statics.row(lookups[path], str(value))
            return str(row.get("code" if lookups[path] == "currencies" else "name", ""))
        field = self.draft.entity(facts["entity"]).stored.get(path)
        if field is not None and field.kind == "link":
            return self._label(field.to, value)
        if field is not None and field.kind == "timestamp":
            return unix_to_date(value, self.draft.zone) if value else ""
        return readable(value)

    def _label(self, name: str, hashed: str) -> str:
        """What a record is called: a name, a number, the names of a person."""
        record = self.draft.record(name, hashed)
        if record is None:
            return ""
        data = record.data
        if name == "client":
            return name_of(self.draft, data)
        person = f"{data.get('first_name') or ''} {data.get('last_name') or ''}".strip()
        return str(data.get("name") or data.get("number") or person)

    def _sentence(self, facts: Mapping[str, Any], event: Data) -> str:
        """`Cleo Clerk created client Bright Harbour`: who, what, and the record that it happened to."""
        done = str(facts["words"]["activity_type_id"].get(event["activity_type_id"], ""))
        noun = next((each for each in (*LINKS, "client") if done.endswith(each.replace("_", " "))), "")
        about = [noun] if noun else [*LINKS, "client"]
        what = next((self._label(each, event[f"{each}_id"]) for each in about if event.get(f"{each}_id")), "")
        who = SYSTEM if event["is_system"] else self._label("user", event["user_id"]) or SYSTEM
        return " ".join(filter(None, (who, done, what)))
