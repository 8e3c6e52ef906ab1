"""What stands beside the numbers of a round, in the words of every language."""

from __future__ import annotations

import re
from typing import Any, get_args, get_type_hints

import pytest

from dashboard.access.pages.round_beside import line
from dashboard.model.target import MEASURED
from etl.release.preview.table_changes import Change

_MONTHS = {"first": "2026-02", "last": "2026-03"}
_PARTS: dict[str, dict[str, Any]] = {
    "note": {
        **_MONTHS, "kind": "বন্যা", "area": "ক্যাম্প 25", "text": "High water",
        "text_bn": "বন্যার পানি",
    },
    "target": {
        **_MONTHS, "indicator": "people", "group": "নারী", "area": "", "number": 1_200,
        "source": "Plan 2026",
    },
    "population": {"number": 3, "group": "শরণার্থী", "year": "2024"},
    "reporting": {"number": 1},
    "outline": {"number": 2},
    "capacity": {"number": 12},
}  # fmt: skip
_LATIN = re.compile("[A-Za-z]")


def test_there_is_a_line_for_every_kind_that_a_round_has() -> None:
    assert set(_PARTS) == set(get_args(get_type_hints(Change)["kind"]))


@pytest.mark.parametrize("kind", _PARTS)
@pytest.mark.parametrize("added", [True, False])
def test_a_line_in_bangla_has_no_english_but_what_somebody_wrote(kind: str, added: bool) -> None:
    told = line(kind, added, _PARTS[kind], "bn-beng")
    assert not _LATIN.search(told.text)
    assert not re.search("[0-9]", told.text)


def test_added_and_gone_are_told_apart() -> None:
    for lang in ("en", "bn"):
        added, gone = (line("outline", state, {"number": 2}, lang).text for state in (True, False))
        assert added != gone


def test_a_note_keeps_both_of_its_texts_and_an_empty_one_is_left_out() -> None:
    told = line("note", True, _PARTS["note"] | {"kind": "Flood", "area": "Teknaf"}, "en")
    assert told.text == "Note added: Feb – Mar 2026, Flood, Teknaf"
    assert told.texts == [("en", "High water"), ("bn", "বন্যার পানি")]
    (text,) = line("note", True, _PARTS["note"] | {"text_bn": ""}, "bn").texts
    assert text == ("en", "High water")


@pytest.mark.parametrize("name", MEASURED)
def test_every_indicator_with_targets_has_words(name: str) -> None:
    service = ".legal_aid" if MEASURED[name].by_service else ""
    parts = _PARTS["target"] | {"indicator": name + service, "group": "Women", "area": "Ukhia"}
    told = line("target", False, parts, "en").text
    assert told.startswith("Target no longer told: ")
    assert told.endswith(
        "Women, Ukhia, Feb – Mar 2026: " + ("1,200 %" if MEASURED[name].is_share else "1,200")
    )
    assert ("Legal aid" in told) is bool(service)


def test_a_target_of_everybody_names_no_group_and_one_that_is_gone_its_code() -> None:
    told = line("target", True, _PARTS["target"] | {"group": ""}, "en")
    assert told.text == "Target added: People identified, Feb – Mar 2026: 1,200"
    assert told.texts == [("", "Plan 2026")]
    gone = line("target", False, _PARTS["target"] | {"indicator": "none.such", "group": ""}, "en")
    assert gone.text == "Target no longer told: none.such, Feb – Mar 2026: 1,200"


def test_one_is_said_as_one() -> None:
    assert line("reporting", True, {"number": 1}, "en").text.endswith("of 1 area")
    assert line("reporting", True, {"number": 3}, "en").text.endswith("of 3 areas")
