"""Another country goes through the whole product: its pack is data, and nothing is Bangladesh's.

The pack is invented (``tests.support.invented_country``), so are its records. They go the way of
every partner's file: kit, load, publish, serve.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.contract.test_country import names
from tests.support.fragments import parsed, said
from tests.support.invented_country import DIGITS, ENDS, LANG, pseudo, write_pack, write_records
from tests.support.pages import PAGES
from tests.support.sample import write_known_secrets
from tests.support.served import callback_body, command, environment, ran, served

PARTNERS = ("agency-q", "agency-r", "agency-s")
PATHS = ("/", "/overview", "/hotspots", "/routes", "/referrals")
LANGUAGES = {"en": "ltr", LANG: "rtl", f"{LANG}-arab": "rtl"}
#: What another country's pages must not hold: in what is served, and in what is read of it.
SERVED = {
    **{kind: names()[kind] for kind in ("area", "code of an area", "code")},
    "letter or language": re.compile(r"\bBangla\b|\bBengali\b|[\"'=]bn\b|[\u0980-\u09ff]"),
}  # fmt: skip
READ = re.compile(r"\b(?:division|district|upazila|camp)s?\b|Rohingya|Hijra", re.IGNORECASE)
ARABIC = re.compile(r"[\u0620-\u064a]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the invented country with an edition, beside its pack and the partners' files."""
    folder = tmp_path_factory.mktemp("another")
    write_pack(folder / "pack")
    write_known_secrets(folder / "secrets")
    (folder / "sources").mkdir()
    (folder / "files").mkdir()
    etl(folder, "init")
    for partner in PARTNERS:
        etl(folder, "kit", partner, "--kind", "invented", "--folder", str(folder / "files"))
        with (folder / "sources" / f"{partner}-people-form.toml").open("a") as declared:
            declared.write(ENDS)
        write_records(folder / "files", partner)
        for part in ("people", "referrals"):
            file = folder / "files" / f"{partner}-{part}.csv"
            etl(folder, "load", str(file), "--source", f"{partner}-{part}-form")
    etl(folder, "publish", "--as-of", "2026-11-15", "--approve", "A tester")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder, **own(folder)) as at:
        yield at


def own(folder: Path) -> dict[str, str]:
    """The variables that choose the country and its declarations."""
    return {"ATLAS_COUNTRY": str(folder / "pack"), "ATLAS_SOURCES": str(folder / "sources")}


def etl(folder: Path, *words: str) -> str:
    return command(folder, "etl", *words, **own(folder))


