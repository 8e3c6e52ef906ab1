"""A desk of an operator: commands at a time that stands still, and all that they tell."""

from __future__ import annotations

import pkgutil
import re
import secrets
import shlex
import sys
from collections.abc import Generator
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl

import etl
from etl.__main__ import main
from etl.commands.answer import Answer
from etl.register.access import CONFIG
from etl.release.contents import geography
from etl.settings import Settings
from tests.support.echoes import at_most
from tests.support.served import ROOT
from tests.unit.etl.stores import Terminal

#: What differs from machine to machine.
_MEASURED = re.compile(r'[\d,]+ bytes|[\d.]+ seconds|"(?:bytes|seconds)": [\d.]+')
#: What comes before the one line of a parser differs from Python to Python.
_USAGE = re.compile(r"usage: .*?(?=^[^\n]*: error: )", re.DOTALL | re.MULTILINE)
_TEXTS = (".html", ".toml", ".csv", ".json", ".xlsx")


@dataclass
class Desk:
    """An operator before a store.

    Attributes:
        settings: Settings of the store.
        folder: Where the files of the operator lie, and those that commands write.
        seen: The files in it and their times, when the last command had ended.
    """

    settings: Settings
    folder: Path
    seen: set[tuple[Path, int]] = field(default_factory=set[tuple[Path, int]])

    def told(self, words: str, *typed: str, screen: bool = False) -> str:
        """All that a command prints and writes; what is typed may be typed on a terminal."""
        stream = Terminal if screen else StringIO
        out, err = stream(), StringIO()
        answers = stream("".join(f"{line}\n" for line in typed))
        self._written()
        with (
            chdir(self.folder), redirect_stdout(out), redirect_stderr(err),
            patch.object(sys, "stdin", answers),
        ):  # fmt: skip
            try:
                code = main(shlex.split(words), self.settings)
            except SystemExit as left:
                code = left.code
        files = "\n".join(f"{path.name}: {_text_of(path)}" for path in self._written())
        said = f"{code}\n{out.getvalue()}\n{err.getvalue()}\n{files}"
        for place in (self.folder.parent, ROOT):
            said = said.replace(str(place), "")
        return _USAGE.sub("", _MEASURED.sub("", said))

    def _written(self) -> list[Path]:
        """The files that are new, or were written anew."""
        there = {(path, path.stat().st_mtime_ns) for path in self.folder.rglob("*.*")}
        new, self.seen = there - self.seen, there
        return sorted(path for path, _ in new if path.suffix in _TEXTS)


def _text_of(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8", errors="replace")
    book: Any = openpyxl.load_workbook(path)
    sheets = ((sheet.title, [*sheet.iter_rows(values_only=True)]) for sheet in book)
    return repr([*sheets])


# --- the time -----------------------------------------------------------------------------------


class _Kind(type):
    """The kind of a class that only tells the time: every day is one of it."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, datetime if issubclass(cls, datetime) else date)


@dataclass
class Time:
    """Time as an operator has it.

    Attributes:
        now: The moment, UTC.
    """

    now: datetime


@contextmanager
def standing(now: datetime) -> Generator[Time]:
    """Have the operator's side go by a time that stands until it is set, and draw by a count.

    Releases that are published meanwhile have no echoes, and every document is printed in words
    and as JSON.
    """
    time, drawn, printed = Time(now), count(1), Answer.print

    class Day(date, metaclass=_Kind):
        def __new__(cls, *words: Any, **named: Any) -> Any:
            return date(*words, **named)

        @classmethod
        def today(cls) -> Any:
            return time.now.date()

    class Moment(datetime, metaclass=_Kind):
        def __new__(cls, *words: Any, **named: Any) -> Any:
            return datetime(*words, **named)  # noqa: DTZ001 -- as it is asked for

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return time.now.replace(tzinfo=tz)

    def both(answer: Answer, *, as_json: bool) -> None:
        for form in (as_json, True):
            printed(answer, as_json=form)

    with ExitStack() as stack:
        for module in _modules():
            for name, real, still in (("date", date, Day), ("datetime", datetime, Moment)):
                if vars(module).get(name) is real:
                    stack.enter_context(patch.object(module, name, still))
        stack.enter_context(
            patch.object(secrets, "token_hex", lambda n: f"{next(drawn):0{2 * n}x}")
        )
        stack.enter_context(patch.object(Answer, "print", both))
        stack.enter_context(at_most(0))
        # Sums of many threads differ in their last digit, and with them the order of equals.
        stack.enter_context(patch.dict(CONFIG, threads=1))
        once = cache(geography.geography_of)
        stack.enter_context(patch.object(geography, "geography_of", once))
        yield time


def _modules() -> list[Any]:
    named = pkgutil.walk_packages(etl.__path__, "etl.")
    return [import_module(each.name) for each in named if not each.name.endswith("__main__")]
