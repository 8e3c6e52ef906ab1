"""The bar of explore: every choice leads to an answer, and the call in Python to the same one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest

from dashboard import exhibits
from dashboard.analyst import open_release
from dashboard.components.explore import parts
from dashboard.exhibits.explore.crosstab import crosstab_of
from dashboard.exhibits.explore.reader_question import OPTIONS
from dashboard.exhibits.registry import question_of, read_view_query
from dashboard.filters import Reading
from dashboard.release.open_release import Release
from tests.support.fragments import elements, parsed, said, values
from tests.support.questions import QUESTIONS, Asked, told

exhibits.load()


def room(release: Release, query: str) -> tuple[Reading, dict[str, str]]:
    """What stands around an answer, as HTML."""
    reading = read_view_query(query, release, lambda _: False)
    options = {option.name: option.values[0] for option in OPTIONS} | dict(reading.options)
    question = replace(question_of(reading.filters, release), options=options)
    return reading, dict(parts(question, crosstab_of(question), reading))


@pytest.mark.parametrize("query", ["", "rows=sex&columns=quarter&sex=female", "count=legs"])
def test_every_choice_leads_to_what_it_says(protected: Release, query: str) -> None:
    _, held = room(protected, query)
    targets = [href for part in held.values() for href in values(parsed(part), "href")]
    assert len(targets) > 30
    for target in targets:
        reading = read_view_query(target, protected, lambda _: False)
        assert reading.ignored == ()
        assert all(name in {o.name for o in OPTIONS} for name in reading.options)
    if "sex=female" in query:
        assert all("sex=female" in target for target in targets)


def test_what_cannot_be_had_is_no_link_and_says_why(protected: Release) -> None:
    _, held = room(protected, "rows=sex&columns=none")
    off = [e for e in elements(parsed(held["explore-question"])) if "aria-disabled" in e.attributes]
    assert {said([each]) for each in off} == {
        "Lines", "Matrix", "Map", "Share of row", "Share of column",
    }  # fmt: skip
    assert all(each.attributes["title"] and "href" not in each.attributes for each in off)


@pytest.mark.parametrize(
    "asked", [q for q in QUESTIONS if "role" not in q.view][::3], ids=lambda asked: asked.query
)
def test_the_call_in_python_gives_the_same_numbers(protected: Release, asked: Asked) -> None:
    _, held = room(protected, asked.query)
    (code,) = (e for e in elements(parsed(held["explore-beside"])) if e.tag == "code")
    with open_release(protected.path) as release:
        frame = eval(said([code]), {"release": release})  # noqa: S307 -- what the page shows
    expected = told(protected.query, asked)
    names = [name for name in (asked.rows, asked.columns) if name in frame]
    sizes = frame.groupby(names, observed=True)["value"].sum() if names else {}
    found = {(cell if isinstance(cell, tuple) else (cell,)): int(n) for cell, n in sizes.items()}
    sums = Counter[tuple[str, ...]]()
    for (row, column), size in expected.items():
        sums[(row, column)[: len(names)] if row else ("unknown",)] += size
    assert known(found) == known(sums)


def known(cells: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], int]:
    """Cells of which everything is known: a frame tells apart what nobody recorded."""
    return {c: n for c, n in cells.items() if n and {"unknown", "not_recorded"}.isdisjoint(c)}
