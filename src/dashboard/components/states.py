"""Empty states: what a reader sees when there is nothing to draw, and the next step."""

from __future__ import annotations

from pathlib import Path

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.components.shell import brand
from dashboard.exhibits.exhibit import Offer
from dashboard.words.catalogue import say


def nothing_to_draw(offer: Offer) -> html.Div:
    """The next step where an exhibit has nothing to draw; its title already says why."""
    action = html.A(offer.action, href=f"?{offer.query}", className="button", **{"data-view": ""})
    step = action if offer.action else html.P(offer.reason)
    return html.Div([icon("empty"), step], className="state state--empty")


def problem(reference: str, lang: str, *, slow: bool = False) -> html.Div:
    """An exhibit that could not be made: what is safe, what to do, and a reference.

    The card's title says what happened.
    """
    sentence = say(f"shell.state.{'slow' if slow else 'failed'}", lang, reference=reference)
    return html.Div(
        [
            icon("problem"),
            html.P(sentence),
            html.A(say("shell.state.failed_action", lang), href="", className="button"),
        ],
        className="alert state state--problem",
        role="alert",
    )


def lost(lang: str) -> html.Div:
    """The page for an address that leads nowhere."""
    return _whole_page(
        "lost",
        say("shell.state.lost_title", lang),
        [
            html.P(say("shell.state.lost", lang)),
            html.A(
                say("shell.state.lost_action", lang),
                href=links.page("/", lang),
                className="button button--primary",
                **{"data-nav": "/"},
            ),
        ],
    )


def held_release(lang: str) -> html.Div:
    """The whole window where all is held back: that it comes again, and the own account."""
    return _alone(
        _whole_page(
            "empty",
            say("shell.state.held_title", lang),
            [
                html.P(say("shell.state.held", lang)),
                html.A(
                    say("shell.state.held_action", lang),
                    href=links.page("/account", lang),
                    className="button button--primary",
                ),
            ],
        ),
        lang,
    )


def no_release(problem: str, folder: Path, lang: str) -> html.Div:
    """The whole window when there is no release: what the operator has to run."""
    commands = (("python -m etl demo", "empty_sample"), ("python -m etl publish", "empty_publish"))
    return _alone(
        _whole_page(
            "empty",
            say("shell.state.empty_title", lang),
            [
                html.P(say("shell.state.empty", lang)),
                html.P(say("shell.state.empty_step", lang)),
                html.Ul(
                    [
                        html.Li([html.Code(command), " ", say(f"shell.state.{key}", lang)])
                        for command, key in commands
                    ]
                ),
                html.P(
                    [say("shell.state.empty_folder", lang), " ", html.Code(str(folder))],
                    className="quiet",
                ),
                html.P(problem, className="quiet"),
            ],
        ),
        lang,
    )


def _alone(page: html.Div, lang: str) -> html.Div:
    """A page in a window without navigation."""
    return html.Div(
        [
            html.Header(html.Div(brand(lang), className="header-row"), className="header"),
            html.Main(page, className="main"),
        ],
        className="app",
    )


def _whole_page(name: str, title: str, children: list[object]) -> html.Div:
    return html.Div(
        [icon(name), html.H1(title, tabIndex="-1"), *children],  # pyright: ignore[reportArgumentType]
        className=f"whole-page whole-page--{name}",
    )
