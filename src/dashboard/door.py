"""The one door: a question (an id and a query string) becomes an exhibit.

Cards, files and other programs all come through here, so they get the same filters, the same
edition and the same value. The routes that go with it stand here too; pages do not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask, Response, abort, request, send_from_directory

from dashboard.components import links
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import definitions, read_view_query, render
from dashboard.exports import csv, xlsx
from dashboard.exports import json as as_json
from dashboard.exports.file_name import file_name
from dashboard.filters import Reading
from dashboard.model.languages import LANGUAGES
from dashboard.pages import path_of
from dashboard.release.description import DamagedRelease
from dashboard.release.folder import NoRelease, Releases
from dashboard.release.open_release import QueryTimeout, Release
from dashboard.words import definitions as words

#: Files of the basemap that may be asked for.
GEOGRAPHY = ("adm1", "adm2", "adm3", "countries", "lakes", "borders", "labels")
#: Files that a browser saves instead of showing.
_SAVED = ("csv", "xlsx")
_YEAR = 31_536_000


@dataclass(frozen=True)
class Answer:
    """What came through the door: the exhibit, the view it answers, and its release."""

    exhibit: Exhibit
    reading: Reading
    release: Release

    @property
    def file_name(self) -> str:
        """Name of the exhibit's files without the ending."""
        filters = self.reading.filters
        period = filters.period or self.release.default_period
        return file_name(self.exhibit.id, period, self.release.id, filters.lang)

    @property
    def address(self) -> str:
        """Where the same numbers are shown: page, view and release, without the host."""
        filters = replace(self.reading.filters, edition=self.release.id)
        query = links.query(filters, self.reading.options)
        page, exhibit_id = path_of(self.exhibit.id), self.exhibit.id
        return f"{page}?{query}#{exhibit_id}" if page else f"/exhibit/{exhibit_id}.json?{query}"


def _as_json(answer: Answer) -> str:
    return as_json.as_json(answer.exhibit, answer.reading)


def _as_csv(answer: Answer) -> str:
    return csv.as_csv(answer.exhibit, answer.address, answer.reading.filters.lang)


def _as_xlsx(answer: Answer) -> bytes:
    return xlsx.as_xlsx(answer.exhibit, answer.address, answer.reading.filters.lang)


_FILES: dict[str, tuple[str, Callable[[Answer], str | bytes]]] = {
    "json": (as_json.CONTENT_TYPE, _as_json),
    "csv": (csv.CONTENT_TYPE, _as_csv),
    "xlsx": (xlsx.CONTENT_TYPE, _as_xlsx),
}


def read(query: str, releases: Releases, page: str | None = None) -> tuple[Reading, Release]:
    """A query string against the edition that it names, or the page's, or the current one.

    Args:
        query: The query string.
        releases: Where editions are opened.
        page: Id of the release that the page was loaded with, so that a publication in between
            does not mix two releases on one page.

    Raises:
        NoRelease: If there is no release to read it against.
    """
    current = releases.steady(page)
    reading = read_view_query(query, current, releases.is_edition)
    edition = reading.filters.edition
    if edition is None or edition == current.id:
        return reading, current
    try:
        release = releases.open(edition)
    except NoRelease:
        # Found only now to be damaged, or taken back just now: the reading says so.
        return read_view_query(query, current, releases.is_edition), current
    return read_view_query(query, release, releases.is_edition), release


def ask(exhibit_id: str, query: str, releases: Releases, page: str | None = None) -> Answer:
    """Render one exhibit for a query string, of a page that was loaded with a release.

    Raises:
        KeyError: If no exhibit has this id.
        NoRelease: If there is no release.
        QueryTimeout: If it took too long.
    """
    reading, release = read(query, releases, page)
    return Answer(render(exhibit_id, reading, release), reading, release)


def fingerprint(folder: Path, *patterns: str) -> str:
    """A short name for what some files of a folder hold now; '' where there are none."""
    digest = hashlib.sha256()
    paths = sorted(path for pattern in patterns for path in folder.glob(pattern))
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12] if paths else ""


def install(server: Flask, releases: Releases, geography: Path) -> None:
    """Add the routes for exhibits, definitions, basemap and health."""
    _install_exhibits(server, releases)
    _install_definitions(server)
    _install_basemap(server, geography)
    _install_health(server, releases)
    for problem in (NoRelease, QueryTimeout):
        server.register_error_handler(problem, lambda error: _state(503, {"problem": str(error)}))


def _install_exhibits(server: Flask, releases: Releases) -> None:
    code = fingerprint(Path(__file__).parent, "**/*.py", "**/*.toml")

    def exhibit(exhibit_id: str, kind: str) -> Response:
        if kind not in _FILES or exhibit_id not in {entry.id for entry in definitions()}:
            abort(404)
        reading, release = read(request.query_string.decode("utf-8", "replace"), releases)
        tag = _tag(exhibit_id, kind, _view(reading), release.id, releases.fingerprint(), code)
        if request.if_none_match.contains_weak(tag):
            return _kept(Response(status=304), tag)
        content_type, write = _FILES[kind]
        answer = Answer(render(exhibit_id, reading, release), reading, release)
        response = Response(write(answer), content_type=content_type)
        if kind in _SAVED:
            named = f'attachment; filename="{answer.file_name}.{kind}"'
            response.headers["Content-Disposition"] = named
        return _kept(response, tag)

    def exhibits() -> Response:
        text = as_json.catalogue(definitions())
        return Response(text, content_type=as_json.CONTENT_TYPE)

    server.add_url_rule("/exhibit/<exhibit_id>.<kind>", "exhibit", exhibit)
    server.add_url_rule("/exhibits", "exhibits", exhibits)


def _install_definitions(server: Flask) -> None:
    def definitions(lang: str) -> Response:
        if lang not in LANGUAGES:
            abort(404)
        response = Response(words.as_json(lang), content_type=as_json.CONTENT_TYPE)
        if request.full_path == words.address(lang):
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response

    server.add_url_rule("/definitions/<lang>.json", "definitions", definitions)


def _install_basemap(server: Flask, geography: Path) -> None:
    mark = fingerprint(geography, "*.geojson")

    def basemap(name: str) -> Response:
        if name.removesuffix(".geojson") not in GEOGRAPHY or not name.endswith(".geojson"):
            abort(404)
        response = send_from_directory(geography, name, mimetype="application/geo+json")
        if mark and request.args.get("v") == mark:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response

    server.add_url_rule("/geography/<name>", "geography", basemap)


def _install_health(server: Flask, releases: Releases) -> None:
    def healthz() -> Response:
        return _state(200, {"alive": True})

    def readyz() -> Response:
        try:
            release = releases.current()
            release.scan()
        except (NoRelease, DamagedRelease) as error:
            return _state(503, {"ready": False, "problem": str(error)})
        # An older release is still shown, but the newest one is not: somebody has to look.
        ready = releases.problem is None
        value = {"ready": ready, "release": release.id, "problem": releases.problem}
        return _state(200 if ready else 503, value)

    server.add_url_rule("/healthz", "healthz", healthz)
    server.add_url_rule("/readyz", "readyz", readyz)


def _view(reading: Reading) -> str:
    """Canonical query string of a view."""
    return links.query(reading.filters, reading.options)


def _tag(*parts: str) -> str:
    """A name for one answer: it changes with the view, the release and the program."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


def _kept(response: Response, tag: str) -> Response:
    """An answer that a browser keeps and asks about each time: it may have been taken back."""
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _state(status: int, value: dict[str, object]) -> Response:
    response = Response(json.dumps(value), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
