"""The document as the engine sees it: frozen entities and operations, no YAML and no JSON Schema in sight."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.document.statics import Statics

Condition = Any
"""A condition of the facts: True, or a mapping with all/any/not/not_deleted/FIELD."""


class Field(NamedTuple):
    """One field of a record. `default` is what a blank record holds."""

    name: str
    kind: str
    default: Any = ""
    write: str = ""
    to: str = ""
    computed: str = ""
    mask: str = ""
    optional: bool = False
    when: str = ""
    when_empty: Any = None

    def writable(self, verb: str) -> bool:
        return self.write in ("both", verb)


class Include(NamedTuple):
    """A nested record: `by` is the child's field with our id (to-many), `source` our field with its id (to-one)."""

    name: str
    entity: str
    many: bool = False
    by: str = ""
    source: str = ""
    always: bool = False
    where: Condition = True
    link: tuple[str, str, str] | None = None
    """Link table: its entity, its field with our id, its field with the child's id."""
    unmasked: bool = False
    blank: bool = False
    """A blank record stands for the one that is not there."""
    inner: bool = False
    """Only filters and sorts go through it."""
    scope: str = ""
    """`company` or `caller`: a to-one child by `by` that belongs to the company or user of the call."""


IMPLICIT_RULES = frozenset({"required", "required_with", "required_without", "required_if"})
"""Rules that look at missing and empty values too."""
PASSED: Mapping[str, frozenset[type]] = {
    "numeric": frozenset({int, float}),
    "boolean": frozenset({bool}),
    "string": frozenset({str, int, float, bool}),
    "array": frozenset({list, dict}),
}
"""Rules that only look at the type of a value, with the types that they let through."""


class FieldRules(NamedTuple):
    """The rules of one field: (name, argument) pairs in their order.

    `implicit` says that one of them looks at missing values, `nested` that the path goes below the top level;
    `passed` are the types of whose values none of the rules refuses any; `object` stands for a missing value.
    """

    path: str
    rules: tuple[tuple[str, Any], ...]
    implicit: bool
    nested: bool
    passed: frozenset[type]


@dataclass(frozen=True, slots=True)
class Entity:
    """A noun of the API with the facts that the behaviours read."""

    name: str
    schema: str
    resource: str
    model: str
    fields: Mapping[str, Field]
    hidden: Mapping[str, Field]
    includes: Mapping[str, Include]
    permission: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """All facts, for those that only one behaviour reads."""
    search: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    base_filters: tuple[str, ...] = ()
    sorts: Mapping[str, Any] = field(default_factory=dict)
    number: Mapping[str, str] | None = None
    edit_deleted: str = "allow"
    delete: str = "mark"
    documents: bool = False
    stock: bool = False
    """Rows of no company belong to each company's list."""
    bulk: Mapping[str, str] = field(default_factory=dict)
    bulk_unknown: str = "refuse"
    bulk_none: str = ""
    actions: Mapping[str, str] = field(default_factory=dict)
    triggers: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, tuple[FieldRules, ...]] = field(default_factory=dict)
    events: Mapping[str, int] = field(default_factory=dict)
    activities: Mapping[str, str] = field(default_factory=dict)
    moves: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    store: Mapping[str, str] = field(default_factory=dict)
    stored: Mapping[str, Field] = field(default_factory=dict)
    """Own and hidden fields: what a record holds."""
    blank: Mapping[str, Any] = field(default_factory=dict)
    """A record with every stored field at its default."""
    writes: Mapping[str, Mapping[str, Field]] = field(default_factory=dict)
    """The fields that a body writes, by `create` and `update`."""
    plans: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What behaviours have worked out of the facts, by a name of theirs: each on first use, and never changed."""
    through: Mapping[str, str] | None = None
    """Link table by which rows belong to a company: {entity, field, shared?}. A company reaches all rows that have
    its value of the field `shared`, as users of an account are reached from each of its companies."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation: where it is, and which behaviour answers it."""

    id: str
    method: str
    path: str
    behaviour: str
    entity: Entity | None
    locate: bool
    password: bool
    public: bool
    needs: str
    throttle: tuple[str, ...]
    """Limits of calls: names of `Document.limits`, or calls and time such as `20/m`."""
    facts: Mapping[str, Any]
    request: str
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """A loaded document: `raw` is the OpenAPI object, the rest is derived from it."""

    raw: Mapping[str, Any]
    operations: Mapping[str, Operation]
    entities: Mapping[str, Entity]
    resources: Mapping[str, Entity]
    schemas: Mapping[str, Any]
    statics: Statics
    parents: Mapping[str, tuple[tuple[str, str], ...]]
    """Entity -> (parent entity, our field with its id), where the parent always shows our records."""
    holders: Mapping[str, tuple[tuple[str, str], ...]]
    """Entity -> (entity that always shows the one of us that it links to, its field with our id)."""
    setting_kinds: Mapping[str, str]
    """Company setting -> JSON type, `integer` for ids and counters that are kept as text."""
    limits: Mapping[str, str]
    """Limit of calls by its name, such as `300/m`."""
    setting_defaults: Mapping[str, Any]
    """Settings of a new company."""

    def resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """A node of the document, or the component that it refers to."""
        while "$ref" in node:
            _, kind, name = node["$ref"].rsplit("/", 2)
            node = self.raw["components"][kind][name]
        return node
