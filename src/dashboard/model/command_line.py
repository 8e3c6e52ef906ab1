"""Command lines of both sides, as tables of TOML declare them: commands, arguments and their help.

The table of a command has its ``help``; under ``arguments`` the options of argparse by the name of
an argument; under ``one_of`` arguments of which one may be given; and under ``commands`` commands
of its own, of which the chosen one stands under the name ``dest``. A ``type`` is one of ``TYPES``,
and what follows from the code is put in: names in braces in a help, and ``choices`` by their name.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.model.periods import Month
from dashboard.model.record_head import RecordHead, parse_record_head

#: The table of a command.
Command = Mapping[str, Any]


def read_commands(path: Path) -> Command:
    """The tables of a file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def declare(parser: argparse.ArgumentParser, command: Command, values: Mapping[str, Any]) -> None:
    """Declare the arguments of a command, and the commands of its own.

    Args:
        parser: The parser of the command.
        command: Its table.
        values: What follows from the code, by name.
    """
    if "one_of" in command:
        _add_arguments(parser.add_mutually_exclusive_group(), command["one_of"], values)
    _add_arguments(parser, command.get("arguments", {}), values)
    if "commands" in command:
        own = parser.add_subparsers(
            dest=command["dest"], required=True, metavar=command.get("metavar")
        )
        for name, each in command["commands"].items():
            declare(own.add_parser(name, help=each["help"]), each, values)


def _add_arguments(parser: Any, arguments: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Declare arguments; what is not argparse's own word is put in."""
    for name, declared in arguments.items():
        options = dict(declared)
        if "help" in options:
            options["help"] = options["help"].format_map(values)
        if isinstance(options.get("choices"), str):
            options["choices"] = values[options["choices"]]
        if "type" in options:
            options["type"] = TYPES[options["type"]]
        if options.get("action") == "yes or no":
            options["action"] = argparse.BooleanOptionalAction
        parser.add_argument(name, **options)


def day(text: str) -> date:
    """A day, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day, YYYY-MM-DD") from None


def month(text: str) -> Month:
    """A month, YYYY-MM."""
    try:
        return Month.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a month, YYYY-MM") from None


def _record_head(text: str) -> RecordHead:
    """The head of a record as it was printed."""
    head = parse_record_head(text)
    if head is None:
        raise argparse.ArgumentTypeError('not as `atlas audit head` prints it: "N entries, head …"')
    return head


#: What the words of an argument become, with a sentence for those that cannot.
TYPES: Mapping[str, Callable[[str], Any]] = {
    "path": Path,
    "number": int,
    "day": day,
    "month": month,
    "record head": _record_head,
}
