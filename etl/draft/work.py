"""Work: a draft on its way, which the steps of ``layout`` share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.declaration.source import RowIs
from etl.draft.column import Guess, Profile
from etl.draft.questions import Question
from etl.draft.table import Table
from etl.draft.vocabulary import Vocabulary
from etl.places.gazetteer import Gazetteer


@dataclass(frozen=True)
class SourceDetails:
    """What the operator says of the source itself; the rest is found."""

    name: str
    title: str
    partner: str
    kind: str
    row: RowIs | None = None


@dataclass
class Drafted:
    """A declaration as far as it was understood.

    Attributes:
        top: Its keys above the columns.
        columns: Header to the uses of the column, each a table of the declaration.
        dropped: Headers of columns that are dropped.
        questions: What is open, what matters most first.
        notes: What was decided without asking, in words.
        lacking: Why it is no whole declaration yet.
    """

    top: dict[str, Any]
    columns: dict[str, list[dict[str, Any]]]
    dropped: list[str]
    questions: list[Question] = field(default_factory=list[Question])
    notes: list[str] = field(default_factory=list[str])
    lacking: list[str] = field(default_factory=list[str])


@dataclass
class Work:
    """A draft on its way.

    Attributes:
        table: The file.
        vocabulary: What headers and values are known to mean.
        gazetteer: The places.
        details: What the operator says of the source.
        answers: Answers by the id of their question.
        profiles: Its columns.
        guesses: What each column may be, the likeliest first, by header.
        row: What one row is.
        uses: What each column is used for so far, by header.
        months: Months that follow from columns of days with another use: their headers, by field.
        constants: Values of fields that no column holds.
        keys: Headers by which records are told apart, by kind of record.
        left_out: Texts by which further rows are no data, by header.
        filled: Fields that have a column, with role or leg in brackets.
        questions: What is open.
        notes: What was decided without asking, in words.
        formats: Formats of each column of days.
        day: Header of the column that dates a row.
        count_header: Header of the column by which a row is several people.
    """

    table: Table
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    details: SourceDetails
    answers: Mapping[str, str]
    profiles: list[Profile]
    guesses: dict[str, list[Guess]]
    row: RowIs = "person"
    uses: dict[str, list[dict[str, Any]]] = field(default_factory=dict[str, list[dict[str, Any]]])
    months: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    constants: dict[str, Any] = field(default_factory=dict[str, Any])
    keys: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    filled: set[str] = field(default_factory=set[str])
    questions: list[Question] = field(default_factory=list[Question])
    notes: list[str] = field(default_factory=list[str])
    formats: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    day: str | None = None
    count_header: str | None = None

    def choose(self, question: Question) -> int:
        """Which choice was made, or the usual one; the question stays open until it is answered."""
        choice = question.answered(self.answers)
        if choice is None:
            self.questions.append(question)
            return question.usual
        return choice

    def codes(self, question: Question | None) -> dict[str, str]:
        """Codes that values got by an answer; the question stays open until there is one."""
        if question is None:
            return {}
        codes = question.codes(self.answers)
        if codes is None:
            self.questions.append(question)
        return codes or {}

    def use(self, header: str, **keys: Any) -> None:
        """Declare a use of a column; a key that says nothing is left out."""
        keys = {key: value for key, value in keys.items() if value}
        self.uses.setdefault(header, []).append(keys)
        if "field" in keys:
            part = keys.get("role", keys.get("leg"))
            self.filled.add(keys["field"] if part is None else f"{keys['field']}[{part}]")

    def free(self, column: Profile) -> bool:
        """Whether no use of a column is declared yet."""
        return column.header not in self.uses

    def best(self, column: Profile, *names: str) -> Guess | None:
        """The likeliest guess of a column with one of these names."""
        return next((g for g in self.guesses[column.header] if g.name in names), None)

    def first(self, name: str) -> Profile | None:
        """The first column whose guesses include this name."""
        return next((column for column in self.profiles if self.best(column, name)), None)
