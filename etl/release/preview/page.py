"""Preview as one page: a file that can be sent, read without a network and printed.

It holds no script and loads nothing. What it says is what ``text`` says, with every
entry of every list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from dashboard.model.shipped import ASSETS
from etl.release.preview.preview import Face, Preview
from etl.release.preview.text import (
    RULE,
    UNITS_ONLY,
    before,
    closing,
    compared,
    folding,
    heading,
    held_back,
    number,
    shown,
    usual,
)
from etl.settings import OperatorError

_TOKENS = ASSETS / "css" / "tokens.css"
_STYLE = Path(__file__).with_name("page.css")
_KINDS = {
    "invented": "Invented data",
    "published": "Published data",
    "real": "Restricted: only for those who clear this edition",
}


def write_page(preview: Preview, path: Path) -> None:
    """Write the page.

    Raises:
        OperatorError: If the folder of the file is not there.
    """
    if not path.parent.is_dir():
        raise OperatorError(f"There is no folder {path.parent} for the preview's page.")
    path.write_text(preview_page(preview), encoding="utf-8", newline="\n")


def preview_page(preview: Preview) -> str:
    """The page as HTML."""
    faces = "".join(_face(face) for face in preview.faces)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(preview.title)}: preview</title>
<style>{_style()}</style>
</head>
<body>
<header>
<h1>{escape(preview.title)}: preview</h1>
<p>{escape(_KINDS[preview.kind])}. Base {preview.base}. Months closed on {preview.as_of}.
Nothing is published yet.</p>
</header>
<main>
<p class="digest">Digest <code>{escape(preview.digest)}</code></p>
<p class="note">Whoever clears this edition clears these numbers: the publication is refused when
its digest differs. {escape(UNITS_ONLY)}</p>
<p class="note">{escape(held_back(preview.held))}</p>
{faces}
<div class="sign"><div>Cleared by</div><div>Date</div></div>
</main>
</body>
</html>
"""


def _face(face: Face) -> str:
    changes = face.changes
    parts = [
        f'<h2>{escape(heading(face))}</h2><p class="note">{escape(compared(face))}</p>',
        _items("Months that close, and what waits", [closing(entry) for entry in face.closings]),
        _table(
            "Totals that change",
            ("Counted", "Period", "Before", "Now"),
            [(t.fact, t.period, before(t), number(t)) for t in changes.totals],
            numbers=2,
        ),
    ]
    for title, found in (
        ("Categories that appear for the first time", changes.categories),
        ("Places that appear for the first time", changes.places),
    ):
        rows = [(f.fact, f.dimension, f.label, f.period, shown(f)) for f in found]
        columns = ("Counted", "Attribute", "Value", "First in", "Units show")
        parts.append(_table(title, columns, rows, numbers=1))
    jumps = [(j.fact, j.what, j.period, *usual(j)) for j in changes.jumps]
    columns = ("Counted", "What", "Period", "Shows", "Usually")
    parts.append(_table("Far outside the year before", columns, jumps, numbers=2, question=RULE))
    parts.append(_items("Rare categories", [folding(entry) for entry in changes.foldings]))
    return "\n".join(part for part in parts if part)


def _items(title: str, entries: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(entry)}</li>" for entry in entries)
    return f"<h3>{escape(title)}</h3><ul>{items}</ul>" if items else ""


def _table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: int,
    question: str = "",
) -> str:
    """A table under its title, its last columns numbers; nothing where there is no row."""
    if not rows:
        return ""
    first = len(columns) - numbers

    def cells(tag: str, texts: Sequence[str]) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "".join(
            f"<{tag}{scope}{' class=n' if position >= first else ''}>{escape(text)}</{tag}>"
            for position, text in enumerate(texts)
        )

    asked = f'<p class="note question">{escape(question)}</p>' if question else ""
    body = "".join(f"<tr>{cells('td', row)}</tr>\n" for row in rows)
    return (
        f"<h3>{escape(title)}</h3>{asked}\n<table><thead><tr>{cells('th', columns)}</tr></thead>\n"
        f"<tbody>{body}</tbody></table>"
    )


def _style() -> str:
    """The product's tokens and the page's own style."""
    tokens = re.search(r":root \{.*?\n\}", _TOKENS.read_text(encoding="utf-8"), re.DOTALL)
    if tokens is None:
        raise RuntimeError(f"{_TOKENS.name} has no tokens")
    return f"{tokens[0]}\n{_STYLE.read_text(encoding='utf-8')}"
