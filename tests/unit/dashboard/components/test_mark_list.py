"""The list under a chart: each mark with its number, and whose the flags are."""

from __future__ import annotations

import pytest

from dashboard.components.mark_list import mark_list
from dashboard.components.markup import markup

NOTE = {"number": "1", "kind": "note", "when": "Jul 2026", "text": "Flood", "said": "A <flood>"}
FLAG = {"number": "↑2", "kind": "more", "when": "Aug 2026", "text": "More in Teknaf", "said": ""}
LACKING = {"number": "", "kind": "lacking", "when": "", "text": "Fewer reported", "said": ""}


def html(*marks: dict[str, str], exhibit: str = "overview.trend", lang: str = "en") -> str:
    return markup(mark_list(exhibit, marks, lang))


def test_a_chart_without_marks_has_no_list() -> None:
    assert html() == ""


def test_each_mark_is_said_with_its_number_and_its_time() -> None:
    found = html(NOTE, LACKING)
    assert '<ol aria-label="Marks in the figure">' in found
    assert '<span class="mark mark--note">1</span><span><strong>Jul 2026:</strong> Flood' in found
    assert 'title="A &lt;flood&gt;"' in found
    assert found.count("<li") == 2
    assert "flags" not in found


@pytest.mark.parametrize(
    ("exhibit", "lang", "leads"),
    [
        ("overview.trend", "en", 'href="/hotspots#hotspots.signals"'),
        ("overview.trend", "bn", 'href="/hotspots?lang=bn#hotspots.signals"'),
        ("hotspots.area-line", "en", 'href="#title-hotspots.signals"'),
    ],
)
def test_flags_say_whose_they_are_and_where_all_of_them_stand(
    exhibit: str, lang: str, leads: str
) -> None:
    found = html(NOTE, FLAG, exhibit=exhibit, lang=lang)
    assert leads in found
    assert ("data-nav" in found) is exhibit.startswith("overview")
    assert "marks-flags" in found
