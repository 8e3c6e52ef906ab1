"""The map in an app that is no part of the product: the example of its README, as it stands."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from dashboard.figures.map_description import INKS
from dashboard.model.shipped import MAP
from tests.browser.conftest import until
from tests.browser.steps import press_keys
from tests.support.served import ROOT, environment, free_port, running

LOW, HIGH = "#DBE7F5", "#1B4F8F"
#: A process of its own: whoever imports the package has it on every page that Dash serves.
SERVE = "import runpy, sys; runpy.run_path(sys.argv[1])['app'].run(port=int(sys.argv[2]))"
_PIXELS = """const canvas = document.querySelector('.map-canvas');
  if (!canvas?.width) return null;
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const wanted = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const has = (x, y) => wanted.every((value, i) => data[4 * (y * width + x) + i] === value);"""
#: A point of the window around which all is of one colour, or null.
PLAIN = f"""(colour) => {{ {_PIXELS}
  const around = [-4, 0, 4];
  for (let y = 4; y < height - 4; y += 2) for (let x = 4; x < width - 4; x += 2) {{
    if (!around.every((down) => around.every((across) => has(x + across, y + down)))) continue;
    const box = canvas.getBoundingClientRect();
    return [box.left + x * box.width / width, box.top + y * box.height / height];
  }}
  return null;
}}"""
#: How many points have a colour.
INKED = f"""(colour) => {{ {_PIXELS}
  return Array.from({{ length: width * height }}, (_, at) => at)
    .filter((at) => has(at % width, Math.floor(at / width))).length;
}}"""


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    (example,) = re.findall(
        r"```python\n(.*?)```", (MAP / "README.md").read_text("utf-8"), re.DOTALL
    )
    folder, port = tmp_path_factory.mktemp("app"), free_port()
    (folder / "app.py").write_text(example, encoding="utf-8")
    command = [sys.executable, "-c", SERVE, str(folder / "app.py"), str(port)]
    with running(command, port, environment(folder), folder / "log", cwd=ROOT) as address:
        yield address


@pytest.fixture
def page(browser: Browser, at: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 900, "height": 700})
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda sent: sent.url.startswith(at) or heard.append(sent.url))
    page.goto(at)
    until(page, f"(colour) => ({PLAIN})(colour) !== null", HIGH)
    yield page
    page.close()
    assert heard == []


def plain(page: Page, colour: str) -> dict[str, float]:
    """A point of the window that lies well inside of a colour on the map."""
    x, y = page.evaluate(PLAIN, colour)
    return {"x": x, "y": y}


def test_what_is_pressed_comes_back_in_a_plain_callback_and_is_selected(page: Page) -> None:
    said, strong = page.locator("#said"), page.evaluate(INKED, INKS["text"])
    page.mouse.click(**plain(page, HIGH))
    expect(said).to_have_text("BD20: Chattogram, class 1")
    until(page, f"([ink, before]) => ({INKED})(ink) > before + 50", [INKS["text"], strong])
    page.mouse.click(**plain(page, LOW))
    expect(said).to_have_text("BD30: Dhaka, class 0")


def test_other_values_are_other_colours_and_a_press_finds_them_there(page: Page) -> None:
    before = plain(page, HIGH)
    page.click("#swap")
    until(page, f"(was) => ({PLAIN})(was[0])?.join() !== was[1]",
          [HIGH, f"{before['x']},{before['y']}"])  # fmt: skip
    page.mouse.click(**plain(page, HIGH))
    expect(page.locator("#said")).to_have_text("BD30: Dhaka, class 1")


def test_it_is_named_moved_and_pressed_by_keyboard(page: Page) -> None:
    drawn = page.get_by_role("application", name="People by division")
    expect(drawn).to_have_accessible_description(re.compile("Arrow keys"))
    before = plain(page, HIGH)
    drawn.focus()
    page.keyboard.press("ArrowRight")
    until(page, f"(was) => ({PLAIN})(was[0])?.join() !== was[1]",
          [HIGH, f"{before['x']},{before['y']}"])  # fmt: skip
    places = page.get_by_role("list", name="Places of the map")
    expect(places.get_by_role("button")).to_have_text(["Chattogram, class 1", "Dhaka, class 0"])
    press_keys(page, "Tab", "ArrowDown", "Enter")
    expect(page.locator("#said")).to_have_text("BD30: Dhaka, class 0")


def test_where_a_file_does_not_come_the_map_says_so_and_draws_the_next(
    browser: Browser, at: str
) -> None:
    page = browser.new_page()
    page.route("**/adm1.arcs.json", lambda route: route.fulfill(status=404))
    page.goto(at)
    alert = page.get_by_role("alert")
    expect(alert).to_have_text(
        "The map could not be drawn: no boundary file at /assets/adm1.arcs.json: 404"
    )
    page.unroute("**/adm1.arcs.json")
    page.click("#swap")
    until(page, f"(colour) => ({PLAIN})(colour) !== null", HIGH)
    expect(alert).to_be_hidden()


def test_it_is_drawn_though_something_else_of_it_changes_while_files_come(
    browser: Browser, at: str
) -> None:
    page = browser.new_page()
    held: list[Route] = []
    page.route("**/adm1.arcs.json", lambda route: held.append(route))
    page.goto(at)
    expect(page.locator("#map")).to_be_attached()
    page.evaluate("() => window.dash_clientside.set_props('map', { className: 'framed' })")
    expect(page.locator("#map.framed")).to_be_attached()
    assert len(held) == 1
    held[0].continue_()
    until(page, f"(colour) => ({PLAIN})(colour) !== null", HIGH)


def test_its_own_colours_are_those_of_the_product() -> None:
    source = (MAP / "source" / "components" / "AtlasMap.tsx").read_text(encoding="utf-8")
    said = source.split("const INKS = {")[1].split("};")[0]
    assert dict(re.findall(r'(\w+): "([^"]+)"', said)) == dict(INKS)
