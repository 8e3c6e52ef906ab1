"""Asked: what the template and the form of a kit ask for, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.model.codes import CodeList
from dashboard.model.country import PACK, SECOND
from dashboard.model.fields import Kind
from dashboard.model.tables import table

Sort = Literal["key", "date", "age", "code", "codes", "flag", "count", "place", "days"]
#: Columns that a template has for an answer with several codes; a form has one question.
SEVERAL = 3


@dataclass(frozen=True)
class Ask:
    """One question.

    Attributes:
        id: Its name in a form.
        en, bn: Its words, as the header of its column.
        sort: What an answer is.
        field: The field that it fills, ``table.field``; "" for a key.
        help_en, help_bn: One sentence on how to answer.
        needed: Whether every row needs an answer.
        role, leg: Role of a place, leg of a journey.
        level: Level of a place.
        rank: Of several places of one role the lowest that is known counts.
        within: Id of the question whose place holds this one.
    """

    id: str
    en: str
    bn: str
    sort: Sort
    field: str = ""
    help_en: str = ""
    help_bn: str = ""
    needed: bool = False
    role: str = ""
    leg: int = 0
    level: str = ""
    rank: int = 0
    within: str = ""

    @property
    def header(self) -> str:
        """Header of its column in the template."""
        return f"{self.en} | {self.bn}"

    @property
    def headers(self) -> tuple[str, ...]:
        """Headers of its columns in the template: several where it has several answers."""
        if self.sort != "codes":
            return (self.header,)
        more = (f"{self.en} ({n}) | {self.bn} ({n})" for n in range(2, SEVERAL + 1))
        return (self.header, *more)

    @property
    def codes(self) -> CodeList | None:
        """Code list of its field."""
        if self.sort not in ("code", "codes"):
            return None
        name, _, field = self.field.partition(".")
        held = table(name)[field]
        return held.codes if held.kind in (Kind.CODE, Kind.CODES) else None


_DAY = ("A day, such as 25/03/2026.", "একটি তারিখ, যেমন ২৫/০৩/২০২৬।")
_LIST = ("Choose from the list.", "তালিকা থেকে বেছে নিন।")
_MORE = ("Choose from the list; the most important first.", "তালিকা থেকে বেছে নিন; প্রধানটি আগে।")
_NUMBER = ("A whole number.", "একটি পূর্ণ সংখ্যা।")
_CASE = (
    "Your own number of the case. It stays the same for good and is no ID, phone or name.",
    "আপনার নিজের কেস নম্বর। এটি কখনও বদলায় না; পরিচয়পত্র, ফোন বা নাম নয়।",
)
_PERSON = (
    "1 for the first person of the case, 2 for the second. Never a name.",
    "কেসের প্রথম ব্যক্তির জন্য ১, দ্বিতীয়ের জন্য ২। কখনও নাম নয়।",
)
_PLACE = ("The name or the P-code; nothing finer.", "নাম বা পি-কোড; এর চেয়ে সূক্ষ্ম কিছু নয়।")


def _called(role: str) -> tuple[str, str]:
    """A level's name in English and Bangla."""
    names = PACK.levels[role].names
    return names["en"], names.get("bn", "")


def _recruited(role: str, help_en: str, help_bn: str, *, rank: int, within: str = "") -> Ask:
    """The area of a level in which somebody was recruited."""
    level, (en, bn) = PACK.levels[role].code, _called(role)
    return Ask(f"recruited_{level}", f"{en} of recruitment", f"নিয়োগের {bn}", "place",
        "incident_place.place", help_en, help_bn, role="recruitment", level=level, rank=rank,
        within=within)  # fmt: skip


