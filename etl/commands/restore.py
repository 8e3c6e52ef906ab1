"""``restore``: make the store of an archive where there is none."""

from __future__ import annotations

import argparse

from etl.backup.restoring import read_archive, restore
from etl.commands.answer import Answer
from etl.settings import OperatorError, Settings


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Verify, and restore unless only asked to check.

    Raises:
        OperatorError: If there is no such file, it is not whole or of other secrets, or the store
            is not empty.
    """
    if not arguments.file.is_file():
        raise OperatorError(f"There is no file {arguments.file}.")
    action = read_archive if arguments.check else restore
    files, size = action(settings, arguments.file)
    document = {"file": str(arguments.file), "files": files, "bytes": size,
                "restored": not arguments.check}  # fmt: skip
    lines = [f"{arguments.file}: {files} files, {size:,} bytes, all as written."]
    if not arguments.check:
        lines += [f"The store is {settings.store}; `status` says what it holds."]
    return Answer(document, lines)
