"""The "?" beside a term: a button that names terms of the glossary.

``assets/js/definition.js`` asks for their definitions once, when the first of them is opened, so
that a page does not carry what few readers need.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.words.glossary import Term

#: Id of the element in which definitions open.
DEFINITION = "definition"


def term_mark(terms: Sequence[Term], label: str) -> dict[str, str]:
    """Attributes of the button, which holds a "?".

    Args:
        terms: Terms of the glossary, in the order in which they are to be read.
        label: What the button says to a screen reader.
    """
    return {
        "data-terms": " ".join(term.id for term in terms),
        "aria-label": label,
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
        "aria-controls": DEFINITION,
    }
