"""``make judge``: make registers, judge them, and write docs/judge-report.md.

What was found of a register is kept in a folder and never made twice by the same sources, so a run
that was stopped goes on, and a report can be written of what there is. ``--minutes`` ends the
making earlier. A round takes about forty seconds of a free core. One process, so that it can run
beside other work.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import time
from functools import cache
from pathlib import Path

from tests.bench.judge.measures import Found, measured
from tests.bench.judge.plan import FIRST, KINDS, ROUNDS, Kind, Made, plan
from tests.bench.judge.registers import register
from tests.bench.judge.report import All, rows, written
from tests.support.served import ROOT

_DECIDING = ("src/dashboard/analysis", "etl/protect", "etl/release/contents", "tests/bench/judge")
REPORT = ROOT / "docs" / "judge-report.md"


def main() -> None:
    """Make what is not kept, write the report and say what is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.judge", description=__doc__)
    parser.add_argument("--kept", type=Path, default=_folder(), help="folder of what was found")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of the plan")
    parser.add_argument("--minutes", type=float, help="after which no more registers are made")
    parser.add_argument("--report", type=Path, default=REPORT, help="file to write")
    asked = parser.parse_args()
    asked.kept.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    for made in plan(asked.rounds):
        if asked.minutes is not None and time.monotonic() - started > 60 * asked.minutes:
            break
        file = _file(made, asked.kept)
        if not file.exists():
            found = measured(register(made.kind, made.seed, echoed=made.echoed))
            building = file.with_suffix(".building")
            building.write_text(json.dumps(found.kept()), encoding="utf-8")
            building.replace(file)
            print(f"{made.seed - FIRST + 1} of {asked.rounds}: {made.kind.name}", flush=True)
    found = read(asked.kept, asked.rounds)
    asked.report.write_text(written(found), encoding="utf-8")
    for row in rows(found):
        if row.verdict not in ("holds", "told"):
            print(f"{row.verdict} {row.section}: {row.name}: {row.seen:.3f} of {row.of}")


def read(folder: Path, rounds: int) -> All:
    """What was kept of each kind, and of how many registers."""
    found: dict[Kind, tuple[int, Found]] = {kind: (0, Found()) for kind in KINDS}
    for made in plan(rounds):
        file = _file(made, folder)
        if file.exists():
            number, own = found[made.kind]
            own.add(Found.read(json.loads(file.read_text(encoding="utf-8"))))
            found[made.kind] = number + 1, own
    return found


def _folder() -> Path:
    return Path(tempfile.gettempdir()) / "situation-atlas-judge"


def _file(made: Made, folder: Path) -> Path:
    return (
        folder / f"{made.kind.name}-{made.seed}{'-echoed' if made.echoed else ''}-{_sources()}.json"
    )


@cache
def _sources() -> str:
    """What stands for the sources that decide what is found."""
    files = [path for folder in _DECIDING for path in sorted((ROOT / folder).glob("*.py"))]
    files = [path for path in files if path.name not in ("report.py", "__main__.py")]
    read_ = b"".join(path.read_bytes() for path in files if not path.name.startswith("test_"))
    return hashlib.sha256(read_).hexdigest()[:12]


if __name__ == "__main__":
    main()
