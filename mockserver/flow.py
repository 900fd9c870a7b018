"""The path of a request through the engine, stage by stage. Read FLOW first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockserver import ids
from mockserver.answer import Item, Items, Reply, Unsaved
from mockserver.behaviours import OPERATIONS
from mockserver.behaviours.core.access import require, require_admin, require_create
from mockserver.behaviours.core.validation import invalid
from mockserver.behaviours.records.activities import record_event
from mockserver.coerce import BodyPlan
from mockserver.document.schemas import Schemas
from mockserver.draft import Draft
from mockserver.errors import Diagnosis, Refused
from mockserver.headers import VERSIONS
from mockserver.judge import Judge
from mockserver.remarks import Remarks
from mockserver.render import Renderer
from mockserver.respond import DIAGNOSTICS, diagnostics
from mockserver.serialize import RESHAPING, Serializer
from mockserver.store.state import Emit
from mockserver.verify import Verifier

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.answer import Answer
    from mockserver.document.model import Document, Operation
    from mockserver.draft import Caller
    from mockserver.request import Request
    from mockserver.world import World

SELF_CHECKING = frozenset(
    {
        *("create", "update", "bulk", "user_create", "user_update", "company_create", "company_update"),
        *("token_create", "shop_create_client", "shop_create_invoice", "bank_match", "e_invoice_configure"),
        *("e_invoice_not_connected", "client_statement", "preview_design", "preview_purchase_order_design"),
        *("live_preview", "live_preview_purchase_order", "live_design"),
    }
)
"""Behaviours that report type errors of the body together with their own rules."""


RECORDS = (Item, Items, Unsaved)
"""Answers whose records are checked one by one when they are encoded."""


@dataclass(slots=True, eq=False)
class Exchange:
    """What travels through the stages: the request and what became of it so far."""

    request: Request
    world: World
    draft: Draft
    answer: Answer | None = None
    reply: Reply | None = None


class Engine:
    """Answers requests on worlds, for one document. Holds compiled plans, no state of a world."""

    def __init__(self, document: Document, *, strict: bool = False) -> None:
        self.document = document
        self.schemas = Schemas(document.schemas)
        self.renderer = Renderer(document, self.schemas)
        self.serializer = Serializer(document, self.renderer)
        self.verifier = Verifier(document, self.schemas)
        self._bodies: dict[str, BodyPlan] = {}
        self.remarks = Remarks(document)
        self.judge = Judge(document) if strict else None

    def read_body(self, request: Request) -> None:
        """Cast the body to the types of the document; what does not fit is kept as errors on the request."""
        schema = request.operation.request
        if not schema or not request.body:
            return
        plan = self._bodies.get(schema)
        if plan is None:
            plan = self._bodies[schema] = BodyPlan(schema, self.schemas, self.document.schemas)
        request.body, request.errors, request.diagnoses = plan.read(request.body)

    def handle(self, request: Request, world: World) -> Reply:
        """Answer one request. All effects are kept or none.

        Raises Refused for the service's own refusals, ContractBreach when the answer is not what the document says.
        """
        exchange = Exchange(request, world, Draft(world, request.caller))
        before = world.state
        try:
            for stage in FLOW:
                stage(self, exchange)
        except Refused as refused:
            world.state = before
            refused.diagnoses += self.remarks.of(request, exchange.draft)
            raise
        except BaseException:
            world.state = before
            raise
        reply = exchange.reply
        assert reply is not None
        found = self.remarks.of(request, exchange.draft)
        if found:
            reply.headers = {**reply.headers, DIAGNOSTICS: diagnostics([each.as_dict() for each in found])}
        return reply

    def apply(
        self,
        world: World,
        verb: Callable[[Draft], object],
        *,
        company: int = 0,
        caller: Caller | None = None,
        ip: str = "",
    ) -> None:
        """Carry out what no call of the API asked for, in a company or for a caller. All effects are kept or none."""
        draft = Draft(world, caller)
        draft.company_row = draft.company_row or company
        verb(draft)
        follow(self, world, draft, ip)
        draft.commit()

    def check_refusal(self, operation: Operation, reply: Reply) -> None:
        """Raise ContractBreach when an error answer is not documented."""
        self.verifier.check(operation, reply, body=True)


def locate(engine: Engine, exchange: Exchange) -> None:
    """Find the record that the path names and check the right to it, then refuse an unreadable body (R-AUTH-9)."""
    request, draft = exchange.request, exchange.draft
    operation = request.operation
    entity = operation.entity
    needs = operation.needs
    if operation.locate and entity is not None:
        hashed = request.parameters["id"]
        record = draft.record(entity.name, hashed)
        hidden = record is not None and entity.through is not None and not draft.reaches(entity, record)
        if record is None or hashed != record.data["id"] or hidden:
            raise not_found(entity.model, hashed)
        verb = "view" if request.method == "GET" and operation.behaviour not in ("edit", "action") else "edit"
        require(draft, entity, record, verb if needs not in ("edit", "view") else needs)
        request.record = record
    if needs in ("admin", "owner"):
        require_admin(draft, needs)
    elif needs == "create" and entity is not None:
        require_create(draft, entity)
    if request.problem is not None:
        raise request.problem


def not_found(model: str, hashed: str) -> Refused:
    """The service's answer to an id that names nothing (R-WIRE-47)."""
    if hashed.isascii() and hashed.isdigit():
        diagnosis = Diagnosis(
            "path id", "R-WIRE-47", hashed, "a hashed id", f"row {hashed[:9]} has the id {ids.encode(int(hashed[:9]))}"
        )
        return Refused("not_found", f"Record with value {hashed} not found", diagnoses=(diagnosis,))
    diagnosis = Diagnosis("path id", "R-WIRE-47", hashed, f"the id of a stored {model}")
    return Refused("not_found", f"No query results for model [App\\Models\\{model}].", diagnoses=(diagnosis,))


