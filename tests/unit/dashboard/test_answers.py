"""An answer holds what was asked for, all of one release, and no failure takes the rest along."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboard import answers, door, exhibits
from dashboard.answers import WANTS, PageRequest, answer, read_request, request_of_referrer
from dashboard.components.exhibit_card import PARTS
from dashboard.exhibits.registry import render
from dashboard.model.languages import LANGUAGES
from dashboard.model.release import TAKEN_BACK_SUFFIX
from dashboard.pages import Page
from dashboard.release.cached import Latest
from dashboard.release.folder import NoRelease, Releases
from dashboard.release.open_release import QueryTimeout
from dashboard.words.catalogue import translate
from tests.support.application import RELEASE, answered, application, card_of
from tests.support.fragments import elements, parsed, said, values
from tests.support.logged import logged
from tests.support.pages import PAGES
from tests.support.releases import build_release, day, point_to

exhibits.load()
OLDER = "2026-08-20260916t094000-0a1b2c3d"
NEWER = "2026-10-20261116t094000-0a1b2c3d"
VIEWS = ("", "?sex=female&mode=land&lang=bn", "?period=2031-01&area=BD2022&level=upazila")
IDS = sorted(slot.exhibit for page in PAGES for slot in page.slots)
BY_NAME = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Releases]:
    """Three editions of which the one in the middle is current."""
    folder = tmp_path_factory.mktemp("answers")
    for seed, name in enumerate((OLDER, RELEASE, NEWER)):
        build_release(folder / f"{name}.duckdb", seed=seed, months=24, per_month=120)
    point_to(folder, RELEASE)
    return Releases(folder)


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LATEST_CARDS", Latest(most=1000))


def ask(releases: Releases, text: str, loaded: str | None = RELEASE) -> dict[str, Any]:
    """An answer as the browser gets it: JSON, with no number that JSON does not have."""
    return json.loads(json.dumps(answer(read_request(text), releases, loaded), allow_nan=False))


def previewed(page: Page) -> list[str]:
    """The card that comes with a page whose own address says which."""
    return ["brief.sentences"] if page.name == "report" else []


def rest_of(page: Page, view: str = "", *, tables: bool = False) -> str:
    """What a browser asks for once a page stands: all of its cards."""
    ids = ",".join(slot.exhibit for slot in page.slots)
    return f"{page.path}{view}#want=rest&cards={ids}{f'&tables={ids}' if tables else ''}"


def test_a_card_that_many_ask_for_at_once_is_made_once(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def slowly(exhibit_id: str, *rest: Any) -> Any:
        made.append(exhibit_id)
        time.sleep(0.02)
        return render(exhibit_id, *rest)

    monkeypatch.setattr(door, "render", slowly)
    with ThreadPoolExecutor(6) as several:
        found = list(several.map(lambda _: ask(releases, "/#want=page"), range(6)))
    assert all(each["cards"] == found[0]["cards"] for each in found)
    assert sorted(made) == sorted(set(made))
    assert len(made) >= len(found[0]["cards"]) > 1


# --- what is asked for ---------------------------------------------------------------------------

PATHS = st.sampled_from([page.path for page in PAGES])
QUERIES = st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=8), max_size=3)


@given(
    st.builds(PageRequest, PATHS,
              QUERIES.map(lambda query: f"?{urlencode(query)}" if query else ""),
              st.sampled_from(WANTS), st.lists(st.sampled_from(IDS), max_size=5).map(tuple),
              st.frozensets(st.sampled_from(IDS), max_size=3))
)  # fmt: skip
def test_what_the_browser_writes_is_read_back(asked: PageRequest) -> None:
    fragment = {"want": asked.want, "cards": ",".join(asked.cards),
                "tables": ",".join(asked.tables)}  # fmt: skip
    written = "&".join(f"{name}={value}" for name, value in fragment.items() if value)
    assert read_request(f"{asked.path}{asked.search}#{written}") == asked


@given(st.text() | st.text("/?#&=,%.;a0\x00\n\\").map(lambda text: f"/{text}"))
def test_any_text_asks_for_something(text: str) -> None:
    asked = read_request(text)
    assert asked.path
    assert asked.want in WANTS
    assert all(asked.cards)
    assert all(asked.tables)
    assert asked.search == "" or asked.search.startswith("?")
    assert "#" not in asked.path + asked.search


@pytest.mark.parametrize(
    ("text", "asked"),
    [("", PageRequest("/", "")), ("/hotspots", PageRequest("/hotspots", "")),
     ("?sex=female", PageRequest("/", "?sex=female")), ("/#want=everything", PageRequest("/", "")),
     ("/#want=view&want=rest", PageRequest("/", "", "rest")),
     ("/#want=rest&cards=,a,,b,&tables=", PageRequest("/", "", "rest", ("a", "b"))),
     ("/?a=b?c#want=rest#cards=a", PageRequest("/", "?a=b?c", "page"))],
)  # fmt: skip
def test_what_is_not_said_is_the_whole_page(text: str, asked: PageRequest) -> None:
    assert read_request(text) == asked


@given(st.none() | st.text() | st.text("htp:/[]?#@%. ").map(lambda text: f"http:{text}"))
def test_any_referer_asks_for_a_page(referer: str | None) -> None:
    asked = request_of_referrer(referer)
    assert asked.path
    assert (asked.want, asked.cards, asked.tables) == ("page", (), frozenset())


# --- what is answered ----------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
@BY_NAME
def test_a_page_comes_with_its_skeleton_its_words_and_its_leading_cards(
    releases: Releases, page: Page, view: str
) -> None:
    given = ask(releases, f"{page.path}{view}#want=page")
    assert (given["path"], given["search"]) == (page.path, view)
    assert given["usual"] == "2025-10..2026-09"
    skeleton = parsed(given["page"])
    assert values(skeleton, "data-exhibit") == [slot.exhibit for slot in page.slots]
    assert list(given["cards"]) == [*page.leading, *previewed(page)]
    assert given["live"]
    for card in given["cards"].values():
        assert list(card["parts"]) == list(PARTS)
        assert said(parsed(card["parts"]["heading"]))


@BY_NAME
def test_every_word_has_a_place_on_the_page_or_around_it(
    client: FlaskClient, releases: Releases, page: Page
) -> None:
    layout = json.loads(client.get("/_dash-layout").text)["props"]["children"]
    frame = str([part for part in layout if part["props"].get("id") != "answer"])
    given = ask(releases, f"{page.path}#want=page")
    own = values(parsed(given["page"]), "id")
    for name in given["words"]:
        # Of the shell some places are components, the others stand in its text.
        around = frame.count(f"'id': '{name}'") + frame.count(f' id="{name}"')
        assert (own.count(name), around) in ((1, 0), (0, 1)), name


def test_a_page_that_opens_with_a_finding_says_it(releases: Releases) -> None:
    words = ask(releases, "/overview#want=view")["words"]
    assert said(parsed(words["headline"]))
    assert said(parsed(words["lead"]))
    sheet = ask(releases, "/sheet#want=view")["words"]
    assert said(parsed(sheet["sheet-head"]))
    for page in PAGES:
        opening = ask(releases, f"{page.path}#want=view")["words"]
        if page.heading == "finding":
            assert said(parsed(opening["headline"]))
            assert said(parsed(opening["lead"]))
        else:
            assert {"headline", "lead"}.isdisjoint(opening)
        assert ("sheet-head" in opening) == (page.name == "sheet")
    # What a finding is about is said under it; of areas where a reader chose, as cards say it.
    for view in ("/routes", "/referrals", "/hotspots?class=smuggling"):
        opening = ask(releases, f"{view}#want=view")["words"]
        assert "Oct 2025 – Sep 2026" in said(parsed(opening["lead"]))


@pytest.mark.parametrize("view", VIEWS)
@BY_NAME
def test_another_view_comes_without_a_skeleton_and_with_the_cards_that_are_asked_for(
    releases: Releases, page: Page, view: str
) -> None:
    last = [slot.exhibit for slot in page.slots][-1:]
    given = ask(releases, f"{page.path}{view}#want=view&cards={','.join(last)}")
    whole = ask(releases, f"{page.path}{view}#want=page")
    assert given["page"] is None
    assert list(given["cards"]) == [*last, *previewed(page)]
    assert (given["words"], given["live"]) == (whole["words"], whole["live"])


def test_only_what_is_obeyed_is_said_to_be_set(releases: Releases) -> None:
    asked = "area=BD9999&sex=female&period=2026-01..2026-03"
    assert ask(releases, f"/overview?{asked}#want=view")["set"] == ["sex", "period"]


@pytest.mark.parametrize("view", VIEWS)
@BY_NAME
def test_the_rest_comes_without_words_and_no_card_of_it_failed(
    releases: Releases, page: Page, view: str, caplog: pytest.LogCaptureFixture
) -> None:
    given = ask(releases, rest_of(page, view, tables=True))
    assert (given["page"], given["words"], given["live"]) == (None, {}, None)
    assert list(given["cards"]) == [*(slot.exhibit for slot in page.slots), *previewed(page)]
    for exhibit, card in given["cards"].items():
        if exhibit in previewed(page):  # nobody looks for a table there
            continue
        assert card["tabled"]
        assert {name for name, part in card["parts"].items() if part} >= {
            "heading", "foot", "table",
        }  # fmt: skip
        assert all(parsed(part) is not None for part in card["parts"].values())
    assert logged(caplog) == []


def test_a_table_comes_only_where_it_is_asked_for(releases: Releases) -> None:
    cards = ask(
        releases,
        "/overview#want=rest&cards=overview.trend,overview.map&tables=overview.map,routes.map,none",
    )["cards"]
    assert {name: card["tabled"] for name, card in cards.items()} == {
        "overview.trend": False,
        "overview.map": True,
    }
    assert cards["overview.trend"]["parts"]["table"] == ""
    assert cards["overview.map"]["parts"]["table"]


def test_cards_come_once_in_the_order_asked_for_and_none_of_another_page(
    releases: Releases,
) -> None:
    wanted = "overview.trend,routes.map,none,overview.secret,OVERVIEW.MAP,overview.map"
    given = ask(releases, f"/overview#want=rest&cards={wanted},overview.trend")
    assert list(given["cards"]) == ["overview.trend", "overview.map"]


def test_an_address_that_leads_nowhere_has_a_page_and_words_and_no_cards(
    releases: Releases,
) -> None:
    given = ask(releases, "/nowhere?lang=bn#want=page&cards=overview.trend")
    assert translate("shell.state.lost_title", "bn") in said(parsed(given["page"]))
    assert values(parsed(given["page"]), "href") == ["/?lang=bn"]
    assert given["cards"] == {}
    assert given["words"]["summary-period"]


def test_without_a_release_there_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(NoRelease):
        answer(read_request("/"), Releases(tmp_path), None)


# --- failures ------------------------------------------------------------------------------------


def fail(error: Exception) -> Any:
    def broken(*_: object) -> None:
        raise error

    return broken


def test_an_exhibit_that_fails_leaves_the_other_cards_and_says_a_reference(
    releases: Releases, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = door.render

    def partly(exhibit_id: str, *rest: Any) -> Any:
        if exhibit_id == "overview.trend":
            raise RuntimeError("broken <b>in</b> its depth")
        return whole(exhibit_id, *rest)

    monkeypatch.setattr(door, "render", partly)
    given = ask(releases, "/overview?area=BD20#want=page&tables=overview.trend")
    (page,) = (page for page in PAGES if page.path == "/overview")
    assert list(given["cards"]) == list(page.leading)
    failed = given["cards"].pop("overview.trend")
    heading, body = (parsed(failed["parts"][name]) for name in ("heading", "body"))
    assert translate("shell.state.failed_title", "en") in said(heading)
    (reference,) = re.findall(r"overview\.trend failed, reference (\w+)", caplog.text)
    assert reference in said(body)
    assert "BD20" not in caplog.text
    assert "depth" not in json.dumps(failed)
    assert "BD20" not in caplog.text
    assert failed["figure"] is None
    assert failed["tabled"]  # or it would be asked for again and again
    assert translate("shell.state.failed_title", "en") not in json.dumps(given["cards"])
    assert given["words"]["headline"]


def test_an_exhibit_that_takes_too_long_says_so(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.door.render", fail(QueryTimeout("stopped")))
    card = ask(releases, "/overview#want=rest&cards=overview.map")["cards"]["overview.map"]
    assert translate("shell.state.slow_title", "en") in said(parsed(card["parts"]["heading"]))


def test_a_card_is_made_once_for_all_who_look_at_the_same_view(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(
        door, "render", lambda *asked: made.append(asked[0]) or exhibits.registry.render(*asked)
    )
    rest = "want=rest&cards=routes.corridors"
    first = ask(releases, f"/routes?sex=female&mode=land#{rest}")
    assert ask(releases, f"/routes?mode=land&sex=female#{rest}")["cards"] == first["cards"]
    assert len(made) == 1
    for other in (
        f"/routes?mode=land#{rest}",
        f"/routes?mode=land&sex=female&lang=bn#{rest}",
        f"/routes?mode=land&sex=female&compare=last-year#{rest}",
        f"/routes?mode=land&sex=female#{rest}&tables=routes.corridors",
    ):
        assert ask(releases, other)["cards"] != first["cards"]
    older = ask(releases, f"/routes?mode=land&sex=female#{rest}", loaded=OLDER)
    assert older["cards"] != first["cards"]
    assert len(made) == 6


def test_a_card_that_failed_is_made_again(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = "/routes#want=rest&cards=routes.corridors"
    with monkeypatch.context() as broken:
        broken.setattr(door, "render", lambda *_: 1 / 0)
        failed = ask(releases, rest)["cards"]["routes.corridors"]["parts"]
    assert ask(releases, rest)["cards"]["routes.corridors"]["parts"] != failed


def test_a_card_that_cannot_be_written_is_one_that_failed(
    releases: Releases, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("dashboard.components.exhibit_card._marks", lambda *_: 1 / 0)
    card = ask(releases, "/overview#want=rest&cards=overview.map")["cards"]["overview.map"]
    assert translate("shell.state.failed_title", "en") in said(parsed(card["parts"]["heading"]))
    assert "overview.map failed" in caplog.text


@pytest.mark.parametrize("want", ["page", "view"])
@pytest.mark.parametrize(
    ("broken", "named"),
    [("dashboard.answers.queries.total", "the counts"),
     ("dashboard.answers.headline", "the headline")],
)  # fmt: skip
def test_words_that_fail_leave_the_cards_and_the_other_words(
    releases: Releases, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    want: str, broken: str, named: str,
) -> None:  # fmt: skip
    asked = f"/overview?sex=female#want={want}&cards=overview.trend"
    whole = ask(releases, asked)
    monkeypatch.setattr(broken, fail(RuntimeError("broken")))
    given = ask(releases, asked)
    assert given["cards"] == whole["cards"]
    assert set(whole["words"]) == set(given["words"])
    assert "Female" in said(parsed(given["words"]["filter-status"]))
    assert re.search(rf"{named} of a page failed, reference \w{{8}}", caplog.text)
    assert "female" not in caplog.text


def test_a_finding_that_fails_does_not_leave_that_of_the_view_before(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.answers.headline", fail(RuntimeError("broken")))
    words = ask(releases, "/overview?sex=female#want=view")["words"]
    assert said(parsed(words["headline"])) == translate("shell.page.overview.title", "en")
    assert said(parsed(words["lead"])) == translate("shell.page.overview.lead", "en")


def test_numbers_that_fail_are_not_read_out(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "people" in ask(releases, "/overview#want=view")["live"]
    monkeypatch.setattr("dashboard.answers.queries.total", fail(RuntimeError("broken")))
    assert ask(releases, "/overview#want=view")["live"] == ""


# --- one release ---------------------------------------------------------------------------------


@BY_NAME
def test_an_answer_is_of_the_release_that_its_page_was_loaded_with(
    releases: Releases, page: Page
) -> None:
    """The list of editions alone names others."""
    for asked in (f"{page.path}#want=page", rest_of(page, tables=True)):
        given = ask(releases, asked, NEWER)
        given["cards"].pop("quality.editions", None)
        assert given["usual"] == "2025-10..2026-09"
        marks = [
            mark
            for card in given["cards"].values()
            for mark in values(parsed(card["parts"]["foot"]), "data-release")
        ]
        assert marks == [NEWER] * len(given["cards"])
        text = json.dumps(given)
        assert OLDER not in text
        assert RELEASE not in text


def test_the_list_of_editions_leaves_out_what_was_taken_back_since_it_was_asked(
    releases: Releases,
) -> None:
    """Whoever asked before, and whatever is remembered of that."""
    asked = "/quality#want=rest&cards=quality.editions"
    mark = releases.folder / f"{OLDER}.duckdb{TAKEN_BACK_SUFFIX}"
    assert OLDER in json.dumps(ask(releases, asked))
    mark.touch()
    try:
        assert OLDER not in json.dumps(ask(releases, asked))
    finally:
        mark.unlink()
    assert OLDER in json.dumps(ask(releases, asked))


def test_an_edition_that_is_asked_for_answers_all_of_a_page(releases: Releases) -> None:
    (page,) = (page for page in PAGES if page.path == "/overview")
    view = f"?edition={OLDER}"
    words = ask(releases, f"/overview{view}#want=page")["words"]
    assert translate("shell.banner.as_known_then", "en") in said(parsed(words["banner"]))
    assert OLDER in said(parsed(words["page-foot"]))
    assert RELEASE not in words["page-foot"]
    text = json.dumps(ask(releases, rest_of(page, view, tables=True)))
    assert OLDER in text
    assert RELEASE not in text


# --- the first answer ----------------------------------------------------------------------------


def first_answer(client: FlaskClient, referer: str | None) -> dict[str, Any]:
    """What the layout brings for the page that asks for it."""
    headers = {"Referer": referer} if referer is not None else {}
    frame = json.loads(client.get("/_dash-layout", headers=headers).text)["props"]["children"]
    (store,) = (part for part in frame if part["props"].get("id") == "answer")
    return store["props"]["data"]


@pytest.mark.parametrize("view", VIEWS)
@BY_NAME
def test_the_layout_brings_the_answer_for_the_page_that_asks(
    app: Dash, client: FlaskClient, page: Page, view: str
) -> None:
    given = first_answer(client, f"http://localhost{page.path}{view}")
    assert given == answered(app, f"{page.path}{view}#want=page")


@pytest.mark.parametrize("referer", [None, "", "http://localhost", "http://[", "nothing"])
def test_whoever_does_not_say_what_it_shows_gets_a_page(
    client: FlaskClient, referer: str | None
) -> None:
    assert first_answer(client, referer)["page"]


def test_the_layout_of_a_page_that_is_not_there_brings_the_one_that_says_so(
    client: FlaskClient,
) -> None:
    given = first_answer(client, "http://localhost/nowhere?lang=bn")
    assert (given["path"], given["cards"]) == ("/nowhere", {})
    assert translate("shell.state.lost_title", "bn") in said(parsed(given["page"]))


@pytest.mark.parametrize("lang", LANGUAGES)
@BY_NAME
def test_a_page_listens_with_at_most_600_components(
    client: FlaskClient, page: Page, lang: str
) -> None:
    """Each one is asked at every change; cards are none."""
    headers = {"Referer": f"http://localhost{page.path}?lang={lang}"}
    layout = json.loads(client.get("/_dash-layout", headers=headers).text)
    assert 100 < sum(1 for _ in components(layout)) <= 600


def components(node: Any) -> Iterator[Any]:
    """Every component of a layout, wherever a property holds it."""
    if isinstance(node, list):
        for child in node:
            yield from components(child)
    elif isinstance(node, dict):
        if {"namespace", "type", "props"} <= set(node):
            yield node
        for value in node.values():
            yield from components(value)


def test_a_card_says_where_its_choices_lead(app: Dash) -> None:
    parts = card_of(app, "overview.trend", "?sex=female")["parts"]
    counted = [node for node in elements(parsed(parts["options"])) if node.tag == "nav"]
    fine = [node for node in elements(parsed(parts["actions"]))
            if node.attributes.get("class") == "menu-choice"]  # fmt: skip
    rows = [*counted, *fine]
    links = [node for node in elements(rows) if node.tag == "a"]
    assert (len(counted), len(fine)) == (2, 1)
    for row in rows:
        chosen = [node for node in elements([row]) if node.attributes.get("aria-current") == "true"]
        assert len(chosen) == 1
    assert all("sex=female" in (link.attributes["href"] or "") for link in links)


def test_an_option_that_no_exhibit_of_the_page_offers_is_said_to_be_ignored(
    releases: Releases,
) -> None:
    for query, is_ignored in (("month=2030-01", True), ("month=last", False), ("", False)):
        line = str(ask(releases, f"/?{query}")["words"]["lead"])
        assert ("“2030-01” is not known for “month” and was ignored." in line) == is_ignored
    for query in ("measure=people", "level=camp"):  # of another page, whose link kept it
        status = str(ask(releases, f"/referrals?{query}")["words"]["filter-status"])
        assert "ignored" not in status


def test_what_a_release_does_not_report_is_not_counted_as_none(tmp_path: Path) -> None:
    units = {"incidents": [{"month": day("2026-01"), "size": 5}]}
    app = application(tmp_path, units=units)
    given = answered(app, "/overview")
    line = said(parsed(given["words"]["filter-status"]))
    assert "incidents" in line
    assert "people" not in line
    assert "not reported in this release" in str(card_of(app, "overview.indicators"))
    before = answered(app, "/overview?period=2020-01..2020-06")
    line = said(parsed(before["words"]["filter-status"]))
    assert "There are no data for" in line
    assert "incidents" not in line
