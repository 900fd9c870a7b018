"""The pages behind the links of contacts, as HTML: one bill, or all that a contact was sent."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mockserver.derive.html_page import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

STYLE = """body { margin: 0; height: 100vh; display: flex; flex-direction: column; }
body { font: 16px "Noto Sans", Helvetica, sans-serif; color: #191919; }
header { display: flex; flex-wrap: wrap; gap: 1em; align-items: center; padding: .7em 1em; background: #f1f1f1; }
h1 { font-size: 1.2em; margin: 0; }
form { margin: 0 0 0 auto; }
button { font: inherit; padding: .3em 1em; }
iframe { flex: 1; border: 0; }
ul { line-height: 2; }"""


def bill_page(title: str, state: str, document: str, download: str, answers: Iterable[str]) -> str:
    """A bill with its state, a link to its PDF, and a button for each answer that the contact can give.

    The document, HTML of whatever origin, stands in a frame of its own in which nothing runs.
    """
    buttons = "".join(
        f'<button name="action" value="{escape(each)}">{escape(each.capitalize())}</button>' for each in answers
    )
    form = f'<form method="post">{buttons}</form>' if buttons else ""
    pdf = f'<a href="{escape(download)}">PDF</a>'
    head = f"<header><h1>{escaped(title)}</h1><span>{escaped(state)}</span>{pdf}{form}</header>"
    return page(title, f'{head}\n<iframe sandbox title="{escape(title)}" srcdoc="{escape(document)}"></iframe>')


def list_page(title: str, rows: Iterable[tuple[str, str, str]]) -> str:
    """The bills of a contact: address, title and state of each."""
    shown = "".join(
        f'<li><a href="{escape(address)}">{escaped(name)}</a> {escaped(state)}</li>' for address, name, state in rows
    )
    return page(title, f"<header><h1>{escaped(title)}</h1></header>\n<ul>{shown}</ul>")


def page(title: str, content: str) -> str:
    """A page with our style."""
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head = f"<head>{meta}<title>{escaped(title)}</title><style>{STYLE}</style></head>"
    return f'<!DOCTYPE html>\n<html lang="en">{head}<body>\n{content}\n</body></html>\n'
