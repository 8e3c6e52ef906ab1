"""The one door: a question (an id and a query string) becomes an exhibit.

Cards, files and other programs all come through here, so they get the same filters, the same
edition and the same value. The routes that go with it stand here too; pages do not.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Lock

from flask import Flask, Response, abort, request, send_from_directory

from dashboard.access.reader import accounts, note_export, reader
from dashboard.components import links
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parameters import (
    Refusal,
    Refused,
    filters_at,
    parameters_at,
    refusals,
    unmet,
)
from dashboard.exhibits.registry import (
    Definition,
    available_options,
    definition,
    definitions,
    own_options,
    read_view_query,
    render,
)
from dashboard.exports import openapi
from dashboard.exports.boundaries import outlines_as_geojson
from dashboard.exports.contents import contents as contents_of
from dashboard.exports.cross_table import cross_table
from dashboard.exports.file_name import file_name
from dashboard.exports.files import FORM, Kind, kind_of
from dashboard.exports.json import CONTENT_TYPE as JSON
from dashboard.exports.json import as_text
from dashboard.exports.source import Source
from dashboard.figures.choropleth import OUTLINES
from dashboard.filters import Reading, read_language
from dashboard.model.edition import Edition
from dashboard.model.languages import LANGUAGES
from dashboard.pages import path_of
from dashboard.release.description import DamagedRelease
from dashboard.release.folder import NoRelease, Releases
from dashboard.release.open_release import QueryTimeout, Release
from dashboard.words import definitions as words

#: Files of the basemap that may be asked for.
GEOGRAPHY = ("adm1", "adm2", "adm3", "countries", "lakes", "borders", "labels")
#: Layers that pages ask for as lines that their shapes share (``tools.geography.arcs``).
ARCS = ("adm1", "adm2", "adm3", "countries", "borders", "region")
_OF_ARCS = ".arcs.json"
_YEAR = 31_536_000
#: A release is read to its end for ``/readyz`` at most so often.
SCAN_SECONDS = 10


@dataclass(frozen=True)
class Answer:
    """An answer of the door.

    Attributes:
        exhibit: The exhibit.
        reading: The view it answers.
        release: The release that its numbers come from.
        page: The release that its page shows, whose editions an address names.
    """

    exhibit: Exhibit
    reading: Reading
    release: Release
    page: Release

    @property
    def file_name(self) -> str:
        """Name of the exhibit's files without the ending."""
        filters = self.reading.filters
        period = definition(self.exhibit.id).period(filters, self.release)
        return file_name(self.exhibit.id, period, self.release.id, filters.lang)

    @property
    def address(self) -> str:
        """Where the same numbers are shown: page, view and release, without the host."""
        filters = replace(self.reading.filters, edition=self.page.id)
        query = links.query(filters, self.reading.options)
        page, exhibit_id = path_of(self.exhibit.id), self.exhibit.id
        return f"{page}?{query}#{exhibit_id}" if page else f"/exhibit/{exhibit_id}.json?{query}"


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


def answer_exhibit(
    exhibit_id: str, query: str, releases: Releases, page: str | None = None
) -> Answer:
    """Render one exhibit for a query string, of a page that was loaded with a release.

    Raises:
        KeyError: If no exhibit has this id.
        NoRelease: If there is no release.
        QueryTimeout: If it took too long.
    """
    reading, release = read(query, releases, page)
    return answered(exhibit_id, reading, release)


def answered(exhibit_id: str, reading: Reading, release: Release) -> Answer:
    """One exhibit of a page that shows a release, with the release that its numbers come from."""
    source = definition(exhibit_id).answered_by(release)
    return Answer(render(exhibit_id, reading, release), reading, source, release)


def fingerprint(folder: Path, *patterns: str) -> str:
    """A short name for what some files of a folder hold now; '' where there are none."""
    digest = hashlib.sha256()
    paths = sorted(path for pattern in patterns for path in folder.glob(pattern))
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12] if paths else ""


def install(
    server: Flask,
    releases: Releases,
    geography: Path,
    troubles: Callable[[], Mapping[str, str | None]] | None = None,
) -> None:
    """Add the routes for exhibits, definitions, basemap and health.

    Args:
        server: The server.
        releases: What is shown.
        geography: Folder of the basemap.
        troubles: Where there are accounts, what is to be told of them, each None where all is well.
    """
    _install_exhibits(server, releases, geography)
    _install_release(server, releases)
    _install_definitions(server)
    _install_geography(server, releases, geography)
    _install_health(server, releases, troubles)
    for problem in (NoRelease, QueryTimeout):
        server.register_error_handler(problem, lambda error: _state(503, {"problem": str(error)}))


