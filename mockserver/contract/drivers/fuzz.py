"""Schemathesis as the generator of breadth: its phases over one operation, fed with ids that exist.

Its checks of status, media type, headers and body schema judge every answer. Three of its checks would raise false
alarms here and stay off: `negative_data_rejection` (the service casts; `casts.Casts` says what stays wrong),
`positive_data_acceptance` (a body that fits the document can break a rule of the service, a taken number say), and
those that want 404 or 405 where the service says 400 or 404 (R-WIRE-47, R-AUTH-12).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zlib import crc32

import schemathesis
from hypothesis.internal import lambda_sources
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from mockserver.contract.judging.casts import Casts
from mockserver.contract.reading.files import METHODS
from mockserver.contract.reading.login import login
from mockserver.contract.reading.operations import JSON
from mockserver.contract.requests.feed import Feed, smaller

if TYPE_CHECKING:
    from schemathesis import BaseSchema, Case, Response
    from schemathesis.engine.recorder import ScenarioRecorder

    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.requests.pool import Pool
    from mockserver.contract.target.server import Target

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
PHASES = ("examples", "coverage", "fuzzing")
SHARED = 1000
"""Descriptions that are shared between threads at most."""
CHAINS = "chains"
"""Stands for calls along links, which are not Schemathesis's, where answers are counted by phase."""


@dataclass(frozen=True)
class Effort:
    """How much to try."""

    coverage: int
    """Cases of the coverage phase an operation, about."""
    examples: int
    """Random cases an operation."""
    steps: int
    """Links that a chain of calls follows."""


EFFORTS = {"quick": Effort(10, 2, 4), "default": Effort(15, 4, 12), "deep": Effort(2000, 150, 60)}


