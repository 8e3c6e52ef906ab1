"""The methods page: protection in plain words, around an example in four steps.

In the example people become units, one step after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from markupsafe import Markup

from dashboard.components.writer import write
from dashboard.exhibits.counts.splits import PART_OF
from dashboard.methods.example import ATTRIBUTES, BUNDLES, Codes, Example, Unit, example, shared
from dashboard.model import fields as f
from dashboard.model.protection import BASE, TOLD_APART
from dashboard.words.catalogue import in_sentence, translate

#: Bundles that a unit and a person share, where it is said of them that they share two.
_TWO = 2


def methods(lang: str) -> Markup:
    """Everything below the page's heading."""
    card = _example_card(example(), lang)
    return write("methods", lang, example=card, risks=("chance", *TOLD_APART))


def _example_card(case: Example, lang: str) -> Markup:
    """The example with its four steps, numbered in the order in which they are taken."""
    # Of each person, in how many bundles the unit that is most like it is the same.
    most_shared = [max(len(shared(unit.fitted, p)) for unit in case.units) for p in case.people]
    totals = [case.totals(index, lambda unit: unit.fitted) for index in range(len(ATTRIBUTES))]
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
        two=most_shared.count(_TWO),
        totals=[
            (_heading(i, lang), [(case.label(i, code, lang), pair) for code, pair in of.items()])
            for i, of in enumerate(totals)
        ],
        most=max(n for of in totals for pair in of.values() for n in pair),
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
    """The labels of a bundle's codes, joined by commas."""
    first, *rest = (case.label(index, codes[index], lang) for index in BUNDLES[bundle])
    return ", ".join([first, *map(in_sentence, rest)])


def _heading(index: int, lang: str) -> str:
    """The name of the attribute with an index; a group of classes is called as the class."""
    field = f.CLASS if ATTRIBUTES[index] is f.CLASS_GROUP else ATTRIBUTES[index]
    return field.label_in(lang)


def _most_off(case: Example, stage: Callable[[Unit], Codes]) -> int:
    """By how many people the units are off at most, of any one value, at a stage of theirs."""
    pairs = (p for i in range(len(ATTRIBUTES)) for p in case.totals(i, stage).values())
    return max(abs(true - protected) for true, protected in pairs)
