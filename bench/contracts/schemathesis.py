"""Schemathesis by its command line, in the best configuration that we know for this document, on one server.

It is given more than it would find: just the operations of the nouns that a fault is about, each with as many cases as
a run over the whole document would have in an hour. What it reports on a sound server does not count as caught.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

from bench.contracts.state import Result
from mockserver.content import spec_dir
from tests.planted.worker import serving

if TYPE_CHECKING:
    from mockserver.app import Mock
    from tests.planted.fault import Fault

EXCLUDED = (
    *("positive_data_acceptance", "negative_data_rejection", "missing_required_header", "unsupported_method"),
    *("use_after_free", "allow_header_conformance"),
)
"""Checks that complain about the sound server, because the service answers so: see the page."""
HEADERS = {"X-API-TOKEN": "TOKEN", "X-API-PASSWORD": "password", "X-Requested-With": "XMLHttpRequest"}
SPOILING = "purge|refresh|self-update|self_update|logout|detach_from_company|reset|migration"
"""Paths of calls that take away what all other calls need."""
EXAMPLES = 15
"""Random cases an operation, as many as a contract of our default profile tries; those of its coverage come first."""
LIMIT = 300
"""Seconds after which a run is ended, which has no verdict then."""
CONFIG = """
[phases.coverage]
unexpected-methods = []
"""


def resources(fault: Fault | None, healthy: Mock) -> list[str]:
    """First segments of the paths that a fault is about."""
    if fault is None:
        return []
    entities = healthy.document.entities
    found = {entities[word].resource for word in fault.select.split() if word in entities}
    found |= fault.places - {"**", "*"}
    return sorted(found)


def command(url: str, places: list[str], seed: int, examples: int, report: Path) -> list[str]:
    """Words of the command line."""
    words = [str(Path(sys.executable).with_name("st")), "run", str(spec_dir() / "openapi.json"), "--url", url]
    words += [word for name, value in HEADERS.items() for word in ("-H", f"{name}: {value}")]
    if places:
        words += ["--include-path-regex", f"^/api/v1/({'|'.join(places)})(/|$)"]
    words += ["--exclude-path-regex", SPOILING, "--exclude-checks", ",".join(EXCLUDED)]
    words += ["--max-examples", str(examples), "--seed", str(seed), "--no-shrink", "--continue-on-failure"]
    return [
        *words,
        "--request-timeout",
        "5",
        "--warnings",
        "off",
        "--report",
        "json",
        "--report-json-path",
        str(report),
    ]


def run(fault: Fault | None, places: list[str], seed: int, examples: int, healthy: Mock) -> Result:
    """Run it on a server with the fault, or on a healthy one; gives what it reported."""
    folder = Path(tempfile.mkdtemp())
    report = folder / "report.json"
    (folder / "schemathesis.toml").write_text(CONFIG, "utf-8")
    began = time.monotonic()
    try:
        with serving(fault, healthy) as url, (folder / "printed").open("wb") as printed:
            process = subprocess.Popen(
                command(url, places, seed, examples, report), cwd=folder, stdout=printed, stderr=subprocess.STDOUT
            )
            watch = Timer(LIMIT, process.kill)
            watch.start()
            _, _, used = os.wait4(process.pid, 0)
            process.returncode = 0
            watch.cancel()
        made = Result(seconds=round(time.monotonic() - began, 1), cpu=round(used.ru_utime + used.ru_stime, 1))
        if not report.is_file() or not report.stat().st_size:  # ended by the watch, or it never began
            made.trouble = (folder / "printed").read_text("utf-8", "replace")[-500:] or "no report"
            return made
        told = json.loads(report.read_text("utf-8"))
        made.failed = [f"{each['type']} {place}" for each in told["failures"] for place in each["operations"]]
        made.requests = told["test_cases"]["generated"]
        return made
    finally:
        shutil.rmtree(folder, ignore_errors=True)
