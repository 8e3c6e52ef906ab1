"""The product speaks the language that the address asks for, in every answer to it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.components import links
from dashboard.components.writer import write
from dashboard.filters import Filters, read_language
from dashboard.model import languages
from dashboard.model.country import PACK
from dashboard.model.languages import words_of
from dashboard.pages import Page
from dashboard.words.catalogue import translate
from tests.support.application import application, client_of
from tests.support.fragments import values
from tests.support.pages import PAGES


@pytest.mark.parametrize(
    ("query", "lang"),
    [
        ("", "en"), ("?lang=bn", "bn"), ("lang=bn-beng&period=2026-01", "bn-beng"),
        ("?lang=fr", "en"), ("?lang=bn&lang=fr", "bn"), ("?Lang=bn", "en"),
        ("?lang=bn" + "&x=y" * 200, "en"), ("?lang=" + "bn" * 4000, "en"),
    ],
)  # fmt: skip
def test_only_a_known_language_is_read(query: str, lang: str) -> None:
    assert read_language(query) == lang


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize(("lang", "words"), [("en", "en"), ("bn", "bn"), ("bn-beng", "bn")])
def test_the_first_answer_names_its_language_and_its_page(
    client: FlaskClient, page: Page, lang: str, words: str
) -> None:
    text = client.get(f"{page.path}?lang={lang}").text
    assert f'<html lang="{words}" dir="ltr" ' in text
    name = translate(f"shell.page.{page.name}.name", lang)
    title = translate("shell.document_title", lang, page=name).replace("&", "&amp;")
    assert f"<title>{title}" in text
    assert translate("shell.state.loading", lang) in text


def test_what_an_address_claims_is_not_written_into_the_page(client: FlaskClient) -> None:
    text = client.get("/?lang=bn%22%3E%3Cscript%3E").text
    assert '<html lang="en" dir="ltr" ' in text
    assert "<script>" not in text.split("</head>")[0]


@pytest.mark.parametrize(
    ("referer", "lang"),
    [("http://localhost/hotspots?lang=bn&sex=female", "bn"),
     ("http://localhost/?lang=bn-beng", "bn-beng"), ("http://localhost/?lang=xx", "en"),
     ("no address at all", "en"), ("http://[", "en")],
)  # fmt: skip
def test_the_layout_is_in_the_language_of_the_page_that_asks_for_it(
    client: FlaskClient, referer: str, lang: str
) -> None:
    answer = client.get("/_dash-layout", headers={"Referer": referer})
    assert translate("shell.skip", lang) in str(json.loads(answer.text))
    assert "Referer" in answer.headers["Vary"]


def test_without_a_release_the_window_is_in_its_language_too(tmp_path: Path) -> None:
    client = client_of(application(tmp_path, published=False))
    layout = client.get("/_dash-layout", headers={"Referer": "http://localhost/?lang=bn"}).text
    assert translate("shell.state.empty_title", "bn") in str(json.loads(layout))


def test_a_link_inside_the_product_keeps_the_language() -> None:
    assert links.page("/quality", "en") == "/quality"
    assert links.page("/quality", "bn-beng") == "/quality?lang=bn-beng"
    assert links.href(Filters(lang="bn", sex=("female",)), {}) == "?lang=bn&sex=female"


@pytest.mark.parametrize(
    ("lang", "offered", "present"),
    [("en", ["en", "bn"], ["true"]), ("bn", ["en", "bn", "bn", "bn-beng"], ["true", "true"]),
     ("bn-beng", ["en", "bn", "bn", "bn-beng"], ["true", "true"])],
)  # fmt: skip
def test_the_switch_marks_the_present_words_and_digits(
    lang: str, offered: list[str], present: list[str]
) -> None:
    switch = write(
        "header", lang, destinations=(), account=None, words=words_of(lang),
        languages=PACK.languages, kind="",
    )  # fmt: skip
    assert values(switch, "data-language") == offered
    assert values(switch, "aria-current") == present
    assert values(switch, "lang")[:2] == ["en", "bn"]


def test_a_file_is_in_the_language_of_the_view_and_its_numbers_are_numbers(
    client: FlaskClient,
) -> None:
    english, bangla = (
        client.get(f"/exhibit/sheet.people.csv?lang={lang}").text for lang in ("en", "bn-beng")
    )
    assert translate("shell.page.overview.name", "en") not in bangla
    assert "শনাক্ত ব্যক্তি" in bangla
    numbers = [line.split(",")[-2:] for line in english.splitlines()[-3:]]
    assert [line.split(",")[-2:] for line in bangla.splitlines()[-3:]] == numbers


def test_what_is_read_from_the_right_has_its_arrows_and_codes_that_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(languages, "OWN", replace(languages.OWN, direction="rtl"))
    assert [languages.arrow(lang) for lang in ("en", "bn")] == [" → ", " ← "]
    codes = [languages.as_it_is("2026-09", lang) for lang in ("en", "bn")]
    assert codes == ["2026-09", "\u20662026-09\u2069"]
