"""The example on the methods page: people become units in four steps, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dashboard.components.elements import html
from dashboard.exhibits.counts.splits import part_of
from dashboard.methods.example import ATTRIBUTES, BUNDLES, Codes, Example, shared
from dashboard.model import fields as f
from dashboard.model.languages import digits
from dashboard.model.protection import BASE
from dashboard.words.catalogue import in_sentence, say

_TWO = 2


def example_card(shown: Example, lang: str) -> html.Section:
    """The example with its four steps, numbered in the order in which they are taken."""
    people = len(shown.people)
    steps = {
        "people": _people(shown, lang),
        "drawn": _drawn(shown, lang),
        "units": _units(shown, lang),
        "totals": _totals(shown, lang),
    }
    return html.Section(
        [
            html.P(_phrase("kicker", lang), className="kicker"),
            html.H2(
                _phrase("title", lang, people=people, units=len(shown.units)),
                id="example-title",
                className="card-title",
            ),
            html.P(_phrase("lead", lang, people=people), className="card-subtitle"),
            html.Ol(
                [
                    html.Li(
                        [
                            html.H3(
                                [
                                    html.Span(digits(str(number), lang)),
                                    _phrase(f"{name}.heading", lang, people=people),
                                ]
                            ),
                            *content,
                        ],
                        **{"data-step": name},
                    )
                    for number, (name, content) in enumerate(steps.items(), start=1)
                ],
                className="example-steps",
            ),
        ],
        className="card example",
        **{"aria-labelledby": "example-title"},
    )


def _people(shown: Example, lang: str) -> list[Any]:
    people, sizes = len(shown.people), [str(unit.size) for unit in shown.units]
    alone = sum(count == 1 for count in Counter(shown.people).values())
    return [
        html.P(_phrase("people.text", lang, people=people, alone=alone)),
        html.P(
            _phrase("people.sizes", lang, people=people, base=BASE, units=len(sizes),
                 sizes=digits(", ".join(sizes), lang))
        ),
        _table(
            [_phrase("number", lang), *_bundle_heads(lang)],
            [
                [digits(str(number), lang), *_cells(shown, person, lang)]
                for number, person in enumerate(shown.people, start=1)
            ],
            caption=_phrase("caption", lang, people=people),
        ),
    ]  # fmt: skip


def _drawn(shown: Example, lang: str) -> list[Any]:
    off = _most_off(shown, lambda unit: unit.drawn)
    rows = [_cells(shown, unit.drawn, lang) for unit in shown.units]
    return [
        html.P(_phrase("drawn.text", lang)),
        _unit_table(shown, rows, lang),
        html.P(_phrase("drawn.off", lang, n=off)),
    ]


def _units(shown: Example, lang: str) -> list[Any]:
    like = [max(len(shared(unit.fitted, p)) for unit in shown.units) for p in shown.people]
    rows = [_cells(shown, unit.fitted, lang, before=unit.drawn) for unit in shown.units]
    return [
        html.P(_phrase("units.text", lang)),
        _unit_table(shown, rows, lang),
        html.P(_phrase("units.result", lang, people=len(like), two=like.count(_TWO))),
        html.P(_phrase("units.honest", lang), className="quiet"),
    ]


def _totals(shown: Example, lang: str) -> list[Any]:
    off = _most_off(shown, lambda unit: unit.fitted)
    counted = [shown.totals(at, lambda unit: unit.fitted) for at in range(len(ATTRIBUTES))]
    most = max(n for totals in counted for pair in totals.values() for n in pair)
    sides = [
        html.Th(
            [html.Span(className=f"pair-{side}"), _phrase(side, lang)],
            scope="col",
            className="number",
        )
        for side in ("true", "shown")
    ]
    tables = [
        _table(
            [html.Th(_heading(at, lang), scope="colgroup", colSpan=2), *sides],
            [
                [
                    shown.label(at, code, lang),
                    html.Td(_bars(pair, most), className="pair", **{"aria-hidden": "true"}),
                    *(html.Td(digits(str(n), lang), className="number") for n in pair),
                ]
                for code, pair in totals.items()
            ],
        )
        for at, totals in enumerate(counted)
    ]
    return [
        html.P(_phrase("totals.text", lang, people=len(shown.people), n=off)),
        html.Div(tables, className="example-totals"),
    ]  # fmt: skip


def _bars(pair: tuple[int, int], most: int) -> list[html.Span]:
    """The true number above the one that is shown, as shares of the most there is."""
    return [
        html.Span(className=f"pair-{side}", style={"width": f"{100 * n / most:.1f}%"})
        for side, n in zip(("true", "shown"), pair, strict=True)
    ]


def _unit_table(shown: Example, rows: Sequence[Sequence[Any]], lang: str) -> html.Table:
    """Units with the number of people that each stands for, and what is told of them."""
    dots = [html.Span("●" * unit.size, **{"aria-hidden": "true"}) for unit in shown.units]
    sizes = [
        html.Td([digits(str(unit.size), lang), many], className="example-size")
        for unit, many in zip(shown.units, dots, strict=True)
    ]
    return _table(
        [_phrase("unit", lang), _phrase("stands_for", lang), *_bundle_heads(lang)],
        [
            [digits(str(number), lang), size, *row]
            for number, (size, row) in enumerate(zip(sizes, rows, strict=True), start=1)
        ],
    )


def _table(heads: Sequence[Any], rows: Sequence[Sequence[Any]], *, caption: str = "") -> html.Table:
    """A table whose rows begin with their name; other cells, and heads, may come as they are."""
    parts = [
        html.Thead(html.Tr([html.Th(h, scope="col") if isinstance(h, str) else h for h in heads])),
        html.Tbody([html.Tr([html.Th(name, scope="row"), *cells]) for name, *cells in rows]),
    ]
    return html.Table([html.Caption(caption), *parts] if caption else parts, className="table")


def _cells(shown: Example, codes: Codes, lang: str, before: Codes | None = None) -> list[html.Td]:
    """A cell for each bundle, with what was there before crossed out where it changed."""
    kept = shared(codes, before) if before else tuple(BUNDLES)
    return [
        html.Td(
            [
                *([] if name in kept or before is None
                  else [html.S(_in_words(shown, before, name, lang)), " "]),
                _in_words(shown, codes, name, lang),
            ],
            className=f"is-{part_of(codes[-1]) if name == 'class' else name}",
        )
        for name in BUNDLES
    ]  # fmt: skip


def _in_words(shown: Example, codes: Codes, bundle: str, lang: str) -> str:
    first, *rest = (shown.label(at, codes[at], lang) for at in BUNDLES[bundle])
    return ", ".join([first, *map(in_sentence, rest)])


def _bundle_heads(lang: str) -> list[str]:
    return [_heading(0, lang), _phrase("who", lang), _heading(3, lang)]


def _heading(at: int, lang: str) -> str:
    """What an attribute is called: the roll-up of the class is said as the class."""
    field = f.CLASS if ATTRIBUTES[at] is f.CLASS_GROUP else ATTRIBUTES[at]
    return field.label_in(lang)


def _most_off(shown: Example, stage: Any) -> int:
    pairs = (p for at in range(len(ATTRIBUTES)) for p in shown.totals(at, stage).values())
    return max(abs(true - counted) for true, counted in pairs)


def _phrase(key: str, lang: str, **values: object) -> str:
    return say(f"methods.example.{key}", lang, **values)
