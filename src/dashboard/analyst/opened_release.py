"""The opened release: where an analyst begins. Which exhibits there are, and one of them asked.

It opens what the web process opens, as hardened and as read-only. What a file must hold stands in
``release``; what an answer gives in ``asked_exhibit``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl

import pandas as pd

from dashboard import exhibits
from dashboard.analyst.asked_exhibit import AskedExhibit
from dashboard.analyst.asking import check, listed, read
from dashboard.analyst.counting import Step, count
from dashboard.components import links
from dashboard.exhibits.parameters import parameters_at, unmet
from dashboard.exhibits.registry import (
    Definition,
    definition,
    definitions,
    offered_options,
    own_options,
    render,
)
from dashboard.exports.source import Source
from dashboard.model.facts import fact
from dashboard.model.filters import NAMES
from dashboard.model.languages import ENGLISH
from dashboard.model.release import TAKEN_BACK_SUFFIX
from dashboard.model.shipped import DATA
from dashboard.release.description import DamagedRelease
from dashboard.release.folder import POINTER, NoRelease, Releases
from dashboard.release.open_release import Release
from dashboard.words.catalogue import say

_SUFFIX = ".duckdb"


def open_release(path: str | Path, published: str | Path | None = None) -> OpenedRelease:
    """Open a release for reading.

    Args:
        path: The file of one release, or a folder of releases: then the current one, or the only
            one where the folder names none.
        published: Folder of published releases, whose current one answers what published sources
            alone fill, such as ``routes.sea``. Such a release can be opened by itself as well.

    Raises:
        FileNotFoundError: If there is nothing at the path.
        NoRelease: If what is there is no release that can be opened; the message says what is
            wrong and what is there.
    """
    place = Path(path).expanduser().resolve()
    if not place.exists():
        raise FileNotFoundError(f"There is nothing at {place}.")
    exhibits.load()
    beside = Releases(Path(published).expanduser().resolve()) if published else None
    if place.is_file():
        return OpenedRelease(_opened(place, beside))
    return OpenedRelease(_of_folder(place, beside))


def _of_folder(folder: Path, beside: Releases | None) -> Release:
    releases = Releases(folder, beside=beside)
    if (folder / POINTER).is_file():
        try:
            return releases.current()
        except NoRelease as error:
            raise NoRelease(f"{error} {_there(folder)}") from error
    files = sorted(folder.glob(f"*{_SUFFIX}"))
    if len(files) == 1:
        return _opened(files[0], beside)
    raise NoRelease(f"{folder} does not say which release is the current one. {_there(folder)}")


def _opened(file: Path, beside: Releases | None) -> Release:
    if file.suffix != _SUFFIX:
        raise NoRelease(f"{file.name} is no release; the name of one ends in {_SUFFIX}.")
    if file.with_name(file.name + TAKEN_BACK_SUFFIX).exists():
        raise NoRelease(f"{file.name} was taken back: no reader may open it any more.")
    releases = Releases(file.parent, beside=beside)
    try:
        release = Release(
            file, editions=releases.editions, damaged=releases.damaged, beside=releases.beside
        )
        release.scan()
    except DamagedRelease as error:
        raise NoRelease(f"{file.name} cannot be opened as a release: {error}.") from error
    return release


def _there(folder: Path) -> str:
    """What a folder holds instead of a current release."""
    names = [file.name for file in sorted(folder.glob(f"*{_SUFFIX}"))]
    if names:
        return f"There are {listed('', names)}; open one of these files."
    inside = folder / "releases"
    if inside.is_dir():
        return f"Releases of a store lie in {inside}."
    return f"No file in it ends in {_SUFFIX}."


class OpenedRelease:
    """An open release. Close it, or use it in a ``with`` block; answers stay after that."""

    def __init__(self, release: Release) -> None:
        self._release = release

    @property
    def name(self) -> str:
        """Its id, as files and pages name it."""
        return self._release.id

    @property
    def title(self) -> str:
        """What it is called."""
        return self._release.edition.title

    @property
    def kind(self) -> str:
        """Whether its numbers are ``invented``, ``published`` or ``real``."""
        return self._release.edition.kind

    @property
    def audience(self) -> str:
        """Whom it was made for: ``member`` or ``public``."""
        return self._release.edition.audience

    @property
    def months(self) -> pd.PeriodIndex:
        """Every month that it holds."""
        span = self._release.span
        return pd.period_range(str(span.start), str(span.end), freq="M")

    def exhibits(self, lang: str = ENGLISH) -> pd.DataFrame:
        """Every exhibit that may be asked, by id.

        Columns: ``shows`` (what it is, in a language), ``counts`` (ids of what it counts), ``map``
        (``areas``, ``flows`` or ''), ``filters`` that its numbers can follow, and ``options`` of
        its own, each with its values, the usual one first.
        """
        rows = [self._row(entry, lang) for entry in definitions()]
        ids = pd.Index([entry.id for entry in definitions()], name="exhibit")
        return pd.DataFrame(rows, index=ids)

    def parameters(self, exhibit_id: str) -> pd.DataFrame:
        """Every parameter that an exhibit knows, by name.

        Columns: ``about``, ``values`` (all that are allowed; empty for a period), and ``many``
        (whether several may be asked at once).

        Raises:
            ValueError: If there is no such exhibit.
        """
        known = parameters_at(_entry(exhibit_id), self._release, [self.name])
        names = pd.Index([parameter.name for parameter in known], name="parameter")
        rows = [(parameter.about, parameter.values, parameter.many) for parameter in known]  # noqa: PD011 -- no frame
        return pd.DataFrame(rows, index=names, columns=pd.Index(["about", "values", "many"]))

    def exhibit(self, exhibit_id: str, **parameters: object) -> AskedExhibit:
        """One exhibit, asked as a file's address asks it.

        Args:
            exhibit_id: An id of ``exhibits()``.
            **parameters: What ``parameters()`` lists, as text; several codes as a list. ``class``
                is written ``class_``, since it is a word of Python.

        Raises:
            ValueError: If there is no such exhibit, or it does not know a parameter or value, or
                answers another one in this view; the message says what is allowed.
        """
        entry = _entry(exhibit_id)
        reading = read(entry, self._release, parameters)
        offered = offered_options(entry, self._release)
        options = own_options(reading, offered)
        edition = None if entry.published else self.name
        pinned = links.query(replace(reading.filters, edition=edition), options)
        exhibit = render(exhibit_id, reading, self._release)
        check(exhibit_id, unmet(options, exhibit, offered))
        source = Source(
            exhibit,
            entry,
            reading.filters,
            entry.answered_by(self._release),
            f"/exhibit/{exhibit_id}.json?{pinned}",
            DATA / "geography",
        )
        return AskedExhibit(source, dict(parse_qsl(links.query(reading.filters, options))))

    def count(
        self,
        of: str,
        by: Sequence[str] = (),
        steps: Step | None = None,
        **filters: object,
    ) -> pd.DataFrame:
        """A cross-table that no exhibit shows: see ``counting.count``.

        Args:
            of: What is counted: ``people``, ``incidents``, ``requests``, ``endings``, ``journeys``,
                ``legs``, ``reclassifications``.
            by: Columns of the units, such as ``["recruiter_relation", "corridor"]``.
            steps: ``month``, ``quarter`` or ``year``; left out, the period is one.
            **filters: Filters and the period, as ``exhibit`` takes them.

        Raises:
            ValueError: If anything of it cannot be asked; the message says what can.
        """
        return count(self._release, of, by, steps, filters)

    def close(self) -> None:
        """Close the file; further questions fail."""
        self._release.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        span = self._release.span
        return f"<release {self.name}, {self.kind}, {span.start} to {span.end}>"

    def _row(self, entry: Definition, lang: str) -> dict[str, object]:
        served = {name for fact_id in entry.facts for name in fact(fact_id).filters}
        options = offered_options(entry, self._release)
        return {
            "shows": say(f"{entry.id}.kicker", lang),
            "counts": ", ".join(entry.facts),
            "map": entry.geometry or "",
            "filters": ", ".join(name for name in NAMES if name in served),
            "options": "; ".join(f"{o.name}: {', '.join(o.values)}" for o in options),
        }


def _entry(exhibit_id: str) -> Definition:
    try:
        return definition(exhibit_id)
    except KeyError:
        ids = [entry.id for entry in definitions()]
        raise ValueError(f"no exhibit {exhibit_id!r}; there are {', '.join(ids)}") from None
