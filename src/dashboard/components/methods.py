"""The methods page: protection in plain words, around an example in four steps.

In the example people become units, one step after the other.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from markupsafe import Markup

from dashboard.components.writer import write
from dashboard.exhibits.counts.splits import PART_OF
from dashboard.methods.example import ATTRIBUTES, BUNDLES, Codes, Example, example, shared
from dashboard.model import fields as f
from dashboard.model.protection import BASE, TOLD_APART
from dashboard.words.catalogue import in_sentence, translate

_TWO = 2


def methods(lang: str) -> Markup:
    """Everything below the page's heading."""
    card = _example_card(example(), lang)
    return write("methods", lang, example=card, known=("chance", *TOLD_APART))


def _example_card(shown: Example, lang: str) -> Markup:
    """The example with its four steps, numbered in the order in which they are taken."""
    alike = [max(len(shared(unit.fitted, p)) for unit in shown.units) for p in shown.people]
    counted = [shown.totals(at, lambda unit: unit.fitted) for at in range(len(ATTRIBUTES))]
    return write(
        "methods_example",
        lang,
        people=len(shown.people),
        alone=sum(count == 1 for count in Counter(shown.people).values()),
        base=BASE,
        sizes=[unit.size for unit in shown.units],
        heads=[_heading(0, lang), translate("methods.example.who", lang), _heading(3, lang)],
        persons=[_cells(shown, person, lang) for person in shown.people],
        drawn=[_cells(shown, unit.drawn, lang) for unit in shown.units],
        drawn_off=_most_off(shown, lambda unit: unit.drawn),
        fitted=[_cells(shown, unit.fitted, lang, before=unit.drawn) for unit in shown.units],
        fitted_off=_most_off(shown, lambda unit: unit.fitted),
        two=alike.count(_TWO),
        totals=[
            (_heading(at, lang), [(shown.label(at, code, lang), pair) for code, pair in of.items()])
            for at, of in enumerate(counted)
        ],
        most=max(n for totals in counted for pair in totals.values() for n in pair),
    )


def _cells(
    shown: Example, codes: Codes, lang: str, before: Codes | None = None
) -> list[dict[str, str]]:
    """A cell for each bundle, with what was there before where it changed."""
    kept = shared(codes, before) if before else tuple(BUNDLES)
    return [
        {
            "look": PART_OF[codes[-1]] if name == "class" else name,
            "before": _in_words(shown, before, name, lang) if before and name not in kept else "",
            "text": _in_words(shown, codes, name, lang),
        }
        for name in BUNDLES
    ]


def _in_words(shown: Example, codes: Codes, bundle: str, lang: str) -> str:
    first, *rest = (shown.label(at, codes[at], lang) for at in BUNDLES[bundle])
    return ", ".join([first, *map(in_sentence, rest)])


def _heading(at: int, lang: str) -> str:
    """What an attribute is called: the roll-up of the class is said as the class."""
    field = f.CLASS if ATTRIBUTES[at] is f.CLASS_GROUP else ATTRIBUTES[at]
    return field.label_in(lang)


def _most_off(shown: Example, stage: Any) -> int:
    pairs = (p for at in range(len(ATTRIBUTES)) for p in shown.totals(at, stage).values())
    return max(abs(true - counted) for true, counted in pairs)
