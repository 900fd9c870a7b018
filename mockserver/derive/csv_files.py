"""CSV files that people upload: bytes of any usual encoding and delimiter to rows of text, all within limits."""

from __future__ import annotations

from io import StringIO

DELIMITERS = (",", ";", "\t", "|")
"""The first one wins when several cut the first line into as many cells."""
MAX_LINE = 1 << 17
MAX_ROWS = 50_000
MAX_CELLS = 1_000_000
ENCODINGS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""First bytes of a file that tell its encoding."""
TITLE = "Invoice Ninja"
"""What the first cell of a report of the service holds; its headings follow in the fourth row."""
TITLE_ROWS = 3
BINARY = (b"PK\x03\x04", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
"""First bytes of files that are no text."""
BREAKS = str.maketrans({"\r": "\n", "\x00": None})


class UnreadableTable(Exception):
    """Bytes that can't be read as rows: what is wrong, in a few words."""


def is_text(content: bytes) -> bool:
    """Whether the bytes can be a text file: of no known binary form, and without null bytes where UTF-8 has none."""
    if content.startswith(BINARY):
        return False
    return any(content.startswith(mark) for mark, _ in ENCODINGS) or b"\x00" not in content[:4096]


def decoded(content: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else the Western encoding of old spreadsheets."""
    named = next((encoding for mark, encoding in ENCODINGS if content.startswith(mark)), "")
    if named:
        return content.decode(named, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the first line into the most cells."""
    import csv

    first = text.lstrip("\n").partition("\n")[0]
    return max(DELIMITERS, key=lambda each: len(next(csv.reader([first], delimiter=each), [])))


def rows_of(text: str) -> list[list[str]]:
    """The rows of a table without empty ones and without the title of a report; cells are trimmed.

    Raises UnreadableTable for one that is empty, too large or broken.
    """
    import csv

    lines = text.replace("\r\n", "\n").translate(BREAKS)
    if any(len(line) > MAX_LINE for line in lines.split("\n")):
        raise UnreadableTable(f"a line has more than {MAX_LINE} characters")
    rows: list[list[str]] = []
    cells = 0
    delimiter = delimiter_of(lines)
    try:
        reader = csv.reader(StringIO(lines), delimiter=delimiter)
        for row in reader:
            stripped = [cell.strip() for cell in row]
            if any(stripped):
                rows.append(stripped)
                cells += len(stripped)
            if len(rows) > MAX_ROWS or cells > MAX_CELLS:
                raise UnreadableTable(f"it has more than {MAX_ROWS} rows or {MAX_CELLS} cells")
    except csv.Error as error:
        raise UnreadableTable(f"line {reader.line_num}: {error}") from None
    if len(rows) > TITLE_ROWS and TITLE in rows[0][0]:
        rows = without_title(lines, rows)
    if not rows:
        raise UnreadableTable("it has no rows")
    return rows


def without_title(text: str, rows: list[list[str]]) -> list[list[str]]:
    """The rows below the title, the blank line and the name of the kind that a report begins with."""
    blank = sum(not line.strip() for line in text.split("\n")[:TITLE_ROWS])
    return rows[TITLE_ROWS - blank :]
