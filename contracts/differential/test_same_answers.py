"""The server answers as the one that it is compared with, step by step, whatever is done in whatever order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.differential.machine import drive

if TYPE_CHECKING:
    from mockserver.contract.differential.ground import Ground
    from mockserver.contract.options import Options
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list")]


def test_both_servers_answer_the_same(
    target: Target, model: Target, spec: Spec, noun: Noun, options: Options, ground: Ground
) -> None:
    drive(spec, target, model, noun, options, ground)
