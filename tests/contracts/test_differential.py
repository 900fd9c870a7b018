"""Two servers take the same steps: alike ones never part, and each planted fault is told by a few calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from mockserver.app import Settings, create_mock
from mockserver.contract.differential import EFFORTS, drive
from mockserver.contract.ground import Ground
from mockserver.contract.pair import Parted
from mockserver.contract.spec import Spec
from mockserver.contract.suite.options import DEFAULT, QUICK, Options
from mockserver.contract.tally import Tally
from mockserver.contract.target import Target
from tests.contracts.faults import Fault, Faulty
from tests.contracts.parting_faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.app import Mock

    Compare = Callable[..., Target]

FEW = 5
"""Most calls that tell a fault."""


@pytest.fixture(scope="module")
def spec() -> Spec:
    return Spec.read(Options().spec)


@pytest.fixture(scope="module")
def mock() -> Mock:
    return create_mock(Settings())


@pytest.fixture(scope="module")
def compare(spec: Spec, serve: Any) -> Compare:
    """Drives a server and an empty mock around a noun, and gives the server."""
    other = serve(create_mock(Settings(scenario="empty", seed=3)).asgi)

    def run(app: object, noun: str, effort: str = DEFAULT, seed: int = 1) -> Target:
        options = Options(against="mock", effort=effort, seed=seed)
        target = Target.at(serve(app), spec, options, Tally())
        model = Target.at(other, spec, options, Tally())
        profile = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
        drive(spec, target, model, spec.nouns[noun], options, Ground(), profile)
        return target

    return run


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_by_a_few_calls(mock: Mock, compare: Compare, fault: Fault) -> None:
    with pytest.raises(Parted) as caught:
        compare(Faulty(mock, fault), fault.contract)
    told = str(caught.value)
    assert "the target has" in told
    assert "the mock has" in told
    assert told.count(" -> ") < FEW, told
    assert caught.value.operation


@pytest.mark.parametrize("noun", ["client", "invoice", "payment", "task", "subscription"])
@pytest.mark.parametrize("seed", [1, 2])
def test_servers_with_other_data_do_not_part(compare: Compare, noun: str, seed: int) -> None:
    app = create_mock(Settings(scenario="agency", seed=7, locale="de_DE")).asgi
    target = compare(app, noun, QUICK, seed)
    calls = sum(count for (_, kind, _), count in target.tally.counts.items() if kind == "status")
    assert calls > EFFORTS[QUICK].runs * 3
