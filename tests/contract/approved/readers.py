"""What readers of the sample get: releases, exhibits, pages and files."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
from flask.testing import FlaskClient

from dashboard import exhibits, pages
from dashboard.application import create_app
from dashboard.exhibits.exhibit import EmptyState, Table
from dashboard.exhibits.registry import Definition, available_options, definitions, render
from dashboard.filters import Reading
from dashboard.release.open_release import Release
from dashboard.settings import Settings
from tests.contract.approved import office
from tests.contract.views import random_filters
from tests.support.application import client_of
from tests.support.sample import sample_folder
from tests.support.served import callback_body

#: Views of each exhibit, one in three of which is not in English.
VIEWS = 12
#: Views of pages and files.
QUERIES = (
    "", "?lang=bn", "?area=BD2022&period=2026-04..2026-09",
    "?corridor=naf_river&compare=last-year", "?class=smuggling&compare=none",
)  # fmt: skip
#: Files that are text; the others are made of the same tables.
TYPES = ("csv", "json", "geojson")
#: The table and the exhibit that tell when an edition was built.
_EDITION, _EDITIONS = "edition", "quality.editions"
_SOME = EmptyState("-")


def answers() -> Iterator[tuple[str, str]]:
    """Each part of an answer by its name, and the whole of it."""
    exhibits.load()
    for store in ("store", "published"):
        for name, rows in _tables(_newest(sample_folder() / store / "releases")):
            yield f"{store}: {name}", rows
    releases = sample_folder() / "store" / "releases"
    release = Release(_newest(releases))
    with tempfile.TemporaryDirectory() as state:
        client = client_of(create_app(Settings(releases=releases, state=Path(state))))
        for name, answer in (
            *_exhibits(release), *_pages(client), *_files(client), *office.answers(client)
        ):  # fmt: skip
            yield name, answer.replace(release.edition.release_id, "")
    release.close()


def _newest(releases: Path) -> Path:
    current = (releases / "current").read_text(encoding="ascii").strip()
    return releases / f"{current}.duckdb"


def _tables(path: Path) -> Iterator[tuple[str, str]]:
    """The rows of each table of a release, in one order."""
    # DuckDB opens no file twice in other ways, as an application that runs beside has it open.
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(shutil.copy(path, folder), read_only=True) as connection,
    ):
        for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            rows = connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
            if name != _EDITION:
                yield name, "\n".join(sorted(map(repr, rows)))


def _exhibits(release: Release) -> Iterator[tuple[str, str]]:
    for seed in range(VIEWS):
        draw = random.Random(seed)
        filters = replace(
            random_filters(release, draw),
            lang="en" if seed % 3 else "bn",
            compare=draw.choice(("previous", "last-year", "none")),
        )
        for entry in _definitions():
            options = {o.name: draw.choice(o.values) for o in available_options(entry, release)}
            answer = render(entry.id, Reading(filters, options, ()), release)
            rest = replace(answer, figure=None, plot=None, table=Table((), ()), offer=_SOME)
            for part, value in (
                ("words", (rest, answer.offer)), ("figure", (answer.figure, answer.plot)),
                ("table", answer.table),
            ):  # fmt: skip
                yield f"{entry.id} {part}", repr(value)


def _definitions() -> Iterator[Definition]:
    every = sorted(definitions(), key=lambda entry: entry.id)  # whatever was imported first
    return (entry for entry in every if entry.id != _EDITIONS)


def _pages(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """What each page brings: all that is in sight or below, with its cards."""
    for page in pages.whole():
        for query in QUERIES:
            body = callback_body(f"{page.path}{query}#want=page", None)
            answer = client.post("/_dash-update-component", json=body)
            yield page.path, json.dumps(answer.get_json())


def _files(client: FlaskClient) -> Iterator[tuple[str, str]]:
    for entry in _definitions():
        for query in QUERIES:
            for kind in TYPES:
                path = f"/exhibit/{entry.id}.{kind}"
                answer = client.get(f"{path}{query}")
                yield path, f"{answer.status} {answer.get_data(as_text=True)}"
