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

MODE = CodeList(
    "mode",
    "Transport",
    ICTIP,
    (
        Code("land", "Land", "স্থলপথ"),
        Code("river", "River", "নদীপথ"),
        Code("sea", "Sea", "সমুদ্রপথ"),
        Code("air", "Air", "আকাশপথ"),
        Code("mixed", "Mixed", "মিশ্র"),
        UNKNOWN,
    ),
)
MODE_DETAIL = CodeList(
    "mode_detail",
    "Means of transport",
    OWN,
    (
        Code("foot", "On foot", "পায়ে হেঁটে"),
        Code("bus", "Bus", "বাস"),
        Code("car", "Car", "গাড়ি"),
        Code("truck", "Truck", "ট্রাক"),
        Code("rail", "Rail", "রেল"),
        Code("small_boat", "Small boat", "ছোট নৌকা"),
        Code("trawler", "Trawler", "ট্রলার"),
        Code("large_vessel", "Large vessel", "বড় জাহাজ"),
        Code("ferry", "Ferry", "ফেরি"),
        Code("plane", "Plane", "বিমান"),
    ),
)
SCOPE = CodeList(
    "scope",
    "Inside or across the border",
    PALERMO,
    (
        *codes_of_country("scope"),
        Code("cross_border", "Across the border", "সীমান্ত পেরিয়ে"),
        UNKNOWN,
    ),
)
LEG_ROLE = CodeList(
    "leg_role",
    "Part of the journey",
    OWN,
    (
        Code("recruitment_to_transit", "Recruitment to transit", "নিয়োগ থেকে ট্রানজিট"),
        Code("transit", "Transit", "ট্রানজিট"),
        Code("to_exploitation", "To the place of exploitation", "শোষণের স্থানে"),
        Code("return", "Return", "প্রত্যাবর্তন"),
    ),
)
COMPLETED = CodeList(
    "completed",
    "Completed",
    OWN,
    (
        Code("completed", "Completed", "সম্পন্ন"),
        Code("intercepted", "Intercepted", "আটকানো"),
        Code("returned", "Returned", "ফেরত"),
        UNKNOWN,
    ),
)
#: What became of people who set out by sea: each of them stands under one.
SEA_OUTCOME = CodeList(
    "sea_outcome",
    "Outcome at sea",
    OWN,
    (
        Code("arrived", "Arrived", "পৌঁছেছেন"),
        Code("intercepted_or_returned", "Intercepted or returned", "আটক বা ফেরত"),
        Code("survived", "Survived", "জীবিত"),
        Code("dead_or_missing", "Dead or missing", "মৃত বা নিখোঁজ"),
        Code("unknown", "Status unknown", "অবস্থা অজানা"),
    ),
)
CORRIDOR = CodeList(
    "corridor",
    "Corridor",
    OWN,
    (*codes_of_country("corridor"), OTHER, UNKNOWN),
)
