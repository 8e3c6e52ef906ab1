"""What a card gives away: its menu of files, and what is copied from its other menu.

It takes two clicks: the menu, a format. Tables come from the server; pictures and copies are made
in the browser (``assets/js/exports.js``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.exhibits.exhibit import Exhibit
from dashboard.filters import Reading
from dashboard.words.catalogue import say


@dataclass(frozen=True)
class File:
    """An entry of the menu: ending of the file, its form, and its icon."""

    ending: str
    drawn: str
    form: str = ""

    @property
    def phrase(self) -> str:
        """Key of its phrase."""
        return self.form or self.ending


FILES = {
    "table": (File("xlsx", "table"), File("csv", "table")),
    "analysis": (
        File("csv", "data", "tidy"),
        File("csv", "data", "hxl"),
        File("zip", "data"),
        File("json", "data"),
    ),
    "map": (File("geojson", "routes"), File("gpkg", "routes")),
}
#: What can be copied, and the icon of each.
_COPIES = (("copy_picture", "picture"), ("copy_table", "copy"), ("copy_link", "link"))
_MESSAGES = (
    "made",
    "failed",
    "picture_copied",
    "picture_not_copied",
    "table_copied",
    "link_copied",
    "copy_failed",
    "rest",
)


def query_of(exhibit: Exhibit, reading: Reading) -> str:
    """What an exhibit's files are asked for by: the release of the figure, and no newer one.

    Args:
        exhibit: The rendered exhibit.
        reading: The view it answers, with the options of this exhibit alone.
    """
    filters = replace(reading.filters, edition=exhibit.release.release_id)
    return links.query(filters, reading.options)


def downloads(exhibit: Exhibit, asked: str, name: str, lang: str) -> html.Details:
    """The menu of an exhibit's files.

    Args:
        exhibit: The rendered exhibit.
        asked: What they are asked for by.
        name: Name of the files without the ending.
        lang: Language of the words.
    """
    label = say("shell.card.download", lang)
    files = [
        (group, [_sent(exhibit.id, file, asked, name, lang) for file in held])
        for group, held in FILES.items()
        if group != "map" or exhibit.is_map
    ]
    groups = (
        ("picture", [_made(kind, "picture", lang) for kind in ("png", "svg")]),
        *files,
    )
    return html.Details(
        [
            html.Summary(
                [icon("download"), html.Span(label, className="sr-only")],
                className="icon-button",
                title=label,
                **{
                    "aria-label": f"{label}: {exhibit.title}",
                    "data-making": say("files.message.making", lang),
                },
            ),
            html.Ul([_group(kind, items, lang) for kind, items in groups], className="menu"),
        ],
        className="disclosure downloads",
        **{"data-disclosure": "", "data-name": name},
    )


def copies(lang: str) -> html.Li:
    """A group of entries: what is put on the clipboard."""
    return _group("copy", [_made(kind, drawn, lang) for kind, drawn in _COPIES], lang)


def messages(lang: str) -> dict[str, str]:
    """What the browser says when a file or a copy is made, as attributes for its message."""
    words = {name: say(f"files.message.{name}", lang, file="{file}") for name in _MESSAGES}
    return {f"data-{name.replace('_', '-')}": text for name, text in words.items()}


def _group(kind: str, items: Sequence[Any], lang: str) -> html.Li:
    endings = {file.ending for file in FILES.get(kind, ())}
    marks = ("menu-files" if endings else "", "has-csv" if "csv" in endings else "")
    return html.Li(
        [
            html.Span(say(f"files.{kind}", lang), className="menu-heading"),
            html.Ul([html.Li(item) for item in items]),
        ],
        className=" ".join(filter(None, marks)) or None,
    )


def _made(kind: str, drawn: str, lang: str) -> html.Button:
    """An entry that the browser carries out."""
    return html.Button(
        [icon(drawn), say(f"files.{kind}", lang)],
        type="button",
        className="menu-item",
        **{"data-export": kind},
    )


def _sent(exhibit_id: str, file: File, asked: str, name: str, lang: str) -> html.A:
    """An entry that the server answers with a file."""
    form = f"&form={file.form}" if file.form else ""
    saved = f"{name}_{file.form}" if file.form else name
    return html.A(
        [icon(file.drawn), say(f"files.{file.phrase}", lang)],
        href=f"/exhibit/{exhibit_id}.{file.ending}?{asked}{form}",
        download=f"{saved}.{file.ending}",
        className="menu-item",
        **{"data-file": file.phrase},
    )
