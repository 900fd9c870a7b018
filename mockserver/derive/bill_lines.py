"""The tables of lines on bills: which columns they have, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.derive.line_items import SERVICE
from mockserver.derive.paper import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mockserver.derive.sheet import Sheet

    Data = Mapping[str, Any]


def tables(sheet: Sheet) -> Iterator[Table]:
    """The table of products and, below it, that of tasks; of an empty document the first alone, without rows."""
    lines = sheet.bill["line_items"]
    tasks = [line for line in lines if line["type_id"] == SERVICE]
    products = [line for line in lines if line["type_id"] != SERVICE]
    if products or not tasks:
        yield _table(sheet, products, "product")
    if tasks:
        yield _table(sheet, tasks, "task")


def _table(sheet: Sheet, lines: list[Data], kind: str) -> Table:
    wanted = sheet.settings.get("pdf_variables") or {}
    listed = wanted.get(f"{kind}_columns")
    names = [str(name).rpartition(".")[2] for name in listed] if isinstance(listed, list) else []
    columns = [_COLUMNS[name] for name in names if name in _COLUMNS] or _usual(lines)
    if not sheet.prices:
        columns = [_COLUMNS[name] for name in ("item", "description", "quantity")]
    texts = [tuple(column.value(sheet, line) for column in columns) for line in lines]
    if sheet.settings.get("hide_empty_columns_on_pdf") and texts:
        kept = [n for n in range(len(columns)) if any(row[n] for row in texts)]
        columns, texts = [columns[n] for n in kept], [tuple(row[n] for n in kept) for row in texts]
    words = _TASK_WORDS if kind == "task" else {}
    heads = (Column(_heading(sheet, words.get(each.word, each.word)), each.share, each.align) for each in columns)
    return Table(tuple(heads), tuple(texts))


def _heading(sheet: Sheet, word: str) -> str:
    return sheet.label(word, word) if word[-1].isdigit() else sheet.word(word)


def _usual(lines: list[Data]) -> list[_Value]:
    """The columns that nobody chose: discount and tax only where a line has one."""
    names = ["item", "description", "unit_cost", "quantity"]
    names += ["discount"] if any(line["discount"] for line in lines) else []
    names += ["tax"] if any(line[f"tax_rate{n}"] for line in lines for n in (1, 2, 3)) else []
    return [_COLUMNS[name] for name in (*names, "line_total")]


class _Value(NamedTuple):
    """A column of the lines: key of its heading, and what stands in it."""

    word: str
    value: Callable[[Sheet, Data], str]
    align: str = "R"
    share: float = 1


def _rates(sheet: Sheet, line: Data) -> str:
    rates = [sheet.printer.number(line[f"tax_rate{n}"]) for n in (1, 2, 3) if line[f"tax_rate{n}"]]
    return " + ".join(f"{rate}%" for rate in rates)


def _discount(sheet: Sheet, line: Data) -> str:
    if not line["discount"]:
        return ""
    if sheet.bill["is_amount_discount"]:
        return sheet.printer.money(line["discount"])
    return f"{sheet.printer.number(line['discount'])}%"


def _money(key: str) -> Callable[[Sheet, Data], str]:
    return lambda sheet, line: sheet.printer.money(line[key])


def _plain(key: str) -> Callable[[Sheet, Data], str]:
    return lambda _, line: str(line[key] or "")


_COLUMNS = {
    "item": _Value("item", _plain("product_key"), "L", 2),
    "product_key": _Value("item", _plain("product_key"), "L", 2),
    "service": _Value("service", _plain("product_key"), "L", 2),
    "description": _Value("description", _plain("notes"), "L", 4),
    "notes": _Value("description", _plain("notes"), "L", 4),
    "unit_cost": _Value("unit_cost", _money("cost")),
    "cost": _Value("unit_cost", _money("cost")),
    "rate": _Value("rate", _money("cost")),
    "quantity": _Value("quantity", lambda sheet, line: sheet.printer.number(line["quantity"])),
    "hours": _Value("hours", lambda sheet, line: sheet.printer.number(line["quantity"])),
    "discount": _Value("discount", _discount),
    "tax": _Value("tax", _rates),
    "tax_amount": _Value("tax", _money("tax_amount")),
    "line_total": _Value("line_total", _money("line_total")),
    "gross_line_total": _Value("gross_line_total", _money("gross_line_total")),
    **{f"product{n}": _Value(f"product{n}", _plain(f"custom_value{n}"), "L") for n in (1, 2, 3, 4)},
    **{f"task{n}": _Value(f"task{n}", _plain(f"custom_value{n}"), "L") for n in (1, 2, 3, 4)},
}
_TASK_WORDS = {"item": "service", "unit_cost": "rate", "quantity": "hours"}
