"""Charts of cards that pages draw as HTML: lists with ranges, shares, groups of bars.

Each function makes neutral figures of the figure of a page, and of its table where that holds
more. What the public may see of them belongs to ``public``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.components.table_twin import shown
from dashboard.exhibits.exhibit import Exhibit
from dashboard.figures import theme
from dashboard.figures.plot import Form, Number, Plot, Series
from dashboard.words.catalogue import translate

#: Rows of a list that are drawn; all stand in the sheet.
_MOST_ROWS = 12
#: Neutral figures with their names, which small multiples have.
Charts = Sequence[tuple[str, Plot]]


def _number(value: int, low: Any = None, high: Any = None, text: str = "") -> Number:
    """A number with its range and its text; an end that is None is the number itself."""
    low, high = (end if isinstance(end, int) else value for end in (low, high))
    return Number(value, low, high, text, text)


def _bars(
    form: Form,
    bars: Iterable[tuple[str, Number]],
    colours: str | tuple[str, ...] = theme.BLUE,
) -> Plot:
    """A figure of one series: a bar for each name with its number; at least one."""
    names, numbers = zip(*bars, strict=True)
    return Plot(form, names, (Series("", numbers, colours),))


def _ranking(exhibit: Exhibit, lang: str) -> Charts:
    """The first rows of a list as bars; rows without a rank, such as "not recorded", are grey."""
    rows = [row for row in (exhibit.figure or {})["rows"] if row["known"]][:_MOST_ROWS]
    if not rows:
        return ()
    bars = [
        (
            row["label"] if row["rank"] or not row["note"] else f"{row['label']}: {row['note']}",
            _number(row["value"], row.get("low"), row.get("high"), row["value_text"]),
        )
        for row in rows
    ]
    colours = tuple(theme.BLUE if row["rank"] else theme.NEUTRAL for row in rows)
    texts = tuple(" · ".join(filter(None, (row["value_text"], row["share"]))) for row in rows)
    return [("", replace(_bars("bars", bars, colours), texts=texts))]


def _months(exhibit: Exhibit, lang: str) -> Charts:
    """A column for each month; the last ones may still fill up and are marked so."""
    months = (exhibit.figure or {})["months"]
    bars = [(m["label"], Number(m["value"], m["low"], m["high"], "", m["text"])) for m in months]
    still_open = sum(month["provisional"] for month in months)
    return [("", replace(_bars("strips", bars), provisional=still_open))]


def _lateness(exhibit: Exhibit, lang: str) -> Charts:
    """How late reports came: a bar for each share in percent."""
    rows = (exhibit.figure or {})["bars"]
    bars = [(bar["label"], _number(bar["share"], text=bar["text"])) for bar in rows]
    return [("", _bars("shares", bars))]


def _errors(exhibit: Exhibit, lang: str) -> Charts:
    """How far numbers may be off, a bar for each row of its page, in the order there."""
    rows = (exhibit.figure or {})["rows"]
    bars = [(f"{r['group']}: {r['label']}", _number(r["at"], text=r["text"])) for r in rows]
    return [("", _bars("bars", bars))]


def _times(exhibit: Exhibit, lang: str) -> Charts:
    """Percent who had a service in time; the words add after how many days half had it."""
    columns = ("name", "in_time", "in_time_low", "in_time_high", "median")
    bars: list[tuple[str, Number]] = []
    for name, share, low, high, median in zip(*map(exhibit.table.column, columns), strict=True):
        if isinstance(share, int):
            text = translate("report.in_time", lang, share=shown(share, lang), half=median)
            bars.append((str(name), _number(share, low, high, text)))
    return [("", _bars("shares", bars))] if bars else ()


def _targets(exhibit: Exhibit, lang: str) -> Charts:
    """Each number as percent of its target, with the words of its page."""

    def bar(row: Mapping[str, Any]) -> tuple[str, Number]:
        value, low, high = (
            round(100 * row[part] / row["target"]) for part in ("value", "low", "high")
        )
        text = f"{row['text']} · {row['word']}"
        return f"{row['label']}, {row['period']}", Number(value, low, high, text, text)

    bars = [bar(row) for row in (exhibit.figure or {})["rows"] if row["value"] is not None]
    return [("", _bars("shares", bars))] if bars else ()


def _grouped(exhibit: Exhibit, lang: str) -> Charts:
    """The groups of bars of a card about one area or corridor, in charts beside each other."""
    columns = ("part", "label", "low", "high")
    rows = zip(*map(exhibit.table.column, columns), strict=True)
    ends = {(part, label): (low, high) for part, label, low, high in rows}
    charts: list[tuple[str, Plot]] = []
    for group in (exhibit.figure or {})["groups"]:
        bars: list[tuple[str, Number]] = []
        for row in group["rows"]:
            if isinstance(row["value"], int):
                low, high = ends.get((group["title"], row["label"]), (None, None))
                bars.append((row["label"], _number(row["value"], low, high, row["text"])))
        charts += [(group["title"], _bars("bars", bars))] if bars else []
    return charts


#: The charts of each form of figure; none where there is nothing to draw.
CHARTS: Mapping[str, Callable[[Exhibit, str], Charts]] = {
    "area": _grouped,
    "corridor": _grouped,
    "ranking": _ranking,
    "brush": _months,
    "bullets": _targets,
    "days": _times,
    "lateness": _lateness,
    "errors": _errors,
}
#: Of these, forms that the public reads as a table, since a share of a small number gives it away.
MEMBERS_ONLY = ("bullets", "days", "errors")
