"""One wide row per row of a file: from declared columns to the fields of the register.

The order of the steps is held here: screen the values, derive, generalise. Names of wide columns
are those of ``sources.Target.name``; every value is a text or None, several codes are joined by
semicolons, months are ISO dates. What begins with ``linkage.`` says nothing of a record: by it the
same record is found under another spelling of its key, or of a day beside its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

import numpy as np

from etl.declaration.source import Column, Source, is_list
from etl.findings import Finding
from etl.harmonise import days, points, values
from etl.harmonise.areas import Areas
from etl.harmonise.cells import CellResult, Texts, first_known, judge_cells
from etl.harmonise.consequences import apply_consequences
from etl.harmonise.keys import day_key, record_key, spelling_key
from etl.harmonise.orders import DateOrder, date_orders, order_findings
from etl.harmonise.unmatched import Unmatched, find_unmatched
from etl.harmonise.work import DERIVED_CHILD, Work
from etl.read import Coded, Sheet, combined
from etl.read.coded import numbers_of


@dataclass(frozen=True)
class Harmonised:
    """A file as codes, months and places.

    Attributes:
        columns: Wide column name to its values, one per row.
        rows: Row number of each row as the sender sees it.
        held_back: Row numbers of referrals without a known consent, and of voyages on land.
        findings: What harmonising found; the file may load only if none of them refuses it.
        orders: In which order the dates of its columns were read.
        unmatched: Values that are not known, for the operator's own screen.
    """

    columns: dict[str, Texts]
    rows: list[int]
    held_back: list[int]
    findings: list[Finding]
    orders: tuple[DateOrder, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()


def harmonise(sheet: Sheet, source: Source, areas: Areas, secret: bytes, today: date) -> Harmonised:
    """Take one file through screen, derive and generalise.

    Args:
        sheet: The declared columns, normalised.
        source: The declaration.
        areas: The gazetteer, by which places are found.
        secret: The identifiers secret.
        today: The day after which a date lies in the future.
    """
    work = Work(sheet, source, areas, secret, today)
    _keys(work)
    _days(work)
    _fields(work)
    apply_consequences(work)
    return _without_held_back(work)


def _keys(work: Work) -> None:
    """Fill the keys of each kind of record, with the hash of their plain spelling."""
    partner, rows = work.source.partner, work.sheet.rows
    for kind, headers in work.source.keys.items():
        columns = [work.sheet.columns[header] for header in headers]
        for header, cells in zip(headers, columns, strict=True):
            work.findings += [
                work.sheet.place.finding("missing_key", row=row, column=header)
                for row in numbers_of(cells.where(lambda cell: cell == ""), rows)
            ]
        cells = combined(columns)
        work.wide[f"{kind}.{kind}_id"] = cells.mapped(
            partial(record_key, work.secret, partner, kind)
        )
        work.wide[f"linkage.{kind}"] = cells.mapped(
            partial(spelling_key, work.secret, partner, kind)
        )


#: Uses of a column that read days; it may have others beside them, such as key.
_DAY_USES = ("month", "days_between", "part")


def _days(work: Work) -> None:
    """Read every column that holds days; beyond this only what follows from them is kept."""
    for column in work.source.columns:
        if column.how in _DAY_USES and column.formats:
            parsed, faults = judge_cells(
                work.cells(column), lambda cell, c=column: days.day(c, cell, work.today)
            )
            work.days[column.header] = parsed
            work.note(faults, column.header)
            orders = date_orders(column, work.cells(column))
            work.orders += orders
            work.findings += order_findings(orders, work.sheet.place)
    _linkage_days(work)


#: The month whose day tells events apart, and the days beside it by which it is found.
_EVENT_MONTH = "incident.incident_month"
_DAYS_LATER = {"linkage.day": 0, "linkage.day_before": -1, "linkage.day_after": 1}


def _linkage_days(work: Work) -> None:
    """Hashes of the day of the event and of both beside it, where a column says the day."""
    headers = [
        column.header
        for column in work.source.columns
        if column.how == "month" and column.target and column.target.name == _EVENT_MONTH
    ]
    headers += [
        header
        for rule in work.source.months
        if rule.target.name == _EVENT_MONTH and not rule.plus
        for header in rule.columns
    ]
    dated = {c.header for c in work.source.columns if c.how in _DAY_USES and days.names_day(c)}
    exact = [header for header in headers if header in dated]
    if not exact or not work.size:
        return
    event_days = combined([work.days[header] for header in exact])
    first = event_days.mapped(lambda row_days: next((day.day for day in row_days if day), None))
    for name, later in _DAYS_LATER.items():
        work.wide[name] = first.mapped(
            lambda day, by=later: day_key(work.secret, day, by) if day else None
        )


def _fields(work: Work) -> None:
    """Fill every field that columns declare: added up, joined, or the first known by rank."""
    by_target: dict[str, list[Column]] = {}
    for column in sorted(work.source.columns, key=lambda c: c.rank):
        if column.target is not None:
            by_target.setdefault(column.target.name, []).append(column)
    for name, columns in by_target.items():
        texts = [_values_of(work, column) for column in columns]
        target = columns[0].target
        if columns[0].summed:
            work.wide[name] = _read_column(work, columns[0], combined(texts), values.total)
        elif target is not None and is_list(target):
            work.wide[name] = values.joined_codes(texts)
        else:
            work.wide[name] = first_known(texts)


def _values_of(work: Work, column: Column) -> Texts:
    """Values of one column for the field that it fills."""
    if column.use == "take":
        return _read_column(
            work, column, work.sheet.columns[column.header], lambda cell: values.take(column, cell)
        )
    if column.how == "age_band":
        return _ages(work, column, work.sheet.columns[column.header], days.age)
    if column.how == "birth_date":
        pairs = combined([work.sheet.columns[column.header], work.days[column.on or ""]])
        return _ages(work, column, pairs, days.age_on)
    if column.how == "month":
        return _month_column(work, column)
    if column.how == "days_between":
        pairs = combined([work.days[column.since or ""], work.days[column.header]])
        return _read_column(work, column, pairs, days.days_between)
    if column.how == "point":
        exact, faults = judge_cells(work.cells(column), lambda cell: points.point(column, cell))
        work.note(faults, column.header)
        places, faults = work.areas.locate(exact)
        work.note(faults, column.header)
        return places
    return _named_places(work, column)


def _named_places(work: Work, column: Column) -> Texts:
    """Codes of the places that a column names, inside the area of its ``within`` column."""
    names = work.sheet.columns[column.header]
    if column.within is None:
        return _read_column(
            work, column, names, lambda name: work.areas.resolve(column, name, None)
        )
    area = work.source.column(column.within, "place", "part")
    pairs = combined([names, work.sheet.columns[area.header]])
    return _read_column(
        work, column, pairs, lambda pair: work.areas.resolve(column, pair[0], (area, pair[1]))
    )


K = TypeVar("K", bound=Hashable)


def _read_column(
    work: Work, column: Column, cells: Coded[K], judge: Callable[[K], CellResult[str]]
) -> Texts:
    """Values of cells as a function judges them; findings and unknown values are noted."""
    texts, faults = judge_cells(cells, judge)
    work.note(faults, column.header)
    if faults:
        work.unmatched += find_unmatched(column.header, cells, faults, tuple(column.values or ()))
    return texts


def _ages(
    work: Work,
    column: Column,
    cells: Coded[K],
    judge: Callable[[Column, K], CellResult[tuple[str, str]]],
) -> Texts:
    """Age bands of cells; whether a child, the second half of each answer, goes to its column."""
    ages, faults = judge_cells(cells, lambda cell: judge(column, cell))
    work.note(faults, column.header)
    derived = ages.mapped(lambda pair: pair[1] if pair else None)
    earlier = work.wide.get(DERIVED_CHILD)
    work.wide[DERIVED_CHILD] = first_known([earlier, derived]) if earlier else derived
    return ages.mapped(lambda pair: pair[0] if pair else None)


def _month_column(work: Work, column: Column) -> Texts:
    """Months of a column of days; that of incidents also fills how exactly the day is known."""
    column_days = work.days[column.header]
    if column.target is not None and column.target.name == "incident.incident_month":
        precision: Coded[Any] = column_days.mapped(lambda day: day.precision if day else "unknown")
        work.wide.setdefault("incident.date_precision", precision)
    return column_days.mapped(days.month)


#: Fields whose value holds a row back: the rule that says so, and which values do.
_HOLD_BACK: dict[str, tuple[str, Callable[[Work, str | None], bool]]] = {
    "referral.consent": ("consent_unknown", lambda _, consent: consent == "unknown"),
    "voyage.sea_area": (
        "not_at_sea",
        lambda work, place: place is not None and not work.areas.is_at_sea(place),
    ),
}


def _without_held_back(work: Work) -> Harmonised:
    """What was made of the file, without referrals of unknown consent and voyages on land."""
    held_back = np.zeros(work.size, dtype=np.bool_)
    for name, (rule, is_held_back) in _HOLD_BACK.items():
        if name not in work.wide:
            continue
        mask = work.wide[name].where(partial(is_held_back, work))
        header = next(
            (c.header for c in work.source.columns if c.target and c.target.name == name), None
        )
        work.findings += [
            work.sheet.place.finding(rule, row=row, column=header, severity="review")
            for row in numbers_of(mask, work.sheet.rows)
        ]
        held_back |= mask
    kept = ~held_back
    return Harmonised(
        {name: texts.rows(kept) for name, texts in work.wide.items()},
        numbers_of(kept, work.sheet.rows),
        numbers_of(held_back, work.sheet.rows),
        work.findings,
        tuple(work.orders),
        tuple(work.unmatched),
    )
