"""Papers as pages of HTML: what `html=true` answers, and the tables that fill a company's own designs."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from mockserver.derive.paper import Table
from mockserver.derive.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mockserver.derive.paper import Paper, Sum

STYLE = """body { font-family: "Noto Sans", Helvetica, sans-serif; font-size: :sizept; color: #191919; margin: 15mm; }
header, .parties { display: flex; justify-content: space-between; gap: 10mm; margin-bottom: 6mm; }
h1, h3 { color: :accent; margin: 0 0 2mm; }
table { border-collapse: collapse; width: 100%; margin-bottom: 6mm; }
th { text-align: left; border-bottom: 2px solid :accent; }
th, td { padding: 1mm 2mm; vertical-align: top; }
td { border-bottom: 1px solid #d7d7d7; }
.R { text-align: right; white-space: nowrap; }
.sums { width: 45%; margin-left: auto; }
.sums .strong td, .total td { font-weight: bold; }
footer, .sender { color: #696969; }"""


def html_page(papers: Sequence[Paper]) -> str:
    """One page of HTML with all papers, one below the other."""
    look = papers[0].look
    style = STYLE.replace(":size", f"{look.size:g}").replace(":accent", html.escape(look.accent, quote=True))
    title = escaped(papers[0].name)
    head = f'<head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>'
    return f"<!DOCTYPE html>\n<html>{head}<body>\n" + "\n".join(map(_article, papers)) + "\n</body></html>\n"


def escaped(text: object) -> str:
    """Plain text as HTML; line breaks stay."""
    return html.escape(printable(text), quote=False).replace("\n", "<br>")


def _article(paper: Paper) -> str:
    facts = "".join(f"<tr><td>{escaped(a)}</td><td class=R>{escaped(b)}</td></tr>" for a, b in paper.facts)
    sender = "<br>".join(map(escaped, paper.sender_lines))
    head = (
        f"<header><div><h1>{escaped(paper.sender)}</h1><div class=sender>{sender}</div></div>"
        f"<div><h1>{escaped(paper.title)}</h1><table class=facts>{facts}</table></div></header>"
    )
    parties = "".join(
        f"<div><h3>{escaped(party.heading)}</h3>{lines_html(party.lines)}</div>" for party in paper.parties
    )
    notes = "".join(f"<h3>{escaped(heading)}</h3><p>{escaped(text)}</p>" for heading, text in paper.notes)
    parts = (
        head,
        f"<div class=parties>{parties}</div>",
        body_html(paper),
        f"<table class=sums>{sums_html(paper.sums)}</table>",
        notes,
        f"<footer>{escaped(paper.footer)}</footer>",
    )
    return "<article>" + "\n".join(parts) + "</article>"


def lines_html(lines: Iterable[str]) -> str:
    """Lines of an address, the first in bold."""
    shown = [escaped(line) for line in dict.fromkeys(lines) if line]
    return "<br>".join([*(f"<b>{line}</b>" for line in shown[:1]), *shown[1:]])


def body_html(paper: Paper) -> str:
    """Tables and paragraphs."""
    return "\n".join(
        table_html(part) if isinstance(part, Table) else f"<p>{escaped(part.text)}</p>" for part in paper.body
    )


def table_html(table: Table) -> str:
    """A table with its title, headings and last row."""
    title = f"<h3>{escaped(table.title)}</h3>" if table.title else ""
    return f"{title}<table>{rows_html(table)}</table>"


def rows_html(table: Table) -> str:
    """What stands between the tags of a table."""

    def row(cells: Iterable[str], tag: str = "td", kind: str = "") -> str:
        made = (
            f"<{tag} class={column.align}>{escaped(cell)}</{tag}>"
            for column, cell in zip(table.columns, cells, strict=True)
        )
        return f"<tr{kind}>{''.join(made)}</tr>"

    head = f"<thead>{row((column.heading for column in table.columns), 'th')}</thead>"
    total = row(table.total, kind=" class=total") if table.total else ""
    return f"{head}<tbody>{''.join(map(row, table.rows))}{total}</tbody>"


def sums_html(sums: Iterable[Sum]) -> str:
    """The rows below the tables, without the tags of their table."""
    return "".join(
        f"<tr{' class=strong' if each.strong else ''}><td>{escaped(each.label)}</td>"
        f"<td class=R>{escaped(each.value)}</td></tr>"
        for each in sums
    )
