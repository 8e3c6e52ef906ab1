from __future__ import annotations

from pathlib import Path

import pytest

from etl.declaration import SourceError, find_source, read_source
from etl.declaration.source import is_technical
from etl.settings import OperatorError, Settings
from tests.support.served import ROOT
from tests.unit.etl.stores import SOURCES

GOOD = (SOURCES / "line-list.toml").read_text(encoding="utf-8")


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in GOOD
    path = folder / "line-list.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_declaration_becomes_values() -> None:
    source = read_source(SOURCES / "line-list.toml")
    assert source.keys["person"] == ("Case no", "Person no")
    assert source.column("Sex").values == {"female": "female", "male": "male"}
    assert source.column("Upazila").within == "District"
    assert source.legs == (1,)
    assert {"person.n", "incident.report_month"} <= source.declares


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "line-list"', 'name = "other"', "name: must be the name of the file"),
        ('row = "person"', 'row = "boat"', "row: must be one of incident, person"),
        ('row = "person"', 'row = "person"\ncolour = "red"', "colour: is not a key of the format"),
        ('kind = "invented"', "", "kind: is missing"),
        ('row = "person"', 'row = "person"\nevent = "fire"', "event: must be one of trafficking"),
        ('format = "csv"', 'format = "ods"', "file.format: must be one of csv, xlsx"),
        ('format = "csv"', 'format = "csv"\nsheet = "A"', "file.sheet: is not a key"),
        ('format = "csv"', 'format = "csv"\ndelimiter = "::"', "file.delimiter: must be one"),
        ('format = "csv"', 'format = "csv"\nencoding = "latin"', "file.encoding: must be one of"),
        (
            'format = "csv"',
            'format = "xlsx"\nsheet = "A"\nencoding = "utf-8"',
            "file.encoding: is not a key",
        ),
        ('incident = ["Case no"]', "", "keys: must name exactly incident and person"),
        ('["Case no", "Person no"]', '["Case no"]', "Person no: is a key that no record uses"),
        ('["Case no", "Person no"]', '["Sex", "Person no"]', "keys.person: Sex is not declared"),
        ('"person.n" = 1', '"person.n" = "many"', "constants.person.n: must be a whole number"),
        (
            '"person.n" = 1',
            '"person.n" = 1\n"movement.rescuing_authority" = "police;navy"',
            "police;navy is not in the code list",
        ),
        ('"person.n" = 1', "", "columns: person.n is required and nothing fills it"),
        ('"person.n" = 1', '"person.n" = 1\n"person.sex" = "x"', "x is not in the code list sex"),
        ('"person.n" = 1', '"person.n" = 1\n"person.sex" = "male"', "is also filled by a column"),
        ('field = "person.sex"', 'field = "person.gender"', "person.gender is no field"),
        ('field = "person.sex"', 'field = "person.person_id"', "is filled by the loader"),
        ('field = "person.sex"', 'field = "referral.status"', "cannot fill referral.status"),
        (
            '"Female" = "female"',
            '"Female" = "woman"',
            "not in the code list sex, which has fem",
        ),
        ('"Female" = "female"', '"F" = "female", "f" = "male"', "Sex.values: f stands twice"),
        ('missing = ["NA"]', "missing = 3", "missing: must be a text or a list of texts"),
        ('missing = ["NA"]', 'split = ";"', "Sex.split: person.sex holds one value"),
        ('how = "age_band"', 'how = "age_band"\nformat = "%Y"', "format: does not belong"),
        ('how = "age_band"', 'how = "guess"', "how: must be one of month"),
        ('format = "%d/%m/%Y"\n', "", "Date of incident.format: is missing"),
        ('format = "%d/%m/%Y"', 'format = "dd/mm/yyyy"', "dd/mm/yyyy has no mark of a day"),
        ('role = "recruitment"\n', "", "role: belongs to incident_place.place"),
        ('role = "recruitment"', 'role = "home"', "role: must be one of recruitment"),
        ("leg = 1\n", "", "leg: is missing"),
        ("rank = 2", "rank = 1", "another column fills incident_place.place[recruitment]"),
        ("rank = 2\n", "", "give each a rank, so that the first that is known counts, or each how"),
        (
            'field = "incident.ransom"',
            'field = "incident.ransom"\nhow = "sum"',
            "Ransom.how: only counts can be added up, and incident.ransom is none",
        ),
        ('within = "District"', 'within = "Sex"', "within: Sex must be declared as one of place"),
        ('levels = ["district"]', 'levels = ["ward"]', "levels: belongs to place and may hold"),
        ('from = ["Date of incident"]', 'from = ["Age"]', "Age must be declared as one of month"),
        ('[columns."Age"]', '[columns."sex "]\nuse = "drop"\n[columns." sex"]', "two headers"),
        ('[columns."Sex"]', '[columns."Name"]', "a personal detail cannot be taken"),
        ('use = "drop"', 'use = "keep"', "Case worker.use: must be one of take, derive"),
        (
            'format = "%d/%m/%Y"',
            'format = ["%d/%m/%Y", "%m/%d/%Y"]',
            "the formats %d/%m/%Y and %m/%d/%Y put day and month in two orders",
        ),
        ('title = "', "title = ", "is not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_file_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(SourceError) as raised:
        read_source(changed(tmp_path, old, new))
    assert str(raised.value).startswith("line-list.toml: ")
    assert told in str(raised.value)


def test_columns_that_are_no_table_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('row = "person"\ncolumns = 5\n', encoding="utf-8")
    with pytest.raises(SourceError, match="columns: must be a table"):
        read_source(path)


def two_counts(folder: Path, first: str, second: str) -> Path:
    """A declaration in which two columns fill one count."""
    new = "".join(
        f'[columns."{header}"]\nuse = "take"\nfield = "incident.persons_count"\n{extra}\n\n'
        for header, extra in (("Women", first), ("Men", second))
    )
    return changed(folder, '[columns."Sex"]', new + '[columns."Sex"]')


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("", "", "give each a rank, so that the first that is known counts, or each how = sum"),
        ('how = "sum"', "", "another column adds up to incident.persons_count: give this one how"),
        ('how = "sum"', 'how = "sum"\nrank = 2', "rank: does not go with how = sum"),
    ],
)
def test_two_columns_of_one_count_say_what_is_meant(
    tmp_path: Path, first: str, second: str, told: str
) -> None:
    with pytest.raises(SourceError, match=told):
        read_source(two_counts(tmp_path, first, second))


