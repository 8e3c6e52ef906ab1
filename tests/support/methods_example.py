"""The example of the methods page: 23 invented people and the units that protection makes of them.

The people are written here; everything else comes from the protection itself. Run as a program it
writes the result to where the page reads it: ``python -m tests.support.methods_example``. That is
due whenever the procedure changes, which a test notices.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from dashboard.methods import example as page
from dashboard.model.facts import PEOPLE
from dashboard.model.protection import BASE, HOLDERS
from etl.protect import donors
from etl.protect.block import unit_sizes
from etl.protect.carry import Carry
from etl.protect.chance import Chance
from etl.protect.coding import Coding, Parents, Rows
from etl.protect.fit import Search
from etl.protect.layout import Layout
from etl.protect.margins import MARGINS

MONTH = date(2026, 11, 1)
#: The first of these numbered secrets is taken with which no unit equals a person of the block.
ATTEMPTS = 100
PLACES = ["BD20220090", "BD20220094", "BD20220066", "BD20220016"]
TEKNAF, UKHIA, RAMU, CHAKARIA = PLACES
F, M = "female", "male"
#: Place, sex, age band, class. Invented: nobody was asked and nobody is meant.
INVENTED: tuple[tuple[str, str, str, str], ...] = (
    (TEKNAF, M, "19_24", "smuggling"), (TEKNAF, M, "25_49", "smuggling"),
    (TEKNAF, M, "19_24", "smuggling"), (TEKNAF, F, "19_24", "trafficking_labour"),
    (TEKNAF, F, "15_18", "trafficking_sexual"), (TEKNAF, M, "25_49", "trafficking_labour"),
    (TEKNAF, F, "25_49", "smuggling"), (TEKNAF, M, "15_18", "smuggling"),
    (UKHIA, F, "15_18", "trafficking_sexual"), (UKHIA, F, "19_24", "trafficking_labour"),
    (UKHIA, M, "25_49", "trafficking_labour"), (UKHIA, F, "25_49", "trafficking_labour"),
    (UKHIA, M, "19_24", "trafficking_labour"), (UKHIA, F, "19_24", "smuggling"),
    (UKHIA, M, "15_18", "trafficking_labour"), (RAMU, F, "25_49", "trafficking_labour"),
    (RAMU, M, "25_49", "smuggling"), (RAMU, F, "15_18", "trafficking_sexual"),
    (RAMU, M, "19_24", "trafficking_labour"), (CHAKARIA, F, "25_49", "trafficking_labour"),
    (CHAKARIA, M, "25_49", "trafficking_labour"), (CHAKARIA, F, "19_24", "trafficking_sexual"),
    (CHAKARIA, M, "19_24", "smuggling"),
)  # fmt: skip
_READ = ("place", "sex", "age_band", "class_group")
_CLASSES = {"smuggling": "smuggling"}


def made() -> dict[str, Any]:
    """The example as the page reads it."""
    for attempt in range(ATTEMPTS):
        found = _protected(Chance(f"invented example {attempt}".encode()))
        if not set(map(tuple, found["units"])) & set(INVENTED):
            return {"places": PLACES, "people": [list(person) for person in INVENTED], **found}
    raise RuntimeError("every secret gave a unit that equals a person")


def _protected(chance: Chance) -> dict[str, Any]:
    """Sizes, values as they were first drawn, and values as they were fitted, of every unit."""
    parents = Parents(_parents())
    coding = Coding(PEOPLE, {"place": PLACES}, parents, [MONTH])
    layout = Layout(coding, MARGINS[PEOPLE.id])
    people, incidents = coding.encode(_records(), len(INVENTED)), np.arange(len(INVENTED))
    rows = donors.shared(coding, parents, people, incidents, MONTH, HOLDERS)
    weights = np.ones(len(INVENTED), dtype=np.int64)
    carry = Carry(layout, [MONTH], base=BASE, chance=chance)
    carry.add_records(
        MONTH, layout.counts(coding.with_areas(people, MONTH), weights.astype(np.float64))
    )
    generator = chance.generator("block", PEOPLE.id, f"{MONTH}", "closed")
    sizes = unit_sizes(len(INVENTED), BASE, generator)
    bundles = [coding.bundle_positions(names) for names in PEOPLE.bundles]
    units = donors.draw_rows(rows, weights, len(sizes), bundles, generator)
    drawn = units.copy()
    search = Search(layout, units, sizes, carry.pull(MONTH))
    donors.Donors(layout, rows, bundles, len(sizes)).fit(search, generator)
    return {
        "sizes": sizes.tolist(),
        "drawn": _values(coding, drawn),
        "units": _values(coding, units),
    }


def _records() -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {
        field.name: [None] * len(INVENTED) for field in PEOPLE.dimensions
    }
    for name, values in zip(_READ, zip(*INVENTED, strict=True), strict=True):
        columns[name] = list(values)
    columns["is_child"] = ["yes" if age == "15_18" else "no" for age in columns["age_band"]]
    columns["class"] = [
        _CLASSES.get(group, "trafficking_confirmed") for group in columns["class_group"]
    ]
    return columns


def _parents() -> Iterator[tuple[str, str, str, None, None]]:
    for code in PLACES:
        for level, above in (("district", "BD2022"), ("division", "BD20"), ("country", "BD")):
            yield code, level, above, None, None


def _values(coding: Coding, rows: Rows) -> list[list[Any]]:
    decoded = coding.decode(rows)
    return [list(unit) for unit in zip(*(decoded[name] for name in _READ), strict=True)]


def main() -> None:
    """Write the example to where the page reads it, a person or unit a line."""
    text = json.dumps(made(), indent=1, ensure_ascii=False)
    text = re.sub(
        r"\[[^\[\]]+\]", lambda row: json.dumps(json.loads(row[0]), ensure_ascii=False), text
    )
    page.FILE.write_text(f"{text}\n", encoding="utf-8")
    print(f"wrote {page.FILE.name}")


if __name__ == "__main__":
    main()
