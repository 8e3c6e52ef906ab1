"""Names of places, routes and codes are text on every page, whatever is written in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from dash import Dash

from dashboard.pages import Page
from tests.support.application import RELEASE, answered, application
from tests.support.fragments import Element, Nodes, elements, parsed, said
from tests.support.hostile import LABELS, NOTES, SQL, TARGETS, plant
from tests.support.logged import logged
from tests.support.pages import PAGES

#: Views that name places, routes and codes in many ways.
VIEWS = (
    "",
    "?period=2024-10..2026-09&level=division&top=all&sort=view",
    "?lang=bn&area=BD20&class=trafficking&sex=female&compare=last-year&measure=people",
)
#: Elements that stand on no page of the product; the labels hold them all.
_FOREIGN = frozenset(
    {
        "script", "svg", "math", "iframe", "object", "embed", "form", "video", "source", "style",
        "link", "meta", "base", "marquee", "template", "textarea", "title",
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    return planted(tmp_path_factory.mktemp("hostile"), LABELS)


def planted(folder: Path, texts: Sequence[str]) -> Dash:
    """An application whose release has such texts wherever somebody could have written one."""
    made = application(folder, notes=NOTES, targets=TARGETS)
    plant(folder / "releases" / f"{RELEASE}.duckdb", texts)
    return made


def fragments(given: dict[str, Any]) -> Iterator[str]:
    """Everything in an answer that a browser writes into the page as HTML."""
    yield given["page"] or ""
    yield from given["words"].values()
    for card in given["cards"].values():
        yield from card["parts"].values()


def harmful(nodes: Nodes) -> list[Element]:
    """Elements that no page of the product has, or that run something, fetch, or lead out.

    The product's own pictures lie in their address; its own links to others are by https.
    """
    return [
        node
        for node in elements(nodes)
        if node.tag in _FOREIGN
        or any(name.startswith("on") or name == "srcdoc" for name in node.attributes)
        or not (node.attributes.get("src") or "data:image/").startswith("data:image/")
        or not (node.attributes.get("href") or "/").startswith(("/", "?", "#", "https://"))
        or (node.attributes.get("href") or "").startswith(("//", "https://example.org"))
    ]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_label_becomes_an_element_of_a_page(
    app: Dash, page: Page, view: str, caplog: pytest.LogCaptureFixture
) -> None:
    ids = ",".join(slot.exhibit for slot in page.slots)
    shown: list[str] = []
    for fragment in ("want=page", f"want=rest&cards={ids}&tables={ids}"):
        given = answered(app, f"{page.path}{view}#{fragment}")
        for text in fragments(given):
            nodes = parsed(text)
            assert harmful(nodes) == []
            shown.append(said(nodes))
    assert logged(caplog) == []  # a card that failed would hide what it was given
    if page.slots and not page.is_meeting:  # the brief names only what is off usual
        assert any(label in text for label in LABELS for text in shown)


def test_all_labels_are_seen_as_text_somewhere(app: Dash) -> None:
    """So that the test above had something to find."""
    assert seen_in(app, LABELS) == set(LABELS)


def seen_in(app: Dash, texts: Sequence[str]) -> set[str]:
    """Those of some texts that stand on any card of any page."""
    seen: set[str] = set()
    for page in PAGES:
        ids = ",".join(slot.exhibit for slot in page.slots)
        for view in VIEWS:
            given = answered(app, f"{page.path}{view}#want=rest&cards={ids}&tables={ids}")
            shown = " ".join(said(parsed(part)) for part in fragments(given))
            seen |= {text for text in texts if text in shown}
    return seen


def test_what_somebody_wrote_is_no_part_of_a_statement(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = planted(tmp_path, SQL)
    assert seen_in(app, SQL) == set(SQL)
    assert logged(caplog) == []  # a card that failed would hide what it was given
    whole = application(tmp_path / "whole", notes=[], targets=[])
    counted = [answered(each, "/#want=page")["words"]["filter-status"] for each in (app, whole)]
    assert counted[0] == counted[1]


def strings(value: Any) -> Iterator[str]:
    """Every text of a figure, wherever in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_label_reaches_a_chart_as_markup(app: Dash, page: Page) -> None:
    """Plotly reads a little HTML; maps write every label as text, and our scripts what is meta."""
    ids = ",".join(slot.exhibit for slot in page.slots)
    cards = answered(app, f"{page.path}#want=rest&cards={ids}")["cards"]
    figures = [card["figure"] for card in cards.values() if card["figure"]]
    charts = [figure for figure in figures if figure.get("form") != "map"]
    for chart in charts:
        chart["layout"].pop("meta", None)
    run = [label for label in LABELS if "<" in label]
    assert not [text for text in strings(charts) if any(label in text for label in run)]


@pytest.mark.parametrize("label", LABELS)
def test_what_an_address_claims_is_said_as_text(app: Dash, label: str) -> None:
    claimed = quote(label, safe="")
    given = answered(app, f"/?sex={claimed}&area={claimed}&edition={claimed}#want=page")
    assert all(harmful(parsed(text)) == [] for text in fragments(given))
    assert "could not be made" not in json.dumps(given["cards"])
    status = said(parsed(given["words"]["filter-status"]))
    assert label[:20] in status


@pytest.mark.parametrize("label", LABELS)
def test_an_address_is_not_written_into_the_page_as_it_came(app: Dash, label: str) -> None:
    """Unquoted, as a browser would never send it, in path, query string and fragment."""
    given = answered(app, f"/{label}?{label}#want=page&cards={label}&tables={label}")
    assert all(harmful(parsed(text)) == [] for text in fragments(given))
