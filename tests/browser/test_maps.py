"""Maps: what is drawn is what is said, and hands, keys, paper and files all reach it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.model.country import PACK
from tests.browser.conftest import PHONE, Visit, settled, until
from tests.browser.steps import arrived, box_of, change, press, press_keys

WHOLE = "period=2023-10..2026-09"
HOTSPOTS, ROUTES = f"/hotspots?{WHOLE}&view=country", f"/routes?{WHOLE}"
CARD = """const card = [...document.querySelectorAll('[data-exhibit]')].find((one) => one.map);
  const live = card.map, map = window.atlas.map;
  const onRoom = ([x, y]) => [x * live.view.k + live.view.x, y * live.view.k + live.view.y];
  const pixel = ([x, y]) => {
    const ratio = live.canvas.width / live.width;
    const at = [x, y].map((value) => Math.floor(value * ratio));
    return [...live.canvas.getContext('2d').getImageData(...at, 1, 1).data].slice(0, 3);
  };"""


def of_map(page: Page) -> Locator:
    """The card of the first map of a page."""
    return page.locator("[data-exhibit]:has(.map-room)").first


def ask(page: Page, body: str, argument: object = None) -> Any:
    """What a function of the drawn map gives; ``card``, ``live`` and ``map`` are at hand."""
    return page.evaluate(f"async (given) => {{ {CARD} {body} }}", argument)


def where(page: Page, degrees: tuple[float, float]) -> tuple[float, float]:
    """A point of the map in pixels of the window."""
    x, y = ask(page, """const box = live.canvas.getBoundingClientRect();
       const [x, y] = onRoom(map.onPlane(given));
       return [box.left + x, box.top + y];""", degrees)  # fmt: skip
    return x, y


def view(page: Page) -> dict[str, float]:
    """Where the map looks."""
    return ask(page, "return live.view;")


def rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


COX, SEA, INDIA = (92.05, 21.45), (90.6, 20.9), (87.6, 25.6)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("level", ["district", "upazila"])
def test_every_area_has_the_colour_of_its_class(visit: Visit, scheme: str, level: str) -> None:
    page = visit(f"{HOTSPOTS}&level={level}")
    page.emulate_media(color_scheme=scheme)  # pyright: ignore[reportArgumentType]
    until(page, "(dark) => window.atlas.isDark() === dark", scheme == "dark")
    found = ask(page, """const [layer] = live.themed.layers;
       // Each class has areas, whatever this sample counted where; letters lie over areas, and
       // dots over those where nobody reports.
       const plain = layer.classes.flatMap(({ dots }, at) => dots ? [] : [at]);
       const areas = layer.areas.map((area, at) =>
         ({ ...area, class: plain[at % plain.length] }));
       const layers = [{ ...layer, areas: areas }, ...live.themed.layers.slice(1)];
       live.themed = { ...live.themed, labels: [], layers: layers };
       const geography = map.shapes("labels");
       const names = [...geography];
       geography.clear();
       live.draw();
       names.forEach(([code, place]) => geography.set(code, place));
       return map.places(live.themed).map((place) => {
         const point = map.pointOf(place);
         return [place.code, layer.classes[place.class].fillcolor, pixel(onRoom(point))];
       });""")  # fmt: skip
    assert len(found) == {"district": 64, "upazila": 507}[level]
    classes = ask(page, """return live.themed.layers[0].classes.filter(({ dots }) => !dots)
      .map(({ fillcolor }) => fillcolor);""")  # fmt: skip
    assert len(set(classes)) == len(classes) >= 2
    assert {colour for _, colour, _ in found} == set(classes)
    right = [code for code, colour, seen in found if seen == rgb(colour)]
    # A few of the smallest upazilas are narrower than the line around them.
    assert len(right) >= {"district": 64, "upazila": 490}[level]


@pytest.mark.parametrize(
    ("scheme", "land", "sea"), [("light", "#DFE3E1", "#E9F1F7"), ("dark", "#22303D", "#101A26")]
)
def test_land_and_sea_lie_where_they_are(visit: Visit, scheme: str, land: str, sea: str) -> None:
    page = visit(HOTSPOTS)
    page.emulate_media(color_scheme=scheme)  # pyright: ignore[reportArgumentType]
    until(page, "(dark) => window.atlas.isDark() === dark", scheme == "dark")
    seen = ask(page, "return given.map((at) => pixel(onRoom(map.onPlane(at))));", [INDIA, SEA])
    assert seen == [rgb(land), rgb(sea)]


TARIM = (84.0, 39.2)


@pytest.mark.parametrize("where_it_looks", ["home", "away"])
def test_the_world_comes_when_a_reader_looks_there(visit: Visit, where_it_looks: str) -> None:
    """What lies beyond the region is fetched for a map that shows it, and for no other."""
    page = visit("/hotspots?view=country")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    if where_it_looks == "home":
        ask(page, "live.zoom('closer');")
        page.reload()
        settled(page)
        assert {path for path in asked if path.startswith("/geography/")} == {
            # Upazilas are those of the inset, which has the home.
            *(f"/geography/{name}.arcs.json" for name in ("region", "adm1", "adm2", "adm3")),
            "/geography/labels.geojson",
        }
        return
    for _ in range(4):
        ask(page, "live.zoom('farther');")
    land = ",".join(map(str, rgb(ask(page, "return live.themed.inks.land;"))))
    until(page, "() => window.atlas.map.shapes('countries') !== undefined")
    painted = f"(at) => {{ {CARD} return String(pixel(onRoom(map.onPlane(at)))) === '{land}'; }}"
    until(page, painted, TARIM)


def test_a_picture_of_a_moved_map_stands_on_the_world(visit: Visit) -> None:
    page = visit(HOTSPOTS)
    known, countries = ask(page, """await window.atlas.scripts(window.atlas.settings.pictures);
       const known = map.shapes('countries') !== undefined;
       // Moved and not drawn yet, so that the screen has not asked for the world.
       live.moved = true;
       live.view = map.fit([-20, -15, 150, 60], live.room);
       const room = { x: 0, y: 0, width: 1600, height: 900, most: 900 };
       const { inside: drawing } = await window.atlas.pictures.figure(card, room);
       const fill = `[fill="${live.description.inks.land}"]`;
       return [known, drawing.querySelectorAll(fill).length];""")  # fmt: skip
    assert not known
    assert countries > 100


def test_the_box_of_the_map_is_in_sight(visit: Visit) -> None:
    page = visit("/hotspots?view=country")
    west, south, east, north = PACK.box
    room = ask(page, "return live.room;")
    for corner in ((west, south), (east, north)):
        x, y = ask(page, "return onRoom(map.onPlane(given));", corner)
        assert 0 <= x <= room["width"]
        assert 0 <= y <= room["height"]


def test_the_canvas_is_kept_on_the_processor_and_is_as_dense_as_the_screen(
    visit: Visit,
) -> None:
    page = visit("/hotspots?view=country", device_scale_factor=2)
    made = ask(page, """const pen = live.canvas.getContext("2d");
       return [live.canvas.width / live.canvas.clientWidth, pen.getContextAttributes()];""")  # noqa: E501  # fmt: skip
    assert made[0] == pytest.approx(2, abs=0.01)
    assert made[1]["willReadFrequently"] is True


def test_a_press_chooses_an_area_and_a_second_one_lets_it_go(visit: Visit) -> None:
    page = visit(HOTSPOTS)
    page.mouse.click(*where(page, SEA))
    page.wait_for_timeout(400)
    assert "area" not in page.url
    page.mouse.click(*where(page, COX))
    arrived(page, "**/hotspots?area=BD2022**")
    ukhia = ask(page, "return map.places(live.description)[0].code;")
    page.locator(f'.map-places button[data-code="{ukhia}"]').dispatch_event("click")
    arrived(page, f"**/hotspots?area={ukhia}**")
    page.locator(f'.map-places button[data-code="{ukhia}"]').dispatch_event("click")
    page.wait_for_url(f"**/hotspots?{WHOLE}")


def test_the_pointer_is_told_what_it_is_on(visit: Visit) -> None:
    page = visit(HOTSPOTS)
    said = of_map(page).locator(".map-said")
    expect(said).to_be_hidden()
    page.mouse.move(*where(page, COX))
    expect(said).to_be_visible()
    lines = said.locator("div").all_inner_texts()
    assert lines[0] == "Cox's Bazar"
    assert lines[1].endswith(" incidents")
    before = ask(page, "return live.pointed.code;")
    assert before == "BD2022"
    page.mouse.move(*where(page, SEA))
    expect(said).to_be_hidden()


def test_a_line_is_told_along_its_whole_length_and_chooses_nothing(visit: Visit) -> None:
    page = visit(f"{ROUTES}?corridor=naf_river")  # few lines, with room between them
    # The line that is farthest from all others and from circles, once in each of its halves: where
    # two nearly meet, the nearer one is told.
    name, on_line = ask(page, """const [layer, { nodes }] = live.drawn.main.layers;
       const box = live.canvas.getBoundingClientRect();
       const circles = nodes.map((node) => [
         ...map.onRoom(node.point, live.view), map.reachOf(node)]);
       const along = (flow, n) =>
         map.along(map.curveOf(flow, layer.widths[flow.width], live.view), n);
       const room = (flow, [x, y]) => Math.min(x, y, box.width - x, live.room.height - y,
         ...circles.map(([u, v, reach]) => Math.hypot(x - u, y - v) - reach),
         ...layer.flows.filter((other) => other !== flow).flatMap((other) =>
           along(other, 64).map(([u, v]) => Math.hypot(x - u, y - v))));
       const best = (flow, points) => points.map((at) => ({ at: at, room: room(flow, at) }))
         .toSorted((one, other) => other.room - one.room)[0];
       const [found] = layer.flows.map((flow) => {
         const points = along(flow, 32);
         const halves = [best(flow, points.slice(2, 16)), best(flow, points.slice(16, 31))];
         return { flow, halves, room: Math.min(...halves.map((one) => one.room)) };
       }).toSorted((one, other) => other.room - one.room);
       return [found.flow.lines[0],
         found.halves.map(({ at: [x, y] }) => [box.left + x, box.top + y])];""")  # fmt: skip
    for at in on_line:
        page.mouse.move(*at)
        expect(of_map(page).locator(".map-said")).to_contain_text(name)
    before = page.url
    page.mouse.click(*on_line[0])
    page.wait_for_timeout(300)
    assert page.url == before


def test_a_drag_moves_the_map_and_chooses_nothing(visit: Visit) -> None:
    page = visit(HOTSPOTS)
    before, (x, y) = view(page), where(page, COX)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=4)
    page.mouse.up()
    after = view(page)
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((-60, -40), abs=1)
    page.wait_for_timeout(300)
    assert "area" not in page.url
    of_map(page).get_by_role("button", name="Back to the first view").click()
    assert view(page) == pytest.approx(before)


def test_the_wheel_scrolls_the_page_until_the_map_is_wanted(visit: Visit) -> None:
    page = visit(HOTSPOTS, {"width": 1280, "height": 500})
    before = view(page)
    of_map(page).locator(".map-canvas").evaluate("(map) => map.scrollIntoView({ block: 'start' })")
    scrolled = page.evaluate("() => window.scrollY")
    page.mouse.move(*where(page, (90.4, 24.5)))
    page.mouse.wheel(0, 60)
    until(page, "(before) => window.scrollY > before", scrolled)
    assert view(page) == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    closer = view(page)
    assert closer["k"] > before["k"]
    of_map(page).locator(".map-canvas").focus()
    page.mouse.wheel(0, -120)
    page.wait_for_timeout(100)
    assert view(page)["k"] > closer["k"]


def test_a_double_press_brings_what_cannot_be_chosen_closer(visit: Visit) -> None:
    page = visit(HOTSPOTS)
    before = view(page)
    at = where(page, SEA)
    page.mouse.dblclick(*at)
    assert view(page)["k"] == pytest.approx(2 * before["k"])
    assert where(page, SEA) == pytest.approx(at, abs=1.5)
    assert "area" not in page.url


def test_two_fingers_move_the_map_and_one_leaves_it_to_the_page(visit: Visit) -> None:
    page = visit(HOTSPOTS, PHONE)
    centred = "live.canvas.scrollIntoView({ block: 'center', behavior: 'instant' });"
    ask(page, centred)
    before, (x, y) = view(page), where(page, (90.4, 24.5))
    on_room = "return onRoom(map.onPlane(given));"
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", (x, y))
    touch("touchMove", (x, y - 30))
    touch("touchEnd")
    assert view(page) == before
    resting = (0.0, 0.0)
    while resting != (resting := where(page, SEA)):  # the page scrolls on for a moment
        page.wait_for_timeout(300)
    for _ in range(3):  # a page that still moves takes the fingers off the map
        ask(page, centred)
        (x, y), inside = where(page, (90.4, 24.5)), ask(page, on_room, (90.4, 24.5))
        touch("touchStart", (x - 20, y))
        touch("touchStart", (x - 20, y), (x + 20, y))
        touch("touchMove", (x - 40, y), (x + 40, y))
        touch("touchEnd")
        if view(page) != before:
            break
        settled(page)
    assert view(page)["k"] == pytest.approx(2 * before["k"], rel=0.02)
    assert ask(page, on_room, (90.4, 24.5)) == pytest.approx(inside, abs=6)
    assert ask(page, "return getComputedStyle(live.canvas).touchAction;") == "pan-x pan-y"


def test_keys_move_the_map(visit: Visit) -> None:
    page = visit(HOTSPOTS)
    before = view(page)
    of_map(page).locator(".map-canvas").focus()
    press_keys(page, "ArrowRight", "ArrowDown")
    moved = view(page)
    assert (moved["x"] - before["x"], moved["y"] - before["y"]) == pytest.approx((-60, -60))
    page.keyboard.press("+")
    assert view(page)["k"] > before["k"]
    page.keyboard.press("-")
    assert view(page)["k"] == pytest.approx(before["k"])
    page.keyboard.press("0")
    assert view(page) == pytest.approx(before)


def test_every_area_is_reached_by_keys_and_enter_chooses_it(visit: Visit) -> None:
    page = visit(HOTSPOTS)
    places = of_map(page).locator(".map-places button")
    expect(places).to_have_count(64)
    of_map(page).locator(".map-canvas").focus()
    page.keyboard.press("Tab")
    expect(places.first).to_be_focused()
    expect(places.first).to_be_visible()
    assert places.first.inner_text().startswith("Cox's Bazar, about ")
    assert ask(page, "return live.pointed.code;") == "BD2022"
    page.keyboard.press("End")
    expect(places.last).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(places.nth(62)).to_be_focused()
    page.keyboard.press("Tab")  # the whole list is one stop
    assert page.evaluate("() => document.activeElement.dataset.cardZoom") == "closer"
    page.keyboard.press("Shift+Tab")
    expect(places.nth(62)).to_be_focused()
    press_keys(page, "Home", "Enter")
    arrived(page, "**/hotspots?area=BD2022**")
    until(page, "() => document.querySelector('.map-places').childElementCount < 20")
    until(page, "() => document.activeElement.closest('.map-places') !== null")
    assert of_map(page).locator(".map-places").get_attribute("aria-label")


def test_a_place_out_of_sight_is_brought_into_it_by_the_focus(visit: Visit) -> None:
    page = visit(HOTSPOTS)
    for _ in range(4):
        of_map(page).get_by_role("button", name="Closer").click()
    of_map(page).locator(".map-canvas").focus()
    page.keyboard.press("Tab")
    x, y = ask(page, "return onRoom(map.onPlane(given));", COX)
    room = ask(page, "return live.room;")
    assert -room["width"] < x < 2 * room["width"]
    inside = ask(page, "return onRoom(map.pointOf(map.places(live.description)[0]));")
    assert 0 < inside[0] < room["width"]
    assert 0 < inside[1] < room["height"]
    button = box_of(of_map(page).locator(".map-places button:focus"))
    canvas = box_of(of_map(page).locator(".map-canvas"))
    assert button["x"] + button["width"] <= canvas["x"] + canvas["width"] + 1


def test_the_view_is_kept_on_a_filter_and_left_for_another_area(visit: Visit) -> None:
    page = visit("/hotspots?view=country")
    of_map(page).get_by_role("button", name="Closer").click()
    of_map(page).locator(".map-canvas").focus()
    page.keyboard.press("ArrowLeft")
    moved = view(page)
    change(page, "?mode=land&view=country")
    assert view(page) == moved
    change(page, "?mode=land&area=BD2022")
    assert view(page)["k"] > 1.5 * moved["k"]


def test_a_map_that_comes_near_waits_until_what_is_in_sight_is_painted(visit: Visit) -> None:
    page = visit("/hotspots")
    settled(page)
    camps = page.locator('[data-exhibit="hotspots.camps"]')
    expect(camps).to_have_attribute("data-state", "afar")
    page.evaluate("""() => {
      window.waiting = [];
      window.requestIdleCallback = (work) => window.waiting.push(work);
    }""")
    camps.scroll_into_view_if_needed()
    until(page, "() => window.waiting.length > 0")
    expect(camps).to_have_attribute("data-state", "afar")
    page.evaluate("() => window.waiting.splice(0).forEach((work) => work())")
    expect(camps).to_have_attribute("data-state", "shown")


def test_a_map_whose_table_is_shown_is_drawn_when_it_is_wanted(visit: Visit) -> None:
    page = visit("/hotspots?view=country")
    card = page.locator('[data-exhibit="hotspots.map"]')
    card.get_by_role("button", name="Table").click()
    change(page, "?area=BD2022")
    card.get_by_role("button", name="Table").click()
    until(page, "() => document.querySelector('[data-exhibit=\"hotspots.map\"]').map.view.k > 2")
    x, y = ask(page, "return onRoom(map.onPlane(given));", COX)
    room = ask(page, "return live.room;")
    assert 0 < x < room["width"]
    assert 0 < y < room["height"]


@pytest.mark.parametrize("path", [HOTSPOTS, f"{HOTSPOTS}&lang=bn-beng", ROUTES])
def test_no_label_covers_another_at_any_scale(visit: Visit, path: str) -> None:
    page = visit(path)
    found = ask(page, """const over = (a, b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2
         && Math.abs(a.y - b.y) < (a.height + b.height) / 2;
       return [0.05, 0.2, 0.7, 1, 1.7, 5, 20].map((k) => {
         const labels = map.labelsAt(live.description, k);
         const covering = labels.flatMap((a, i) => labels.slice(i + 1).filter((b) => over(a, b)));
         return [labels.length, labels.filter(({ kind }) => kind === "number").length, covering.length];
       });""")  # noqa: E501  # fmt: skip
    assert [covering for _, _, covering in found] == [0] * 7
    assert all(labels > 5 for labels, _, _ in found)
    numbers = [numbers for _, numbers, _ in found]
    assert numbers[-1] == max(numbers) == ask(page, "return live.description.labels.length;")


@pytest.mark.parametrize("path", ["/hotspots", "/hotspots?lang=bn", "/overview?lang=bn"])
def test_on_a_phone_what_is_called_is_said_whole_and_areas_of_a_few_have_no_name(
    visit: Visit, path: str
) -> None:
    page = visit(path, PHONE)
    page.locator(".card--map").first.scroll_into_view_if_needed()
    page.locator(".card--map .map-room").first.wait_for()
    until(page, "() => [...document.querySelectorAll('*')].some((one) => one.map?.drawn)")
    called, plain, corner, further = ask(page, """const inset = live.drawn.inset;
       const inCorner = ({ x, y }) => x < inset.x + inset.width && y < inset.y + inset.height;
       const set = live.drawn.labels.filter((one) => one.kind === "number" && !inCorner(one));
       const isCalled = ({ notes }) => notes.some(([, tone]) => tone);
       const { code, notes } = live.description.labels.find(isCalled);
       const said = ({ lines }) => lines[0].runs.map(({ said }) => said);
       const isFar = ({ from: [x, y], width, height }) => Math.max(Math.abs(x) - width / 2, Math.abs(y) - height / 2) > 6;
       return [set.find((one) => one.code === code)?.lines.length === notes.length + 1,
         set.filter(({ isPlain }) => isPlain).map(({ code }) => code),
         live.drawn.labels.filter((one) => one.kind === "number" && inCorner(one)).map(said),
         map.labelsAt({ ...inset.description }, inset.view.k, isFar).filter(({ kind }) => kind === "number").map(said)];""")  # noqa: E501  # fmt: skip
    assert called
    assert plain == []
    assert len(corner) > 3
    # Where all that is near is taken, too.
    assert all(len(name_and_number) == 2 for name_and_number in [*corner, *further]), further
    assert len(further) > 1


@pytest.mark.parametrize("path", [HOTSPOTS, ROUTES, f"{HOTSPOTS}&lang=bn"])
def test_canvas_and_svg_are_the_same_drawing(visit: Visit, path: str) -> None:
    page = visit(path)
    apart = ask(page, """await window.atlas.scripts(window.atlas.settings.pictures);
       const { width, height, canvas } = live;
       const drawing = map.picture(live.description, { width: width, height: height });
       const faces = await window.atlas.pictures.fonts(drawing);
       drawing.prepend(faces);
       document.body.append(drawing);
       const samples = window.atlas.pictures.samples(drawing, height, 24);
       drawing.remove();
       const tall = height + 24 * samples.length;
       drawing.append(...samples);
       drawing.setAttribute("viewBox", `0 0 ${width} ${tall}`);
       drawing.setAttribute("height", tall);
       const image = new Image();
       image.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(drawing)], { type: "image/svg+xml" }));
       await image.decode();
       const other = document.createElement("canvas");
       Object.assign(other, { width: canvas.width, height: canvas.height });
       const pen = other.getContext("2d", { willReadFrequently: true });
       let share = 1;
       for (let i = 0; i < 100 && share > 0.02; i += 1) {  // letters come a moment later
         pen.fillStyle = "#FFFFFF";
         pen.fillRect(0, 0, width, height);
         pen.drawImage(image, 0, 0);
         const one = canvas.getContext("2d").getImageData(0, 0, width, height).data;
         const two = pen.getImageData(0, 0, width, height).data;
         let differing = 0;
         for (let at = 0; at < one.length; at += 4) {
           const clear = one[at + 3] / 255, far = Math.max(...[0, 1, 2].map((part) =>
             Math.abs(one[at + part] * clear + 255 * (1 - clear) - two[at + part])));
           if (far > 48) differing += 1;
         }
         share = differing / (one.length / 4);
         if (share > 0.02) await new Promise((resolve) => { window.setTimeout(resolve, 50); });
       }
       return share;""")  # noqa: E501  # fmt: skip
    assert apart < 0.006


def test_a_picture_holds_the_names_as_text_and_no_raster(visit: Visit) -> None:
    page = visit(f"{ROUTES}?corridor=bay_of_bengal_andaman")
    # As near as a reader may go, wherever the flows of the sample lead: seas have room for names.
    svg = ask(page, """live.moved = true;
       live.view = map.fit([78, 0, 108, 28], live.room);
       await window.atlas.scripts(window.atlas.settings.pictures);
       const drawing = await window.atlas.pictures.composed(card);
       return new XMLSerializer().serializeToString(drawing);""")  # fmt: skip
    for said in ("Malaysia", "Cox's Bazar", "not paths travelled"):
        assert said in svg
    assert "Bay of Bengal" in svg or "Andaman Sea" in svg  # where flows leave room
    assert "do not imply official endorsement" in svg
    assert "<image" not in svg
    assert "rgba(" not in svg


def test_a_picture_has_the_view_of_its_reader(visit: Visit) -> None:
    page = visit(HOTSPOTS)
    shown = """const drawing = live.picture({ width: 1000, height: 600 });
      return [...drawing.querySelectorAll("text")].map((text) => text.textContent);"""
    assert "Kolkata" in ask(page, shown)
    change(page, "?area=BD2022")
    of_map(page).get_by_role("button", name="Closer").click()
    of_map(page).get_by_role("button", name="Closer").click()
    assert "Kolkata" not in ask(page, shown)


def test_paper_has_a_light_drawing_of_lines_and_the_screen_gets_its_canvas_back(
    visit: Visit,
) -> None:
    page = visit(HOTSPOTS)
    press(page.locator("[data-theme-switch]"))
    sea = ask(page, "return pixel(onRoom(map.onPlane(given)));", SEA)
    assert sea == rgb("#101A26")
    page.emulate_media(media="print")
    until(page, "() => document.querySelector('.map-paper') !== null")
    drawn = page.evaluate("""() => {
      const drawing = document.querySelector('.map-paper');
      const room = drawing.closest('.card-graph').getBoundingClientRect();
      const box = drawing.getBoundingClientRect();
      return { fill: drawing.querySelector('rect').getAttribute('fill'),
        inside: box.right <= room.right + 1 && box.bottom <= room.bottom + 1,
        canvas: getComputedStyle(document.querySelector('.map-canvas')).display };
    }""")
    assert drawn == {"fill": "#E9F1F7", "inside": True, "canvas": "none"}
    page.emulate_media(media="screen")
    until(page, "() => document.querySelector('.map-paper') === null")
    settled(page)
    assert ask(page, "return pixel(onRoom(map.onPlane(given)));", SEA) == rgb("#101A26")


def test_what_a_label_could_run_stays_text(visit: Visit) -> None:
    page = visit("/hotspots?view=country")
    planted = '<img src=x onerror="window.hurt = 1">'
    ask(page, """const hostile = structuredClone(live.description);
       hostile.layers[0].areas.forEach((area) => { area.lines = [given, given]; });
       hostile.labels = [{ text: given, emphasis: given, point: [90.4, 23.7] }];
       hostile.legend[0].title = given;
       hostile.notice = given;
       live.show(hostile);
       await new Promise((resolve) => { window.setTimeout(resolve, 50); });
       document.body.append(live.picture({ width: 900, height: 500 }));""", planted)  # fmt: skip
    page.mouse.move(*where(page, COX))
    expect(of_map(page).locator(".map-said")).to_contain_text(planted)
    expect(of_map(page).locator(".map-places button").first).to_have_text(f"{planted}, {planted}")
    page.wait_for_timeout(200)
    hurt = page.evaluate("() => [window.hurt, document.querySelectorAll('img').length]")
    assert hurt == [None, 0]


def test_a_phone_has_the_legend_below_the_map(visit: Visit) -> None:
    page = visit(HOTSPOTS, PHONE)
    room = ask(page, "return { room: live.room.height, all: live.height, width: live.width };")
    assert room["room"] == pytest.approx(440, abs=2)
    assert room["all"] - room["room"] > 90
    assert room["width"] <= PHONE["width"]


def test_the_name_of_a_place_beside_an_area_does_not_lie_on_it(visit: Visit) -> None:
    page = visit("/hotspots")
    strangers = ask(page, """const on = ({ isLand }, { x, y, width, height }, k) => [-1, -0.5, 0, 0.5, 1].map((at) =>
         isLand([(x + at * width / 2) / k, y / k]));
       const ground = map.groundOf(live.description);
       return [0.8, 1, 1.4, 2].map((way) => live.view.k * way).flatMap((k) => map.labelsAt(live.description, k)
         .filter(({ kind }) => kind === "city").filter((label) => {
           const [, , middle, , ] = on(ground, label, k);
           return !middle && on(ground, label, k).some(Boolean);
         }).map(({ said }) => said));""")  # noqa: E501  # fmt: skip
    assert strangers == []


def test_where_a_label_is_too_wide_it_leaves_its_last_line_before_its_word(visit: Visit) -> None:
    page = visit("/hotspots?lang=bn")
    lines = ask(page, """const label = { ...live.description.labels.find(({ emphasis }) => emphasis), notes: [["1"], ["2", "more"], ["3"]] };
       const at = map.onPlane(label.point).map((value) => value * live.view.k);
       return [...new Set(map.ledChoices(live.description, label, at, live.view.k).map(({ lines }) => lines.length))];""")  # noqa: E501  # fmt: skip
    assert lines == [4, 3, 2, 1]


@pytest.mark.parametrize("path", ["/hotspots", "/routes"])
def test_on_a_phone_no_button_covers_the_map(visit: Visit, path: str) -> None:
    page = visit(path, PHONE)
    card = of_map(page)
    card.scroll_into_view_if_needed()
    settled(page)
    canvas, buttons = box_of(card.locator(".map-canvas")), box_of(card.locator(".map-buttons"))
    assert buttons["y"] + buttons["height"] <= canvas["y"]
