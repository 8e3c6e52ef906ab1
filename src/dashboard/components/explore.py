"""The question of explore: its bar, what may be asked with it, and the same in Python.

Every choice is a link to the same page with one thing changed, so going back undoes it. What can
be chosen, and what a view came to, stands in ``exhibits.explore.asked``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.exhibits.charts.dimensions import title_of
from dashboard.exhibits.explore import asked as asking
from dashboard.exhibits.explore.asked import AUTO, COLUMN, FORMS, NONE, NUMBER, ROW, Asked
from dashboard.exhibits.question import Question
from dashboard.filters import Reading
from dashboard.model.counted_by import STEPS, dimensions
from dashboard.model.facts import MEMBER_FACTS, Fact
from dashboard.words.catalogue import begin, in_sentence, say

#: Why a value cannot be chosen in a view, by the value.
_WHY = {"lines": "lines", "matrix": "matrix", "map": "map", ROW: "share", COLUMN: "share"}
#: How well numbers of a pair are told, as a mark before it.
_MARKS = {"fitted": "●", "wider": "◕", "direction": "◐"}


def parts(asked: tuple[Question, Asked], reading: Reading, *, as_direction: bool) -> dict[str, Any]:
    """What stands above and beside the answer, by the id of its place.

    Args:
        asked: The question with its options, and as it comes to.
        reading: The view.
        as_direction: Whether its numbers are a direction only.
    """
    return {
        "explore-question": _bar(*asked, reading, as_direction=as_direction),
        "explore-beside": _beside(*asked, reading),
    }


def _bar(question: Question, asked: Asked, reading: Reading, *, as_direction: bool) -> html.Div:
    lang = question.lang
    name = _namer(asked.fact, lang)
    counts = {each.id: each.label_in(lang) for each in MEMBER_FACTS if question.release.holds(each)}
    beside = asking.beside(question, asked)
    columns = {NONE: say("explore.bar.none", lang), **_named(sum(beside.values(), []), name)}
    every = (*asking.dimensions_of(question.release, asked.fact), *_steps(question, asked))
    chosen = (
        ("count", counts, asked.fact.id),
        ("rows", _named(every, name), asked.rows),
        ("columns", columns, asked.columns or NONE),
    )
    menus = [_menu(asked, option, of, now, reading) for option, of, now in chosen]
    swapped = {**asked.options, "rows": asked.columns, "columns": asked.rows}
    can_swap = asked.columns and asked.columns not in STEPS
    forms = asked.forms(as_direction=as_direction)
    values = asked.values(as_direction=as_direction)
    return html.Div(
        [
            html.Div(
                [
                    *menus,
                    _link(say("explore.bar.swap", lang), swapped, reading, "button button--quiet")
                    if can_swap
                    else None,
                ],
                className="question-line",
            ),
            html.Div(
                [
                    _segments("as", FORMS, forms, asked.form, asked, reading),
                    _segments("value", (NUMBER, ROW, COLUMN), values, asked.value, asked, reading),
                ],
                className="question-line",
            ),
        ],
        className="card question",
        role="group",
        **{"aria-label": say("explore.bar.label", lang)},
    )


def _steps(question: Question, asked: Asked) -> tuple[str, ...]:
    return asking.steps_of(question, asked.fact)


def _namer(counted: Fact, lang: str) -> Mapping[str, str]:
    """What every dimension of a fact is called."""
    return {name: title_of(counted, name, lang) for name in (*dimensions(counted), *STEPS)}


def _named(codes: Iterable[str], name: Mapping[str, str]) -> dict[str, str]:
    return {code: name[code] for code in codes}


def _menu(
    asked: Asked, option: str, entries: Mapping[str, str], now: str, reading: Reading
) -> html.Div:
    """The word before a choice, and the menu of it, called by what is chosen."""
    lang = reading.filters.lang
    head = say(f"explore.bar.head_{option}", lang)
    listed = [
        html.Li(
            _link(
                begin(words),
                _changed(asked, option, code),
                reading,
                "menu-item",
                **({"aria-current": "true"} if code == now else {}),
            )
        )
        for code, words in entries.items()
    ]
    return html.Div(
        [
            html.Span(say(f"explore.bar.{option}", lang), className="question-word"),
            html.Details(
                [
                    html.Summary(
                        [
                            html.Span(head, className="question-head"),
                            html.Span(in_sentence(entries[now]), className="question-now"),
                        ],
                        **{"aria-label": f"{head}: {entries[now]}"},
                    ),
                    html.Ul(listed, className="menu menu-choice"),
                ],
                className="disclosure question-menu",
                **{"data-disclosure": ""},
            ),
        ],
        className="question-part",
    )


def _changed(asked: Asked, option: str, code: str) -> dict[str, str]:
    """A question with one thing changed; another fact begins with its own dimensions."""
    if option == "count":
        return {"count": code}
    return {**asked.options, option: code}


def _link(
    words: Any, options: Mapping[str, str], reading: Reading, look: str, **rest: str
) -> html.A:
    """A link to another question over the same view."""
    others = {n: v for n, v in reading.options.items() if n not in _OPTIONS}
    usual = {option.name: option.values[0] for option in asking.OPTIONS}
    own = {name: value for name, value in options.items() if value != usual[name]}
    target = links.href(reading.filters, {**others, **own})
    return html.A(words, href=target, className=look, **{"data-view": "", **rest})


_OPTIONS = frozenset(option.name for option in asking.OPTIONS)


def _segments(
    option: str,
    every: Sequence[str],
    possible: Sequence[str],
    now: str,
    asked: Asked,
    reading: Reading,
) -> html.Nav:
    """A row of links; what a view cannot have is no link and says what it lacks."""
    lang = reading.filters.lang

    def one(value: str) -> html.A | html.Span:
        words = say(f"explore.bar.{option}_{value}", lang)
        if value not in possible:
            why = say(f"explore.bar.why_{_WHY[value]}", lang) if value in _WHY else ""
            return html.Span(words, className="segment", title=why, **{"aria-disabled": "true"})
        current = {"aria-current": "true"} if value == now else {}
        return _link(words, {**asked.options, option: value}, reading, "segment", **current)

    return html.Nav(
        [one(value) for value in every],
        className="segmented",
        **{"aria-label": say(f"explore.bar.{option}", lang)},
    )


def _beside(question: Question, asked: Asked, reading: Reading) -> html.Div:
    """What may be asked with the rows, questions to begin with, and the same in Python."""
    lang, name = question.lang, _namer(asked.fact, question.lang)
    found = asking.beside(question, asked)
    groups = [
        part
        for told, names in found.items()
        if names
        for part in (
            html.H3(say(f"explore.beside.{told}", lang), className="question-told"),
            html.Ul(
                [
                    html.Li(
                        _link(
                            [html.Span(_MARKS[told], **{"aria-hidden": "true"}), name[code]],
                            {**asked.options, "columns": code, "as": AUTO},
                            reading,
                            "question-link",
                        )
                    )
                    for code in names
                ]
            ),
        )
    ]
    together = say("explore.beside.together", lang, rows=in_sentence(name[asked.rows]))
    return html.Div(
        [
            _panel(together, groups),
            _panel(say("explore.beside.begin", lang), _beginnings(question, reading)),
            _panel(
                say("explore.beside.python", lang),
                [html.Code(_python(question, asked), className="question-code")],
            ),
        ],
        className="question-beside",
    )


def _panel(heading: str, inside: Sequence[Any]) -> html.Section:
    return html.Section(
        [html.H2(heading, className="card-title"), *inside], className="card question-panel"
    )


def _beginnings(question: Question, reading: Reading) -> list[Any]:
    """A question about each thing that is counted: by what units are fitted to."""
    lang = question.lang

    def one(counted: Fact) -> html.Li:
        pair = asking.usual_pair(question.release, counted)
        rows, columns = (in_sentence(title_of(counted, name, lang)) for name in pair)
        said = say("explore.what_2", lang, fact=counted.label_in(lang), rows=rows, columns=columns)
        return html.Li(_link(said, {"count": counted.id}, reading, "question-link"))

    held = [each for each in MEMBER_FACTS if question.release.holds(each)]
    return [html.Ul([one(each) for each in held])]


def _python(question: Question, asked: Asked) -> str:
    """The call that gives the same numbers in a notebook."""
    filters = question.filters
    by = ", ".join(f'"{name}"' for name in asked.names)
    given = [f'"{asked.fact.id}"', f"by=[{by}]"]
    given += [f'steps="{asked.step}"'] if asked.step else []
    given += [f'period="{asked.whole(question).period}"']
    given += [
        f"{name}{'_' if name == 'class' else ''}={[*codes]!r}".replace("'", '"')
        for name, codes in filters.chosen
        if name in asked.fact.filters
    ]
    return "release.count(\n  " + ",\n  ".join(given) + ")"
