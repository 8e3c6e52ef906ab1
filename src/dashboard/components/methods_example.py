"""The example on the methods page: people become units, step by step.

All steps are in the page from the start: ``assets/js/methods.js`` shows one of them at a time and
marks the pressed unit, and on paper they stand one below the other.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from dash import html

from dashboard.methods.example import (
    ATTRIBUTES,
    BUNDLES,
    Compared,
    Described,
    Example,
    Unit,
    example,
)
from dashboard.model import codes
from dashboard.model.languages import digits
from dashboard.model.protection import BASE
from dashboard.words.catalogue import in_sentence, say

_STEPS = ("people", "drawn", "units", "totals")
_TWO = 2


def stepped_example(shown: Example, lang: str) -> html.Section:
    """The example step by step, with the buttons that walk through it."""
    people, units = len(shown.people), len(shown.units)
    return html.Section(
        [
            html.Div(
                [
                    html.P(say("methods.example.kicker", lang), className="kicker"),
                    html.H2(
                        say("methods.example.title", lang, people=people, units=units),
                        id="example-title",
                        className="card-title",
                    ),
                    html.P(
                        say("methods.example.lead", lang, people=people), className="card-subtitle"
                    ),
                ],
                className="example-head",
            ),
            _step_list(lang),
            html.Div(
                [
                    html.Div(
                        [
                            _step("people", _people_step(shown, lang), lang),
                            _step("drawn", _drawn_step(shown, lang), lang),
                            _step("units", _units_step(shown, lang), lang),
                            _step("totals", _totals_step(shown, lang), lang),
                        ],
                        className="example-steps",
                    ),
                    _people_table(shown, lang),
                ],
                className="example-stage",
            ),
            _walk(lang),
        ],
        className="card example",
        **{"data-example": "", "data-step": _STEPS[0], "aria-labelledby": "example-title"},
    )


def _step_list(lang: str) -> html.Nav:
    return html.Nav(
        html.Ol(
            [
                html.Li(
                    html.Button(
                        [
                            html.Span(digits(str(number), lang)),
                            say(f"methods.example.{name}.name", lang),
                        ],
                        type="button",
                        className="example-step-button",
                        **{"data-step-to": name, **({"aria-current": "step"} if first else {})},
                    )
                )
                for number, name in enumerate(_STEPS, start=1)
                for first in (number == 1,)
            ]
        ),
        className="example-list",
        **{"aria-label": say("methods.example.steps", lang)},
    )


def _step(name: str, content: list[Any], lang: str) -> html.Section:
    number = _STEPS.index(name) + 1
    heading = say(f"methods.example.{name}.heading", lang, people=len(example().people))
    return html.Section(
        [
            html.P(say("methods.example.step", lang, n=number, of=len(_STEPS)), className="kicker"),
            html.H3(heading, id=f"step-{name}", tabIndex="-1"),
            *content,
        ],
        className="example-step",
        **{"data-step-of": name, "aria-labelledby": f"step-{name}"},
    )


def _people_step(shown: Example, lang: str) -> list[Any]:
    alone = sum(count == 1 for count in Counter(p.values for p in shown.people).values())
    people, sizes = len(shown.people), [unit.size for unit in shown.units]
    said = say(
        "methods.example.people.sizes",
        lang,
        people=people,
        base=BASE,
        units=len(sizes),
        sizes=digits(", ".join(map(str, sizes)), lang),
    )
    return [
        html.P(say("methods.example.people.text", lang, people=people, alone=alone)),
        html.P(said),
        html.Ul(
            [
                html.Li(
                    [html.Span(className="example-dot") for _ in range(unit.size)],
                    **{"aria-label": _unit_label(number, unit, lang)},
                )
                for number, unit in enumerate(shown.units, start=1)
            ],
            className="example-dots",
        ),
    ]


def _drawn_step(shown: Example, lang: str) -> list[Any]:
    off = max(abs(shown.drawn_total(name, c.code) - c.true) for name, c in _every(shown))
    return [
        html.P(say("methods.example.drawn.text", lang)),
        html.Div(
            [
                html.Div(
                    [
                        html.Strong(say(f"methods.example.{name}", lang)),
                        html.Span(
                            say("methods.example.drawn.from", lang, people=len(shown.people))
                        ),
                    ],
                    className=f"bundle-source bundle--{name}",
                )
                for name in BUNDLES
            ],
            className="bundle-sources",
            **{"aria-hidden": "true"},
        ),
        html.Ol(
            [
                html.Li(
                    [
                        _unit_name(number, unit, lang),
                        *(_chip(shown, unit.drawn, name, lang) for name in BUNDLES),
                    ],
                    className="unit",
                )
                for number, unit in enumerate(shown.units, start=1)
            ],
            className="unit-list",
        ),
        html.P(say("methods.example.drawn.off", lang, n=off)),
    ]


def _units_step(shown: Example, lang: str) -> list[Any]:
    return [
        html.P(say("methods.example.units.text", lang)),
        html.P(say("methods.example.units.press", lang), className="example-press"),
        html.Ol(
            [
                html.Li(
                    html.Button(
                        [
                            _unit_name(number, unit, lang),
                            *(_fitted_chip(shown, unit, name, lang) for name in BUNDLES),
                        ],
                        type="button",
                        className="unit",
                        **{
                            "data-unit": str(number),
                            "aria-pressed": "false",
                            **_codes(unit.fitted),
                        },
                    )
                )
                for number, unit in enumerate(shown.units, start=1)
            ],
            className="unit-list",
        ),
        html.Div(
            [
                _result(shown, number, unit, lang)
                for number, unit in enumerate(shown.units, start=1)
            ],
            role="status",
        ),
        html.P(say("methods.example.units.honest", lang), className="quiet"),
    ]


def _result(shown: Example, number: int, unit: Unit, lang: str) -> html.Div:
    shared = [unit.fitted.shared(person) for person in shown.people]
    counts = {name: sum(name in same for same in shared) for name in BUNDLES}
    two = sum(len(same) == _TWO for same in shared)
    return html.Div(
        [
            html.P(
                html.Strong(
                    say("methods.example.units.result", lang, n=number, people=len(shown.people))
                )
            ),
            html.P(say("methods.example.units.result_text", lang, two=two, **counts)),
        ],
        className="unit-result",
        **{"data-unit-result": str(number)},
    )


def _totals_step(shown: Example, lang: str) -> list[Any]:
    off = max(abs(entry.shown - entry.true) for _, entry in _every(shown))
    people = len(shown.people)
    return [
        html.P(say("methods.example.totals.text", lang, n=off)),
        html.Ul(
            [
                html.Li([html.Span(className=f"pair-mark pair-mark--{side}"),
                         say(f"methods.example.totals.{side}", lang)])
                for side in ("true", "shown")
            ],
            className="legend",
        ),
        html.Table(
            [
                html.Caption(say("methods.example.totals.heading", lang), className="sr-only"),
                html.Thead(
                    html.Tr(
                        [
                            html.Th(say("methods.example.totals.value", lang), scope="col"),
                            html.Th("", **{"aria-hidden": "true"}),
                            html.Th(say("methods.example.totals.true", lang), scope="col"),
                            html.Th(say("methods.example.totals.shown", lang), scope="col"),
                        ]
                    )
                ),
                html.Tbody(
                    _pair(say("methods.example.totals.total", lang), people, people, people, lang)
                ),
                *(
                    html.Tbody(
                        [
                            html.Tr(html.Th(say(f"methods.example.{name}", lang), scope="rowgroup",
                                            colSpan="4", className="pair-group")),
                            *(
                                _pair(label, c.true, c.shown, people, lang)
                                for c in shown.compared(name)
                                for label in (shown.label(name, c.code, lang),)
                            ),
                        ]
                    )
                    for name in ATTRIBUTES
                ),
            ],
            className="pairs",
        ),
    ]  # fmt: skip


def _pair(label: str, true: int, shown: int, most: int, lang: str) -> html.Tr:
    """One value with two bars, the true number above the one that is shown."""
    bars = [
        html.Span(
            className=f"pair-bar pair-mark--{side}", style={"width": f"{100 * n / most:.1f}%"}
        )
        for side, n in (("true", true), ("shown", shown))
    ]
    return html.Tr(
        [
            html.Th(label, scope="row"),
            html.Td(bars, className="pair-bars", **{"aria-hidden": "true"}),
            html.Td(digits(str(true), lang), className="number"),
            html.Td(digits(str(shown), lang), className="number"),
        ]
    )


def _people_table(shown: Example, lang: str) -> html.Div:
    """The people, with the codes by which a pressed unit finds what is the same."""
    return html.Div(
        html.Table(
            [
                html.Caption(say("methods.example.caption", lang, people=len(shown.people))),
                html.Thead(
                    html.Tr(
                        [
                            html.Th(say("methods.example.number", lang), scope="col"),
                            *(
                                html.Th(say(f"methods.example.{name}", lang), scope="col")
                                for name in BUNDLES
                            ),
                        ]
                    )
                ),
                html.Tbody(
                    [
                        html.Tr(
                            [
                                html.Th(digits(str(number), lang), scope="row"),
                                *(
                                    html.Td(
                                        _in_words(shown, person, name, lang),
                                        className=f"bundle--{name} {_hue(person, name)}",
                                        **{"data-bundle": name},
                                    )
                                    for name in BUNDLES
                                ),
                            ],
                            **{"data-person": str(number), **_codes(person)},
                        )
                        for number, person in enumerate(shown.people, start=1)
                    ]
                ),
            ],
            className="people",
        ),
        className="example-people",
    )


def _codes(described: Described) -> dict[str, str]:
    return {f"data-{name}": " ".join(described.bundle(name)) for name in BUNDLES}


def _unit_label(number: int, unit: Unit, lang: str) -> str:
    stands = say("methods.example.stands_for", lang, n=unit.size)
    return f"{say('methods.example.unit', lang, n=number)}, {stands}"


def _unit_name(number: int, unit: Unit, lang: str) -> html.Span:
    return html.Span(
        [
            html.Strong(say("methods.example.unit", lang, n=number)),
            html.Span(say("methods.example.stands_for", lang, n=unit.size)),
        ],
        className="unit-name",
    )


def _chip(shown: Example, described: Described, bundle: str, lang: str, *rest: Any) -> html.Span:
    return html.Span(
        [*rest, html.Span(_in_words(shown, described, bundle, lang))],
        className=f"bundle bundle--{bundle} {_hue(described, bundle)}",
    )


def _fitted_chip(shown: Example, unit: Unit, bundle: str, lang: str) -> html.Span:
    """A bundle of a fitted unit, with what was drawn first crossed out above it."""
    if bundle not in unit.changed:
        return _chip(shown, unit.fitted, bundle, lang)
    return _chip(
        shown, unit.fitted, bundle, lang, html.S(_in_words(shown, unit.drawn, bundle, lang))
    )


def _hue(described: Described, bundle: str) -> str:
    """The hue of a class, and nothing for what is no class."""
    if bundle != "class":
        return ""
    return "is-smuggling" if described.class_ == codes.SMUGGLING.code else "is-trafficking"


def _in_words(shown: Example, described: Described, bundle: str, lang: str) -> str:
    if bundle == "who":
        sex, age = shown.label("sex", described.sex, lang), shown.label("age", described.age, lang)
        return say("methods.example.who_value", lang, sex=sex, age=in_sentence(age))
    (code,) = described.bundle(bundle)
    return shown.label(bundle, code, lang)


def _every(shown: Example) -> list[tuple[str, Compared]]:
    return [(name, entry) for name in ATTRIBUTES for entry in shown.compared(name)]


def _walk(lang: str) -> html.Div:
    return html.Div(
        [
            html.Button(
                say(f"methods.example.{name}", lang),
                type="button",
                className="button button--primary" if name == "next" else "button",
                disabled=name == "back",
                **{"data-step-by": str(by)},
            )
            for name, by in (("back", -1), ("next", 1))
        ],
        className="example-walk",
    )
