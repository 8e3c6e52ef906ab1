"""The time strip: months as bars, with the chosen ones between two thumbs, and what plays them.

The strip is three sliders in one group: the period as a whole, its first month and its last one.
What a press, a drag and a key do to them stands in ``assets/js/brush.js``; each ends in an address.
Steps and what is played are links, so they work without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.filters import Reading
from dashboard.model.periods import Span
from dashboard.words.catalogue import say

#: What is played where nothing is.
_OFF = "off"
#: Quarters end in these months; their first ones have a name below the strip.
_QUARTER_STARTS = ("01", "04", "07", "10")


def brush(figure: Mapping[str, Any], reading: Reading) -> html.Div:
    """The strip of a ``brush`` figure, which ``exhibits.hotspots.time`` describes."""
    lang, months = reading.filters.lang, figure["months"]
    return html.Div(
        [
            html.Div(
                [
                    _play(figure, lang),
                    _step("before", figure, reading),
                    _step("after", figure, reading),
                ],
                className="brush-steps",
            ),
            html.Div(
                [
                    html.Div(
                        [_bar(month, figure) for month in months],
                        className="brush-months",
                        **{"aria-hidden": "true"},
                    ),
                    *_thumbs(figure, lang),
                ],
                className="brush-strip",
                style=_ends(figure),
            ),
            _caption(figure, lang),
            html.Div([_kinds(figure, reading), _legend(figure, lang)], className="brush-foot"),
        ],
        className="brush is-rough" if figure["rough"] else "brush",
        role="group",
        **{
            "aria-label": say("brush.label", lang),
            "data-brush": "",
            "data-usual": figure["usual"],
            "data-play": figure["play"],
            "data-span": say("dates.period", lang, start="#1", end="#2"),
            **{f"data-by-{kind}": " ".join(of) for kind, of in figure["plays"].items()},
        },
    )


def _play(figure: Mapping[str, Any], lang: str) -> html.Button | None:
    """The button that plays and pauses; the card says which it does (``data-playing``)."""
    if not figure["plays"]:
        return None
    return html.Button(
        [
            html.Span(
                [icon(name), html.Span(say(f"brush.{name}", lang), className="sr-only")],
                className=f"brush-to-{name}",
                title=say(f"brush.{name}", lang),
            )
            for name in ("play", "pause")
        ],
        type="button",
        className="icon-button brush-play",
        **{"data-brush-play": ""},
    )


def _step(side: str, figure: Mapping[str, Any], reading: Reading) -> html.A:
    """The link to the period before or after, named by where it leads."""
    target, lang = figure[side], reading.filters.lang
    if target is None:
        said = say(f"brush.{side}_none", lang)
        where: dict[str, Any] = {"role": "link", "aria-disabled": "true", "tabIndex": "0"}
    else:
        said = say(f"brush.{side}", lang, period=target["label"])
        where = {"href": _to(figure, reading, target["period"]), "data-view": ""}
    return html.A(
        icon("chevron"),
        className=f"icon-button brush-step brush-step--{side}",
        title=said,
        **{"aria-label": said, **where},
    )


def _to(figure: Mapping[str, Any], reading: Reading, period: str, play: str = "") -> str:
    """Address of the view with another period; the usual one is left out."""
    span = None if period == figure["usual"] else Span.parse(period)
    options = dict(reading.options)
    if play:
        options = {name: value for name, value in options.items() if name != "play"}
        options |= {} if play == _OFF else {"play": play}
    return links.href(replace(reading.filters, period=span), options)


def _bar(month: Mapping[str, Any], figure: Mapping[str, Any]) -> html.Span:
    """A month as a bar with the range of its number; words for who points at it."""
    marks = [name for name in ("chosen", "compared", "provisional") if month[name]]
    largest = max(figure["largest"], 1)
    low, high = month["low"], month["high"]
    spread = {
        "bottom": f"{100 * low / largest:.1f}%",
        "height": f"{100 * (high - low) / largest:.1f}%",
    }
    return html.Span(
        [
            html.Span(
                [
                    html.Span(
                        className="brush-bar",
                        style={"height": f"{100 * month['value'] / largest:.1f}%"},
                    ),
                    _expected(month, largest),
                    html.Span(className="brush-range", style=spread) if high > low else None,
                    html.Span(className="brush-fewer") if month["fewer"] else None,
                ],
                className="brush-room",
            ),
            _tick(month, figure["months"]),
            _event(month["month"], figure["notes"]),
        ],
        className=" ".join(["brush-month", *(f"is-{name}" for name in marks)]),
        title=f"{month['label']}: {month['text']}",
        **{
            "data-month": month["month"],
            "data-label": month["label"],
            "data-name": month["name"],
        },
    )


def _expected(month: Mapping[str, Any], largest: int) -> html.Span | None:
    """What a month will come to, dashed above its bar, with what it has come to so far."""
    if month["expected"] is None:
        return None
    high = max(month["expected"], month["value"])
    return html.Span(
        html.Span(month["mark"], className="brush-so-far"),
        className="brush-expected",
        style={"height": f"{100 * high / largest:.1f}%"},
    )


def _tick(month: Mapping[str, Any], months: Sequence[Mapping[str, Any]]) -> html.Span | None:
    """The name of a month below its bar: of each quarter, with the year where one begins."""
    number = month["month"][-2:]
    if number == "01":
        return html.Span(month["first_tick"], className="brush-tick brush-tick--year")
    if number not in _QUARTER_STARTS:
        return None
    if month["month"] == months[0]["month"]:
        return html.Span(month["first_tick"], className="brush-tick brush-tick--first")
    return html.Span(month["tick"], className="brush-tick")


def _event(month: str, notes: Sequence[Mapping[str, str]]) -> html.Span | None:
    """A dot above a month that something is noted of; who points at it reads the words."""
    told = [f"{note['label']} {note['text']}" for note in notes if note["month"] == month]
    return html.Span(className="brush-event", title="\n".join(told)) if told else None


def _ends(figure: Mapping[str, Any]) -> dict[str, str]:
    """Where the chosen months begin and end, as shares of the strip."""
    first, last = _chosen(figure)
    number = len(figure["months"])
    return {"--from": f"{100 * first / number:.3f}%", "--to": f"{100 * (last + 1) / number:.3f}%"}


def _chosen(figure: Mapping[str, Any]) -> tuple[int, int]:
    """Places of the first and the last chosen month; the last of all where none is chosen."""
    months = figure["months"]
    found = [at for at, month in enumerate(months) if month["chosen"]] or [len(months) - 1]
    return found[0], found[-1]


def _thumbs(figure: Mapping[str, Any], lang: str) -> list[html.Div]:
    """The three sliders; each says its month or months, and all keys are said once."""
    months, (first, last) = figure["months"], _chosen(figure)
    period = figure["chosen"]["label"] if figure["chosen"] else say("brush.no_months", lang)
    values = (
        ("window", "period", first, period),
        ("from", "from", first, months[first]["label"]),
        ("to", "to", last, months[last]["label"]),
    )
    return [
        html.Div(
            className=f"brush-{name}",
            role="slider",
            tabIndex="0",
            title=say("brush.keys", lang) if name == "window" else None,
            **{
                "data-brush-end": name,
                "aria-label": say(f"brush.{said}", lang),
                "aria-valuemin": "0",
                "aria-valuemax": str(len(months) - 1),
                "aria-valuenow": str(now),
                "aria-valuetext": text,
            },
        )
        for name, said, now, text in values
    ]


def _caption(figure: Mapping[str, Any], lang: str) -> html.P:
    chosen, compared = figure["chosen"], figure["compared"]
    return html.P(
        [
            html.Strong(
                chosen["label"] if chosen else say("brush.no_months", lang),
                className="brush-chosen",
            ),
            html.Span(
                say("brush.lighter", lang, period=compared["label"]), className="brush-before"
            )
            if compared
            else None,
        ],
        className="brush-caption",
    )


def _kinds(figure: Mapping[str, Any], reading: Reading) -> html.Nav | None:
    """What is played, as links to the window next to the period."""
    lang = reading.filters.lang
    if not figure["plays"]:
        return None
    label = say("shell.option.play", lang)
    entries = [
        html.A(
            say(f"shell.option.play_{kind}", lang),
            href=_to(figure, reading, period, kind),
            className="segment",
            **{"data-view": "", **({"aria-current": "true"} if kind == figure["play"] else {})},
        )
        for kind, period in figure["nearest"].items()
    ]
    return html.Nav(
        [
            html.Span(label, **{"aria-hidden": "true"}),
            html.Div(entries, className="segmented"),
        ],
        className="brush-kinds",
        **{"aria-label": label},
    )


def _legend(figure: Mapping[str, Any], lang: str) -> html.Ul | None:
    """What marks of bars mean, as far as there are any."""
    kinds = [
        *(name for name in ("provisional", "fewer") if any(m[name] for m in figure["months"])),
        *(["rough"] if figure["rough"] else []),
    ]
    if not kinds:
        return None
    return html.Ul(
        [
            html.Li(
                [html.Span(className=f"brush-mark brush-mark--{kind}"), say(f"brush.{kind}", lang)]
            )
            for kind in kinds
        ],
        className="brush-legend",
    )