def _install_exhibits(server: Flask, every: Releases, geography: Path) -> None:
    code = code_mark()

    def exhibit(exhibit_id: str, ending: str) -> Response:
        kind = kind_of(ending)
        if kind is None or exhibit_id not in {entry.id for entry in definitions()}:
            abort(404)
        entry = definition(exhibit_id)
        if not kind.serves(entry):
            abort(404)
        reader().refuse_file(ending)
        query = request.query_string.decode("utf-8", "replace")
        file_request = read_file_request(entry, kind, query, reader().releases(every))
        form = kind.form(request.args.get(FORM))
        tag = file_request.tag(ending, form, code)
        if request.if_none_match.contains_weak(tag):
            return with_etag(Response(status=304), tag)
        source, name = file_request.source(geography, form)
        file = kind.write(source)
        file_request.note(file, f"{ending} {form}".strip())
        response = Response(file, content_type=kind.content_type)
        if kind.saved:
            name = "_".join(filter(None, (name, form)))
            response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
        return with_etag(response, tag)

    def exhibits() -> Response:
        return Response(openapi.as_list(definitions()), content_type=JSON)

    def description() -> Response:
        return Response(
            openapi.as_openapi(definitions(), GEOGRAPHY), content_type=openapi.CONTENT_TYPE
        )

    server.add_url_rule("/exhibit/<exhibit_id>.<ending>", "exhibit", exhibit)
    server.add_url_rule("/exhibits", "exhibits", exhibits)
    server.add_url_rule("/openapi.json", "openapi", description)


def _install_release(server: Flask, every: Releases) -> None:
    """What a release holds, and cross-tables of it."""

    def requested() -> tuple[str, Release, list[Edition]]:
        releases = reader().releases(every)
        query = request.query_string.decode("utf-8", "replace")
        _, release = read(query, releases)
        return query, release, releases.editions()

    def count(ending: str) -> Response:
        reader().refuse_file(ending)
        query, release, editions = requested()
        try:
            file = as_text(cross_table(query, release, [e.release_id for e in editions]))
        except Refused as error:
            abort(_refusal(error.asked_for, error.refused))
        if request.method != "HEAD":
            about = {"exhibit": "count", "kind": ending, "query": query, "release": release.id}
            note_export(file, **about)
        return _uncached(Response(file, content_type=JSON))

    def contents() -> Response:
        query, release, editions = requested()
        parameters = filters_at(release, [each.release_id for each in editions])
        own = [each for each in parameters if each.name in ("edition", "lang")]
        refuse("The release", refusals(query, own))
        file = as_text(contents_of(release, editions, read_language(query)))
        return _uncached(Response(file, content_type=JSON))

    server.add_url_rule("/count.json", "count", count, defaults={"ending": "json"})
    server.add_url_rule("/release.json", "contents", contents)


@dataclass(frozen=True)
class FileRequest:
    """A request for a file, every parameter of which is known.

    Attributes:
        entry: The exhibit.
        kind: The kind of file.
        reading: The view that it answers.
        release: The release that its page shows.
        releases: Where that was opened.
    """

    entry: Definition
    kind: Kind
    reading: Reading
    release: Release
    releases: Releases

    def tag(self, *parts: str) -> str:
        """A name for the answer: it changes with the view, the release and these parts."""
        ids = (self.entry.id, self.release.id, self.entry.answered_by(self.release).id)
        parts = (*ids, _view(self.reading), self.releases.fingerprint(), *parts)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]

    def source(self, geography: Path, form: str = "") -> tuple[Source, str]:
        """What the file is made from, and its name without the ending.

        Raises:
            BadRequest: If the view is answered by another value than was asked for.
        """
        answer = answered(self.entry.id, self.reading, self.release)
        options = available_options(self.entry, self.release)
        refuse(self.entry.id, unmet(own_options(self.reading, options), answer.exhibit, options))
        # A program is led back to the answer itself, wherever the page is.
        own = links.of_file(self.entry, self.reading, self.release)
        address = answer.address if self.kind.saved else own
        exhibit, filters = answer.exhibit, self.reading.filters
        source = Source(exhibit, self.entry, filters, answer.release, address, geography, form)
        if self.kind.of_maps and source.geometry is None:
            shape = exhibit.options.get("as", "")
            refuse(self.entry.id, [Refusal("as", shape, "not in this view", ("map",))])
        return source, answer.file_name

    def note(self, file: str | bytes, kind: str) -> None:
        """Put into the record that it was given, if it was: an answer to HEAD holds no file."""
        if request.method != "HEAD":
            release = self.entry.answered_by(self.release)
            about = {"exhibit": self.entry.id, "kind": kind, "query": _view(self.reading)}
            note_export(file, **about, release=release.id)


def read_file_request(entry: Definition, kind: Kind, query: str, releases: Releases) -> FileRequest:
    """What a query string asks of an exhibit as a kind of file.

    Raises:
        BadRequest: If it says anything that this file does not know.
    """
    reading, release = read(query, releases)
    refuse(entry.id, _unknown(query, (entry, kind), reading, release, releases))
    return FileRequest(entry, kind, reading, release, releases)


