"""The "?" beside a term, and the one place in which a definition opens.

The button names terms of the glossary; ``assets/js/definition.js`` asks for the definitions once,
when the first of them is opened, so that a page does not carry what few readers need.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.words.catalogue import say
from dashboard.words.definitions import address
from dashboard.words.glossary import Term

#: Id of the element in which definitions open.
DEFINITION = "definition"


def term_mark(terms: Sequence[Term], label: str) -> html.Button | None:
    """A "?" that opens the definitions of some terms, or nothing where there are none.

    Args:
        terms: Terms of the glossary, in the order in which they are to be read.
        label: What the button says to a screen reader.
    """
    if not terms:
        return None
    return html.Button(
        "?",
        type="button",
        className="term-mark",
        **{
            "data-terms": " ".join(term.id for term in terms),
            "aria-label": label,
            "aria-haspopup": "dialog",
            "aria-expanded": "false",
            "aria-controls": DEFINITION,
        },
    )


def definition(lang: str) -> html.Div:
    """The element in which definitions open; it stands once in the shell, empty and hidden."""
    return html.Div(
        [
            html.Div(
                [
                    html.P(id="definition-title", className="definition-title"),
                    html.Button(
                        [icon("close"), html.Span(say("glossary.mark.close", lang),
                                                  className="sr-only")],
                        type="button",
                        className="icon-button",
                        **{"data-definition-close": ""},
                    ),
                ],
                className="definition-head",
            ),
            html.Div(className="definition-body"),
        ],
        id=DEFINITION,
        className="definition",
        role="dialog",
        tabIndex="-1",
        hidden=True,
        **{
            "aria-labelledby": "definition-title",
            "data-address": address(lang),
            "data-heading": say("glossary.mark.heading", lang),
            "data-failed": say("glossary.mark.failed", lang),
            "data-more": say("glossary.mark.more", lang),
        },
    )  # fmt: skip
