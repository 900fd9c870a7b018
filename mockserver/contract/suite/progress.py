"""How far a run is: a line that renews itself in a terminal, and a line now and then in a log."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mockserver.contract.suite.collector import Collector

EVERY = {True: 0.2, False: 15.0}
"""Seconds between two lines, in a terminal and elsewhere."""
BAR = 24
ENOUGH = 0.05
"""Share of the checks from which on the rest can be guessed."""


class Progress:
    """Tells done and all contracts, requests a second, the time that is left, and findings."""

    def __init__(self, collector: Collector, config: pytest.Config) -> None:
        self._collector = collector
        self._writer = config.get_terminal_writer()
        self._renews = self._writer.hasmarkup
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.showfspath = False  # a line of dots for each file would break up the one below
        self._all = 0
        self._done = 0
        self._began = self._last = time.monotonic()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._all = len(session.items) or self._all

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        self._all = len(ids)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport | pytest.CollectReport) -> tuple[str, str, str] | None:
        """No letter for a contract: the line below stands for all of them."""
        if "contract" not in vars(report) or hasattr(report, "wasxfail"):
            return None
        shown = report.when == "call" or report.outcome != "passed"
        return report.outcome if shown else "", "", ""

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self) -> None:
        self._done += 1
        now = time.monotonic()
        if now - self._last >= EVERY[self._renews] or self._done == self._all:
            self._last = now
            self._write(now - self._began)

    def _write(self, seconds: float) -> None:
        share = self._done / self._all if self._all else 0
        left = seconds / share - seconds if share else 0
        rate = self._collector.requests / seconds if seconds else 0
        new = sum(not finding.deviation for finding in self._collector.findings.values())
        text = f"{self._done}/{self._all} checks, {self._collector.requests} requests ({rate:.0f}/s), {new} findings"
        if share >= ENOUGH:
            text += f", about {int(left) // 60}:{int(left) % 60:02d} left"
        if self._renews:
            full = round(share * BAR)
            self._writer.write(f"\r[{'#' * full}{'.' * (BAR - full)}] {text}\033[K", flush=True)
            if self._done == self._all:
                self._writer.line()
        else:
            self._writer.line(text)
