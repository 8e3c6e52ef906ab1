"""Forms: what a card shows where no script draws its figure, by the form of the figure.

Each form has a template in ``templates/forms``, which is given the figure and the view. Here stands
what some are given besides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from math import sqrt
from typing import Any

from markupsafe import Markup

from dashboard.components import links, table_twin
from dashboard.components.writer import write
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import Option
from dashboard.filters import Reading
from dashboard.model.periods import Span
from dashboard.words.catalogue import translate
from dashboard.words.glossary import glossary

#: Filters that choose what a row of a list is about.
_PICKED = ("area", "corridor")
#: Value of the time strip's option where it plays nothing.
_OFF = "off"
#: Share of the scale of the form ``changes`` that a number beside its mark takes.
_NEAR = 0.16
#: Figures that scripts draw: a plotly figure names no form.
DRAWN = (None, "map")

_Figure = Mapping[str, Any]


def form(exhibit: Exhibit, reading: Reading, options: Sequence[Option]) -> Markup | None:
    """What the body of a card holds; None where scripts draw its figure.

    Args:
        exhibit: The rendered exhibit.
        reading: The view it answers.
        options: Its options, with the values that the release offers.
    """
    if exhibit.offer is not None:
        return write("offer", reading.filters.lang, offer=exhibit.offer)
    figure = exhibit.figure or {}
    if figure.get("form") in DRAWN:
        return None
    if figure["form"] == "table":
        return table_twin.table_twin(exhibit, reading)
    tops = next((option.values for option in options if option.name == "top"), ())
    return as_html(figure, reading, tops)


def as_html(figure: _Figure, reading: Reading, tops: Sequence[str] = ()) -> Markup:
    """A figure as HTML.

    Args:
        figure: The figure, whose form is one of ``templates/forms`` other than ``table``.
        reading: The view, which its links keep.
        tops: Values of the exhibit's ``top`` option, smallest first; empty without one.
    """
    name = figure["form"]
    if name == "ranking":
        return _ranking(figure, reading, tops)
    extra = _EXTRA_VALUES[name](figure, reading) if name in _EXTRA_VALUES else {}
    lang = reading.filters.lang
    return write(f"forms/{name}", lang, figure=figure, reading=reading, **extra)


def _ranking(figure: _Figure, reading: Reading, tops: Sequence[str]) -> Markup:
    """A list, which ``exhibits.parts.rankings`` describes, or with bands ``hotspots.bands``."""
    lang = reading.filters.lang
    values: dict[str, Any] = {
        "figure": figure,
        "chosen": {code for name in _PICKED for code in reading.filters.codes_of(name)},
        "picked": _picked,
        "most": max(figure["most"], 1),
        "arrows": {"up": "arrow-up", "down": "arrow-down"},
        "leads": _more(figure, reading, tops),
    }
    if "bands" in figure:
        ranked = [row for row in figure["rows"] if row["rank"] is not None]
        numbers = range(1, len(ranked) + 1)
        # Of each row the band whose rows, from first to last, it is among.
        bands = [next(b for b in figure["bands"] if b["first"] <= n <= b["last"]) for n in numbers]
        return write("forms/areas", lang, **values, ranked=ranked, bands=bands)
    values |= {"largest": max(figure["largest"], 1), "few": table_twin.FEW}
    return write("forms/ranking", lang, **values, is_last=partial(_is_last, lang))


def _is_last(lang: str, row: Mapping[str, Any]) -> bool:
    """Whether a row stays last in every order: it has no rank, or is what other rows leave over."""
    return row["rank"] is None or table_twin.is_rest(row["code"], row["label"], lang)


def _picked(row: Mapping[str, Any]) -> str | None:
    """The filter by which a row can be combined with others, None where it cannot."""
    if row["rank"] is None or not row["code"]:
        return None
    parameters = dict(part.split("=", 1) for part in filter(None, row["query"].split("&")))
    return next((name for name in _PICKED if parameters.get(name) == row["code"]), None)


def _more(figure: _Figure, reading: Reading, tops: Sequence[str]) -> dict[str, str] | None:
    """The link to all rows, or to fewer again; None where all are shown anyway."""
    if not tops:
        return None
    lang = reading.filters.lang
    if figure["left_out"]:
        count = len(figure["rows"]) + figure["left_out"]
        label, value = translate("shell.card.show_all", lang, n=count), tops[-1]
    elif reading.options.get("top", tops[0]) != tops[0]:
        label, value = translate("shell.card.show_fewer", lang), tops[0]
    else:
        return None
    return {"label": label, "href": links.with_option(reading, "top", value, default=tops[0])}


def _changes(figure: _Figure, reading: Reading) -> dict[str, Any]:
    """Of the form ``changes``, where marks stand and rows lead, and the most digits of a number."""

    def numbers(item: Mapping[str, Any]) -> list[float]:
        return [item["now"], item["usual"], item["noticed"] or 0]

    def target(item: Mapping[str, Any]) -> str:
        """Where a row leads: a page, a panel, or its filter."""
        if item["page"]:
            return links.href(reading.filters, reading.options, item["page"])
        if item["panel"]:
            return f"#title-{item['panel']}"
        chosen = reading.filters.with_codes(item["filter"], (item["code"],))
        return links.href(chosen, reading.options)

    items = figure["items"]
    most = max((max(numbers(item)) for item in items), default=1)
    dots = [_dots(item, [sqrt(number / most) for number in numbers(item)]) for item in items]
    texts = (item[name] for item in items for name in ("usual_text", "now_text"))
    digits = max(map(len, texts), default=0)
    return {"items": [*zip(items, dots, strict=True)], "target": target, "digits": digits}


def _dots(item: Mapping[str, Any], shares: Sequence[float]) -> dict[str, Any]:
    """Where marks of a row stand; the smaller number is left of its mark, the larger one right.

    Args:
        item: The row.
        shares: Of the scale, where now, usual and the threshold ``noticed`` stand.
    """
    now, usual, noticed = shares
    left, right = sorted((now, usual))

    def number(name: str, share: float) -> tuple[str, str, float]:
        """Name, side and place of a number: beside its mark, or a tick that would stand in it."""
        side = "right" if share == right else "left"
        distance = noticed - share if side == "right" else share - noticed
        is_in_way = item["noticed"] is not None and 0 < distance < _NEAR
        return name, side, noticed if is_in_way else share

    return {
        **{"left": left, "right": right, "now": now, "usual": usual, "noticed": noticed},
        "numbers": (number("usual", usual), number("now", now)),
    }


def _brush(figure: _Figure, reading: Reading) -> dict[str, Any]:
    """Of the time strip, where its links lead, the chosen months, and the notes on each month."""

    def target(period: str, play: str = "") -> str:
        """Address of the view with another period; the usual one is left out."""
        span = None if period == figure["usual"] else Span.parse(period)
        options = dict(reading.options)
        if play:
            options = {name: value for name, value in options.items() if name != "play"}
            options |= {} if play == _OFF else {"play": play}
        return links.href(replace(reading.filters, period=span), options)

    months = figure["months"]
    # The last of all where none is chosen.
    chosen = [i for i, month in enumerate(months) if month["chosen"]] or [len(months) - 1]
    notes: dict[str, list[str]] = {}
    for note in figure["notes"]:
        notes.setdefault(note["month"], []).append(f"{note['label']} {note['text']}")
    marks = [name for name in ("provisional", "fewer") if any(month[name] for month in months)]
    return {
        "period_address": target,
        "first": chosen[0],
        "last": chosen[-1],
        "notes": {month: "\n".join(lines) for month, lines in notes.items()},
        "kinds": [*marks, *(["rough"] if figure["rough"] else [])],
    }


def _errors(figure: _Figure, _: Reading) -> dict[str, Any]:
    """Rows of the form ``errors`` by their group."""
    groups = groupby(figure["rows"], key=lambda row: row["group"])
    return {"groups": [(name, [*rows]) for name, rows in groups]}


#: Further values of forms, beside the figure and the view.
_EXTRA_VALUES: Mapping[str, Callable[[_Figure, Reading], dict[str, Any]]] = {
    "brush": _brush,
    "changes": _changes,
    "errors": _errors,
    "indicators": lambda figure, reading: {"terms_of": glossary().of_indicator},
}
