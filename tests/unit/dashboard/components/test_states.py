"""What stands where there is nothing to draw, or where something went wrong, and the next step."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.components import states
from dashboard.exhibits.exhibit import Offer
from tests.unit.dashboard.components.test_filter_status import props, texts


def test_nothing_to_draw_offers_the_next_step_as_a_link() -> None:
    found = states.nothing_to_draw(Offer("Too few", "Show all areas", "period=2026"))
    assert texts(found) == "Show all areas"
    assert props(found, "href") == ["?period=2026"]


def test_where_there_is_no_next_step_the_reason_stands_alone() -> None:
    found = states.nothing_to_draw(Offer("Nobody reported", "", ""))
    assert "Nobody reported" in texts(found)


@pytest.mark.parametrize("lang", ["en", "bn"])
@pytest.mark.parametrize("slow", [True, False])
def test_a_problem_says_what_to_do_with_a_reference_and_can_be_tried_again(
    lang: str, slow: bool
) -> None:
    found = states.problem("4f9a01cc", lang, slow=slow)
    assert props(found, "role") == ["alert"]
    assert ("4f9a01cc" in texts(found)) is not slow
    assert props(found, "href") == [""]


def test_a_problem_says_what_is_safe() -> None:
    assert "your filters are safe" in texts(states.problem("4f9a01cc", "en"))


def test_a_lost_page_leads_home_in_the_reader_s_language() -> None:
    assert props(states.lost("bn"), "href") == ["/?lang=bn"]


def test_without_a_release_the_operator_reads_what_to_run_and_where() -> None:
    found = texts(states.no_release("no pointer", Path("store/releases"), "en"))
    assert "python -m etl demo" in found
    assert "store/releases" in found
    assert "no pointer" in found
