"""An invented country, as unlike the one that is shipped as a pack may be.

Its levels have other names and shorter P-codes, it has one site, lies west of Greenwich and south
of the equator, and its language is written from right to left: the English words letter by letter
in Arabic ones, with placeholders and forms as they were. Nothing in it is true of any place.
"""

from __future__ import annotations

import csv
import json
import random
import re
import string
from calendar import day_name, month_name
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import shapely

from dashboard.model.phrases import Phrase, phrases_of, read_catalogues
from dashboard.model.shipped import COUNTRY, ENGLISH_WORDS
from tools.geography.arcs import shared
from tools.geography.output import Feature, write_arcs, write_layer, write_table

LANG = "qaa"
DIGITS = "٠١٢٣٤٥٦٧٨٩"
#: A catalogue that the pack leaves out, so that English stands for it.
LEFT_OUT = "report"
LEVELS = {"first": "province", "second": "county", "third": "ward",
          "region": "settlement_group", "site": "settlement"}  # fmt: skip
SITE, REGION = "QZ-MELKA", "QZ-MELKA-GROUP"
#: West and south of the country; degrees of a province, of which there are two by two.
_WEST, _SOUTH, _WIDE, _HIGH = -20.0, -30.0, 2.0, 1.5
_EAST, _NORTH = _WEST + 2 * _WIDE, _SOUTH + 2 * _HIGH
_LETTERS = dict(zip(string.ascii_lowercase, "ابتثجحخدذرزسشصضطظعغفقكلمنه", strict=True))
_KEPT = re.compile(r"(\{[^{}]*\}|<[^<>]*>)")
_SYLLABLES = ("tar", "vel", "os", "rin", "mel", "ka", "dun", "pol", "ves", "ir", "lan", "gor")
#: Its neighbours, a country far away, and what lies in them: code, name, west, south, east, north.
_COUNTRIES = (
    ("QX", "Norlandia", _EAST, _SOUTH, _EAST + 4, _NORTH),
    ("QY", "Hochwald", _WEST, _NORTH, _EAST, _NORTH + 3),
    ("QW", "Farlandia", 20.0, -10.0, 26.0, -5.0),
)
_CITIES = (("QXPRT", "Port Vesper", "QX", _EAST + 2, _SOUTH + 1), ("QWCAP", "Quell", "QW", 22, -8))
_SEAS = (
    ("QZW-EST", "Western Waters", -30, -40, -5, -20),
    ("QZW-FAR", "Far Waters", -5, -40, 20, -5),
)
#: List, code, marks, English label.
CODES = (
    ("sex", "other_sex", "", "Another"), ("population_group", "hill_people", "", "Hill people"),
    ("population_group", "river_people", "", "River people"),
    ("population_group", "guests", "", "Guests"), ("counted_group", "everybody", "", "Everybody"),
    ("counted_group", "without_guests", "hill_people river_people", "Everybody but guests"),
    ("boundaries", "survey_1", "country first second third", "Survey of the land"),
    ("boundaries", "plan_1", "site region", "Plan of the settlement"),
    ("legal_status", "sheltered", "protection", "Sheltered"),
    ("legal_status", "citizen", "", "Citizen"),
    ("rescuing_authority", "rangers", "security", "Rangers"),
    ("rescuing_authority", "harbour_watch", "security", "Harbour watch"),
    ("rescuing_authority", "neighbours", "", "Neighbours"),
    ("agency_type", "ministry", "", "Ministry"), ("agency_type", "charity", "", "Charity"),
    ("agency_type", "clinic", "", "Clinic"), ("corridor", "within", "inside", "Within the country"),
    ("corridor", "ridge_road", "name", "Ridge Road to Hochwald"),
    ("corridor", "vesper_coast", "", "Coast to Norlandia"),
    ("corridor", "far_flight", "", "By air to Farlandia"),
    ("scope", "at_home", "inside", "Inside Qazria"),
)  # fmt: skip


