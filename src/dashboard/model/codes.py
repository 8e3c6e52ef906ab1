"""Code lists: every value a coded field may take, with its labels and its standard.

A code list belongs here when more than one file or page uses it. Places do not: they are
data (``data/reference/gazetteer.csv``). Words of pages do not: see ``dashboard.words``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

HTCDS = "HTCDS 2.0"
PALERMO = "Palermo Protocol"
SMUGGLING_PROTOCOL = "Smuggling Protocol"
ICTIP = "IC-TIP"
UNHCR = "UNHCR population categories"
PRIMERO = "Primero v2"
REFERRAL_FORM = "Inter-agency referral form"
ISIC = "ISIC rev. 4"
WORKING_GROUP = "Working group sheet"
OWN = "Situation Atlas"


@dataclass(frozen=True)
class Code:
    """One value of a code list: its code, English and Bangla label, and its code elsewhere."""

    code: str
    en: str
    bn: str = ""
    standard_code: str = ""


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes in the order in which menus and tables show them."""

    id: str
    label: str
    standard: str
    codes: tuple[Code, ...]

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __contains__(self, code: object) -> bool:
        return any(entry.code == code for entry in self.codes)

    @property
    def values(self) -> tuple[str, ...]:
        """The codes alone, in order."""
        return tuple(entry.code for entry in self.codes)

    def label_of(self, code: str, lang: str = "en") -> str:
        """Label in a language (English where Bangla is not known); KeyError for no such code."""
        for entry in self.codes:
            if entry.code == code:
                return (entry.bn or entry.en) if lang == "bn" else entry.en
        raise KeyError(f"{code!r} is not in the code list {self.id}")


UNKNOWN = Code("unknown", "Unknown", "অজানা")
OTHER = Code("other", "Other", "অন্যান্য")

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

CLASS = CodeList(
    "class",
    "Class",
    f"{PALERMO}; {SMUGGLING_PROTOCOL}",
    (
        Code("trafficking_confirmed", "Trafficking, confirmed", "মানব পাচার, নিশ্চিত"),
        Code("trafficking_suspected", "Trafficking, suspected", "মানব পাচার, সন্দেহভাজন"),
        Code(
            "smuggling_then_trafficking", "Smuggling that became trafficking", "চোরাচালান যা পাচারে পরিণত"
        ),
        Code("smuggling", "Smuggling of migrants", "অভিবাসী চোরাচালান"),
        Code("smuggling_aggravated", "Smuggling, aggravated", "অভিবাসী চোরাচালান, গুরুতর"),
        Code("kidnap_for_ransom", "Kidnap for ransom", "মুক্তিপণের জন্য অপহরণ"),
        Code("missing_or_abduction", "Missing or abduction", "নিখোঁজ বা অপহরণ"),
        Code("undetermined", "Under review", "পর্যালোচনাধীন"),
        Code(
            "not_trafficking_or_smuggling", "Neither trafficking nor smuggling", "পাচার বা চোরাচালান নয়"
        ),
    ),
)

MIXED = Code("mixed", "Mixed classes", "মিশ্র শ্রেণি")
CLASS_OR_MIXED = CodeList("class_or_mixed", "Class", CLASS.standard, (*CLASS.codes, MIXED))

CLASS_GROUP = CodeList(
    "class_group",
    "Class, rolled up",
    WORKING_GROUP,
    (
        Code("trafficking_sexual", "Trafficking for sexual exploitation", "যৌন শোষণের জন্য পাচার"),
        Code("trafficking_labour", "Trafficking for forced labour", "জোরপূর্বক শ্রমের জন্য পাচার"),
        Code("trafficking_other", "Trafficking, other purposes", "অন্য উদ্দেশ্যে পাচার"),
        Code("smuggling", "Smuggling of migrants", "অভিবাসী চোরাচালান"),
        Code("other", "Other or under review", "অন্যান্য বা পর্যালোচনাধীন"),
    ),
)
CLASS_GROUP_OR_MIXED = CodeList(
    "class_group_or_mixed", "Class, rolled up", WORKING_GROUP, (*CLASS_GROUP.codes, MIXED)
)

TRAFFICKING_CLASSES = (
    "trafficking_confirmed",
    "trafficking_suspected",
    "smuggling_then_trafficking",
)
SMUGGLING_CLASSES = ("smuggling", "smuggling_aggravated")
TRAFFICKING_GROUPS = ("trafficking_sexual", "trafficking_labour", "trafficking_other")
#: Exploitation codes that make a trafficking case "labour"; sexual exploitation has its own.
LABOUR_EXPLOITATION = ("forced_labour", "child_labour")

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

