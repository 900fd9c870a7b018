"""Jobs of a company: files that wait for the next call, and what came of a job, as the e-mail after it tells (R-EP-51).

They are kept with the company, so they fork and reset with the world. The oldest go when there are too many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.access import caller_of

if TYPE_CHECKING:
    from mockserver.draft import Draft
    from mockserver.store.table import Data

MOST = 50
MOST_BYTES = 128 * 1024 * 1024
"""Jobs of a company, and the size of what they hold; the newest always stays."""
HOUR = 3600


def keep(draft: Draft, kind: str, content: dict[str, Any], *, size: int = 0, seconds: int = 0) -> Data:
    """Note a job of the caller; `size` is that of its files in bytes, `seconds` how long they wait. Gives the job."""
    jobs: list[Data] = draft.company["jobs"]
    number = jobs[-1]["number"] + 1 if jobs else 1
    made = {
        "number": number,
        "kind": kind,
        "hash": draft.world.text(32, "jobs", draft.company_row, number),
        "to": caller_of(draft).user.data["email"],
        "created_at": draft.now,
        "until": draft.now + seconds if seconds else 0,
        "size": size,
        **content,
    }
    store(draft, draft.company["id"], [*jobs, made])
    return made


def store(draft: Draft, company: str, jobs: list[Data]) -> None:
    """Keep these jobs, as far as they are within the limits."""
    kept: list[Data] = []
    size = 0
    for job in reversed(jobs[-MOST:]):
        size += job["size"]
        if kept and size > MOST_BYTES:
            break
        kept.append(job)
    draft.patch("company", company, {"jobs": kept[::-1]}, touch=False)


def change(draft: Draft, company: Data, job: Data, changes: dict[str, Any]) -> Data:
    """Replace members of a job; gives the new one."""
    made = {**job, **changes}
    store(draft, company["id"], [made if each is job else each for each in company["jobs"]])
    return made


def waiting(draft: Draft, company: Data, kind: str, hashed: str) -> Data | None:
    """The job of that kind and name whose files still wait; None when there is none, or no longer."""
    jobs: list[Data] = company["jobs"]
    found = (each for each in jobs if each["kind"] == kind and hashed and each["hash"] == hashed)
    return next((each for each in found if draft.now <= each["until"]), None)
