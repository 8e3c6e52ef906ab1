"""Filters: one immutable value that names what a reader looks at.

It is read from a query string and written back to one (codes only, so a link is a saved view)
and it becomes conditions over the units of one fact. Menus, chips and words belong elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qsl, quote

from dashboard.model.edition import Audience
from dashboard.model.facts import PARENT_LEVELS, Fact, parent_prefix
from dashboard.model.fields import Kind
from dashboard.model.filters import FILTERS, NAMES, PERIOD, Filter, filter_named
from dashboard.model.languages import ENGLISH, LANGUAGES, Language
from dashboard.model.periods import Month, Span

Compare = Literal["usual", "previous", "last-year", "none"]
#: Chosen codes by filter: only filters with a choice, in the order of the registry.
Chosen = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, init=False)
class Filters:
    """What a reader looks at; a filter without codes is no restriction.

    Attributes:
        period: Span of months, or None for the release's default period.
        compare: What numbers are held against: what is usual, or another period beside it.
        edition: Id of a release, or None for the current one.
        audience: Who the figures are for: always what the edition was made for.
        lang: Language of words and digits.
        chosen: Codes by filter of ``dashboard.model.filters``. Codes of areas are places of any
            level or countries; without place roles a map leaves interceptions out.
    """

    period: Span | None = None
    compare: Compare = "usual"
    edition: str | None = None
    audience: Audience = "member"
    lang: Language = ENGLISH
    chosen: Chosen = ()

    def __init__(
        self,
        *,
        period: Span | None = None,
        compare: Compare = "usual",
        edition: str | None = None,
        audience: Audience = "member",
        lang: Language = ENGLISH,
        chosen: Chosen = (),
        **codes: Collection[str],
    ) -> None:
        """Filters by name, such as ``Filters(sex=["female"], class_=["smuggling"])``.

        Raises:
            TypeError: If a keyword names no filter.
        """
        named = {name.rstrip("_"): tuple(values) for name, values in codes.items()}
        by_name = {**dict(chosen), **named}
        if unknown := by_name.keys() - set(NAMES):
            raise TypeError(f"no filters {sorted(unknown)}; there are {', '.join(NAMES)}")
        attributes = {
            "period": period,
            "compare": compare,
            "edition": edition,
            "audience": audience,
            "lang": lang,
            "chosen": tuple((name, by_name[name]) for name in NAMES if by_name.get(name)),
        }
        for name, value in attributes.items():
            object.__setattr__(self, name, value)

    def codes_of(self, name: str) -> tuple[str, ...]:
        """Chosen codes of a filter; KeyError for no such filter."""
        return dict(self.chosen).get(filter_named(name).name, ())

    def with_codes(self, name: str, values: Collection[str]) -> Filters:
        """A copy with other codes for one filter; KeyError for no such filter."""
        others = tuple(entry for entry in self.chosen if entry[0] != filter_named(name).name)
        return replace(self, chosen=(*others, (name, tuple(values))))

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the filters that restrict people, places or classes."""
        return tuple(name for name, _ in self.chosen)

    def to_query(self) -> str:
        """Canonical query string without '?': only what differs from the default, sorted by name.

        The codes keep the order in which they were chosen; equal values give equal strings.
        """
        parameters = {name: ",".join(codes) for name, codes in self.chosen}
        if self.period:
            parameters[PERIOD] = str(self.period)
        for name in ("compare", "edition", "audience", "lang"):
            value = getattr(self, name)
            if value is not None and value != _DEFAULTS[name]:
                parameters[name] = value
        return "&".join(
            f"{name}={quote(parameters[name], safe='.,-_')}" for name in sorted(parameters)
        )


@dataclass(frozen=True)
class Unknown:
    """A part of a query string that was ignored; the page names it to the reader."""

    parameter: str
    value: str


@dataclass(frozen=True)
class Reading:
    """What a query string says: the filters, an exhibit's options, and what was ignored."""

    filters: Filters
    options: Mapping[str, str]
    ignored: tuple[Unknown, ...]


_DEFAULTS = {field.name: field.default for field in fields(Filters)}
#: Periods that are read; a span of these has a span before it that is a period too.
READABLE = Span(Month(2000, 1), Month(2049, 12))
#: Longest query string that is read; a longer one is refused as a whole.
MAX_QUERY = 4000
MAX_PARTS = 100


