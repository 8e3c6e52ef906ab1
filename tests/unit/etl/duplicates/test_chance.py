"""What chance alone proposes: rows of three partners that have nothing to do with one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from dashboard.model import codes
from dashboard.model.tables import table
from etl.duplicates.candidates import Candidate, all_candidates, find_candidates
from etl.duplicates.groups import group_pairs
from tests.unit.etl.events.register import in_memory, incident, leg, person, place

PARTNERS, ROWS_OF_EACH = "abc", 360
PLACES = ("CXB-108", "CXB-201", "CXB-202")
ABROAD = ("MY", "TH", "IN", "SA", "AE")
CLASSES = ("trafficking_suspected", "trafficking_confirmed", "smuggling", "undetermined")
AREAS = [(place, "district", "BD2022", None, None) for place in PLACES]
#: Probability from which the manual shows groups accepted at once.
ACCEPTED = 85


def drawn(seed: int) -> dict[str, list[dict[str, object]]]:
    """A year of rows of one person each, every value of them drawn by itself."""
    random = np.random.default_rng(seed)

    def one(values: Sequence[str]) -> str:
        return str(random.choice(values))

    made: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("incident", "incident_place", "person", "movement")
    }
    for number in range(len(PARTNERS) * ROWS_OF_EACH):
        key, month = f"i{number}", date(2025, int(random.integers(1, 13)), 1)
        of = {"partner": PARTNERS[number % len(PARTNERS)], "report_month": month}
        made["incident"].append(incident(key, **of, incident_month=month))
        made["incident_place"].append(place(key, "recruitment", one(PLACES)))
        sex, age = ("female", "male"), codes.AGE_BAND.values
        made["person"].append(person(key, key, one(CLASSES), sex=one(sex), age_band=one(age)))
        mode, end = one(codes.MODE.values), one(ABROAD)
        made["movement"].append(leg(key, 1, month=month, mode=mode, to_place=end))
    return made


def found(rows: dict[str, list[dict[str, object]]]) -> tuple[Candidate, ...]:
    """Open pairs among rows of a register."""
    with in_memory() as connection:
        for name, entries in rows.items():
            names = list(entries[0])
            columns = ", ".join(f'"{column}"' for column in names)
            values = ", ".join(f"unnest(?::{table(name)[each].kind.sql}[])" for each in names)
            connection.execute(
                f"INSERT INTO register.{name} ({columns}) SELECT {values}",  # noqa: S608
                [[entry[column] for entry in entries] for column in names],
            )
        find_candidates(connection, AREAS, ())
        return all_candidates(connection)


@pytest.mark.parametrize("seed", [1, 2])
def test_hardly_any_pair_of_random_rows_is_likely(seed: int) -> None:
    """Rows so dense look alike by the thousand: one in a hundred may be told as likely."""
    rows = drawn(seed)
    pairs = found(rows)
    count = len(rows["incident"])
    alike = Counter(
        (rows["incident"][n]["incident_month"], rows["incident_place"][n]["place"],
         rows["person"][n]["sex"], rows["person"][n]["class"])
        for n in range(count)
    )  # fmt: skip
    assert sum(n * (n - 1) // 2 for n in alike.values()) > 1.5 * count, "dense enough to be a trial"
    groups = group_pairs(pairs)
    assert sum(group.weakest.likely for group in groups) <= count / 50
    taken = [group for group in groups if group.weakest.percent >= ACCEPTED]
    assert sum(len(group.sides) - 1 for group in taken) <= count / 100
