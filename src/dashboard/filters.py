"""Filters: one immutable value that names what a reader looks at.

It is read from a query string and written back to one (codes only, so a link is a saved view)
and it becomes bound SQL over the units of one fact. Menus, chips and words belong elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal
from urllib.parse import parse_qsl, quote

from dashboard.model import codes
from dashboard.model.facts import PARENT_LEVELS, Fact, parent_prefix
from dashboard.model.fields import Kind
from dashboard.model.languages import ENGLISH, LANGUAGES, Language
from dashboard.model.periods import Month, Span

Compare = Literal["previous", "last-year", "none"]

#: Filter name to the codes it accepts; areas are checked against the release's places.
CODED_FILTERS: dict[str, tuple[str, ...]] = {
    "class": ("trafficking", *codes.CLASS_GROUP_OR_MIXED.values, *codes.CLASS.values),
    "sex": codes.SEX.values,
    "age": codes.AGE_BAND.values,
    "child": codes.IS_CHILD.values,
    "group": codes.POPULATION_GROUP.values,
    "status": codes.LEGAL_STATUS.values,
    "corridor": codes.CORRIDOR.values,
    "mode": codes.MODE.values,
    "role": codes.PLACE_ROLE.values,
}


@dataclass(frozen=True)
class Filters:
    """What a reader looks at; an empty tuple or None means no restriction.

    Attributes:
        period: Span of months, or None for the release's default period.
        compare: What a change is measured against.
        area: Place codes of any level, from division to camp, or countries.
        role: Place roles; empty means no restriction (a map then leaves interceptions out).
        class_: Class codes or roll-ups.
        sex, age, child, group, status, corridor, mode: Codes of their lists.
        edition: Id of a release, or None for the current one.
        audience: Who the figures are for: always what the edition was made for.
        lang: Language of words and digits.
    """

    period: Span | None = None
    compare: Compare = "previous"
    area: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    class_: tuple[str, ...] = ()
    sex: tuple[str, ...] = ()
    age: tuple[str, ...] = ()
    child: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    corridor: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    edition: str | None = None
    audience: Literal["member", "public"] = "member"
    lang: Language = ENGLISH

    def codes_of(self, name: str) -> tuple[str, ...]:
        """Codes of a filter by its parameter name."""
        value: tuple[str, ...] = getattr(self, _ATTRIBUTE.get(name, name))
        return value

    def with_codes(self, name: str, values: Collection[str]) -> Filters:
        """A copy with other codes for one filter."""
        return replace(self, **{_ATTRIBUTE.get(name, name): tuple(values)})  # pyright: ignore

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the filters that restrict people, places or classes."""
        return tuple(name for name in _TUPLES if self.codes_of(name))

    def to_query(self) -> str:
        """Canonical query string without '?': only what differs from the default, sorted by name.

        The codes keep the order in which they were chosen; equal values give equal strings.
        """
        given: dict[str, str] = {
            name: ",".join(self.codes_of(name)) for name in _TUPLES if self.codes_of(name)
        }
        if self.period:
            given["period"] = str(self.period)
        for name in ("compare", "edition", "audience", "lang"):
            value = getattr(self, name)
            if value is not None and value != _DEFAULTS[name]:
                given[name] = value
        return "&".join(f"{name}={quote(given[name], safe='.,-_')}" for name in sorted(given))


@dataclass(frozen=True)
class Unknown:
    """A part of a query string that was ignored, to be said to the reader."""

    parameter: str
    value: str


@dataclass(frozen=True)
class Reading:
    """What a query string says: the filters, an exhibit's options, and what was ignored."""

    filters: Filters
    options: Mapping[str, str]
    ignored: tuple[Unknown, ...]


