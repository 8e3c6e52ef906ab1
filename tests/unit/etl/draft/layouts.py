# ruff: noqa: E501 - rows of a layout are easier to read as one line
"""Layouts with invented rows, and what each of their columns is rightly used for.

``SEEN`` were looked at while the drafting was written; ``UNSEEN`` were taken up when it was done:
their columns are those of public files and forms, named beside each, and their rows are invented.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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


def _missing_migrants(at: int, made: random.Random) -> Row:
    day, dead = day_of(made, 2021), made.randrange(1, 9)
    point = f"POINT ({made.uniform(89, 95):.5f} {made.uniform(18, 22):.5f})"
    return [
        f"2021.MMP{at:04}", f"2021.MMP{at:04}", "Incident", "Southern Asia", day.isoformat(), day.year,
        f"{day:%B}", f"{dead}.0", "", dead, made.choice(["", "5.0", "20.0"]), "", "3.0", "",
        "Southern Asia", made.choice(["Drowning", "Violence", "Unknown"]), "Bay of Bengal",
        f"Off the coast, about {at} km from the shore", "A paper", point, "Southern Asia",
        f"{made.randrange(1, 6)}.0",
    ]  # fmt: skip


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


def _acled(at: int, made: random.Random) -> Row:
    day = day_of(made)
    district = made.choice(DISTRICTS)
    return [
        f"BGD{20000 + at}", f"{day:%d %B %Y}", 2025, 1, "Political violence",
        "Violence against civilians", "Abduction/forced disappearance", "Unidentified Armed Group",
        "", 3, "Civilians (Bangladesh)", "", 7, 37, 50, "Southern Asia", "Bangladesh",
        made.choice(["Chattogram", "Khulna"]), district, made.choice(UPAZILAS[district]),
        f"Place {at}", f"{made.uniform(21, 24):.4f}", f"{made.uniform(89, 92):.4f}", 1, "A paper",
        "National", f"On that day, {at} armed men abducted people.", made.randrange(0, 3), "",
        1700000000 + at,
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
    Layout(
        "missing-migrants", "published",
        [["Main ID", "Incident ID", "Incident Type", "Region of Incident", "Website Date",
          "Incident year", "Reported Month", "Number of Dead", "Minimum Estimated Number of Missing",
          "Total Number of Dead and Missing", "Number of Survivors", "Number of Females",
          "Number of Males", "Number of Children", "Region of Origin", "Cause of Death",
          "Migration route", "Location of death", "Information Source", "Coordinates",
          "UNSD Geographical Grouping", "Source Quality"]],
        _missing_migrants,
        {"Incident ID": "key", "Website Date": "incident.incident_month",
         "Total Number of Dead and Missing": "incident.dead_or_missing",
         "Migration route": "movement.corridor[1]",
         "Coordinates": "incident_place.place[transit]", "Source Quality": "incident.source_quality"},
    ),
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
        "acled-like", "published",
        [["event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
          "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
          "interaction", "iso", "region", "country", "admin1", "admin2", "admin3", "location",
          "latitude", "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities",
          "tags", "timestamp"]],
        _acled,
        {"event_id_cnty": "key", "event_date": "incident.incident_month",
         "country": "incident_place.place[transit]", "admin1": "incident_place.place[transit]",
         "admin2": "incident_place.place[transit]", "admin3": "incident_place.place[transit]",
         "fatalities": "incident.dead_or_missing"},
        answers={"row": "2", "role": "3"},
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


def _glotip(at: int, made: random.Random) -> Row:
    return [
        made.choice(["BGD", "IND", "NPL"]), made.choice(["Bangladesh", "India", "Nepal"]), "Asia",
        "Southern Asia", "Detected trafficking victims", "by form of exploitation",
        made.choice(["Forced labour", "Sexual exploitation", "Other forms of exploitation"]),
        made.choice(["Male", "Female", "Total"]),
        made.choice(["0 to 17 years", "18 years or over", "Total"]), 2010 + at % 12, "Counts",
        made.choice(["<5", str(made.randrange(5, 400))]), "GLOTIP",
    ]  # fmt: skip


def _asylum(at: int, made: random.Random) -> Row:
    parts = [made.randrange(0, 400) for _ in range(4)]
    return [
        2015 + at % 9, 12, 40, "Myanmar", "MYA", "MMR", made.choice(["Bangladesh", "India"]),
        made.choice(["BGD", "IND"]), made.choice(["BGD", "IND"]), made.choice(["G", "U", "J"]),
        made.choice(["FI", "AR", "EO"]), made.choice(["P", "C"]), *parts, sum(parts),
    ]  # fmt: skip


def _aid_workers(at: int, made: random.Random) -> Row:
    killed, hurt, taken = (made.randrange(0, 4) for _ in range(3))
    day = day_of(made)
    return [
        3000 + at, day.year, day.month, day.day, "BD", "Bangladesh", "Chattogram", "Cox's Bazar",
        made.choice(["Ukhia", "Teknaf"]), 0, 1, 0, 0, 1, 0, killed, hurt, taken,
        killed + hurt + taken, 0, 0, 0, 0, killed, hurt, taken, killed + hurt + taken, 1, 0, 0,
        made.choice(["Shooting", "Kidnapping", "Bodily assault"]), "Ambush", "Road",
        f"{made.uniform(21, 22):.6f}", f"{made.uniform(91, 93):.6f}", "Unknown",
        "Non-state armed group", "Unknown", f"On a road, {at} aid workers were attacked.",
        made.choice(["Yes", "No"]), "Media",
    ]  # fmt: skip


def _older_missing_migrants(at: int, made: random.Random) -> Row:
    day, dead = day_of(made, 2018), made.randrange(1, 20)
    return [
        50000 + at, "Southeast Asia", f"{day:%B %d, %Y}", day.year, f"{day:%b}", dead, "", dead, "",
        "", "", "", made.choice(["Drowning", "Unknown"]), f"Bay of Bengal, {at} km off the coast",
        "A paper", f"{made.uniform(18, 22):.6f}, {made.uniform(89, 94):.6f}", "",
        f"http://example.org/{at}", "South-eastern Asia", made.randrange(1, 6),
    ]  # fmt: skip


def _primero(at: int, made: random.Random) -> Row:
    day = day_of(made)
    born = date(1970, 1, 1) + timedelta(days=made.randrange(14000))
    return [
        f"6e{at:06x}-aa11", f"GBV{at:04}", f"{day + timedelta(days=4):%d-%b-%Y}", f"{day:%d-%b-%Y}",
        day.year - born.year, f"{born:%d-%b-%Y}", made.choice(["Female", "Male"]), "ethnicity1",
        made.choice(["Myanmar", "Bangladesh"]), made.choice(["Myanmar", "Bangladesh"]), "religion2",
        "Single", made.choice(["Refugee", "Stateless Person", "Resident"]), "No", "No",
        made.choice(["Forced Marriage", "Rape", "Denial of Resources"]),
        made.choice(["Ukhia", "Teknaf"]), made.choice(["Camp 15", "Camp 4 Extension"]),
        made.choice(["None", "Trafficked", "Forced Conscription", "Other Abduction/Kidnapping"]),
        "No", made.choice(["Yes", "No"]), made.randrange(1, 4), "Referred", "true", "Open",
        f"worker{at % 3}", f"{day:%d-%b-%Y}",
    ]  # fmt: skip


def _missing_persons(at: int, made: random.Random) -> Row:
    day = day_of(made)
    born = date(1960, 1, 1) + timedelta(days=made.randrange(16000))
    return [
        f"MP{at:05}", made.choice(["Low", "Medium", "High"]), made.choice(["Low", "High"]),
        f"Forename{at}", f"Surname{at}", f"{born:%d/%m/%Y}", "Somewhere", day.year - born.year,
        made.choice(["F", "M"]), "Home", "Student", 900000 + at, f"{day:%d/%m/%Y} 21:30",
        f"{day + timedelta(days=1):%d/%m/%Y} 08:15", f"{day:%A}", 645,
        f"{day + timedelta(days=2):%d/%m/%Y} 10:00", f"{at} Some Road", f"{at} Some Road", "A parent",
        f"{at} Other Road", "Returned alone", f"Left after a quarrel {at}",
    ]  # fmt: skip


def _gtd(at: int, made: random.Random) -> Row:
    day = day_of(made, 2017)
    return [
        f"2017{at:08}", 2017, day.month, day.day, "", 0, "", 19, "Bangladesh", 6, "South Asia",
        "Chittagong", made.choice(["Ukhia", "Teknaf", "Ramu"]), f"{made.uniform(21, 22):.6f}",
        f"{made.uniform(91, 93):.6f}", 1, 0, "", f"On a day, assailants abducted {at} people.", 1, 0,
        1, "Hostage Taking (Kidnapping)", "Private Citizens & Property", "A group",
        made.randrange(0, 4), made.randrange(0, 9), 1, made.randrange(1, 6), 1, "A source",
    ]  # fmt: skip


def _ucdp(at: int, made: random.Random) -> Row:
    day = day_of(made, 2018)
    return [
        400000 + at, f"BNG-2018-3-{at}", 2018, "True", "Clear", 3, 500 + at, f"A group - {at}", 9,
        "A group", "Civilians", 2, "A paper", 1, f"Place {at}", f"Near place {at}",
        "Chittagong division", "Cox's Bazar district", f"{made.uniform(21, 22):.5f}",
        f"{made.uniform(91, 93):.5f}", 150000 + at, "Bangladesh", 771, "Asia", 1, 1,
        f"{day:%Y-%m-%d} 00:00:00.000", f"{day:%Y-%m-%d} 00:00:00.000", 0, 0, made.randrange(0, 5), 0,
        made.randrange(0, 5), made.randrange(0, 9), 0,
    ]  # fmt: skip


def _namus(at: int, made: random.Random) -> Row:
    day = day_of(made)
    return [
        f"MP{60000 + at}", f"{day:%m/%d/%Y}", f"Surname{at}", f"Forename{at}",
        f"{made.randrange(10, 70)} Years", "Somewhere", "Some County", "CA",
        made.choice(["Male", "Female"]), "Asian", f"{day + timedelta(days=9):%m/%d/%Y}",
    ]  # fmt: skip


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


def _shelter_book(at: int, made: random.Random) -> Row:
    day = day_of(made)
    return [
        f"SH/{day:%y}/{at:03}", day.year, f"{day:%B}", f"about {made.randrange(8, 40)}",
        made.choice(["Girl", "Woman", "Boy", "Man"]), made.choice(["Myanmar national", "Bangladeshi"]),
        made.choice(["Cox's Bazar", "Dhaka", "Jessore"]), made.choice(["India", "Malaysia"]),
        made.choice(["Forced labor", "Prostitution", "Forced begging", "n/a"]),
        made.choice(["Police", "BGB", "NGO"]), made.choice(["Y", "N", ""]), f"Room {at}",
    ]  # fmt: skip


UNSEEN = (
    # UNODC, Global Report on Trafficking in Persons: columns of its data portal.
    Layout(
        "unodc-glotip", "published",
        [["Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category", "Sex",
          "Age", "Year", "Unit of measurement", "txtVALUE", "Source"]],
        _glotip,
        {"Country": "incident_place.place[recruitment]", "Category": "person.exploitation",
         "Sex": "person.sex", "Age": "person.is_child", "Year": "incident.incident_month+key",
         "txtVALUE": "person.n"},
        answers={"row": "1", "role": "1"},
    ),
    # UNHCR Refugee Statistics, asylum decisions: columns of its interface.
    Layout(
        "unhcr-asylum-decisions", "published",
        [["year", "coo_id", "coa_id", "coo_name", "coo", "coo_iso", "coa_name", "coa", "coa_iso",
          "procedure_type", "dec_level", "dec_pc", "dec_recognized", "dec_other", "dec_rejected",
          "dec_closed", "dec_total"]],
        _asylum,
        {"year": "incident.incident_month+key", "coo_name": "incident_place.place[recruitment]",
         "coa_name": "incident_place.place[recruitment]", "dec_total": "person.n"},
        answers={"row": "1", "role": "1"},
    ),
    # Humanitarian Outcomes, Aid Worker Security Database: columns of its export.
    Layout(
        "aid-workers", "published",
        [["Incident ID", "Year", "Month", "Day", "Country Code", "Country", "Region", "District",
          "City", "UN", "INGO", "ICRC", "NRCS and IFRC", "NNGO", "Other", "Nationals killed",
          "Nationals wounded", "Nationals kidnapped", "Total nationals", "Internationals killed",
          "Internationals wounded", "Internationals kidnapped", "Total internationals",
          "Total killed", "Total wounded", "Total kidnapped", "Total affected", "Gender Male",
          "Gender Female", "Gender Unknown", "Means of attack", "Attack context", "Location",
          "Latitude", "Longitude", "Motive", "Actor type", "Actor name", "Details", "Verified",
          "Source"]],
        _aid_workers,
        {"Incident ID": "key", "Year": "part", "Month": "incident.incident_month",
         "Country Code": "incident_place.place[transit]", "Country": "incident_place.place[transit]",
         "Region": "incident_place.place[transit]", "District": "incident_place.place[transit]",
         "City": "incident_place.place[transit]", "Total killed": "incident.dead_or_missing",
         "Total affected": "incident.persons_count", "Verified": "incident.verification"},
        answers={"row": "2", "role": "3"},
    ),
    # IOM, Missing Migrants Project: the columns of its files up to 2021.
    Layout(
        "older-missing-migrants", "published",
        [["Web ID", "Region of Incident", "Reported Date", "Reported Year", "Reported Month",
          "Number Dead", "Minimum Estimated Number of Missing", "Total Dead and Missing",
          "Number of Survivors", "Number of Females", "Number of Males", "Number of Children",
          "Cause of Death", "Location Description", "Information Source", "Location Coordinates",
          "Migration Route", "URL", "UNSD Geographical Grouping", "Source Quality"]],
        _older_missing_migrants,
        {"Web ID": "key", "Reported Date": "incident.incident_month",
         "Total Dead and Missing": "incident.dead_or_missing",
         "Location Coordinates": "incident_place.place[transit]",
         "Source Quality": "incident.source_quality"},
        answers={"row": "2", "role": "3"},
    ),
    # UNICEF, Primero: fields of a GBV incident in its public code.
    Layout(
        "primero-incidents", "real",
        [["incident_id", "survivor_code", "date_of_first_report", "incident_date", "age",
          "date_of_birth", "sex", "ethnicity", "country_of_origin", "nationality", "religion",
          "maritial_status", "displacement_status", "disability_type",
          "unaccompanied_separated_status", "gbv_sexual_violence_type", "incident_location",
          "incident_camp_town", "abduction_status_time_of_incident", "gbv_reported_elsewhere",
          "goods_money_exchanged", "number_of_perpetrators", "service_safehouse_referral",
          "consent_reporting", "status", "owned_by", "created_at"]],
        _primero,
        {"incident_id": "key", "date_of_first_report": "incident.report_month",
         "incident_date": "incident.incident_month", "age": "person.age_band",
         "date_of_birth": "person.age_band", "sex": "person.sex", "nationality": "person.citizenship",
         "displacement_status": "person.legal_status",
         "incident_location": "incident_place.place[recruitment]",
         "incident_camp_town": "incident_place.place[recruitment]"},
        answers={"role": "1"},
    ),
    # Police records of missing persons: columns of a public evaluation of such records.
    Layout(
        "missing-persons", "real",
        [["misperid", "initial_risk_level", "current_final_risk_level", "forenames", "surname", "dob",
          "pob", "age", "sex", "residence_type", "occdesc", "nominalpersionid", "missing_since",
          "date_reported_missing", "day_reported_missing", "length_missing_mins", "when_traced",
          "mf_address", "missing_from", "reported_missing_by", "TL_address", "return_method_desc",
          "circumstances"]],
        _missing_persons,
        {"misperid": "key", "dob": "person.age_band", "age": "person.age_band", "sex": "person.sex",
         "missing_since": "incident.incident_month",
         "date_reported_missing": "incident.report_month"},
    ),
)  # fmt: skip


def _homicides(at: int, made: random.Random) -> Row:
    return [
        at + 1, "AK00101", "Anchorage", "Municipal Police", "Anchorage", "Alaska", 1980 + 30 + at % 5,
        f"{date(2020, 1 + at % 12, 1):%B}", at % 4 + 1, "Murder or Manslaughter",
        made.choice(["Yes", "No"]), made.choice(["Male", "Female"]), made.randrange(5, 80), "White",
        "Unknown", made.choice(["Male", "Unknown"]), made.randrange(15, 60), "White", "Unknown",
        made.choice(["Acquaintance", "Wife", "Stranger"]), "Blunt Object", 0, 0, "FBI",
    ]  # fmt: skip


def _city_crimes(at: int, made: random.Random) -> Row:
    day = day_of(made, 2017)
    return [
        190000 + at, f"{day + timedelta(days=2):%m/%d/%Y}", f"{day:%m/%d/%Y}", 1800, 3, "Southwest", 356,
        822, "HUMAN TRAFFICKING - COMMERCIAL SEX ACTS", "0400 1300", made.randrange(12, 60),
        made.choice(["F", "M"]), "H", 101, "STREET", "", "", "IC", "Invest Cont", 822, "", "",
        f"{at}00 S Some AV", "", "(34.0256, -118.3042)",
    ]  # fmt: skip


def _rescues(at: int, made: random.Random) -> Row:
    day = day_of(made)
    return [
        f"64fe{at:020x}", f"SUR-{at:04}", f"{day.isoformat()}T00:00:00.000Z", made.randrange(9, 40),
        f"A place {at}", made.choice(["India", "Bangladesh"]), made.choice(["Kolkata", "Mumbai"]),
        made.choice(["Brothel", "Hotel", "Private house"]),
        made.choice(["self", "family", "local_police", "ngo"]), f"A note {at}", "false",
        f"{day.isoformat()}T10:11:12.000Z",
    ]  # fmt: skip


BLIND = (
    # START, Global Terrorism Database: columns of its file, some left out.
    Layout(
        "gtd", "published",
        [["eventid", "iyear", "imonth", "iday", "approxdate", "extended", "resolution", "country",
          "country_txt", "region", "region_txt", "provstate", "city", "latitude", "longitude",
          "specificity", "vicinity", "location", "summary", "crit1", "doubtterr", "success",
          "attacktype1_txt", "targtype1_txt", "gname", "nkill", "nwound", "ishostkid", "nhostkid",
          "ransom", "scite1"]],
        _gtd,
        {"eventid": "key", "iyear": "part", "imonth": "incident.incident_month",
         "country_txt": "incident_place.place[transit]", "provstate": "incident_place.place[transit]",
         "city": "incident_place.place[transit]", "nkill": "incident.dead_or_missing",
         "ransom": "incident.ransom"},
        answers={"row": "2", "role": "3"},
    ),
    # Uppsala Conflict Data Program, georeferenced events: columns of its file, some left out.
    Layout(
        "ucdp-ged", "published",
        [["id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_new_id",
          "conflict_name", "dyad_new_id", "side_a", "side_b", "number_of_sources", "source_office",
          "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude",
          "longitude", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
          "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown",
          "best", "high", "low"]],
        _ucdp,
        {"id": "key", "country": "incident_place.place[transit]",
         "adm_1": "incident_place.place[transit]", "adm_2": "incident_place.place[transit]",
         "date_start": "incident.incident_month", "deaths_civilians": "incident.dead_or_missing"},
        answers={"row": "2", "role": "3"},
    ),
    # NamUs, missing persons: columns of the file that its search gives.
    Layout(
        "namus", "published",
        [["Case Number", "DLC", "Legal Last Name", "Legal First Name", "Missing Age", "City",
          "County", "State", "Biological Sex", "Race / Ethnicity", "Date Modified"]],
        _namus,
        {"Case Number": "key", "DLC": "incident.incident_month", "Missing Age": "person.age_band",
         "Biological Sex": "person.sex"},
    ),
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
    Layout(
        "shelter-book", "real",
        [["File No.", "Year of admission", "Month", "Age (yrs)", "Resident", "Nationality",
          "Home district", "Country of exploitation", "Type of exploitation", "Rescued by",
          "Consent for data sharing", "Room"]],
        _shelter_book,
        {"File No.": "key", "Year of admission": "part", "Month": "incident.incident_month",
         "Age (yrs)": "person.age_band", "Resident": "person.sex", "Nationality": "person.citizenship",
         "Home district": "incident_place.place[recruitment]",
         "Country of exploitation": "incident_place.place[exploitation]",
         "Type of exploitation": "person.exploitation",
         "Rescued by": "movement.rescuing_authority[1]"},
        above=[["Shelter book"], ["Kept by the warden", "", "2025"]],
        xlsx=True,
    ),
    # Murder Accountability Project, homicide reports: columns of its file.
    Layout(
        "homicides", "published",
        [["Record ID", "Agency Code", "Agency Name", "Agency Type", "City", "State", "Year", "Month",
          "Incident", "Crime Type", "Crime Solved", "Victim Sex", "Victim Age", "Victim Race",
          "Victim Ethnicity", "Perpetrator Sex", "Perpetrator Age", "Perpetrator Race",
          "Perpetrator Ethnicity", "Relationship", "Weapon", "Victim Count", "Perpetrator Count",
          "Record Source"]],
        _homicides,
        {"Record ID": "key", "Year": "part", "Month": "incident.incident_month",
         "Victim Sex": "person.sex", "Victim Age": "person.age_band",
         "Relationship": "person.recruiter_relation", "Crime Type": "person.class",
         "Victim Count": "incident.persons_count"},
    ),
    # A city's police: columns of its open data of crimes.
    Layout(
        "city-crimes", "published",
        [["DR Number", "Date Reported", "Date Occurred", "Time Occurred", "Area ID", "Area Name",
          "Reporting District", "Crime Code", "Crime Code Description", "MO Codes", "Victim Age",
          "Victim Sex", "Victim Descent", "Premise Code", "Premise Description", "Weapon Used Code",
          "Weapon Description", "Status Code", "Status Description", "Crime Code 1", "Crime Code 2",
          "Crime Code 3", "Address", "Cross Street", "Location"]],
        _city_crimes,
        {"DR Number": "key", "Date Reported": "incident.report_month",
         "Date Occurred": "incident.incident_month", "Victim Age": "person.age_band",
         "Victim Sex": "person.sex", "Crime Code Description": "person.class", "Location": "incident_place.place[transit]"},
        answers={"role": "3"},
    ),
    # A survivors' organisation in India: fields of a rescue in its public program.
    Layout(
        "survivor-rescues", "real",
        [["_id", "survivor", "date_of_rescue", "age_when_rescued", "rescue_from_place",
          "rescue_from_state", "rescue_from_city", "nature_of_the_place_of_rescue",
          "rescue_conducted_by", "update_notes", "is_deleted", "createdAt"]],
        _rescues,
        {"survivor": "key", "date_of_rescue": "incident.incident_month",
         "age_when_rescued": "person.age_band",
         "rescue_from_state": "incident_place.place[interception]",
         "rescue_from_city": "incident_place.place[interception]",
         "rescue_conducted_by": "movement.rescuing_authority[1]"},
    ),
)  # fmt: skip
