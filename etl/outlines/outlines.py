"""Outlines of a store: what was loaded lies in ``operator/outlines.csv``, which no rebuild loses.

The file is replaced in one step. How outlines are read stands in ``outline_file``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from dashboard.model.outline import Outline
from etl.register.kept_rows import keep_rows, kept_rows
from etl.settings import Settings

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
    again = "load the outlines again with `outlines FILE`"
    held = kept_rows(outlines_file(settings), _HEADER, Outline.of_row, again=again)
    return tuple(outline for outline in held if places is None or outline.place in places)


def keep_outlines(settings: Settings, given: Sequence[Outline]) -> None:
    """Keep outlines in place of all others, or forget all; call it under the store's lock."""
    keep_rows(settings, outlines_file(settings), _HEADER, [outline.row for outline in given])