def got(address: str, body: object = None) -> str:
    """What an address answers, which is 200; asked with a body as pages ask a callback."""
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(  # noqa: S310 -- our own server
        address, data, {"Content-Type": "application/json"} if data else {}
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
        assert answer.status == 200
        return answer.read().decode()


def test_a_rule_about_what_is_inside_the_country_holds_in_its_own_code(folder: Path) -> None:
    with (folder / "files" / "agency-q-people.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    smuggled = next(row for row in rows if row["people/class"] == "smuggling")
    at_home = next(row for row in rows if row["people/border"] == "at_home")
    told = ("people/border", "people/corridor", "people/to")
    wrong = {**smuggled, **{name: at_home[name] for name in told}}
    with (folder / "wrong.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, wrong)
        writer.writeheader()
        writer.writerow(wrong)
    with pytest.raises(AssertionError, match=r"people/class: .*\[internal_smuggling\]"):
        etl(folder, "check", str(folder / "wrong.csv"), "--source", "agency-q-people-form")


def test_a_form_asks_in_english_what_the_pack_has_no_words_for(folder: Path) -> None:
    survey = openpyxl.load_workbook(folder / "files" / "agency-q-people-form.xlsx")["survey"]
    head, *rows = survey.iter_rows(values_only=True)
    labels = [head.index(name) for name in head if str(name).startswith("label")]
    asked = [row for row in rows if row[0] not in ("begin_group", "end_group")]
    assert len(labels) == 2
    assert asked
    assert all(row[at] for row in asked for at in labels)


def test_a_file_in_the_countrys_language_is_drafted_without_what_tells_of_a_person(
    folder: Path,
) -> None:
    with (folder / "pack" / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        county = next(
            row[f"name_{LANG}"] for row in csv.DictReader(file) if row["level"] == "county"
        )
    header = ("case number", "event date", "sex", "age", "recruited county", "offence", "name")
    with (folder / "own.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(pseudo, header))
        for at in range(1, 41):
            age = f"{at + 9} {pseudo('years')}".translate(str.maketrans("0123456789", DIGITS))
            writer.writerow((f"{pseudo('case')}-{at}", f"{at % 28 + 1:02}/0{at % 9 + 1}/2025",
                             pseudo(("female", "male")[at % 2]), age, county, pseudo("sold"),
                             f"{pseudo('somebody')} {at}"))  # fmt: skip
    etl(folder, "draft", str(folder / "own.csv"), "--kind", "invented", "--json")
    drafted = tomllib.loads((folder / "sources/drafts/own.toml").read_text(encoding="utf-8"))
    assert drafted["keys"]["incident"] == [pseudo("case number")]
    columns = [drafted["columns"][pseudo(name)] for name in header[1:]]
    assert [column.get("field", column.get("how", column["use"])) for column in columns] == [
        "incident.incident_month", "person.sex", "age_band", "incident_place.place",
        "person.class", "drop",
    ]  # fmt: skip


#: What a partner's file or a note says, in the words of the country, and the screen that stops it.
PERSONAL = {
    "call 0712345678": "phone_number",
    "Q123456": "national_id",
    "REG12345": "registration_number",
    f"{pseudo('house')} {pseudo('no')}. 12": "address",
    f"{pseudo('block')} {pseudo('b')}": "block_code",
    "call 01712345678": None,  # a number of another country
}


def test_screens_know_the_countrys_words_and_numbers(folder: Path) -> None:
    asked = (
        "import json, sys; from dashboard.model.screen import is_personal_header, screen;"
        "texts = json.loads(sys.argv[1]); print(json.dumps(["
        "[screen(text, written=True) for text in texts], is_personal_header(sys.argv[2])]))"
    )
    words = ("-c", asked, json.dumps([*PERSONAL]), pseudo("mobile"))
    done = ran(sys.executable, *words, place=environment(folder, **own(folder)))
    assert json.loads(done.stdout) == [[*PERSONAL.values()], True]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_the_countrys_own_in_every_language(
    folder: Path, address: str, path: str
) -> None:
    for lang in LANGUAGES:
        is_own(folder, address, path, lang)
    log = (folder / "store" / "state" / "server.log").read_text(encoding="utf-8")
    assert "Traceback" not in log, log  # a card that failed would hide what it was given


def is_own(folder: Path, address: str, path: str, lang: str) -> None:
    (page,) = (page for page in PAGES if page.path == path)
    ids = ",".join(slot.exhibit for slot in page.slots)
    first = got(f"{address}{path}?lang={lang}")
    head = re.search(r"<html [^>]*>", first)
    assert head is not None
    assert f'lang="{lang.partition("-")[0]}" dir="{LANGUAGES[lang]}"' in head[0]
    whole, rest = (
        answered(folder, address, f"{path}?lang={lang}#{wanted}")
        for wanted in ("want=page", f"want=rest&cards={ids}&tables={ids}")
    )
    assert list(rest["cards"]) == ids.split(",")
    read = [said(parsed(part)) for part in (whole["page"], *whole["words"].values())]
    read += [
        said(parsed(part)) for card in rest["cards"].values() for part in card["parts"].values()
    ]
    for text in (first, json.dumps([whole, rest], ensure_ascii=False)):
        assert {
            kind: match[0] for kind, what in SERVED.items() if (match := what.search(text))
        } == {}
    assert [READ.findall(text) for text in read if READ.search(text)] == []
    assert any(map(ARABIC.search, read)) == (lang != "en")
    assert bool(set(DIGITS) & set("".join(read))) == lang.endswith("-arab")
    # The release's id stays in its own order.
    assert ("\u2066" in "".join(read)) == (LANGUAGES[lang] == "rtl")


def answered(folder: Path, address: str, asked: str) -> dict[str, dict[str, dict[str, str]]]:
    """What a browser is answered that asks for a page or its cards."""
    loaded = (folder / "store" / "releases" / "current").read_text().strip()
    given = got(f"{address}/_dash-update-component", callback_body(asked, loaded))
    return json.loads(given)["response"]["answer"]["data"]


def test_files_are_the_countrys_own(address: str) -> None:
    for style in ("css/atlas.css", "css/atlas-forms.css", "js/atlas-pictures.js"):
        assert not SERVED["letter or language"].search(got(f"{address}/assets/{style}")), style
    assert "--sa-own-letters: system-ui" in got(f"{address}/assets/css/atlas.css")
    ids = [slot.exhibit for page in PAGES if page.path in PATHS for slot in page.slots]
    for exhibit_id in dict.fromkeys(ids):
        text = got(f"{address}/exhibit/{exhibit_id}.json?lang={LANG}")
        found = {kind: hit[0] for kind, what in SERVED.items() if (hit := what.search(text))}
        assert found == {}, exhibit_id
        assert ARABIC.search(json.loads(text)["title"]), exhibit_id


#: File of the pack, what is changed in it to what, and what is told.
BROKEN = (
    ("country.toml", 'direction = "rtl"', 'direction = "up"',
     f"country.toml: languages.{LANG}.direction is a text of the form ltr|rtl"),
    ("country.toml", 'letters = "U+0620-064A"', "",
     f"country.toml: languages.{LANG}.letters is a text of the form (U[+]"),
    ("country.toml", "house = [", "houses = [",
     f"country.toml: languages.{LANG}.personal.house is a list of texts"),
    ("country.toml", f"[languages.{LANG}]", "[languages.qab]\n[languages.qaa]",
     "country.toml: languages has one alone"),
    ("codes.csv", "corridor,within", "route,within", "codes.csv: line 18: list is one of"),
    (f"words/{LANG}/shell.toml", "=", "", f"{LANG}/shell.toml: is no TOML"),
)  # fmt: skip


def test_a_pack_lacks_nothing_but_words_that_english_stands_for(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack")
    data = json.loads(
        command(tmp_path, "etl", "country", "check", "--json", ATLAS_COUNTRY=str(pack))
    )
    assert data["missing"] == []
    assert list(data["english"]) == [LANG]


def test_what_a_pack_has_wrong_beside_its_registry_is_told(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack")
    with (pack / "draft.toml").open("a", encoding="utf-8") as file:
        file.write("[days]\n")
    asked = ("etl", "country", "check")
    with pytest.raises(AssertionError, match="draft.toml: Cannot declare"):
        command(tmp_path, *asked, ATLAS_COUNTRY=str(pack))
    text = (pack / "draft.toml").read_text(encoding="utf-8")
    text = text.replace('case = "', 'case = "(')
    (pack / "draft.toml").write_text(text.removesuffix("[days]\n"), encoding="utf-8")
    pack.joinpath("words", LANG, "files.toml").write_text(f'sheet.data = "{"x" * 32}"\n')
    text = (pack / "country.toml").read_text(encoding="utf-8")
    (pack / "country.toml").write_text(text.replace("fonts = []", 'fonts = ["Own Sans"]'), "utf-8")
    with pytest.raises(AssertionError) as told:
        command(tmp_path, *asked, str(pack), ATLAS_COUNTRY="")
    assert f"words/{LANG}: files.sheet.data names a sheet" in str(told.value)
    assert f"languages.{LANG}.fonts: OwnSans-Bold.woff2 lies in assets/fonts" in str(told.value)
    assert "draft.toml: keys.case is no pattern" in str(told.value)


def test_a_broken_pack_is_one_clear_message(tmp_path: Path) -> None:
    for at, (file, old, new, told) in enumerate(BROKEN):
        pack = write_pack(tmp_path / f"pack-{at}")
        text = (pack / file).read_text(encoding="utf-8")
        assert old in text
        (pack / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        check = ["-m", "etl", "country", "check"]
        for words, country in ((["app.py"], pack), (check, pack), ([*check, str(pack)], "")):
            place = environment(tmp_path, ATLAS_COUNTRY=str(country))
            done = ran(sys.executable, *words, place=place)
            assert done.returncode
            assert told in done.stdout + done.stderr
            assert "Traceback" not in done.stderr
