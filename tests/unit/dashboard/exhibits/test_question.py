"""What a question says in the same way for every exhibit."""

from __future__ import annotations

import pytest

from dashboard.exhibits.question import InWords
from dashboard.model.languages import ENGLISH, Language


class InEnglish(InWords):
    """What says phrases in English."""

    @property
    def lang(self) -> Language:
        """English."""
        return ENGLISH


@pytest.mark.parametrize(
    ("most", "text"), [(1, "Air and 2 others"), (2, "Air, land and 1 other"), (3, "Air, land, sea")]
)
def test_the_first_few_names_stand_before_how_many_others_there_are(most: int, text: str) -> None:
    assert InEnglish().first_of(["Air", "land", "sea"], most) == text
