"""Codes of journeys: transport, corridors, parts of a journey and how they ended.

What moves belongs here. What happened at a place does not: see ``events``; places themselves are
data (``data/countries/bgd/gazetteer.csv``).
"""

from __future__ import annotations

from dashboard.model.codes.code_list import (
    ICTIP,
    OTHER,
    OWN,
    PALERMO,
    UNKNOWN,
    Code,
    CodeList,
    codes_of_country,
)
from dashboard.model.country import PACK

MODE = CodeList(
    "mode",
    "Transport",
    ICTIP,
    (
        Code("land", "Land"),
        Code("river", "River"),
        Code("sea", "Sea"),
        Code("air", "Air"),
        Code("mixed", "Mixed"),
        UNKNOWN,
    ),
)
MODE_DETAIL = CodeList(
    "mode_detail",
    "Means of transport",
    OWN,
    (
        Code("foot", "On foot"),
        Code("bus", "Bus"),
        Code("car", "Car"),
        Code("truck", "Truck"),
        Code("rail", "Rail"),
        Code("small_boat", "Small boat"),
        Code("trawler", "Trawler"),
        Code("large_vessel", "Large vessel"),
        Code("ferry", "Ferry"),
        Code("plane", "Plane"),
    ),
)
SCOPE = CodeList(
    "scope",
    "Inside or across the border",
    PALERMO,
    (*codes_of_country("scope"), Code("cross_border", "Across the border"), UNKNOWN),
)
#: A movement that crosses no border.
INSIDE, *_ = PACK.marked("scope", "inside")
LEG_ROLE = CodeList(
    "leg_role",
    "Part of the journey",
    OWN,
    (
        Code("recruitment_to_transit", "Recruitment to transit"),
        Code("transit", "Transit"),
        Code("to_exploitation", "To the place of exploitation"),
        Code("return", "Return"),
    ),
)
COMPLETED = CodeList(
    "completed",
    "Completed",
    OWN,
    (
        Code("completed", "Completed"),
        Code("intercepted", "Intercepted"),
        Code("returned", "Returned"),
        UNKNOWN,
    ),
)
#: What became of people who set out by sea: each of them stands under one.
SEA_OUTCOME = CodeList(
    "sea_outcome",
    "Outcome at sea",
    OWN,
    (
        Code("arrived", "Arrived"),
        Code("intercepted_or_returned", "Intercepted or returned"),
        Code("survived", "Survived"),
        Code("dead_or_missing", "Dead or missing"),
        Code("unknown", "Status unknown"),
    ),
)
CORRIDOR = CodeList("corridor", "Corridor", OWN, (*codes_of_country("corridor"), OTHER, UNKNOWN))
