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
)

SEX = CodeList(
    "sex",
    "Sex",
    HTCDS,
    (
        Code("female", "Female", "নারী"),
        Code("male", "Male", "পুরুষ"),
        Code("hijra_or_other", "Hijra or other", "হিজড়া বা অন্যান্য"),
        UNKNOWN,
    ),
)
AGE_BAND = CodeList(
    "age_band",
    "Age",
    WORKING_GROUP,
    (
        Code("under_15", "Under 15", "১৫-এর কম"),
        Code("15_18", "15–18", "১৫–১৮"),
        Code("19_24", "19–24", "১৯–২৪"),
        Code("25_49", "25–49", "২৫–৪৯"),
        Code("50_60", "50–60", "৫০–৬০"),
        Code("over_60", "Over 60", "৬০-এর বেশি"),
        UNKNOWN,
    ),
    is_scale=True,
)
IS_CHILD = CodeList(
    "is_child",
    "Child or adult",
    PALERMO,
    (
        Code("yes", "Child under 18", "১৮ বছরের কম বয়সী শিশু"),
        Code("no", "Adult", "প্রাপ্তবয়স্ক"),
        UNKNOWN,
    ),
)
POPULATION_GROUP = CodeList(
    "population_group",
    "Population group",
    WORKING_GROUP,
    (
        Code("rohingya_refugee", "Rohingya refugees", "রোহিঙ্গা শরণার্থী"),
        Code("host_community", "Host community", "স্থানীয় জনগোষ্ঠী"),
        Code("other_bangladeshi", "Other Bangladeshi nationals", "অন্যান্য বাংলাদেশি নাগরিক"),
        Code("other_foreign", "Other foreign nationals", "অন্যান্য বিদেশি নাগরিক"),
        UNKNOWN,
    ),
)
LEGAL_STATUS = CodeList(
    "legal_status",
    "Legal status",
    UNHCR,
    (
        Code("refugee", "Refugee", "শরণার্থী"),
        Code("stateless", "Stateless", "রাষ্ট্রহীন"),
        Code("internally_displaced", "Internally displaced", "অভ্যন্তরীণভাবে বাস্তুচ্যুত"),
        Code("asylum_seeker", "Asylum-seeker", "আশ্রয়প্রার্থী"),
        Code("returnee", "Returnee", "প্রত্যাবর্তনকারী"),
        Code("national", "National", "নাগরিক"),
        Code("foreign_national", "Foreign national", "বিদেশি নাগরিক"),
    ),
)
SEX_AGE_GROUP = CodeList(
    "sex_age_group",
    "Group by sex and age",
    OWN,
    (
        Code("all", "All", "সবাই"),
        Code("girls", "Girls", "মেয়েশিশু"),
        Code("boys", "Boys", "ছেলেশিশু"),
        Code("women", "Women", "নারী"),
        Code("men", "Men", "পুরুষ"),
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
MAY_NEED_PROTECTION = ("refugee", "stateless", "asylum_seeker")
COUNTED_GROUP = CodeList(
    "counted_group",
    "Population counted",
    OWN,
    (
        Code("all", "All residents", "সব বাসিন্দা"),
        Code("host", "Residents other than Rohingya refugees", "রোহিঙ্গা শরণার্থী ছাড়া অন্য বাসিন্দা"),
        Code("refugees", "Rohingya refugees alone", "শুধু রোহিঙ্গা শরণার্থী"),
    ),
)
#: Population groups of people who belong to a counted group: who may stand above the line of a
#: rate where that group stands below it.
MEMBERS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "all": POPULATION_GROUP.values,
        "host": ("host_community", "other_bangladeshi", "other_foreign"),
        "refugees": ("rohingya_refugee",),
    }
)
BOUNDARIES = CodeList(
    "boundaries",
    "Boundaries",
    OCHA,
    (
        Code(
            "adm_v03",
            "Administrative boundaries, version 03",
            "প্রশাসনিক সীমানা, সংস্করণ ০৩",
            "COD-AB version 03",
        ),
        Code("camps_2023", "Outlines of the camps, 2023", "ক্যাম্পের সীমারেখা, ২০২৩", "HDX 2023"),
    ),
)
