"""Command line of the operator: ``python -m etl COMMAND``, or ``atlas-etl COMMAND``."""

from __future__ import annotations

import argparse
import importlib
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb

from dashboard.model import entry
from dashboard.model.command_line import declare
from etl.commands import COMMANDS
from etl.commands.answer import Answer
from etl.commands.damage import damage
from etl.register.clock import set_back
from etl.register.durable import is_no_room
from etl.settings import OperatorError, Settings
from etl.visible import as_json as as_json_text
from etl.visible import visible

_DISK_FULL = "The disk is full; nothing is half done. Make room and give the same command again."


def main(argv: Sequence[str] | None = None, settings: Settings | None = None) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments, module = _parse(words)
    except entry.CountryError as problem:
        return _failed(entry.sentence(problem).rstrip(), as_json="--json" in words)
    paths = settings or Settings.from_environment()
    if warning := set_back(paths):
        sys.stderr.write(f"{warning}\n")
    try:
        answer: Answer = module.run(arguments, paths)
        answer.print(as_json=arguments.json)
        return answer.code
    except Exception as problem:
        sentence = _sentence_of(problem, paths)
        if sentence is None:
            raise
        return _failed(sentence, arguments.json)
    except KeyboardInterrupt:
        return _failed("Stopped.", arguments.json)


def _sentence_of(problem: Exception, settings: Settings) -> str | None:
    """The sentence for an error, or None for one that only a programmer can mend."""
    if isinstance(problem, OperatorError):
        return str(problem)
    if is_no_room(problem):
        return _DISK_FULL
    if isinstance(problem, duckdb.Error):
        return damage(settings)
    if isinstance(problem, OSError):
        where = f": {visible(str(problem.filename))}" if problem.filename else ""
        return f"{problem.strerror or 'A file cannot be used'}{where}"
    return None


def _failed(sentence: str, as_json: bool) -> int:
    """Write why the command failed, as JSON or as a line of stderr, and return exit code 1."""
    if as_json:
        sys.stdout.write(as_json_text({"error": visible(sentence, lines=True)}) + "\n")
    else:
        sys.stderr.write(f"{visible(sentence, lines=True)}\n")
    return 1


def _speak_utf8() -> None:
    """Write in UTF-8: Windows code pages lack letters of names, and some names are no text."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _parse(words: list[str]) -> tuple[argparse.Namespace, ModuleType]:
    """Arguments of the command line, and the module of its command, the only one imported."""
    command_name = next((word for word in words if not word.startswith("-")), None)
    parser = _Parser(prog=_program_name(), description="Situation Atlas, the operator's side.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    chosen: ModuleType | None = None
    for name, declared in COMMANDS.items():
        if command_name in (None, name):
            chosen = importlib.import_module(f"etl.commands.{name}")
            values: Mapping[str, Any] = getattr(chosen, "VALUES", {})
            about = declared["help"].format_map(values)
            command = commands.add_parser(name, help=about, description=about)
            command.add_argument("--json", action="store_true", help="answer as one JSON document")
            declare(command, declared, values)
        else:
            commands.add_parser(name)
    arguments = parser.parse_args(words)
    if chosen is None:
        parser.error(f"no command is called {command_name}")
    return arguments, chosen


def _program_name() -> str:
    """The command as it was given: the installed script, or the package."""
    script = Path(sys.argv[0]).stem
    return script if script == "atlas-etl" else "python -m etl"


class _Parser(argparse.ArgumentParser):
    """A parser that leaves with 1 when it is used wrongly."""

    def exit(self, status: int = 0, message: str | None = None) -> None:  # pyright: ignore
        """Leave with 0 or 1."""
        super().exit(1 if status else 0, visible(message, lines=True) if message else message)


if __name__ == "__main__":
    sys.exit(main())
