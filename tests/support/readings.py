"""Readings for tests: filters whose codes a release knows, by chance or as readers make them.

Properties ask for these inside of each example. A strategy that is made anew is checked anew by
Hypothesis, which took a quarter of the time of such a test; none holds state, so they are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from hypothesis import strategies as st

from dashboard.exhibits.exhibit import Exhibit
from dashboard.filters import Filters, Reading
from dashboard.model.filters import CODED_FILTERS
from dashboard.model.languages import LANGUAGES
from dashboard.model.periods import Span
from dashboard.release.open_release import Release


def spans(release: Release) -> st.SearchStrategy[Span]:
    """Spans of months in a release, and some that reach beyond it."""
    return _spans(release.span)


@cache
def _spans(whole: Span) -> st.SearchStrategy[Span]:
    step = st.integers(-8, whole.months + 8)
    ends = st.tuples(step, step).map(sorted)
    return ends.map(lambda both: Span(*(whole.start.plus(index) for index in both)))


def any_filters(release: Release, *, most: int = 2) -> st.SearchStrategy[Filters]:
    """Filters with any codes, at most so many of each."""
    return _any_filters(release.span, tuple(release.places), most)


@cache
def _any_filters(whole: Span, places: tuple[str, ...], most: int) -> st.SearchStrategy[Filters]:
    def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)

    coded = {name: some(values) for name, values in CODED_FILTERS.items()}
    return st.builds(
        Filters, period=st.none() | _spans(whole),
        compare=st.sampled_from(("previous", "last-year", "none")), area=some(places),
        lang=st.sampled_from(LANGUAGES), **coded,
    )  # fmt: skip


def few_filters(release: Release) -> st.SearchStrategy[Filters]:
    """Filters as readers make them: one or two restrictions, so that something is left."""
    return _few_filters(release.span)


@cache
def _few_filters(whole: Span) -> st.SearchStrategy[Filters]:
    def restricted(names: list[str], codes: dict[str, str], period: Span | None) -> Filters:
        filters = Filters(period=period)
        for name in names:
            filters = filters.with_codes(name, (codes[name],))
        return filters

    listed = {**CODED_FILTERS, "area": ("BD", "BD20", "BD2022", "BD30")}
    chosen = st.fixed_dictionaries(
        {name: st.sampled_from(values) for name, values in listed.items()}
    )
    names = st.lists(st.sampled_from(sorted(listed)), max_size=2, unique=True)
    return st.builds(restricted, names, chosen, st.none() | _spans(whole))


def reading(filters: Filters = Filters(), **options: str) -> Reading:  # noqa: B008
    """A reading of a query string that says these filters and options."""
    return Reading(filters, options, ())


def drawn(found: Exhibit) -> Mapping[str, Any]:
    """The figure of an exhibit that has one."""
    assert found.figure is not None
    return found.figure
