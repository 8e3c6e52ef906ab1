"""``make waits``: make registers, see whether intervals hold what is true, write the report.

Half of the registers follow a law at random; in the others half of all referrals have their service
just at the end of a band of days. ``--kept FILE`` keeps figures by seed, so that a run that was
stopped goes on. All take about ten minutes of a free core; one process.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from dashboard import exhibits
from tests.bench.waits.measures import Found, Share, measured
from tests.bench.waits.report import written
from tests.support.served import ROOT

REPORT = ROOT / "docs" / "waits-report.md"
#: Registers, and the seed of the first; those before it are for trying things out.
REGISTERS, FIRST = 200, 2000


def main(words: Sequence[str] | None = None) -> None:
    """Make what is not kept, and write the report."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.waits", description=__doc__)
    parser.add_argument("--registers", type=int, default=REGISTERS, help="how many")
    parser.add_argument("--first", type=int, default=FIRST, help="seed of the first")
    parser.add_argument("--kept", type=Path, help="file of figures that are not taken again")
    parser.add_argument("--report", type=Path, default=REPORT, help="file to write")
    asked = parser.parse_args(words)
    exhibits.load()
    kept: dict[str, dict[str, list[int]]] = {}
    if asked.kept is not None and asked.kept.exists():
        kept = json.loads(asked.kept.read_text(encoding="utf-8"))
    seeds = range(asked.first, asked.first + asked.registers)
    for seed in seeds:
        if str(seed) in kept:
            continue
        found = measured(seed, at_an_end=_at_an_end(seed))
        kept[str(seed)] = {name: [own.number, own.of, own.wide] for name, own in found.items()}
        print(f"{seed - asked.first + 1} of {asked.registers}", flush=True)
        if asked.kept is not None:
            asked.kept.write_text(json.dumps(kept), encoding="utf-8")
    parts = {part: _sum(kept, seeds, part) for part in (False, True)}
    asked.report.write_text(written(parts, seeds), encoding="utf-8")


def _at_an_end(seed: int) -> bool:
    """Whether half have their service at the end of a band in the register of a seed."""
    return seed % 2 == 1


def _sum(kept: dict[str, dict[str, list[int]]], seeds: range, part: bool) -> Found:  # noqa: FBT001
    found = Found(Share)
    for seed in seeds:
        if _at_an_end(seed) == part:
            for name, (number, of, wide) in kept[str(seed)].items():
                own = found[name]
                found[name] = Share(own.number + number, own.of + of, own.wide + wide)
    return found


if __name__ == "__main__":
    main()
