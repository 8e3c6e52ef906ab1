"""What stands where there is nothing to draw, or where something went wrong, and the next step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.components import states
from dashboard.components.exhibit_card import failed_parts
from dashboard.components.forms import form
from dashboard.exhibits.exhibit import EmptyState
from tests.support import fragments
from tests.unit.dashboard.components.test_exhibit_card import READING, VALUE
from tests.unit.dashboard.components.test_shell import held


def offered(empty_state: EmptyState) -> str:
    return str(form(replace(VALUE, figure=None, offer=empty_state), READING, ()))


def problem(lang: str, *, slow: bool) -> str:
    return failed_parts(VALUE.id, 1, "4f9a01cc", lang, slow=slow)["body"]


def test_nothing_to_draw_offers_the_next_step_as_a_link() -> None:
    found = offered(EmptyState("Too few", "Show all areas", "period=2026"))
    assert fragments.said(found) == "Show all areas"
    assert fragments.values(found, "href") == ["?period=2026"]


def test_where_there_is_no_next_step_the_reason_stands_alone() -> None:
    found = offered(EmptyState("Nobody reported", "", ""))
    assert "Nobody reported" in fragments.said(found)


@pytest.mark.parametrize("lang", ["en", "bn"])
@pytest.mark.parametrize("slow", [True, False])
def test_a_problem_says_what_to_do_with_a_reference_and_can_be_tried_again(
    lang: str, slow: bool
) -> None:
    found = problem(lang, slow=slow)
    assert fragments.values(found, "role") == ["alert"]
    assert ("4f9a01cc" in fragments.said(found)) is not slow
    assert fragments.values(found, "href") == [""]


def test_a_problem_says_what_is_safe() -> None:
    assert "your filters are safe" in fragments.said(problem("en", slow=False))


def test_a_lost_page_leads_home_in_the_reader_s_language() -> None:
    assert fragments.values(states.lost("bn"), "href") == ["/?lang=bn"]


def test_without_a_release_the_operator_reads_what_to_run_and_where() -> None:
    window = states.no_release("no pointer", Path("store/releases"), "en")
    found = fragments.said("".join(held(window)))
    assert "python -m etl demo" in found
    assert "store/releases" in found
    assert "no pointer" in found
