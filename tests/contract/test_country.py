"""No code names one country: its areas, corridors, authorities, groups and languages are data."""

from __future__ import annotations

import csv
import io
import re
import tokenize
from collections import Counter
from pathlib import Path

from dashboard.model.country import PACK
from dashboard.model.shipped import COUNTRY

ROOT = Path(__file__).parents[2]
#: Lists of the pack whose codes belong to one country; those of others are known everywhere.
OWN_LISTS = ("population_group", "rescuing_authority", "corridor")
#: Codes of those lists that are words of their own, which code may say of anything.
PLAIN = {"police", "navy", "army", "coast_guard", "border_guard"}


def names() -> dict[str, re.Pattern[str]]:
    """What code must not name, by its kind."""
    codes = {entry.code for name in OWN_LISTS for entry in PACK.lists[name]} - PLAIN
    with (COUNTRY / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        places = list(csv.DictReader(file))
    own = {level.code for level in PACK.levels.values()}
    areas = {row["name_en"] for row in places if row["level"] in own} - {"Camp"}
    levels = {level.code for level in PACK.levels.values()} | {"upazila"}
    return {
        "area": _words({*areas, *PACK.names.values(), "Bangladeshi"}),
        "code of an area": re.compile(r"\b(?:BD(?:\d{2,})?|CXB-\w+|SEA-[A-Z]{3})\b"),
        "code": _words(codes),
        "level": re.compile(rf"^[\"'](?:{'|'.join(sorted(levels))})[\"']$|\bupazila"),
        "language": re.compile(r"\bBangla\b|\bBengali\b|^[\"']bn(?:-beng)?[\"']$|[\u0980-\u09ff]"),
    }


def _words(words: set[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b")


#: The same in files that are no Python: a language or its script anywhere, an area, a code of one.
WRITTEN = re.compile(
    rf"Bangla|Bengali|[\"'(=]bn\b|[\u0980-\u09ff]|{names()['area'].pattern}|\\bBD\\d"
)


def found() -> Counter[tuple[str, str]]:
    """How many pieces of a file name something of a kind, by file and kind."""
    kinds, seen = names(), Counter[tuple[str, str]]()
    for path in sorted((*(ROOT / "src").rglob("*.py"), *(ROOT / "etl").rglob("*.py"))):
        text = path.read_text(encoding="utf-8")
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            for kind, pattern in kinds.items():
                if pattern.search(token.string):
                    seen[path.relative_to(ROOT).as_posix(), kind] += 1
    return seen


def test_no_code_names_an_area_a_corridor_an_authority_a_group_or_a_language() -> None:
    assert found() == {}


def test_no_script_style_or_list_of_words_names_a_country_or_its_script() -> None:
    folders = ("assets/css", "assets/js", "src/atlas_map", "src/dashboard", "etl/draft")
    files = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".css", ".js", ".ts", ".tsx", ".html", ".toml")
        and ".min" not in path.name
    ]
    named = {
        path.relative_to(ROOT).as_posix(): match[0]
        for path in files
        if (match := WRITTEN.search(path.read_text(encoding="utf-8")))
    }
    assert len(files) > 100
    assert named == {}
