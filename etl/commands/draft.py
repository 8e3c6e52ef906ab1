"""``draft``: what a file that nobody declared seems to mean, as a declaration to look at."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from typing import get_args

from etl.commands.answer import Answer, says_yes, steps, typed
from etl.declaration import read_source
from etl.declaration.reader import drafts_folder, writable_sources
from etl.declaration.source import DataKind, RowIs
from etl.draft.form import is_form, table_of
from etl.draft.layout import draft
from etl.draft.questions import MOST, Question
from etl.draft.summary import open_lines, screen_lines, summary_lines, uses
from etl.draft.table import open_table
from etl.draft.vocabulary import load_vocabulary
from etl.draft.work import Drafted, SourceDetails
from etl.draft.written import fit_to_file
from etl.findings import Finding
from etl.harmonise.areas import Areas
from etl.own_file import make_own
from etl.places.gazetteer import Gazetteer
from etl.register.access import open_register
from etl.register.store import exists
from etl.settings import OperatorError, Settings
from etl.visible import visible

VALUES = {"kinds": get_args(DataKind), "rows": get_args(RowIs)}

#: How sources and partners are named.
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: What may be said of a source, by the name of its option.
ASKED = ("partner", "title", "kind", "row", "sheet", "form")
#: Makes a draft with the answers that were given so far.
Make = Callable[[dict[str, str]], Drafted]


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Draft, ask and write; 0 when the file could load as it is drafted, else 1."""
    if arguments.accept is not None:
        return _accept(arguments.accept, settings)
    if arguments.file is None:
        raise OperatorError("`draft` needs a file, or --accept NAME.")
    name = arguments.source or name_of(arguments.file)
    if not CODE.fullmatch(name):
        raise OperatorError(f"{name} is no name: use small letters, digits and hyphens.")
    if (settings.sources / f"{name}.toml").exists():
        raise OperatorError(f"{name} is declared already; choose another name with --source.")
    path = drafts_folder(writable_sources(settings)) / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    ask = None if arguments.json or not sys.stdin.isatty() else _ask_operator
    with TemporaryDirectory(dir=path.parent) as folder:
        new = Path(folder) / path.name
        drafted, refused = drafted_file(arguments, settings, name, new, ask, before=path)
        _put_in_place(new, path, may_ask=ask is not None)
    lines = [*summary_lines(drafted, refused), *open_lines(drafted), f"The draft is {path}."]
    if not drafted.lacking:
        file = quote(str(arguments.file))
        lines.append(
            f"Look with `check {file} --source {name}`, then take it into use with "
            f"`draft --accept {name}`."
        )
    document = {
        "source": name,
        "draft": str(path),
        "columns": uses(drafted),
        "dropped": drafted.dropped,
        "notes": drafted.notes,
        "open": [question.text for question in drafted.questions],
        "lacking": drafted.lacking,
        "refused": [finding.as_json for finding in refused],
    }
    if sys.stdout.isatty() and (on_screen := screen_lines(drafted)):
        lines += ["On this screen only, values of which nothing is known:", *on_screen]
    return Answer(document, lines, 1 if refused or drafted.lacking else 0)


def drafted_file(
    arguments: argparse.Namespace,
    settings: Settings,
    name: str,
    path: Path,
    ask: Callable[[Make], Drafted] | None,
    before: Path | None = None,
) -> tuple[Drafted, list[Finding]]:
    """The draft of a file, written to a path, and what harmonising refuses of the file with it.

    What was answered in a draft before it is taken over.
    """
    today, file = date.today(), arguments.file
    with steps(3) as bar:
        bar("Opening the gazetteer")
        areas = Areas(Gazetteer.load(settings.country), today)
        bar("Reading the file")
        if not file.is_file():
            raise OperatorError(f"There is no file {file}.")
        form = is_form(file)
        table = table_of(file) if form else open_table(file, arguments.sheet)
        bar("Looking at its columns")
        vocabulary = load_vocabulary(settings, form=file if form else arguments.form, before=before)
        details = SourceDetails(
            name=name,
            title=arguments.title or name,
            partner=arguments.partner or name,
            kind=arguments.kind or kind_of(settings),
            row=arguments.row,
        )

        def make(answers: dict[str, str]) -> Drafted:
            return draft(table, vocabulary, areas.gazetteer, details, today, answers)

        if ask is None:
            drafted = make({})
        else:
            with bar.aside():
                drafted = ask(make)
    if table.other_sheets:
        drafted.notes.append(f"Not read: sheets {', '.join(map(visible, table.other_sheets))}.")
    make_own(path, "draft")
    return drafted, fit_to_file(drafted, path, None if form else file, areas, today)


