"""Every part of every page and card is whole HTML, in each language."""

from __future__ import annotations

import pytest

from dashboard import exhibits
from dashboard.components import exhibit_card, states
from dashboard.exhibits.registry import (
    available_options,
    definition,
    definitions,
    read_view_query,
    render,
)
from dashboard.model.languages import LANGUAGES
from dashboard.pages import Page, figure_number
from dashboard.pages.arrange import arranged
from dashboard.release.open_release import Release
from tests.support.fragments import elements, named, parsed, said
from tests.support.pages import PAGES

exhibits.load()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_is_written_and_has_room_for_its_cards(page: Page, lang: str) -> None:
    rooms = [e for e in elements(arranged(page, lang)) if "data-exhibit" in e.attributes]
    assert [room.attributes["data-exhibit"] for room in rooms] == [s.exhibit for s in page.slots]
    for room in rooms:
        assert all(len(named(room, f"card-{part}")) == 1 for part in exhibit_card.PARTS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_that_is_not_there_is_written(lang: str) -> None:
    assert parsed(states.lost(lang))


VIEWS = ("", "period=2026-01..2026-09&sex=female&level=division&top=all&by=stage&sort=view",
         "lang=bn-beng&area=BD20&measure=people&level=upazila&compare=last-year",
         "lang=bn&compare=none&class=trafficking&area=BD2022&period=2026-01",
         "period=2031-01")  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("exhibit_id", [entry.id for entry in definitions()])
def test_every_part_of_every_card_is_written(
    protected: Release, exhibit_id: str, view: str
) -> None:
    reading = read_view_query(view, protected, lambda _: False)
    found = render(exhibit_id, reading, protected)
    options = available_options(definition(exhibit_id), protected)
    number = figure_number(exhibit_id)
    filled = exhibit_card.card_parts(found, reading, options, number, "file", table=True)
    written = {name: parsed(part) for name, part in filled.items() if name != "description"}
    assert all(said(written[name]) for name in ("heading", "table", "foot"))


@pytest.mark.parametrize("slow", [True, False])
def test_every_part_of_a_card_that_failed_is_written(slow: bool) -> None:
    failed = exhibit_card.failed_parts("overview.trend", 1, "4f9a01cc", "en", slow=slow)
    assert {name: bool(parsed(part)) for name, part in failed.items()} == {
        name: name in ("heading", "body") for name in exhibit_card.PARTS
    }
