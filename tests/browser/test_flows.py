"""The map of flows: what is lit, what stands below it, and names that cover nothing."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, WIDE, Visit, settled, until
from tests.browser.steps import arrived, in_sight

WHOLE = "period=2023-10..2026-09"
ROUTES = f"/routes?{WHOLE}"
LOW = {"width": 1280, "height": 720}
CARD = """const card = document.querySelector('[data-exhibit="routes.map"]');
  const live = card.map, map = window.atlas.map, drawn = live.drawn;
  const inWindow = ([x, y]) => {
    const box = live.canvas.getBoundingClientRect();
    return [box.left + x, box.top + y];
  };
  const nodes = live.description.layers.find(({ kind }) => kind === 'nodes').nodes;
  const spot = (code) => {
    const node = nodes.find((one) => one.code === code);
    return inWindow(map.spotOf(drawn, node) || map.onRoom(node.point, drawn.view));
  };"""
DRAWN = "() => document.querySelector('[data-exhibit=\"routes.map\"]').map?.drawn"
#: Whether it is drawn for the window as it is.
FITTED = """() => { const { map } = document.querySelector('[data-exhibit="routes.map"]');
  return map?.drawn && map.width === map.host.clientWidth; }"""
#: Views of the page that name much, little, far, near, and in other letters; each is looked at in
#: two of three windows, by turns, on four scales.
VIEWS = (
    "", f"{WHOLE}&level=district&measure=legs", "level=division", "corridor=air_gulf",
    "corridor=bd_internal", "place=BD2022", f"place=MY&{WHOLE}",
    "class=smuggling&compare=none&colour=class", "lang=bn",
    f"lang=bn-beng&{WHOLE}&colour=transport",
)  # fmt: skip


def flows(page: Page) -> Locator:
    return page.locator('[data-exhibit="routes.map"]')


def ask(page: Page, body: str, argument: object = None) -> Any:
    """What the drawn map of flows says of itself."""
    until(page, DRAWN)
    return page.evaluate(f"(given) => {{ {CARD} {body} }}", argument)


def shown(page: Page) -> None:
    """Wait until the map has come into sight and is drawn."""
    in_sight(flows(page))
    until(page, DRAWN)


def test_no_name_covers_another_or_lies_under_a_panel_in_eighty_drawings(visit: Visit) -> None:
    page = visit("/routes")
    names = [0, 0, 0]
    sizes = (WIDE, LOW, PHONE)
    for (turn, view), step in product(enumerate(VIEWS), range(2)):
        at = (turn + step) % len(sizes)
        size = sizes[at]
        page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
        if step == 0 and "lang" in view:
            page.goto(f"/routes?{view}")
        elif step == 0:
            page.evaluate("(view) => window.atlas.go(view)", f"?{view}" if view else "")
        settled(page)
        shown(page)
        until(page, FITTED)
        found = ask(page, """const middle = [live.width / 2, live.room.height / 2];
           const around = (by) => ({ k: live.view.k * by,
             x: middle[0] - (middle[0] - live.view.x) * by, y: middle[1] - (middle[1] - live.view.y) * by });
           const boxOf = (label) => ({ x: label.x - label.width / 2, y: label.y - label.height / 2,
             width: label.width, height: label.height, said: label.lines[0].runs[0].said });
           return [1, 2.2, 0.7, 1.4].map((by) => {
             const made = by === 1 ? drawn : map.drawing(live.themed, { width: live.width, height: live.height, narrow: live.narrow, view: around(by) });
             const boxes = made.labels.map(boxOf);
             const over = boxes.flatMap((one, i) => boxes.slice(i + 1).filter((other) => map.meet(one, other)).map(({ said }) => [one.said, said]));
             const under = boxes.filter((box) => made.panels.some((panel) => map.meet(panel, box)));
             const low = made.inset ? made.inset.y >= made.room.height : true;
             return { names: boxes.length, over: over, under: under.map(({ said }) => said), panels: made.panels.length, low: low };
           });""")  # noqa: E501  # fmt: skip
        for one in found:
            # Only the buttons cover the map.
            told = (one["over"], one["under"], one["panels"], one["low"])
            assert told == ([], [], 1, True), (view, size)
            names[at] += one["names"]
    assert min(names) > 7 * len(VIEWS)


def test_a_press_on_a_circle_lights_its_flows_and_another_lets_go(visit: Visit) -> None:
    page = visit(ROUTES)
    shown(page)
    page.mouse.click(*ask(page, "return spot('MY');"))
    arrived(page, "**place=MY**")
    until(page, "() => document.querySelector('.card--map').map.description.chosen === 'MY'")
    lit = ask(page, """const [layer] = live.description.layers;
       const lit = layer.flows.filter(({ faint }) => !faint);
       return [lit.every(({ ends }) => ends.includes('MY')),
         lit.length < layer.flows.length];""")  # fmt: skip
    assert lit == [True, True]
    expect(flows(page).locator(".card-title")).to_contain_text("Malaysia")
    flows(page).get_by_role("button", name="Table").click()
    rows = flows(page).locator(".table tbody tr")
    expect(rows.first).to_contain_text("Malaysia")
    assert all("Malaysia" in row for row in rows.all_inner_texts())
    flows(page).get_by_role("button", name="Table").click()
    shown(page)
    page.mouse.click(*ask(page, "return spot('MY');"))
    until(page, "() => !window.location.search.includes('place')")


def test_keys_choose_a_place_of_the_inset_and_escape_lets_it_go(visit: Visit) -> None:
    page = visit(ROUTES)
    shown(page)
    places = flows(page).locator(".map-places button")
    flows(page).locator(".map-canvas").focus()
    page.keyboard.press("Tab")
    expect(places.first).to_be_focused()
    code = places.first.get_attribute("data-code")
    inside = ask(page, """const { inset } = drawn;
       const [x, y] = map.spotOf(drawn, nodes.find(({ code }) => code === given));
       return x > inset.x && x < inset.x + inset.width && y > inset.y && y < inset.y + inset.height;""", code)  # noqa: E501  # fmt: skip
    assert inside
    page.keyboard.press("Enter")
    arrived(page, f"**place={code}**")
    until(page, "() => document.activeElement.closest('.map-places') !== null")
    page.keyboard.press("Escape")
    until(page, "() => !window.location.search.includes('place')")


def test_who_has_no_line_is_chosen_in_the_margin(visit: Visit) -> None:
    page = visit(ROUTES)
    shown(page)
    flows(page).evaluate("(card) => card.scrollIntoView({ block: 'end' })")
    number, at = ask(page, """const row = drawn.rows.find(({ code }) => code === 'unknown');
       return [row.number, inWindow([row.x + row.width / 2, row.y + row.height / 2])];""")  # noqa: E501  # fmt: skip
    page.mouse.move(*at)
    expect(flows(page).locator(".map-said")).to_contain_text("Start or end not recorded")
    page.mouse.click(*at)
    arrived(page, "**place=unknown**")
    expect(flows(page).locator(".card-title")).to_have_text(f"Not known: about {number} people")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_the_inset_stands_below_the_map_which_shows_the_same_once_it_is_close(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit(ROUTES, size)
    shown(page)
    assert ask(page, "return drawn.inset.y >= drawn.room.height && drawn.main !== live.themed;")
    if size == WIDE:
        name, at = ask(page, """const [node] = drawn.inset.description.layers[1].nodes;
           return [node.lines[0], spot(node.code)];""")  # fmt: skip
        page.mouse.move(*at)
        expect(flows(page).locator(".map-said")).to_contain_text(name)
    for _ in range(4):
        flows(page).get_by_role("button", name="Closer").click()
    until(page, "() => { const { map } = document.querySelector('.card--map');"
                " return map.drawn.main === map.themed; }")  # fmt: skip


def test_there_and_back_lie_apart_and_chevrons_say_which_is_which(visit: Visit) -> None:
    page = visit("/routes")
    shown(page)
    apart, marks, closer = ask(page, """const there = { start: [92, 21.5], end: [101.7, 3.1], radii: [3, 3], width: 2, group: 'a', ends: ['a', 'b'], lines: [] };
       const back = { ...there, start: there.end, end: there.start };
       const view = live.view;
       const [one, other] = [there, back].map((flow) => map.along(map.curveOf(flow, 4, view), 16));
       const layer = { groups: { a: { line: '#000000', dash: [] } }, widths: [1, 2, 4], flows: [there] };
       const middle = one[8];
       const marks = (at) => map.flowMarks(layer, at, live.description.inks).length;
       return [Math.min(...other.map(([x, y]) => Math.hypot(x - middle[0], y - middle[1]))),
         marks(view), marks({ ...view, k: 2 * view.k })];""")  # noqa: E501  # fmt: skip
    assert apart > 20
    assert closer > marks > 2  # a line, its head, and chevrons on the way


def test_colour_changes_from_corridor_to_class_and_transport_by_one_link(visit: Visit) -> None:
    page = visit(ROUTES)
    shown(page)
    assert ask(page, "return Object.keys(live.description.layers[0].groups);") == ["all"]
    flows(page).get_by_role("link", name="Transport").click()
    arrived(page, "**colour=transport**")
    until(
        page,
        "(said) => document.querySelector('.card--map').map.description.legend[0].title === said",
        "Main transport",
    )
    groups = ask(page, "return Object.keys(live.description.layers[0].groups);")
    assert {"land", "sea"} <= set(groups)
    assert not {"trafficking", "smuggling"} & set(groups)