def pseudo(text: str) -> str:
    """A text letter by letter in Arabic letters; placeholders and tags stay.

    >>> pseudo("A {number}")
    'ا {number}'
    """
    parts = _KEPT.split(text)
    return "".join(
        part if at % 2 else "".join(_LETTERS.get(sign.lower(), sign) for sign in part)
        for at, part in enumerate(parts)
    )


def write_pack(folder: Path) -> Path:
    """Write the pack into a folder, the same whenever it is written; returns the folder."""
    (folder / "geography").mkdir(parents=True)
    (folder / "country.toml").write_text(_COUNTRY, encoding="utf-8")
    (folder / "draft.toml").write_text(_DRAFT, encoding="utf-8")
    areas = [*_areas()]
    _tables(folder, areas)
    _shapes(folder / "geography", areas)
    _words(folder / "words" / LANG)
    return folder


Area = tuple[str, str, str, str, tuple[float, float, float, float]]


def _areas() -> Iterator[Area]:
    """Role, code, name, parent and box of each area, the coarse ones before those inside."""
    made = random.Random(7)  # noqa: S311
    names = iter(sorted({"".join(made.sample(_SYLLABLES, 3)).title() for _ in range(200)}))
    for first in range(4):
        west, south = _WEST + first % 2 * _WIDE, _SOUTH + first // 2 * _HIGH
        code = f"QZ{first + 1}"
        yield "first", code, next(names), "QZ", (west, south, west + _WIDE, south + _HIGH)
        for second in range(2):
            left, half = west + second, f"{code}{second + 1:02}"
            yield "second", half, next(names), code, (left, south, left + 1, south + _HIGH)
            for third in range(3):
                low = south + third * 0.5
                box = (left, low, left + 1, low + 0.5)
                yield "third", f"{half}{third + 1:02}", next(names), half, box


def _tables(folder: Path, areas: Sequence[Area]) -> None:
    rows = [
        ("QZ", "country", "Qazria", "", _WEST + 2, _SOUTH + 1.5),
        *((code, "country", name, "", west + 1, south + 1)
          for code, name, west, south, *_ in _COUNTRIES),
        *((code, LEVELS[role], name, parent, box[0] + 0.45, box[1] + 0.25)
          for role, code, name, parent, box in areas),
        (REGION, LEVELS["region"], "Melka Group", "QZ10101", _WEST + 0.4, _SOUTH + 0.2),
        (SITE, LEVELS["site"], "Melka", "QZ10101", _WEST + 0.5, _SOUTH + 0.3),
        *((code, "anchor", name, parent, lon, lat) for code, name, parent, lon, lat in _CITIES),
        *((code, "sea_area", name, "", (west + east) / 2, (south + north) / 2)
          for code, name, west, south, east, north in _SEAS),
    ]  # fmt: skip
    own = f"name_{LANG}"
    _table(folder, "gazetteer",
           ("code", "level", "name_en", own, "parent", "lon", "lat", "standard"),
           ((code, level, name, pseudo(name), parent, lon, lat, "invented")
            for code, level, name, parent, lon, lat in rows))  # fmt: skip
    _table(folder, "place_aliases", ("alias", "code", "within", "kind"),
           ((alias, code, "", "name") for code, _, name, *_ in rows
            for alias in (name.casefold(), pseudo(name))))  # fmt: skip
    _table(folder, "place_parents", ("code", "parent", "valid_from", "valid_to"), ())
    _table(folder, "camp_regions", ("site", "region"), [(SITE, REGION)])
    _table(folder, "camp_tiles", ("code", "label", "region", "status", "column", "row"),
           [(SITE, "M", REGION, "open", 0, 0)])  # fmt: skip
    _table(
        folder, "sea_areas", ("code", "name_en", own, "west", "south", "east", "north", "priority"),
        ((code, name, pseudo(name), *box, at) for at, (code, name, *box) in enumerate(_SEAS, 1)),
    )  # fmt: skip
    _table(
        folder,
        "populations",
        ("area_code", "population", "year", "boundaries", "population_group"),
        (
            (code, 90_000, 2020, "survey_1", "everybody")
            for role, code, *_ in areas
            if role == "second"
        ),
    )
    _table(folder, "codes", ("list", "code", "marks", "standard_code", "en", LANG),
           ((listed, code, marks, "", en, pseudo(en))
            for listed, code, marks, en in CODES))  # fmt: skip
    with (COUNTRY / "labels.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    _table(folder, "labels", ("name", LANG),
           ((name, pseudo(name.rpartition(".")[2].replace("_", " ")))
            for name in names))  # fmt: skip


