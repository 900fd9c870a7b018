"""Options of a run, the same for `pytest contracts`, `pytest --contracts` and `mockserver check`."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mockserver.content import spec_dir
from mockserver.contract.calls import ledger
from mockserver.contract.reading.needs import NEEDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

QUICK, DEFAULT, DEEP = "quick", "default", "deep"
DEVIATIONS = "deviations.toml"
"""Name of the file that is read when it lies in the folder that a run is started in."""


@dataclass(frozen=True)
class Options:
    """What was asked for. `shard` is (number from 1, of how many); `max_rate` is requests a second, 0 for any."""

    base_url: str = ""
    token: str = field(default="TOKEN", repr=False)
    password: str = field(default="password", repr=False)
    second_token: str = field(default="", repr=False)
    against: str = ""
    """`mock`, or the URL of the server that the target is compared with; empty for none."""
    against_token: str = field(default="", repr=False)
    spec: Path = field(default_factory=lambda: spec_dir() / "openapi.json")
    allow: frozenset[str] = frozenset()
    effort: str = DEFAULT
    seed: int = 1
    shard: tuple[int, int] = (1, 1)
    deviations: Path | None = None
    report_html: Path | None = None
    report_json: Path | None = None
    ledger: Path = field(default_factory=lambda: Path(ledger.USUAL).absolute())
    max_rate: float = 0
    time_limit: float = 0

    @property
    def other(self) -> str:
        """What the server that the target is compared with is called in messages."""
        return "the mock" if self.against == "mock" else self.against

    @classmethod
    def of(cls, told: Callable[[str], Any]) -> Options:
        """From the texts of the options by their names; secrets may come from the environment. Raises ValueError."""
        name, secret = partial(given, told), partial(given, told, environment=True)
        return cls(
            base_url=told("--base-url") or "",
            token=secret("--token") or "TOKEN",
            password=secret("--password") or "password",
            second_token=secret("--second-token"),
            against=other_server(name("--against")),
            against_token=secret("--against-token"),
            spec=document(name("--spec")),
            allow=allowed(name("--allow")),
            effort=QUICK if told("--quick") else DEEP if told("--deep") else DEFAULT,
            seed=number("--seed", name("--seed") or "1", int),
            shard=shard(name("--shard") or "1/1"),
            deviations=deviations(name("--deviations")),
            report_html=target(name("--report-html")) if name("--report-html") else None,
            report_json=target(name("--report-json")) if name("--report-json") else None,
            ledger=target(name("--ledger") or ledger.USUAL),
            max_rate=number("--max-rate", name("--max-rate") or "0", float),
            time_limit=number("--time-limit", name("--time-limit") or "0", float),
        )


def given(told: Callable[[str], Any], flag: str, *, environment: bool = False) -> str:
    """The text of an option, or of the variable that stands for it."""
    return told(flag) or (os.environ.get(f"MOCKSERVER_{flag[2:].upper().replace('-', '_')}", "") if environment else "")


FLAGS: Mapping[str, Mapping[str, Any]] = {
    "--token": {"metavar": "TOKEN", "help": "API token; also $MOCKSERVER_TOKEN, else TOKEN"},
    "--password": {
        "metavar": "WORD",
        "help": "password of the token's user; also $MOCKSERVER_PASSWORD, else password",
    },
    "--second-token": {
        "metavar": "TOKEN",
        "help": "token of another company, which must not see this one; also $MOCKSERVER_SECOND_TOKEN",
    },
    "--against": {
        "metavar": "WHAT",
        "help": "compare the answers, step by step, with those of `mock`, which is started, or of the server at a URL",
    },
    "--against-token": {
        "metavar": "TOKEN",
        "help": "API token of that server; also $MOCKSERVER_AGAINST_TOKEN, else that of --token",
    },
    "--spec": {"metavar": "FILE", "help": "OpenAPI document, JSON or YAML (default: that of Invoice Ninja v5)"},
    "--allow": {
        "metavar": "WHAT",
        "help": f"what contracts may do besides reading on a server that is not ours: {', '.join(NEEDS)}, or all",
    },
    "--quick": {"action": "store_true", "help": "only what takes less than a minute, no random breadth"},
    "--deep": {"action": "store_true", "help": "try much more: for the night"},
    "--seed": {"metavar": "N", "help": "another number tries other things, the same one replays (default: 1)"},
    "--shard": {"metavar": "I/N", "help": "run one of N parts of the suite, such as 1/4"},
    "--deviations": {
        "metavar": "FILE",
        "help": f"differences that are known, in TOML (default: {DEVIATIONS}, when it is there)",
    },
    "--report-html": {"metavar": "FILE", "help": "write the findings and a map of what was touched as one HTML page"},
    "--report-json": {"metavar": "FILE", "help": "write the same as JSON"},
    "--ledger": {
        "metavar": "FILE",
        "help": "where it is noted what was made on a server that is not ours, until it is gone again "
        f"(default: {ledger.USUAL})",
    },
    "--max-rate": {"metavar": "N", "help": "send so many requests a second at most (default: any number)"},
    "--time-limit": {"metavar": "SECONDS", "help": "begin no contract after this time (default: none)"},
}
"""The options by name. Their values are texts, read by `Options.of`, so that each door tells a mistake in its way."""


def add_options(add: Callable[..., object]) -> None:
    """Add them to a parser, by its method for one option."""
    for flag, told in FLAGS.items():
        add(flag, **told)


def document(text: str) -> Path:
    """A file that is there; ours when none is named."""
    path = Path(text).absolute() if text else spec_dir() / "openapi.json"
    if not path.is_file():
        raise ValueError(f"--spec: got {text}, which is no file; wanted an OpenAPI document in JSON or YAML")
    return path


def deviations(text: str) -> Path | None:
    """The named file, or the usual one when it is there."""
    usual = Path(DEVIATIONS).absolute()
    return Path(text).absolute() if text else usual if usual.is_file() else None


def target(text: str) -> Path:
    """A file to write, whose folder is there."""
    path = Path(text).absolute()
    if not path.parent.is_dir():
        raise ValueError(f"got {text} for a file to write, but there is no folder {path.parent}: make it first")
    return path


def other_server(text: str) -> str:
    """`mock` or a URL; nothing for none."""
    if text and text != "mock" and urlsplit(text).scheme not in ("http", "https"):
        raise ValueError(f"--against: got {text!r}, wanted `mock` or a URL that begins with http:// or https://")
    return text


def allowed(text: str) -> frozenset[str]:
    """`writes,deletes` as a set; `all` stands for everything."""
    words = frozenset(word.strip() for word in text.split(",") if word.strip())
    if unknown := words - {*NEEDS, "all"}:
        raise ValueError(f"--allow: got {', '.join(sorted(unknown))}, wanted some of {', '.join(NEEDS)}, or all")
    return frozenset(NEEDS) if "all" in words else words


def number(flag: str, text: str, kind: type[int | float]) -> Any:
    """A number that is not negative."""
    try:
        value = kind(text)
    except ValueError:
        value = -1
    if not 0 <= value < float("inf"):
        raise ValueError(f"{flag}: got {text!r}, wanted {'a whole number' if kind is int else 'a number'} from 0 on")
    return value


def shard(text: str) -> tuple[int, int]:
    """`2/4` as (2, 4)."""
    part, _, count = text.partition("/")
    if not (part.isdecimal() and count.isdecimal() and 1 <= int(part) <= int(count)):
        raise ValueError(f"--shard: got {text!r}, wanted a part such as 1/4")
    return int(part), int(count)
