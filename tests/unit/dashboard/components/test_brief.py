"""The brief as HTML: sentences that lead to their figure, months before and after, decisions."""

from __future__ import annotations

import pytest

from dashboard.components.brief import OpenDecision, actions, decisions
from dashboard.components.forms import as_html
from dashboard.filters import Filters, Reading
from dashboard.model.periods import Month, Span
from tests.support import fragments

KNOWN = Span(Month(2023, 10), Month(2026, 9))
ITEM = {
    "icon": "arrow-up", "direction": "up", "lead": "Teknaf: about 54 incidents, usual 12",
    "word": "More than usual", "said": "in Jul – Sep.", "page": "/hotspots",
    "query": "area=BD20220090&period=2026-07..2026-09", "exhibit": "hotspots.ranking",
}  # fmt: skip


def test_a_sentence_is_one_link_to_its_figure() -> None:
    figure = {"form": "brief", "items": [ITEM], "said": "", "compared": "182 compared."}
    text = as_html(figure, Reading(Filters(), {}, ()))
    target = "/hotspots?area=BD20220090&amp;period=2026-07..2026-09#hotspots.ranking"
    assert f'href="{target}"' in text
    assert text.count("<a ") == 1
    assert ITEM["lead"] in text
    assert ITEM["word"] in text


@pytest.mark.parametrize(
    ("month", "steps"),
    [(KNOWN.end, ["/?month=2026-08"]), (Month(2026, 8), ["/?month=2026-07", "/?"]),
     (KNOWN.start, ["/?month=2023-11"])],
)  # fmt: skip
def test_steps_lead_to_the_months_that_the_release_holds(month: Month, steps: list[str]) -> None:
    nav = actions(month, KNOWN, Filters())
    assert fragments.values(nav, "href") == [*steps, f"/sheet?period={month}..{month}"]
    assert fragments.values(nav, "data-present") == [""]


def test_decisions_stand_with_then_and_now() -> None:
    one = OpenDecision(7, "More night patrols", "Oct 2026", "Then <b>", "")
    text = decisions([one], 2, "bn")
    assert 'href="/decisions/7?lang=bn"' in text
    assert "Then &lt;b&gt;" in text
    assert text.count("<strong>") == 1