_KEYS = (
    Ask("case_no", "Case number", "কেস নম্বর", "key", "", *_CASE, needed=True),
    Ask("person_no", "Person number", "ব্যক্তির নম্বর", "key", "", *_PERSON, needed=True),
)  # fmt: skip
PEOPLE: tuple[Ask, ...] = (
    *_KEYS,
    Ask("incident_date", "Date of incident", "ঘটনার তারিখ", "date", "incident.incident_month",
        *_DAY, needed=True),
    Ask("report_date", "Date of report", "প্রতিবেদনের তারিখ", "date", "incident.report_month",
        *_DAY, needed=True),
    Ask("verification", "Verification", "যাচাই", "code", "incident.verification", *_LIST),
    Ask("people", "People in the case", "কেসে মোট মানুষ", "count", "incident.persons_count",
        *_NUMBER),
    Ask("dead_or_missing", "Dead or missing", "মৃত বা নিখোঁজ", "count", "incident.dead_or_missing",
        *_NUMBER),
    Ask("ransom", "Ransom asked", "মুক্তিপণ চাওয়া হয়েছে", "flag", "incident.ransom", *_LIST),
    Ask("sex", "Sex", "লিঙ্গ", "code", "person.sex", *_LIST),
    Ask("age", "Age in years", "বয়স (বছর)", "age", "person.age_band",
        "Whole years on the day of the incident; nothing if not known.",
        "ঘটনার দিনে পূর্ণ বছর; জানা না থাকলে খালি রাখুন।"),
    Ask("group", "Population group", "জনগোষ্ঠী", "code", "person.population_group", *_LIST),
    Ask("citizenship", "Citizenship", "নাগরিকত্ব", "place", "person.citizenship",
        "The country; nothing if stateless.", "দেশ; রাষ্ট্রহীন হলে খালি রাখুন।", level="country"),
    _recruited("second", *_PLACE, rank=3),
    _recruited("third", *_PLACE, rank=2, within=f"recruited_{SECOND}"),
    _recruited("site", "The camp; never a block.", "ক্যাম্প; কখনও ব্লক নয়।", rank=1),
    Ask("recruited_at", "Recruited at", "কোথায় নিয়োগ", "code", "person.recruitment_place",
        *_LIST),
    Ask("recruiter", "Recruiter", "নিয়োগকারী", "codes", "person.recruiter_relation", *_MORE),
    Ask("promise", "Promise", "প্রতিশ্রুতি", "codes", "person.promise", *_MORE),
    Ask("class", "Class", "শ্রেণি", "code", "person.class",
        "What the case was found to be; “Under review” if not decided.",
        "কেসটি কী বলে নির্ধারিত; সিদ্ধান্ত না হলে “পর্যালোচনাধীন”।", needed=True),
    Ask("act", "Act", "কাজ", "codes", "classification.act",
        "Needed where trafficking is confirmed.", "পাচার নিশ্চিত হলে প্রয়োজন।"),
    Ask("means", "Means of control", "নিয়ন্ত্রণের উপায়", "codes", "person.means_of_control",
        "Needed where trafficking of an adult is confirmed.",
        "প্রাপ্তবয়স্কের পাচার নিশ্চিত হলে প্রয়োজন।"),
    Ask("exploitation", "Form of exploitation", "শোষণের ধরন", "codes", "person.exploitation",
        "Needed where trafficking is confirmed; the main form first.",
        "পাচার নিশ্চিত হলে প্রয়োজন; প্রধানটি আগে।"),
    Ask("stage", "Stage of exploitation", "শোষণের পর্যায়", "code", "person.exploitation_stage",
        *_LIST),
    Ask("exploited_in", "Country of exploitation", "শোষণের দেশ", "place", "incident_place.place",
        "The country.", "দেশ।", role="exploitation", level="country"),
    Ask("transport", "Transport", "পরিবহন", "code", "movement.mode", *_LIST, leg=1),
    Ask("border", "Inside or across the border", "দেশে বা সীমান্ত পেরিয়ে", "code",
        "movement.scope", *_LIST, leg=1),
    Ask("corridor", "Corridor", "করিডোর", "code", "movement.corridor", *_LIST, leg=1),
    Ask("rescued_by", "Rescued by", "উদ্ধারকারী", "code", "movement.rescuing_authority", *_LIST,
        leg=1),
    Ask("identified_by", "Identified by", "শনাক্তকারী", "code", "person.identified_by", *_LIST),
)  # fmt: skip
REFERRALS: tuple[Ask, ...] = (
    *_KEYS,
    Ask("referral_no", "Referral number", "রেফারেলের নম্বর", "key", "",
        "1 for the first referral of the person, 2 for the second.",
        "ব্যক্তির প্রথম রেফারেলের জন্য ১, দ্বিতীয়ের জন্য ২।", needed=True),
    Ask("requested", "Date of request", "অনুরোধের তারিখ", "date", "referral.requested_month",
        *_DAY, needed=True),
    Ask("service", "Service", "সেবা", "code", "referral.service", *_LIST, needed=True),
    Ask("step", "Step", "ধাপ", "code", "referral.step", *_LIST, needed=True),
    Ask("priority", "Priority", "অগ্রাধিকার", "code", "referral.priority", *_LIST),
    Ask("from_agency", "Referred by", "রেফারকারী", "code", "referral.from_agency_type", *_LIST),
    Ask("to_agency", "Referred to", "যেখানে রেফার", "code", "referral.to_agency_type", *_LIST),
    Ask("consent", "Consent to the referral", "রেফারেলে সম্মতি", "code", "referral.consent",
        "A referral without known consent is not kept.",
        "সম্মতি জানা না থাকলে রেফারেল রাখা হয় না।", needed=True),
    Ask("statistics", "Consent to statistics", "পরিসংখ্যানে সম্মতি", "flag",
        "referral.share_consent", *_LIST),
    Ask("status", "Status", "অবস্থা", "code", "referral.status", *_LIST, needed=True),
    Ask("days_to_service", "Days to the service", "সেবা পর্যন্ত দিন", "days",
        "referral.days_to_service",
        "Days from the request to the service; nothing while pending.",
        "অনুরোধ থেকে সেবা পর্যন্ত দিন; চলমান হলে খালি।"),
    Ask("ended", "Date of ending", "সমাপ্তির তারিখ", "date", "referral.ended_month",
        "Where it was received, rejected or taken back.", "সেবা পেলে, প্রত্যাখ্যাত বা প্রত্যাহৃত হলে।"),
    Ask("reason", "Why no service", "সেবা না পাওয়ার কারণ", "code", "referral.no_service_reason",
        *_LIST),
    Ask(SECOND, *_called("second"), "place", "referral.place", *_PLACE, level=SECOND),
)  # fmt: skip
#: What is asked, by the sort of row.
ASKED: dict[str, tuple[Ask, ...]] = {"people": PEOPLE, "referrals": REFERRALS}
#: Names of the sheets of the template.
SHEETS = {"people": "People", "referrals": "Referrals"}
#: Yes and no in both languages, by what they become.
YES_NO = {"true": ("Yes", "হ্যাঁ"), "false": ("No", "না")}
