"""The page of a report: its figures and their order, a preview, for whom, and as what.

Each choice is a link to the same page, so going back undoes it; ``assets/js/report.js`` adds
dragging and own words, and fetches the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.components.elements import html
from dashboard.components.exhibit_card import card
from dashboard.components.icon import icon
from dashboard.words.catalogue import say


@dataclass(frozen=True)
class Choice:
    """A link that changes the report: its words, where it leads, if it is so, a line about it."""

    label: str
    href: str
    is_now: bool = False
    about: str = ""


@dataclass(frozen=True)
class Item:
    """A figure of the report.

    Attributes:
        figure: The exhibit with its query string.
        title, kind, subtitle: Its finding, what a page calls it, and what it shows.
        look, up, down, away: Links that look at it, move it, and take it out; '' for none.
        page: Where its own page shows it.
        is_now: Whether it is looked at.
    """

    figure: str
    title: str
    kind: str
    subtitle: str
    look: str
    up: str
    down: str
    away: str
    page: str
    is_now: bool


@dataclass(frozen=True)
class ReportView:
    """What the page shows.

    Attributes:
        title: What the report is called, and its month.
        items: Its figures.
        left_out: Figures that fall away, each with the reason.
        problem: Why there is no report, or ''.
        templates, months, readers, forms, langs: Choices.
        more: Figures that can be added, by page.
        shown: Id and shape of the exhibit in the preview, or None.
        handling, foot: What stands on every side of it.
        command: What makes the same every month, or '' where no template does.
        refused: Why no file can be had, or ''.
        save: Where it is kept as a template, or ''.
        longest: Letters of own words.
    """

    title: str
    items: Sequence[Item]
    left_out: Sequence[str]
    problem: str
    templates: Sequence[Choice]
    months: Sequence[Choice]
    readers: Sequence[Choice]
    forms: Sequence[Choice]
    langs: Sequence[Choice]
    more: Sequence[tuple[str, Sequence[Choice]]]
    shown: tuple[str, str, bool] | None
    handling: str
    foot: str
    command: str
    refused: str
    save: str
    longest: int


def report(view: ReportView, lang: str) -> html.Div:
    """All of it."""
    return html.Div(
        [_figures(view, lang), _preview(view, lang), _file(view, lang)],
        className="report",
        **{
            "data-made": say("files.message.made", lang, file="{file}"),
            "data-failed": say("report.page.failed", lang),
        },
    )


def _figures(view: ReportView, lang: str) -> html.Section:
    heading = say("report.page.figures", lang)
    return html.Section(
        [
            html.H2(heading, className="report-step"),
            html.P(view.title, className="report-title"),
            html.Div(
                [
                    _menu(say("report.page.template", lang), view.templates),
                    html.Nav([_link(choice) for choice in view.months], className="report-months"),
                ],
                className="report-row",
            ),
            html.P(view.problem, className="report-problem", role="alert")
            if view.problem
            else None,
            html.Ol([_item(item, lang) for item in view.items], className="report-items"),
            _left_out(view, lang),
            html.Details(
                [
                    html.Summary(say("report.page.add", lang), className="button"),
                    html.Div(
                        [
                            html.Div([html.H3(name), html.Ul([html.Li(_link(c)) for c in choices])])
                            for name, choices in view.more
                        ],
                        className="menu report-more",
                    ),
                ],
                className="disclosure",
                **{"data-disclosure": ""},
            ),
        ],
        className="report-side",
        **{"aria-label": heading},
    )


def _item(item: Item, lang: str) -> html.Li:
    now: dict[str, Any] = {"aria-current": "true"} if item.is_now else {}
    moves = (
        ("up", "arrow-up", item.up),
        ("down", "arrow-down", item.down),
        ("away", "close", item.away),
    )
    return html.Li(
        [
            html.A(
                [html.Strong(item.title), html.Span(item.kind)],
                href=item.look,
                className="report-look",
                **{"data-view": "", **now},
            ),
            html.Span(
                [
                    html.A(
                        icon(drawing),
                        href=href,
                        className="report-move",
                        title=say(f"report.page.{name}", lang),
                        **{
                            "data-view": "",
                            "aria-label": f"{say(f'report.page.{name}', lang)}: {item.title}",
                        },
                    )
                    for name, drawing, href in moves
                    if href
                ],
                className="report-moves",
            ),
        ],
        className="report-item",
        **{"data-figure": item.figure},
    )


def _left_out(view: ReportView, lang: str) -> html.Div | None:
    if not view.left_out:
        return None
    said = html.Ul([html.Li(text) for text in view.left_out])
    return html.Div([html.H3(say("report.left_out", lang)), said], className="report-left")


def _preview(view: ReportView, lang: str) -> html.Section:
    item = next((each for each in view.items if each.is_now), None)
    if item is None or view.shown is None:
        return html.Section(className="report-middle")
    exhibit, shape, drawn = view.shown
    side = html.Div(
        [
            html.P([html.Strong(view.title), html.Span(view.handling)], className="report-band"),
            html.H2(item.title, className="report-finding"),
            html.P(item.subtitle, className="report-shows"),
            html.Div(card(exhibit, shape, 12, lang, drawn=drawn), className="grid report-card"),
            html.P(view.foot, className="report-foot"),
        ],
        className="report-paper",
    )
    words = html.Div(
        [
            html.Div(
                [
                    html.H2(say("report.page.this", lang)),
                    html.A(
                        say("report.page.filters", lang),
                        href=item.page,
                        className="button",
                        **{"data-nav": item.page.partition("?")[0]},
                    ),
                ],
                className="report-row",
            ),
            html.P(say("report.page.words", lang), id="report-words"),
            html.Div(
                **{
                    "data-report-words": item.figure,
                    "data-longest": str(view.longest),
                    "data-count": say("report.page.count", lang, n="{n}", all="{all}"),
                }
            ),
        ],
        className="report-own",
    )
    label = say("report.page.preview", lang)
    return html.Section([side, words], className="report-middle", **{"aria-label": label})


def _file(view: ReportView, lang: str) -> html.Section:
    heading = say("report.page.readers", lang)
    return html.Section(
        [
            html.H2(heading, className="report-step"),
            _choices(view.readers, heading),
            html.H2(say("report.page.form", lang), className="report-step"),
            _choices(view.forms, say("report.page.form", lang)),
            html.Nav(
                [_link(choice, "segment") for choice in view.langs],
                className="segmented",
                **{"aria-label": say("report.page.language", lang)},
            ),
            html.P(view.refused, className="report-problem")
            if view.refused
            else html.Button(
                [icon("download"), say("report.page.download", lang)],
                type="button",
                className="button button--primary report-download",
                **{"data-report-file": say("report.page.making", lang)},
            ),
            html.Div(
                [
                    html.Button(
                        [icon("reset"), say("report.page.undo", lang)],
                        type="button",
                        className="button",
                        disabled=True,
                        **{"data-report-undo": ""},
                    ),
                    html.A(say("report.page.save", lang), href=view.save, className="button")
                    if view.save
                    else None,
                ],
                className="report-row",
            ),
            *(
                [
                    html.H2(say("report.page.monthly", lang), className="report-step"),
                    html.Code(view.command, className="report-command"),
                ]
                if view.command
                else []
            ),
        ],
        className="report-side",
        **{"aria-label": heading},
    )


def _choices(choices: Sequence[Choice], label: str) -> html.Nav:
    return html.Nav(
        [_link(choice, "report-choice") for choice in choices],
        className="report-choices",
        **{"aria-label": label},
    )


def _menu(label: str, choices: Sequence[Choice]) -> html.Details:
    now = next((choice.label for choice in choices if choice.is_now), label)
    return html.Details(
        [
            html.Summary(
                [now, icon("chevron")], className="button", **{"aria-label": f"{label}: {now}"}
            ),
            html.Ul([html.Li(_link(choice, "menu-item")) for choice in choices], className="menu"),
        ],
        className="disclosure",
        **{"data-disclosure": ""},
    )


def _link(choice: Choice, look: str = "menu-item") -> html.A:
    now: dict[str, Any] = {"aria-current": "true"} if choice.is_now else {}
    about = html.Span(choice.about) if choice.about else None
    inside = [html.Strong(choice.label), about] if about else choice.label
    return html.A(inside, href=choice.href, className=look, **{"data-view": "", **now})
