"""Exhibits by id: how one registers itself and how one is asked for.

This is the one door: page callbacks, files and the JSON route all call ``render``. Nothing here
knows Dash or Flask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.exhibits.exhibit import Exhibit
from dashboard.filters import Filters, Reading, read_query

if TYPE_CHECKING:
    from dashboard.model.periods import Span
    from dashboard.release import Release


@dataclass(frozen=True)
class Option:
    """A choice of an exhibit's own that stands beside the filters in the query string.

    Attributes:
        name: Parameter name.
        values: What it may be; the first one is the default.
        offered: Which of the values a release offers, where it may not be all of them.
    """

    name: str
    values: tuple[str, ...]
    offered: Callable[[Release], tuple[str, ...]] | None = None

    def of(self, release: Release) -> Option:
        """The option with the values that a release offers."""
        return self if self.offered is None else Option(self.name, self.offered(release))


@dataclass(frozen=True)
class View:
    """What an exhibit function is given.

    Attributes:
        release: The open release that all numbers come from.
        filters: What the reader chose.
        period: The span to count: the chosen one, else the release's default.
        options: Every option of the exhibit with a value that it allows.
    """

    release: Release
    filters: Filters
    period: Span
    options: Mapping[str, str]


@dataclass(frozen=True)
class Definition:
    """A registered exhibit: id, the facts it counts, its options, and its function."""

    id: str
    facts: tuple[str, ...]
    options: tuple[Option, ...]
    make: Callable[[View], Exhibit]


_EXHIBITS: dict[str, Definition] = {}


def exhibit(
    exhibit_id: str, *, facts: tuple[str, ...], options: tuple[Option, ...] = ()
) -> Callable[[Callable[[View], Exhibit]], Callable[[View], Exhibit]]:
    """Register a function as the exhibit of an id; ids are a public contract."""

    def register(make: Callable[[View], Exhibit]) -> Callable[[View], Exhibit]:
        if exhibit_id in _EXHIBITS:
            raise ValueError(f"two exhibits are named {exhibit_id}")
        _EXHIBITS[exhibit_id] = Definition(exhibit_id, facts, options, make)
        return make

    return register


def definitions() -> tuple[Definition, ...]:
    """All registered exhibits in the order of their registration."""
    return tuple(_EXHIBITS.values())


def definition(exhibit_id: str) -> Definition:
    """One registered exhibit; KeyError for no such id."""
    return _EXHIBITS[exhibit_id]


def option_names() -> frozenset[str]:
    """Names of all options of all exhibits: parameters a page's query string may carry."""
    return frozenset(option.name for entry in _EXHIBITS.values() for option in entry.options)


def offered_options(entry: Definition, release: Release) -> tuple[Option, ...]:
    """Options of an exhibit with the values that a release offers."""
    return tuple(option.of(release) for option in entry.options)


def read_view_query(query: str, release: Release, is_edition: Callable[[str], bool]) -> Reading:
    """Read a page's query string against the open release, whose audience it takes."""
    return read_query(
        query,
        is_place=release.is_place,
        is_edition=is_edition,
        audience="public" if release.edition.is_public else "member",
        options=option_names(),
    )


def render(exhibit_id: str, reading: Reading, release: Release) -> Exhibit:
    """Compute one exhibit for one reading of a query string.

    Raises:
        KeyError: If no exhibit has this id.
    """
    entry = definition(exhibit_id)
    options = {
        option.name: (
            reading.options[option.name]
            if reading.options.get(option.name) in option.values
            else option.values[0]
        )
        for option in offered_options(entry, release)
    }
    period = reading.filters.period or release.default_period
    return entry.make(View(release, reading.filters, period, options))
