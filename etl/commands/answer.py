"""How commands answer: one JSON document or lines of text, and a bar while they work."""

from __future__ import annotations

import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dashboard.model.normalise import normalise
from dashboard.model.protection import is_protected
from etl.plural import plural
from etl.visible import as_json as as_json_text
from etl.visible import visible


class Answer(NamedTuple):
    """What a command answers: a JSON document, the same in lines, and the exit code."""

    document: Mapping[str, Any]
    lines: Sequence[str]
    code: int = 0

    def print(self, *, as_json: bool) -> None:
        """Print the document as JSON, or the lines."""
        if as_json:
            sys.stdout.write(as_json_text(self.document, indent=1) + "\n")
        else:
            sys.stdout.write("".join(f"{visible(line, lines=True)}\n" for line in self.lines))


def lines_of(template: str, /, **values: Any) -> list[str]:
    """The lines of an answer: a template of that name, filled with the values."""
    text = _writer().get_template(f"{template}.txt").render(values)
    return text.split("\n")[:-1]


@cache
def _writer() -> Environment:
    """The writer of plain text: ``Answer`` escapes what is written of others, line by line."""
    writer = Environment(  # noqa: S701 # nosec B701 -- no HTML
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    writer.globals.update(plural=plural, is_protected=is_protected)  # pyright: ignore[reportUnknownMemberType]
    return writer


def typed(question: str) -> str:
    """What the operator types in answer to a question on the terminal."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def says_yes(question: str) -> bool:
    """Whether the operator types yes."""
    return normalise(typed(question)).casefold() == "yes"


class Bar:
    """A bar of steps; called with the name of each step as it begins."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=total)
        self._begun = False

    def __call__(self, name: str) -> None:
        """Say which step begins."""
        description = escape(visible(name))
        self._progress.update(self._task, description=description, advance=1 if self._begun else 0)
        self._begun = True

    @contextmanager
    def aside(self) -> Generator[None]:
        """Leave the terminal to a question."""
        self._progress.stop()
        yield
        self._progress.start()


@contextmanager
def steps(total: int) -> Generator[Bar]:
    """A bar of so many steps on the error stream, shown only on a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        yield Bar(progress, total)
