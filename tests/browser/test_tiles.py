"""The tile map of camps: pointer, press and keys reach every tile; pictures show the same ones."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Visit, settled, until
from tests.browser.steps import arrived

CAMPS = "/hotspots?period=2023-10..2026-09&measure=people"
CARD = '[data-exhibit="hotspots.camps"]'
HELD = f"""const card = document.querySelector('{CARD}'), live = card.map, {{ map }} = window.atlas;
  const [layer] = live.description.layers;
  const tile = (code) => layer.tiles.find((one) => one.code === code);
  const onRoom = ([x, y]) => [x * live.view.k + live.view.x, y * live.view.k + live.view.y];
  const drawn = (more) => map.drawing(live.themed, {{ width: live.width, height: live.height,
    narrow: live.narrow, view: live.view, ...more }});"""
#: A camp that has a number in every sample, and another one.
NUMBERED, OTHER = "CXB-232", "CXB-216"


def ask(page: Page, body: str, argument: object = None) -> Any:
    """What a function of the drawn tiles gives."""
    return page.evaluate(f"async (given) => {{ {HELD} {body} }}", argument)


def camps(visit: Visit, size: dict[str, int] = WIDE, more: str = "") -> Page:
    """The page with its tiles in sight."""
    page = visit(f"{CAMPS}{more}", size)
    page.locator(CARD).scroll_into_view_if_needed()
    page.locator(CARD).evaluate("(card) => card.scrollIntoView({ block: 'center' })")
    until(page, f"() => Boolean(document.querySelector('{CARD}').map?.view)")
    settled(page)
    return page


def where(page: Page, code: str) -> tuple[float, float]:
    """The middle of a tile in pixels of the window."""
    x, y = ask(page, """const box = live.canvas.getBoundingClientRect();
       const [x, y] = onRoom(tile(given).at);
       return [box.left + x, box.top + y];""", code)  # fmt: skip
    return x, y


def test_the_pointer_is_told_which_camp_it_is_on_and_how_it_is_counted(visit: Visit) -> None:
    page = camps(visit)
    said = page.locator(f"{CARD} .map-said")
    for code in (NUMBERED, OTHER):
        page.mouse.move(*where(page, code))
        expect(said).to_be_visible()
        name, told = said.locator("div").all_inner_texts()[:2]
        assert name.startswith("Camp ")
        assert "people" in told
        assert ask(page, "return live.pointed.code;") == code
    x, y = where(page, OTHER)
    corner = ask(page, "return live.view.k;") * 0.96
    page.mouse.move(x + corner, y + corner)  # in the square around it, and in no hexagon
    assert ask(page, "return live.pointed?.code;") != OTHER


def test_every_tile_is_hit_at_its_middle_and_near_its_corners(visit: Visit) -> None:
    page = camps(visit)
    missed = ask(page, """return layer.tiles.filter(({ code, at }) => [[0, 0], [0, 0.95], [0, -0.95], [0.84, 0]]
         .some(([x, y]) => map.at(live.description, live.view,
           onRoom([at[0] + x, at[1] + y]))?.code !== code)).map(({ code }) => code);""")  # noqa: E501  # fmt: skip
    assert missed == []


def test_a_press_chooses_a_camp_and_a_second_one_lets_it_go(visit: Visit) -> None:
    page = camps(visit)
    page.mouse.click(*where(page, NUMBERED))
    arrived(page, f"**/hotspots?*area={NUMBERED}**")
    assert ask(page, "return layer.outlined;") == [NUMBERED]
    assert ask(page, "return layer.tiles.length;") >= 34  # the others are still there to choose
    page.locator(CARD).evaluate("(card) => card.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(400)
    page.mouse.click(*where(page, NUMBERED))
    until(page, "() => !location.search.includes('area=')")


def test_keys_reach_every_tile_in_the_order_of_the_table(visit: Visit) -> None:
    page = camps(visit)
    buttons = page.locator(f"{CARD} .map-places button")
    until(page, f"() => document.querySelectorAll('{CARD} .map-places button').length >= 34")
    codes = buttons.evaluate_all("(all) => all.map((one) => one.dataset.code)")
    assert codes == ask(page, "return layer.tiles.map(({ code }) => code);")
    buttons.first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.code") == codes[1]
    assert ask(page, "return live.pointed.code;") == codes[1]
    around = ask(page, """const told = (marks) => marks.map((mark) => JSON.stringify(mark));
       const before = new Set(told(drawn().inside));
       const more = told(drawn({ pointed: live.pointed }).inside)
         .filter((mark) => !before.has(mark)).map((mark) => JSON.parse(mark));
       const [x, y] = onRoom(tile(given).at);
       return more.map(({ mark, fill, line, steps: [[, left, top]] }) => [mark, fill ?? null,
         line === live.themed.inks.text, Math.hypot(left - x, top - y) / live.view.k]);""", codes[1])  # noqa: E501  # fmt: skip
    assert around == [["path", None, True, pytest.approx(1)]]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/hotspots?*area={codes[1]}**")


def test_it_stands_still_and_is_a_picture_for_who_cannot_see_it(visit: Visit) -> None:
    page = camps(visit)
    canvas = page.locator(f"{CARD} canvas")
    assert canvas.get_attribute("role") == "img"
    assert canvas.get_attribute("tabindex") == "-1"
    expect(page.locator(f"{CARD} .map-buttons")).to_be_hidden()
    before = ask(page, "return live.view;")
    x, y = where(page, OTHER)
    page.mouse.move(x + 60, y + 90)
    page.mouse.down()
    page.mouse.move(x - 60, y - 90, steps=4)
    page.mouse.up()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    ask(page, "live.zoom('closer');")
    page.wait_for_timeout(200)
    assert ask(page, "return live.view;") == before


@pytest.mark.parametrize("size", [WIDE, {"width": 1280, "height": 720}, PHONE], ids=str)
def test_all_is_seen_whole_and_can_be_read(visit: Visit, size: dict[str, int]) -> None:
    page = camps(visit, size)
    room, seen = ask(
        page, "return [live.room, layer.tiles.map(({ at }) => [...onRoom(at), live.view.k])];"
    )
    for x, y, radius in seen:
        assert radius * 0.87 <= x <= room["width"] - radius * 0.87
        assert radius <= y <= room["height"] - radius
    texts = ask(page, """const labels = new Set(layer.tiles.map(({ label }) => label));
       return drawn().inside.filter(({ mark, runs }) => mark === 'text').map((mark) => {
         const [{ said, font }] = mark.runs;
         const isLabel = labels.has(said) && font.weight === 700;
         return [said, font.size, map.widthOf(said, font), mark.x, isLabel];
       });""")  # fmt: skip
    labels = [entry for entry in texts if entry[4]]
    assert len(labels) >= 34
    assert min(font for _, font, *_ in texts) >= 11
    assert min(font for _, font, *_ in labels) >= 12
    panels = ask(page, """const { panels } = drawn();
       return panels.flatMap((one, at) =>
         panels.slice(at + 1).filter((other) => map.meet(one, other)).map(() => at));""")  # noqa: E501  # fmt: skip
    assert panels == []  # the legend covers nothing of what stands beside the tiles
    radius = seen[0][2]
    assert max(width for _, _, width, *_ in labels) <= radius * 1.6
    numbers = ask(
        page, "return layer.tiles.filter(({ number }) => number).map(({ number }) => number);"
    )
    assert set(numbers) <= {said for said, *_ in texts}


@pytest.mark.parametrize("lang", ["en", "bn-beng"])
def test_names_of_groups_and_what_is_said_of_them_lie_over_no_tile(visit: Visit, lang: str) -> None:
    for size in (WIDE, PHONE):
        page = camps(visit, size, f"&lang={lang}")
        covered = ask(page, """const said = layer.groups.flatMap(({ name, number, notes }) =>
             [name, number, ...notes].filter(Boolean));
           const isOfName = ({ halo, wide }) => halo && wide > 2;  // of tiles it is less
           const lines = drawn().inside.filter((mark) => mark.mark === 'text' && isOfName(mark)
             && said.some((text) => text.includes(mark.runs[0].said)));
           const names = lines.filter(({ runs }) => runs[0].font === map.FONTS.title);
           return [names.length, lines.filter(({ x, y, runs }) => {
             const last = runs.at(-1);
             const wide = last.from + map.widthOf(last.said, last.font);
             return Array.from({ length: 21 }, (_, i) => x + wide * i / 20).some((at) =>
               [y - 8, y].some((down) => map.tileAt(layer.tiles, live.view, [at, down])));
           }).map(({ runs }) => runs[0].said)];""")  # fmt: skip
        assert covered[0] >= 4
        assert covered[1] == []


def test_a_picture_has_the_same_hexagons_letters_and_numbers(visit: Visit) -> None:
    page = camps(visit)
    found = ask(page, """const drawing = live.picture({ width: live.width, height: live.height });
       const paths = [...drawing.querySelectorAll("path")].map((one) => one.getAttribute("d"));
       const marks = drawn().inside.filter(({ mark }) => mark === "path");
       const round = (value) => Math.round(value * 100) / 100;
       return {
         svg: paths,
         canvas: marks.map(({ steps }) => steps.map(([step, ...at]) =>
           step + at.map(round).join(" ")).join("")),
         letters: [...drawing.querySelectorAll("text")].map((one) => one.textContent),
         labels: layer.tiles.flatMap(({ label, number }) => [label, number].filter(Boolean)),
       };""")  # fmt: skip
    assert len(found["svg"]) >= 34
    assert found["svg"] == found["canvas"]
    assert set(found["labels"]) <= set(found["letters"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tile_has_the_colour_of_its_class(visit: Visit, scheme: str) -> None:
    page = camps(visit)
    page.emulate_media(color_scheme=scheme)  # pyright: ignore[reportArgumentType]
    until(page, "(dark) => window.atlas.isDark() === dark", scheme == "dark")
    wrong = ask(page, """const ratio = live.canvas.width / live.width, pen = live.canvas.getContext("2d");
       const [themed] = live.themed.layers;
       live.draw();
       // Beside its name, which may reach some of four places inside.
       const places = [[0.55, -0.5], [0.55, 0.5], [-0.55, -0.5], [-0.55, 0.5]];
       return themed.tiles.filter(({ at, class: index }) => {
         const hex = themed.classes[index].fillcolor;
         const wanted = [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16));
         return !places.some(([right, down]) => {
           const [x, y] = onRoom([at[0] + right, at[1] + down]);
           const pixel = [x, y].map((value) => Math.floor(value * ratio));
           const seen = [...pen.getImageData(...pixel, 1, 1).data];
           return wanted.every((value, i) => value === seen[i]);
         });
       }).map(({ code }) => code);""")  # noqa: E501  # fmt: skip
    assert wrong == []


def test_the_canvas_is_as_dense_as_the_screen(visit: Visit) -> None:
    page = camps(partial(visit, device_scale_factor=3), PHONE)
    dense = ask(page, "return live.canvas.width / live.canvas.clientWidth;")
    assert dense == pytest.approx(3, abs=0.02)


def test_tiles_alone_ask_for_no_boundaries(visit: Visit) -> None:
    page = visit("/referrals")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    known = page.evaluate("""async () => {
         const answer = await fetch('/exhibit/hotspots.camps.json');
         const { figure } = await answer.json();
         await window.atlas.readyFor(figure);
         await window.atlas.scripts(window.atlas.settings.pictures);
         const card = { figure: figure, map: null };
         const room = { x: 0, y: 0, width: 1600, height: 900, most: 900 };
         const { inside: drawing } = await window.atlas.pictures.figure(card, room);
         return [window.atlas.map.isKnown(figure), drawing.querySelectorAll('path').length];
       }""")
    assert known[0] is True
    assert known[1] >= 34
    assert [path for path in asked if path.startswith("/geography/")] == []
