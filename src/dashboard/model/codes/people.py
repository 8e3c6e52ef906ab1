"""Codes of people: who a person is, whatever happened to them.

Sex, age, group and status belong here, and the groups in which whole populations are counted. What
was done to a person does not: see ``crimes`` and ``recruitment``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.model.codes.code_list import (
    HTCDS,
    OCHA,
    OWN,
    PALERMO,
    UNHCR,
    UNKNOWN,
    WORKING_GROUP,
    Code,
    CodeList,
    codes_of_country,
)
from dashboard.model.country import PACK

SEX = CodeList(
    "sex",
    "Sex",
    HTCDS,
    (Code("female", "Female"), Code("male", "Male"), *codes_of_country("sex"), UNKNOWN),
)
AGE_BAND = CodeList(
    "age_band",
    "Age",
    WORKING_GROUP,
    (
        Code("under_15", "Under 15"),
        Code("15_18", "15–18"),
        Code("19_24", "19–24"),
        Code("25_49", "25–49"),
        Code("50_60", "50–60"),
        Code("over_60", "Over 60"),
        UNKNOWN,
    ),
    is_scale=True,
)
IS_CHILD = CodeList(
    "is_child",
    "Child or adult",
    PALERMO,
    (Code("yes", "Child under 18"), Code("no", "Adult"), UNKNOWN),
)
POPULATION_GROUP = CodeList(
    "population_group",
    "Population group",
    WORKING_GROUP,
    (*codes_of_country("population_group"), UNKNOWN),
)
LEGAL_STATUS = CodeList("legal_status", "Legal status", UNHCR, codes_of_country("legal_status"))
SEX_AGE_GROUP = CodeList(
    "sex_age_group",
    "Group by sex and age",
    OWN,
    (
        Code("all", "All"),
        Code("girls", "Girls"),
        Code("boys", "Boys"),
        Code("women", "Women"),
        Code("men", "Men"),
    ),
)
#: Sex and child or adult of the people of a group.
SEX_AND_CHILD_OF: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "girls": ("female", "yes"),
        "boys": ("male", "yes"),
        "women": ("female", "no"),
        "men": ("male", "no"),
    }
)
#: Legal statuses whose people may need international protection.
MAY_NEED_PROTECTION = PACK.marked("legal_status", "protection")
COUNTED_GROUP = CodeList(
    "counted_group", "Population counted", OWN, codes_of_country("counted_group")
)
#: Population groups of people who belong to a counted group, all where the pack names none: who
#: may stand above the line of a rate where that group stands below it.
MEMBERS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {entry.code: entry.marks or POPULATION_GROUP.values for entry in PACK.lists["counted_group"]}
)
BOUNDARIES = CodeList("boundaries", "Boundaries", OCHA, codes_of_country("boundaries"))
#: Boundaries within which populations of a level are counted.
BOUNDARIES_OF: Mapping[str, str] = MappingProxyType(
    {
        PACK.levels[mark].code if mark in PACK.levels else mark: entry.code
        for entry in PACK.lists["boundaries"]
        for mark in entry.marks
    }
)