MEANS = CodeList(
    "means_of_control",
    "Means of control",
    HTCDS,
    (
        Code("debt_bondage", "Debt bondage", "ঋণদাসত্ব"),
        Code("takes_earnings", "Takes earnings", "উপার্জন কেড়ে নেওয়া"),
        Code("restricts_financial_access", "Restricts access to money"),
        Code("threats", "Threats", "হুমকি"),
        Code("threat_of_law_enforcement", "Threat of law enforcement"),
        Code("psychological_abuse", "Psychological abuse", "মানসিক নির্যাতন"),
        Code("physical_abuse", "Physical abuse", "শারীরিক নির্যাতন"),
        Code("sexual_abuse", "Sexual abuse", "যৌন নির্যাতন"),
        Code("false_promises", "False promises", "মিথ্যা প্রতিশ্রুতি"),
        Code("psychoactive_substance", "Psychoactive substances", "নেশাজাতীয় দ্রব্য"),
        Code("restricts_movement", "Restricts movement", "চলাচলে বাধা"),
        Code("restricts_medical_care", "Restricts medical care", "চিকিৎসায় বাধা"),
        Code("excessive_working_hours", "Excessive working hours", "অতিরিক্ত কর্মঘণ্টা"),
        Code("withholds_necessities", "Withholds necessities"),
        Code("withholds_documents", "Withholds documents", "কাগজপত্র আটকে রাখা"),
        OTHER,
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
        Code("transport", "Transport and storage", standard_code="H"),
        Code("accommodation_food", "Accommodation and food", standard_code="I"),
        Code("domestic_work", "Work in households", "গৃহকর্ম", standard_code="T"),
        OTHER,
    ),
)

