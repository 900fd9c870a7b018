"""The server answers as the one that it is compared with, step by step, whatever is done in whatever order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.differential import drive

if TYPE_CHECKING:
    from mockserver.contract.ground import Ground
    from mockserver.contract.spec import Noun, Spec
    from mockserver.contract.suite.options import Options
    from mockserver.contract.target import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list")]


def test_both_servers_answer_the_same(
    target: Target, model: Target, spec: Spec, noun: Noun, options: Options, ground: Ground
) -> None:
    drive(spec, target, model, noun, options, ground)
