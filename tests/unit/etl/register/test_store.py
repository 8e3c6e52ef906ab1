from __future__ import annotations

import json

import pytest

from etl.register.store import Store, read_store, replace_store
from etl.settings import OperatorError, Settings


@pytest.fixture
def store(settings: Settings) -> Settings:
    settings.operator.mkdir(parents=True)
    return settings


def held(settings: Settings, **facts: object) -> None:
    (settings.operator / "store.json").write_text(json.dumps(facts))


def test_a_store_of_the_first_format_is_read(store: Settings) -> None:
    held(store, format=1, identifiers="a", protection="b", base=5)
    assert read_store(store) == Store("a", "b", 5)


def test_changed_facts_are_kept_and_the_others_stay(store: Settings) -> None:
    held(store, format=1, identifiers="a", protection="b", base=5)
    assert replace_store(store, years=7) == Store("a", "b", 5, 7)
    assert replace_store(store, public=True) == read_store(store) == Store("a", "b", 5, 7, True)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"format": 3}, "store.json in .* is damaged"),
        (
            {"format": 4, "identifiers": "a", "protection": "b", "base": None},
            "was written by a later version",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    store: Settings, facts: dict[str, object], sentence: str
) -> None:
    held(store, **facts)
    with pytest.raises(OperatorError, match=sentence):
        read_store(store)
