"""Clients in languages that can't be compiled everywhere are at least well formed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import tree_sitter_go
import tree_sitter_java
import tree_sitter_php
from tree_sitter import Language, Parser

from tests.generated.conftest import program, run

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = {
    "go": ("*.go", tree_sitter_go.language),
    "java": ("*.java", tree_sitter_java.language),
    "php": ("*.php", tree_sitter_php.language_php),
}


@pytest.mark.parametrize("name", LANGUAGES)
def test_openapi_generator(name: str, document_file: str, tmp_path: Path) -> None:
    pattern, language = LANGUAGES[name]
    run([program("openapi-generator-cli"), "generate", "-i", document_file, "-g", name, "-o", "."], tmp_path)
    parser = Parser(Language(language()))
    files = list(tmp_path.rglob(pattern))
    assert len(files) > 100
    broken = {path.name for path in files if parser.parse(path.read_bytes()).root_node.has_error}
    assert broken == set()
