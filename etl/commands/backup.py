"""``backup``: write the store into one file, without its secrets."""

from __future__ import annotations

import argparse

from etl.backup.archive import Archive, write_archive
from etl.commands.answer import Answer
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
    return Answer(document, _lines(archive), 1 if archive.faults else 0)


def _lines(archive: Archive) -> list[str]:
    """What was written, in words, with what to do about it."""
    return [
        f"{archive.path}: {archive.files} files, {archive.size:,} bytes.",
        "It holds what partners sent: keep it where only the operator can read it.",
        *(f"A copy of a secret: {path}" for path in archive.secrets),
        *(f"As it is in the archive: {sentence}" for sentence in archive.faults),
        "Test it with `restore FILE --check`. After an erasure delete the archives from before it.",
    ]
