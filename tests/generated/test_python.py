"""A Python client of openapi-python-client: all of it imports, nothing was left out, and it works with a server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.generated.conftest import CLIENTS, program, run

if TYPE_CHECKING:
    from pathlib import Path

    from mockserver.pytest_plugin import MockServer

CONFIG = """\
project_name_override: generated
package_name_override: generated
post_hooks: []
content_type_overrides:  # the generator knows only a few media types by name; bytes are bytes
  application/pdf: application/octet-stream
  application/xml: text/plain
  application/zip: application/octet-stream
  text/csv: text/plain
  image/*: application/octet-stream
  image/svg+xml: text/plain
  text/html: text/plain
  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: application/octet-stream
  "*/*": application/octet-stream
"""
IMPORT_ALL = """\
import importlib, pkgutil, generated
for each in pkgutil.walk_packages(generated.__path__, "generated."):
    importlib.import_module(each.name)
"""


def test_openapi_python_client(document_file: str, tmp_path: Path, mock_server: MockServer) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    made = [program("openapi-python-client"), "generate", "--path", document_file, "--config", "config.yaml"]
    said = run([*made, "--meta", "none", "--output-path", "generated", "--fail-on-warning"], tmp_path)
    assert "WARNING" not in said
    run([sys.executable, "-W", "error", "-c", IMPORT_ALL], tmp_path)
    script = [sys.executable, str(CLIENTS / "python_client.py"), mock_server.url, mock_server.token]
    assert run(script, tmp_path, PYTHONPATH=str(tmp_path)).endswith("all well\n")
