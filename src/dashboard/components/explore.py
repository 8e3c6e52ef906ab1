"""The question of explore: its bar, what may be asked with it, and the same in Python.

Every choice is a link to the same page with one thing changed, so going back undoes it. What can
be chosen, and what a view came to, stands in ``exhibits.explore.asked``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.exhibits.charts.dimensions import title_of
from dashboard.exhibits.exhibit import AUTO
from dashboard.exhibits.explore import asked as asking
from dashboard.exhibits.explore.asked import (
    COARSE,
    COLUMN,
    FORMS,
    NONE,
    OPTIONS,
    ROW,
    USUAL,
    VALUES,
)
from dashboard.exhibits.explore.crossing import Crossing
from dashboard.exhibits.question import Question
from dashboard.filters import Reading
from dashboard.model.counted_by import STEPS
from dashboard.model.facts import MEMBER_FACTS
from dashboard.words.catalogue import begin, in_sentence

#: Why a value cannot be chosen in a view, by the value; of usual the answer knows why.
_WHY = {
    "lines": "explore.bar.why_lines",
    "matrix": "explore.bar.why_matrix",
    "map": "explore.bar.why_map",
    ROW: "explore.bar.why_share",
    COLUMN: "explore.bar.why_share",
}
#: How well numbers of a pair are told, as a mark before it.
_MARKS = {"fitted": "●", "wider": "◕", "direction": "◐", "coarse": "○"}


def parts(question: Question, found: Crossing, reading: Reading) -> dict[str, Any]:
    """What stands above and beside the answer, by the id of its place.

    Args:
        question: The question with all of its options.
        found: What answers it.
        reading: The view.
    """
    room = _Room(question, found, reading)
    return {"explore-question": room.bar(), "explore-beside": room.beside()}


@dataclass(frozen=True)
class _Room:
    question: Question
    found: Crossing
    reading: Reading

    def say(self, key: str, **values: object) -> str:
        return self.question.say(key, **values)

    def name(self, dimension: str) -> str:
        return title_of(self.found.fact, dimension, self.question.lang)

    @cached_property
    def together(self) -> Mapping[str, Sequence[str]]:
        """What crosses the rows, by how well its numbers are told."""
        return asking.beside(self.question, self.found.asked)

    @property
    def now(self) -> dict[str, str]:
        """The question as an address has it; its form is usual unless the reader chose one."""
        return {**self.found.asked.options, "as": self.reading.options.get("as", AUTO)}

    def link(self, words: Any, options: Mapping[str, str], look: str, **rest: str) -> html.A:
        """A link to another question over the same view."""
        usual = {option.name: option.values[0] for option in OPTIONS}
        own = {name: value for name, value in options.items() if value != usual[name]}
        others = {n: v for n, v in self.reading.options.items() if n not in usual}
        target = links.href(self.reading.filters, {**others, **own})
        return html.A(words, href=target, className=look, **{"data-view": "", **rest})

    def choice(self, words: Any, options: Mapping[str, str], look: str, *, is_now: bool) -> html.A:
        return self.link(words, options, look, **({"aria-current": "true"} if is_now else {}))

    def bar(self) -> html.Div:
        asked, release = self.found.asked, self.question.release
        every = (
            *asking.dimensions_of(release, asked.fact),
            *asking.steps_of(self.question, asked.fact),
        )
        facts = (fact for fact in MEMBER_FACTS if release.holds(fact))
        counts = {fact.id: fact.label_in(self.question.lang) for fact in facts}
        across = [name for told, names in self.together.items() for name in names if told != COARSE]
        swapped = {**self.now, "rows": asked.columns, "columns": asked.rows}
        can_swap = asked.columns and asked.columns not in STEPS
        forms = asked.forms(as_direction=self.found.is_direction)
        values = asked.values(
            as_direction=self.found.is_direction, is_judged=not self.found.unjudged
        )
        lines = (
            [
                self.menu("count", counts, asked.fact.id),
                self.menu("rows", {name: self.name(name) for name in every}, asked.rows),
                self.menu(
                    "columns",
                    {
                        NONE: self.say("explore.bar.none"),
                        **{name: self.name(name) for name in across},
                    },
                    asked.columns or NONE,
                ),
                self.link(self.say("explore.bar.swap"), swapped, "button button--quiet")
                if can_swap
                else None,
            ],
            [
                self.segments("as", FORMS, forms, asked.form),
                self.segments("value", VALUES, values, asked.value),
            ],
        )
        return html.Div(
            [html.Div(line, className="question-line") for line in lines],
            className="card question",
            role="group",
            **{"aria-label": self.say("explore.bar.label")},
        )

    def menu(self, option: str, entries: Mapping[str, str], now: str) -> html.Div:
        """The word before a choice, and the menu of it, called by what is chosen."""
        head = self.say(f"explore.bar.head_{option}")
        listed = [
            html.Li(
                self.choice(
                    begin(words),
                    # What else is counted begins with its own dimensions.
                    {"count": code} if option == "count" else {**self.now, option: code},
                    "menu-item",
                    is_now=code == now,
                )
            )
            for code, words in entries.items()
        ]
        called = [
            html.Span(head, className="question-head"),
            html.Span(in_sentence(entries[now]), className="question-now"),
        ]
        return html.Div(
            [
                html.Span(self.say(f"explore.bar.{option}"), className="question-word"),
                html.Details(
                    [
                        html.Summary(called, **{"aria-label": f"{head}: {entries[now]}"}),
                        html.Ul(listed, className="menu menu-choice"),
                    ],
                    className="disclosure question-menu",
                    **{"data-disclosure": ""},
                ),
            ],
            className="question-part",
        )

    def segments(
        self, option: str, every: Iterable[str], possible: Sequence[str], now: str
    ) -> html.Nav:
        """A row of links; what a view cannot have is no link and says what it lacks."""

        def one(value: str) -> html.A | html.Span:
            words = self.say(f"explore.bar.{option}_{value}")
            if value in possible:
                return self.choice(
                    words, {**self.now, option: value}, "segment", is_now=value == now
                )
            key = self.found.unjudged if value == USUAL else _WHY.get(value)
            why = self.say(key) if key else ""
            return html.Span(words, className="segment", title=why, **{"aria-disabled": "true"})

        return html.Nav(
            [one(value) for value in every],
            className="segmented",
            **{"aria-label": self.say(f"explore.bar.{option}")},
        )

    def beside(self) -> html.Div:
        """What may be asked with the rows, questions to begin with, and the same in Python."""
        rows = in_sentence(self.name(self.found.asked.rows))
        python = html.Code(self.python(), className="question-code")
        panels = (
            (self.say("explore.beside.together", rows=rows), self.groups()),
            (self.say("explore.beside.begin"), [html.Ul(self.beginnings())]),
            (self.say("explore.beside.python"), [python]),
        )
        return html.Div(
            [
                html.Section(
                    [html.H2(heading, className="card-title"), *inside],
                    className="card question-panel",
                )
                for heading, inside in panels
            ],
            className="question-beside",
        )

    def groups(self) -> list[Any]:
        """What crosses the rows, under how well its numbers are told."""
        held: list[Any] = []
        for told, names in self.together.items():
            mark = html.Span(_MARKS[told], **{"aria-hidden": "true"})
            entries = (
                html.Span([mark, self.name(name)], className="question-link")
                if told == COARSE
                else self.link(
                    [mark, self.name(name)], {**self.now, "columns": name}, "question-link"
                )
                for name in names
            )
            heading = html.H3(self.say(f"explore.beside.{told}"), className="question-told")
            held += [heading, html.Ul([html.Li(entry) for entry in entries])] if names else []
        return held

    def beginnings(self) -> list[html.Li]:
        """A question about each thing that is counted: by what units are fitted to."""
        release, lang = self.question.release, self.question.lang
        entries: list[html.Li] = []
        for fact in filter(release.holds, MEMBER_FACTS):
            pair = asking.usual_pair(release, fact)
            rows, columns = (in_sentence(title_of(fact, name, lang)) for name in pair)
            said = self.say("explore.what_2", fact=fact.label_in(lang), rows=rows, columns=columns)
            entries.append(html.Li(self.link(said, {"count": fact.id}, "question-link")))
        return entries

    def python(self) -> str:
        """The call that gives the same numbers in a notebook."""
        asked, chosen = self.found.asked, self.question.filters.chosen
        quoted = ", ".join(f'"{name}"' for name in asked.names)
        given = [f'"{asked.fact.id}"', f"by=[{quoted}]"]
        given += [f'steps="{asked.step}"'] if asked.step else []
        given.append(f'period="{self.found.question.period.snapped(asked.fact.grain)}"')
        for name, codes in chosen:
            if name in asked.fact.filters:
                given.append(f"{'class_' if name == 'class' else name}={[*codes]!r}")
        return "release.count(\n  " + ",\n  ".join(given) + ")"
