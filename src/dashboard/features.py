"""The routes of OGC API - Features: maps for programs that follow releases, such as QGIS.

What the documents say stands in ``exports.features``; every question goes through the door, as
those of files do, and whoever may save GeoJSON may ask.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask, Response, abort, request

from dashboard import door
from dashboard.access.reader import reader
from dashboard.exhibits.parameters import Parameter, parameters_at, refusals
from dashboard.exhibits.registry import Definition
from dashboard.exports import features
from dashboard.exports.features import CONTENT_TYPE, ITEM, ITEMS, ROOT, Address
from dashboard.exports.files import Kind
from dashboard.exports.map_layer import map_layer
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release

#: What roles may save who may ask, as the gate reads it of a route.
_RIGHT = {"ending": ITEMS.ending}


def install(server: Flask, releases: Releases, geography: Path, public_host: str | None) -> None:
    """Add the routes.

    Args:
        server: The server.
        releases: What is shown.
        geography: Folder of the basemap.
        public_host: The name by which others ask over HTTPS, or None on this machine alone.
    """
    answers = _Answers(releases, geography, public_host)
    for path, name, view in (
        ("", "features", answers.landing),
        ("/conformance", "features.conformance", answers.conformance),
        ("/collections", "features.collections", answers.collections),
        ("/collections/<collection_id>", "features.collection", answers.collection),
        ("/collections/<collection_id>/items", "features.items", answers.items),
        ("/collections/<collection_id>/items/<feature_id>", "features.item", answers.item),
    ):
        server.add_url_rule(f"{ROOT}{path}", name, view, defaults=_RIGHT, strict_slashes=False)


@dataclass(frozen=True)
class _Answers:
    """The answer of each route, from what ``install`` was given."""

    releases: Releases
    geography: Path
    public_host: str | None

    def landing(self, ending: str) -> Response:
        address, _ = self._address_and_release(ending)
        return _json(features.landing(address))

    def conformance(self, ending: str) -> Response:
        self._address_and_release(ending)
        return _json(features.conformance())

    def collections(self, ending: str) -> Response:
        address, release = self._address_and_release(ending)
        return _json(features.collections(features.maps(), release, address))

    def collection(self, collection_id: str, ending: str) -> Response:
        entry = _entry(collection_id)
        address, release = self._address_and_release(ending, (entry,))
        return _json(features.collection(entry, release, address))

    def items(self, collection_id: str, ending: str) -> Response:
        return self._features(_entry(collection_id), ending, ITEMS)

    def item(self, collection_id: str, feature_id: str, ending: str) -> Response:
        return self._features(_entry(collection_id), ending, ITEM, feature_id)

    def _address_and_release(
        self, ending: str, entries: tuple[Definition, ...] = ()
    ) -> tuple[Address, Release]:
        """The address that a document's links are made of, and the release that it describes.

        Refuses roles that may not save files of this ``ending``, and parameters that none of the
        maps (of all without ``entries``) knows.
        """
        reader().refuse_file(ending)
        releases, query = reader().releases(self.releases), _query()
        reading, release = door.read(query, releases)
        editions = [edition.release_id for edition in releases.editions()]
        parameters = _parameters(entries or features.maps(), release, editions)
        door.refuse(request.path, refusals(query, parameters))
        return Address(self._host(), query, reading.filters), release

    def _features(
        self, entry: Definition, ending: str, kind: Kind, feature_id: str | None = None
    ) -> Response:
        """A page of a map's features, or one of them by its id; 304 where the client has it."""
        reader().refuse_file(ending)
        query, host = _query(), self._host()
        full_query = features.with_usual(entry, query)
        releases = reader().releases(self.releases)
        file_request = door.read_file_request(entry, kind, full_query, releases)
        page, refused = features.page_of(query)
        door.refuse(entry.id, refused)
        tag = file_request.tag(request.path, query, host, door.code_mark())
        if request.if_none_match.contains_weak(tag):
            return door.with_etag(Response(status=304), tag)
        layer = map_layer(file_request.source(self.geography)[0])
        address = Address(host, query, file_request.reading.filters)
        if feature_id is None:
            text = features.items(layer, page, address, entry, file_request.release.id)
        else:
            text = features.item(layer, feature_id, address, entry) or abort(404)
        file_request.note(text, "features")
        return door.with_etag(Response(text, content_type=kind.content_type), tag)

    def _host(self) -> str:
        """Scheme and host of links; a proxy in front speaks HTTPS, which no header is asked for."""
        if self.public_host:
            return f"https://{self.public_host}"
        return request.host_url.rstrip("/")


def _entry(collection_id: str) -> Definition:
    """The map of this id, or 404."""
    return next((e for e in features.maps() if e.id == collection_id), None) or abort(404)


def _parameters(
    entries: tuple[Definition, ...], release: Release, editions: list[str]
) -> tuple[Parameter, ...]:
    """Every parameter that some of the maps know, with the values that any of them knows."""
    merged: dict[str, Parameter] = {}
    for entry in entries:
        for parameter in parameters_at(entry, release, editions):
            known = merged.get(parameter.name, parameter)
            values = dict.fromkeys((*known.values, *parameter.values))
            merged[parameter.name] = replace(known, values=tuple(values))
    return tuple(merged.values())


def _query() -> str:
    return request.query_string.decode("utf-8", "replace")


def _json(text: str) -> Response:
    return Response(text, content_type=CONTENT_TYPE)
