"""Statements are planned with little, and answer what they answer however they are planned."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

from dashboard import exhibits
from dashboard.exhibits.registry import definitions, read_view_query, render
from dashboard.release.open_release import Release
from tests.bench.exhibits import Recorder, asked_in_memory, bare_connection, random_queries

exhibits.load()


def test_columns_and_conditions_still_reach_the_scan(protected: Release) -> None:
    left_out = protected.query("SELECT current_setting('disabled_optimizers')")[0][0].split(",")
    assert "join_order" in left_out
    assert not {"filter_pushdown", "unused_columns"} & set(left_out)
    planned = protected.query("EXPLAIN SELECT sum(size) FROM people WHERE sex = 'male'")
    scan = planned[0][1].partition("Seq Scan")[2]  # the last step that a plan tells
    assert "Filters: sex = 'male'" in scan
    assert "Projections: size" in scan
    assert "corridor" not in scan


def test_a_question_takes_one_processor_and_leaves_the_others_to_other_readers(
    protected: Release,
) -> None:
    assert protected.query("SELECT current_setting('threads')") == [(1,)]


def test_answers_are_those_of_a_plain_connection(protected: Release, tmp_path: Path) -> None:
    """What a release is asked of which nothing is held yet, and what is counted of that."""
    (tmp_path / "cold").mkdir()
    copied = shutil.copy(protected.path, tmp_path / "cold")
    statements: set[tuple[str, str]] = set()
    with closing(Release(Path(copied))) as cold, bare_connection(protected, tmp_path) as plain:
        for query in random_queries(cold, 5, seed=1):
            for entry in definitions():
                recorder: Any = Recorder(cold)
                with asked_in_memory() as questions:
                    render(entry.id, read_view_query(query, recorder, lambda _: False), recorder)
                for sql, values in (*recorder.asked, *(question() for question in questions)):
                    if (sql, repr(values)) in statements:
                        continue
                    statements.add((sql, repr(values)))
                    rows = plain.execute(sql, list(values)).fetchall()
                    assert sorted(map(repr, cold.query(sql, values))) == sorted(map(repr, rows))
    assert len(statements) > 600
