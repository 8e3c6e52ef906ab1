"""The methods page: protection in plain words, around an example in four steps.

The example itself stands in ``methods_example``.
"""

from __future__ import annotations

from markupsafe import Markup

from dashboard.components.methods_example import example_card
from dashboard.components.writer import write
from dashboard.methods.example import example
from dashboard.model.protection import TOLD_APART


def methods(lang: str) -> Markup:
    """Everything below the page's heading."""
    card = example_card(example(), lang)
    return write("methods", lang, example=card, known=("chance", *TOLD_APART))
