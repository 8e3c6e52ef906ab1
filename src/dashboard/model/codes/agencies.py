"""Codes of agencies: types of agency, who rescues, and how far identification went.

Types only: names of agencies and partners are data and never codes. What agencies ask of each
other does not belong here: see ``referrals``.
"""

from __future__ import annotations

from dashboard.model.codes.code_list import (
    ICTIP,
    OTHER,
    OWN,
    UNKNOWN,
    WORKING_GROUP,
    Code,
    CodeList,
)

AGENCY_TYPE = CodeList(
    "agency_type",
    "Type of agency",
    OWN,
    (
        Code("un", "UN agency", "জাতিসংঘ সংস্থা"),
        Code("international_ngo", "International NGO", "আন্তর্জাতিক এনজিও"),
        Code("national_ngo", "National NGO", "জাতীয় এনজিও"),
        Code("police", "Police", "পুলিশ"),
        Code("border_or_coast_guard", "Border or coast guard", "সীমান্ত বা কোস্ট গার্ড"),
        Code("camp_administration", "Camp administration", "ক্যাম্প প্রশাসন"),
        Code(
            "district_counter_trafficking_committee",
            "District counter-trafficking committee",
            "জেলা মানব পাচার প্রতিরোধ কমিটি",
        ),
        Code("health", "Health provider", "স্বাস্থ্যসেবা প্রদানকারী"),
        Code("legal_aid", "Legal aid provider", "আইনি সহায়তা প্রদানকারী"),
        Code("court", "Court", "আদালত"),
        Code("social_welfare", "Social welfare", "সমাজসেবা"),
        Code("shelter", "Shelter", "আশ্রয়কেন্দ্র"),
        OTHER,
    ),
)
RESCUING_AUTHORITY = CodeList(
    "rescuing_authority",
    "Rescuing authority",
    WORKING_GROUP,
    (
        Code("police", "Police", "পুলিশ"),
        Code("armed_police_battalion", "Armed Police Battalion", "আর্মড পুলিশ ব্যাটালিয়ন"),
        Code("rapid_action_battalion", "Rapid Action Battalion", "র‍্যাপিড অ্যাকশন ব্যাটালিয়ন"),
        Code("border_guard", "Border guard", "সীমান্তরক্ষী"),
        Code("coast_guard", "Coast guard", "কোস্ট গার্ড"),
        Code("navy", "Navy", "নৌবাহিনী"),
        Code("army", "Army", "সেনাবাহিনী"),
        Code("ngo_or_un", "NGO or UN", "এনজিও বা জাতিসংঘ"),
        Code("community_or_family", "Community or family", "সমাজ বা পরিবার"),
        Code("self_escaped", "Escaped alone", "নিজে পালিয়েছেন"),
        Code("foreign_authority", "Foreign authority", "বিদেশি কর্তৃপক্ষ"),
        UNKNOWN,
    ),
)
IDENTIFICATION_STEP = CodeList(
    "identification_step",
    "Step of identification",
    ICTIP,
    (
        Code("screened", "Screened", "প্রাথমিক যাচাই"),
        Code("interviewed", "Interviewed", "সাক্ষাৎকার"),
        Code("identified", "Identified", "শনাক্ত"),
    ),
)