RECRUITER = CodeList(
    "recruiter_relation",
    "Recruiter's relation",
    HTCDS,
    (
        Code("intimate_partner", "Intimate partner"),
        Code("friend", "Friend", "বন্ধু"),
        Code("family", "Family", "পরিবার"),
        Code("neighbour_or_community", "Neighbour or community", "প্রতিবেশী বা সমাজ"),
        Code("broker", "Broker", "দালাল"),
        Code("employer", "Employer", "নিয়োগকর্তা"),
        Code("smuggler", "Smuggler"),
        Code("online_contact", "Online contact"),
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

SERVICE = CodeList(
    "service",
    "Service",
    f"{PRIMERO}; {REFERRAL_FORM}",
    (
        Code("case_management", "Case management", "কেস ম্যানেজমেন্ট"),
        Code("psychosocial", "Psychosocial support", "মনোসামাজিক সহায়তা"),
        Code("health", "Health care", "স্বাস্থ্যসেবা"),
        Code("mental_health", "Mental health care", "মানসিক স্বাস্থ্যসেবা"),
        Code("safe_shelter", "Safe shelter", "নিরাপদ আশ্রয়"),
        Code("legal_aid", "Legal aid", "আইনি সহায়তা"),
        Code("police_protection", "Police protection", "পুলিশি সুরক্ষা"),
        Code("child_protection", "Child protection", "শিশু সুরক্ষা"),
        Code("gbv_services", "Services for gender-based violence", "লিঙ্গভিত্তিক সহিংসতা সেবা"),
        Code("family_tracing", "Family tracing", "পরিবার অনুসন্ধান"),
        Code("livelihoods", "Livelihoods", "জীবিকা"),
        Code("education", "Education", "শিক্ষা"),
        Code("cash", "Cash assistance", "নগদ সহায়তা"),
        Code("relief_items", "Relief items", "ত্রাণসামগ্রী"),
        Code("food", "Food", "খাদ্য"),
        Code("shelter_housing", "Housing", "আবাসন"),
        Code("documentation", "Documentation", "নথিপত্র"),
        Code("return_and_reintegration", "Return and reintegration", "প্রত্যাবর্তন ও পুনঃএকত্রীকরণ"),
        Code("international_protection", "International protection", "আন্তর্জাতিক সুরক্ষা"),
        OTHER,
    ),
)

PRIORITY = CodeList(
    "priority",
    "Priority",
    REFERRAL_FORM,
    (
        Code("emergency_24h", "Emergency, 24 hours", "জরুরি, ২৪ ঘণ্টা"),
        Code("urgent_72h", "Urgent, 72 hours", "দ্রুত, ৭২ ঘণ্টা"),
        Code("normal_2w", "Normal, two weeks", "সাধারণ, দুই সপ্তাহ"),
    ),
)

REFERRAL_STATUS = CodeList(
    "referral_status",
    "Status of the referral",
    PRIMERO,
    (
        Code("in_progress", "In progress", "চলমান"),
        Code("accepted", "Accepted", "গৃহীত"),
        Code("rejected", "Rejected", "প্রত্যাখ্যাত"),
        Code("done", "Service received", "সেবা পেয়েছেন"),
        Code("revoked", "Revoked", "প্রত্যাহৃত"),
    ),
)
#: A referral with one of these has ended; the other two are still open.
ENDED_STATUSES = ("rejected", "done", "revoked")

NO_SERVICE_REASON = CodeList(
    "no_service_reason",
    "Why no service",
    REFERRAL_FORM,
    (
        Code("declined_by_person", "Person declined", "ব্যক্তি রাজি হননি"),
        Code("service_unavailable", "Service unavailable", "সেবা নেই"),
        Code("already_received", "Already received", "আগেই পেয়েছেন"),
        Code("not_applicable", "Not applicable", "প্রযোজ্য নয়"),
        Code("lost_contact", "Contact lost", "যোগাযোগ বিচ্ছিন্ন"),
    ),
)

CONSENT = CodeList(
    "consent",
    "Consent to the referral",
    REFERRAL_FORM,
    (
        Code("given", "Given", "দেওয়া হয়েছে"),
        Code(
            "best_interests",
            "Best interests of a child, or imminent danger",
            "শিশুর সর্বোত্তম স্বার্থ বা আসন্ন বিপদ",
        ),
        UNKNOWN,
    ),
)

REFERRAL_STEP = CodeList(
    "referral_step",
    "Step of referral",
    PRIMERO,
    (
        Code("first", "First", "প্রথম"),
        Code("second", "Second", "দ্বিতীয়"),
        Code("later", "Later", "পরবর্তী"),
    ),
)

DELAY_BAND = CodeList(
    "delay_band",
    "Time taken",
    REFERRAL_FORM,
    (
        Code("within_1", "Within 1 day", "১ দিনের মধ্যে"),
        Code("2_3", "2–3 days", "২–৩ দিন"),
        Code("4_5", "4–5 days", "৪–৫ দিন"),
        Code("6_14", "6–14 days", "৬–১৪ দিন"),
        Code("15_30", "15–30 days", "১৫–৩০ দিন"),
        Code("over_30", "Over 30 days", "৩০ দিনের বেশি"),
        Code("pending", "Pending", "অপেক্ষমাণ"),
    ),
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
        Code("internal", "Inside Bangladesh", "বাংলাদেশের ভেতরে"),
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

CORRIDOR = CodeList(
    "corridor",
    "Corridor",
    OWN,
    (
        Code("camp_internal", "Within the camps", "ক্যাম্পের ভেতরে"),
        Code("bd_internal", "Inside Bangladesh", "বাংলাদেশের ভেতরে"),
        Code("naf_river", "Naf River", "নাফ নদী"),
        Code("bay_of_bengal_andaman", "Bay of Bengal and Andaman Sea", "বঙ্গোপসাগর ও আন্দামান সাগর"),
        Code("bd_india_southwest", "South-west border to India", "দক্ষিণ-পশ্চিম সীমান্ত থেকে ভারত"),
        Code("bd_india_northeast", "North-east border to India", "উত্তর-পূর্ব সীমান্ত থেকে ভারত"),
        Code("hill_tracts_myanmar", "Hill Tracts to Myanmar", "পার্বত্য চট্টগ্রাম থেকে মিয়ানমার"),
        Code("bd_nepal", "Overland to Nepal", "স্থলপথে নেপাল"),
        Code("air_gulf", "By air to the Gulf", "আকাশপথে উপসাগরীয় দেশ"),
        Code(
            "air_north_africa_europe",
            "By air to North Africa and Europe",
            "আকাশপথে উত্তর আফ্রিকা ও ইউরোপ",
        ),
        Code("air_southeast_asia", "By air to South-East Asia", "আকাশপথে দক্ষিণ-পূর্ব এশিয়া"),
        OTHER,
        UNKNOWN,
    ),
)

PLACE_ROLE = CodeList(
    "place_role",
    "Role of the place",
    ICTIP,
    (
        Code("recruitment", "Recruitment", "নিয়োগ"),
        Code("exploitation", "Exploitation", "শোষণ"),
        Code("transit", "Transit", "ট্রানজিট"),
        Code("interception", "Interception", "আটক"),
        Code("disembarkation", "Disembarkation", "অবতরণ"),
        Code("intended_destination", "Intended destination", "উদ্দিষ্ট গন্তব্য"),
    ),
)
#: A release keeps the first known of these for each event; the later two only on request.
PLACE_ROLE_ORDER = ("recruitment", "exploitation", "transit", "interception", "disembarkation")
SHOWN_PLACE_ROLES = ("recruitment", "exploitation", "transit")

LOCATION_PRECISION = CodeList(
    "location_precision",
    "Precision of the place",
    OWN,
    (
        Code("camp", "Camp", "ক্যাম্প"),
        Code("upazila", "Upazila", "উপজেলা"),
        Code("district", "District", "জেলা"),
        Code("country", "Country", "দেশ"),
        Code("sea_area", "Sea area", "সমুদ্র এলাকা"),
        UNKNOWN,
    ),
)

DATE_PRECISION = CodeList(
    "date_precision",
    "Precision of the date",
    OWN,
    (
        Code("month", "Month", "মাস"),
        Code("quarter", "Quarter", "ত্রৈমাসিক"),
        Code("year", "Year", "বছর"),
        UNKNOWN,
    ),
)

VERIFICATION = CodeList(
    "verification",
    "Verification",
    OWN,
    (
        Code("verified", "Verified", "যাচাইকৃত"),
        Code("unverified", "Unverified", "অযাচাইকৃত"),
        Code("pending", "Pending", "অপেক্ষমাণ"),
        Code("rejected", "Rejected", "বাতিল"),
    ),
)

DEAD_OR_MISSING_BAND = CodeList(
    "dead_or_missing_band",
    "People dead or missing",
    OWN,
    (
        Code("none", "None", "কেউ নয়"),
        Code("1_4", "1–4", "১–৪"),
        Code("5_19", "5–19", "৫–১৯"),
        Code("20_99", "20–99", "২০–৯৯"),
        Code("100_plus", "100 or more", "১০০ বা বেশি"),
        UNKNOWN,
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
)

LAG_QUARTERS = CodeList(
    "lag_quarters",
    "Quarters from request to ending",
    OWN,
    (
        Code("0", "Same quarter", "একই ত্রৈমাসিক"),
        Code("1", "Next quarter", "পরবর্তী ত্রৈমাসিক"),
        Code("2_plus", "Later"),
    ),
)

REPORTING_BAND = CodeList(
    "reporting_band",
    "Partners reporting",
    OWN,
    (
        Code("none", "None", "কেউ নয়"),
        Code("1_2", "1–2", "১–২"),
        Code("3_5", "3–5", "৩–৫"),
        Code("6_plus", "6 or more", "৬ বা বেশি"),
    ),
)

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

CODE_LISTS: tuple[CodeList, ...] = (
    SEX,
    AGE_BAND,
    IS_CHILD,
    POPULATION_GROUP,
    LEGAL_STATUS,
    CLASS,
    CLASS_OR_MIXED,
    CLASS_GROUP,
    CLASS_GROUP_OR_MIXED,
    STAGE,
    EXPLOITATION,
    MEANS,
    INDUSTRY,
    RECRUITER,
    RECRUITMENT_PLACE,
    PROMISE,
    RESCUING_AUTHORITY,
    AGENCY_TYPE,
    IDENTIFICATION_STEP,
    SERVICE,
    PRIORITY,
    REFERRAL_STATUS,
    NO_SERVICE_REASON,
    CONSENT,
    REFERRAL_STEP,
    DELAY_BAND,
    MODE,
    MODE_DETAIL,
    SCOPE,
    LEG_ROLE,
    COMPLETED,
    CORRIDOR,
    PLACE_ROLE,
    LOCATION_PRECISION,
    DATE_PRECISION,
    VERIFICATION,
    DEAD_OR_MISSING_BAND,
    DECISION_BAND,
    LAG_QUARTERS,
    REPORTING_BAND,
    ACT,
)


def class_group(class_code: str, exploitation: tuple[str, ...] | list[str]) -> str:
    """Roll-up of a class: the first form of exploitation decides which trafficking.

    The SQL twin stands in ``etl.events``; a test holds the two together.
    """
    if class_code in TRAFFICKING_CLASSES:
        first = exploitation[0] if exploitation else None
        if first == "sexual_exploitation":
            return "trafficking_sexual"
        return "trafficking_labour" if first in LABOUR_EXPLOITATION else "trafficking_other"
    return "smuggling" if class_code in SMUGGLING_CLASSES else "other"
