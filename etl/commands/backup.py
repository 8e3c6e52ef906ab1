"""``backup``: write the store into one file, without its secrets."""

from __future__ import annotations

import argparse

from etl.backup.archive import write_archive
from etl.commands.answer import Answer, lines_of
from etl.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Write the archive; 1 when a file of the releases is not as it was written."""
    archive = write_archive(settings, arguments.file, arguments.secrets)
    document = {
        "file": str(archive.path),
        "files": archive.files,
        "bytes": archive.size,
        "secrets": [str(path) for path in archive.secrets],
        "not_as_written": list(archive.faults),
    }
    return Answer(document, lines_of("backup", **vars(archive)), 1 if archive.faults else 0)
