"""`--touched FILE`: which test touches which operation of the document, and the statuses that it saw.

The record is one JSON object, an operation a line: {operation id: {test module: "statuses"}}. Calls to applications of
the test processes count, over a socket or not; those to a server in a process of its own do not. A run replaces the
entries of the modules that it ran and leaves the others, so one changed module is recorded again by running it alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from mockserver.middleware.call import Call, Receive, Scope, Send

    Touched = dict[str, dict[str, set[int]]]
    """Module -> operation id -> statuses."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--touched", metavar="FILE", type=Path, help="write down which operations each test module calls")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--touched")
    if path is not None:
        config.pluginmanager.register(Recorder(Path(config.invocation_params.dir, path)))


class Recorder:
    """Notes the answers of every application in this process, and those that workers report."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._module = ""
        self._touched: Touched = defaultdict(lambda: defaultdict(set))
        self._ran: set[str] = set()
        self._patch = pytest.MonkeyPatch()

    def pytest_sessionstart(self) -> None:
        """Look over the shoulder of the middleware that every call goes through first."""
        from mockserver.middleware.call import KEY
        from mockserver.middleware.frame import FrameMiddleware

        answer = FrameMiddleware.__call__

        async def noted(frame: FrameMiddleware, scope: Scope, receive: Receive, send: Send) -> None:
            method = scope.get("method", "")

            async def watched(message: Any) -> None:
                call = scope.get(KEY)
                if message["type"] == "http.response.start" and call is not None and call.operation is not None:
                    self._touched[self._module][named(call, method)].add(message["status"])
                await send(message)

            await answer(frame, scope, receive, watched)

        self._patch.setattr(FrameMiddleware, "__call__", noted)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._module = item.nodeid.partition("::")[0].removesuffix(".py")
        self._ran.add(self._module)
        return (yield)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a process of pytest-xdist saw."""
        ran, touched = node.workeroutput["touched"]
        self._ran.update(ran)
        for module, operations in touched.items():
            for name, statuses in operations.items():
                self._touched[module][name].update(statuses)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over what was seen: a worker to its controller, everybody else to the file."""
        self._patch.undo()
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            plain = {module: {name: [*seen] for name, seen in each.items()} for module, each in self._touched.items()}
            output["touched"] = (sorted(self._ran), plain)
        else:
            kept = json.loads(self._path.read_text("utf-8")) if self._path.exists() else {}
            home = session.config.rootpath
            self._path.write_text(merged(kept, self._touched, self._ran, home), "utf-8")


def named(call: Call, method: str) -> str:
    """Id of the called operation; a POST that stands for another verb is the operation by POST, where there is one."""
    found = call.operation
    assert found is not None
    if method != "POST" or found.method == "POST" or call.world is None:
        return found.id
    others = call.world.document.operations.values()
    return next((each.id for each in others if (each.method, each.path) == (method, found.path)), found.id)


def merged(kept: Mapping[str, Mapping[str, str]], touched: Touched, ran: AbstractSet[str], home: Path) -> str:
    """The text of the record after a run; modules that are gone are left out."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name, modules in kept.items():
        for module, statuses in modules.items():
            if module not in ran and (home / f"{module}.py").exists():
                found[name][module] = statuses
    for module, operations in touched.items():
        for name, seen in operations.items():
            found[name][module] = " ".join(map(str, sorted(seen)))
    lines = (f"{json.dumps(name)}: {json.dumps(found[name], sort_keys=True)}" for name in sorted(found))
    return "{\n" + ",\n".join(lines) + "\n}\n"
