"""``country``: say what a country's pack lacks."""

from __future__ import annotations

import argparse
from pathlib import Path

from etl.commands.answer import Answer, lines_of
from etl.country import missing_in, words_missing
from etl.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """List what is missing, 1; 0 where nothing is."""
    folder: Path = arguments.pack or settings.country
    missing = list(missing_in(folder))
    untranslated = {} if missing else words_missing(folder)
    document = {"pack": str(folder), "missing": missing, "english": untranslated}
    lines = lines_of("country", **document, name=folder.name)
    return Answer(document, lines, 1 if missing else 0)
