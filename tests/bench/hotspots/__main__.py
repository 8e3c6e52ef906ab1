"""``make hotspots``: make registers, judge them, and write docs/hotspots-report.md.

Registers are kept in a folder and never made twice, so a run that was stopped goes on, and a report
can be written of what there is. All rounds take about a quarter of an hour on a free core;
``--minutes`` ends the making earlier. One process, so that it can run beside other work.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.hotspots.measures import measured
from tests.bench.hotspots.plan import DOUBLED_YEAR, FIRST, FIVEFOLD, NULL, ROUNDS, THREEFOLD, plan
from tests.bench.hotspots.registers import Kind, Register, is_kept, register
from tests.bench.hotspots.report import in_words, rows, written
from tests.support.served import ROOT

REPORT = ROOT / "docs" / "hotspots-report.md"
_KINDS = (*NULL.values(), *FIVEFOLD.values(), THREEFOLD, DOUBLED_YEAR)


def main() -> None:
    """Make what is not kept, measure all, write the report and say what is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.hotspots", description=__doc__)
    parser.add_argument("--kept", type=Path, default=_folder(), help="folder of the registers")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of the plan")
    parser.add_argument("--minutes", type=float, help="after which no more registers are made")
    parser.add_argument("--report", type=Path, default=REPORT, help="file to write")
    asked = parser.parse_args()
    asked.kept.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    for made in plan(asked.rounds):
        if asked.minutes is not None and time.monotonic() - started > 60 * asked.minutes:
            break
        register(made.kind, made.seed, asked.kept, echoed=made.echoed)
        print(f"{made.seed - FIRST + 1} of {asked.rounds}: {made.kind.name}", flush=True)
    files = _files(asked.kept, asked.rounds)
    found = measured(lambda kind: _registers(kind, files, asked.kept))
    numbers = {in_words(kind): sum(one == kind for one, _, _ in files) for kind in _KINDS}
    echoed = sum(has for _, _, has in files)
    asked.report.write_text(written(found, numbers, echoed), encoding="utf-8")
    for row in rows(found):
        if row.verdict not in ("holds", "told"):
            print(f"{row.verdict} {row.section}: {row.name}: {row.seen:.3f} of {row.of}")


def _folder() -> Path:
    return Path(tempfile.gettempdir()) / "situation-atlas-hotspots"


def _files(folder: Path, rounds: int) -> list[tuple[Kind, int, bool]]:
    """Kind, seed and whether it has echoes of every register that is kept."""
    return [
        (kind, seed, echoed)
        for kind in _KINDS
        for seed in range(FIRST, FIRST + rounds)
        for echoed in (is_kept(kind, seed, folder, echoed=True),)
        if echoed or is_kept(kind, seed, folder)
    ]


def _registers(kind: Kind, files: list[tuple[Kind, int, bool]], folder: Path) -> Iterator[Register]:
    for one, seed, echoed in files:
        if one == kind:
            yield register(kind, seed, folder, echoed=echoed)


if __name__ == "__main__":
    main()
