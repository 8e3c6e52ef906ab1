"""Invented people as rows, and a layout of a few margins, for tests of the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from dashboard.model.facts import PEOPLE
from etl.protect.coding import Coding, Rows
from etl.protect.layout import Layout
from etl.protect.margins import MARGINS
from tests.unit.etl.protect import invented

MONTH = date(2023, 1, 1)


def people(count: int = 60, seed: int = 1) -> list[dict]:
    """People of one month."""
    return invented.people(count, 1, seed)


def coding(told: Iterable[dict], more: Iterable[str] = ()) -> Coding:
    """How people are written, with further places that do not occur among them."""
    held = list(told)
    values = {name: {person[name] for person in held} for name in ("place", "destination")}
    values["place"] |= set(more)
    return Coding(PEOPLE, values, invented.parents(), [MONTH])


def rows(code: Coding, told: list[dict]) -> Rows:
    """People as rows with the areas above their places."""
    columns = {field.name: [person[field.name] for person in told] for field in PEOPLE.dimensions}
    return code.with_areas(code.encode(columns, len(told)), MONTH)


def layout(code: Coding) -> Layout:
    """Every margin of people."""
    return Layout(code, MARGINS[PEOPLE.id])


def bundles(code: Coding) -> list[np.ndarray]:
    """Positions of each bundle of people."""
    return [code.bundle_positions(names) for names in PEOPLE.bundles]
