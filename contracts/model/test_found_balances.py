"""What an owner owes is the sum of what is open, for every owner that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.requests.pool import Pool
from mockserver.contract.trade.documents import Account
from mockserver.contract.values.differences import exact

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill",))]
BALANCED = pytest.mark.nouns("create", "show", "update", "bulk", facts=("moves", "bill.settles"))
"""Bills whose state follows the balance, and whose owner carries the sum."""


@BALANCED
def test_a_pool_of_records_adds_up_as_it_is(target: Target, spec: Spec, noun: Noun) -> None:
    """What is there already: the balance of each owner is the sum of what is open."""
    with target.world() as client:
        account = Account(client, spec, noun)
        owed = account.owed(Pool(spec, client))
        wrong = {owner: (balance, float(total)) for owner, (balance, total) in owed.items() if exact(balance) != total}
        assert not wrong, f"balance of the owner and sum of open balances: {wrong}"
