"""Page: one HTML file for the operator that needs no network and only its user may read.

It holds no script and loads nothing, and a browser is told so. What stands in a page belongs to
whoever makes it: ``release.preview.render``, ``commands.understanding``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from dashboard.model.shipped import ASSETS
from etl.settings import OperatorError
from etl.visible import visible

#: Rights of a page: it holds what nobody has cleared yet.
_OWN = 0o600
#: What a browser may do with a page: nothing but show it in its own style.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_TOKENS = ASSETS / "css" / "tokens.css"
_STYLE = Path(__file__).with_name("page.css")


def write_page(path: Path, content: str) -> None:
    """Write a page that only the operator's user may read.

    Raises:
        OperatorError: If the folder of the file is not there.
    """
    if not path.parent.is_dir():
        raise OperatorError(f"There is no folder {path.parent} for the page.")
    path.touch(mode=_OWN)
    path.chmod(_OWN)  # of a file that lay there already
    path.write_text(visible(content, lines=True), encoding="utf-8", newline="\n")


def page(title: str, about: str, body: str) -> str:
    """A page as HTML.

    Args:
        title: Its title, as text.
        about: The lines under the title, as text.
        body: What stands in it, as HTML.
    """
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<style>{_style()}</style>
</head>
<body>
<header>
<h1>{escape(title)}</h1>
<p>{escape(about)}</p>
</header>
<main>
{body}
</main>
</body>
</html>
"""


def listed(title: str, lines: Iterable[str]) -> str:
    """Sentences as a list under a title."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h3>{escape(title)}</h3><ul>{items}</ul>"


def tabled(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: int = 0,
    question: str = "",
) -> str:
    """Rows as a table under a title.

    Args:
        title: What they are.
        columns: Headings.
        rows: Cells of each row, as many as headings.
        numbers: How many of the last columns hold numbers.
        question: What must be known to read it, or "".
    """
    first_number = len(columns) - numbers

    def cells(tag: str, texts: Iterable[str]) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "".join(
            f"<{tag}{scope}{' class=n' if n >= first_number else ''}>{escape(text)}</{tag}>"
            for n, text in enumerate(texts)
        )

    note = f'<p class="note question">{escape(question)}</p>' if question else ""
    body = "".join(f"<tr>{cells('td', row)}</tr>\n" for row in rows)
    return (
        f"<h3>{escape(title)}</h3>{note}\n<table><thead><tr>{cells('th', columns)}</tr></thead>\n"
        f"<tbody>{body}</tbody></table>"
    )


def _style() -> str:
    """The product's tokens and the pages' own style."""
    tokens = re.search(r":root \{.*?\n\}", _TOKENS.read_text(encoding="utf-8"), re.DOTALL)
    if tokens is None:
        raise RuntimeError(f"{_TOKENS.name} has no tokens")
    return f"{tokens[0]}\n{_STYLE.read_text(encoding='utf-8')}"
