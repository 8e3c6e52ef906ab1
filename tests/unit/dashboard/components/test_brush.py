"""The time strip as HTML: three sliders, bars for eyes, and links that work without a script."""

from __future__ import annotations

from typing import Any

from dashboard import exhibits
from dashboard.components.forms import as_html
from dashboard.exhibits.registry import render
from dashboard.filters import Filters, Reading
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support import fragments
from tests.support.readings import reading

exhibits.load()
QUARTER = Span.parse("2026-04..2026-06")


def figure_of(release: Release, view: Reading) -> dict[str, Any]:
    found = render("hotspots.time", view, release).figure
    assert found is not None
    return dict(found)


def strip(release: Release, view: Reading, **changed: Any) -> Any:
    return as_html(figure_of(release, view) | changed, view)


def values(found: Any, name: str) -> dict[str, str]:
    """An attribute of the three sliders, by which of them has it."""
    return dict(
        zip(fragments.values(found, "data-brush-end"), fragments.values(found, name), strict=True)
    )


def test_each_slider_says_its_months(protected: Release) -> None:
    found = strip(protected, reading(Filters(period=QUARTER)))
    assert values(found, "aria-valuetext") == {
        "window": "Apr – Jun 2026", "from": "Apr 2026", "to": "Jun 2026",
    }  # fmt: skip
    assert values(found, "aria-valuenow") == {"window": "30", "from": "30", "to": "32"}
    assert set(values(found, "aria-valuemax").values()) == {"35"}
    styles = [style for style in fragments.styles(found) if "--from" in style]
    assert styles == [{"--from": f"{100 * 30 / 36:.3f}%", "--to": f"{100 * 33 / 36:.3f}%"}]


def test_a_period_without_data_chooses_no_bar_and_says_so(protected: Release) -> None:
    found = strip(protected, reading(Filters(period=Span.parse("2031-01"))))
    assert values(found, "aria-valuetext")["window"] == "No months of these data"
    assert not [name for name in fragments.values(found, "class") if "is-chosen" in name]


def test_bars_are_as_high_as_numbers_with_their_ranges(protected: Release) -> None:
    view = reading()
    figure = figure_of(protected, view)
    first = figure["months"][0]
    styles = fragments.styles(as_html(figure, view))
    heights = [style["height"] for style in styles if "height" in style]
    largest = figure["largest"]
    assert heights[0] == f"{100 * first['value'] / largest:.1f}%"
    assert heights[1] == f"{100 * (first['high'] - first['low']) / largest:.1f}%"
    assert max(month["high"] for month in figure["months"]) == largest


def test_steps_and_kinds_are_links_and_keep_the_rest_of_the_view(protected: Release) -> None:
    view = reading(Filters(period=QUARTER, mode=("land",)), measure="people", play="quarter")
    found = strip(protected, view)
    targets = targets_of(found)
    rest = "measure=people&mode=land"
    assert targets["Step back: Jan – Mar 2026"] == f"?{rest}&period=2026-01..2026-03&play=quarter"
    forward = targets["Step forward: Jul – Sep 2026"]
    assert forward == f"?{rest}&period=2026-07..2026-09&play=quarter"
    assert targets["Off"] == f"?{rest}&period=2026-04..2026-06"
    assert targets["By 12 months"] == f"?{rest}&period=2025-07..2026-06&play=year"


def targets_of(found: Any) -> dict[str, str | None]:
    """Where each link leads, by its name."""
    links = [node for node in fragments.elements(found) if "href" in node.attributes]
    names = [node.attributes.get("aria-label") or fragments.said([node]) for node in links]
    return {name: node.attributes["href"] for name, node in zip(names, links, strict=True)}


def test_the_usual_period_is_left_out_of_addresses(protected: Release) -> None:
    view = reading(Filters(period=protected.default_period), play="year")
    found = strip(protected, view)
    assert targets_of(found)["Off"] == "?"


def test_at_the_end_a_step_leads_nowhere_and_says_so(protected: Release) -> None:
    view = reading(Filters(period=Span.parse("2026-07..2026-09")), play="quarter")
    found = strip(protected, view)
    assert "There is nothing after" in fragments.values(found, "aria-label")
    assert fragments.values(found, "aria-disabled") == ["true"]


def test_dated_events_stand_above_their_month_with_their_words(protected: Release) -> None:
    notes = [{"month": "2026-05", "label": "May 2026:", "text": "The <law> changed."},
             {"month": "2025-02", "label": "Feb 2025:", "text": "A partner joined."}]  # fmt: skip
    found = strip(protected, reading(), notes=notes)
    marks = [name for name in fragments.values(found, "class") if name == "brush-event"]
    assert len(marks) == len(notes)
    assert found.index("Feb 2025: A partner joined.") < found.index("The &lt;law&gt; changed.")
    assert "brush-event" not in strip(protected, reading())


def test_marks_are_explained_where_there_are_any(protected: Release) -> None:
    view = reading()
    figure = figure_of(protected, view)
    plain = [month | {"provisional": False, "fewer": False} for month in figure["months"]]
    bare = fragments.said(as_html(figure | {"months": plain}, view))
    assert not [text for text in bare if text.startswith(("Dashed", "Line below", "Pale"))]
    told = fragments.said(as_html(figure | {"rough": True}, view))
    assert "Dashed: provisional" in told
    assert "Pale and striped: rough" in told


def test_what_cannot_be_played_has_no_button(protected: Release) -> None:
    found = strip(protected, reading(), plays={})
    assert fragments.values(found, "data-brush-play") == []
    assert "Off" not in fragments.said(found)
