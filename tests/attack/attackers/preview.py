"""What a preview tells in numbers, held against the edition that follows.

A preview lists codes and places that appear for the first time with the events behind them, and the
share of a class where it is far from usual. Somebody who has it and the edition takes one from the
other: what came or went in between shows in the codes of that record, if in any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from dashboard.model.facts import PEOPLE
from dashboard.model.fields import Field, Kind
from etl.release.contents.labels import code_list_of
from etl.release.preview.comparison import Differences
from tests.attack.attackers.all_but_one import Asked, Guess
from tests.attack.events import Events, Flags, Floats

#: A dimension and the number of its code.
Cell = tuple[str, int]


@dataclass(frozen=True)
class Change:
    """How the edition differs from its preview in one number, the change of the records taken away.

    Attributes:
        cell: Of what.
        error: The edition's number less the preview's, less what is known to have come or gone.
    """

    cell: Cell
    error: float


def cells_told(differences: Differences, path: Path, like: Events) -> dict[Cell, float]:
    """Numbers of people that a preview tells of codes, the months together.

    Args:
        differences: What the preview tells.
        path: A release with the labels of codes and places.
        like: Events of people, for their domains.
    """
    labels = dict(_labels(path, like))
    found: dict[Cell, float] = {}
    for first in (*differences.categories, *differences.places):
        if first.fact == PEOPLE.label:
            found[labels[first.dimension, first.label]] = float(first.size)
    return found


def _labels(path: Path, like: Events) -> Iterator[tuple[tuple[str, str], Cell]]:
    """Labels of a dimension and a code to what they stand for."""
    with duckdb.connect(str(path), read_only=True) as connection:
        codes = connection.execute("SELECT code_list, code, label_en FROM code").fetchall()
        places = connection.execute("SELECT code, name_en FROM place").fetchall()
    for field in PEOPLE.dimensions:
        domain = like.domains[field.name]
        named = (
            places
            if _is_place(field)
            else [(code, label) for listed, code, label in codes if listed == code_list_of(field)]
        )
        for code, label in named:
            if code in domain:
                yield (field.label, label), (field.name, domain.index(code))


def _is_place(field: Field) -> bool:
    return field.kind in (Kind.PLACE, Kind.PLACES)


def every_cell(events: Events) -> dict[Cell, float]:
    """The number of people of each code of each dimension."""
    found: dict[Cell, float] = {}
    for field in PEOPLE.dimensions:
        for code in range(len(events.domains[field.name])):
            found[field.name, code] = number_of(events, (field.name, code))
    return found


def number_of(events: Events, cell: Cell) -> float:
    """How many people have a code."""
    return float(events.sizes[_has(events, cell)].sum())


def told_by(
    before: Mapping[Cell, float], edition: Events, came: Events, went: Events
) -> list[Change]:
    """The numbers of a preview against those of its edition.

    Args:
        before: What the preview tells.
        edition: All units of the edition.
        came: Records that came in between.
        went: Records that went.
    """
    return [
        Change(
            cell, number_of(edition, cell) - told - number_of(came, cell) + number_of(went, cell)
        )
        for cell, told in before.items()
    ]


def evidence_of(changes: list[Change], asked: Asked) -> Floats:
    """How much better the first guess explains the changes than the second, shape (questions,)."""
    found = np.zeros(len(asked.months))
    for change in changes:
        first, second = (
            (change.error + _left(guess, change.cell)) ** 2 for guess in (asked.first, asked.second)
        )
        found += second - first
    return found


def _left(guess: Guess, cell: Cell) -> Floats | float:
    """What a guess adds to the error of a number, for each question."""
    more = sum((_has(part, cell).astype(float) for part in guess.more), 0.0)
    less = sum((_has(part, cell).astype(float) for part in guess.less), 0.0)
    return less - more


def _has(events: Events, cell: Cell) -> Flags:
    name, code = cell
    values = events.columns[name].reshape(len(events), -1)
    return (values == code).any(axis=1)
