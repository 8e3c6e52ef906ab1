# ruff: noqa: E501 - rows of a layout are easier to read as one line
"""Layouts with invented rows, and what each of their columns is rightly used for.

``SEEN`` were looked at while the drafting was written; ``UNSEEN`` were taken up when it was done:
their columns are those of public files and forms, named beside each, and their rows are invented.
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


def in_columns(
    name: str, kind: str, columns: Sequence[tuple[str, str, str]], **answers: str
) -> Layout:
    """A layout by its columns: header, right use (several joined by +; "" for dropped) and cells.

    Cells are texts of which one is drawn, with words in braces from ``_words``.
    """

    def row(at: int, made: random.Random) -> Row:
        words = _words(at, made)
        return [made.choice(texts.split("|")).format(**words) for _, _, texts in columns]

    right = {header: use for header, use, _ in columns if use}
    return Layout(name, kind, [[header for header, _, _ in columns]], row, right, answers=answers)


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
    in_columns("missing-migrants", "published", (
        ("Main ID", "", "2021.MMP{at:04}"), ("Incident ID", "key", "2021.MMP{at:04}"), ("Incident Type", "", "Incident"),
        ("Region of Incident", "", "Southern Asia"), ("Website Date", "incident.incident_month", "{day:%Y-%m-%d}"),
        ("Incident year", "", "{day:%Y}"), ("Reported Month", "", "{day:%B}"), ("Number of Dead", "", "{n}.0"),
        ("Minimum Estimated Number of Missing", "", ""), ("Total Number of Dead and Missing", "incident.dead_or_missing", "{n}"),
        ("Number of Survivors", "", "|5.0|20.0"), ("Number of Females", "", ""), ("Number of Males", "", "3.0"), ("Number of Children", "", ""),
        ("Region of Origin", "", "Southern Asia"), ("Cause of Death", "", "Drowning|Violence|Unknown"),
        ("Migration route", "movement.corridor[1]", "Bay of Bengal"), ("Location of death", "", "Off the coast, about {at} km from the shore"),
        ("Information Source", "", "A paper"), ("Coordinates", "incident_place.place[transit]", "POINT (91.{at:02}345 20.{at:02}345)"),
        ("UNSD Geographical Grouping", "", "Southern Asia"), ("Source Quality", "incident.source_quality", "1.0|2.0|3.0|4.0|5.0"),
    )),
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
    in_columns("acled-like", "published", (
        ("event_id_cnty", "key", "BGD200{at:02}"), ("event_date", "incident.incident_month", "{day:%d %B %Y}"), ("year", "", "{day:%Y}"),
        ("time_precision", "", "1"), ("disorder_type", "", "Political violence"), ("event_type", "", "Violence against civilians"),
        ("sub_event_type", "", "Abduction/forced disappearance"), ("actor1", "", "Unidentified Armed Group"), ("assoc_actor_1", "", ""),
        ("inter1", "", "3"), ("actor2", "", "Civilians (Bangladesh)"), ("assoc_actor_2", "", ""), ("inter2", "", "7"), ("interaction", "", "37"),
        ("iso", "", "50"), ("region", "", "Southern Asia"), ("country", "incident_place.place[transit]", "Bangladesh"),
        ("admin1", "incident_place.place[transit]", "Chattogram|Khulna"), ("admin2", "incident_place.place[transit]", "{district}"),
        ("admin3", "incident_place.place[transit]", "{upazila}"), ("location", "", "Place {at}"), ("latitude", "", "21.{at:04}"),
        ("longitude", "", "92.{at:04}"), ("geo_precision", "", "1"), ("source", "", "A paper"), ("source_scale", "", "National"),
        ("notes", "", "On that day, {at} armed men abducted people."), ("fatalities", "incident.dead_or_missing", "0|1|2"), ("tags", "", ""),
        ("timestamp", "", "17000000{at:02}"),
    ), row="2", role="3"),
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


UNSEEN = (
    # UNODC, Global Report on Trafficking in Persons: columns of its data portal.
    in_columns("unodc-glotip", "published", (
        ("Iso3_code", "", "BGD|IND|NPL"), ("Country", "incident_place.place[recruitment]", "Bangladesh|India|Nepal"), ("Region", "", "Asia"),
        ("Subregion", "", "Southern Asia"), ("Indicator", "", "Detected trafficking victims"), ("Dimension", "", "by form of exploitation"),
        ("Category", "person.exploitation", "Forced labour|Sexual exploitation|Other forms of exploitation"),
        ("Sex", "person.sex", "Male|Female|Total"), ("Age", "person.is_child", "0 to 17 years|18 years or over|Total"),
        ("Year", "incident.incident_month+key", "201{n}"), ("Unit of measurement", "", "Counts"), ("txtVALUE", "person.n", "<5|{age}|{age}7"),
        ("Source", "", "GLOTIP"),
    ), row="1", role="1"),
    # UNHCR Refugee Statistics, asylum decisions: columns of its interface.
    in_columns("unhcr-asylum-decisions", "published", (
        ("year", "incident.incident_month+key", "201{n}"), ("coo_id", "", "12"), ("coa_id", "", "40"),
        ("coo_name", "incident_place.place[recruitment]", "Myanmar"), ("coo", "", "MYA"), ("coo_iso", "", "MMR"),
        ("coa_name", "incident_place.place[recruitment]", "Bangladesh|India"), ("coa", "", "BGD|IND"), ("coa_iso", "", "BGD|IND"),
        ("procedure_type", "", "G|U|J"), ("dec_level", "", "FI|AR|EO"), ("dec_pc", "", "P|C"), ("dec_recognized", "", "{n}|{age}"),
        ("dec_other", "", "{n}|0"), ("dec_rejected", "", "{age}"), ("dec_closed", "", "{n}|0"), ("dec_total", "person.n", "1{age}"),
    ), row="1", role="1"),
    # Humanitarian Outcomes, Aid Worker Security Database: columns of its export.
    in_columns("aid-workers", "published", (
        ("Incident ID", "key", "30{at:02}"), ("Year", "part", "{day:%Y}"), ("Month", "incident.incident_month", "{day.month}"),
        ("Day", "", "{day.day}"), ("Country Code", "incident_place.place[transit]", "BD"), ("Country", "incident_place.place[transit]", "Bangladesh"),
        ("Region", "incident_place.place[transit]", "Chattogram"), ("District", "incident_place.place[transit]", "Cox's Bazar"),
        ("City", "incident_place.place[transit]", "Ukhia|Teknaf"), ("UN", "", "0"), ("INGO", "", "1"), ("ICRC", "", "0"), ("NRCS and IFRC", "", "0"),
        ("NNGO", "", "1"), ("Other", "", "0"), ("Nationals killed", "", "{n}|0"), ("Nationals wounded", "", "{n}|0"),
        ("Nationals kidnapped", "", "{n}|0"), ("Total nationals", "", "{n}|0"), ("Internationals killed", "", "0"),
        ("Internationals wounded", "", "0"), ("Internationals kidnapped", "", "0"), ("Total internationals", "", "0"),
        ("Total killed", "incident.dead_or_missing", "{n}|0"), ("Total wounded", "", "{n}|0"), ("Total kidnapped", "", "{n}|0"),
        ("Total affected", "incident.persons_count", "1{n}|{n}"), ("Gender Male", "", "1"), ("Gender Female", "", "0"), ("Gender Unknown", "", "0"),
        ("Means of attack", "", "Shooting|Kidnapping|Bodily assault"), ("Attack context", "", "Ambush"), ("Location", "", "Road"),
        ("Latitude", "", "21.{at:02}0457"), ("Longitude", "", "92.{at:02}0457"), ("Motive", "", "Unknown"), ("Actor type", "", "Non-state armed group"),
        ("Actor name", "", "Unknown"), ("Details", "", "On a road, {at} aid workers were attacked."), ("Verified", "incident.verification", "Yes|No"),
        ("Source", "", "Media"),
    ), row="2", role="3"),
    # IOM, Missing Migrants Project: the columns of its files up to 2021.
    in_columns("older-missing-migrants", "published", (
        ("Web ID", "key", "500{at:02}"), ("Region of Incident", "", "Southeast Asia"), ("Reported Date", "incident.incident_month", "{day:%B %d, %Y}"),
        ("Reported Year", "", "{day:%Y}"), ("Reported Month", "", "{day:%b}"), ("Number Dead", "", "{n}"),
        ("Minimum Estimated Number of Missing", "", ""), ("Total Dead and Missing", "incident.dead_or_missing", "{n}|1{n}"),
        ("Number of Survivors", "", ""), ("Number of Females", "", ""), ("Number of Males", "", ""), ("Number of Children", "", ""),
        ("Cause of Death", "", "Drowning|Unknown"), ("Location Description", "", "Bay of Bengal, {at} km off the coast"),
        ("Information Source", "", "A paper"), ("Location Coordinates", "incident_place.place[transit]", "20.{at:02}1234, 91.{at:02}1234"),
        ("Migration Route", "", ""), ("URL", "", "http://example.org/{at}"), ("UNSD Geographical Grouping", "", "South-eastern Asia"),
        ("Source Quality", "incident.source_quality", "1|2|3|4|5"),
    ), row="2", role="3"),
    # UNICEF, Primero: fields of a GBV incident in its public code.
    in_columns("primero-incidents", "real", (
        ("incident_id", "key", "6e{at:06}-aa11"), ("survivor_code", "", "GBV{at:04}"), ("date_of_first_report", "incident.report_month", "{later:%d-%b-%Y}"),
        ("incident_date", "incident.incident_month", "{day:%d-%b-%Y}"), ("age", "person.age_band", "{age}"),
        ("date_of_birth", "person.age_band", "{born:%d-%b-%Y}"), ("sex", "person.sex", "Female|Male"), ("ethnicity", "", "ethnicity1"),
        ("country_of_origin", "", "Myanmar|Bangladesh"), ("nationality", "person.citizenship", "Myanmar|Bangladesh"), ("religion", "", "religion2"),
        ("maritial_status", "", "Single"), ("displacement_status", "person.legal_status", "Refugee|Stateless Person|Resident"),
        ("disability_type", "", "No"), ("unaccompanied_separated_status", "", "No"),
        ("gbv_sexual_violence_type", "", "Forced Marriage|Rape|Denial of Resources"), ("incident_location", "incident_place.place[recruitment]", "Ukhia|Teknaf"),
        ("incident_camp_town", "incident_place.place[recruitment]", "Camp 15|Camp 4 Extension"),
        ("abduction_status_time_of_incident", "", "None|Trafficked|Forced Conscription|Other Abduction/Kidnapping"), ("gbv_reported_elsewhere", "", "No"),
        ("goods_money_exchanged", "", "Yes|No"), ("number_of_perpetrators", "", "1|2|3"), ("service_safehouse_referral", "", "Referred"),
        ("consent_reporting", "", "true"), ("status", "", "Open"), ("owned_by", "", "worker{n}"), ("created_at", "", "{day:%d-%b-%Y}"),
    ), role="1"),
    # Police records of missing persons: columns of a public evaluation of such records.
    in_columns("missing-persons", "real", (
        ("misperid", "key", "MP{at:05}"), ("initial_risk_level", "", "Low|Medium|High"), ("current_final_risk_level", "", "Low|High"),
        ("forenames", "", "Forename{at}"), ("surname", "", "Surname{at}"), ("dob", "person.age_band", "{born:%d/%m/%Y}"), ("pob", "", "Somewhere"),
        ("age", "person.age_band", "{age}"), ("sex", "person.sex", "F|M"), ("residence_type", "", "Home"), ("occdesc", "", "Student"),
        ("nominalpersionid", "", "9000{at:02}"), ("missing_since", "incident.incident_month", "{day:%d/%m/%Y} 21:30"),
        ("date_reported_missing", "incident.report_month", "{later:%d/%m/%Y} 08:15"), ("day_reported_missing", "", "{day:%A}"),
        ("length_missing_mins", "", "645"), ("when_traced", "", "{past:%d/%m/%Y} 10:00"), ("mf_address", "", "{at} Some Road"),
        ("missing_from", "", "{at} Some Road"), ("reported_missing_by", "", "A parent"), ("TL_address", "", "{at} Other Road"),
        ("return_method_desc", "", "Returned alone"), ("circumstances", "", "Left after a quarrel {at}"),
    )),
)  # fmt: skip


BLIND = (
    # START, Global Terrorism Database: columns of its file, some left out.
    in_columns("gtd", "published", (
        ("eventid", "key", "2017{at:08}"), ("iyear", "part", "2017"), ("imonth", "incident.incident_month", "{day.month}"), ("iday", "", "{day.day}"),
        ("approxdate", "", ""), ("extended", "", "0"), ("resolution", "", ""), ("country", "", "19"),
        ("country_txt", "incident_place.place[transit]", "Bangladesh"), ("region", "", "6"), ("region_txt", "", "South Asia"),
        ("provstate", "incident_place.place[transit]", "Chittagong"), ("city", "incident_place.place[transit]", "Ukhia|Teknaf|Ramu"),
        ("latitude", "", "21.{at:02}0457"), ("longitude", "", "92.{at:02}0457"), ("specificity", "", "1"), ("vicinity", "", "0"), ("location", "", ""),
        ("summary", "", "On a day, assailants abducted {at} people."), ("crit1", "", "1"), ("doubtterr", "", "0"), ("success", "", "1"),
        ("attacktype1_txt", "", "Hostage Taking (Kidnapping)"), ("targtype1_txt", "", "Private Citizens & Property"), ("gname", "", "A group"),
        ("nkill", "incident.dead_or_missing", "0|1|2|3"), ("nwound", "", "{n}|0"), ("ishostkid", "", "1"), ("nhostkid", "", "{n}"),
        ("ransom", "incident.ransom", "1"), ("scite1", "", "A source"),
    ), row="2", role="3"),
    # Uppsala Conflict Data Program, georeferenced events: columns of its file, some left out.
    in_columns("ucdp-ged", "published", (
        ("id", "key", "4000{at:02}"), ("relid", "", "BNG-2018-3-{at}"), ("year", "", "{day:%Y}"), ("active_year", "", "True"), ("code_status", "", "Clear"),
        ("type_of_violence", "", "3"), ("conflict_new_id", "", "5{at:02}"), ("conflict_name", "", "A group - {at}"), ("dyad_new_id", "", "9"),
        ("side_a", "", "A group"), ("side_b", "", "Civilians"), ("number_of_sources", "", "2"), ("source_office", "", "A paper"), ("where_prec", "", "1"),
        ("where_coordinates", "", "Place {at}"), ("where_description", "", "Near place {at}"), ("adm_1", "incident_place.place[transit]", "Chittagong division"),
        ("adm_2", "incident_place.place[transit]", "Cox's Bazar district"), ("latitude", "", "21.{at:02}457"), ("longitude", "", "92.{at:02}457"),
        ("priogrid_gid", "", "1500{at:02}"), ("country", "incident_place.place[transit]", "Bangladesh"), ("country_id", "", "771"), ("region", "", "Asia"),
        ("event_clarity", "", "1"), ("date_prec", "", "1"), ("date_start", "incident.incident_month", "{day:%Y-%m-%d} 00:00:00.000"),
        ("date_end", "", "{day:%Y-%m-%d} 00:00:00.000"), ("deaths_a", "", "0"), ("deaths_b", "", "0"),
        ("deaths_civilians", "incident.dead_or_missing", "0|1|2|3|4"), ("deaths_unknown", "", "0"), ("best", "", "{n}|0"), ("high", "", "{n}"), ("low", "", "0"),
    ), row="2", role="3"),
    # NamUs, missing persons: columns of the file that its search gives.
    in_columns("namus", "published", (
        ("Case Number", "key", "MP600{at:02}"), ("DLC", "incident.incident_month", "{day:%m/%d/%Y}"), ("Legal Last Name", "", "Surname{at}"),
        ("Legal First Name", "", "Forename{at}"), ("Missing Age", "person.age_band", "{age} Years"), ("City", "", "Somewhere"),
        ("County", "", "Some County"), ("State", "", "CA"), ("Biological Sex", "person.sex", "Male|Female"), ("Race / Ethnicity", "", "Asian"),
        ("Date Modified", "", "{later:%m/%d/%Y}"),
    )),
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
    replace(in_columns("shelter-book", "real", (
        ("File No.", "key", "SH/25/{at:03}"), ("Year of admission", "part", "{day:%Y}"), ("Month", "incident.incident_month", "{day:%B}"),
        ("Age (yrs)", "person.age_band", "about {age}"), ("Resident", "person.sex", "Girl|Woman|Boy|Man"),
        ("Nationality", "person.citizenship", "Myanmar national|Bangladeshi"), ("Home district", "incident_place.place[recruitment]", "Cox's Bazar|Dhaka|Jessore"),
        ("Country of exploitation", "incident_place.place[exploitation]", "India|Malaysia"),
        ("Type of exploitation", "person.exploitation", "Forced labor|Prostitution|Forced begging|n/a"),
        ("Rescued by", "movement.rescuing_authority[1]", "Police|BGB|NGO"), ("Consent for data sharing", "", "Y|N|"), ("Room", "", "Room {at}"),
    )), above=[["Shelter book"], ["Kept by the warden", "", "2025"]], xlsx=True),
    # Murder Accountability Project, homicide reports: columns of its file.
    in_columns("homicides", "published", (
        ("Record ID", "key", "{at}"), ("Agency Code", "", "AK00101"), ("Agency Name", "", "Anchorage"), ("Agency Type", "", "Municipal Police"),
        ("City", "", "Anchorage"), ("State", "", "Alaska"), ("Year", "part", "201{n}"), ("Month", "incident.incident_month", "{day:%B}"),
        ("Incident", "", "1|2|3|4"), ("Crime Type", "person.class", "Murder or Manslaughter"), ("Crime Solved", "", "Yes|No"),
        ("Victim Sex", "person.sex", "Male|Female"), ("Victim Age", "person.age_band", "{age}"), ("Victim Race", "", "White"),
        ("Victim Ethnicity", "", "Unknown"), ("Perpetrator Sex", "", "Male|Unknown"), ("Perpetrator Age", "", "{age}"), ("Perpetrator Race", "", "White"),
        ("Perpetrator Ethnicity", "", "Unknown"), ("Relationship", "person.recruiter_relation", "Acquaintance|Wife|Stranger"),
        ("Weapon", "", "Blunt Object"), ("Victim Count", "incident.persons_count", "0"), ("Perpetrator Count", "", "0"), ("Record Source", "", "FBI"),
    )),
    # A city's police: columns of its open data of crimes.
    in_columns("city-crimes", "published", (
        ("DR Number", "key", "1900{at:02}"), ("Date Reported", "incident.report_month", "{later:%m/%d/%Y}"),
        ("Date Occurred", "incident.incident_month", "{day:%m/%d/%Y}"), ("Time Occurred", "", "1800"), ("Area ID", "", "3"), ("Area Name", "", "Southwest"),
        ("Reporting District", "", "356"), ("Crime Code", "", "822"), ("Crime Code Description", "person.class", "HUMAN TRAFFICKING - COMMERCIAL SEX ACTS"),
        ("MO Codes", "", "0400 1300"), ("Victim Age", "person.age_band", "{age}"), ("Victim Sex", "person.sex", "F|M"), ("Victim Descent", "", "H"),
        ("Premise Code", "", "101"), ("Premise Description", "", "STREET"), ("Weapon Used Code", "", ""), ("Weapon Description", "", ""),
        ("Status Code", "", "IC"), ("Status Description", "", "Invest Cont"), ("Crime Code 1", "", "822"), ("Crime Code 2", "", ""), ("Crime Code 3", "", ""),
        ("Address", "", "{at}00 S Some AV"), ("Cross Street", "", ""), ("Location", "incident_place.place[transit]", "(34.0256, -118.3042)"),
    ), role="3"),
    # A survivors' organisation in India: fields of a rescue in its public program.
    in_columns("survivor-rescues", "real", (
        ("_id", "", "64fe{at:020x}"), ("survivor", "key", "SUR-{at:04}"), ("date_of_rescue", "incident.incident_month", "{day:%Y-%m-%d}T00:00:00.000Z"),
        ("age_when_rescued", "person.age_band", "{age}"), ("rescue_from_place", "", "A place {at}"),
        ("rescue_from_state", "incident_place.place[interception]", "India|Bangladesh"), ("rescue_from_city", "incident_place.place[interception]", "Kolkata|Mumbai"),
        ("nature_of_the_place_of_rescue", "", "Brothel|Hotel|Private house"),
        ("rescue_conducted_by", "movement.rescuing_authority[1]", "self|family|local_police|ngo"), ("update_notes", "", "A note {at}"),
        ("is_deleted", "", "false"), ("createdAt", "", "{day:%Y-%m-%d}T10:11:12.000Z"),
    )),
)  # fmt: skip
