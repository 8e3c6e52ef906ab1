"""Comparison: what a release shows that the one before it did not.

Works on two release files and on nothing else, so that all it gives is made of units: no record, no
partner and no exact count of few can be in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import duckdb

from dashboard.model.facts import FACTS, Fact
from dashboard.model.fields import Field, Kind
from dashboard.model.languages import LOCAL, in_words_of
from dashboard.model.periods import Month
from dashboard.model.release import create_statements
from etl.register.access import CONFIG
from etl.register.connections import attach
from etl.release.contents.labels import code_list_of
from etl.release.preview.outliers import Outlier, share_outliers, total_outliers
from etl.release.preview.table_changes import Change, table_changes

_CLASSES = "class_group"
#: First day of a period, totals before and now, and whether each of them is exact.
_Period = tuple[date, int | None, int | None, bool, bool]


@dataclass(frozen=True)
class Total:
    """Total of a period that differs.

    Attributes:
        fact: Label of the fact.
        period: 2026-09 or 2026-Q3.
        before: What the earlier release shows, or None where it has no such period.
        now: What the new one shows.
        exact: Whether the new total is exact as reported.
        was_exact: Whether the earlier one was.
        base: Smallest size of a unit.
    """

    fact: str
    period: str
    before: int | None
    now: int
    exact: bool
    was_exact: bool
    base: int


@dataclass(frozen=True)
class First:
    """A code or a place that appears for the first time.

    Attributes:
        fact: Label of the fact.
        dimension: Label of the dimension.
        label: Label of the code, or name of the place.
        period: First period that shows it.
        size: Events that units with it stand for.
        base: Smallest size of a unit.
    """

    fact: str
    dimension: str
    label: str
    period: str
    size: int
    base: int


@dataclass(frozen=True)
class Suspicion:
    """A period that lies far outside the year before it.

    Attributes:
        fact: Label of the fact.
        what: "total", or the label of a class.
        period: The period.
        value: Total in events, or share of the class in percent.
        usual: Median of the year before, in the same unit.
        base: Smallest size of a unit.
    """

    fact: str
    what: str
    period: str
    value: float
    usual: float
    base: int


@dataclass(frozen=True)
class Differences:
    """All that differs.

    Attributes:
        totals: Totals of periods.
        categories: Codes that appear for the first time; empty against nothing.
        places: Places that appear for the first time; empty against nothing.
        jumps: Suspicious periods among those that the earlier release did not have.
        beside: Notes, populations, targets and so on that differ from those of the earlier release.
    """

    totals: tuple[Total, ...]
    categories: tuple[First, ...]
    places: tuple[First, ...]
    jumps: tuple[Suspicion, ...]
    beside: tuple[Change, ...]


def compare(new: Path, old: Path | None, lang: str = "en") -> Differences:
    """What a release shows that an earlier one did not; everything where there is none.

    Labels are in the language.
    """
    with duckdb.connect(":memory:", config=CONFIG) as connection:
        attach(connection, new, "new")
        if old is None:
            connection.execute(
                "; ".join(["ATTACH ':memory:' AS old", "USE old", *create_statements()])
            )
        else:
            attach(connection, old, "old")
        return _Comparison(connection, lang).differences()


class _Comparison:
    """A connection with the two releases, and the labels of the new one.

    The old release is an empty one where there is none.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, lang: str) -> None:
        self._connection = connection
        self._lang = lang
        self._labels = {
            (str(code_list), str(code)): in_words_of(lang, str(english), str(local or ""))
            for code_list, code, english, local in self._query(
                f"SELECT code_list, code, label_en, label_{LOCAL} FROM new.code"  # noqa: S608
            )
        }
        self._places = {
            str(code): in_words_of(lang, str(english), str(local or ""))
            for code, english, local in self._query(
                f"SELECT code, name_en, name_{LOCAL} FROM new.place"  # noqa: S608
            )
        }

    def differences(self) -> Differences:
        """All that differs, fact by fact."""
        totals: list[Total] = []
        categories: list[First] = []
        places: list[First] = []
        suspicions: list[Suspicion] = []
        for fact in FACTS:
            totals += self._totals(fact)
            suspicions += self._suspicions(fact)
            for field in fact.dimensions:
                kind = places if _is_place(field) else categories
                kind += self._firsts(fact, field)
        return Differences(
            tuple(totals),
            tuple(categories),
            tuple(places),
            tuple(suspicions),
            table_changes(self._query, self._places, self._lang),
        )

    def _query(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Rows of a query with its parameters."""
        return self._connection.execute(query, list(values)).fetchall()

    def _periods(self, fact: Fact) -> list[_Period]:
        """Periods of a fact, with what the old and the new release show, and whether exactly."""
        was, now = (
            f"""SELECT {fact.time.name} AS period, sum(size)::BIGINT AS total
            FROM {release}.{fact.id} GROUP BY ALL"""  # noqa: S608
            for release in ("old", "new")
        )
        was_exact, exact = (
            f"period IN (SELECT period FROM {release}.block_total WHERE fact = $1 AND exact)"  # noqa: S608
            for release in ("old", "new")
        )
        rows = self._query(
            f"""SELECT period, was.total, now.total, {was_exact}, {exact}
            FROM ({was}) AS was FULL JOIN ({now}) AS now USING (period) ORDER BY period""",  # noqa: S608
            fact.id,
        )
        return cast("list[_Period]", rows)

    def _totals(self, fact: Fact) -> list[Total]:
        """Totals of a fact that are not as in the earlier release."""
        base = self._base(fact)
        label = fact.label_in(self._lang)
        return [
            Total(label, _period(fact, period), was, now or 0, exact, was_exact, base)
            for period, was, now, was_exact, exact in self._periods(fact)
            if was != now
        ]

    def _base(self, fact: Fact) -> int:
        """Smallest size of a unit of a fact in the new release."""
        ((base,),) = self._query("SELECT base FROM new.protection WHERE fact = ?", fact.id)
        return cast(int, base)

    def _firsts(self, fact: Fact, field: Field) -> list[First]:
        """Codes of a dimension that the new release shows and the old does not."""
        base = self._base(fact)
        code = f"unnest({field.name})" if field.kind.many else field.name
        rows = self._query(
            f"""SELECT code, min(period), sum(size)::BIGINT FROM (
                SELECT {code} AS code, {fact.time.name} AS period, size FROM new.{fact.id}
            )
            WHERE code IS NOT NULL AND code NOT IN (
                SELECT code FROM (SELECT {code} AS code FROM old.{fact.id}) WHERE code IS NOT NULL
            ) AND EXISTS (FROM old.edition)
            GROUP BY code ORDER BY code"""  # noqa: S608
        )
        return [
            First(
                fact.label_in(self._lang),
                field.label_in(self._lang),
                self._label(field, str(code)),
                _period(fact, cast(date, period)),
                cast(int, size),
                base,
            )
            for code, period, size in rows
        ]

    def _suspicions(self, fact: Fact) -> list[Suspicion]:
        """Suspicious periods among those that the earlier release did not have."""
        rows = self._periods(fact)
        totals = {period: now for period, _, now, *_ in rows if now is not None}
        if not totals:
            return []
        new_periods = {period for period, was, *_ in rows if was is None}
        periods = _periods_between(fact, min(totals), max(totals))
        whole = [float(totals.get(period, 0)) for period in periods]
        base = self._base(fact)
        year = 12 if fact.grain == "month" else 4

        def suspicion(what: str, outlier: Outlier, scale: float) -> Suspicion:
            """An outlier in words; a share is scaled to percent."""
            period = _period(fact, periods[outlier.index])
            value, usual = round(outlier.value * scale, 1), round(outlier.usual * scale, 1)
            return Suspicion(fact.label_in(self._lang), what, period, value, usual, base)

        suspicious = [
            suspicion("total", outlier, 1)
            for outlier in total_outliers(whole, base=base, year=year)
            if periods[outlier.index] in new_periods
        ]
        for code, parts in self._class_totals(fact).items():
            part = [float(parts.get(period, 0)) for period in periods]
            label = self._label(fact[_CLASSES], code)
            suspicious += [
                suspicion(label, outlier, 100)
                for outlier in share_outliers(part, whole, base=base, year=year)
                if periods[outlier.index] in new_periods
            ]
        return suspicious

    def _class_totals(self, fact: Fact) -> dict[str, dict[date, int]]:
        """Class to its totals by period; nothing where a fact has no classes."""
        if _CLASSES not in fact:
            return {}
        parts: dict[str, dict[date, int]] = {}
        rows = self._query(
            f"""SELECT {_CLASSES}, {fact.time.name}, sum(size)::BIGINT FROM new.{fact.id}
            WHERE {_CLASSES} IS NOT NULL GROUP BY ALL ORDER BY ALL"""  # noqa: S608
        )
        for code, period, total in rows:
            parts.setdefault(str(code), {})[cast(date, period)] = cast(int, total)
        return parts

    def _label(self, field: Field, code: str) -> str:
        """Label of a code or name of a place; the code itself where it has none."""
        if _is_place(field):
            return self._places.get(code, code)
        return self._labels.get((code_list_of(field) or "", code), code)


def _is_place(field: Field) -> bool:
    return field.kind in (Kind.PLACE, Kind.PLACES)


def _period(fact: Fact, first_day: date) -> str:
    """A period in words: 2026-09 or 2026-Q3."""
    if fact.grain == "month":
        return f"{first_day:%Y-%m}"
    return Month.of(first_day).quarter


def _periods_between(fact: Fact, first: date, last: date) -> list[date]:
    """First days of all periods of a fact from one to another, both included."""
    step = 1 if fact.grain == "month" else 3
    months = Month.of(last).minus(Month.of(first))
    return [Month.of(first).plus(n).first_day for n in range(0, months + 1, step)]
