"""Exhibits by id: how one registers itself and how one is asked for.

This is the one door: page callbacks, files and the JSON route all call ``render``. Nothing here
knows Dash or Flask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.question import Question
from dashboard.filters import Filters, Reading, read_query
from dashboard.model.facts import fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release

#: The option that names the one month of an exhibit.
MONTH = "month"
_NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Option:
    """A choice of one exhibit, which stands beside the filters in the query string.

    Attributes:
        name: Parameter name.
        values: What it may be; the first one is the default.
        available: Which of the values a release offers, where it may not be all of them.
        named: From a release to names of values, where the product has no phrases for them.
        names: Those names by value, once the release is known.
        pattern: Regular expression of its values, where only a release can list them.
        former: Values in links of earlier versions, and what is shown instead.
        by_link: Whether its card shows no control for it, only addresses and links have it.
    """

    name: str
    values: tuple[str, ...]
    available: Callable[[Release], tuple[str, ...]] | None = None
    named: Callable[[Release], Mapping[str, str]] | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    pattern: str = ""
    former: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    by_link: bool = False

    def narrowed(self, release: Release) -> Option:
        """The option with the values that a release offers."""
        if self.available is None:
            return self
        names = self.named(release) if self.named else {}
        return Option(self.name, self.available(release), names=names, former=self.former)


#: What the rows of a map's table are on the ground: areas or points (column ``code``), or flows
#: between two places (``from_code`` and ``to_code``).
Geometry = Literal["areas", "points", "flows"]


#: The function that answers a question.
Make = Callable[[Question], Exhibit]


def _unmade(question: Question) -> Exhibit:
    raise NotImplementedError("no function is registered")


@dataclass(frozen=True)
class Definition:
    """A registered exhibit: id, the facts it counts, its options and its function.

    Attributes:
        geometry: What the rows of its map are on the ground; None where it is no map.
        by_month: Whether its period is the last closed month where none is chosen, not the
            release's usual one.
        by_quarter: Whether it counts whole quarters, also of facts that are kept by month.
        published: Whether published sources answer it, over all their months where none is chosen.
        compares: Whether it shows the numbers of the months that a period is compared with.
        of_folder: Whether it also says something of other editions, which may come and go.
        along: The months of its time line, from its period and the months of the release; None
            where no notes stand beside its time.
    """

    id: str
    _: KW_ONLY
    facts: tuple[str, ...]
    options: tuple[Option, ...] = ()
    geometry: Geometry | None = None
    by_month: bool = False
    by_quarter: bool = False
    published: bool = False
    compares: bool = False
    of_folder: bool = False
    along: Callable[[Span, Span], Span] | None = None
    make: Make = field(default=_unmade)

    def __call__(self, make: Make) -> Make:
        """Register a function as the exhibit of the id; ids are a public contract."""
        if self.id in _EXHIBITS:
            raise ValueError(f"two exhibits are named {self.id}")

        def make_with_id(question: Question) -> Exhibit:
            try:
                return replace(make(question), id=self.id)
            except ValueError as problem:
                problem.add_note(f"exhibit {self.id}")
                raise

        _EXHIBITS[self.id] = replace(self, make=make_with_id)
        return make

    def period(
        self, filters: Filters, release: Release, options: Mapping[str, str] = _NO_OPTIONS
    ) -> Span:
        """The months that it counts: the chosen ones, else its own usual ones."""
        month = options.get(MONTH, "")
        offered = (each.narrowed(release) for each in self.options if each.name == MONTH)
        if any(month in option.values[1:] for option in offered):
            return Span.parse(month)
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
        """What an answer depends on beside release and question: the ids of other editions.

        Those that can be read, then those that are damaged; nothing for most exhibits.
        """
        if not self.of_folder:
            return ()
        editions = tuple(edition.release_id for edition in release.editions())
        return editions, tuple(release.damaged())

    def answered_by(self, release: Release) -> Release:
        """The release that its numbers come from, where a page shows a release.

        That of published sources beside it, for facts that only these have: theirs are never summed
        with what partners report. The page's own where there is none.
        """
        if not self.published or any(release.has(fact(name)) for name in self.facts):
            return release
        return release.beside() or release


_EXHIBITS: dict[str, Definition] = {}


#: The decorator that registers a function: ``@exhibit("page.name", facts=...)``.
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
    source = entry.answered_by(release)
    return tuple(option.narrowed(source) for option in entry.options)


def as_opened(question: Question, exhibit_id: str) -> Question:
    """The question with the options that an exhibit opens with."""
    options = available_options(definition(exhibit_id), question.release)
    return replace(question, options={option.name: option.values[0] for option in options})


def exhibit_as_opened(question: Question, exhibit_id: str) -> Exhibit:
    """An exhibit as its page opens with it."""
    return definition(exhibit_id).make(as_opened(question, exhibit_id))


def own_options(reading: Reading, options: Sequence[Option]) -> dict[str, str]:
    """The values that a query string has for some options, without those that are not offered."""
    given = ((option, reading.options.get(option.name, "")) for option in options)
    values = ((option, option.former.get(value, value)) for option, value in given)
    return {option.name: value for option, value in values if value in option.values}


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
    source = entry.answered_by(release)
    period = entry.period(reading.filters, source, options)
    question = Question(source, reading.filters, period, options)
    return _with_unreported_facts(question, entry, entry.make(question))


def _with_unreported_facts(question: Question, entry: Definition, answer: Exhibit) -> Exhibit:
    """An exhibit with a note for each of its facts that the release does not report."""
    release, lang = question.release, question.lang
    missing = [name for name in entry.facts if not release.has(fact(name))]
    if entry.published or not missing:
        return answer
    notes = [question.translate("shared.offer.not_reported", fact=fact(name).label_in(lang))
            for name in missing]  # fmt: skip
    return replace(answer, notes=tuple(dict.fromkeys((*answer.notes, *notes))))


def question_of(filters: Filters, release: Release) -> Question:
    """The question of a page: its period is the release's usual one where none is chosen."""
    return Question(release, filters, filters.period or release.default_period, {})