def _put_in_place(new: Path, path: Path, *, may_ask: bool) -> None:
    """Put a draft where it belongs; what was changed in one that is there is lost only by a yes."""
    if path.is_file() and _lines_without_open(path) != _lines_without_open(new):
        differs = f"{path} is there already and says otherwise, as by hand or by an answer."
        if not may_ask:
            raise OperatorError(
                f"{differs} Move it away to draft anew, choose another name with --source, or go "
                "on with it; nothing was written."
            )
        if not says_yes(visible(f"{differs} Type yes to write over it: ")):
            raise OperatorError(f"{path} was left as it is.")
    new.replace(path)


def _lines_without_open(path: Path) -> list[str]:
    """The lines of a draft but those of open questions, which an answer takes away."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("# Open: ")]


def _ask_operator(make: Make) -> Drafted:
    """Ask what is open on the operator's screen, what matters most first."""
    answers: dict[str, str] = {}
    passed: set[str] = set()
    drafted = make(answers)
    for _ in range(MOST):
        question = next((q for q in drafted.questions if q.id not in passed), None)
        if question is None:
            break
        passed.add(question.id)
        answer = typed("\n".join(map(visible, _question_lines(question))) + "\n> ")
        while answer and not question.is_answer(answer):
            answer = typed("Type the numbers alone, or nothing to leave it open.\n> ")
        if answer:
            answers[question.id] = answer
            drafted = make(answers)
    return drafted


def _question_lines(question: Question) -> list[str]:
    """A question with its choices, or the values to sort, and how it is answered."""
    lines = ["", f"{question.text} {question.example}".strip()]
    lines += [f"  {number} {label}" for number, label in enumerate(question.choices, 1)]
    if not question.values:
        return [*lines, f"A number; nothing leaves it at {question.usual + 1}."]
    lines.append("  0 not known")
    lines += [f"    {value}" for value in question.values]
    numbers = " ".join(map(str, question.likely))
    return [*lines, f"One number for each value, in this order, such as {numbers}."]


def _accept(name: str, settings: Settings) -> Answer:
    """Move a draft to the declarations in use."""
    path = drafts_folder(settings) / f"{name}.toml"
    if not CODE.fullmatch(name) or not path.is_file():
        names = sorted(p.stem for p in drafts_folder(settings).glob("*.toml"))
        raise OperatorError(f"No draft is called {name}; there are: {', '.join(names) or 'none'}.")
    read_source(path)
    target = settings.sources / path.name
    if target.exists():
        raise OperatorError(f"{name} is declared already; move its declaration away first.")
    path.rename(target)
    return Answer(
        {"source": name, "declaration": str(target)},
        [f"{name} is declared now: {target}. Load with `load FILE --source {name}`."],
    )


def name_of(file: Path) -> str:
    """The name that a source has by its file."""
    parts = re.findall(r"[a-z0-9]+", file.stem.casefold())
    return "-".join(parts) or "draft"


def kind_of(settings: Settings) -> str:
    """The kind of data that the store holds, real where it holds none."""
    if not exists(settings):
        return "real"
    with open_register(settings) as connection:
        kinds = connection.execute("SELECT DISTINCT kind FROM load").fetchall()
    return str(kinds[0][0]) if len(kinds) == 1 else "real"
