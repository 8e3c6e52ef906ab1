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
    MONTH,
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
from dashboard.model.languages import ENGLISH, LANGUAGES
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
        page_release: The release that its page shows: an address names it as the edition.
    """

    exhibit: Exhibit
    reading: Reading
    release: Release
    page_release: Release

    @property
    def file_name(self) -> str:
        """Name of the exhibit's files without the ending."""
        entry, filters = definition(self.exhibit.id), self.reading.filters
        options = own_options(self.reading, available_options(entry, self.release))
        period = entry.period(filters, self.release, options)
        asked = {name: value for name, value in options.items() if name != MONTH}
        bare = replace(filters, period=None, edition=None, lang=ENGLISH)
        query = links.query(bare, asked)
        return file_name(entry.id, query, period, self.release.id, filters.lang)

    @property
    def address(self) -> str:
        """Address, without the host, at which a page shows the numbers; else that of their JSON."""
        filters = replace(self.reading.filters, edition=self.page_release.id)
        query = links.query(filters, self.reading.options)
        page, exhibit_id = path_of(self.exhibit.id), self.exhibit.id
        return f"{page}?{query}#{exhibit_id}" if page else f"/exhibit/{exhibit_id}.json?{query}"


def read(query: str, releases: Releases, page: str | None = None) -> tuple[Reading, Release]:
    """Read a query string against the edition that it names, the page's or the current one.

    Args:
        query: The query string.
        releases: Where editions are opened.
        page: Id of the release that the page was loaded with, so that a publication in between
            does not mix two releases on one page.

    Returns:
        What the query string says, and the release that it was read against.

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
    """Render one exhibit for a view that was read against the release of its page.

    Its numbers may come from another release, as those of published sources do.
    """
    source = definition(exhibit_id).answered_by(release)
    return Answer(render(exhibit_id, reading, release), reading, source, release)


def fingerprint(folder: Path, *patterns: str) -> str:
    """Twelve hex digits of what files of a folder hold now; '' where none matches the patterns."""
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
        troubles: Where there are accounts, gives what ``/readyz`` says of them: by name a
            sentence, None where all is well.
    """
    _install_exhibits(server, releases, geography)
    _install_release(server, releases)
    _install_definitions(server)
    _install_geography(server, releases, geography)
    _install_health(server, releases, troubles)
    for problem in (NoRelease, QueryTimeout):
        server.register_error_handler(problem, lambda error: _status(503, {"problem": str(error)}))


def _install_exhibits(server: Flask, releases: Releases, geography: Path) -> None:
    """The files of exhibits, the list of all exhibits, and their description as OpenAPI."""
    code = code_mark()

    def exhibit(exhibit_id: str, ending: str) -> Response:
        """An exhibit as a file of the kind that an ending names; 304 where the client has it."""
        kind = kind_of(ending)
        entry = next((entry for entry in definitions() if entry.id == exhibit_id), None)
        if kind is None or entry is None or not kind.serves(entry):
            text = openapi.no_file(exhibit_id, ending, entry)
            abort(Response(text, 404, content_type=openapi.PROBLEM_TYPE))
        reader().refuse_file(ending)
        query = request.query_string.decode("utf-8", "replace")
        file_request = read_file_request(entry, kind, query, reader().releases(releases))
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
        text = openapi.as_openapi(definitions(), GEOGRAPHY)
        return Response(text, content_type=openapi.CONTENT_TYPE)

    server.add_url_rule("/exhibit/<exhibit_id>.<ending>", "exhibit", exhibit)
    server.add_url_rule("/exhibits", "exhibits", exhibits)
    server.add_url_rule("/openapi.json", "openapi", description)


