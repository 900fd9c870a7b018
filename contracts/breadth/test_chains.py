"""A record that was just made, changed, moved or deleted is still answered as documented, wherever a link leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.drivers.chains import Chains

if TYPE_CHECKING:
    from mockserver.contract.options import Options
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

MISSED = 0.1
"""Share of the links that chains need not get through to."""


@pytest.mark.slow
@pytest.mark.ours
def test_chains_of_calls_keep_to_the_document(target: Target, spec: Spec, options: Options) -> None:
    """Nearly all links must have been followed. A few can't be: those of what is not connected, of what takes another
    key, and of what a new world has no record of.
    """
    chains = Chains(spec, target, options.effort, options.seed)
    outcome = chains.run()
    assert not outcome.failures, f"{len(outcome.failures)} faults\n\n{outcome.report()}"
    documented = {name for links in chains.links.values() for name in links}
    missed = sorted(documented - {name for _, name in outcome.followed})
    assert documented, "the document has no links"
    assert len(missed) <= len(documented) * MISSED, f"{len(missed)} of {len(documented)} links never followed: {missed}"
