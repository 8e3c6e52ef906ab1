"""Codes of crimes: classes and their roll-up, acts, means, exploitation and its stage.

What decides a class, or follows from it, belongs here. How a person was drawn in does not: see
``recruitment``; nor who decided or rescued: see ``agencies``.
"""

from __future__ import annotations

from dashboard.model.codes.code_list import (
    HTCDS,
    ISIC,
    OTHER,
    OWN,
    PALERMO,
    SMUGGLING_PROTOCOL,
    UNKNOWN,
    WORKING_GROUP,
    Code,
    CodeList,
)

# Classes have names of their own, by which rules and events ask for them.
TRAFFICKING_CONFIRMED = Code("trafficking_confirmed", "Trafficking, confirmed", "মানব পাচার, নিশ্চিত")
TRAFFICKING_SUSPECTED = Code("trafficking_suspected", "Trafficking, suspected", "মানব পাচার, সন্দেহভাজন")
SMUGGLING_THEN_TRAFFICKING = Code(
    "smuggling_then_trafficking", "Smuggling that became trafficking", "চোরাচালান যা পাচারে পরিণত"
)
SMUGGLING = Code("smuggling", "Smuggling of migrants", "অভিবাসী চোরাচালান")
SMUGGLING_AGGRAVATED = Code("smuggling_aggravated", "Smuggling, aggravated", "অভিবাসী চোরাচালান, গুরুতর")
KIDNAP_FOR_RANSOM = Code("kidnap_for_ransom", "Kidnap for ransom", "মুক্তিপণের জন্য অপহরণ")
UNDER_REVIEW = Code("undetermined", "Under review", "পর্যালোচনাধীন")
MIXED = Code("mixed", "Mixed classes", "মিশ্র শ্রেণি")
CLASS = CodeList(
    "class",
    "Class",
    f"{PALERMO}; {SMUGGLING_PROTOCOL}",
    (
        TRAFFICKING_CONFIRMED,
        TRAFFICKING_SUSPECTED,
        SMUGGLING_THEN_TRAFFICKING,
        SMUGGLING,
        SMUGGLING_AGGRAVATED,
        KIDNAP_FOR_RANSOM,
        Code("missing_or_abduction", "Missing or abduction", "নিখোঁজ বা অপহরণ"),
        UNDER_REVIEW,
        Code(
            "not_trafficking_or_smuggling", "Neither trafficking nor smuggling", "পাচার বা চোরাচালান নয়"
        ),
    ),
)
CLASS_OR_MIXED = CodeList("class_or_mixed", "Class", CLASS.standard, (*CLASS.codes, MIXED))
TRAFFICKING_CLASSES = (
    TRAFFICKING_CONFIRMED.code,
    TRAFFICKING_SUSPECTED.code,
    SMUGGLING_THEN_TRAFFICKING.code,
)
SMUGGLING_CLASSES = (SMUGGLING.code, SMUGGLING_AGGRAVATED.code)

