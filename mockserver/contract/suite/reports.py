"""The run as files: JSON for programs, one HTML page for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mockserver import __version__
from mockserver.contract.suite.deviations import line_for

if TYPE_CHECKING:
    from mockserver.contract.suite.summary import Run


def write_json(run: Run, path: Path) -> None:
    """The whole run as JSON."""
    path.write_text(json.dumps({"mockserver": __version__, **run.told()}, indent=1) + "\n", encoding="utf-8")


def write_html(run: Run, path: Path) -> None:
    """The whole run as one page that needs nothing else: findings first, then the map of what was touched."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=templates, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    new = [[(finding, line_for(finding)) for finding in cause] for cause in run.causes]
    known = [finding for finding in run.findings if finding.deviation]
    page = environment.get_template("page.html.j2").render(
        run=run.told(), found=len(run.new), new=new, known=known, version=__version__
    )
    path.write_text(page, encoding="utf-8")
