"""Steps beside the period, and what is said where a period cannot be compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.components.filter_status import status
from dashboard.components.period_steps import notice, steps
from dashboard.filters import Compare, Filters, Reading
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support import fragments

# The release of these tests holds Oct 2023 to Sep 2026.


def reading(period: str | None, compare: Compare = "usual", lang: str = "en") -> Reading:
    span = Span.parse(period) if period else None
    filters = Filters(period=span, compare=compare, sex=("female",))
    return Reading(replace(filters, lang=lang), {}, ())  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("period", "earlier", "later"),
    [("2025-03", "Earlier: Feb 2025", "Later: Apr 2025"),
     ("2025-01..2025-03", "Earlier: Oct – Dec 2024", "Later: Apr – Jun 2025"),
     ("2025-02..2025-06", "Earlier: Sep 2024 – Jan 2025", "Later: Jul – Nov 2025"),
     ("2025-01..2025-12", "Earlier: Jan – Dec 2024", "Later: Jan – Dec 2026")],
)  # fmt: skip
def test_steps_have_the_length_of_the_period_and_say_where_they_lead(
    protected: Release, period: str, earlier: str, later: str
) -> None:
    found = steps(protected, reading(period))
    assert fragments.values(found, "aria-label") == [earlier, later]
    assert all("sex=female" in target for target in fragments.values(found, "href"))


def test_the_ends_of_the_release_are_said_and_lead_nowhere(protected: Release) -> None:
    last = steps(protected, reading("2026-09"))
    assert fragments.values(last, "aria-label") == ["Earlier: Aug 2026", "There are no later data"]
    assert fragments.values(last, "aria-disabled") == ["true"]
    assert fragments.values(last, "href") == ["?period=2026-08..2026-08&sex=female"]
    assert fragments.values(steps(protected, reading("2023-10..2026-09")), "href") == []
    assert fragments.values(steps(protected, reading("2000-01..2049-12")), "href") == []


def test_a_step_to_the_usual_period_has_the_usual_address(protected: Release) -> None:
    assert (
        fragments.values(steps(protected, reading("2024-10..2025-09")), "href")[1] == "?sex=female"
    )


def test_a_step_is_named_in_the_words_and_digits_of_its_reader(protected: Release) -> None:
    named = fragments.values(steps(protected, reading("2025-03", lang="bn-beng")), "aria-label")
    assert "২০২৫" in named[0]
    assert "Earlier" not in named[0]


def told(release: Release, view: Reading) -> list[fragments.Element]:
    """What the status line says of a period that is not compared."""
    return fragments.named(status(release, view, {}), "uncompared")


@pytest.mark.parametrize("period", [None, "2026-08", "2024-10..2025-09"])
@pytest.mark.parametrize("compare", ["usual", "previous"])
def test_nothing_is_said_of_a_period_that_is_compared(
    protected: Release, period: str | None, compare: Compare
) -> None:
    assert notice(protected, reading(period, compare)) is None


def test_an_unfinished_year_is_not_compared_and_equal_months_are_one_click_away(
    protected: Release,
) -> None:
    found = told(protected, reading("2026-01..2026-12", "previous"))
    said = fragments.said(found)
    assert "Only a part of Jan – Dec 2026 has data: Jan – Sep 2026." in said
    assert "A part is not compared with a whole period." in said
    assert "Show Jan – Sep 2026 against Jan – Sep 2025" in said
    assert fragments.values(found, "href") == [
        "?compare=previous&period=2026-01..2026-09&sex=female",
        "?compare=last-year&period=2026-01..2026-09&sex=female",
    ]
    for compare in ("none", "usual"):
        alone = fragments.said(told(protected, reading("2026-01..2026-12", compare)))
        assert "Only a part" in alone
        assert "not compared" not in alone


def test_months_before_the_release_are_not_compared_with_a_part_of_them(protected: Release) -> None:
    found = told(protected, reading("2024-01..2024-06", "last-year"))
    assert "no data for the whole of Jan – Jun 2023" in fragments.said(found)
    # Jul to Dec 2023 is not whole either; the usual period is.
    assert fragments.values(found, "href") == ["?compare=previous&sex=female"]
    other = told(protected, reading("2024-08..2024-09", "last-year"))
    assert fragments.values(other, "href") == [
        "?compare=previous&period=2024-08..2024-09&sex=female"
    ]


def test_a_period_without_data_leads_to_one_that_has_some(protected: Release) -> None:
    found = told(protected, reading("2010-01..2010-02"))
    assert "There are no data for Jan – Feb 2010." in fragments.said(found)
    assert fragments.values(found, "href") == ["?sex=female"]
