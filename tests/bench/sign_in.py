"""Whether the time of a refusal tells that there is an account: ``python -m tests.bench.sign_in``.

A test counts the work (``tests/unit/dashboard/access/test_signing_in.py``); this measures the time,
in turn so that a busy machine is busy for all. Its addresses change, so that none is locked.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from dashboard.access import signing_in, users
from dashboard.access.desk import OPERATOR
from dashboard.access.roles import BY_NAME
from tests.support.accounts import Clock, desk_in, joined

#: Tries at each name; within these no name is locked, since the clock goes on.
ROUNDS = 15


def measure_sign_in(folder: Path, rounds: int = ROUNDS) -> dict[str, float]:
    """Milliseconds of a refusal, the median, by what there is of a name."""
    clock = Clock()
    desk = desk_in(folder, clock)
    joined(desk, "known")
    users.add(desk, "invited", BY_NAME["member"], OPERATOR)
    users.disable(desk, joined(desk, "disabled"), OPERATOR)
    took: dict[str, list[float]] = {name: [] for name in ("known", "invited", "disabled", "nobody")}
    for number in range(rounds):
        clock.now += 1_000
        for name, times in took.items():
            began = time.perf_counter()
            assert (
                signing_in.sign_in(desk, name, "not the password", f"192.0.2.{number}") == "wrong"
            )
            times.append((time.perf_counter() - began) * 1_000)
    return {name: statistics.median(times) for name, times in took.items()}


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure_sign_in(Path(folder))
    for name, milliseconds in found.items():
        print(f"{name}: {milliseconds:.0f} ms, {milliseconds / found['known'] - 1:+.1%}")


if __name__ == "__main__":
    main()
