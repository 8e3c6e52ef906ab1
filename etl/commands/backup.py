"""``backup``: write the store into one file, without its secrets."""

from __future__ import annotations

import argparse
from pathlib import Path

from etl.backup.archive import Written, write_archive
from etl.commands.answer import Answer
from etl.settings import Settings

HELP = "write the store (all but the secrets) into one file, from which `restore` makes it again"


def configure(parser: argparse.ArgumentParser) -> None:
    """The file, and where copies of the secrets go."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file outside the store")
    parser.add_argument(
        "--secrets",
        type=Path,
        metavar="DIR",
        help="copy the secrets as well, into a folder apart from FILE",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Write the archive; 1 when a file of the releases is not as it was written."""
    made = write_archive(settings, arguments.file, arguments.secrets)
    document = {
        "file": str(made.path),
        "files": made.files,
        "bytes": made.size,
        "secrets": [str(path) for path in made.secrets],
        "not_as_written": list(made.faults),
    }
    return Answer(document, _lines(made), 1 if made.faults else 0)


def _lines(made: Written) -> list[str]:
    return [
        f"{made.path}: {made.files} files, {made.size:,} bytes.",
        "It holds what partners sent: keep it where only the operator can read it.",
        *(f"A copy of a secret: {path}" for path in made.secrets),
        *(f"As it is in the archive: {sentence}" for sentence in made.faults),
        "Test it with `restore FILE --check`. After an erasure delete the archives from before it.",
    ]
