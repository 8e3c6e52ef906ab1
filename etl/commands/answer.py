"""How commands answer: one JSON document or lines of text, and a bar while they work."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


def answer(document: dict[str, Any], lines: list[str], *, as_json: bool) -> None:
    """Print the document as JSON, or the lines."""
    if as_json:
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in lines))


@contextmanager
def steps(total: int) -> Generator[Callable[[str], None]]:
    """A bar of so many steps on the error stream, shown only on a terminal.

    Yields:
        A function that says which step begins.
    """
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("", total=total)
        begun = False

        def begin(name: str) -> None:
            nonlocal begun
            progress.update(task, description=name, advance=1 if begun else 0)
            begun = True

        yield begin
