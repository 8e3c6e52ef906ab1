# ruff: noqa: E501 - rows of a layout are easier to read as one line
"""Layouts with invented rows, and what each of their columns is rightly used for.

``SEEN`` were looked at while the drafting was written; ``UNSEEN`` and ``BLIND`` were taken up when
it was done: ``layouts.csv`` says whose public file, form or program their columns are from; the
rows are invented.

What was right of ``PUBLIC`` was written before the layouts were tried (two columns of the second
group were judged anew and count as missed), and each group, ``tried`` in ``layouts.csv``, was
measured before anything was mended for it. At first sight 137 of 146 columns of the first were
right, and 14 of 15 places and dates; of the second 96 of 105, and 12 of 13; of the third 77 of 89,
and 13 of 19, where one layout was refused whole; of the fourth 70 of 76, and 9 of 9; of the fifth
62 of 68, and 12 of 13.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl

Row = list[object]
#: Header to its use, several joined by +; a header that is not named is dropped.
Right = Mapping[str, str]


@dataclass(frozen=True)
class Layout:
    """A layout.

    Attributes:
        name: Its name.
        kind: Kind of its data.
        headers: Its header row, or two.
        row: Makes a row of a number from 0.
        right: What its columns are used for.
        rows: How many rows.
        above: Rows above the header.
        below: Rows below the data.
        xlsx: Whether it is a workbook; else a CSV.
        merged: Cells that are merged.
        tags: A row of hashtags below the header, or none.
        answers: What an operator who knows the partner answers, by id of the question.
    """

    name: str
    kind: str
    headers: Sequence[Sequence[str]]
    row: Callable[[int, random.Random], Row]
    right: Right
    rows: int = 60
    above: Sequence[Row] = ()
    below: Sequence[Row] = ()
    xlsx: bool = False
    merged: Sequence[str] = ()
    tags: Sequence[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    delimiter: str = ","

    def written(self, folder: Path) -> Path:
        """The layout as a file, always the same."""
        made = random.Random(self.name)  # noqa: S311
        rows = [self.row(at, made) for at in range(self.rows)]
        body = [
            *self.above,
            *map(list, self.headers),
            *([[*self.tags]] if self.tags else []),
            *rows,
        ]
        body += self.below
        if not self.xlsx:
            path = folder / f"{self.name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, delimiter=self.delimiter).writerows(body)
            return path
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in body:
            sheet.append(row)
        for cells in self.merged:
            sheet.merge_cells(cells)
        path = folder / f"{self.name}.xlsx"
        book.save(path)
        return path

    @property
    def uses(self) -> dict[str, frozenset[str]]:
        """What each column is rightly used for."""
        return {header: frozenset(told.split("+")) for header, told in self.right.items()}


COLUMNS = Path(__file__).with_name("columns")
DISTRICTS = ("Cox's Bazar", "Bandarban", "Chattogram", "Jashore", "Satkhira", "Dhaka")
UPAZILAS = {"Cox's Bazar": ("Ukhia", "Teknaf", "Ramu"), "Bandarban": ("Lama", "Alikadam"),
            "Chattogram": ("Patiya", "Raozan"), "Jashore": ("Sharsha", "Chaugachha"),
            "Satkhira": ("Kalaroa", "Debhata"), "Dhaka": ("Savar", "Dhamrai")}  # fmt: skip
COUNTRIES = ("Bangladesh", "India", "Malaysia", "Myanmar", "Saudi Arabia")
BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def day_of(made: random.Random, year: int = 2025) -> date:
    return date(year, 1, 1) + timedelta(days=made.randrange(330))


def _words(at: int, made: random.Random) -> dict[str, object]:
    day, district = day_of(made), made.choice(DISTRICTS)
    age = made.randrange(5, 60)
    return {
        "at": at, "house": at // 3, "day": day, "later": day + timedelta(days=made.randrange(1, 30)),
        "past": day + timedelta(days=made.randrange(31, 60)), "age": age,
        "born": day.replace(day=1) - timedelta(days=age * 365 + 200), "n": made.randrange(1, 9),
        "district": district, "upazila": made.choice(UPAZILAS[district]),
        "country": made.choice(COUNTRIES), "flag": made.choice(("true", "false")),
    }  # fmt: skip


def in_columns(name: str, kind: str, **answers: str) -> Layout:
    """The layout of ``columns/<name>.csv``: of each column its header, right use and cells.

    Several uses are joined by +; a column without one is dropped. Cells are texts of which one is
    drawn, with words in braces from ``_words``.
    """
    told = _rows(COLUMNS / f"{name}.csv")

    def row(at: int, made: random.Random) -> Row:
        words = _words(at, made)
        return [made.choice(column["cells"].split("|")).format(**words) for column in told]

    right = {column["header"]: column["use"] for column in told if column["use"]}
    return Layout(name, kind, [[column["header"] for column in told]], row, right, answers=answers)


def of_group(group: str) -> tuple[Layout, ...]:
    """Those of ``layouts.csv`` in a group."""
    return tuple(
        in_columns(row["name"], row["kind"], **dict(a.split("=") for a in row["answers"].split()))
        for row in _rows(COLUMNS.with_name("layouts.csv"))
        if row["group"] == group
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _bangla(at: int, made: random.Random) -> Row:
    district = made.choice(("কক্সবাজার", "বান্দরবান", "যশোর"))
    upazila = {"কক্সবাজার": ("উখিয়া", "টেকনাফ"), "বান্দরবান": ("লামা",), "যশোর": ("শার্শা",)}[district]
    day = day_of(made)
    return [
        str(at + 1).translate(BANGLA), f"কেস-{1000 + at}".translate(BANGLA),
        f"{day:%d/%m/%Y}".translate(BANGLA), made.choice(["নারী", "পুরুষ", "হিজড়া"]),
        f"{made.randrange(8, 60)} বছর".translate(BANGLA),
        made.choice(["রোহিঙ্গা", "স্থানীয়", "জানা নেই"]), district, made.choice(upazila),
        made.choice(["মানব পাচার", "অভিবাসী চোরাচালান", "নিখোঁজ"]),
        made.choice(["যৌন শোষণ", "জোরপূর্বক শ্রম", ""]), made.choice(["হ্যাঁ", "না"]),
        f"একটি বাক্য {at}",
    ]  # fmt: skip


def _htcds(at: int, made: random.Random) -> Row:
    born, day = date(1965, 1, 1) + timedelta(days=made.randrange(16000)), day_of(made)
    return [
        f"CAS-{at:05}", "TRUE", "Ms", "Invented", "Person", born.isoformat(),
        made.choice(["Feminine", "Masculine", "TransgenderFeminine"]),
        made.choice(["BD", "MM", "IN"]), "", "a@example.org", "", "",
        made.choice(["ThroughFriendsOrSocialEvents", "AtWork", "ThroughOnlineSocialNetworks"]),
        made.choice(["Teknaf", "Ukhia", "Ramu"]),
        made.choice(["ActualVictimOfTrafficking", "PossibleVictimOfTrafficking"]),
        made.choice(["Police", "NGO", "CourtOrProsecution"]),
        made.choice(["DebtBondage;FalsePromises", "PhysicalAbuse", "WithholdsDocuments;TakesEarnings"]),
        made.choice(["ForcedLabour", "SexualExploitation", "ForcedMarriage", "ForcedLabour;Servitude"]),
        made.choice(["F_Construction", "C_Manufacturing", "T_ActivitiesOfHouseholdsAsEmployers"]),
        "", made.choice(["India", "Malaysia", "Saudi Arabia"]), made.choice(["Active", "Closed"]),
        "A partner", day.isoformat(), "A worker", f"A reason {at}", "",
    ]  # fmt: skip


HTCDS = (
    "cas_CaseNumber", "con_Consent", "prs_Salutation", "prs_First_Name", "prs_Second_Name",
    "prs_Birthdate", "prs_Gender", "prs_Citizenship", "prs_Title", "prs_Email", "prs_HomePhone",
    "prs_MobilePhone", "vic_MethodOfRecruitment", "vic_LocationOfRecruitment",
    "vic_TraffickingStatus", "vic_TraffickingStatusDecisionMakingOrg", "vic_Methods_of_Control",
    "vic_TypeOfExploitation", "vic_ForcedLabourIndustry", "vic_TypeOfSexExploitation",
    "vic_LocationOfExploitation", "cas_Status", "cas_ReferringOrganisation",
    "cas_IncomingReferralDate", "cas_ReferringPrimaryCaseWorker", "cas_ReasonForIncomingReferral",
    "cas_IncomingReferralDetails",
)  # fmt: skip

MEANS = {
    "DebtBondage": 1, "TakesEarnings": 1, "RestrictsFinancialAccess": 1, "Threats": 1,
    "PsychologicalAbuse": 1, "PhysicalAbuse": 1, "SexualAbuse": 1, "FalsePromises": 1,
    "PsychoactiveSubstances": 1, "RestrictsMovement": 1, "RestrictsMedicalCare": 1,
    "ExcessiveWorkingHours": 1, "UsesChildren": 1, "ThreatOfLawEnforcement": 1,
    "WithholdsNecessities": 1, "WithholdsDocuments": 1, "Other": 1,
}  # fmt: skip
CTDC = (
    "yearOfRegistration", "Datasource", "gender", "ageBroad", "majorityStatus",
    "majorityStatusAtExploit", "majorityEntry", "citizenship",
    *(f"meansOfControl{name}" for name in MEANS), "meansOfControlNotSpecified",
    "meansOfControlConcatenated", "isForcedLabour", "isSexualExploit", "isOtherExploit",
    "isSexAndLabour", "isForcedMarriage", "isForcedMilitary", "isOrganRemoval",
    "isSlaveryAndPractices", "typeOfExploitConcatenated", "typeOfLabourAgriculture",
    "typeOfLabourConstruction", "typeOfLabourDomesticWork", "typeOfLabourManufacturing",
    "typeOfLabourConcatenated", "typeOfSexProstitution", "typeOfSexConcatenated", "isAbduction",
    "RecruiterRelationship", "CountryOfExploitation", "recruiterRelationIntimatePartner",
    "recruiterRelationFriend", "recruiterRelationFamily", "recruiterRelationOther",
    "recruiterRelationUnknown",
)  # fmt: skip


def _ctdc(_: int, made: random.Random) -> Row:
    def flag() -> str:
        return made.choice(["0", "1", "-99"])

    means = made.sample(["Debt bondage", "Threats", "Physical abuse", "False promises"], 2)
    age = made.choice(["0--8", "9--17", "18--20", "21--23", "24--26", "30--38", "39--47", "48+"])
    return [
        made.randrange(2012, 2020), made.choice(["Hotline", "Case Management"]),
        made.choice(["Female", "Male", "-99"]),
        age, "Minor" if age in ("0--8", "9--17") else "Adult", made.choice(["Adult", "Minor", "-99"]), "-99",
        made.choice(["BD", "MM", "PH", "00"]), *(flag() for _ in MEANS), flag(), ";".join(means),
        *(flag() for _ in range(8)), made.choice(["Forced labour", "Sexual exploitation", "-99"]),
        *(flag() for _ in range(4)), made.choice(["Agriculture", "Construction", "-99"]),
        flag(), made.choice(["Prostitution", "-99"]), flag(),
        made.choice(["Friend", "Family/Relative", "-99"]), made.choice(["MY", "IN", "SA"]),
        *(flag() for _ in range(5)),
    ]  # fmt: skip


def _kobo_labels(at: int, made: random.Random) -> Row:
    day, district = day_of(made), made.choice(DISTRICTS)
    promise = made.sample(["job", "marriage", "travel_abroad", "education"], made.randrange(1, 3))
    return [
        f"{day.isoformat()}T10:{at % 60:02}:00.000+06:00", f"uuid:{at:032x}",
        f"{day.isoformat()}T09:30:00.000+06:00", made.choice(["Female", "Male", "Other"]),
        f"{made.randrange(10, 50)} yrs", district, made.choice(UPAZILAS[district]),
        made.choice(["Camp 4 Extension", "Camp 2E", "Camp 15", ""]), " ".join(promise),
        *(str(int(p in promise)) for p in ("job", "marriage", "education")),
        made.choice(["Trawler", "Bus", "On foot"]), made.choice(["Yes", "No"]), str(at),
        f"2025-01-01T00:00:{at % 60:02}",
    ]  # fmt: skip


def _aggregate(at: int, made: random.Random) -> Row:
    return [
        2023 + at // 24, f"{date(2025, 1 + at % 12, 1):%B}", made.choice(DISTRICTS),
        made.choice(["Human trafficking", "Migrant smuggling", "Kidnapping for ransom"]),
        made.choice(["Women", "Men", "Girls", "Boys"]), made.randrange(1, 40),
    ]  # fmt: skip


SEEN = (
    *of_group("seen"),
    Layout(
        "bangla-sheet", "real",
        [["ক্রমিক", "কেস নম্বর", "ঘটনার তারিখ", "ভুক্তভোগী", "", "", "নিয়োগের স্থান", "", "ঘটনা", "", "", "মন্তব্য"],
         ["", "", "", "লিঙ্গ", "বয়স", "জনগোষ্ঠী", "জেলা", "উপজেলা", "অপরাধ", "শোষণের ধরন", "মুক্তিপণ", ""]],
        _bangla,
        {"কেস নম্বর": "key", "ঘটনার তারিখ": "incident.incident_month", "ভুক্তভোগী / লিঙ্গ": "person.sex",
         "ভুক্তভোগী / বয়স": "person.age_band", "ভুক্তভোগী / জনগোষ্ঠী": "person.population_group",
         "নিয়োগের স্থান / জেলা": "incident_place.place[recruitment]",
         "নিয়োগের স্থান / উপজেলা": "incident_place.place[recruitment]", "ঘটনা / অপরাধ": "person.class",
         "ঘটনা / শোষণের ধরন": "person.exploitation", "ঘটনা / মুক্তিপণ": "incident.ransom"},
        above=[["অক্টোবর ২০২৫-এর তালিকা"]],
        below=[["", "মোট", "", "", "", "", "", "", "৬০", "", "", ""]],
        xlsx=True,
        merged=["A1:L1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:H2", "I2:K2", "L2:L3"],
    ),
    Layout(
        "htcds", "real", [HTCDS], _htcds,
        {"cas_CaseNumber": "key", "prs_Birthdate": "person.age_band", "prs_Gender": "person.sex",
         "prs_Citizenship": "person.citizenship",
         "vic_MethodOfRecruitment": "person.recruitment_place",
         "vic_LocationOfRecruitment": "incident_place.place[recruitment]",
         "vic_TraffickingStatus": "person.class",
         "vic_TraffickingStatusDecisionMakingOrg": "classification.decided_by",
         "vic_Methods_of_Control": "person.means_of_control",
         "vic_TypeOfExploitation": "person.exploitation",
         "vic_ForcedLabourIndustry": "person.industry",
         "vic_LocationOfExploitation": "incident_place.place[exploitation]",
         "cas_IncomingReferralDate": "incident.incident_month"},
    ),
    Layout(
        "ctdc", "published", [CTDC], _ctdc,
        {"yearOfRegistration": "incident.incident_month+key", "gender": "person.sex",
         "ageBroad": "person.age_band", "majorityStatus": "person.is_child",
         "citizenship": "person.citizenship",
         **{f"meansOfControl{name}": "person.means_of_control" for name in MEANS},
         **{name: "person.exploitation" for name in
            ("isForcedLabour", "isSexualExploit", "isOtherExploit", "isForcedMarriage",
             "isForcedMilitary", "isOrganRemoval", "isSlaveryAndPractices", "typeOfSexConcatenated",
             "typeOfExploitConcatenated")},
         **{f"typeOfLabour{name}": "person.industry" for name in
            ("Agriculture", "Construction", "DomesticWork", "Manufacturing", "Concatenated")},
         **{f"recruiterRelation{name}": "person.recruiter_relation" for name in
            ("IntimatePartner", "Friend", "Family", "Other", "Unknown")},
         "RecruiterRelationship": "person.recruiter_relation",
         "CountryOfExploitation": "incident_place.place[exploitation]"},
    ),
    Layout(
        "kobo-with-hxl", "real",
        [["start", "_uuid", "Date of interview", "Sex of the person", "Age (in years)",
          "Home/District", "Home/Upazila", "Home/Camp", "promise", "promise/job", "promise/marriage",
          "promise/education", "Boat or vehicle", "Was a ransom asked?", "_id", "_submission_time"]],
        _kobo_labels,
        {"_uuid": "key", "Date of interview": "incident.incident_month",
         "Sex of the person": "person.sex", "Age (in years)": "person.age_band",
         "Home/District": "incident_place.place[recruitment]",
         "Home/Upazila": "incident_place.place[recruitment]",
         "Home/Camp": "incident_place.place[recruitment]", "promise": "person.promise",
         "Boat or vehicle": "movement.mode_detail[1]", "Was a ransom asked?": "incident.ransom"},
        tags=["", "", "#date+interview", "#beneficiary+sex", "#beneficiary+age", "#adm2+name",
              "#adm3+name", "#loc+camp", "#cause", "", "", "", "#item", "#indicator+ransom", "", ""],
    ),
    Layout(
        "counted-table", "published",
        [["Year", "Month", "District", "Type of case", "Who", "Number of people"]],
        _aggregate,
        {"Year": "part+key", "Month": "incident.incident_month",
         "District": "incident_place.place[recruitment]", "Type of case": "person.class",
         "Number of people": "person.n", "Who": "person.sex"},
        below=[["Total", "", "", "", "", 999], ["Source: a ministry", "", "", "", "", ""]],
        xlsx=True,
        answers={"row": "1"},
    ),
)  # fmt: skip


def _referral_sheet(at: int, made: random.Random) -> Row:
    day, done = day_of(made), made.random() < 0.6
    return [
        at + 1, f"CC-{2000 + at // 2}", f"R{at:04}", f"{day:%d-%b-%y}",
        made.choice(["INGO", "National NGO", "UN Agency"]), made.choice(["Hospital", "NGO", "Police"]),
        made.choice(["PSS", "Legal assistance", "Safe shelter", "Cash support"]),
        made.choice(["High", "Medium", "Low"]), made.choice(["F", "M"]), made.choice(["12-17", "18-59"]),
        made.choice(["Camp 1E", "Camp 9", "Camp 24"]), "Yes",
        made.choice(["Completed", "In progress"]) if done else "Declined",
        f"{day + timedelta(days=12):%d-%b-%y}" if done else "", f"A remark {at}",
    ]  # fmt: skip


def _police_list(at: int, made: random.Random) -> Row:
    day = day_of(made)
    return [
        f"{at + 11}/২৫".translate(BANGLA), made.choice(["টেকনাফ", "উখিয়া", "রামু"]), "কক্সবাজার", "৭/৮",
        f"{day:%d-%m-%Y}".translate(BANGLA), str(made.randrange(9, 45)).translate(BANGLA),
        made.choice(["নারী", "পুরুষ"]), made.choice(["পাচার", "চোরাচালান", "অপহরণ"]),
        made.choice(["ভারত", "মালয়েশিয়া", "সৌদি আরব"]), made.choice(["সাগর", "সড়ক", "আকাশ"]),
        made.choice(["দালাল", "আত্মীয়", "প্রতিবেশী"]),
        f"{day + timedelta(days=6):%d-%m-%Y}".translate(BANGLA), made.choice(["পুলিশ", "কোস্ট গার্ড"]),
    ]  # fmt: skip


UNSEEN = of_group("unseen")


BLIND = (
    *of_group("blind"),
    Layout(
        "referral-sheet", "real",
        [["Sl", "Case code", "Referral no", "Referral", "", "", "", "", "Survivor", "", "",
          "Consent obtained", "Status", "Date service provided", "Remarks"],
         ["", "", "", "Date", "Referring agency", "Receiving agency", "Service", "Priority level",
          "Sex", "Age group", "Camp", "", "", "", ""]],
        _referral_sheet,
        {"Case code": "key", "Referral no": "key", "Referral / Date": "referral.requested_month",
         "Referral / Referring agency": "referral.from_agency_type",
         "Referral / Receiving agency": "referral.to_agency_type",
         "Referral / Service": "referral.service", "Referral / Priority level": "referral.priority",
         "Survivor / Camp": "referral.place", "Consent obtained": "referral.consent",
         "Status": "referral.status", "Date service provided": "referral.days_to_service"},
        above=[["Inter-agency referrals, quarter 3"], []],
        xlsx=True,
        merged=["A1:O1", "D3:H3", "I3:K3"],
    ),
    Layout(
        "police-list", "real",
        [["মামলা নং", "থানা", "জেলা", "ধারা", "ঘটনার তারিখ", "ভিকটিমের বয়স", "ভিকটিমের লিঙ্গ", "অপরাধের ধরন",
          "গন্তব্য দেশ", "যাতায়াতের মাধ্যম", "নিয়োগকারী", "উদ্ধারের তারিখ", "উদ্ধারকারী"]],
        _police_list,
        {"মামলা নং": "key", "থানা": "incident_place.place[recruitment]",
         "জেলা": "incident_place.place[recruitment]", "ঘটনার তারিখ": "incident.incident_month",
         "ভিকটিমের বয়স": "person.age_band", "ভিকটিমের লিঙ্গ": "person.sex", "অপরাধের ধরন": "person.class",
         "গন্তব্য দেশ": "incident_place.place[intended_destination]",
         "যাতায়াতের মাধ্যম": "movement.mode[1]", "নিয়োগকারী": "person.recruiter_relation",
         "উদ্ধারের তারিখ": "incident.report_month",
         "উদ্ধারকারী": "movement.rescuing_authority[1]"},
        below=[["মোট", "", "", "", "", "", "", "", "", "", "", "", "৬০"]],
        delimiter=";",
    ),
    replace(
        in_columns("shelter-book", "real"),
        above=[["Shelter book"], ["Kept by the warden", "", "2025"]],
        xlsx=True,
    ),
)  # fmt: skip
PUBLIC = of_group("public")
