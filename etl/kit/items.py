"""Items: what the template and the form of a kit ask for, in English; the rest is the pack's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from dashboard.model.codes import CodeList
from dashboard.model.country import PACK, SECOND
from dashboard.model.fields import Kind
from dashboard.model.languages import LOCAL
from dashboard.model.tables import table
from etl.local import local

Sort = Literal["key", "date", "age", "code", "codes", "flag", "count", "place", "days"]
#: Columns that a template has for an answer with several codes; a form has one question.
SEVERAL = 3


@dataclass(frozen=True)
class Item:
    """One question.

    Attributes:
        id: Its name in a form.
        en: Its words in English, as the header of its column.
        sort: What an answer is.
        field: The field that it fills, ``table.field``; "" for a key.
        help: One sentence on how to answer, in English.
        own: Its words in the country's language, where these are made of others.
        needed: Whether every row needs an answer.
        role, leg: Role of a place, leg of a journey.
        level: Level of a place.
        rank: Of several places of one role the lowest that is known counts.
        within: Id of the question whose place holds this one.
    """

    id: str
    en: str
    sort: Sort
    field: str = ""
    help: str = ""
    needed: bool = False
    role: str = ""
    leg: int = 0
    level: str = ""
    rank: int = 0
    within: str = ""
    own: str = ""

    @property
    def local(self) -> str:
        """Its words in the country's language, '' where the pack has none."""
        return self.own or local(self.en)

    @property
    def header(self) -> str:
        """Header of its column in the template."""
        return _bilingual(self.en, self.local)

    @property
    def headers(self) -> tuple[str, ...]:
        """Headers of its columns in the template: several where it has several answers."""
        if self.sort != "codes":
            return (self.header,)
        more = (
            _bilingual(f"{self.en} ({n})", self.local and f"{self.local} ({n})")
            for n in range(2, SEVERAL + 1)
        )
        return (self.header, *more)

    @property
    def codes(self) -> CodeList | None:
        """Code list of its field."""
        if self.sort not in ("code", "codes"):
            return None
        name, _, field = self.field.partition(".")
        entry = table(name)[field]
        return entry.codes if entry.kind in (Kind.CODE, Kind.CODES) else None


def _bilingual(english: str, local_text: str) -> str:
    """Words as a header has them: in English, then in the country's language."""
    return f"{english} | {local_text}" if local_text else english


_DAY = "A day, such as 25/03/2026."
_LIST = "Choose from the list."
_MORE = "Choose from the list; the most important first."
_NUMBER = "A whole number."
_CASE = "Your own number of the case. It stays the same for good and is no ID, phone or name."
_PERSON = "1 for the first person of the case, 2 for the second. Never a name."
_PLACE = "The name or the P-code; nothing finer."


_SITE = f"The {PACK.levels['site'].names['en'].lower()}; never a block."


def _level(level_role: str, id_: str, words: str, field: str, help_: str, **rest: Any) -> Item:
    """A question about a place of a level, whose name fills ``{level}`` in id and words."""
    level = PACK.levels[level_role]
    own = local(words).format(level=level.names.get(LOCAL, ""))
    return Item(id_.format(level=level.code), words.format(level=level.names["en"]), "place", field,
               help_, level=level.code, own=own, **rest)  # fmt: skip


def _recruited(level_role: str, help_: str, *, rank: int, within: str = "") -> Item:
    """A question about the area of a level in which somebody was recruited."""
    return _level(level_role, "recruited_{level}", "{level} of recruitment", "incident_place.place",
                  help_, role="recruitment", rank=rank, within=within)  # fmt: skip