def read_query(
    query: str,
    *,
    is_place: Callable[[str], bool],
    is_edition: Callable[[str], bool] = lambda _: False,
    audience: Audience = "member",
    options: Collection[str] = (),
) -> Reading:
    """Read a query string (with or without '?'); unknown codes are ignored and listed.

    Args:
        query: The query string as the browser gives it.
        is_place: Whether a code is a place of the open release.
        is_edition: Whether an id names a release that can be opened; by default none does.
        audience: Whom the open edition was made for; a link that claims another one is ignored.
        options: Names that an exhibit reads itself; they are passed through untouched.
    """
    ignored: list[Unknown] = []
    values: dict[str, object] = {"audience": audience}
    chosen: dict[str, tuple[str, ...]] = {}
    passed: dict[str, str] = {}
    text = query.removeprefix("?")
    if len(text) > MAX_QUERY or text.count("&") >= MAX_PARTS:
        return Reading(Filters(audience=audience), {}, (Unknown("query", "too long"),))
    for name, value in parse_qsl(text, keep_blank_values=False):
        if name in options:
            passed[name] = value
        elif name in NAMES:
            codes, unknown = _split(filter_named(name), value, is_place)
            chosen[name] = codes
            ignored.extend(Unknown(name, code) for code in unknown)
        elif name == PERIOD:
            span = read_period(value)
            if span:
                values[name] = span
            else:
                ignored.append(Unknown(name, value))
        elif name == "audience" and value == audience:
            continue
        elif value in _CHOICES.get(name, ()) or (name == "edition" and is_edition(value)):
            values[name] = value
        else:
            ignored.append(Unknown(name, value))
    filters = replace(Filters(chosen=tuple(chosen.items())), **values)  # pyright: ignore[reportArgumentType] -- values are checked above
    return Reading(filters, passed, tuple(ignored))


def read_language(query: str) -> Language:
    """The language that a query string (with or without '?') asks for; English where it does not.

    It is read alone where there is no release to read the rest against.
    """
    text = query.removeprefix("?")
    parameters = parse_qsl(text) if len(text) <= MAX_QUERY and text.count("&") < MAX_PARTS else ()
    values = [value for name, value in parameters if name == "lang"]
    languages: list[Language] = [lang for value in values for lang in LANGUAGES if lang == value]
    return languages[-1] if languages else ENGLISH


_CHOICES = {
    "compare": ("usual", "previous", "last-year", "none"),
    "lang": LANGUAGES,
}


def _split(
    entry: Filter, value: str, is_place: Callable[[str], bool]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes in a parameter's value that its filter knows, and those that it does not."""
    accepted: dict[str, None] = {}
    refused: dict[str, None] = {}
    for code in filter(None, value.split(",")):
        is_known = code in entry.codes if entry.lists else is_place(code)
        (accepted if is_known else refused)[code] = None
    return tuple(accepted), tuple(refused)


def read_period(value: str) -> Span | None:
    """A period as a query string gives it, or None for what is no period that can be read."""
    try:
        span = Span.parse(value)
    except ValueError:
        return None
    return span if span.within(READABLE) else None


@dataclass(frozen=True)
class Condition:
    """That any of some columns holds any of some codes.

    Attributes:
        columns: Columns of a fact; one that holds sets needs one code of them.
        codes: The codes.
    """

    columns: tuple[str, ...]
    codes: tuple[str, ...]


def inapplicable(fact: Fact, filters: Filters) -> tuple[str, ...]:
    """Names of active filters that a fact cannot serve."""
    return tuple(name for name in filters.active if fact.filters.get(name) is None)


def conditions(fact: Fact, filters: Filters) -> tuple[Condition, ...]:
    """What each unit of a fact must meet, in whatever period; what does not apply is left out."""
    return _conditions(fact, filters.chosen)


@lru_cache(maxsize=1024)
def _conditions(fact: Fact, chosen: Chosen) -> tuple[Condition, ...]:
    """``conditions`` by the chosen codes alone, so that their results can be kept."""
    codes = dict(chosen)
    return tuple(
        Condition(_with_parents(fact, columns), entry.expanded(codes[entry.name]))
        for entry in FILTERS
        if codes.get(entry.name) and (columns := fact.filters.get(entry.name))
    )


def _with_parents(fact: Fact, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Columns of a fact, each of places followed by the columns of the areas around them."""
    widened: list[str] = []
    for column in columns:
        widened.append(column)
        if fact[column].kind is Kind.PLACE:
            widened.extend(f"{parent_prefix(column)}{level}" for level in PARENT_LEVELS)
    return tuple(widened)


def default_period(last_month: date, first_month: date) -> Span:
    """The last twelve closed months of a release, or all of them where it has fewer."""
    last, first = Month.of(last_month), Month.of(first_month)
    return Span(max(first, last.plus(-11)), last)
