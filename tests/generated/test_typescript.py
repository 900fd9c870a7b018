"""TypeScript clients of three generators compile with `--strict` and work with a running server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.generated.conftest import compiled_and_run, program, run, tool

if TYPE_CHECKING:
    from pathlib import Path

    from mockserver.pytest_plugin import MockServer


def test_openapi_typescript(document_file: str, typescript: Path, mock_server: MockServer) -> None:
    tool("openapi-typescript", typescript, document_file, "--output", "schema.ts")
    compiled_and_run("openapi_fetch.ts", typescript, mock_server.url, mock_server.token)


def test_hey_api(document_file: str, typescript: Path, mock_server: MockServer) -> None:
    tool("openapi-ts", typescript, "--input", document_file, "--output", "hey", "--client", "@hey-api/client-fetch")
    compiled_and_run("hey_api.ts", typescript, mock_server.url, mock_server.token)


def test_openapi_generator(document_file: str, typescript: Path, mock_server: MockServer) -> None:
    command = [program("openapi-generator-cli"), "generate", "-i", document_file, "-g", "typescript-fetch"]
    run([*command, "-o", "generator"], typescript)
    compiled_and_run("openapi_generator.ts", typescript, mock_server.url, mock_server.token)
