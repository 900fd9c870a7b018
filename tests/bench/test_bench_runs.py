"""The benchmarks still run: one tiny round of each gives its rows. Their numbers are no test's business."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TINY: dict[str, dict[str, int]] = {
    "calls": {"rounds": 1, "requests": 5},
    "start": {"rounds": 1},
    "store": {"rounds": 1, "invoices": 2000, "clients": 10},
    "large": {"rounds": 1, "requests": 20, "invoices": 200},
}


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Imports a module of bench/, which lies beside the package and is not installed with it."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(ROOT)])
    monkeypatch.setenv("MOCKSERVER_CACHE_DIR", str(tmp_path))
    return lambda name: import_module(f"bench.{name}")


@pytest.mark.parametrize("suite", TINY)
def test_a_suite_gives_rows(bench: Any, suite: str) -> None:
    run = bench(suite).run
    if sys.platform != "linux" and suite != "store":
        with pytest.raises(RuntimeError, match="wanted linux"):
            run(**TINY[suite])
        return
    rows = run(**TINY[suite])
    assert len(rows) > 3
    assert all(row.what and row.cost and row.baseline and row.ratio > 0 for row in rows)


def test_the_table_goes_between_the_marks_of_a_page(bench: Any) -> None:
    main, measure = bench("__main__"), bench("measure")
    text = measure.table([measure.Row("a thing", "2 us", "loop 1 us", 2.0, "<= 3")])
    assert text.splitlines()[-1] == "| a thing | 2 us | loop 1 us | 2.00 | <= 3 |"
    page = f"before\n{main.HEAD}old\n{main.FOOT}after\n"
    assert main.into(page, text) == f"before\n{main.HEAD}{text}{main.FOOT}after\n"
    with pytest.raises(ValueError, match="wanted both"):
        main.into("no marks", text)


@pytest.mark.parametrize(("seconds", "words"), [(1.234e-6, "1.23 us"), (0.0456, "45.6 ms"), (2.5, "2.5 s")])
def test_durations_have_a_unit(bench: Any, seconds: float, words: str) -> None:
    assert bench("measure").in_words(seconds) == words