TRAFFICKING_SEXUAL = Code(
    "trafficking_sexual", "Trafficking for sexual exploitation", "যৌন শোষণের জন্য পাচার"
)
TRAFFICKING_LABOUR = Code(
    "trafficking_labour", "Trafficking for forced labour", "জোরপূর্বক শ্রমের জন্য পাচার"
)
TRAFFICKING_OTHER = Code("trafficking_other", "Trafficking, other purposes", "অন্য উদ্দেশ্যে পাচার")
OTHER_CLASSES = Code("other", "Other or under review", "অন্যান্য বা পর্যালোচনাধীন")
CLASS_GROUP = CodeList(
    "class_group",
    "Group of classes",
    WORKING_GROUP,
    (TRAFFICKING_SEXUAL, TRAFFICKING_LABOUR, TRAFFICKING_OTHER, SMUGGLING, OTHER_CLASSES),
)
CLASS_GROUP_OR_MIXED = CodeList(
    "class_group_or_mixed", "Group of classes", WORKING_GROUP, (*CLASS_GROUP.codes, MIXED)
)
TRAFFICKING_GROUPS = (TRAFFICKING_SEXUAL.code, TRAFFICKING_LABOUR.code, TRAFFICKING_OTHER.code)
#: Exploitation codes that make a trafficking case "labour"; sexual exploitation has its own.
LABOUR_EXPLOITATION = ("forced_labour", "child_labour")
ACT = CodeList(
    "act",
    "Act",
    PALERMO,
    (
        Code("recruitment", "Recruitment", "নিয়োগ"),
        Code("transportation", "Transportation", "পরিবহন"),
        Code("transfer", "Transfer", "স্থানান্তর"),
        Code("harbouring", "Harbouring", "আশ্রয়দান"),
        Code("receipt", "Receipt", "গ্রহণ"),
        UNKNOWN,
    ),
)
MEANS = CodeList(
    "means_of_control",
    "Means of control",
    HTCDS,
    (
        Code("debt_bondage", "Debt bondage", "ঋণদাসত্ব"),
        Code("takes_earnings", "Takes earnings", "উপার্জন কেড়ে নেওয়া"),
        Code("restricts_financial_access", "Restricts access to money", "অর্থ ব্যবহারে বাধা"),
        Code("threats", "Threats", "হুমকি"),
        Code(
            "threat_of_law_enforcement", "Threat of law enforcement", "আইন প্রয়োগকারী সংস্থার ভয় দেখানো"
        ),
        Code("psychological_abuse", "Psychological abuse", "মানসিক নির্যাতন"),
        Code("physical_abuse", "Physical abuse", "শারীরিক নির্যাতন"),
        Code("sexual_abuse", "Sexual abuse", "যৌন নির্যাতন"),
        Code("false_promises", "False promises", "মিথ্যা প্রতিশ্রুতি"),
        Code("psychoactive_substance", "Psychoactive substances", "নেশাজাতীয় দ্রব্য"),
        Code("restricts_movement", "Restricts movement", "চলাচলে বাধা"),
        Code("restricts_medical_care", "Restricts medical care", "চিকিৎসায় বাধা"),
        Code("excessive_working_hours", "Excessive working hours", "অতিরিক্ত কর্মঘণ্টা"),
        Code("withholds_necessities", "Withholds necessities", "প্রয়োজনীয় জিনিস না দেওয়া"),
        Code("withholds_documents", "Withholds documents", "কাগজপত্র আটকে রাখা"),
        OTHER,
    ),
)
EXPLOITATION = CodeList(
    "exploitation",
    "Form of exploitation",
    HTCDS,
    (
        Code("forced_labour", "Forced labour", "জোরপূর্বক শ্রম"),
        Code("sexual_exploitation", "Sexual exploitation", "যৌন শোষণ"),
        Code("child_labour", "Child labour", "শিশুশ্রম"),
        Code("forced_marriage", "Forced marriage", "জোরপূর্বক বিবাহ"),
        Code("servitude", "Servitude", "দাসত্বসদৃশ সেবা"),
        Code("forced_criminality", "Forced criminality", "জোরপূর্বক অপরাধ"),
        Code("forced_begging", "Forced begging", "জোরপূর্বক ভিক্ষাবৃত্তি"),
        Code("organ_removal", "Organ removal", "অঙ্গ অপসারণ"),
        Code("forced_military", "Forced military service", "জোরপূর্বক সামরিক সেবা"),
        Code("forced_adoption", "Forced adoption", "জোরপূর্বক দত্তক"),
        Code("surrogacy", "Surrogacy", "সারোগেসি"),
        OTHER,
    ),
)
STAGE = CodeList(
    "exploitation_stage",
    "Stage of exploitation",
    HTCDS,
    (
        Code("attempted_or_intercepted", "Attempted or intercepted", "চেষ্টা বা আটক"),
        Code("none_yet", "None yet", "এখনও হয়নি"),
        Code("exploited", "Exploited", "শোষিত"),
        UNKNOWN,
    ),
)
INDUSTRY = CodeList(
    "industry",
    "Industry",
    ISIC,
    (
        Code(
            "agriculture", "Agriculture, forestry and fishing", "কৃষি, বন ও মৎস্য", standard_code="A"
        ),
        Code("manufacturing", "Manufacturing", "উৎপাদন শিল্প", standard_code="C"),
        Code("construction", "Construction", "নির্মাণ", standard_code="F"),
        Code("trade", "Wholesale and retail trade", "পাইকারি ও খুচরা ব্যবসা", standard_code="G"),
        Code("transport", "Transport and storage", "পরিবহন ও গুদামজাতকরণ", standard_code="H"),
        Code("accommodation_food", "Accommodation and food", "আবাসন ও খাদ্য", standard_code="I"),
        Code("domestic_work", "Work in households", "গৃহকর্ম", standard_code="T"),
        OTHER,
    ),
)
DECISION_BAND = CodeList(
    "decision_band",
    "Months to the decision",
    OWN,
    (
        Code("within_1", "Within 1 month", "১ মাসের মধ্যে"),
        Code("2_3", "2–3 months", "২–৩ মাস"),
        Code("4_6", "4–6 months", "৪–৬ মাস"),
        Code("over_6", "Over 6 months", "৬ মাসের বেশি"),
        UNKNOWN,
    ),
    is_scale=True,
)


def class_group(class_code: str, exploitation: tuple[str, ...] | list[str]) -> str:
    """Roll-up of a class: the first form of exploitation decides which trafficking.

    The SQL twin stands in ``etl.events``; a test holds the two together.
    """
    if class_code in TRAFFICKING_CLASSES:
        first = exploitation[0] if exploitation else None
        if first == "sexual_exploitation":
            return TRAFFICKING_SEXUAL.code
        labour = first in LABOUR_EXPLOITATION
        return TRAFFICKING_LABOUR.code if labour else TRAFFICKING_OTHER.code
    return SMUGGLING.code if class_code in SMUGGLING_CLASSES else OTHER_CLASSES.code