def _table(
    folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    write_table(folder / f"{name}.csv", columns, ([str(cell) for cell in row] for row in rows))


def _shapes(folder: Path, areas: Sequence[Area]) -> None:
    files = {"first": "adm1", "second": "adm2", "third": "adm3"}
    layers: dict[str, list[Feature]] = {
        name: [
            (code, {"code": code}, shapely.box(*box))
            for own, code, _, _, box in areas
            if own == role
        ]
        for role, name in files.items()
    }
    world: list[Feature] = [
        ("QZ", {"code": "QZ"}, shapely.box(_WEST, _SOUTH, _EAST, _NORTH)),
        *((code, {"code": code}, shapely.box(*box)) for code, _, *box in _COUNTRIES),
    ]
    border = shapely.LineString([(_WEST, _NORTH), (_EAST, _NORTH), (_EAST, _SOUTH)])
    told = {"kind": "agreed", "disputed": False}
    around: dict[str, list[Feature]] = {
        "countries": world,
        "borders": [("QX-QZ-agreed", told, border)],
    }
    region: list[Feature] = [
        *((code, {"layer": "countries"}, shape) for code, _, shape in world[1:3]),
        ("QX-QZ-agreed", {"layer": "borders"} | told, border),
    ]
    for name, features in (layers | around).items():
        write_layer(folder / f"{name}.geojson", features)
    box = (_WEST - 10, _SOUTH - 8, _EAST + 10, _NORTH + 8)
    for family, of in ((layers, None), (around, None), ({"region": region}, box)):
        for name, arcs in shared(family).items():
            write_arcs(folder / f"{name}.arcs.json", arcs, box=of)
    labels: Iterator[Feature] = (
        (code, {"kind": kind, "name_en": name, f"name_{LANG}": pseudo(name), "rank": rank},
         shapely.Point(*point))
        for code, kind, name, rank, point in (
            *((code, "division", name, 2, (box[0] + 1, box[1] + 0.75))
              for role, code, name, _, box in areas if role == "first"),
            *((code, "country", name, 3, (west + 1, south + 1))
              for code, name, west, south, *_ in _COUNTRIES),
            *((code, "city", name, 3, (lon, lat)) for code, name, _, lon, lat in _CITIES),
            ("QZW-EST", "sea", "Western Waters", 1, (-24, -32)),
        )
    )  # fmt: skip
    write_layer(folder / "lakes.geojson", (), for_browsers=True)
    write_layer(folder / "labels.geojson", labels, for_browsers=True)


def _words(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, table in read_catalogues(ENGLISH_WORDS).items():
        if name != LEFT_OUT:
            lines = (f"{'.'.join(map(json.dumps, key.split('.')[1:]))} = {_toml(phrase)}\n"
                     for key, phrase in phrases_of({name: table}).items())  # fmt: skip
            (folder / f"{name}.toml").write_text("".join(lines), encoding="utf-8")


def _toml(phrase: Phrase) -> str:
    if isinstance(phrase, Mapping):
        return f"{{ {', '.join(f'{form} = {_toml(text)}' for form, text in phrase.items())} }}"
    return json.dumps(pseudo(phrase), ensure_ascii=False)


def _listed(words: Iterable[str]) -> str:
    return json.dumps([pseudo(word) for word in words], ensure_ascii=False)


def _both(key: object, name: str) -> str:
    return f'{key} = {{ en = "{name}", {LANG} = "{pseudo(name)}" }}'


def _levels() -> str:
    patterns = {"first": "QZ[0-9]", "second": "QZ[0-9]{3}", "third": "QZ[0-9]{5}",
                "region": "QZ-[A-Z]+-GROUP", "site": "QZ-[A-Z]+"}  # fmt: skip
    called = {role: name.replace("_", " ") for role, name in LEVELS.items()}
    many = {role: f"{name.removesuffix('y')}ies" if name.endswith("y") else f"{name}s"
            for role, name in called.items()}  # fmt: skip
    return "".join(
        f"""
[levels.{role}]
code = "{LEVELS[role]}"
pcode = "{patterns[role]}"
words = ["{name}"]
{_both("name", name.capitalize())}
{_both("many", many[role].capitalize())}
"""
        for role, name in called.items()
    )


_COUNTRY = f"""
code = "QZ"
example = "QZ101"
examples = ["QZ10101", "QZ20102"]
box = [{_WEST - 0.5}, {_SOUTH - 0.5}, {_EAST + 0.5}, {_NORTH + 0.5}]
waters = ["QZW-EST"]
finer = '''.*\\bhut\\b.*'''

[screens]
phone_number = "07[0-9]{{8}}"
national_id = "Q[0-9]{{6}}"
registration_number = "REG[0-9]{{5}}"

[example_areas]
{_both(1, "Arin")}
{_both(2, "Belk")}
{_both(3, "Corv")}
{_both(4, "Drom")}

[standards]
"Working group sheet" = ["Sheet of the invented working group", "age bands"]
"OCHA P-codes" = ["Invented survey of the land", "provinces, counties, wards"]

[views]
neighbours = [{_WEST - 4}, {_SOUTH - 4}, {_EAST + 6}, {_NORTH + 5}]
far = [{_WEST - 10}, -40.0, 30.0, 0.0]

[name]
en = "Qazria"
{LANG} = "{pseudo("Qazria")}"

[languages.{LANG}]
name = "{pseudo("Qazri")}"
english = "Qazri"
direction = "rtl"
digits = "{DIGITS}"
digits_code = "arab"
office_digits = "2000401"
letters = "U+0620-064A"
font_range = "U+0620-0669"
width = 1
height = 1.3
fonts = []
spelled = {_listed(("none", "one", "two", "three"))}
times = ["{{}} {pseudo("times")}", "{pseudo("once")}"]
months = {_listed(month_name[1:])}
weekdays = {_listed(day_name)}

[languages.{LANG}.personal]
headers = {_listed(("name", "mobile"))}
number = {_listed(("no",))}
house = {_listed(("house",))}
street = {_listed(("road",))}
village = {_listed(("village",))}
block = {_listed(("block",))}
blocks = {_listed(("b",))}
{_levels()}"""
#: Words of partners' files in the country's own language.
_DRAFT = f"""
[headers]
"person.sex" = ["{pseudo("sex")}", ""]
"person.age" = ["{pseudo("age")}", ""]
"person.class" = ["{pseudo("offence")}", ""]

[days]
incident = ["{pseudo("event")}", ""]
any = ["{pseudo("date")}", ""]

[roles]
recruitment = "{pseudo("recruited")}"

[places]
county = "{pseudo("county")}"

[keys]
case = "{pseudo("case")}"
mark = "{pseudo("number")}"

[around]
years = ["{pseudo("years")}"]

[texts]
between = ["{pseudo("until")}"]

[values.class]
"{pseudo("sold")}" = "trafficking_suspected"
"""


#: What the declaration of a kit's form lacks: both ends of the first leg.
ENDS = "".join(
    f"""
[columns."people/{name}"]
use = "derive"
how = "place"
field = "movement.{end}"
leg = 1
"""
    for name, end in (("from", "from_place"), ("to", "to_place"))
)
#: First month of the records, and how many there are.
_FIRST, _MONTHS, _A_MONTH = (2023, 10), 36, 25
_ROUTES = (("within", "at_home", "land", ""), ("ridge_road", "cross_border", "land", "QY"),
           ("vesper_coast", "cross_border", "sea", "QXPRT"),
           ("far_flight", "cross_border", "air", "QW"))  # fmt: skip
_CLASSES = ("trafficking_confirmed", "trafficking_suspected", "smuggling", "kidnap_for_ransom",
            "undetermined")  # fmt: skip
Row = dict[str, object]


def write_records(folder: Path, partner: str) -> None:
    """Write what a partner sends for three years: exports of the two forms of its kit."""
    made = random.Random(partner)  # noqa: S311
    wards = [code for role, code, *_ in _areas() if role == "third"]
    people: list[Row] = []
    referrals: list[Row] = []
    for at in range(_MONTHS * _A_MONTH):
        year, month = divmod(_FIRST[0] * 12 + _FIRST[1] - 1 + at // _A_MONTH, 12)
        day = f"{year}-{month + 1:02}-{made.randint(1, 28):02}"
        person = _person(made, wards, f"{partner[-1]}-{at:05}", day)
        people.append(person)
        if made.random() < 0.6:  # noqa: PLR2004
            referrals.append(_referral(made, person, day))
    for part, rows in (("people", people), ("referrals", referrals)):
        columns = tuple(rows[0])
        write_table(folder / f"{partner}-{part}.csv", [f"{part}/{name}" for name in columns],
                    ([str(row[name]) for name in columns] for row in rows))  # fmt: skip


def _person(made: random.Random, wards: Sequence[str], case: str, day: str) -> Row:
    ward = wards[min(int(made.expovariate(0.25)), len(wards) - 1)]
    kind = made.choices(_CLASSES, (5, 4, 3, 2, 2))[0]
    abroad = kind == "smuggling"
    corridor, scope, mode, end = made.choices(_ROUTES, (0 if abroad else 6, 3, 4, 2))[0]
    trafficked = kind.startswith("trafficking")
    is_group = made.random() < 0.2  # noqa: PLR2004
    return {
        "case_no": case, "person_no": 1, "incident_date": day, "report_date": day,
        "verification": "verified", "people": 1, "dead_or_missing": 0,
        "ransom": "true" if kind == "kidnap_for_ransom" else "false",
        "sex": made.choices(("female", "male", "other_sex"), (5, 4, 1))[0],
        "age": str(made.randint(8, 60)).translate(str.maketrans(string.digits, DIGITS)),
        "group": made.choice(("hill_people", "river_people", "guests")),
        "citizenship": made.choice(("QZ", "QZ", "QX")),
        "recruited_county": ward[:5], "recruited_ward": ward,
        "recruited_settlement": SITE if ward == "QZ10101" and is_group else "",
        "recruited_at": made.choice(("home", "market", "online")),
        "recruiter": made.choice(("friend", "broker", "neighbour_or_community")),
        "promise": made.choice(("job", "marriage", "travel_abroad")),
        "class": kind, "act": "recruitment" if trafficked else "",
        "means": "threats" if trafficked else "",
        "exploitation": made.choice(("forced_labour", "forced_marriage")) if trafficked else "",
        "stage": "exploited" if trafficked else "",
        "exploited_in": (end[:2] or "QZ") if trafficked else "",
        "transport": mode, "border": scope, "corridor": corridor,
        "rescued_by": made.choice(("rangers", "harbour_watch", "neighbours")),
        "identified_by": made.choice(("ministry", "charity", "clinic")),
        "from": ward, "to": end or made.choice(wards),
    }  # fmt: skip


def _referral(made: random.Random, person: Row, day: str) -> Row:
    status = made.choices(("done", "in_progress", "rejected"), (6, 2, 1))[0]
    return {
        "case_no": person["case_no"], "person_no": 1, "referral_no": 1, "requested": day,
        "service": made.choice(("legal_aid", "safe_shelter", "psychosocial", "health")),
        "step": "first", "priority": made.choice(("emergency_24h", "normal_2w")),
        "from_agency": "charity", "to_agency": made.choice(("clinic", "ministry")),
        "consent": "given", "statistics": "true", "status": status,
        "days_to_service": made.randint(0, 20) if status == "done" else "",
        "ended": "" if status == "in_progress" else day,
        "reason": "service_unavailable" if status == "rejected" else "",
        "county": person["recruited_county"],
    }  # fmt: skip
