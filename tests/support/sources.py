"""What files are made from, without the door: an exhibit of a release for a query string."""

from __future__ import annotations

from dashboard import exhibits
from dashboard.exhibits.registry import definition, read_view_query, render
from dashboard.exports.source import Source
from dashboard.release.open_release import Release
from tests.support.releases import ROOT

exhibits.load()
#: What makes a map of an exhibit that is drawn as one asks for.
AS_MAP = {"explore.answer": "count=incidents&rows=district&columns=none&as=map"}
GEOGRAPHY = ROOT / "data" / "countries" / "bgd" / "geography"


def source(exhibit_id: str, release: Release, query: str = "", form: str = "") -> Source:
    """The source of a file of an exhibit."""
    reading = read_view_query(query, release, lambda _: False)
    made = render(exhibit_id, reading, release)
    entry = definition(exhibit_id)
    return Source(made, entry, reading, release, f"/?{query}", GEOGRAPHY, form)
