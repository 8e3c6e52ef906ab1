"""Questions: what a draft leaves open, each with a number for every choice.

A question about values shows them, so it is for the operator's own screen; its ``text`` alone may
stand anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.model.codes import CodeList
from dashboard.model.screen import screen
from etl.draft.vocabulary import Vocabulary
from etl.plural import plural

#: Questions that one file asks at most, and values that one question shows.
MOST = 6
_VALUES = 9
_LONGEST = 60


@dataclass(frozen=True)
class Question:
    """What the operator may answer with a number, or with one number for each value.

    Attributes:
        id: By which an answer is found.
        urgency: What is asked first; the lower the earlier.
        text: It in words, without a value.
        choices: Words of each choice.
        usual: The choice that is taken where nobody answers.
        example: What the operator's own screen adds.
        values: Values that each need an answer; none for a plain question.
        likely: For each value the number of the likeliest choice from 1, or 0 for none.
        answers: What each choice stands for in a question of values.
        rows: Rows that hang on it.
    """

    id: str
    urgency: int
    text: str
    choices: tuple[str, ...]
    usual: int = 0
    example: str = ""
    values: tuple[str, ...] = ()
    likely: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()
    rows: int = 0

    def answered(self, answers: Mapping[str, str]) -> int | None:
        """The choice that was made, from 0; None where nobody answered."""
        answer = answers.get(self.id, "").strip()
        if not answer.isdecimal() or not 1 <= int(answer) <= len(self.choices):
            return None
        return int(answer) - 1

    def codes(self, answers: Mapping[str, str]) -> dict[str, str] | None:
        """The code of each value that got one; None where nobody answered."""
        if self.id not in answers:
            return None
        numbers = answers[self.id].replace(",", " ").split()
        return {
            value: self.answers[int(number) - 1]
            for value, number in zip(self.values, numbers, strict=False)
            if number.isdecimal() and 1 <= int(number) <= len(self.answers)
        }

    def is_answer(self, text: str) -> bool:
        """Whether a text answers it: numbers of choices, as many as are asked for."""
        numbers = text.replace(",", " ").split()
        fitting = all(n.isdecimal() and int(n) <= len(self.choices) for n in numbers)
        if self.values:
            return fitting and len(numbers) == len(self.values)
        return fitting and len(numbers) == 1 and int(numbers[0]) > 0


def about_values(
    name: str,
    headers: Sequence[str],
    unmatched: Mapping[str, int],
    codes: CodeList,
    vocabulary: Vocabulary,
) -> Question | None:
    """A question what values mean that match no code; those that a screen hits are left out.

    Args:
        name: The field of the columns.
        headers: Their headers.
        unmatched: The values with their rows.
        codes: What they may mean.
        vocabulary: What is known of texts.
    """
    near = {value: vocabulary.near(codes, value) for value in _showable(unmatched)}
    choices = {entry.code: entry.en for entry in codes}
    return _about(name, headers, unmatched, codes.label.lower(), near, choices)


def about_places(
    header: str, unmatched: Mapping[str, int], near: Mapping[str, Sequence[tuple[str, str]]]
) -> Question | None:
    """A question which of the nearest places each unknown value means; None if none is near.

    Args:
        header: Header of the column.
        unmatched: The values with their rows.
        near: Of each value the nearest places, as code and name.
    """
    places = {value: near[value] for value in _showable(unmatched) if near.get(value)}
    choices = dict(place for nearest in places.values() for place in nearest)
    nearest = {value: near_places[0][0] for value, near_places in places.items()}
    return _about(f"place:{header}", [header], unmatched, "place", nearest, choices)


def _showable(unmatched: Mapping[str, int]) -> tuple[str, ...]:
    """Values as a screen may show them, those of most rows first."""
    ordered = sorted(unmatched.items(), key=lambda pair: -pair[1])
    fitting = [v for v, _ in ordered if len(v) <= _LONGEST and screen(v) is None]
    return tuple(fitting[:_VALUES])


def _about(
    name: str,
    headers: Sequence[str],
    unmatched: Mapping[str, int],
    noun: str,
    nearest: Mapping[str, str | None],
    choices: Mapping[str, str],
) -> Question | None:
    """A question what values mean, each with its likeliest code or none; labels are by code."""
    if not nearest:
        return None
    codes = tuple(choices)
    rows = sum(unmatched.values())
    text = (
        f"Column {', '.join(headers)}: {plural(len(unmatched), 'value')} in "
        f"{plural(rows, 'row')} match no {noun} that is known. What do they mean?"
    )
    return Question(
        f"values:{name}", 5, text, tuple(choices.values()), values=tuple(nearest), answers=codes,
        likely=tuple(codes.index(code) + 1 if code else 0 for code in nearest.values()), rows=rows,
    )  # fmt: skip