def test_columns_are_added_up_or_ranked(tmp_path: Path) -> None:
    summed = read_source(two_counts(tmp_path, 'how = "sum"', 'how = "sum"'))
    assert [c.header for c in summed.columns if c.summed] == ["Women", "Men"]
    ranked = read_source(two_counts(tmp_path, "", "rank = 2"))
    assert not any(c.summed for c in ranked.columns)


def test_a_source_of_other_events_says_so_once(tmp_path: Path) -> None:
    path = changed(tmp_path, 'row = "person"', 'row = "person"\nevent = "other"')
    assert ("incident.event", "other") in [(t.name, v) for t, v in read_source(path).constants]
    column = '[columns."Kind"]\nuse = "take"\nfield = "incident.event"\n\n[columns."Sex"]'
    path.write_text(path.read_text(encoding="utf-8").replace('[columns."Sex"]', column))
    with pytest.raises(SourceError, match=r"constants\.incident\.event: is also filled"):
        read_source(path)


def test_a_row_that_is_no_incident_is_no_event(tmp_path: Path) -> None:
    text = (SOURCES / "referrals.toml").read_text(encoding="utf-8")
    path = tmp_path / "referrals.toml"
    path.write_text(text.replace('row = "referral"', 'row = "referral"\nevent = "other"'))
    with pytest.raises(SourceError, match="event: a row that is a referral is no event"):
        read_source(path)


def test_the_encoding_of_a_csv_may_be_declared(tmp_path: Path) -> None:
    assert read_source(SOURCES / "line-list.toml").file.encoding == "utf-8"
    path = changed(tmp_path, 'format = "csv"', 'format = "csv"\nencoding = "cp1252"')
    assert read_source(path).file.encoding == "cp1252"


def test_an_unknown_source_is_told_with_the_known_ones(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path, SOURCES)
    with pytest.raises(OperatorError, match=r"No source is called x; known in .* are: decisions, "):
        find_source(settings, "x")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data" / "sources").glob("*.toml")), ids=lambda p: p.stem
)
def test_the_declarations_of_the_product_can_be_read(path: Path) -> None:
    assert read_source(path).name == path.stem


@pytest.mark.parametrize(
    ("header", "technical"),
    [
        ("_uuid", True),
        ("_Submission_Time", True),
        ("deviceid", True),
        ("_geolocation", True),
        ("_home_latitude", True),
        ("__version__", True),
        ("uuid", False),
        ("Latitude", False),
        ("Started", False),
    ],
)
def test_columns_of_collection_tools_are_known(header: str, technical: bool) -> None:
    assert is_technical(header) == technical
