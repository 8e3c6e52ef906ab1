"""What the browser asks for once: every term in words."""

from __future__ import annotations

import json

import pytest

from dashboard.model.languages import LANGUAGES
from dashboard.words.definitions import address, as_json
from dashboard.words.glossary import glossary


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_is_there_with_its_source(lang: str) -> None:
    value = json.loads(as_json(lang))
    assert set(value["terms"]) == {term.id for term in glossary().terms}
    for entry in value["terms"].values():
        assert entry["term"]
        assert entry["definition"]
        assert entry["source"]
    assert all(value["words"].values())


def test_the_address_names_the_language_and_what_is_said() -> None:
    path, _, mark = address("en").partition("?v=")
    assert path == "/definitions/en.json"
    assert len(mark) == 12