_ATTRIBUTE = {"class": "class_"}
_TUPLES = ("area", "class", "role", "sex", "age", "child", "group", "status", "corridor", "mode")
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
    audience: Literal["member", "public"] = "member",
    options: Collection[str] = (),
) -> Reading:
    """Read a query string (with or without '?'); unknown codes are ignored and listed.

    Args:
        query: The query string as the browser gives it.
        is_place: Whether a code is a place of the open release.
        is_edition: Whether an id names a release that can be opened.
        audience: Whom the open edition was made for; a link that claims another one is ignored.
        options: Names that an exhibit reads itself; they are passed through untouched.
    """
    ignored: list[Unknown] = []
    given: dict[str, object] = {"audience": audience}
    passed: dict[str, str] = {}
    text = query.removeprefix("?")
    if len(text) > MAX_QUERY or text.count("&") >= MAX_PARTS:
        return Reading(Filters(audience=audience), {}, (Unknown("query", "too long"),))
    for name, value in parse_qsl(text, keep_blank_values=False):
        if name in options:
            passed[name] = value
        elif name in _TUPLES:
            known, unknown = _split(name, value, is_place)
            given[_ATTRIBUTE.get(name, name)] = known
            ignored.extend(Unknown(name, code) for code in unknown)
        elif name == "period":
            span = _span(value)
            if span:
                given[name] = span
            else:
                ignored.append(Unknown(name, value))
        elif name == "audience" and value == audience:
            continue
        elif value in _CHOICES.get(name, ()) or (name == "edition" and is_edition(value)):
            given[name] = value
        else:
            ignored.append(Unknown(name, value))
    return Reading(replace(Filters(), **given), passed, tuple(ignored))  # pyright: ignore


def read_language(query: str) -> Language:
    """The language that a query string (with or without '?') asks for; English where it does not.

    It is read alone where there is no release to read the rest against.
    """
    text = query.removeprefix("?")
    given = parse_qsl(text) if len(text) <= MAX_QUERY and text.count("&") < MAX_PARTS else ()
    asked = [value for name, value in given if name == "lang"]
    known: list[Language] = [lang for value in asked for lang in LANGUAGES if lang == value]
    return known[-1] if known else ENGLISH


_CHOICES = {
    "compare": ("previous", "last-year", "none"),
    "lang": LANGUAGES,
}


def _split(
    name: str, value: str, is_place: Callable[[str], bool]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for code in filter(None, value.split(",")):
        right = is_place(code) if name == "area" else code in CODED_FILTERS[name]
        (known if right else unknown)[code] = None
    return tuple(known), tuple(unknown)


def _span(value: str) -> Span | None:
    try:
        span = Span.parse(value)
    except ValueError:
        return None
    return span if span.within(READABLE) else None


@dataclass(frozen=True)
class Clause:
    """A condition over a fact's units with its bound values.

    Attributes:
        sql: Text for WHERE, with '?' marks; never holds a value from outside.
        values: What to bind, in order.
        inapplicable: Names of active filters that this fact cannot serve.
        snapped: The span that was used where it is wider than the one asked for, else None.
    """

    sql: str
    values: tuple[object, ...]
    inapplicable: tuple[str, ...]
    snapped: Span | None


def clause(fact: Fact, filters: Filters, period: Span) -> Clause:
    """Filters as a condition over one fact's units in one period.

    Args:
        fact: The fact asked about; decides which filters apply.
        filters: What the reader chose (its own period is not read).
        period: Span to count; widened outward to the fact's own period.
    """
    span = period.snapped(fact.grain)
    parts = [f"{fact.time.name} BETWEEN ? AND ?"]
    values: list[object] = [span.start.first_day, span.end.first_day]
    inapplicable: list[str] = []
    for name in _TUPLES:
        chosen = filters.codes_of(name)
        columns = fact.filters.get(name)
        if columns is None:
            if chosen:
                inapplicable.append(name)
            continue
        if not chosen:
            continue
        sql, bound = _condition(fact, name, columns, chosen)
        parts.append(sql)
        values.extend(bound)
    return Clause(
        " AND ".join(parts), tuple(values), tuple(inapplicable), span if span != period else None
    )


def _condition(
    fact: Fact, name: str, columns: tuple[str, ...], chosen: tuple[str, ...]
) -> tuple[str, list[object]]:
    if name == "class":
        chosen = tuple(
            code
            for asked in chosen
            for code in (codes.TRAFFICKING_GROUPS if asked == "trafficking" else (asked,))
        )
    tests: list[str] = []
    for column in columns:
        field = fact[column]
        if field.kind.many:
            tests.append(f"list_has_any({column}, ?)")
        elif field.kind is Kind.PLACE:
            levels = (column, *(f"{parent_prefix(column)}{level}" for level in PARENT_LEVELS))
            tests.extend(f"list_contains(?, {level})" for level in levels)
        else:
            tests.append(f"list_contains(?, {column})")
    return f"({' OR '.join(tests)})", [list(chosen)] * len(tests)


def default_period(last_month: date, first_month: date) -> Span:
    """The last twelve closed months of a release, or all of them where it has fewer."""
    last, first = Month.of(last_month), Month.of(first_month)
    return Span(max(first, last.plus(-11)), last)
