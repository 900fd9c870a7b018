"""Two servers take the same steps: alike ones never part, and each planted fault is told by a few calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from mockserver.app import Settings, create_mock
from mockserver.contract.calls.tally import Tally
from mockserver.contract.differential.ground import Ground
from mockserver.contract.differential.machine import EFFORTS, drive
from mockserver.contract.differential.pair import Parted
from mockserver.contract.options import DEFAULT, QUICK, Options
from mockserver.contract.reading.spec import Spec
from mockserver.contract.target.server import Target
from tests.planted.catalog import named
from tests.planted.exchange import Faulty

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.app import Mock

    Compare = Callable[..., Target]

PARTING = [
    ("client", "a client is shown without its phone"),
    ("product", "a price in lists is text"),
    ("vendor", "a new vendor is answered with 201"),
    ("client", "a refused client is answered with 200"),
    ("product", "an update of a product is answered and lost"),
    ("client", "a deletion of a client does nothing"),
    ("vendor", "restoring vendors does nothing"),
    ("product", "lists of products are sorted the wrong way round"),
    ("task", "pages of tasks begin one page too late"),
    ("expense", "a bulk action takes all expenses"),
    ("task", "two custom values of tasks are swapped"),
    ("vendor", "contacts of vendors pile up"),
    ("invoice", "an amount is a cent short"),
    ("quote", "a quote is a cent short"),
]
"""A noun to compare around, and a planted fault that shows there."""
FEW = 5
"""Most steps that tell a fault; the look that shows it comes on top."""


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


@pytest.mark.parametrize(("noun", "name"), PARTING, ids=[name for _, name in PARTING])
def test_a_fault_is_told_by_a_few_calls(mock: Mock, compare: Compare, noun: str, name: str) -> None:
    with pytest.raises(Parted) as caught:
        compare(Faulty(mock, named(name)), noun)
    told = str(caught.value)
    assert "the target has" in told
    assert "the mock has" in told
    assert told.count(" -> ") <= FEW, told
    assert caught.value.operation


@pytest.mark.parametrize("noun", ["client", "invoice", "payment", "task", "subscription"])
@pytest.mark.parametrize("seed", [1, 2])
def test_servers_with_other_data_do_not_part(compare: Compare, noun: str, seed: int) -> None:
    app = create_mock(Settings(scenario="agency", seed=7, locale="de_DE")).asgi
    target = compare(app, noun, QUICK, seed)
    calls = sum(count for (_, kind, _), count in target.tally.counts.items() if kind == "status")
    assert calls > EFFORTS[QUICK].runs * 3
