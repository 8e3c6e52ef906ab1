"""Thirty questions for explore, and what plain SQL over a release answers to each.

Nothing of the product counts here: columns are grouped, sets unnested and months cut by DuckDB.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Ask = Callable[[str], list[tuple[Any, ...]]]
Cells = dict[tuple[str, str], int]

STEPS = {
    "month": "strftime({time}, '%Y-%m')",
    "quarter": "year({time}) || '-Q' || quarter({time})",
    "year": "year({time})::VARCHAR",
}
#: The column of time of each fact.
QUARTERLY = ("legs", "journeys", "reclassifications")
YEAR = ("2025-10-01", "2026-09-30")


@dataclass(frozen=True)
class Asked:
    """A question.

    Attributes:
        count, rows, columns: What is counted and by what; '' for no columns.
        view: Filters and the rest of its address.
        where: The filters in SQL.
        period: First and last day.
    """

    count: str
    rows: str
    columns: str = ""
    view: str = ""
    where: str = "true"
    period: tuple[str, str] = YEAR

    @property
    def query(self) -> str:
        """Its address without the path."""
        asked = {"count": self.count, "rows": self.rows, "columns": self.columns or "none"}
        parts = [*(f"{name}={value}" for name, value in asked.items()), self.view]
        return "&".join(filter(None, parts))


THREE_YEARS = {"view": "period=2023-10..2026-09", "period": ("2023-10-01", "2026-09-30")}
QUESTIONS = (
    Asked("people", "upazila", "population_group"), Asked("people", "district", "class_group"),
    Asked("people", "sex"), Asked("people", "promise"), Asked("people", "promise", "sex"),
    Asked("people", "sex", "means_of_control"), Asked("people", "age_band", "sex", "as=bars"),
    Asked("people", "month"), Asked("people", "class_group", "month"),
    Asked("people", "corridor", "quarter", "value=column"),
    Asked("people", "mode", "year", **{**THREE_YEARS, "period": ("2024-01-01", "2025-12-31")}),
    Asked("people", "exploitation", "quarter", "sex=female", "sex = 'female'"),
    Asked("people", "recruitment_place", "", "as=list"),
    Asked("people", "upazila", "", "as=map&role=exploitation", "place_role = 'exploitation'"),
    Asked("people", "division", "corridor", "mode=sea", "mode = 'sea'"),
    Asked("people", "destination_country", "mode"),
    Asked("people", "district", "sex", "period=2026-09", period=("2026-09-01", "2026-09-30")),
    Asked("incidents", "district", "class_group"), Asked("incidents", "verification"),
    Asked("incidents", "route", "mode"), Asked("incidents", "class_group", "month", **THREE_YEARS),
    Asked("requests", "service", "priority", "value=row"),
    Asked("requests", "upazila", "service", "sex=female", "sex = 'female'"),
    Asked("requests", "from_agency_type", "to_agency_type"), Asked("endings", "service", "status"),
    Asked("endings", "service_band", "quarter"), Asked("legs", "from_district", "to_district"),
    Asked("legs", "corridor", "quarter", "child=yes", "is_child = 'yes'"),
    Asked("journeys", "origin_district", "destination_country"),
    Asked("journeys", "transit", "corridor"),
)  # fmt: skip


def told(ask: Ask, asked: Asked) -> Cells:
    """What SQL counts in each cell that holds anything; ('', '') has all events."""
    time = "quarter" if asked.count in QUARTERLY else "month"
    sets = {name for name, kind, *_ in ask(f"DESCRIBE {asked.count}") if kind == "VARCHAR[]"}
    names = filter(None, (asked.rows, asked.columns))
    columns = [_column(name, time, several=name in sets) for name in names]
    first, last = asked.period
    source = f"FROM {asked.count} WHERE {time} BETWEEN '{first}' AND '{last}' AND {asked.where}"  # noqa: S608
    names = [f"c{at}" for at in range(len(columns))]
    each = ", ".join(f"{column} AS {name}" for column, name in zip(columns, names, strict=True))
    rows = ask(
        f"SELECT {', '.join(names)}, sum(size)::BIGINT FROM (SELECT {each}, size {source}) "  # noqa: S608
        "GROUP BY ALL HAVING sum(size) > 0"
    )
    ((total,),) = ask(f"SELECT coalesce(sum(size), 0)::BIGINT {source}")
    cells: Cells = {("", ""): int(total)}
    for row, *column, size in rows:
        cells[row, (*column, "")[0]] = int(size)
    return cells


def _column(name: str, time: str, *, several: bool) -> str:
    """A dimension in SQL; what is not known, also of a set without a known code, is "unknown"."""
    if name in STEPS:
        return STEPS[name].format(time=time)
    if several:
        known = f"list_distinct(list_filter({name}, lambda code: code <> 'unknown'))"
        return f"unnest(CASE WHEN len({known}) > 0 THEN {known} ELSE ['unknown'] END)"
    return f"coalesce({name}, 'unknown')"


def shown(exhibit: Mapping[str, Any]) -> Cells:
    """The cells of an answer of explore, as JSON or a page has it, that hold anything."""
    codes = [column["code"] for column in exhibit["table"]["columns"]]
    cells: Cells = {}
    for row in exhibit["table"]["rows"]:
        held = dict(zip(codes, row, strict=True))
        code = next(held[name] for name in ("code", *STEPS) if name in held)
        if "column_code" in held:
            cells[code, held["column_code"]] = held[exhibit["unit"]]
        elif "total" in held:
            beside = {"code", "label", "total", "in_words"}
            across = [c for c in codes if c not in beside and not c.endswith(("_low", "_high"))]
            cells |= {(code, column): held[column] for column in across}
        else:
            cells[code, ""] = held[exhibit["unit"]] or 0
    return {cell: size for cell, size in cells.items() if size}
