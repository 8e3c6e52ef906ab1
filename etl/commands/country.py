"""``country``: say what a country's pack lacks."""

from __future__ import annotations

import argparse
from pathlib import Path

from etl.commands.answer import Answer
from etl.country import missing_in, words_missing
from etl.settings import Settings

HELP = "check a country's pack: levels, codes, places and boundaries"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("action", choices=("check",))
    parser.add_argument("pack", type=Path, nargs="?", help="its folder; without it, the one in use")


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """List what is missing, 1; 0 where nothing is."""
    folder: Path = arguments.pack or settings.country
    missing = list(missing_in(folder))
    untranslated = {} if missing else words_missing(folder)
    lines = missing or [
        f"{folder.name} lacks nothing.",
        *(
            f"Phrases of {lang} that are English still: {number}."
            for lang, number in untranslated.items()
        ),
    ]
    document = {"pack": str(folder), "missing": missing, "english": untranslated}
    return Answer(document, lines, 1 if missing else 0)
