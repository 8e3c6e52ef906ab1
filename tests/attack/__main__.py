"""Run every attack over several seeds and write the report; ends with 1 where a bound is broken.

With ten seeds it takes about half an hour on two free cores. ``--seeds N`` takes the first N.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tests.attack.measures.accuracy import accuracy, accuracy_at_ten, all_time, worth_of_the_carry
from tests.attack.measures.attacks import attacks, attacks_at_ten, control, same_again
from tests.attack.measures.bounds import Figures
from tests.attack.measures.door import door
from tests.attack.measures.timing import timing
from tests.attack.report import lines, written

REPORT = Path(__file__).parents[2] / "docs" / "protection-report.md"
PROCESSES = 2
#: Measures of every seed, the longest first so that no process waits at the end.
OF_A_SEED: tuple[Callable[[int], Figures], ...] = (
    attacks,
    accuracy,
    attacks_at_ten,
    accuracy_at_ten,
    control,
    all_time,
    worth_of_the_carry,
    same_again,
)
#: Measures taken once.
ONCE: tuple[Callable[[int], Figures], ...] = (door,)


def main() -> int:
    """Take all measures, write the report, and say what is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="how many seeds (default 10)")
    parser.add_argument("--report", type=Path, default=REPORT, help="file to write")
    asked = parser.parse_args()
    started = time.monotonic()
    found: dict[str, list[float]] = defaultdict(list)
    for figures in _measured(asked.seeds):
        for name, value in figures.items():
            found[name].append(value)
    measured = lines(found)
    text = written(measured, seeds=asked.seeds, seconds=time.monotonic() - started)
    asked.report.write_text(text, encoding="utf-8")
    broken = [line for line in measured if not line.holds]
    for line in broken:
        print(f"BROKEN {line.name}: {line.judged:.3f}, {line.bound.sense} {line.bound.limit}")
    print(f"{len(measured) - len(broken)} of {len(measured)} bounds hold; see {asked.report.name}")
    return 1 if broken else 0


def _measured(seeds: int) -> Iterator[Figures]:
    """Figures of all measures as they are ready; time is taken last, when nothing else runs."""
    todo = [(measure, 1) for measure in ONCE]
    todo += [(measure, seed) for measure in OF_A_SEED for seed in range(1, seeds + 1)]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        running: dict[Future[Figures], str] = {
            pool.submit(measure, seed): f"{measure.__name__} of seed {seed}"
            for measure, seed in todo
        }
        for number, done in enumerate(as_completed(running), start=1):
            print(f"{number} of {len(todo)}: {running[done]}", flush=True)
            yield done.result()
    yield timing(1)


if __name__ == "__main__":
    sys.exit(main())
