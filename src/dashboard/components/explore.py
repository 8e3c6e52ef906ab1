"""The question of explore: its bar, what may be asked with it, and the same in Python.

Every choice is a link to the same page with one thing changed, so going back undoes it. What can
be chosen, and what a view came to, stands in ``exhibits.explore.reader_question``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from dashboard.components import links
from dashboard.components.writer import write
from dashboard.exhibits.charts.dimensions import title_of
from dashboard.exhibits.exhibit import AUTO
from dashboard.exhibits.explore import reader_question as asking
from dashboard.exhibits.explore.crosstab import Crosstab
from dashboard.exhibits.explore.reader_question import (
    COARSE,
    COLUMN,
    FORMS,
    NONE,
    OPTIONS,
    ROW,
    USUAL,
    VALUES,
)
from dashboard.exhibits.question import Question
from dashboard.filters import Reading
from dashboard.model.counted_by import STEPS
from dashboard.model.facts import MEMBER_FACTS
from dashboard.words.catalogue import in_sentence, translate

#: Phrase of why a value cannot be chosen in a view, by the value; for USUAL the cross-table has it.
_WHY = {
    "lines": "explore.bar.why_lines",
    "matrix": "explore.bar.why_matrix",
    "map": "explore.bar.why_map",
    ROW: "explore.bar.why_share",
    COLUMN: "explore.bar.why_share",
}
#: How exactly the numbers of a pair are known, as a mark before it.
_MARKS = {"fitted": "●", "wider": "◕", "direction": "◐", "coarse": "○"}


def parts(question: Question, crosstab: Crosstab, reading: Reading) -> dict[str, Markup]:
    """The parts above and beside the answer, by the id of their place.

    Args:
        question: The question with all of its options.
        crosstab: What answers it.
        reading: The view.
    """
    bar_parts = _Parts(question, crosstab, reading)
    return {"explore-question": bar_parts.bar(), "explore-beside": bar_parts.beside()}


@dataclass(frozen=True)
class _Parts:
    """The parts of the page around the answer, from what ``parts`` is given."""

    question: Question
    crosstab: Crosstab
    reading: Reading

    def name(self, dimension: str) -> str:
        """A dimension in words."""
        return title_of(self.crosstab.fact, dimension, self.question.lang)

    def names(self, dimensions: Iterable[str]) -> dict[str, str]:
        return {dimension: self.name(dimension) for dimension in dimensions}

    @cached_property
    def by_precision(self) -> Mapping[str, Sequence[str]]:
        """Dimensions that may cross the rows, by how exactly their numbers are known."""
        return asking.columns_by_precision(self.question, self.crosstab.reader_question)

    def link(self, option: str, value: str) -> str:
        """Address of the question with one thing changed."""
        # Another fact begins with its own dimensions.
        others = {} if option == "count" else self._options
        return self._address({**others, option: value})

    @property
    def _options(self) -> dict[str, str]:
        """Options of the question as an address has them; without a chosen form it is automatic."""
        return {**self.crosstab.reader_question.options, "as": self.reading.options.get("as", AUTO)}

    def _address(self, options: Mapping[str, str]) -> str:
        """Address of a question with these options, under the filters of the view."""
        usual = {option.name: option.values[0] for option in OPTIONS}
        chosen = {name: value for name, value in options.items() if value != usual[name]}
        others = {n: v for n, v in self.reading.options.items() if n not in usual}
        return links.href(self.reading.filters, {**others, **chosen})

    def bar(self) -> Markup:
        """What is counted, by which rows and columns, in which form and as which values."""
        current, release = self.crosstab.reader_question, self.question.release
        steps = asking.steps_of(self.question, current.fact)
        every = (*asking.dimensions_of(release, current.fact), *steps)
        facts = (fact for fact in MEMBER_FACTS if release.has(fact))
        counts = {fact.id: fact.label_in(self.question.lang) for fact in facts}
        across = [n for key, names in self.by_precision.items() if key != COARSE for n in names]
        none = {NONE: self.question.translate("explore.bar.none")}
        columns = none | self.names(across)
        can_swap = current.columns and current.columns not in STEPS
        swapped = {**self._options, "rows": current.columns, "columns": current.rows}
        forms = current.forms(as_direction=self.crosstab.is_direction)
        values = current.values(
            as_direction=self.crosstab.is_direction, is_judged=not self.crosstab.unjudged
        )
        return write(
            "question",
            self.question.lang,
            ask=self.link,
            why={**_WHY, USUAL: self.crosstab.unjudged},
            menus=(
                ("count", counts, current.fact.id),
                ("rows", self.names(every), current.rows),
                ("columns", columns, current.columns or NONE),
            ),
            swapped=self._address(swapped) if can_swap else "",
            rows=(("as", FORMS, forms, current.form), ("value", VALUES, values, current.value)),
        )

    def beside(self) -> Markup:
        """Dimensions to cross the rows with, questions to begin with, and the call in Python."""
        return write(
            "question_beside",
            self.question.lang,
            ask=self.link,
            rows=in_sentence(self.name(self.crosstab.reader_question.rows)),
            together={key: self.names(names) for key, names in self.by_precision.items()},
            coarse=COARSE,
            marks=_MARKS,
            beginnings=self.beginnings(),
            python=self.python(),
        )

    def beginnings(self) -> dict[str, str]:
        """By fact, a question to begin with, by rows and columns that its units are fitted to."""
        release, lang = self.question.release, self.question.lang
        sentences: dict[str, str] = {}
        for fact in filter(release.has, MEMBER_FACTS):
            pair = asking.usual_pair(release, fact)
            rows, columns = (in_sentence(title_of(fact, name, lang)) for name in pair)
            values = {"fact": fact.label_in(lang), "rows": rows, "columns": columns}
            sentences[fact.id] = translate("explore.what_2", lang, **values)
        return sentences

    def python(self) -> str:
        """The call that gives the same numbers in a notebook."""
        current, chosen = self.crosstab.reader_question, self.question.filters.chosen
        quoted = ", ".join(f'"{name}"' for name in current.names)
        arguments = [f'"{current.fact.id}"', f"by=[{quoted}]"]
        arguments += [f'steps="{current.step}"'] if current.step else []
        arguments.append(f'period="{self.crosstab.question.period.snapped(current.fact.grain)}"')
        for name, codes in chosen:
            if name in current.fact.filters:
                arguments.append(f"{'class_' if name == 'class' else name}={[*codes]!r}")
        return "release.count(\n  " + ",\n  ".join(arguments) + ")"
