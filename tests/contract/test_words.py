"""What the pages say is easy to read: floors of reading ease and of length, in both languages.

Over the committed sample in a few views, and over every phrase of the catalogue. Where a floor
stands: ``tests/words/floors.py``. What is counted: ``tests/words/reading.py``. How far the words
are from the floors over more views: docs/words-report.md (``make words``). Glossary and methods,
which are read at leisure, have no floor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dashboard.model.languages import Language
from dashboard.release.open_release import Release
from tests.words import floors, measure
from tests.words.measure import NOTES, Said, in_words, of_kinds, too_long
from tests.words.reading import VALUE, Values, count, longest, sentences, syllables, words

#: The report looks at more; these take some seconds.
FEW = 10


@pytest.fixture(scope="module")
def said(sample: Release) -> Mapping[str, list[Said]]:
    """What readers of either language meet."""
    looked = measure.views(sample, FEW)
    return {lang: measure.collected(sample, lang, looked) for lang in measure.LANGUAGES}


# --- what is met --------------------------------------------------------------------------------


@pytest.mark.parametrize("kinds", [("title",), NOTES], ids=["titles", "notes"])
def test_english_reads_easily(kinds: tuple[str, ...], said: Mapping[str, list[Said]]) -> None:
    read = of_kinds(said["en"], *kinds)
    assert len(read) > 50
    hardest = "\n".join(text.text for text in measure.hardest(read, 10))
    assert measure.ease(read) >= floors.EASE, f"the hardest:\n{hardest}"


@pytest.mark.parametrize("lang", measure.LANGUAGES)
def test_a_title_is_short(lang: str, said: Mapping[str, list[Said]]) -> None:
    titles = of_kinds(said[lang], "title")
    assert len(titles) > 50
    assert too_long(titles, in_words, floors.TITLE) == []


@pytest.mark.parametrize("lang", measure.LANGUAGES)
def test_a_sentence_of_a_note_is_short(lang: str, said: Mapping[str, list[Said]]) -> None:
    notes = of_kinds(said[lang], *NOTES)
    assert len(notes) > 100
    assert too_long(notes, longest, floors.SENTENCE) == []


def test_a_card_has_one_note_of_its_own_at_most(sample: Release) -> None:
    chosen = ("sex", ("hijra_or_other",)), ("mode", ("air",)), ("class", ("kidnap_for_ransom",))
    first = measure.views(sample, 1)[0]
    looked = [
        replace(first, filters=replace(first.filters, chosen=some))
        for some in (chosen[:1], chosen[:2], chosen[1:])
    ]
    found = measure.collected(sample, "en", looked)
    assert any(text.kind == "own note" for text in found)
    assert [text.text for text in measure.joined(found)] == []


@pytest.mark.parametrize("lang", measure.LANGUAGES)
def test_the_overview_shows_few_notes_unasked(lang: Language, sample: Release) -> None:
    values = measure.values_of(sample, lang)
    for view in measure.views(sample, FEW // 2):
        filters = replace(view.filters, lang=lang)
        notes = sum(measure.in_sight(sample, filters, values).values())
        assert notes > 50, "what stands there is not found"
        assert notes <= floors.IN_SIGHT, filters.to_query()


# --- what may be met ----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", measure.LANGUAGES)
def test_every_phrase_is_short_even_before_names_are_put_in(lang: str) -> None:
    phrases = measure.phrases_of(lang)
    titles = of_kinds(phrases, "title")
    assert len(titles) > 80
    assert too_long(titles, in_words, floors.TITLE) == []
    assert too_long(of_kinds(phrases, "note"), longest, floors.SENTENCE) == []


# --- the measure itself -------------------------------------------------------------------------

SYLLABLES = {
    "people": 2, "trafficking": 3, "trafficked": 2, "smuggling": 2, "smuggled": 2, "upazila": 4,
    "district": 2, "division": 3, "referral": 3, "referrals": 3, "identified": 4, "incident": 3,
    "exploitation": 4, "sexual": 3, "agencies": 3, "partners": 2, "protected": 3, "tables": 2,
    "places": 2, "services": 3, "corridors": 3, "period": 3, "usual": 3, "provisional": 4,
    "rates": 1, "counted": 2, "asked": 1, "area": 3, "Rohingya": 3, "prevalence": 3, "safely": 2,
    "beyond": 2, "denied": 2, "year": 1, "recruitment": 3, "migrant": 2, "unaccompanied": 5,
    "marriage": 2, "interception": 4, "disembarkation": 5, "psychosocial": 4, "authority": 4,
    "completeness": 3, "quarters": 2, "earlier": 3, "files": 1, "settled": 2, "called": 1,
    "society": 4, "evacuation": 5, "NGO": 3, "UN": 2, "roll-up": 2, "group's": 1, "the": 1,
}  # fmt: skip


def test_syllables_are_those_that_are_spoken() -> None:
    assert {word: syllables(word) for word in SYLLABLES} == SYLLABLES


def test_reading_ease_is_that_of_flesch() -> None:
    found = count(["The cat sat on the mat."])
    assert (found.sentences, found.words, found.syllables) == (1, 6, 6)
    assert found.ease == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    hard = count(["Identification of exploitation necessitates interagency cooperation."])
    assert hard.ease < 0


def test_sentences_end_at_their_marks_alone() -> None:
    text = "About 4.5 of 10; the rest: unknown. Why? “Waiting.” Done"
    assert len(sentences(text)) == 4
    assert sentences("প্রায় ২৭ জন। আর কেউ নয়।") == ["প্রায় ২৭ জন।", "আর কেউ নয়।"]


@pytest.mark.parametrize(("text", "marked"), [
    ("Ukhia rose to about 27 from 1,285", "# rose to # from #"),
    ("About 42 % in Cox's Bazar, Jul – Sep 2025", "# in #, #"),
    ("None or very few in Oct 2025 – Sep 2026", "# in #"),
    ("22–26 people, Q3 2025, 15–18", "# people, #, #"),
    ("By air to the Gulf: a few", "#: #"),
    ("May – Jul 2026. May be in Ukhias", "#. May be in Ukhias"),
])  # fmt: skip
def test_a_value_is_one_word(text: str, marked: str) -> None:
    names = ["Cox's Bazar", "Ukhia", "By air to the Gulf"]
    values = Values(names, ["May", "Jul", "Sep", "Oct"], ["none or very few", "a few"])
    assert values.marked(text).replace(VALUE, "#") == marked


def test_a_value_counts_as_a_word_and_not_by_its_syllables() -> None:
    found = count([f"Ten of {VALUE} people in {VALUE}"])
    assert (found.words, found.written, found.syllables) == (6, 4, 5)


def test_bangla_is_counted_by_its_words() -> None:
    assert words("অভিবাসী চোরাচালান: স্পষ্ট পরিবর্তন নেই") == [
        "অভিবাসী", "চোরাচালান", "স্পষ্ট", "পরিবর্তন", "নেই"
    ]  # fmt: skip


def test_a_list_counts_with_its_longest_part() -> None:
    assert longest("Shown together: bus, car, a very large ferry.") == 6
    assert longest("Shown together: bus and a very large ferry.") == 8
