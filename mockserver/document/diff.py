"""What changed between two documents, and which changes break a client that was made from the old one.

The comparison is the work of api-smart-diff, an npm package that also follows schemas which contain themselves. It runs
in Node and is fetched once into the user's cache. Here its findings, one for each place that a schema is used
in, are gathered by the component that changed, and a few are judged anew from the side of a generated client.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mockserver.document.errors import DocumentError
from mockserver.document.publish import without
from mockserver.document.sources import load_yaml

Document = dict[str, Any]
PACKAGE, VERSION = "api-smart-diff", "1.0.6"
_DRIVER = Path(__file__).with_name("compare.cjs")
_DO = {"add": "added", "remove": "removed", "replace": "changed", "rename": "renamed"}


@dataclass(frozen=True)
class Change:
    """`where` is a component or an operation, `what` the place in it; `operations` are those that it reaches."""

    breaking: bool
    where: str
    what: str
    operations: tuple[str, ...]

    def __str__(self) -> str:
        """One line: verdict, place, change, and how many operations it reaches."""
        reach = ", ".join(self.operations[:3]) + (
            f" and {len(self.operations) - 3} more" if len(self.operations) > 3 else ""
        )
        told = f" (in {reach})" if self.operations and self.operations != (self.where,) else ""
        return f"{'breaking' if self.breaking else 'other   '}  {self.where}: {self.what}{told}"


def changes(old: Document, new: Document) -> list[Change]:
    """All changes, those that break a client first. Raises DocumentError when the comparing tool can't run."""
    before, after = without(old, "x-mock", "example", "examples"), without(new, "x-mock", "example", "examples")
    gathered: dict[tuple[str, str], tuple[bool, dict[str, None]]] = {}
    for found in _compared(before, after):
        path = found["path"]
        if path[0] in ("tags", "info") or path[-1] in ("description", "summary", "$ref"):
            continue  # words for people; a reference is followed, so its own text says nothing
        where, rest = _component(path, before if found["action"] == "remove" else after)
        breaking = _breaks(found)
        operation = f"{path[2].upper()} {path[1]}" if path[0] == "paths" and len(path) > 2 else ""
        what = _told(rest, found)
        held, reached = gathered.get((where, what), (False, {}))
        gathered[where, what] = (held or breaking, {**reached, operation: None})
    made = [
        Change(breaking, where, what, tuple(name for name in reached if name))
        for (where, what), (breaking, reached) in gathered.items()
    ]
    return sorted(made, key=lambda change: (not change.breaking, change.where, change.what))


def read_document(path: Path) -> Document:
    """A document of a file, JSON or YAML. Raises DocumentError when there is none."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(str(path), str(error), "an OpenAPI document", "check the name") from error
    try:
        document = json.loads(text) if path.suffix == ".json" else load_yaml(path)
    except ValueError as error:
        raise DocumentError(str(path), f"no JSON ({error})", "an OpenAPI document", "mend the file") from error
    if not isinstance(document, dict) or "paths" not in document:
        raise DocumentError(str(path), "no `paths`", "an OpenAPI document", "check the name")
    return document


def _compared(before: Document, after: Document) -> list[dict[str, Any]]:
    told = _run(
        "node",
        "--max-old-space-size=4096",
        str(_DRIVER),
        sent=json.dumps({"before": before, "after": after}),
        path=str(_fetched() / "node_modules"),
    )
    found: list[dict[str, Any]] = json.loads(told)
    return found


def _fetched() -> Path:
    """Folder that holds the package; fetched from npm when it is not there yet."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    folder = Path(base) / "mockserver" / f"{PACKAGE}-{VERSION}"
    if not (folder / "node_modules" / PACKAGE).is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _run("npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", f"{PACKAGE}@{VERSION}")
    return folder


def _run(name: str, *arguments: str, sent: str | None = None, path: str = "") -> str:
    """What a program of Node says. Raises DocumentError when it is not there or fails."""
    program = shutil.which(name)
    if program is None:
        raise DocumentError(
            "spec diff",
            f"no `{name}` on this machine",
            "Node.js 18 or newer with npm",
            "install it, it runs the comparison",
        )
    command = [program, *arguments]
    variables = {**os.environ, "NODE_PATH": path}
    done = subprocess.run(  # noqa: S603 - our own commands
        command, input=sent, capture_output=True, text=True, check=False, env=variables
    )
    if done.returncode:
        said = [line for line in done.stderr.strip().splitlines() if line.strip()] or [f"exit code {done.returncode}"]
        raise DocumentError(
            "spec diff",
            f"{name}: {' '.join(said)[:300]}",
            f"a comparison by {PACKAGE} {VERSION}",
            "let npm reach its registry once, or report this with both documents",
        )
    return done.stdout


def _breaks(found: dict[str, Any]) -> bool:
    """The tool's verdict, but for what a generated client can't take: see the table in the tests."""
    path = found["path"]
    last = path[-1]
    if "responses" in path and "properties" in path:
        if last in ("type", "format", "nullable") and found.get("is") is not False:
            return True
        if path[-2] in ("required", "properties"):
            return bool(found["action"] == "remove")
    return bool(
        found["type"] == "breaking" or last == "operationId" or (last == "security" and found["action"] == "add")
    )


def _component(path: list[str], document: Document) -> tuple[str, list[str]]:
    """The innermost component on the way to a change, and the rest of the way."""
    node: Any = document
    where, rest = "", list(path)
    for depth, step in enumerate(path):
        node = (
            node[int(step)]
            if isinstance(node, list) and step.isdigit() and int(step) < len(node)
            else _member(node, step)
        )
        while isinstance(node, dict) and "$ref" in node:
            part, name = node["$ref"].split("/")[2:4]
            where, rest = f"{part}/{name}", path[depth + 1 :]
            node = document["components"][part][name]
    if not where and path[0] == "paths":
        where = f"{path[2].upper()} {path[1]}" if len(path) > 2 else path[1]
        rest = path[3:]
    return where or "document", rest


def _member(node: Any, step: str) -> Any:
    return node.get(step, {}) if isinstance(node, dict) else {}


def _told(rest: list[str], found: dict[str, Any]) -> str:
    """`price type changed from number to string`, `required cost removed`."""
    was, now = found.get("was"), found.get("is")
    steps = [step for step in rest if step not in ("properties", "content", "schema", "allOf")]
    if len(rest) > 1 and rest[-2] in ("required", "enum"):  # a place in a list says nothing, its value does
        steps[-1] = str(now if now is not None else was)
    values = f" from {was} to {now}" if found["action"] == "replace" and was is not None else ""
    return f"{' '.join(steps)} {_DO[found['action']]}{values}".strip()
