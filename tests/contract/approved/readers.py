"""What readers of the sample get: releases, exhibits, pages and files."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import duckdb
from flask.testing import FlaskClient

from dashboard import exhibits, pages
from dashboard.application import create_app
from dashboard.exhibits.exhibit import EmptyState, Table
from dashboard.exhibits.registry import Definition, available_options, definitions, render
from dashboard.filters import Filters, Reading
from dashboard.release.open_release import Release
from dashboard.settings import Settings
from tests.contract.approved import invented, office
from tests.contract.test_explored import question
from tests.contract.views import random_filters
from tests.support.application import client_of
from tests.support.questions import QUESTIONS
from tests.support.sample import sample_folder
from tests.support.served import callback_body

#: Views of each exhibit, one in three of which is not in English.
VIEWS = 12
#: An exhibit with so many options is asked as a reader would, and not with each.
MANY = 40
#: Views of pages and files.
QUERIES = (
    "", "?lang=bn", "?area=BD2022&period=2026-04..2026-09",
    "?corridor=naf_river&compare=last-year", "?class=smuggling&compare=none",
)  # fmt: skip
#: Reports in the midst of an edition, of whom and what, and for whom.
REPORTS = (
    "?month=2026-05", "?template=area&about=BD2022&month=2026-06&langs=en,bn", "?template=corridor",
    "?template=quarterly&month=2025-12&readers=public", "?template=annual&lang=bn&at=3",
)  # fmt: skip
#: What a program may ask by mistake.
REFUSED = (
    "area=Teknaf", "area=cox's bazar&area=BD20", "area=XX&period=2026-13", "period=2030-01", "sex=",
    "sex=women,female&level=street&nothing=1", "lang=xx&edition=x&compare=never", "x=" + 9000 * "y",
)  # fmt: skip
#: Files that are text; the others are made of the same tables.
TYPES = ("csv", "json", "geojson")
#: For programs and notebooks.
FORMS = ("csv?form=hxl", "json?form=typed", "json?form=plotly")
#: The table and the exhibit that tell when an edition was built.
_EDITION, _EDITIONS = "edition", "quality.editions"
_SOME = EmptyState("-")


def answers() -> Iterator[tuple[str, str]]:
    """Each part of an answer by its name, and the whole of it."""
    exhibits.load()
    for store in ("store", "published"):
        for name, rows in _tables(_newest(sample_folder() / store / "releases")):
            yield f"{store}: {name}", rows
    newest = _newest(sample_folder() / "store" / "releases")
    with _read(newest) as (release, client):
        for name, answer in (
            *_exhibits(release), *_pages(client, QUERIES), *_files(client), *office.answers(client)
        ):  # fmt: skip
            yield name, answer.replace(release.edition.release_id, "")
    with tempfile.TemporaryDirectory() as folder:
        for path in invented.editions(Path(folder)):
            with _read(path) as (release, client):
                is_rich = path.stem == invented.RICH
                asked = _questions(client) if is_rich else _pages(client, QUERIES[:1])
                for name, answer in (*_options(release), *asked):
                    yield f"{path.stem}: {name.split()[0]}", answer


@contextmanager
def _read(path: Path) -> Iterator[tuple[Release, FlaskClient]]:
    """An edition, and a client of an application that shows it."""
    release = Release(path)
    with tempfile.TemporaryDirectory() as state:
        yield release, client_of(create_app(Settings(releases=path.parent, state=Path(state))))
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
            yield from _shown(entry, Reading(filters, options, ()), release)


def _options(release: Release) -> Iterator[tuple[str, str]]:
    """Each exhibit about all of an edition with every option once, but the hundreds of explore."""
    filters = Filters(period=release.span, compare="last-year")
    for entry in _definitions():
        options = available_options(entry, release)
        chosen = [{o.name: value} for o in options for value in o.values]
        for one in chosen if len(chosen) < MANY else ():
            yield from _shown(entry, Reading(filters, one, ()), release)


def _shown(entry: Definition, reading: Reading, release: Release) -> Iterator[tuple[str, str]]:
    answer = render(entry.id, reading, release)
    rest = replace(answer, figure=None, plot=None, table=Table((), ()), offer=_SOME)
    for part, value in (
        ("words", (rest, answer.offer)), ("figure", (answer.figure, answer.plot)),
        ("table", answer.table),
    ):  # fmt: skip
        yield f"{entry.id} {part}", repr(value)


def _definitions() -> Iterator[Definition]:
    every = sorted(definitions(), key=lambda entry: entry.id)  # whatever was imported first
    return (entry for entry in every if entry.id != _EDITIONS)


def _pages(client: FlaskClient, queries: Iterable[str]) -> Iterator[tuple[str, str]]:
    for page in pages.whole():
        for query in queries:
            yield page.path, _page(client, f"{page.path}{query}")


def _page(client: FlaskClient, address: str) -> str:
    """What a page brings: all that is in sight or below, with its cards."""
    body = callback_body(f"{address}#want=page", None)
    return json.dumps(client.post("/_dash-update-component", json=body).get_json())


def _questions(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Questions of explore and reports as pages, and questions put together by chance as a file."""
    for asked in QUESTIONS:
        yield "/explore", _page(client, f"/explore?{asked.query}")
    draw = random.Random(1)
    for query in (urlencode(question(draw)) for _ in QUESTIONS):
        yield "explore.answer.json", _file(client, f"/exhibit/explore.answer.json?{query}")
    for query in REPORTS:
        yield "/report", _page(client, f"/report{query}")
    for query in REFUSED:
        yield "refused", _file(client, f"/exhibit/hotspots.map.json?{query}")


def _files(client: FlaskClient) -> Iterator[tuple[str, str]]:
    for entry in _definitions():
        for query in QUERIES:
            for kind in TYPES:
                path = f"/exhibit/{entry.id}.{kind}"
                yield path, _file(client, f"{path}{query}")
        for form in FORMS:
            path = f"/exhibit/{entry.id}.{form}"
            yield path, _file(client, path)


def _file(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    return f"{answer.status} {answer.get_data(as_text=True)}"
