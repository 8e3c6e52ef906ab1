"""The brief: its sentences, who reported, buttons beside its title, and decisions at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.filters import Filters, Reading
from dashboard.model.periods import Month, Span
from dashboard.words import dates
from dashboard.words.catalogue import say


@dataclass(frozen=True)
class OpenDecision:
    """A decision that is open, in words.

    Attributes:
        number: Its number.
        action: What is to be done.
        due: Month in which it is due.
        then, now: What its figure said then and says now; "" where that is not told.
    """

    number: int
    action: str
    due: str
    then: str
    now: str


def brief(figure: Mapping[str, Any], _: Reading) -> html.Div:
    """Sentences of a ``brief`` figure, as ``exhibits.brief.sentences`` describes them."""
    said, compared = figure["said"], figure["compared"]
    return html.Div(
        [
            html.P(compared, className="brief-compared") if compared else None,
            html.Ol([html.Li(_sentence(item)) for item in figure["items"]], className="brief"),
            html.P(said, className="brief-none") if said else None,
        ]
    )


def _sentence(item: Mapping[str, Any]) -> html.A:
    word = html.Span(item["word"], className="brief-word") if item["word"] else None
    return html.A(
        [
            html.Span(icon(item["icon"]), className="brief-mark"),
            html.Span(item["lead"], className="brief-lead"),
            html.Span([word, " ", item["said"]], className="brief-said"),
            icon("chevron"),
        ],
        href=f"{item['page']}?{item['query']}#{item['exhibit']}",
        className=f"brief-link is-{item['direction']}",
        **{"data-view": ""},
    )


def reported(figure: Mapping[str, Any], reading: Reading) -> html.Div:
    """Twelve months of a ``reported`` figure, where nobody was heard from, and what to say."""
    lang = reading.filters.lang
    return html.Div(
        [
            html.Ol(
                [
                    html.Li(
                        html.Span(f"{month['label']}: {month['band']}", className="sr-only"),
                        className="reported-month is-few" if month["is_few"] else "reported-month",
                    )
                    for month in figure["months"]
                ],
                className="reported",
            ),
            html.P(
                [html.Span(figure["first"]), html.Span(figure["last"])],
                className="reported-ends",
                **{"aria-hidden": "true"},
            ),
            html.P(
                [
                    *([figure["silent"], " "] if figure["silent"] else []),
                    html.A(
                        say("shell.page.quality.name", lang),
                        href=links.page("/quality", lang),
                        **{"data-nav": "/quality"},
                    ),
                ]
            ),
            _care(figure["care"], lang) if figure["care"] else None,
        ],
        className="reporting",
    )


def _care(sentences: list[str], lang: str) -> html.Div:
    return html.Div(
        [html.H3(say("brief.care", lang)), *(html.P(sentence) for sentence in sentences)],
        className="brief-care",
    )


def who_reported(told: Sequence[tuple[str, str]]) -> html.Div | None:
    """Who reported, as one reader may know it; on the page alone, never presented or printed.

    Args:
        told: For whom each sentence is, and the sentence.
    """
    if not told:
        return None
    said = [html.P([html.Strong(audience), " ", sentence]) for audience, sentence in told]
    return html.Div(said, className="brief-partners")


def actions(month: Month, known: Span, filters: Filters) -> html.Nav:
    """The month before and after, the month's sheet, and present.

    Args:
        month: The month that is shown.
        known: The months of the release.
        filters: The view, for its language and edition.
    """
    lang = filters.lang
    steps = [("earlier", month.plus(-1)), ("later", month.plus(1))]
    sheet = Filters(period=Span(month, month), lang=lang, edition=filters.edition)
    return html.Nav(
        [
            *(
                _step(name, at, known, filters)
                for name, at in steps
                if known.start <= at <= known.end
            ),
            html.A(
                say("shell.page.sheet.name", lang),
                href=links.href(sheet, {}, "/sheet"),
                className="button button--primary",
                **{"data-view": ""},
            ),
            html.Button(
                say("brief.present", lang),
                type="button",
                className="button",
                **{"data-present": "", "aria-haspopup": "dialog"},
            ),
        ],
        className="brief-actions",
        **{"aria-label": say("brief.actions", lang)},
    )


def _step(name: str, month: Month, known: Span, filters: Filters) -> html.A:
    lang = filters.lang
    shown = Filters(lang=lang, edition=filters.edition)
    options = {} if month == known.end else {"month": str(month)}
    return html.A(
        [icon("chevron"), dates.month_of_year(month.month, lang)],
        href=links.href(shown, options, "/"),
        className=f"button brief-step brief-step--{name}",
        **{
            "data-view": "",
            "aria-label": say("brief.step", lang, month=dates.month(month, lang)),
        },
    )


def decisions(open_: Sequence[OpenDecision], number: int, lang: str) -> html.Section:
    """Decisions that are open, each with its figure then and now.

    Args:
        open_: Those that are shown.
        number: How many there are.
        lang: Language of the words.
    """
    return html.Section(
        [
            html.H2(say("brief.decisions", lang), id="brief-decisions"),
            html.Ul([html.Li(_decision(one, lang)) for one in open_]),
            html.A(say("brief.all_decisions", lang, n=number), href=links.page("/decisions", lang)),
        ],
        className="brief-decisions",
        **{"aria-labelledby": "brief-decisions"},
    )


def _decision(one: OpenDecision, lang: str) -> list[Any]:
    told = [("then", one.then), ("now", one.now)]
    return [
        html.A(one.action, href=links.page(f"/decisions/{one.number}", lang)),
        html.Span(f"{say('meeting.decision.due', lang)}: {one.due}", className="quiet"),
        *(
            html.P([html.Strong(say(f"meeting.decision.{name}", lang)), " ", text])
            for name, text in told
            if text
        ),
    ]
