"""Codes of recruitment: by whom, where and with what promise a person was drawn in.

What came of it does not belong here: see ``crimes`` for exploitation, ``journeys`` for travel.
The act of recruitment as an element of the crime stands in ``crimes`` too.
"""

from __future__ import annotations

from dashboard.model.codes.code_list import HTCDS, OTHER, UNKNOWN, WORKING_GROUP, Code, CodeList

RECRUITER = CodeList(
    "recruiter_relation",
    "Recruiter's relation",
    HTCDS,
    (
        Code("intimate_partner", "Intimate partner", "ঘনিষ্ঠ সঙ্গী"),
        Code("friend", "Friend", "বন্ধু"),
        Code("family", "Family", "পরিবার"),
        Code("neighbour_or_community", "Neighbour or community", "প্রতিবেশী বা সমাজ"),
        Code("broker", "Broker", "দালাল"),
        Code("employer", "Employer", "নিয়োগকর্তা"),
        Code("smuggler", "Smuggler", "অভিবাসী চোরাচালানকারী"),
        Code("online_contact", "Online contact", "অনলাইন পরিচিত"),
        OTHER,
        UNKNOWN,
    ),
)
RECRUITMENT_PLACE = CodeList(
    "recruitment_place",
    "Place of recruitment",
    WORKING_GROUP,
    (
        Code("home", "Home", "বাড়ি"),
        Code("market", "Market", "বাজার"),
        Code("workplace", "Workplace", "কর্মস্থল"),
        Code("school", "School", "বিদ্যালয়"),
        Code("public_place_in_camp", "Public place in a camp", "ক্যাম্পের প্রকাশ্য স্থান"),
        Code("online", "Online", "অনলাইন"),
        Code("transport_hub", "Transport hub", "পরিবহন কেন্দ্র"),
        OTHER,
        UNKNOWN,
    ),
)
PROMISE = CodeList(
    "promise",
    "Promise at recruitment",
    WORKING_GROUP,
    (
        Code("job", "Job", "চাকরি"),
        Code("marriage", "Marriage", "বিয়ে"),
        Code("education", "Education", "শিক্ষা"),
        Code("travel_abroad", "Travel abroad", "বিদেশ যাত্রা"),
        Code("family_reunion", "Family reunion", "পরিবারের সঙ্গে মিলন"),
        Code("loan", "Money or loan", "টাকা বা ঋণ"),
        Code("medical_care", "Medical care", "চিকিৎসা"),
        Code("safety", "Safety", "নিরাপত্তা"),
        OTHER,
        Code("none", "None", "কোনোটি নয়"),
    ),
)
