"""Outlines of a store: what was loaded lies in ``operator/outlines.csv``, which no rebuild loses.

The file is replaced in one step. How outlines are read stands in ``outline_file``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from pathlib import Path

from dashboard.model.outline import Outline
from etl.register import seal
from etl.settings import OperatorError, Settings

FILE_NAME = "outlines.csv"
_HEADER = ("place", "geometry")


def outlines_file(settings: Settings) -> Path:
    """Where the outlines of a store are kept."""
    return settings.operator / FILE_NAME


def loaded_outlines(
    settings: Settings, places: Collection[str] | None = None
) -> tuple[Outline, ...]:
    """What was loaded, by place.

    Args:
        settings: Paths of the store.
        places: Places that are wanted; all of them where None.

    Raises:
        OperatorError: If the file is damaged.
    """
    path = outlines_file(settings)
    if not path.exists():
        return ()
    try:
        header, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        if tuple(header) != _HEADER:
            raise ValueError("another header")
        held = [Outline(place, geometry) for place, geometry in rows]
    except (ValueError, csv.Error) as problem:
        raise OperatorError(
            f"{path.name} in {path.parent} is damaged; restore it from your backup, or load the "
            "outlines again with `outlines FILE`."
        ) from problem
    return tuple(outline for outline in held if places is None or outline.place in places)


def keep_outlines(settings: Settings, given: Sequence[Outline]) -> None:
    """Keep outlines in place of all others, or forget all; call it under the store's lock."""
    path = outlines_file(settings)
    if not given:
        seal.drop(settings, path)
        return
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER)
        writer.writerows(outline.row for outline in given)
    seal.keep(settings, new, path)
