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
    return write("methods", lang, example=card, risks=("chance", *TOLD_APART))


def _example_card(case: Example, lang: str) -> Markup:
    """The example with its four steps, numbered in the order in which they are taken."""
    alike = [max(len(shared(unit.fitted, p)) for unit in case.units) for p in case.people]
    of_attributes = [case.totals(at, lambda unit: unit.fitted) for at in range(len(ATTRIBUTES))]
    return write(
        "methods_example",
        lang,
        people=len(case.people),
        alone=sum(count == 1 for count in Counter(case.people).values()),
        base=BASE,
        sizes=[unit.size for unit in case.units],
        heads=[_heading(0, lang), translate("methods.example.who", lang), _heading(3, lang)],
        persons=[_cells(case, person, lang) for person in case.people],
        drawn=[_cells(case, unit.drawn, lang) for unit in case.units],
        drawn_off=_most_off(case, lambda unit: unit.drawn),
        fitted=[_cells(case, unit.fitted, lang, before=unit.drawn) for unit in case.units],
        fitted_off=_most_off(case, lambda unit: unit.fitted),
        two=alike.count(_TWO),
        totals=[
            (_heading(at, lang), [(case.label(at, code, lang), pair) for code, pair in of.items()])
            for at, of in enumerate(of_attributes)
        ],
        most=max(n for totals in of_attributes for pair in totals.values() for n in pair),
    )


def _cells(
    case: Example, codes: Codes, lang: str, before: Codes | None = None
) -> list[dict[str, str]]:
    """A cell for each bundle, with what was there before where it changed."""
    same = shared(codes, before) if before else tuple(BUNDLES)
    return [
        {
            "look": PART_OF[codes[-1]] if name == "class" else name,
            "before": _in_words(case, before, name, lang) if before and name not in same else "",
            "text": _in_words(case, codes, name, lang),
        }
        for name in BUNDLES
    ]


def _in_words(case: Example, codes: Codes, bundle: str, lang: str) -> str:
    first, *rest = (case.label(at, codes[at], lang) for at in BUNDLES[bundle])
    return ", ".join([first, *map(in_sentence, rest)])


def _heading(at: int, lang: str) -> str:
    """The name of an attribute; a group of classes is called as the class."""
    field = f.CLASS if ATTRIBUTES[at] is f.CLASS_GROUP else ATTRIBUTES[at]
    return field.label_in(lang)


def _most_off(case: Example, stage: Any) -> int:
    pairs = (p for at in range(len(ATTRIBUTES)) for p in case.totals(at, stage).values())
    return max(abs(true - protected) for true, protected in pairs)
