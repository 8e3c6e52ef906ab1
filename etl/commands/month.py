"""``month``: walk through the month's commands in their order, asking at each.

It does nothing that its commands do not: each step says which command it is, and runs it. Without
a terminal the steps are only listed.
"""

from __future__ import annotations

import argparse
import importlib
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.model.command_line import declare
from etl.commands import COMMANDS
from etl.commands.answer import Answer, says_yes, typed
from etl.commands.next_step import next_step
from etl.commands.status import read_state
from etl.settings import OperatorError, Settings
from etl.visible import visible

_STEPS = (
    ("load", "check FILE --source NAME, then load FILE --source NAME, for each file that came"),
    ("backup", "backup FILE"),
    ("duplicates", "duplicates, and what was decided with --same or --apart"),
    ("preview", "publish --as-of {day} --preview --html preview-{day}.html"),
    ("publish", "publish --as-of {day} --approve NAME"),
    ("backup", "backup FILE"),
)
#: Commands of the walk that change what the store is; the others only look or copy.
_CHANGE_STATE = ("load", "publish")
_LEFT = "Left there; `month` goes on from where the store is."


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Walk the steps, or list them where there is no terminal to ask on."""
    walk = _Walk(settings, date.today())
    if arguments.json or not sys.stdin.isatty():
        steps = [f"{name}: {words.format(day=walk.today)}" for name, words in _STEPS]
        sentence = walk.next
        return Answer({"next": sentence, "steps": steps}, [sentence, *steps])
    _print(walk.next)
    for step in (_load, _duplicates, _preview, _publish, _backup):
        if not step(walk):
            return Answer({}, [_LEFT])
    return Answer({}, [walk.next])


@dataclass
class _Walk:
    """What the steps share: the day, and the state, which takes long to read.

    It is read anew only after a command that may have changed it.
    """

    settings: Settings
    today: date
    _state: dict[str, Any] | None = None

    @property
    def state(self) -> dict[str, Any]:
        """What ``status --json`` tells."""
        if self._state is None:
            self._state = read_state(self.settings)
        return self._state

    @property
    def next(self) -> str:
        """The sentence of what to do next."""
        return next_step(self.state, self.today)

    def run(self, name: str, options: Sequence[str]) -> int:
        """Run a command with its options as they would be typed; its exit code, 1 if refused."""
        if name in _CHANGE_STATE:
            self._state = None
        _print(f"$ {name} {shlex.join(options)}")
        module = importlib.import_module(f"etl.commands.{name}")
        parser = argparse.ArgumentParser(prog=name)
        parser.add_argument("--json", action="store_true")
        declare(parser, COMMANDS[name], getattr(module, "VALUES", {}))
        try:
            arguments = parser.parse_args(options)
        except SystemExit:
            return 1  # the parser said why
        try:
            answer: Answer = module.run(arguments, self.settings)
        except OperatorError as refused:
            _print(str(refused))
            return 1
        answer.print(as_json=arguments.json)
        return answer.code


def _load(walk: _Walk) -> bool:
    """Load files as long as there are any, and back them up; whether the walk goes on."""
    loaded = False
    for entry in walk.state["missing"]:
        _print(f"Awaited: {entry['sentence']}.")
    while file := _unquoted(typed("A file to load (nothing: no more): ")):
        source = typed("Its source (nothing: another file): ")
        options = [f"--source={source}", "--", file]
        if source and walk.run("check", options) in (0, 2) and _confirms(f"Load {file}?"):
            loaded = walk.run("load", options) == 0 or loaded
    return not loaded or _backup(walk)


def _duplicates(walk: _Walk) -> bool:
    """List likely duplicates, if there are any; whether the walk goes on."""
    if not walk.state["proposed_duplicates"]:
        return True
    walk.run("duplicates", [])
    return _confirms("Go on without deciding more of them?")


def _preview(walk: _Walk) -> bool:
    """Preview the edition; whether the walk goes on: not if refused, or while partners sign."""
    if not _confirms(f"Preview the edition as of {walk.today}?"):
        return False
    without = _without_options(walk.state["missing"])
    if without is None:
        return False
    page = f"preview-{walk.today}.html"
    options = ["--as-of", str(walk.today), "--preview", "--html", page, *without]
    if walk.run("publish", options) != 0:
        return False
    ends = walk.state["round_ends"]
    if ends:
        _print(f"Partners sign until {ends}: publish with their answers (`signoff state`).")
        return False
    return True


def _without_options(missing: Sequence[dict[str, object]]) -> list[str] | None:
    """Options of ``publish`` to do without missing partners; None where the operator will not."""
    names = list(dict.fromkeys(str(entry["partner"]) for entry in missing))
    for name in names:
        if not _confirms(f"{name} has sent nothing. Go on without it?"):
            return None
    return [word for name in names for word in ("--without", name)]


def _publish(walk: _Walk) -> bool:
    """Publish the edition if somebody cleared it; whether the walk goes on."""
    name = typed("Who cleared the preview, as readers will see it (nothing: not yet): ")
    if not name:
        return False
    without = _without_options(walk.state["missing"])
    if without is None:
        return False
    return walk.run("publish", ["--as-of", str(walk.today), "--approve", name, *without]) == 0


def _backup(walk: _Walk) -> bool:
    """Back up the store if a path is typed; whether the walk goes on."""
    path = _unquoted(typed("Where to write the backup (nothing: none now): "))
    return not path or walk.run("backup", ["--", path]) == 0


def _confirms(question: str) -> bool:
    """Whether the operator types yes to a question."""
    return says_yes(visible(f"{question} Type yes: "))


def _unquoted(path: str) -> str:
    """A path without the quotes that a file manager copies it with."""
    quoted = len(path) > 1 and path[0] == path[-1] and path[0] in "'\""
    return path[1:-1] if quoted else path


def _print(line: str) -> None:
    """Write a line at once, before a command or a question follows."""
    sys.stdout.write(f"{visible(line, lines=True)}\n")
    sys.stdout.flush()
