"""``python -m tools.sample``: write invented files of any size."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.model.command_line import month
from dashboard.model.periods import Month
from etl.manifest import FILE_NAME
from etl.settings import Settings
from tools.sample.files import write_files
from tools.sample.invention import invent
from tools.sample.world import Plan


def main(argv: Sequence[str] | None = None) -> int:
    """Write the files and say how much they hold.

    Raises:
        SystemExit: With a sentence, if the arguments make no sample or the folder no file.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.sample", description=__doc__)
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
    args = parser.parse_args(argv)
    settings = Settings.from_environment({})
    try:
        plan = Plan(args.people, args.months, args.seed, args.until, args.flows)
        invention = invent(plan, settings.country)
        entries = write_files(invention, args.out, settings.sources)
    except (ValueError, OSError) as problem:
        parser.error(str(problem))
    files = {entry.file.name for entry in entries}
    sys.stdout.write(
        f"{len(invention.people):,} people, {len(invention.incidents):,} incidents and "
        f"{len(invention.referrals):,} referrals are invented; {len(files)} files and {FILE_NAME} "
        f"are in {args.out}.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