@dataclass
class Outcome:
    """What came of fuzzing: answers by (phase, status), accepted positive cases, and failures in words."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    accepted: int = 0
    """Answers 2xx to requests whose path and body the document allows."""
    failures: dict[str, str] = field(default_factory=dict)
    """What is wrong -> the first request that shows it."""
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys((*PHASES, CHAINS), 0.0))
    followed: set[tuple[str, str]] = field(default_factory=set)
    """Links that a chain got through: the operation they hang on, and their name."""

    def report(self) -> str:
        """The failures for people."""
        return "\n\n".join(f"{number}. {what}\n   {how}" for number, (what, how) in enumerate(self.failures.items(), 1))


class Fuzzer:
    """Runs Schemathesis on operations of one server, each in a world of its own."""

    def __init__(self, spec: Spec, target: Target, effort: str, seed: int) -> None:
        self.spec = spec
        self.target = target
        self.effort = EFFORTS[effort]
        self._seed = seed
        self._casts = Casts(spec)
        self._feed = Feed(spec, self._stock())
        self._client: Client | None = None
        self._labelled = {each.label: each for each in spec.operations.values()}
        self._share = 1.0
        self._raw = smaller(spec.raw, seed)
        share_descriptions()

    def _config(self) -> SchemathesisConfig:
        return SchemathesisConfig.from_dict(
            {
                "seed": self._seed,
                "base-url": self.target.url,
                "continue-on-failure": True,
                "suppress-health-check": ["all"],
                "cache": {"enabled": False},
                "checks": {"enabled": False, **{name: {"enabled": True} for name in CHECKS}},
                "generation": {"max-examples": self.effort.examples, "database": "none", "no-shrink": True},
                "phases": {
                    "examples": {"extra-data-sources": {"responses": False}},
                    "coverage": {"unexpected-methods": [], "extra-data-sources": {"responses": False}},
                    "fuzzing": {"extra-data-sources": {"responses": False}, "error-feedback": {"enabled": False}},
                    "stateful": {"enabled": False},
                },
            }
        )

    def _only(self, operation: Operation) -> BaseSchema:
        """The document with one operation: Schemathesis walks through all that there are, several times a phase."""
        item = self._raw["paths"][operation.path]
        others = METHODS - {operation.method.lower()}
        paths = {operation.path: {name: each for name, each in item.items() if name not in others}}
        schema = schemathesis.openapi.from_dict({**self._raw, "paths": paths}, config=self._config())
        # what it remembers of answers is used by nothing that is switched on here
        vars(schema)["create_extra_data_source"] = lambda: None
        # Schemathesis marks what it is given, and a method can't be marked
        schema.hook("filter_case")(lambda _, case: self._sampled(case))
        schema.hook("map_case")(lambda _, case: self._fed(case))
        schema.hook("after_call")(lambda _, case, response: self._look(case, response))
        schema.hook("filter_failure")(lambda _, __, case, ___: self._counts(case))
        return schema

    def _stock(self) -> Pool:
        """What there is when a test begins; stocked worlds are alike, so it is looked up once."""
        with self.target.stocked() as pool:
            return pool

    def run(self, operation: Operation) -> Outcome:
        """Examples, coverage and random cases for one operation."""
        outcome = Outcome()
        schema = self._only(operation)
        with self.target.stocked() as pool:
            self._client = client = pool.client
            if self.spec.plain:
                self._feed = Feed(self.spec, pool)
            self._feed.begin()
            self._share = min(1.0, self.effort.coverage / size_of(self.spec, operation))
            schema.config.headers = dict(client.headers)
            for event in from_schema(schema).execute():
                if isinstance(event, events.ScenarioFinished):
                    outcome.seconds[str(event.phase)] += event.elapsed_time
                    self._take(outcome, str(event.phase), event.recorder)
                elif isinstance(event, events.NonFatalError):
                    outcome.failures.setdefault(f"{event.label}: {event.info.title}", event.info.message[:2000])
        self._client = None
        return outcome

    def _take(self, outcome: Outcome, phase: str, recorder: ScenarioRecorder) -> None:
        """Count the answers of a scenario and collect what is wrong with them."""
        for hashed, interaction in recorder.interactions.items():
            response, case = interaction.response, recorder.cases[hashed].value
            if response is None:
                outcome.failures.setdefault(f"{case.operation.label}: no answer", case.as_curl_command())
                continue
            outcome.answers[phase, response.status_code] += 1
            good = 200 <= response.status_code < 300
            called = self._operation(case)
            if called is not None:
                self.target.tally.saw(called, response.status_code, case.query or (), case.body)
            outcome.accepted += (good or self._found(called, response)) and meant_well(case)
            if good and (why := self._wrongly_taken(case)):
                outcome.failures.setdefault(f"{case.operation.label}: accepted although {why}", case.as_curl_command())
        for checks in recorder.checks.values():
            for check in checks:
                if check.failure_info is not None:
                    what = f"{check.failure_info.failure.operation}: {check.name}: {check.failure_info.failure}"
                    outcome.failures.setdefault(what[:1500], check.failure_info.code_sample)

    def _found(self, operation: Operation | None, response: Response) -> bool:
        """Whether a 422 says what a 200 would say: a check was made, and found something."""
        if operation is None or response.status_code != 422 or self._client is None or self._client.judge is None:
            return False
        said, wanted = ((operation.response(status) or {}).get("content", {}).get(JSON, {}) for status in (422, 200))
        schema = wanted.get("schema")
        if schema is None or schema not in said.get("schema", {}).get("oneOf", ()):
            return False
        try:
            return self._client.judge.validator(schema).is_valid(response.json())
        except ValueError:  # no JSON
            return False

    def _wrongly_taken(self, case: Case[Any]) -> str:
        """Why a JSON body that was accepted should have been refused."""
        operation = self._operation(case)
        if operation is None or case.media_type != "application/json" or case.method.upper() != operation.method:
            return ""
        if isinstance(case.body, (dict, list, str, int, float)) and "Content-Type" not in case.headers:
            return self._casts.stays_wrong(operation, case.body)
        return ""

    def _operation(self, case: Case[Any]) -> Operation | None:
        name = case.operation.definition.raw.get("operationId", "")
        return self.spec.operations.get(name) or self._labelled.get(case.operation.label)

    def _sampled(self, case: Case[Any]) -> bool:
        """A share of the coverage cases that only depends on the seed: large bodies have thousands."""
        meta = case.meta
        if self._share >= 1 or meta is None or str(meta.phase.name) != "coverage":
            return True
        data: Any = meta.phase.data
        if data.scenario.value not in PLENTIFUL:
            return True
        key = f"{self._seed}|{case.operation.label}|{data.scenario}|{data.description}|{data.location}|{case.body!r}"
        return crc32(key.encode("utf-8", "replace")) % 10_000 < self._share * 10_000

    def _fed(self, case: Case[Any]) -> Case[Any]:
        operation = self._operation(case)
        if operation is not None:
            self._feed.give(operation, case)
        if operation is not None and operation.plain:
            carried = login(operation, self.target.options.token)
            case.headers.update({name: text for name, text in carried.headers.items() if text is not None})
            case.query.update(carried.query)
        return case

    def _counts(self, case: Case[Any]) -> bool:
        """Whether a failure says something. With an empty id in its path a call is one of another operation."""
        return all(str(value) for value in case.path_parameters.values())

    def _look(self, case: Case[Any], response: Response) -> None:
        """Put the world back when a call cut off the branch that we sit on, or used up the record it was given."""
        if self._client is None:
            return
        token_gone = response.status_code == 412 or (response.status_code == 403 and b"oken" in response.content)
        record_gone = response.status_code == 400 and self._feed.gave(case)
        if token_gone or record_gone:
            self.target.fork(self._client)


def meant_well(case: Case[Any]) -> bool:
    """Whether path and body of a case are as documented; what is wrong in its query or headers may be overlooked."""
    parts = case.meta.components.items() if case.meta is not None else ()
    return all(part.mode.is_positive for place, part in parts if str(place.value) in ("path", "body"))


class Shared(dict[Any, Any]):
    """A memory that starts anew when it is full."""

    def __setitem__(self, key: Any, value: Any) -> None:
        if len(self) >= SHARED:
            self.clear()
        super().__setitem__(key, value)


def share_descriptions() -> None:
    """Let all threads share what Hypothesis knows of the sources of lambdas.

    Schemathesis starts a thread for each phase of an operation, and each of them would parse whole modules anew.
    """
    for name in ("LAMBDA_DIGEST_DESCRIPTION_CACHE", "AST_LAMBDAS_CACHE"):
        if not isinstance(getattr(lambda_sources, name, {}), dict):  # there is no setting for it
            vars(lambda_sources)[name] = Shared()


PLENTIFUL = frozenset(
    {"incorrect_type", "valid_object", "object_required_and_optional", "object_unexpected_properties"}
)
"""Scenarios of the coverage phase that come once a property and more."""


def size_of(spec: Spec, operation: Operation) -> int:
    """About how many coverage cases the body of an operation gives: some for each place in it."""
    schema = operation.body()
    return 1 if schema is None else 1 + 9 * places(spec, schema, 0)


def places(spec: Spec, schema: Any, depth: int) -> int:
    """Places in a schema where a value can stand."""
    schema = spec.resolved(schema)
    inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return 1 + (sum(places(spec, each, depth + 1) for each in inner) if depth < 4 else 0)
