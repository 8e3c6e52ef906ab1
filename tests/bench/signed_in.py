"""A group that has signed in and reads at once, and what its server keeps in memory meanwhile."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from tests.bench.readers import ReadersFigures, measure_readers
from tests.support.accounts import entered, secret_in
from tests.support.served import resident, serving

#: Seconds that the group reads; memory is compared from the end of the first half on.
READING = 120.0


@dataclass(frozen=True)
class SignedFigures:
    """What a group that has signed in waited for.

    Attributes:
        reading: Its waits and errors.
        half: Megabytes of the server after half of the time.
        end: Megabytes at the end.
    """

    reading: ReadersFigures
    half: float
    end: float


def measure_signed_in(folder: Path, readers: int) -> SignedFigures:
    """Let so many people with accounts look at a group's views for two minutes."""
    state = folder / "signed"
    state.mkdir()
    secret = secret_in(state)
    with serving(folder, state, ATLAS_SECRET_FILE=str(secret)) as (port, process):
        half: list[int] = []
        clock = threading.Timer(READING / 2, lambda: half.append(resident(process)))
        clock.start()
        reading = measure_readers(
            f"http://127.0.0.1:{port}",
            folder / "store" / "releases",
            readers=readers,
            in_common=True,
            seconds=READING,
            signed=[
                entered(state, f"reader{number}@agency.example", "member")[0]
                for number in range(readers)
            ],
        )
        clock.join()
        return SignedFigures(reading, half[0] / 2**20, resident(process) / 2**20)
