"""Icons: our own drawings in assets/icons, coloured by the text around them."""

from __future__ import annotations

from dashboard.components.elements import html


def icon(name: str) -> html.Span:
    """A decorative icon; what it means is said in text beside it."""
    return html.Span(className=f"icon icon--{name}", **{"aria-hidden": "true"})
