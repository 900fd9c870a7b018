"""Collects what the contracts found and did, from this process and from those of pytest-xdist."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken, Finding
from mockserver.contract.calls.reproduction import reproduction
from mockserver.contract.calls.secrets import Secrets
from mockserver.contract.calls.tally import Tally
from mockserver.contract.suite.deviations import Deviation, known
from mockserver.contract.suite.rules import Rule, rule_of
from mockserver.contract.suite.summary import FAILED, SKIPPED, Outcome, Run
from mockserver.contract.suite.terminal import text_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from mockserver.contract.options import Options
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

COLLECTOR = pytest.StashKey["Collector"]()


class Collector:
    """Findings, outcomes and the tally of a run. `target` is set once a contract has asked for the server."""

    def __init__(self, options: Options, spec: Spec, deviations: Sequence[Deviation]) -> None:
        self.options = options
        self.spec = spec
        self.deviations = deviations
        self._secrets = Secrets(
            {"TOKEN": options.token, "PASSWORD": options.password, "SECOND_TOKEN": options.second_token}
        )
        self.tally = Tally()
        self.target: Target | None = None
        self.findings: dict[tuple[str, str], Finding] = {}
        self.outcomes: dict[str, Outcome] = {}
        """Rule -> what became of it."""
        self.outside: set[str] = set()
        """Contracts that have nothing to do with the document."""
        self.requests = 0
        self.reduced = False
        """Whether something was left out: by name, by a shard, by the time limit or at the first finding."""
        self._began = time.monotonic()
        self._told = 0
        self._granted: set[str] = set()
        """What may be done to the server, as the processes of pytest-xdist say."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        rule = rule_of(item)
        self.tally.rule = rule.id if rule else ""
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Hang what is known of a contract on its report, in plain JSON, so that it passes between processes."""
        report = yield
        rule = rule_of(item)
        if rule is None:
            return report
        told: dict[str, Any] = {"rule": rule.id, "words": rule.words, "subject": subject_of(item)}
        error = call.excinfo.value if call.excinfo is not None else None
        if report.failed and isinstance(error, AssertionError | BaseExceptionGroup):
            found = list(self._found(item, rule, error))
            told["findings"] = [finding.told() for finding in found]
            reasons = [finding.deviation for finding in found]
            if all(reasons):  # pytest knows this as a failure that was expected
                report.outcome = SKIPPED
                report.wasxfail = "; ".join(dict.fromkeys(reasons))
            else:
                report.longrepr = "\n\n".join(text_of(finding) for finding in found if not finding.deviation)
        told["requests"], self._told = self.tally.requests - self._told, self.tally.requests
        vars(report)["contract"] = told
        return report

    def _found(self, item: pytest.Item, rule: Rule, error: BaseException) -> Iterator[Finding]:
        """The findings of a failed contract, one for each error when it tells them apart."""
        history = list(self.target.history) if self.target is not None else []
        subject = subject_of(item)
        for each in error.exceptions if isinstance(error, BaseExceptionGroup) else [error]:
            told = each if isinstance(each, Broken) else Broken(plain(str(each)))
            name = told.operation or (subject if subject in self.spec.operations else last_operation(history))
            operation = self.spec.operations.get(name)
            hidden = self._secrets.hidden
            calls = told.calls or up_to(history, name)
            finding = Finding(
                rule=rule.id,
                words=rule.words,
                operation=name,
                label=operation.label if operation else "",
                subject=subject,
                what=hidden(told.what or type(each).__name__),
                place=told.place or (operation.place if operation else ""),
                steps=[hidden(line) for line in reproduction(calls, self._secrets.variables)],
                answer=hidden(calls[-1].shown) if calls else "",
                layer=rule.layer,
            )
            deviation = known(self.deviations, finding)
            finding.deviation = deviation.reason if deviation is not None else ""
            yield finding

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told = vars(report).get("contract")
        if told is None:
            return
        self.requests += told["requests"]
        if report.when != "call" and report.passed:
            return
        outcome = self.outcomes.setdefault(told["rule"], Outcome(told["words"]))
        came = FAILED if "findings" in told else report.outcome
        outcome.counts[came] = outcome.counts.get(came, 0) + 1
        if came == SKIPPED:
            reason = report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else ""
            outcome.reasons[reason] = outcome.reasons.get(reason, 0) + 1
        else:
            outcome.ran.add(told["subject"])
        for each in told.get("findings", ()):
            finding = Finding.of(each)
            first = self.findings.setdefault(finding.key, finding)
            if first is not finding:
                first.seen += 1

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output["contracts"] = {
                "tally": self.tally.told(),
                "allow": sorted(self.target.allow) if self.target else [],
                "outside": sorted(self.outside),
            }

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a process of pytest-xdist did."""
        told = getattr(node, "workeroutput", {}).get("contracts")
        if told is not None:
            self.tally.add(told["tally"])
            self._granted |= set(told["allow"])
            self.outside |= set(told["outside"])

    def run(self) -> Run:
        """All of it, once the contracts are through."""
        return Run(
            self.options,
            self.spec,
            self.tally,
            list(self.findings.values()),
            self.outcomes,
            self.deviations,
            frozenset(self.target.allow if self.target is not None else self._granted),
            whole=not self.reduced,
            seconds=time.monotonic() - self._began,
            requests=self.requests,
            outside=frozenset(self.outside),
        )


def subject_of(item: pytest.Item) -> str:
    """What a contract is run for: an operation, a noun, or nothing in particular."""
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    found: Any = params.get("operation") or params.get("noun")
    return str(getattr(found, "id", getattr(found, "name", "")))


def plain(text: str) -> str:
    """The message of an assertion, without what pytest tells of its parts when there is a message."""
    said, _, parts = text.partition("\nassert ")
    return said or parts


def last_operation(history: Sequence[Reply]) -> str:
    """The operation that was called last."""
    return next((reply.operation for reply in reversed(history) if reply.operation), "")


def up_to(history: Sequence[Reply], operation: str) -> Sequence[Reply]:
    """The calls up to the last one of an operation; all of them when it was not called."""
    last = max((place for place, reply in enumerate(history) if reply.operation == operation), default=len(history) - 1)
    return history[: last + 1]
