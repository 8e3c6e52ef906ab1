"""Filters in words: subtitles, chips, and what was ignored."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import Filters, Unknown
from dashboard.release.open_release import Release
from dashboard.words import filters as words
from tests.support.readings import any_filters


def test_no_filter_reads_all_areas(protected: Release) -> None:
    assert words.in_words(protected, Filters()) == "all areas"


def test_filters_read_as_a_sentence_part(protected: Release) -> None:
    filters = Filters(area=("BD2022", "BD20"), class_=("trafficking",), mode=("sea",))
    assert words.in_words(protected, filters) == (
        "Cox's Bazar or Chattogram, class: trafficking, all purposes, transport: sea"
    )


def test_what_is_not_known_says_of_what(protected: Release) -> None:
    filters = Filters(child=("unknown",), sex=("unknown",))
    labels = [chip.label for chip in words.chips(protected, filters)]
    assert labels == ["Sex: unknown", "Child or adult: unknown"]
    said = "all areas, sex: unknown, child or adult: unknown"
    assert words.in_words(protected, filters) == said


def test_only_the_filters_that_apply_are_said(protected: Release) -> None:
    filters = Filters(sex=("female",), mode=("sea",))
    assert words.in_words(protected, filters, ["mode"]) == "all areas, transport: sea"


@given(data=st.data())
def test_every_chosen_code_has_a_chip_with_a_label(protected: Release, data: st.DataObject) -> None:
    filters = data.draw(any_filters(protected))
    chips = words.chips(protected, filters)
    chosen = [(name, code) for name in filters.active for code in filters.codes_of(name)]
    assert [(chip.parameter, chip.code) for chip in chips] == chosen
    assert all(chip.label and chip.label != f"{chip.code}!" for chip in chips)
    coded = [chip for chip in chips if chip.parameter != "area"]
    assert all("_" not in chip.label for chip in coded)


def test_what_was_ignored_is_said(protected: Release) -> None:
    (sentence,) = words.ignored_in_words([Unknown("sex", "robot")], "en")
    assert "robot" in sentence
    assert "sex" in sentence


def test_names_of_filters_are_joined(protected: Release) -> None:
    assert (
        words.names_in_words(("sex", "child", "mode"), "en") == "sex, child or adult and transport"
    )


def test_of_many_chosen_areas_three_are_named_and_chips_have_all(protected: Release) -> None:
    codes = tuple(sorted(c for c, place in protected.places.items() if place.level == "district"))
    filters = Filters(area=codes)
    first = ", ".join(protected.place_name(code, "en") for code in codes[:3])
    assert words.in_words(protected, filters) == f"{first} and {len(codes) - 3} others"
    assert len(words.chips(protected, filters)) == len(codes)
