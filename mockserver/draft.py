"""What a behaviour works on: a read-only view that also shows its own pending effects.

A draft sits on an immutable state. Effects are recorded and applied to a private copy, which costs
microseconds, so a behaviour reads what it has just written, and dropping the draft drops everything.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.derive.dates import unix_to_date
from mockserver.store.journal import Happened
from mockserver.store.state import NO_ROWS, Effect, Emit, Patch, Pending, Put, Remove, State
from mockserver.store.table import Data, Record, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.document.model import Document, Entity
    from mockserver.store.mail import Mail
    from mockserver.world import World

date_of = lru_cache(maxsize=256)(unix_to_date)  # many calls come in one second


@dataclass(eq=False)  # no slots: kept between calls, with what was worked out of it
class Caller:
    """Who asks: rows of the token's user and company, and the link between the two. Never changed."""

    token: Record
    user: Record
    company: int
    link: Data
    contact: Mapping[str, str] = field(default_factory=dict)
    """The field of an activity that names the contact for whom the user stands, and its id; empty for nobody."""

    @cached_property
    def admin(self) -> bool:
        return bool(self.link["is_admin"] or self.link["is_owner"])

    @cached_property
    def user_id(self) -> str:
        return str(self.user.data["id"])

    @cached_property
    def company_id(self) -> str:
        return ids.encode(self.company)

    def may(self, verb: str, permission: str) -> bool:
        """Whether the caller holds `verb_permission` or `verb_all`, or is an administrator (R-AUTH-30).

        Who may edit may view.
        """
        if self.admin or not permission:
            return True
        verbs = ("view", "edit") if verb == "view" else (verb,)
        return not self.held.isdisjoint(f"{each}_{what}" for each in verbs for what in (permission, "all"))

    @cached_property
    def held(self) -> frozenset[str]:
        """The words of the link's permissions."""
        return frozenset(word.strip() for word in str(self.link["permissions"]).split(","))


