"""``sample``: write invented files of any size, shaped as partners send them."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from dashboard.model.periods import Month
from etl.commands.answer import answer
from etl.commands.arguments import month
from etl.sample.files import write_files
from etl.sample.invention import invent
from etl.sample.manifest import FILE_NAME
from etl.sample.tables import FILES as TABLES
from etl.sample.world import Plan
from etl.settings import OperatorError, Settings

NAME = "sample"
HELP = "write invented files of any size, shaped as partners send them"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--people", type=int, required=True, help="people in all files together")
    parser.add_argument("--months", type=int, required=True, help="months of history")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same files")
    parser.add_argument(
        "--flows",
        type=int,
        default=0,
        help="pairs of districts that journeys inside the country are shared out over evenly",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    parser.add_argument("--until", type=month, default=Month(2026, 9), help="last month, YYYY-MM")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the files.

    Raises:
        OperatorError: If the arguments make no sample.
    """
    try:
        plan = Plan(
            arguments.people, arguments.months, arguments.seed, arguments.until, arguments.flows
        )
    except ValueError as problem:
        raise OperatorError(f"{problem}.") from problem
    console = Console(stderr=True)
    quiet = arguments.json or not console.is_terminal
    with Progress(console=console, transient=True, disable=quiet) as progress:
        bar = progress.add_task("Inventing", total=plan.people)
        invention = invent(plan, settings.data)
        entries = write_files(
            invention,
            arguments.out,
            settings.sources,
            lambda people, name: progress.update(bar, advance=people, description=name),
        )
    files = [*dict.fromkeys(entry.file.name for entry in entries), *TABLES]
    counts = {
        "people": len(invention.people),
        "incidents": len(invention.incidents),
        "referrals": len(invention.referrals),
    }
    counted = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    answer(
        {**counts, "folder": str(arguments.out), "files": files},
        [f"Invented {counted}.", f"Wrote {len(files)} files and {FILE_NAME} to {arguments.out}."],
        as_json=arguments.json,
    )
    return 0
