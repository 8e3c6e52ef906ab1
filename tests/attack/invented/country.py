"""The invented country: its places, what holds them, and where ways out of it end.

Codes look like those of the gazetteer and stand for no real place. Who lives there belongs to
``population``.
"""

from __future__ import annotations

from etl.events.build import ParentRow
from etl.release.contents.geography import Geography

HOME = "BD20"
CAMPS = tuple(f"CXB-{number:03d}" for number in range(1, 34))
UPAZILAS = tuple(f"{HOME}{number:02d}" for number in range(1, 10))
DISTRICTS = tuple(f"BD{number}" for number in range(30, 55))
ABROAD = ("MY", "TH", "IN", "ID", "SA", "AE", "QA", "LY", "IT", "MM", "NP", "KH")
DIVISIONS = tuple(f"BD-{number}" for number in range(1, 9))
#: Every place, in the order of its number in an array; people come from the first 67.
PLACES = (*CAMPS, *UPAZILAS, *DISTRICTS, HOME, *DIVISIONS, "BD", *ABROAD)
#: Camps in the first upazila; the others lie in the second.
_FIRST_CAMPS = 26


def geography() -> Geography:
    """The places in the shape that the gazetteer gives."""
    levels: dict[str, str] = {"BD": "country"}
    levels |= dict.fromkeys(DIVISIONS, "division")
    levels |= dict.fromkeys((HOME, *DISTRICTS), "district")
    levels |= dict.fromkeys(UPAZILAS, "upazila") | dict.fromkeys(CAMPS, "camp")
    levels |= dict.fromkeys(ABROAD, "country")
    rows = [(code, level, code, "", 91.0, 22.0, None, None, None) for code, level in levels.items()]
    above: list[ParentRow] = [
        (code, level, area, None, None) for code in levels for level, area in areas(code).items()
    ]
    return Geography(rows, above)


def areas(code: str) -> dict[str, str]:
    """Level to the area that holds a place; a place of such a level holds itself."""
    if code in ABROAD:
        return {"country": code}
    found = {"country": "BD"}
    if code in DIVISIONS:
        return {**found, "division": code}
    if code in CAMPS:
        found["upazila"] = UPAZILAS[0 if CAMPS.index(code) < _FIRST_CAMPS else 1]
    elif code in UPAZILAS:
        found["upazila"] = code
    if code in (*CAMPS, *UPAZILAS, HOME):
        return {**found, "district": HOME, "division": DIVISIONS[0]}
    if code in DISTRICTS:
        division = DIVISIONS[DISTRICTS.index(code) % len(DIVISIONS)]
        return {**found, "district": code, "division": division}
    return found


def number(code: str) -> int:
    """Number of a place in an array."""
    return PLACES.index(code)
