"""The door to a file: a release opened on this machine, as hardened and as read-only as anywhere.

It needs every package of the product. What a file must hold stands in ``release``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard import exhibits
from dashboard.analyst.asking import Answer
from dashboard.analyst.problems import CannotBeAsked, listed
from dashboard.components import links
from dashboard.exhibits.parameters import Refused, parameters_at, refusals, unmet
from dashboard.exhibits.registry import (
    available_options,
    definition,
    own_options,
    read_view_query,
    render,
)
from dashboard.exports import geojson
from dashboard.exports.contents import contents
from dashboard.exports.cross_table import cross_table, refuse_if
from dashboard.exports.json import as_text
from dashboard.exports.map_layer import map_layer
from dashboard.exports.plotly.figures import figure_of
from dashboard.exports.source import Source
from dashboard.exports.typed import typed_exhibit
from dashboard.model.edition import Edition
from dashboard.model.release import TAKEN_BACK_SUFFIX
from dashboard.model.shipped import COUNTRY
from dashboard.release.description import DamagedRelease, NoRelease
from dashboard.release.folder import POINTER, Releases
from dashboard.release.open_release import Release

_SUFFIX = ".duckdb"


class File:
    """The door to one release of a folder."""

    def __init__(self, release: Release, editions: Callable[[], list[Edition]]) -> None:
        self._release = release
        self._editions = editions

    def contents(self, lang: str) -> Mapping[str, Any]:
        """What the release holds and may be asked."""
        return contents(self._release, self._editions(), lang)

    def exhibit(self, exhibit_id: str, query: str) -> Answer:
        """An exhibit, asked as a file's address asks it."""
        release, entry = self._release, definition(exhibit_id)
        with _as_cannot_be_asked():
            refuse_if(exhibit_id, refusals(query, parameters_at(entry, release, [release.id])))
            reading = read_view_query(query, release, lambda edition: edition == release.id)
            offered = available_options(entry, release)
            options = own_options(reading, offered)
            exhibit = render(exhibit_id, reading, release)
            refuse_if(exhibit_id, unmet(options, exhibit, offered))
        source = Source(
            exhibit,
            entry,
            reading,
            entry.answered_by(release),
            links.of_file(entry, reading, release),
            COUNTRY / "geography",
        )
        return Answer(
            typed_exhibit(source),
            lambda: json.loads(as_text(figure_of(source))),
            lambda: geojson.collection(map_layer(source)),
        )

    def count(self, query: str) -> Mapping[str, Any]:
        """A cross-table."""
        with _as_cannot_be_asked():
            return cross_table(query, self._release, [self._release.id])

    def close(self) -> None:
        """Close the file."""
        self._release.close()


def open_file(path: str | Path, published: str | Path | None, edition: str | None) -> File:
    """A release: its file, or of a folder the current one, the only one, or a chosen one.

    Raises:
        FileNotFoundError: If there is nothing at the path.
        NoRelease: If what is there is no release that can be opened; the message says what is
            wrong and what is there.
    """
    place = Path(path).expanduser().resolve()
    if not place.exists():
        raise FileNotFoundError(f"There is nothing at {place}.")
    exhibits.load()
    published_folder = Releases(Path(published).expanduser().resolve()) if published else None
    if place.is_file():
        if edition not in (None, place.stem):
            raise NoRelease(f"{place.name} is not the edition {edition}; open its folder instead.")
        return _open_one(place, published_folder)
    return _of_folder(place, published_folder, edition)


def _of_folder(folder: Path, published: Releases | None, edition: str | None) -> File:
    """The release of a folder: a chosen edition, the current one, or the only file.

    Raises:
        NoRelease: If there is none, or there are several files and none of them is current.
    """
    releases = Releases(folder, beside=published)
    if edition is not None or (folder / POINTER).is_file():
        try:
            release = releases.current() if edition is None else releases.open(edition)
        except NoRelease as error:
            raise NoRelease(f"{error} {_others(folder)}") from error
        return File(release, releases.editions)
    files = sorted(folder.glob(f"*{_SUFFIX}"))
    if len(files) == 1:
        return _open_one(files[0], published)
    raise NoRelease(f"{folder} does not say which release is the current one. {_others(folder)}")


def _open_one(file: Path, published: Releases | None) -> File:
    """A release by its file, whatever else the folder holds.

    Raises:
        NoRelease: If it is none, was taken back, or is damaged.
    """
    if file.suffix != _SUFFIX:
        raise NoRelease(f"{file.name} is no release; the name of one ends in {_SUFFIX}.")
    if file.with_name(file.name + TAKEN_BACK_SUFFIX).exists():
        raise NoRelease(f"{file.name} was taken back: no reader may open it any more.")
    releases = Releases(file.parent, beside=published)
    try:
        release = Release(
            file, editions=releases.editions, damaged=releases.damaged, beside=releases.beside
        )
        release.scan()
    except DamagedRelease as error:
        raise NoRelease(f"{file.name} cannot be opened as a release: {error}.") from error
    return File(release, releases.editions)


def _others(folder: Path) -> str:
    """A sentence about the releases that a folder holds instead."""
    names = [file.name for file in sorted(folder.glob(f"*{_SUFFIX}"))]
    if names:
        return f"There are {listed('', names)}; open one of these files."
    inside = folder / "releases"
    if inside.is_dir():
        return f"Releases of a store lie in {inside}."
    return f"No file in it ends in {_SUFFIX}."


@contextmanager
def _as_cannot_be_asked() -> Iterator[None]:
    """Turn a refusal into the error that analysts meet."""
    try:
        yield
    except Refused as error:
        raise CannotBeAsked(error.asked_for, [asdict(each) for each in error.refused]) from None
