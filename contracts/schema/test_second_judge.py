"""An independent reader of the document agrees that an answer is what it says.

Every answer is judged by compiled schemas; here openapi-core looks at one accepted and one refused answer of some
operations, and without `--quick` of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import pytest

from mockserver.contract.calls.findings import Faults
from mockserver.contract.judging.second import SecondJudge
from mockserver.contract.options import QUICK
from mockserver.contract.reading.login import Login, login
from mockserver.contract.requests.cases import Cases

if TYPE_CHECKING:
    from mockserver.contract.options import Options
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

SAMPLE = 10
"""One in so many operations is looked at by `--quick`."""
CASES = 3
"""Calls of an operation to get an accepted answer and a refused one by."""


@pytest.fixture(scope="session")
def judge(spec: Spec) -> SecondJudge:
    return SecondJudge(spec)


def test_another_reader_agrees(
    target: Target, spec: Spec, options: Options, operations: list[Operation], judge: SecondJudge
) -> None:
    faults = Faults()
    sample = SAMPLE if options.effort == QUICK else 1
    for operation in operations:
        if crc32(f"{options.seed} {operation.id}".encode()) % sample or not (target.ours or operation.reads_only):
            continue
        with target.stocked() as pool:
            seen = set()
            for _, case in zip(
                range(CASES), Cases(spec, pool, options.effort, options.seed).of(operation), strict=False
            ):
                for taken in (Login({}, {}), login(operation, None)):
                    reply = pool.client.call(
                        operation,
                        path=case.path,
                        query={**case.query, **taken.query},
                        body=case.body,
                        files=case.files,
                        headers={**case.headers, **taken.headers},
                        judged=False,
                    )
                    if reply.status not in seen and (why := judge.problem(operation, case.path, reply)):
                        faults.add(operation, f"openapi-core: {why}", reply)
                    seen.add(reply.status)
    faults.tell()
