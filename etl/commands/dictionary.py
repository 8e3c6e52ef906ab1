"""``dictionary``: write docs/data-dictionary.md, or say whether it is up to date."""

from __future__ import annotations

import argparse
from pathlib import Path

from etl.commands.answer import Answer
from etl.dictionary import dictionary
from etl.settings import Settings, checkout

_FILE = Path("docs", "data-dictionary.md")


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Write the dictionary, 0; with ``--check`` 1 when the file says something else.

    Raises:
        OperatorError: If no file is named and there is no repository.
    """
    path: Path = arguments.out or checkout() / _FILE
    text = dictionary()
    current = path.is_file() and path.read_text(encoding="utf-8") == text
    if not arguments.check and not current:
        path.write_text(text, encoding="utf-8", newline="\n")
    outcome = _outcome(current=current, only_checked=arguments.check)
    return Answer(
        {"file": str(path), "current": current, "written": not arguments.check and not current},
        [f"{path.name} {outcome}."],
        0 if current or not arguments.check else 1,
    )


def _outcome(*, current: bool, only_checked: bool) -> str:
    """What became of the file: it was current, is not, or was written."""
    if current:
        return "is up to date"
    return "is not up to date; run `python -m etl dictionary`" if only_checked else "was written"
