"""How long an exhibit and its card take beside their bare queries, and how large its JSON is."""

from __future__ import annotations

import gzip
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
from dash import Dash

from dashboard import queries
from dashboard.application import create_app
from dashboard.echoes import echoed
from dashboard.exhibits.counts import expected_error
from dashboard.exhibits.registry import definitions, read_view_query, render
from dashboard.exports.json import as_json
from dashboard.filters import Filters
from dashboard.model.filters import CODED_FILTERS
from dashboard.model.periods import Span
from dashboard.pages import path_of
from dashboard.release.open_release import CONNECT_CONFIG, Release
from dashboard.settings import Settings
from tests.support.application import answer_body, post
from tests.support.counted import answered_statement, counted_statement
from tests.support.echoed import echoed_statement


@dataclass(frozen=True)
class ExhibitFigures:
    """What was measured of one exhibit; times in milliseconds."""

    id: str
    p50: float
    p95: float
    bare_p95: float
    card_p95: float
    kilobytes: float

    @property
    def ratio(self) -> float | None:
        """p95 of the response over p95 of its bare queries; None where it asks nothing."""
        return self.p95 / self.bare_p95 if self.bare_p95 else None

    @property
    def card_ratio(self) -> float | None:
        """p95 of its card by the callback over p95 of its bare queries; None likewise."""
        return self.card_p95 / self.bare_p95 if self.bare_p95 else None


class Recorder:
    """Stands before a release and notes every statement that is asked of it."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self.asked: list[tuple[str, Sequence[object]]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._release, name)

    def query(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Note and pass on."""
        self.asked.append((sql, values))
        return self._release.query(sql, values)


_Statement = tuple[str, Sequence[object]]


@contextmanager
def asked_in_memory() -> Iterator[list[Callable[[], _Statement]]]:
    """What is asked of columns in memory meanwhile, each to be made the statement that tells it."""
    questions: list[Callable[[], _Statement]] = []

    def of_echoes(release: Any, *question: Any) -> Any:
        questions.append(partial(echoed_statement, *question))
        return echoed(release, *question)

    counted = queries._count  # noqa: SLF001 -- behind what is remembered, which is asked no more

    def of_units(release: Any, *question: Any) -> Any:
        questions.append(partial(counted_statement, *question))
        return counted(release, *question)

    known = queries.known_sizes

    def of_answers(release: Any, *question: Any) -> Any:
        questions.append(partial(answered_statement, *question))
        return known(release, *question)

    with (
        patch.object(expected_error, "echoed", of_echoes),
        patch.object(queries, "_count", of_units),
        patch.object(queries, "known_sizes", of_answers),
    ):
        yield questions


def random_queries(release: Release, count: int, seed: int) -> list[str]:
    """Query strings as readers make them: a period and up to two filters."""
    chance = random.Random(seed)  # noqa: S311 -- not a secret
    months = list(release.span)
    places = [code for code, place in release.places.items() if place.level == "district"]
    found = []
    for _ in range(count):
        start, end = sorted(chance.sample(months, 2))
        filters = Filters(period=Span(start, end))
        for name in chance.sample(["class", "sex", "mode", "corridor", "group"], 2):
            if chance.random() < 0.4:
                filters = filters.with_codes(name, [chance.choice(CODED_FILTERS[name])])
        if chance.random() < 0.3:
            filters = filters.with_codes("area", [chance.choice(places)])
        found.append(filters.to_query())
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of all lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measure_exhibits(release: Release, *, rounds: int, seed: int) -> list[ExhibitFigures]:
    """Answer each exhibit for some query strings, paired with its card and its bare queries.

    A card is asked for as the browser does, of an application with a release of its own: what one
    of the two remembers helps neither.
    """
    with tempfile.TemporaryDirectory() as folder, bare_connection(release, Path(folder)) as bare:
        state = Path(folder) / "state"
        state.mkdir()
        app = create_app(Settings(releases=release.path.parent, state=state))
        post(app, answer_body(app, "/", release.id))  # opens the release
        return _measured(release, bare, app, rounds=rounds, seed=seed)


def bare_connection(release: Release, folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection as anybody has it, which plans a statement with all that DuckDB knows.

    To a copy of the release: DuckDB refuses a second config for one path.
    """
    copied = shutil.copy(release.path, folder)
    plain: dict[str, Any] = {
        name: value for name, value in CONNECT_CONFIG.items() if name != "disabled_optimizers"
    }
    return duckdb.connect(str(copied), read_only=True, config=plain)


def _measured(
    release: Release, bare: duckdb.DuckDBPyConnection, app: Dash, *, rounds: int, seed: int
) -> list[ExhibitFigures]:
    measured = []
    for number, entry in enumerate(definitions()):
        # Of a view that another exhibit was asked for, parts would be remembered.
        views = random_queries(release, rounds, seed + number)
        card_p95 = percentile([_card(app, entry.id, query, release.id) for query in views], 0.95)
        whole: list[float] = []
        alone: list[float] = []
        size = 0
        for query in views:
            recorder: Any = Recorder(release)
            reading = read_view_query(query, release, lambda _: False)
            with asked_in_memory() as questions:
                started = time.perf_counter()
                body = as_json(render(entry.id, reading, recorder), reading.filters)
                whole.append((time.perf_counter() - started) * 1000)
            size = max(size, len(gzip.compress(body.encode(), 6)))
            # What columns are read by is a step on the way to what these statements tell.
            asked = [(sql, values) for sql, values in recorder.asked if "rowid" not in sql]
            told = [question() for question in questions]
            started = time.perf_counter()
            for sql, values in (*asked, *told):
                bare.execute(sql, list(values)).fetchall()
            alone.append((time.perf_counter() - started) * 1000 if asked or told else 0.0)
        measured.append(
            ExhibitFigures(
                entry.id, percentile(whole, 0.5), percentile(whole, 0.95), percentile(alone, 0.95),
                card_p95, size / 1000,
            )
        )  # fmt: skip
    return measured


def _card(app: Dash, exhibit_id: str, query: str, loaded: str) -> float:
    """Milliseconds of the callback for one card, its fragments and JSON among them."""
    asked = f"{path_of(exhibit_id)}?{query}#want=rest&cards={exhibit_id}"
    body = answer_body(app, asked, loaded)
    started = time.perf_counter()
    given = post(app, body)
    if given.status_code != HTTPStatus.OK:
        raise AssertionError(f"{asked} is answered {given.status_code}")
    return (time.perf_counter() - started) * 1000
