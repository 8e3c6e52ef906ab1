"""Run every attack over several seeds and write the report; ends with 1 where a bound is broken.

With ten seeds it takes hours. ``--seeds N`` takes the first N.
``--kept FILE`` keeps the figures of each measure and seed as they are taken, and does not take
again what the file holds already, so a run that was stopped goes on. Figures of other code, of the
protection or of the attacks, are left aside and taken again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.attack.measures.accuracy import accuracy, accuracy_at_ten, worth_of_the_carry
from tests.attack.measures.all_outputs import all_outputs, all_outputs_control
from tests.attack.measures.attacks import attacks, attacks_at_ten, control, same_again
from tests.attack.measures.boats import boats
from tests.attack.measures.bounds import Figures
from tests.attack.measures.door import door
from tests.attack.measures.echo_control import echo_control
from tests.attack.measures.echoes import echoes, pooled
from tests.attack.measures.editions import editions
from tests.attack.measures.every_fact import every_fact, held_control
from tests.attack.measures.filtered_pairs import filtered_pairs
from tests.attack.measures.hypotheses import hypotheses
from tests.attack.measures.joint_facts import joint_control, joint_of_few
from tests.attack.measures.known_lists import known_lists
from tests.attack.measures.mixed_boats import mixed_boats
from tests.attack.measures.one_record import one_record, one_record_control
from tests.attack.measures.partner_bands import partner_bands
from tests.attack.measures.partners import partners, partners_control
from tests.attack.measures.previews import previews, previews_control
from tests.attack.measures.shadows import shadows, shadows_control
from tests.attack.measures.timing import timing
from tests.attack.report import lines, written

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "docs" / "protection-report.md"
PROCESSES = 2
Measure = Callable[[int], Figures]
#: Measures of every seed, short ones last so that no process waits at the end.
OF_A_SEED: tuple[Measure, ...] = (
    accuracy, attacks, attacks_at_ten, accuracy_at_ten, control, worth_of_the_carry, same_again,
)  # fmt: skip
#: The same for measures that were tried on the first seeds: of seeds after all of those.
OF_A_LATER_SEED: tuple[Measure, ...] = (
    echoes, joint_of_few, shadows, one_record, known_lists, all_outputs, every_fact, filtered_pairs,
    previews, editions, boats, mixed_boats, partners, partner_bands, hypotheses, previews_control,
    joint_control, held_control, one_record_control, all_outputs_control, partners_control,
    shadows_control,
)  # fmt: skip
_LATER = 10
#: Measures taken once.
ONCE: tuple[Measure, ...] = (door, echo_control)
#: Measures that count, to what makes figures of the counts of all seeds together.
POOLED: Mapping[Measure, Callable[[Sequence[Figures]], Figures]] = {echoes: pooled}


#: What is attacked, and how: figures hold for this code alone.
CODE = (
    "etl/events", "etl/protect", "etl/release/contents", "etl/release/preview",
    "src/dashboard/analysis", "src/dashboard/exhibits", "src/dashboard/filters.py",
    "src/dashboard/model", "src/dashboard/queries.py", "tests/attack/attackers",
    "tests/attack/events.py", "tests/attack/invented", "tests/attack/measures",
)  # fmt: skip


@dataclass
class Kept:
    """Figures that were taken.

    Attributes:
        code: Digest of the code that they hold for.
        minutes: What they took.
        figures: Measure and seed, as in ``accuracy 3``, to its figures, or to what it counted.
    """

    code: str
    minutes: float = 0.0
    figures: dict[str, Figures] = field(default_factory=dict)


def digest(root: Path) -> str:
    """Digest of the names and lines of ``CODE``."""
    found = hashlib.sha256()
    for name in CODE:
        place = root / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            found.update(f"{path.relative_to(root).as_posix()}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def read_kept(path: Path | None, code: str) -> Kept:
    """What a file holds of this code; nothing where there is none."""
    if path is None or not path.exists():
        return Kept(code)
    held = Kept(**json.loads(path.read_text(encoding="utf-8")))
    if held.code == code:
        return held
    print(f"{path.name} has figures of other code; all are taken again", flush=True)
    return Kept(code)


def keep(kept: Kept, path: Path) -> None:
    """Write figures in one step: a run that is stopped while it writes loses none."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(kept), indent=1) + "\n", encoding="utf-8")
    new.replace(path)


def main() -> int:
    """Take all measures, write the report, and say what is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="how many seeds (default 10)")
    parser.add_argument("--report", type=Path, default=REPORT, help="file to write")
    parser.add_argument("--kept", type=Path, help="file of figures that are not taken again")
    asked = parser.parse_args()
    kept = read_kept(asked.kept, digest(ROOT))
    before, started = kept.minutes, time.monotonic()
    todo = todo_of(asked.seeds)
    for name, figures in _measured([entry for entry in todo if _name(*entry) not in kept.figures]):
        kept.figures[name] = figures
        kept.minutes = before + (time.monotonic() - started) / 60
        print(f"{len(kept.figures)} of {len(todo)}: {name}", flush=True)
        if asked.kept is not None:
            keep(kept, asked.kept)
    found = found_in(kept, todo)
    measured = lines(found)
    text = written(measured, found, seeds=asked.seeds, minutes=kept.minutes)
    asked.report.write_text(text, encoding="utf-8")
    broken = [line for line in measured if not line.holds]
    for line in broken:
        print(f"BROKEN {line.name}: {line.judged:.3f}, {line.bound.sense} {line.bound.limit}")
    bounds = sum(line.bound.kind == "bound" for line in measured)
    print(f"{bounds - len(broken)} of {bounds} bounds hold; see {asked.report.name}")
    return 1 if broken else 0


def found_in(kept: Kept, todo: Sequence[tuple[Measure, int]]) -> dict[str, list[float]]:
    """Figures by their name, one a seed; of a measure that counts, one of all seeds together."""
    found: dict[str, list[float]] = defaultdict(list)
    counted: dict[Measure, list[Figures]] = defaultdict(list)
    for measure, seed in todo:
        figures = kept.figures[_name(measure, seed)]
        if measure in POOLED:
            counted[measure].append(figures)
            continue
        for name, value in figures.items():
            found[name].append(value)
    for measure, parts in counted.items():
        for name, value in POOLED[measure](parts).items():
            found[name].append(value)
    return found


def todo_of(seeds: int) -> list[tuple[Measure, int]]:
    """Every measure and its seed; time is taken last, when nothing else of the suite runs."""
    of_seeds = [(measure, seed) for measure in OF_A_SEED for seed in range(1, seeds + 1)]
    later = [
        (measure, _LATER + seed) for measure in OF_A_LATER_SEED for seed in range(1, seeds + 1)
    ]
    return [*((measure, 1) for measure in ONCE), *of_seeds, *later, (timing, 1)]


def _name(measure: Measure, seed: int) -> str:
    return f"{measure.__name__} {seed}"


def _measured(todo: Sequence[tuple[Measure, int]]) -> Iterator[tuple[str, Figures]]:
    """Figures of measures as they are ready, each with its name."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        running: dict[Future[Figures], str] = {
            pool.submit(measure, seed): _name(measure, seed)
            for measure, seed in todo
            if measure is not timing
        }
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # nobody would keep what they find
            raise
    yield from ((_name(timing, seed), timing(seed)) for measure, seed in todo if measure is timing)


if __name__ == "__main__":
    sys.exit(main())
