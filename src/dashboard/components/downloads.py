"""The files that a card's menu offers, and the query by which they are asked for.

It takes two clicks: the menu, a format. Tables come from the server; pictures and copies are made
in the browser (``assets/js/exports.js``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.components import links
from dashboard.exhibits.exhibit import Exhibit
from dashboard.filters import Reading
from dashboard.words.catalogue import translate


@dataclass(frozen=True)
class File:
    """An entry of the menu: ending of the file, its form, and its icon."""

    ending: str
    icon: str
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
    """The query of an exhibit's files: of the release of the figure, and no newer one.

    Args:
        exhibit: The rendered exhibit.
        reading: The view it answers, with the options of this exhibit alone.
    """
    filters = replace(reading.filters, edition=exhibit.release.release_id)
    return links.query(filters, reading.options)


def messages(lang: str) -> dict[str, str]:
    """Messages of the browser when a file or a copy is made, as attributes."""
    words = {name: translate(f"files.message.{name}", lang, file="{file}") for name in _MESSAGES}
    return {f"data-{name.replace('_', '-')}": text for name, text in words.items()}
