"""The catalogue: whole phrases by key."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

import dashboard
from dashboard.model.shipped import COUNTRY, ENGLISH_WORDS
from dashboard.words import catalogue
from dashboard.words.catalogue import in_sentence, needs_review, phrases, translate

_BANNED = re.compile(
    r"\b(slaves?|slavery|prostitut\w*|illegal migrants?|flow of victims|source village)\b", re.I
)
_SAID = re.compile(r"""translate\(\s*"([a-z0-9_.-]+)\"""")


def test_placeholders_are_filled() -> None:
    assert translate("numbers.about", "en", number="27") == "about 27"


def test_the_number_chooses_between_one_and_many() -> None:
    assert translate("sheet.people.title", "en", n=1, number="1", period="Nov 2020").startswith(
        "1 person was"
    )
    assert translate("sheet.people.title", "en", n=2, number="2", period="Nov 2020").startswith(
        "2 people were"
    )


def test_a_language_without_a_phrase_falls_back_to_english() -> None:
    assert translate("filters.all_areas", "xx") == translate("filters.all_areas", "en")


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "none known at all: 2026"), ("bn", "12 of P-code20, 2026"), ("bn-beng", "১২ of")],
)
def test_digits_are_those_that_the_reader_chose(
    lang: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogues = {"en": {"x": "none known at all: {year}"}, "bn": {"x": "১২ of P-code20, {year}"}}
    monkeypatch.setattr(catalogue, "_phrases", catalogues.__getitem__)
    assert translate("x", lang, year=2026).startswith(said)


def test_a_text_that_is_put_in_keeps_its_digits() -> None:
    assert translate("shell.card.release", "bn-beng", id="2026-09").endswith("2026-09")
    assert "০৯" not in translate("shell.card.release", "bn-beng", id="2026-09")


def test_words_that_nobody_has_reviewed_are_told() -> None:
    assert needs_review("en") == ()
    assert "shell" in needs_review("bn")
    assert needs_review("bn-beng") == needs_review("bn")


def test_a_missing_phrase_or_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        translate("overview.no_such_phrase", "en")
    with pytest.raises(KeyError):
        translate("numbers.about", "en")


def test_a_label_loses_its_capital_in_a_sentence_unless_it_is_a_name() -> None:
    labels = ("Police", "UN agency", "Armed Police Battalion")
    assert [in_sentence(label) for label in labels] == [
        "police", "UN agency", "Armed Police Battalion",
    ]  # fmt: skip


def test_every_phrase_has_well_formed_placeholders_and_no_banned_word() -> None:
    folders = [ENGLISH_WORDS, *sorted((COUNTRY / "words").glob("*/"))]
    for path in [path for folder in folders for path in sorted(folder.glob("*.toml"))]:
        text = path.read_text(encoding="utf-8")
        tomllib.loads(text)
        assert not _BANNED.search(text), path.name
        for phrase in re.findall(r'= "(.*)"', text):
            for _, name, _, _ in string.Formatter().parse(phrase):
                plain = (name or "n").lstrip("@=").replace(".", "_")
                assert plain.isidentifier(), f"{path.name}: {phrase}"


def test_every_phrase_that_the_program_names_exists() -> None:
    root = Path(dashboard.__file__).parent
    said = {
        key
        for path in root.rglob("*.py")
        for key in _SAID.findall(path.read_text(encoding="utf-8"))
    }
    assert len(said) > 50
    assert said <= set(phrases("en"))
