"""The glossary page: every term from A to Z, an index by subject, and the sources.

All of it is in the page, each letter closed under the names of its terms, so that little is drawn;
``assets/js/glossary.js`` opens and hides by the words looked for, and finds the entry that the
address names. On paper stands what is not hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import dash_bootstrap_components as dbc

from dashboard.components.elements import html
from dashboard.words import numbers
from dashboard.words.catalogue import say
from dashboard.words.glossary import Term, Words, glossary, sorting

Entry = tuple[Term, Words]


def terms_and_sources(lang: str) -> list[Any]:
    """Everything below the page's heading."""
    entries = glossary().alphabetical(lang)
    return [
        html.Div(
            [
                html.Div([_search(lang), _index(entries, lang)], className="glossary-side"),
                html.Div(
                    [_letters(entries, lang), _terms(entries, lang), _sources(lang)],
                    className="glossary-main",
                ),
            ],
            className="glossary",
            **{"data-static": "", "data-glossary": ""},
        )
    ]


def _search(lang: str) -> html.Div:
    return html.Div(
        [
            html.Label(
                [
                    html.Span(say("glossary.search", lang), className="glossary-label"),
                    dbc.Input(
                        id="glossary-search",
                        type="search",
                        placeholder=say("glossary.search_hint", lang),
                        autocomplete="off",
                    ),
                ]
            ),
            html.P(
                say("glossary.found", lang, n=len(glossary().terms)),
                className="quiet glossary-found",
                role="status",
                **{
                    "data-one": say("glossary.found", lang, n=1),
                    "data-many": say("glossary.found", lang, n="#"),
                },
            ),
        ],
        className="glossary-search",
        role="search",
    )


def _index(entries: Sequence[Entry], lang: str) -> html.Nav:
    return html.Nav(
        [
            html.H2(say("glossary.subjects", lang), className="glossary-heading"),
            *(_subject(subject, entries, lang) for subject in glossary().subjects),
        ],
        className="glossary-index",
        **{"aria-label": say("glossary.subjects", lang)},
    )


def _subject(subject: str, entries: Sequence[Entry], lang: str) -> html.Details:
    mine = [entry for entry in entries if entry[0].subject == subject]
    return html.Details(
        [
            html.Summary(
                [
                    html.Span(say(f"glossary.subject.{subject}", lang)),
                    html.Span(numbers.number(len(mine), lang), className="quiet"),
                ]
            ),
            html.Ul([html.Li(_link(term.id, words.term)) for term, words in mine]),
        ]
    )


def _letters(entries: Sequence[Entry], lang: str) -> html.Nav:
    return html.Nav(
        html.Ul(
            [
                html.Li(
                    html.A(letter, href=f"#letter-{letter}", **{"data-letter": letter}),
                )
                for letter, _ in _by_letter(entries)
            ]
        ),
        className="glossary-letters",
        **{"aria-label": say("glossary.letters", lang)},
    )


def _terms(entries: Sequence[Entry], lang: str) -> html.Section:
    named = {term.id: words.term for term, words in entries}
    return html.Section(
        [
            html.H2(say("glossary.a_to_z", lang), id="glossary-a-to-z", className="sr-only"),
            *(
                html.Details(
                    [
                        html.Summary(
                            [
                                html.H3(letter, id=f"letter-{letter}", className="glossary-letter"),
                                html.Span(" · ".join(words.term for _, words in of_letter)),
                            ]
                        ),
                        *(_entry(term, words, named, lang) for term, words in of_letter),
                    ],
                    className="letter-group",
                    **{"data-letter-group": letter},
                )
                for letter, of_letter in _by_letter(entries)
            ),
            html.Div(
                [
                    html.P(say("glossary.nothing", lang)),
                    html.Button(
                        say("glossary.clear", lang),
                        type="button",
                        className="button",
                        **{"data-glossary-clear": ""},
                    ),
                ],
                className="glossary-nothing",
                hidden=True,
            ),
        ],
        **{"aria-labelledby": "glossary-a-to-z"},
    )


def _entry(term: Term, words: Words, named: Mapping[str, str], lang: str) -> html.Article:
    """One term: its words, what it is not, where it comes from and what to read next."""
    citations = [
        html.Li(html.A(cited, href=f"#source-{citation.source}"))
        for citation, cited in zip(term.sources, words.sources, strict=True)
    ]
    return html.Article(
        [
            html.H4(words.term, className="entry-term"),
            html.P(say("glossary.also", lang, names=words.also), className="quiet")
            if words.also
            else None,
            html.P(words.definition),
            html.P(
                [html.Strong(say("glossary.is_not", lang)), " ", words.is_not],
                className="entry-not",
            )
            if words.is_not
            else None,
            html.Dl(
                [
                    html.Div([html.Dt(say("glossary.source", lang)), html.Dd(html.Ul(citations))]),
                    html.Div(
                        [
                            html.Dt(say("glossary.see", lang)),
                            html.Dd(
                                html.Ul([html.Li(_link(name, named[name])) for name in term.see])
                            ),
                        ]
                    ),
                ],
                className="entry-rest",
            ),
        ],
        id=term.id,
        className="entry",
        tabIndex="-1",
    )


def _sources(lang: str) -> html.Section:
    return html.Section(
        [
            html.H2(
                say("glossary.sources_heading", lang),
                id="glossary-sources",
                className="section-title",
            ),
            html.P(say("glossary.sources_lead", lang), className="lead"),
            html.Dl(
                [
                    html.Div(
                        [
                            html.Dt(say(f"glossary.sources.{source}.name", lang)),
                            html.Dd(say(f"glossary.sources.{source}.full", lang)),
                            html.Dd(
                                say(f"glossary.sources.{source}.address", lang),
                                className="source-address",
                            ),
                        ],
                        id=f"source-{source}",
                        className="source",
                        tabIndex="-1",
                    )
                    for source in glossary().sources
                ]
            ),
        ],
        className="glossary-sources",
        **{"aria-labelledby": "glossary-sources"},
    )


def _link(term_id: str, text: str) -> html.A:
    return html.A(text, href=f"#{term_id}")


def _by_letter(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    def letter(entry: Entry) -> str:
        return sorting(entry[1].term)[:1].upper()

    return [(first, list(of_letter)) for first, of_letter in groupby(entries, key=letter)]
