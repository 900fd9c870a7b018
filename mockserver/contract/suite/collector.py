"""Collects what the contracts found and did, from this process and from those of pytest-xdist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.findings import Broken, Finding
from mockserver.contract.suite.rules import rule_of
from mockserver.contract.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from mockserver.contract.spec import Operation
    from mockserver.contract.target import Target

COLLECTOR = pytest.StashKey["Collector"]()
MOST_STEPS = 40
"""Calls that a finding prints: the last ones count."""


class Collector:
    """Findings, outcomes and the tally of a run. `target` is set once a contract has asked for the server."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.tally = Tally()
        self.target: Target | None = None
        self.findings: dict[tuple[str, str], Finding] = {}
        self.outcomes: dict[str, dict[str, int]] = {}
        """Rule -> outcome (passed, failed, skipped) -> how many."""
        self.words: dict[str, str] = {}
        """Rule -> what must hold."""
        config.stash[COLLECTOR] = self

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
        if rule is not None:
            told: dict[str, Any] = {"rule": rule.id, "words": rule.words}
            if report.failed and call.excinfo is not None:
                told["findings"] = [finding.told() for finding in self._found(item, call.excinfo.value)]
            vars(report)["contract"] = told
        return report

    def _found(self, item: pytest.Item, error: BaseException) -> Iterator[Finding]:
        """The finding of a failed contract; several when the contract tells them apart."""
        rule = rule_of(item)
        assert rule is not None
        params = getattr(getattr(item, "callspec", None), "params", {})
        operation: Operation | None = params.get("operation")
        noun = params.get("noun")
        errors = error.exceptions if isinstance(error, BaseExceptionGroup) else [error]
        history = list(self.target.history) if self.target is not None else []
        for each in errors:
            blamed = each.operation if isinstance(each, Broken) else ""
            last = next((reply for reply in reversed(history) if reply.operation), None)
            name = blamed or (operation.id if operation else last.operation if last else "")
            known = self.target.spec.operations.get(name) if self.target is not None else None
            yield Finding(
                rule=rule.id,
                words=rule.words,
                operation=name,
                label=known.label if known else "",
                subject=operation.id if operation else getattr(noun, "name", ""),
                what=str(each) or type(each).__name__,
                place=(each.place if isinstance(each, Broken) else "") or (known.place if known else ""),
                steps=[reply.asked for reply in history[-MOST_STEPS:]],
                answer=history[-1].shown if history else "",
                layer=rule.layer,
            )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told = getattr(report, "contract", None)
        if told is None or (report.when != "call" and report.passed):
            return
        outcomes = self.outcomes.setdefault(told["rule"], {})
        outcomes[report.outcome] = outcomes.get(report.outcome, 0) + 1
        self.words[told["rule"]] = told["words"]
        for each in told.get("findings", ()):
            finding = Finding.of(each)
            known = self.findings.setdefault(finding.key, finding)
            if known is not finding:
                known.seen += 1

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output["contract_tally"] = self.tally.told()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a process of pytest-xdist did."""
        told = getattr(node, "workeroutput", {}).get("contract_tally")
        if told is not None:
            self.tally.add(told)
