"""``signals``: the flags that the current edition raises, as text for a mail.

It reads the edition as a notebook does, through ``dashboard.analyst``: what is printed is what the
page on hotspots shows, and nothing that a reader could not see.
"""

from __future__ import annotations

import argparse
from typing import Any, cast

from dashboard.model.country import PACK
from dashboard.model.languages import ENGLISH
from etl.commands.answer import Answer, lines_of
from etl.release.files import public_folder
from etl.settings import OperatorError, Settings

VALUES = {"languages": (ENGLISH, *PACK.languages)}

_EXHIBIT = "hotspots.signals"


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Print the flags, the latest first, or what would have been flagged.

    Raises:
        OperatorError: If nothing was published yet.
    """
    # Frames and figures take a second to load, which no other command needs.
    from dashboard.analyst import NoRelease, open_release

    folder = public_folder(settings) if arguments.public else settings.releases
    try:
        release = open_release(folder)
    except (FileNotFoundError, NoRelease) as problem:
        raise OperatorError(str(problem)) from problem
    with release:
        exhibit = release.exhibit(_EXHIBIT, lang=arguments.lang)
        flags = _flags(cast(Any, exhibit.frame()).to_dict("records"))
        document = {"title": exhibit.title, "flags": flags, "notes": list(exhibit.notes)}
        return Answer(document, lines_of("signals", **document, subtitle=exhibit.subtitle))


def _flags(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One mapping per flag, of the rows of its numbers: a row per measure."""
    columns = ("code", "area", "level", "window", "since", "verdict", "odds", "followed")
    flags: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        flag = flags.setdefault(
            (str(row["code"]), str(row["window"])), {name: str(row[name]) for name in columns}
        )
        flag[str(row["measure"])] = row["value"]
    return list(flags.values())