_KEYS = (
    Item("case_no", "Case number", "key", "", _CASE, needed=True),
    Item("person_no", "Person number", "key", "", _PERSON, needed=True),
)  # fmt: skip
PEOPLE: tuple[Item, ...] = (
    *_KEYS,
    Item("incident_date", "Date of incident", "date", "incident.incident_month", _DAY, needed=True),
    Item("report_date", "Date of report", "date", "incident.report_month", _DAY, needed=True),
    Item("verification", "Verification", "code", "incident.verification", _LIST),
    Item("people", "People in the case", "count", "incident.persons_count", _NUMBER),
    Item("dead_or_missing", "Dead or missing", "count", "incident.dead_or_missing", _NUMBER),
    Item("ransom", "Ransom asked", "flag", "incident.ransom", _LIST),
    Item("sex", "Sex", "code", "person.sex", _LIST),
    Item("age", "Age in years", "age", "person.age_band",
        "Whole years on the day of the incident; nothing if not known."),
    Item("group", "Population group", "code", "person.population_group", _LIST),
    Item("citizenship", "Citizenship", "place", "person.citizenship",
        "The country; nothing if stateless.", level="country"),
    _recruited("second", _PLACE, rank=3),
    _recruited("third", _PLACE, rank=2, within=f"recruited_{SECOND}"),
    _recruited("site", _SITE, rank=1),
    Item("recruited_at", "Recruited at", "code", "person.recruitment_place", _LIST),
    Item("recruiter", "Recruiter", "codes", "person.recruiter_relation", _MORE),
    Item("promise", "Promise", "codes", "person.promise", _MORE),
    Item("class", "Class", "code", "person.class",
        "What the case was found to be; “Under review” if not decided.", needed=True),
    Item("act", "Act", "codes", "classification.act", "Needed where trafficking is confirmed."),
    Item("means", "Means of control", "codes", "person.means_of_control",
        "Needed where trafficking of an adult is confirmed."),
    Item("exploitation", "Form of exploitation", "codes", "person.exploitation",
        "Needed where trafficking is confirmed; the main form first."),
    Item("stage", "Stage of exploitation", "code", "person.exploitation_stage", _LIST),
    Item("exploited_in", "Country of exploitation", "place", "incident_place.place",
        "The country.", role="exploitation", level="country"),
    Item("transport", "Transport", "code", "movement.mode", _LIST, leg=1),
    Item("border", "Inside or across the border", "code", "movement.scope", _LIST, leg=1),
    Item("corridor", "Corridor", "code", "movement.corridor", _LIST, leg=1),
    Item("rescued_by", "Rescued by", "code", "movement.rescuing_authority", _LIST, leg=1),
    Item("identified_by", "Identified by", "code", "person.identified_by", _LIST),
)  # fmt: skip
REFERRALS: tuple[Item, ...] = (
    *_KEYS,
    Item("referral_no", "Referral number", "key", "",
        "1 for the first referral of the person, 2 for the second.", needed=True),
    Item("requested", "Date of request", "date", "referral.requested_month", _DAY, needed=True),
    Item("service", "Service", "code", "referral.service", _LIST, needed=True),
    Item("step", "Step", "code", "referral.step", _LIST, needed=True),
    Item("priority", "Priority", "code", "referral.priority", _LIST),
    Item("from_agency", "Referred by", "code", "referral.from_agency_type", _LIST),
    Item("to_agency", "Referred to", "code", "referral.to_agency_type", _LIST),
    Item("consent", "Consent to the referral", "code", "referral.consent",
        "A referral without known consent is not kept.", needed=True),
    Item("statistics", "Consent to statistics", "flag", "referral.share_consent", _LIST),
    Item("status", "Status", "code", "referral.status", _LIST, needed=True),
    Item("days_to_service", "Days to the service", "days", "referral.days_to_service",
        "Days from the request to the service; nothing while pending."),
    Item("ended", "Date of ending", "date", "referral.ended_month",
        "Where it was received, rejected or taken back."),
    Item("reason", "Why no service", "code", "referral.no_service_reason", _LIST),
    _level("second", "{level}", "{level}", "referral.place", _PLACE),
)  # fmt: skip
#: The questions, by the sort of row.
ITEMS: dict[str, tuple[Item, ...]] = {"people": PEOPLE, "referrals": REFERRALS}
#: Names of the sheets of the template.
SHEETS = {"people": "People", "referrals": "Referrals"}
#: Yes and no, by what they become.
YES_NO = {"true": "Yes", "false": "No"}