def _install_release(server: Flask, releases: Releases) -> None:
    """What a release holds, and cross-tables of it."""

    def requested() -> tuple[str, Release, list[Edition]]:
        """The query string, the release it asks, and the editions that the reader may open."""
        opened = reader().releases(releases)
        query = request.query_string.decode("utf-8", "replace")
        _, release = read(query, opened)
        return query, release, opened.editions()

    def count(ending: str) -> Response:
        """A cross-table as JSON."""
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
        """What the release holds, as JSON."""
        query, release, editions = requested()
        parameters = filters_at(release, [edition.release_id for edition in editions])
        known = [entry for entry in parameters if entry.name in ("edition", "lang")]
        refuse("The release", refusals(query, known))
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
        releases: Where that release was opened.
    """

    entry: Definition
    kind: Kind
    reading: Reading
    release: Release
    releases: Releases

    def tag(self, *parts: str) -> str:
        """The ETag of the file: it changes with the view, the releases and these parts."""
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
        file_address = links.of_file(self.entry, self.reading, self.release)
        address = answer.address if self.kind.saved else file_address
        exhibit, reading = answer.exhibit, self.reading
        source = Source(exhibit, self.entry, reading, answer.release, address, geography, form)
        if self.kind.of_maps and source.geometry is None:
            shape = exhibit.options.get("as", "")
            refuse(self.entry.id, [Refusal("as", shape, "not in this view", ("map",))])
        return source, answer.file_name

    def note(self, file: str | bytes, kind: str) -> None:
        """Put into the record that the file was given, as what kind; HEAD is given none."""
        if request.method != "HEAD":
            release = self.entry.answered_by(self.release)
            about = {"exhibit": self.entry.id, "kind": kind, "query": _view(self.reading)}
            note_export(file, **about, release=release.id)


def read_file_request(entry: Definition, kind: Kind, query: str, releases: Releases) -> FileRequest:
    """Read a query string that asks for an exhibit as a kind of file.

    Raises:
        BadRequest: If it has a parameter or value that this file does not know.
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
    """The parameters and values of a query string that a kind of file does not know.

    A refusal lists every edition; where nothing is refused, the folder is not searched for them.
    """
    entry, kind = target
    chosen = [reading.filters.edition] if reading.filters.edition else []
    parameters = parameters_at(entry, release, chosen)
    if not refusals(query, (*parameters, *kind.parameters)):
        return ()
    every = [edition.release_id for edition in releases.editions()]
    return refusals(query, (*parameters_at(entry, release, every), *kind.parameters))


def refuse(name: str, refused: Sequence[Refusal]) -> None:
    """End the request with status 400 if anything is refused; ``name`` is what was asked."""
    if refused:
        abort(_refusal(name, refused))


def _refusal(name: str, refused: Sequence[Refusal]) -> Response:
    """An answer with status 400 and problem details (RFC 9457)."""
    text = openapi.problem(name, refused)
    return Response(text, 400, content_type=openapi.PROBLEM_TYPE)


@cache
def code_mark() -> str:
    """The fingerprint of the program's own code and words."""
    return fingerprint(Path(__file__).parent, "**/*.py", "**/*.toml")


def _install_definitions(server: Flask) -> None:
    """The definitions of terms in a language; kept for a year under the address of this version."""

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
    mimetypes = {
        **{f"{name}.geojson": "application/geo+json" for name in GEOGRAPHY},
        **{f"{name}{_OF_ARCS}": "application/json" for name in ARCS},
    }

    def outlines(release_id: str) -> Response:
        """The outlines of camps of an edition that the reader may open."""
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
        """A file of the basemap, or outlines, by name; for long under its present fingerprint."""
        if name.startswith(OUTLINES) and name.endswith(".geojson"):
            return outlines(name.removeprefix(OUTLINES).removesuffix(".geojson"))
        is_old = name.endswith(_OF_ARCS) and request.args.get("v", mark) != mark
        if name not in mimetypes or is_old:  # lines of two versions do not fit each other
            abort(404)
        response = send_from_directory(geography, name, mimetype=mimetypes[name])
        if mark and request.args.get("v") == mark:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response

    server.add_url_rule("/geography/<name>", "geography", file)


class _Scans:
    """The result of the last reading of a whole release, so that asking often costs nothing."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._release: Release | None = None
        self._scanned_at = 0.0
        self._problem: DamagedRelease | None = None

    def check(self, release: Release) -> None:
        """Read a release to its end, or repeat the result of less than SCAN_SECONDS ago.

        Raises:
            DamagedRelease: If it cannot be read to its end.
        """
        with self._lock:
            if self._release is not release or time.monotonic() - self._scanned_at >= SCAN_SECONDS:
                self._problem = None
                try:
                    release.scan()
                except DamagedRelease as problem:
                    self._problem = problem
                self._release, self._scanned_at = release, time.monotonic()
            if self._problem:
                raise self._problem


def _install_health(
    server: Flask, releases: Releases, troubles: Callable[[], Mapping[str, str | None]] | None
) -> None:
    """Whether the process lives, and whether it shows the newest release, whole and readable."""
    scans = _Scans()

    def healthz() -> Response:
        return _status(200, {"alive": True})

    def readyz() -> Response:
        """200 where the newest release is shown and can be read, else 503 and why not."""
        try:
            release = releases.current()
            scans.check(release)
        except (NoRelease, DamagedRelease) as error:
            return _status(503, {"ready": False, "problem": str(error)})
        # An older release is still shown, but the newest one is not: somebody has to look.
        ready = releases.problem is None
        value = {"ready": ready, "problem": releases.problem}
        # With accounts anybody may ask, and a new id would tell the second of a publication. A
        # broken record, or a wrong clock, keeps nobody from reading: the server stays in service.
        value |= {"release": release.id} if troubles is None else troubles()
        return _status(200 if ready else 503, value)

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


def _status(status: int, value: dict[str, object]) -> Response:
    """A JSON answer with a status, which no browser or proxy keeps."""
    return _uncached(Response(json.dumps(value), status, mimetype="application/json"))


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
