"""Country check: what a pack lacks is said by file, key and rule."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.model.country import CountryError, read_country
from dashboard.model.shipped import COUNTRY
from etl.__main__ import main
from etl.country import missing_in, words_missing


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return shutil.copytree(COUNTRY, tmp_path / "pack")


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_pack_lacks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["country", "check"]) == 0
    assert "lacks nothing" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("country.toml", 'code = "BD"', 'code = "bd"', "country.toml: code is a text of the form"),
        ("country.toml", "[87.9, 20.5", "[97.9, 20.5", "country.toml: box is west, south, east"),
        ("country.toml", 'pcode = "BD[0-9]{4}"', 'pcode = "BD["',
         "country.toml: levels.second.pcode is a pattern"),
        ("country.toml", 'pcode = "BD[0-9]{4}"', 'pcode = "BD[0-9]{5}"',
         "gazetteer.csv: BD1004: code is of the form of levels.second.pcode"),
        ("country.toml", 'code = "camp"', 'code = "upazila"', "country.toml: levels are called"),
        ("country.toml", "SEA-AND", "SEA-XXX",
         "country.toml: waters SEA-XXX is a place of gazetteer.csv"),
        ("country.toml", "[name]", "[name", "country.toml: is no TOML"),
        ("country.toml", '{ en = "Camp",', '{ xx = "Camp",', "levels.site.name has names"),
        ("codes.csv", "rohingya_refugee,,", "Rohingya,,",
         "codes.csv: line 3: code is small letters"),
        ("codes.csv", "navy,security", "navy,safe",
         "codes.csv: line 24: marks of rescuing_authority are security: ['safe']"),
        ("codes.csv", "corridor,naf_river", "corridors,naf_river", "codes.csv: line 44: list is"),
        ("codes.csv", "Within the camps", "", "en, the English label, is missing"),
        ("codes.csv", "list,code", "liste,code", "codes.csv: columns begin with list, code"),
        ("camp_regions.csv", "CXB-017", "CXB-999", "camp_regions.csv: site CXB-999 is a place"),
        ("camp_regions.csv", "site,", "camp,", "camp_regions.csv: columns are site and region"),
        ("geography/adm2.geojson", '"id":"BD2022"', '"id":"XX"',
         "geography/adm2.geojson: BD2022 has a shape"),
        ("geography/adm2.geojson", '"features"', '"feature"',
         "geography/adm2.geojson: is GeoJSON in which each feature has an id"),
        ("geography/adm3.geojson", "{", "", "geography/adm3.geojson: is GeoJSON in which each"),
        ("gazetteer.csv", "name_bn", "name_xx", "gazetteer.csv: lacks the columns name_bn"),
        ("country.toml", '"মে", ', "", "country.toml: languages.bn.months are 12 texts"),
        ("codes.csv", "scope,internal,inside", "scope,internal,", "scope has one code with the"),
        ("words/bn/filters.toml", "all_areas", "all areas", "words/bn/filters.toml: is no TOML"),
        ("words/bn/numbers.toml", "{number}", "{number", "has braces that are not whole"),
        ("words/bn/numbers.toml", "{number}", "{nummer}", "puts in values of the English phrase"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_named(
    pack: Path, file: str, old: str, new: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(pack / file, old, new)
    assert any(line in told for told in missing_in(pack)), [*missing_in(pack)]
    assert main(["country", "check", str(pack)]) == 1
    assert line in capsys.readouterr().out


@pytest.mark.parametrize(
    "file", ["country.toml", "codes.csv", "gazetteer.csv", "place_aliases.csv", "populations.csv",
             "geography/adm1.geojson", "geography/region.arcs.json"],
)  # fmt: skip
def test_a_missing_file_is_named(pack: Path, file: str) -> None:
    (pack / file).unlink()
    assert [line for line in missing_in(pack) if line.startswith(f"{file}: the file is missing")]


def test_a_file_in_another_encoding_is_named(pack: Path) -> None:
    (pack / "partners.csv").write_bytes(b"en,bn\ncaf\xe9,x\n")
    assert [*missing_in(pack)] == ["partners.csv: is not in UTF-8"]
    (pack / "codes.csv").write_bytes(b"list,code\ncaf\xe9,x\n")
    with pytest.raises(CountryError, match="codes.csv: is not in UTF-8"):
        read_country(pack)


def test_all_faults_of_a_pack_are_told_at_once(pack: Path) -> None:
    changed(pack / "country.toml", 'code = "BD"', 'code = "bd"')
    changed(pack / "codes.csv", "navy,security", "navy,safe")
    with pytest.raises(CountryError) as told:
        read_country(pack)
    assert [line.partition(":")[0] for line in str(told.value).splitlines()] == [
        "country.toml", "codes.csv",
    ]  # fmt: skip


def test_words_that_a_pack_leaves_out_are_counted_and_no_fault(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(pack / "words" / "bn" / "filters.toml", "all_areas =", "no_such_areas =")
    assert main(["country", "check", str(pack)]) == 1
    assert "words/bn: filters.no_such_areas is said by no page" in capsys.readouterr().out
    changed(pack / "words" / "bn" / "filters.toml", "no_such_areas =", "# no_such_areas =")
    assert main(["country", "check", str(pack)]) == 0
    assert "Phrases of bn that are English still: 1." in capsys.readouterr().out
    shutil.rmtree(pack / "words")
    assert words_missing(pack)["bn"] > 1000