class Draft:
    """A view of a world at one instant, with pending effects."""

    __slots__ = (
        "_companies",
        "_company",
        "_pending",
        "_today",
        "caller",
        "company_row",
        "document",
        "effects",
        "now",
        "state",
        "world",
    )

    def __init__(self, world: World, caller: Caller | None = None, now: int | None = None) -> None:
        self.world = world
        self.document: Document = world.document
        self.caller = caller
        self.now = world.clock.now() if now is None else now
        self.state: State = world.state
        self.effects: list[Effect] = []
        self.company_row = caller.company if caller is not None else 0
        self._pending: Pending | None = None
        self._today = ""
        self._companies: Table | None = None
        self._company: Data = {}

    # reading -------------------------------------------------------------------------------------------------

    def entity(self, name: str) -> Entity:
        return self.document.entities[name]

    def table(self, name: str) -> Table:
        return self.state.tables.get(self.document.entities[name].resource, NO_ROWS)

    def record(self, name: str, hashed: str) -> Record | None:
        """The record with the hashed id, of whatever company; None when there is none."""
        row = ids.decode(hashed) if hashed else None
        if row is None:
            return None
        return self.state.tables.get(self.document.entities[name].resource, NO_ROWS).get(row)

    def get(self, name: str, hashed: str) -> Data | None:
        """Data of a record that the caller's company reaches, with the hashed id; None when there is none."""
        row = ids.decode(hashed) if hashed else None
        found = None if row is None else self.table(name).get(row)
        if found is None or (found.company != self.company_row and not self.reaches(self.entity(name), found)):
            return None
        return found.data

    def reaches(self, entity: Entity, record: Record) -> bool:
        """Whether the record is one of the caller's company, or of no company, or shared by those of its account."""
        if record.company == self.company_row or (entity.stock and not record.company):
            return True
        shared = entity.through.get("shared") if entity.through is not None else None
        return shared is not None and bool(record.data[shared] == self.company[shared])

    def find(self, name: str, value: Any, *fields: str) -> list[Data]:
        """Records, of any company, whose field(s) hold the value, in row order."""
        table = self.table(name)
        return [record.data for record in table.some(table.find(value, *fields))]

    def taken(self, name: str, field: str, value: Any, *, but: str = "") -> bool:
        """Whether another record of the company, archived and deleted ones included, holds the value."""
        table = self.table(name)
        rows = table.find(value, field, company=self.company_row)
        return any(record.data["id"] != but for record in table.some(rows))

    @property
    def company(self) -> Data:
        """The caller's company."""
        table = self.state.tables["companies"]
        if table is not self._companies:
            record = table.get(self.company_row)
            assert record is not None
            self._companies, self._company = table, record.data
        return self._company

    def setting(self, key: str, client: Mapping[str, Any] | None = None) -> Any:
        """A setting by cascade: the client's own, its group's, the company's (R-CALC-18)."""
        if client is not None:
            settings = client["settings"]
            if key in settings and settings[key] not in (None, ""):
                return settings[key]
            group = self.get("group_setting", client["group_settings_id"]) if client["group_settings_id"] else None
            if group is not None and group["settings"].get(key) not in (None, ""):
                return group["settings"][key]
        return self.company["settings"].get(key, "")

    def settings_of(self, client: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """All settings by the same cascade."""
        settings = {**self.company["settings"]}
        if client is not None:
            group = self.get("group_setting", client.get("group_settings_id") or "")
            for level in (group["settings"] if group is not None else {}, client.get("settings") or {}):
                settings |= {key: value for key, value in level.items() if value not in (None, "")}
        return settings

    def behind(self, entity: Entity, data: Data, kind: str) -> Data | None:
        """The record of a kind that a record is, or that its link to that kind leads to."""
        return data if entity.name == kind else self.get(kind, str(data.get(f"{kind}_id") or ""))

    @property
    def zone(self) -> str:
        """Time zone name of the company."""
        number = self.company["settings"].get("timezone_id", "") if self.company_row else ""
        return self.document.statics.zone(str(number))

    @property
    def today(self) -> str:
        """The company's calendar date."""
        if not self._today:
            self._today = date_of(self.now, self.zone)
        return self._today

    def context_of(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What fields on request are worked out from: settings by cascade, today, currency, payment schedule."""
        client = self.get("client", data.get("client_id", "")) if data.get("client_id") else None
        settings = self.settings_of(client)
        statics = self.document.statics
        settings["date_format"] = statics.row("date_formats", str(settings.get("date_format_id") or "")).get(
            "format", ""
        )
        currency = statics.row("currencies", str(settings.get("currency_id") or "1"))
        return {
            "settings": settings,
            "today": self.today,
            "currency": currency,
            "schedule": data.get("payment_schedule") or (),
        }

    # writing -------------------------------------------------------------------------------------------------

    def _open(self) -> Pending:
        if self._pending is None:
            state = self.state
            self.state = self._pending = Pending(dict(state.tables), state.version, state.events, state.mails)
        return self._pending

    def _apply(self, effect: Effect) -> None:
        self.effects.append(effect)
        (self._pending or self._open()).write(effect)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Keep all that is written inside, or nothing of it when an exception leaves it."""
        tables, count = dict(self.state.tables), len(self.effects)
        try:
            yield
        except BaseException:
            del self.effects[count:]
            if self._pending is not None:
                self._pending.tables = tables
            raise

    @contextmanager
    def standing_in(self, caller: Caller) -> Iterator[None]:
        """Work for another caller inside, who may belong to another company."""
        own = self.caller, self.company_row
        self._stand(caller, caller.company)
        try:
            yield
        finally:
            self._stand(*own)

    def _stand(self, caller: Caller | None, company: int) -> None:
        self.caller, self.company_row = caller, company
        self._companies, self._today = None, ""

    def commit(self) -> None:
        """Make the draft's state the world's. What is written later goes to a state of its own."""
        if self._pending is not None:
            self.world.state, self._pending = self._pending, None

    def blank(self, name: str) -> Data:
        """A new unsaved record with every field at its default; the id is empty."""
        return dict(self.document.entities[name].blank)

    def next_row(self, name: str) -> int:
        return self.table(name).next_row

    def text(self, name: str, field: str, length: int) -> str:
        """Random-looking text for a field of the record that is put next."""
        resource = self.document.entities[name].resource
        return self.world.text(length, resource, self.next_row(name), field)

    def put(self, name: str, data: Data, *, company: int = 0) -> Data:
        """Store a new record of the caller's company, or of another one.

        Fills id and, where they are unset, the time stamps. Gives the stored data.
        """
        resource = self.document.entities[name].resource
        pending = self._pending or self._open()
        table = pending.tables.get(resource)
        row = 1 if table is None else table.next_row
        data["id"] = ids.made(row)
        if not data.get("created_at"):
            data["created_at"] = self.now
        if not data.get("updated_at"):
            data["updated_at"] = self.now
        record = Record(row, row if name == "company" else company or self.company_row, data)
        self.effects.append(Put(resource, record))
        pending.tables[resource] = (Table() if table is None else table).put(record)
        pending.version += 1
        return data

    def patch(self, name: str, hashed: str, changes: Mapping[str, Any], *, touch: bool = True) -> Data:
        """Change fields of a stored record; `touch` moves updated_at. Gives the new data."""
        row = ids.decode(hashed)
        assert row is not None
        entity = self.document.entities[name]
        if touch:
            changes = {**changes, "updated_at": self.now}
        self._apply(Patch(entity.resource, row, changes))
        record = self.state.table(entity.resource).get(row)
        assert record is not None
        return record.data

    def remove(self, name: str, hashed: str) -> None:
        """Take a record out for good."""
        row = ids.decode(hashed)
        if row is not None:
            self._apply(Remove(self.document.entities[name].resource, row))

    def emit(self, event: str, name: str, hashed: str, *, webhook: str = "") -> None:
        """Say that something happened to a record; with `webhook`, to that one only."""
        row = ids.decode(hashed)
        if row is not None:
            self.effects.append(Emit(event, self.document.entities[name].resource, row, webhook))

    def note(self, effect: Emit, entity: Entity) -> None:
        """Add what was emitted to the journal of the world, with the records as they are once the draft is kept."""
        event, row = effect.event, effect.row
        pending = self._pending or self._open()
        tables = pending.tables
        record = tables.get(effect.resource, NO_ROWS).get(row)
        company = record.company if record is not None else self.company_row
        number = entity.events.get(event, 0)
        happened = Happened(self.now, event, number, entity.name, row, company, tables, effect.webhook)
        pending.events = pending.events.add(happened)

    def post(self, mail: Mail) -> None:
        """Put an e-mail into the outbox of the world, with its moment, its company, and the records as they are."""
        pending = self._open()
        pending.post(mail._replace(at=self.now, company=self.company_row, tables=pending.tables))

    def refresh(self, name: str, hashed: str) -> None:
        """Drop memoised encodings of a record because something nested in it changed.

        A record that this draft has made has none yet. Any other may be shared with forks of the world, so it is
        replaced even while it has none: a fork that encodes it later must not do so for this world.
        """
        record = self.record(name, hashed)
        resource = self.document.entities[name].resource
        if record is not None and record is self.world.state.table(resource).get(record.row):
            self._apply(Put(resource, Record(record.row, record.company, record.data)))
