"""Exhibits by id: how one registers itself and how one is asked for.

This is the one door: page callbacks, files and the JSON route all call ``render``. Nothing here
knows Dash or Flask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Literal

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.question import Question
from dashboard.filters import Filters, Reading, read_query
from dashboard.model.facts import fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release


@dataclass(frozen=True)
class Option:
    """A choice of an exhibit's own that stands beside the filters in the query string.

    Attributes:
        name: Parameter name.
        values: What it may be; the first one is the default.
        available: Which of the values a release offers, where it may not be all of them.
        named: Names that a release gives to values, where no phrase of the product can.
        names: Those names, once the release is known.
        pattern: Regular expression of its values, where only a release can list them.
        former: Values that links of earlier versions have, and what is shown instead.
        by_link: Whether a card leaves the choice to addresses and links elsewhere.
    """

    name: str
    values: tuple[str, ...]
    available: Callable[[Release], tuple[str, ...]] | None = None
    named: Callable[[Release], Mapping[str, str]] | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    pattern: str = ""
    former: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    by_link: bool = False

    def of(self, release: Release) -> Option:
        """The option with the values that a release offers."""
        if self.available is None:
            return self
        names = self.named(release) if self.named else {}
        return Option(self.name, self.available(release), names=names, former=self.former)


#: What the rows of a map's table are on the ground: areas or points (column ``code``), or flows
#: between two places (``from_code`` and ``to_code``).
Geometry = Literal["areas", "points", "flows"]


#: What answers a question.
Make = Callable[[Question], Exhibit]


def _unmade(question: Question) -> Exhibit:
    raise NotImplementedError("no function is registered")


@dataclass(frozen=True)
class Definition:
    """A registered exhibit: id, the facts it counts, its options, its geometry, and its function.

    The geometry is that of a map; None for what is no map. ``by_month`` says whether its period is
    the last closed month where none is chosen, and not the release's usual one. ``by_quarter`` says
    whether it counts whole quarters, also of facts that have months. ``published`` says whether it
    is answered by published sources, over all their months where none are chosen. ``of_folder``
    says whether it tells of the other editions too, which come and go while its release stays.
    ``along`` gives the months along which its line runs, of its period and the months of the
    release; None of an exhibit beside whose time nothing is noted.
    """

    id: str
    _: KW_ONLY
    facts: tuple[str, ...]
    options: tuple[Option, ...] = ()
    geometry: Geometry | None = None
    by_month: bool = False
    by_quarter: bool = False
    published: bool = False
    of_folder: bool = False
    along: Callable[[Span, Span], Span] | None = None
    make: Make = field(default=_unmade)

    def __call__(self, make: Make) -> Make:
        """Register a function as the exhibit of the id; ids are a public contract."""
        if self.id in _EXHIBITS:
            raise ValueError(f"two exhibits are named {self.id}")
        _EXHIBITS[self.id] = replace(self, make=make)
        return make

    def period(self, filters: Filters, release: Release) -> Span:
        """The months that it counts: the chosen ones, else its own usual ones."""
        if filters.period:
            return filters.period
        if self.published:
            return release.span
        last = Span(release.span.end, release.span.end)
        return last if self.by_month else release.default_period

    def months_shown(self, filters: Filters, release: Release) -> Span | None:
        """The months along which its line runs, for what is noted beside it."""
        return self.along(self.period(filters, release), release.span) if self.along else None

    def depends_on(self, release: Release) -> tuple[tuple[str, ...], ...]:
        """What beside its release and the question an answer follows from: ids of editions."""
        if not self.of_folder:
            return ()
        editions = tuple(edition.release_id for edition in release.editions())
        return editions, tuple(release.damaged())

    def answered_by(self, release: Release) -> Release:
        """The release that its numbers come from, of a page that shows a release.

        That of published sources beside it, for what they alone fill: theirs are never summed with
        what partners report. The page's own where there is none.
        """
        if not self.published or any(release.has(fact(name)) for name in self.facts):
            return release
        return release.beside() or release


_EXHIBITS: dict[str, Definition] = {}


#: What registers a function: ``@exhibit("page.name", facts=...)``.
exhibit = Definition


def definitions() -> tuple[Definition, ...]:
    """All registered exhibits in the order of their registration."""
    return tuple(_EXHIBITS.values())


def definition(exhibit_id: str) -> Definition:
    """One registered exhibit; KeyError for no such id."""
    return _EXHIBITS[exhibit_id]


def option_names() -> frozenset[str]:
    """Names of all options of all exhibits: parameters a page's query string may carry."""
    return frozenset(option.name for entry in _EXHIBITS.values() for option in entry.options)


def available_options(entry: Definition, release: Release) -> tuple[Option, ...]:
    """Options of an exhibit with the values that a release offers, or the one that answers it."""
    asked = entry.answered_by(release)
    return tuple(option.of(asked) for option in entry.options)


def own_options(reading: Reading, options: Sequence[Option]) -> dict[str, str]:
    """What a reading says to some options, without those of others and values not offered."""
    asked = ((option, reading.options.get(option.name, "")) for option in options)
    meant = ((option, option.former.get(value, value)) for option, value in asked)
    return {option.name: value for option, value in meant if value in option.values}


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
    offered = available_options(entry, release)
    options = {option.name: option.values[0] for option in offered}
    options |= own_options(reading, offered)
    asked = entry.answered_by(release)
    period = entry.period(reading.filters, asked)
    question = Question(asked, reading.filters, period, options)
    return _with_what_is_not_reported(question, entry, entry.make(question))


def _with_what_is_not_reported(question: Question, entry: Definition, made: Exhibit) -> Exhibit:
    """An exhibit that says of each fact it counts whether the release reports it at all."""
    release, lang = question.release, question.lang
    missing = [name for name in entry.facts if not release.has(fact(name))]
    if entry.published or not missing:
        return made
    said = [question.translate("shared.offer.not_reported", fact=fact(name).label_in(lang))
            for name in missing]  # fmt: skip
    return replace(made, notes=tuple(dict.fromkeys((*made.notes, *said))))


def question_of(filters: Filters, release: Release) -> Question:
    """The question of a page: its period is the release's usual one where none is chosen."""
    return Question(release, filters, filters.period or release.default_period, {})
