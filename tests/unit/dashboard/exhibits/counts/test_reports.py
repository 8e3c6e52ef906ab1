"""What a release tells of late reports and of partners who stopped or began."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard.analysis.judge import Reports
from dashboard.exhibits.counts.comparisons import compare_rows
from dashboard.exhibits.counts.reports import reports_of, shares_by_age
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.releases import built
from tests.support.usual import MONTHS, QUARTER, SPAN, TEKNAF, UKHIA, units

LAST = MONTHS - 1
Series = tuple[str, str, str, int]
THIRD = pytest.approx(1 / 3)


@contextmanager
def opened(folder: Path, **more: object) -> Iterator[Release]:
    options = {"months": MONTHS, "units": {}, **more}
    release = built(folder, **options)
    yield release
    release.close()


def reports(release: Release, window: Span = QUARTER, *, is_whole: bool = True) -> Reports:
    return reports_of(release, INCIDENTS, window, is_whole=is_whole)


def bands(*rows: tuple[int, str, str], fact: str = "incidents") -> list[tuple[str, str, str, str]]:
    """Bands of months before the last one: who is silent, who is new."""
    return [(fact, str(SPAN.end.plus(-back)), silent, new) for back, silent, new in rows]


@pytest.mark.parametrize(
    ("months", "lost", "gained"),
    [
        ((), 0, 0),
        (((0, "none", "none"),), 0, 0),
        (((0, "under_third", "none"),), THIRD, 0),
        (((0, "none", "under_third"),), 0, THIRD),
        (((0, "more", "untold"),), 1, 1),
        # The most of any month of the window, each side by itself, and of no other month.
        (((2, "under_third", "none"), (0, "none", "more")), THIRD, 1),
        (((3, "more", "more"), (0, "none", "none")), 0, 0),
    ],
)
def test_bands_say_what_partners_may_have_taken_or_brought(
    tmp_path: Path, months: Sequence[tuple[int, str, str]], lost: float, gained: float
) -> None:
    other = bands((0, "more", "more"), fact="people")
    with opened(tmp_path, shares=[*bands(*months), *other]) as release:
        whole = reports(release)
        assert (whole.lost, whole.gained) == (lost, gained)
        # Of a part nobody knows how much of it they report, so it may be all.
        part = reports(release, is_whole=False)
        assert (part.lost, part.gained) == (float(lost != 0), float(gained != 0))


def test_a_partner_who_stopped_takes_fewer_back_and_one_who_began_more(tmp_path: Path) -> None:
    rows = [*units(UKHIA, 20, until=33), *units(UKHIA, 6, since=33),
            *units(TEKNAF, 20, until=33), *units(TEKNAF, 60, since=33)]  # fmt: skip

    def verdicts(name: str, *months: tuple[int, str, str]) -> dict[str, tuple[str, str]]:
        shares, incidents = bands(*months), {"incidents": rows}
        options = {"shares": shares, "units": incidents, "kind": "published"}
        with opened(tmp_path / name, **options) as release:
            comparisons = compare_rows(release, INCIDENTS, Filters(), QUARTER, level="upazila")
            return {code: (one.word, one.why) for code, one in comparisons.rows.items()}

    fewer, more, unsaid = ("fewer", ""), ("more", ""), ("unsaid", "partner")
    assert verdicts("none", (0, "none", "none")) == {UKHIA: fewer, TEKNAF: more}
    assert verdicts("stopped", (1, "under_third", "none")) == {UKHIA: unsaid, TEKNAF: more}
    assert verdicts("began", (1, "none", "untold")) == {UKHIA: fewer, TEKNAF: unsaid}


def test_of_a_whole_as_much_is_taken_back_as_they_reported_and_of_a_part_all(
    tmp_path: Path,
) -> None:
    rows = [*units(UKHIA, 40, until=33), *units(UKHIA, 10, since=33)]
    options = {"shares": bands((0, "under_third", "none")), "kind": "published"}
    smuggling = [{**unit, "class_group": "smuggling"} for unit in rows]
    with opened(tmp_path, units={"incidents": smuggling}, **options) as release:
        comparison_of = {}
        for name, filters in (("all", Filters()), ("part", Filters(class_=("smuggling",)))):
            comparisons = compare_rows(release, INCIDENTS, filters, QUARTER)
            (comparison_of[name],) = comparisons.rows.values()
        # A quarter is left, where two thirds would be had they alone stopped.
        assert (comparison_of["all"].now, comparison_of["all"].word) == (30, "fewer")
        assert (comparison_of["part"].now, comparison_of["part"].word) == (30, "unsaid")
        assert comparison_of["part"].why == "partner"


@pytest.mark.parametrize(
    ("months", "kind", "filling"),
    [
        # Provisional months of a quarter's end, and one month beside them.
        (MONTHS, "real", {LAST - n for n in range(4)}),
        (MONTHS, "invented", {LAST - n for n in range(4)}),
        # What was published is final.
        (MONTHS, "published", set()),
    ],
)
def test_months_fill_up_where_no_edition_tells_how_much_and_nothing_is_final(
    tmp_path: Path, months: int, kind: str, filling: set[int]
) -> None:
    with opened(tmp_path, months=months, kind=kind) as release:
        known_reports = reports(release)
        assert (known_reports.last_month, dict(known_reports.by_age)) == (LAST, {})
        assert {month for month in range(months) if known_reports.is_filling(month)} == filling


def series(fact: str, sizes: Sequence[tuple[int, Sequence[int]]]) -> list[Series]:
    """Editions that end so many months before the last one, with their sizes by age."""
    return [
        (fact, str(SPAN.end.plus(-back)), str(SPAN.end.plus(-back - age)), size)
        for back, own in sizes
        for age, size in enumerate(own)
    ]


#: In each edition three ages hold 80 of what the next edition, three months later, has as 100.
FILLING = [(back, [80] * 3 + [100] * 9) for back in range(0, 18, 3)]


def test_how_complete_a_month_is_is_told_by_what_earlier_editions_showed(tmp_path: Path) -> None:
    with opened(tmp_path, series=series("incidents", FILLING)) as release:
        shares = shares_by_age(release, INCIDENTS)
        assert [shares[age].value for age in range(9)] == [pytest.approx(0.8)] * 3 + [1.0] * 6
        assert shares_by_age(release, INCIDENTS) is shares
        assert shares_by_age(release, PEOPLE) == {}  # each fact has its own
        known_reports = reports(release)
        assert known_reports.share(LAST).value == pytest.approx(0.8)
        assert known_reports.share(LAST - 3).value == 1
        assert not known_reports.is_filling(LAST)  # it is known how much is missing


def test_too_few_editions_tell_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, series=series("incidents", FILLING[:3])) as release:
        assert shares_by_age(release, INCIDENTS) == {}
        assert reports(release).is_filling(LAST)


def test_what_is_still_expected_is_added_before_anything_is_called_fewer(tmp_path: Path) -> None:
    """16 of 20 are there, as in every quarter that was new; 6 would be fewer all the same."""
    for now, word in ((16, "unclear"), (6, "fewer")):
        rows = [*units(UKHIA, 20, until=33), *units(UKHIA, now, since=33), *units(TEKNAF, 20)]
        options = {"units": {"incidents": rows}, "series": series("incidents", FILLING)}
        with opened(tmp_path / word, **options) as release:
            comparisons = compare_rows(release, INCIDENTS, Filters(), QUARTER, level="upazila")
            own = comparisons.rows[UKHIA]
            assert (own.word, own.why) == (word, "")
            assert own.now == 3 * now
            assert own.expected == pytest.approx(3 * now / 0.8)
            assert own.usual == pytest.approx(48)  # of what is reported so far
