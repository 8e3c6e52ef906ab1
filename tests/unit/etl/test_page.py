"""Pages for the operator and for partners: whatever stands in a file is text on them."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from etl.page import page, write_page
from etl.settings import OperatorError
from tests.support.hostile import LABELS


def given(text: str) -> dict[str, dict[str, Any]]:
    """What each template is given, with a text wherever one can stand."""
    rows = [(text, text)]
    section = {
        "title": text, "columns": (text, text), "rows": rows, "numbers": 1, "question": text,
        "lines": [text],
    }  # fmt: skip
    listed = {**section, "columns": ()}
    preview = {"title": text, "base": 5, "as_of": text, "digest": text}
    file = {
        "name": text, "rows": 1, "compared": text, "odd": [text], "unlike": [text],
        "counted": [(text, text, rows)], "sums": rows, "lists": [(text, [text])],
    }  # fmt: skip
    feedback = {"partner": text, "first_month": text, "last_month": text, "release": text}
    words = {
        "title": text, "texts": [text], "needed": text, "asked": text, "direction": "rtl",
    }  # fmt: skip
    return {
        "feedback": {
            "feedback": feedback, "share": text, "lateness": text, "months": rows, "blanks": rows,
        },
        "kit": {"partner": text, "languages": [(text, words, [(text, [text], [text])])] * 2},
        "preview": {
            "preview": preview, "kind": text, "units_only": text, "held_back": text,
            "not_counted": [text], "faces": [(text, text, [section, listed])],
        },
        "understood": {
            "names": [text], "refusing": 1, "findings": [text],
            "identity": {"title": text, "rows": [(text, text, text)], "odd": [text]},
            "files": [file],
        },
    }  # fmt: skip


def elements_of(text: str) -> tuple[list[str], str]:
    """Tags of a page in reading order with their attributes, and all of its text."""
    tags: list[str] = []
    texts: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(f"{tag} {sorted(name for name, _ in attrs)}")

        def handle_data(self, data: str) -> None:
            texts.append(data)

    reader = Reader()
    reader.feed(text)
    reader.close()
    return tags, "".join(texts)


@pytest.mark.parametrize("text", LABELS)
@pytest.mark.parametrize("name", given(""))
def test_no_text_becomes_an_element_of_a_page(name: str, text: str) -> None:
    plain, _ = elements_of(page(name, **given("plain")[name]))
    tags, said = elements_of(page(name, **given(text)[name]))
    assert tags == plain
    assert said.count(text) >= 8


def test_a_folder_is_no_page_and_stays_open(tmp_path: Path) -> None:
    mode = tmp_path.stat().st_mode
    with pytest.raises(OperatorError, match="is a folder"):
        write_page(tmp_path, "")
    assert tmp_path.stat().st_mode == mode
