"""Companies and rows that move in and out: imports, exports, archives, migrations."""