def behave(engine: Engine, exchange: Exchange) -> None:
    """Run the behaviour that the document names."""
    request = exchange.request
    name = request.operation.behaviour
    if request.errors and name not in SELF_CHECKING:
        raise invalid(request.errors, request.diagnoses)
    exchange.answer = OPERATIONS[name](exchange.draft, request)


def derive(engine: Engine, exchange: Exchange) -> None:
    """What follows from the effects of the behaviour."""
    if exchange.draft.effects:
        follow(engine, exchange.world, exchange.draft, exchange.request.remote)


def follow(engine: Engine, world: World, draft: Draft, remote: str = "") -> None:
    """Events become entries of the log; records that show changed records inside them are encoded anew."""
    parents, resources = engine.document.parents, engine.document.resources
    holders = engine.document.holders
    for effect in tuple(draft.effects):
        entity = resources[effect.resource]
        if effect.__class__ is Emit:
            if effect.event in entity.activities:
                record_event(draft, effect.event, entity, effect.row, remote)
            draft.note(effect, entity)
            continue
        held, shown = holders.get(entity.name, ()), parents.get(entity.name, ())
        if not held and not shown:
            continue
        before = world.state.table(effect.resource).get(effect.row)
        if before is not None:  # nobody holds what was not there
            for holder, field in held:
                for data in draft.find(holder, ids.encode(effect.row), field):
                    draft.refresh(holder, data["id"])
        for parent, field in shown:
            record = draft.table(entity.name).get(effect.row) or before
            if record is not None:
                draft.refresh(parent, record.data.get(field) or "")


def commit(engine: Engine, exchange: Exchange) -> None:
    """Make the draft's state the world's, in one assignment."""
    exchange.draft.commit()


def serialize(engine: Engine, exchange: Exchange) -> None:
    """Answer to bytes."""
    assert exchange.answer is not None
    exchange.reply = engine.serializer.reply(exchange.answer, exchange.request, exchange.draft)


def verify(engine: Engine, exchange: Exchange) -> None:
    """Check the reply against the document."""
    request, reply = exchange.request, exchange.reply
    assert reply is not None
    answer = exchange.answer
    enveloped = isinstance(answer, RECORDS) and (not isinstance(answer, Items) or answer.include is None)
    whole = not enveloped and RESHAPING.isdisjoint(request.query)
    engine.verifier.check(request.operation, reply, body=whole)
    if engine.judge is not None and not renamed(request):
        engine.judge.check(request, reply, VERSIONS)


def renamed(request: Request) -> bool:
    """Whether the client asked for another envelope than the documented one (ADR 0007)."""
    return bool(request.query.get("index")) or request.query.get("serializer") == "json"


FLOW: tuple[Callable[[Engine, Exchange], None], ...] = (locate, behave, derive, commit, serialize, verify)
