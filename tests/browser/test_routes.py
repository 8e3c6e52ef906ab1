"""The page on routes: each corridor opened with one press, at a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, WIDE, Visit, until
from tests.browser.steps import box_of, card, in_sight, press


def seen(page: Page, exhibit: str) -> Locator:
    """A card that was brought into sight and shows what the address asks for."""
    found = card(page, exhibit)
    in_sight(found)
    return found


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_each_corridor_opens_in_one_press_with_its_way_transport_and_season(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit("/routes", size)
    names = seen(page, "routes.corridors").locator("a.rank-link .rank-name").all_inner_texts()
    assert len(names) > 9
    for at, name in enumerate(names):
        links = seen(page, "routes.corridors").locator("a.rank-link")
        expect(links).to_have_count(len(names))  # whichever is chosen, all others stay
        press(links.nth(at))
        opened = seen(page, "routes.corridor")
        short = name.split(",")[0]
        expect(opened.locator(".card-title")).to_contain_text(f"{short}: ")
        titles = opened.locator(".strip-stop .strip-title")
        expect(titles).to_have_count(3)
        expect(titles.first).to_have_text("From")
        expect(titles.last).to_have_text("To")
        for group in ("mode", "ended", "season"):
            expect(opened.locator(f".area-group--{group}")).to_be_visible()


def test_stops_stand_beside_each_other_at_a_desk_and_below_each_other_on_a_phone(
    visit: Visit,
) -> None:
    for size, along in ((WIDE, "x"), (PHONE, "y")):
        page = visit("/routes?corridor=air_gulf", size)
        stops = seen(page, "routes.corridor").locator(".strip-stop").all()
        places = [box_of(stop)[along] for stop in stops]
        assert len(places) == 3
        assert places == sorted(set(places))
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_corridor_is_marked_in_the_list_and_lit_on_the_map_with_one_number(visit: Visit) -> None:
    page = visit("/routes?corridor=air_gulf")
    row = card(page, "routes.corridors").locator("tr.is-chosen")
    number = row.locator(".rank-value").inner_text().split()[0]
    expect(seen(page, "routes.corridor").locator(".card-title")).to_contain_text(f"{number} people")
    way = card(page, "routes.corridor").locator(".strip-stop--transit .strip-title")
    expect(way).to_contain_text(f"of {number} recorded")
    expect(card(page, "routes.map").locator("canvas")).to_be_visible()
    until(page, "() => document.querySelector('[data-exhibit=\"routes.map\"]').map?.drawn")
    looks = page.evaluate("""() => {
      const { layers } = document.querySelector('[data-exhibit="routes.map"]').map.description;
      const told = layers[0].flows.map(({ group, faint }) => `${group} ${faint}`);
      return [...new Set(told)].sort();
    }""")
    assert looks == ["chosen false", "faint true"]


def test_blocks_are_as_high_as_their_people_are_many(visit: Visit) -> None:
    page = visit("/routes?corridor=air_gulf")
    blocks = seen(page, "routes.corridor").locator(".strip-stop--destination .strip-block")
    heights = [box_of(block)["height"] for block in blocks.all()]
    assert len(heights) > 2
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > 2 * heights[-1]


def test_where_a_card_leaves_the_last_of_its_row_takes_its_room(visit: Visit) -> None:
    page = visit("/routes")
    opened, sea = seen(page, "routes.corridor"), card(page, "routes.sea")
    expect(sea).to_be_hidden()
    grid = box_of(page.locator(".grid"))
    assert box_of(opened)["width"] == pytest.approx(grid["width"], abs=1)
    page.set_viewport_size(PHONE)  # pyright: ignore[reportArgumentType]
    assert box_of(opened)["width"] == pytest.approx(box_of(page.locator(".grid"))["width"], abs=1)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_the_page_is_short(visit: Visit, size: dict[str, int]) -> None:
    page = visit("/routes", size)
    for exhibit in ("routes.map", "routes.corridor"):
        seen(page, exhibit)
    expect(card(page, "routes.sea")).to_be_hidden()  # the sample has no published source
    high = page.evaluate("document.documentElement.scrollHeight")
    assert high <= (6000 if size == PHONE else 2400)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