def _unknown(
    query: str,
    target: tuple[Definition, Kind],
    reading: Reading,
    release: Release,
    releases: Releases,
) -> tuple[Refusal, ...]:
    """What of a query string this file does not know.

    Only an answer that lists the editions looks for all of them.
    """
    entry, kind = target
    chosen = [reading.filters.edition] if reading.filters.edition else []
    parameters = parameters_at(entry, release, chosen)
    if not refusals(query, (*parameters, *kind.parameters)):
        return ()
    every = [edition.release_id for edition in releases.editions()]
    return refusals(query, (*parameters_at(entry, release, every), *kind.parameters))


def refuse(name: str, refused: Sequence[Refusal]) -> None:
    """Answer with what the query of something cannot say, where there is such."""
    if refused:
        abort(_refusal(name, refused))


def _refusal(name: str, refused: Sequence[Refusal]) -> Response:
    text = openapi.problem(name, refused)
    return Response(text, 400, content_type=openapi.PROBLEM_TYPE)


@cache
def code_mark() -> str:
    """A short name for the program as it is now."""
    return fingerprint(Path(__file__).parent, "**/*.py", "**/*.toml")


def _install_definitions(server: Flask) -> None:
    def definitions(lang: str) -> Response:
        if lang not in LANGUAGES:
            abort(404)
        response = Response(words.as_json(lang), content_type=JSON)
        if request.full_path == words.address(lang):
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response

    server.add_url_rule("/definitions/<lang>.json", "definitions", definitions)


@cache
def geography_mark(geography: Path) -> str:
    """The fingerprint in addresses of the basemap's files, "" where there are none."""
    return fingerprint(geography, "*.geojson", f"*{_OF_ARCS}")


def _install_geography(server: Flask, releases: Releases, geography: Path) -> None:
    """The basemap's files, and the outlines of camps that a release holds, named by its id."""
    mark = geography_mark(geography)
    types = {
        **{f"{name}.geojson": "application/geo+json" for name in GEOGRAPHY},
        **{f"{name}{_OF_ARCS}": "application/json" for name in ARCS},
    }

    def outlines(release_id: str) -> Response:
        opened = reader().releases(releases)
        if not opened.is_edition(release_id):
            abort(404)
        text = outlines_as_geojson(opened.open(release_id).outlines)
        response = Response(text, mimetype="application/geo+json")
        # An edition never changes, and its id stands in the name.
        lasting = f"public, max-age={_YEAR}, immutable"
        response.headers["Cache-Control"] = "private, no-store" if accounts() else lasting
        return response

    def file(name: str) -> Response:
        if name.startswith(OUTLINES) and name.endswith(".geojson"):
            return outlines(name.removeprefix(OUTLINES).removesuffix(".geojson"))
        is_old = name.endswith(_OF_ARCS) and request.args.get("v", mark) != mark
        if name not in types or is_old:  # lines of two versions do not fit each other
            abort(404)
        response = send_from_directory(geography, name, mimetype=types[name])
        if mark and request.args.get("v") == mark:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response

    server.add_url_rule("/geography/<name>", "geography", file)


class _Scans:
    """The result of the last reading of a whole release, so that asking often costs nothing."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: Release | None = None
        self._at = 0.0
        self._problem: DamagedRelease | None = None

    def look(self, release: Release) -> None:
        """Read a release to its end, or remember what came of it a moment ago.

        Raises:
            DamagedRelease: If it cannot be read to its end.
        """
        with self._lock:
            if self._of is not release or time.monotonic() - self._at >= SCAN_SECONDS:
                self._problem = None
                try:
                    release.scan()
                except DamagedRelease as problem:
                    self._problem = problem
                self._of, self._at = release, time.monotonic()
            if self._problem:
                raise self._problem


def _install_health(
    server: Flask, releases: Releases, troubles: Callable[[], Mapping[str, str | None]] | None
) -> None:
    scans = _Scans()

    def healthz() -> Response:
        return _state(200, {"alive": True})

    def readyz() -> Response:
        try:
            release = releases.current()
            scans.look(release)
        except (NoRelease, DamagedRelease) as error:
            return _state(503, {"ready": False, "problem": str(error)})
        # An older release is still shown, but the newest one is not: somebody has to look.
        ready = releases.problem is None
        value = {"ready": ready, "problem": releases.problem}
        # With accounts anybody may ask, and a new id would tell the second of a publication. A
        # broken record, or a wrong clock, keeps nobody from reading: the server stays in service.
        value |= {"release": release.id} if troubles is None else troubles()
        return _state(200 if ready else 503, value)

    server.add_url_rule("/healthz", "healthz", healthz)
    server.add_url_rule("/readyz", "readyz", readyz)


def _view(reading: Reading) -> str:
    """Canonical query string of a view."""
    return links.query(reading.filters, reading.options)


def with_etag(response: Response, tag: str) -> Response:
    """An answer that a browser keeps and asks about each time: it may have been taken back."""
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _state(status: int, value: dict[str, object]) -> Response:
    return _uncached(Response(json.dumps(value), status, mimetype="application/json"))


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
