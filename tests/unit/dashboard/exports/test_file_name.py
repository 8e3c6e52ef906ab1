"""Names of files say exhibit, period, release and language, and are safe everywhere."""

from __future__ import annotations

import re

from dashboard.exports.file_name import file_name
from dashboard.model.periods import Month, Span

YEAR = Span(Month(2025, 10), Month(2026, 9))
NOVEMBER = Span(Month(2025, 11), Month(2025, 11))


def test_a_name_says_what_is_in_the_file() -> None:
    assert file_name("a.b", "", NOVEMBER, "r", "en") == "a-b_2025-11_release-r"


def test_a_translation_says_so() -> None:
    assert file_name("a.b", "", NOVEMBER, "r", "bn-beng") == "a-b_2025-11_release-r_bn-beng"


def test_two_filters_are_two_files() -> None:
    of_women, of_men = (
        file_name("a.b", f"level=camp&sex={sex}", NOVEMBER, "r", "en") for sex in ("female", "male")
    )
    assert of_women == "a-b_level-camp_sex-female_2025-11_release-r"
    assert of_men != of_women


def test_a_name_has_only_letters_that_every_system_takes() -> None:
    assert re.fullmatch(
        r"[\w-]+", file_name("a.b", "area=BD2022,BD2015&q=/../é", YEAR, "2026-09-x", "bn"), re.ASCII
    )
