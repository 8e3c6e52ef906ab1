"""The shell: what surrounds every page, from the skip link to the footer.

The filter bar has a module of its own; what stands on a page is decided in ``pages``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dashboard.components.icon import icon
from dashboard.components.term_mark import definition
from dashboard.edition import Edition
from dashboard.releases import Release
from dashboard.words.catalogue import say


@dataclass(frozen=True)
class Destination:
    """A page in the navigation: its path, its label (and a short one), and its icon."""

    path: str
    label: str
    short: str
    icon: str


def shell(
    destinations: Sequence[Destination], release: Release, bar: Any, settings: dict[str, Any]
) -> html.Div:
    """The frame of every page, with room for the content of one.

    Args:
        destinations: Pages of the navigation, in order.
        release: The open release; its kind is said in the header.
        bar: The filter bar.
        settings: What scripts must know: default period and fingerprints.
    """
    return html.Div(
        [
            dcc.Location(id="url", refresh="callback-nav"),
            dcc.Store(id="settings", data=settings),
            dcc.Store(id="release", data=release.id),
            html.A(say("shell.skip"), href="#main", className="skip-link"),
            _header(destinations, release.edition),
            html.Div(id="banner"),
            bar,
            html.Main(id="main", className="main", tabIndex="-1", children=html.Div(id="page")),
            _footer(release.edition),
            _bottom_navigation(destinations),
            html.Div(id="live", className="sr-only", role="status", **{"aria-live": "polite"}),
            html.Div(id="said", className="sr-only", role="status", **{"aria-live": "polite"}),
            html.Div(id="toast", className="toast", hidden=True),
            definition(),
        ],
        className="app",
    )


def brand() -> html.A:
    """The product's mark and name, a link to the first page."""
    return html.A(
        [
            html.Span(className="brand-mark", **{"aria-hidden": "true"}),
            html.Span(
                [
                    html.Span(say("shell.product"), className="brand-name"),
                    html.Span(say("shell.group"), className="brand-group"),
                ],
                className="brand-text",
            ),
        ],
        href="/",
        className="brand",
        **{"data-nav": "/"},
    )


def kind_tag(edition: Edition) -> html.Span | None:
    """What kind of data the release holds unless it is real, and that it is for the public."""
    kind = "" if edition.kind == "real" else say(f"shell.kind_{edition.kind}")
    audience = say("shared.label.public") if edition.is_public else ""
    said = " · ".join(filter(None, (kind, audience)))
    return html.Span(said, className="tag tag--kind") if said else None


def _header(destinations: Sequence[Destination], edition: Edition) -> html.Header:
    return html.Header(
        html.Div(
            [
                brand(),
                html.Nav(
                    [
                        html.A(
                            entry.label,
                            href=entry.path,
                            id={"type": "nav", "path": entry.path},
                            className="nav-link",
                            **{"data-nav": entry.path},
                        )
                        for entry in destinations
                    ],
                    className="nav",
                    **{"aria-label": say("shell.navigation")},
                ),
                html.Div(kind_tag(edition), className="header-side"),
            ],
            className="header-row",
        ),
        className="header",
    )


def _footer(edition: Edition) -> html.Footer:
    return html.Footer(
        [
            html.P([html.Strong(say("shell.care_lead")), " ", say("shell.care")]),
            html.P(
                [
                    html.A(say("shell.methods_link"), href="/methods", **{"data-nav": "/methods"}),
                    html.A(
                        say("glossary.page_link"), href="/glossary", **{"data-nav": "/glossary"}
                    ),
                    html.Span(
                        say("shell.handling_public" if edition.is_public else "shell.handling")
                    ),
                    kind_tag(edition),
                ],
                className="footer-handling",
            ),
        ],
        className="footer",
    )


def _bottom_navigation(destinations: Sequence[Destination]) -> html.Nav:
    return html.Nav(
        [
            html.A(
                [icon(entry.icon), html.Span(entry.short)],
                href=entry.path,
                className="bottom-link",
                **{"data-nav": entry.path},
            )
            for entry in destinations
        ],
        className="bottom-nav",
        **{"aria-label": say("shell.navigation")},
    )
