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
TRAFFICKING_CONFIRMED = Code("trafficking_confirmed", "Trafficking, confirmed")
TRAFFICKING_SUSPECTED = Code("trafficking_suspected", "Trafficking, suspected")
SMUGGLING_THEN_TRAFFICKING = Code("smuggling_then_trafficking", "Smuggling that became trafficking")
SMUGGLING = Code("smuggling", "Smuggling of migrants")
SMUGGLING_AGGRAVATED = Code("smuggling_aggravated", "Smuggling, aggravated")
KIDNAP_FOR_RANSOM = Code("kidnap_for_ransom", "Kidnap for ransom")
UNDER_REVIEW = Code("undetermined", "Under review")
MIXED = Code("mixed", "Mixed classes")
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
        Code("missing_or_abduction", "Missing or abduction"),
        UNDER_REVIEW,
        Code("not_trafficking_or_smuggling", "Neither trafficking nor smuggling"),
    ),
)
CLASS_OR_MIXED = CodeList("class_or_mixed", "Class", CLASS.standard, (*CLASS.codes, MIXED))
TRAFFICKING_CLASSES = (
    TRAFFICKING_CONFIRMED.code,
    TRAFFICKING_SUSPECTED.code,
    SMUGGLING_THEN_TRAFFICKING.code,
)
SMUGGLING_CLASSES = (SMUGGLING.code, SMUGGLING_AGGRAVATED.code)

TRAFFICKING_SEXUAL = Code("trafficking_sexual", "Trafficking for sexual exploitation")
TRAFFICKING_LABOUR = Code("trafficking_labour", "Trafficking for forced labour")
TRAFFICKING_OTHER = Code("trafficking_other", "Trafficking, other purposes")
OTHER_CLASSES = Code("other", "Other or under review")
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
        Code("recruitment", "Recruitment"),
        Code("transportation", "Transportation"),
        Code("transfer", "Transfer"),
        Code("harbouring", "Harbouring"),
        Code("receipt", "Receipt"),
        UNKNOWN,
    ),
)
MEANS = CodeList(
    "means_of_control",
    "Means of control",
    HTCDS,
    (
        Code("debt_bondage", "Debt bondage"),
        Code("takes_earnings", "Takes earnings"),
        Code("restricts_financial_access", "Restricts access to money"),
        Code("threats", "Threats"),
        Code("threat_of_law_enforcement", "Threat of law enforcement"),
        Code("psychological_abuse", "Psychological abuse"),
        Code("physical_abuse", "Physical abuse"),
        Code("sexual_abuse", "Sexual abuse"),
        Code("false_promises", "False promises"),
        Code("psychoactive_substance", "Psychoactive substances"),
        Code("restricts_movement", "Restricts movement"),
        Code("restricts_medical_care", "Restricts medical care"),
        Code("excessive_working_hours", "Excessive working hours"),
        Code("withholds_necessities", "Withholds necessities"),
        Code("withholds_documents", "Withholds documents"),
        OTHER,
    ),
)
EXPLOITATION = CodeList(
    "exploitation",
    "Form of exploitation",
    HTCDS,
    (
        Code("forced_labour", "Forced labour"),
        Code("sexual_exploitation", "Sexual exploitation"),
        Code("child_labour", "Child labour"),
        Code("forced_marriage", "Forced marriage"),
        Code("servitude", "Servitude"),
        Code("forced_criminality", "Forced criminality"),
        Code("forced_begging", "Forced begging"),
        Code("organ_removal", "Organ removal"),
        Code("forced_military", "Forced military service"),
        Code("forced_adoption", "Forced adoption"),
        Code("surrogacy", "Surrogacy"),
        OTHER,
    ),
)
STAGE = CodeList(
    "exploitation_stage",
    "Stage of exploitation",
    HTCDS,
    (
        Code("attempted_or_intercepted", "Attempted or intercepted"),
        Code("none_yet", "None yet"),
        Code("exploited", "Exploited"),
        UNKNOWN,
    ),
)
INDUSTRY = CodeList(
    "industry",
    "Industry",
    ISIC,
    (
        Code("agriculture", "Agriculture, forestry and fishing", standard_code="A"),
        Code("manufacturing", "Manufacturing", standard_code="C"),
        Code("construction", "Construction", standard_code="F"),
        Code("trade", "Wholesale and retail trade", standard_code="G"),
        Code("transport", "Transport and storage", standard_code="H"),
        Code("accommodation_food", "Accommodation and food", standard_code="I"),
        Code("domestic_work", "Work in households", standard_code="T"),
        OTHER,
    ),
)
DECISION_BAND = CodeList(
    "decision_band",
    "Months to the decision",
    OWN,
    (
        Code("within_1", "Within 1 month"),
        Code("2_3", "2–3 months"),
        Code("4_6", "4–6 months"),
        Code("over_6", "Over 6 months"),
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
