"""Options of a run: what they mean, and what is said about those that mean nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis.internal.conjecture import providers

from mockserver.contract.options import FLAGS, Options
from mockserver.contract.suite.plugin import draw_by_seed_alone

if TYPE_CHECKING:
    from pathlib import Path


def options(**told: str | bool) -> Options:
    return Options.of(lambda flag: told.get(flag[2:].replace("-", "_")))


def test_nothing_asked_for_is_a_timid_run_of_everything() -> None:
    made = options()
    assert (made.allow, made.effort, made.shard, made.seed) == (frozenset(), "default", (1, 1), 1)
    assert (made.token, made.password, made.second_token) == ("TOKEN", "password", "")
    assert made.spec.name == "openapi.json"


def test_secrets_come_from_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCKSERVER_TOKEN", "from outside")
    monkeypatch.setenv("MOCKSERVER_SECOND_TOKEN", "another")
    assert (options().token, options().second_token) == ("from outside", "another")
    assert options(token="mine").token == "mine"


def test_what_is_asked_for_is_understood() -> None:
    made = options(allow="writes, sends", shard="2/4", seed="7", max_rate="2.5", quick=True)
    assert (made.allow, made.shard, made.seed) == (frozenset({"writes", "sends"}), (2, 4), 7)
    assert (made.max_rate, made.effort) == (2.5, "quick")
    assert options(allow="all").allow == {"writes", "deletes", "sends"}


@pytest.mark.parametrize(
    ("flag", "text", "said"),
    [
        ("--allow", "write", "got write, wanted some of writes, deletes, sends, or all"),
        ("--shard", "5/4", "got '5/4', wanted a part such as 1/4"),
        ("--shard", "0/4", "got '0/4'"),
        ("--shard", "half", "got 'half'"),
        ("--seed", "one", "got 'one', wanted a whole number"),
        ("--max-rate", "-1", "got '-1', wanted a number"),
        ("--time-limit", "inf", "got 'inf', wanted a number"),
        ("--spec", "none.json", "got none.json, which is no file"),
        ("--report-html", "none/x.html", "there is no folder"),
    ],
)
def test_what_means_nothing_is_told(flag: str, text: str, said: str) -> None:
    assert flag in FLAGS
    with pytest.raises(ValueError, match="got") as caught:
        options(**{flag[2:].replace("-", "_"): text})
    assert said in str(caught.value)


def test_the_usual_deviations_are_those_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert options().deviations is None
    (tmp_path / "deviations.toml").touch()
    assert options().deviations == tmp_path / "deviations.toml"


def test_what_a_seed_stands_for_does_not_depend_on_the_code_that_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hypothesis mixes constants of loaded modules into what it draws; a checkout has others than a wheel."""
    place = "_get_local_constants"
    monkeypatch.setattr(providers, place, getattr(providers, place))  # put back afterwards
    draw_by_seed_alone()
    found = getattr(providers, place)()
    assert not any(found.set_for_type(kind) for kind in ("integer", "float", "bytes", "string"))
