"""The time strip: months are dragged, typed and played, and each of it is one address."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visit, settled, until
from tests.browser.steps import box_of

QUARTER = "/hotspots?period=2026-07..2026-09"


def strip(page: Page) -> Locator:
    """The strip, in sight."""
    found = page.locator("[data-brush]")
    found.scroll_into_view_if_needed()
    return found


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name, exact=True)


def drag(page: Page, start: str, end: str) -> None:
    """Press on a month and draw to another."""
    ends = []
    for month in (start, end):
        box = box_of(strip(page).locator(f'[data-month="{month}"]'))
        ends.append((box["x"] + box["width"] / 2, box["y"] + 20))
    page.mouse.move(*ends[0])
    page.mouse.down()
    page.mouse.move(*ends[1], steps=6)
    page.mouse.up()


def period(page: Page) -> str:
    """The period of the address."""
    return page.evaluate("() => window.atlas.parse(window.location.search).period || ''")


def chosen(page: Page, months: str) -> None:
    """Wait until a period is in the address and on the page."""
    until(page, "(m) => (window.atlas.parse(window.location.search).period || '') === m", months)
    settled(page)


#: What the map shows: its classes, its view, and the title that changes with the months.
SEEN = """() => {
  const card = document.querySelector('[data-exhibit="hotspots.map"]');
  const { view, description } = card.map;
  const entries = description.legend.flatMap((part) => part.entries);
  return { classes: entries.map(({ label }) => label),
    view: [view.k, view.x, view.y].map(Math.round), of: description.view,
    said: card.querySelector('.card-subtitle').textContent };
}"""
#: Keeps what each period shows once it is settled. A step is shown for a second or so, in which a
#: test that asks from outside may come too late.
WATCHED = f"""() => {{
  window.watched = {{}};
  (function look() {{
    const months = window.atlas.parse(window.location.search).period;
    if (window.atlas.settled() && !(months in window.watched)) {{
      window.watched[months] = {{ ...({SEEN})(),
        focused: document.activeElement.matches('[data-brush-play]') }};
    }}
    window.setTimeout(look, 40);
  }})();
}}"""


def seen(page: Page) -> dict[str, object]:
    """What the map shows now."""
    return page.evaluate(SEEN)


def test_a_drag_chooses_months_and_a_drag_of_these_moves_them(visit: Visit) -> None:
    page = visit("/hotspots?compare=previous")
    drag(page, "2025-02", "2025-05")
    chosen(page, "2025-02..2025-05")
    expect(page.locator(".brush-chosen")).to_have_text("Feb – May 2025")
    expect(slider(page, "First month")).to_have_attribute("aria-valuetext", "Feb 2025")
    expect(strip(page).locator(".is-compared")).to_have_count(4)
    assert "Feb – May 2025" in str(seen(page)["said"])
    drag(page, "2025-03", "2025-06")
    chosen(page, "2025-05..2025-08")
    page.go_back()
    chosen(page, "2025-02..2025-05")


def test_thumbs_move_one_end_and_a_press_chooses_one_month(visit: Visit) -> None:
    page = visit(QUARTER)
    strip(page)
    thumb = box_of(slider(page, "First month"))
    month = box_of(strip(page).locator('[data-month="2026-01"]'))
    assert min(thumb["width"], thumb["height"]) >= 24
    page.mouse.move(thumb["x"] + thumb["width"] - 3, thumb["y"] + 20)
    page.mouse.down()
    page.mouse.move(thumb["x"] + thumb["width"] - 3 - 2 * month["width"], thumb["y"] + 20)
    expect(page.locator(".brush-chosen")).to_have_text("May – Sep 2026")
    assert period(page) == "2026-07..2026-09"
    page.mouse.up()
    chosen(page, "2026-05..2026-09")
    drag(page, "2026-06", "2026-06")
    chosen(page, "2026-06..2026-06")


def test_escape_lets_a_drag_go(visit: Visit) -> None:
    page = visit(QUARTER)
    box = box_of(strip(page).locator('[data-month="2025-03"]'))
    page.mouse.move(box["x"] + 2, box["y"] + 20)
    page.mouse.down()
    expect(page.locator(".brush-chosen")).to_have_text("Mar 2025")
    page.keyboard.press("Escape")
    expect(page.locator(".brush-chosen")).to_have_text("Jul – Sep 2026")
    page.mouse.up()
    assert page.url.endswith(QUARTER)


def test_keys_move_the_months_and_their_end_and_many_are_one_step_back(visit: Visit) -> None:
    page = visit(QUARTER)
    window = slider(page, "Period")
    for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowRight"):
        window.press(key)
    expect(window).to_have_attribute("aria-valuetext", "May – Aug 2026")
    assert period(page) == "2026-07..2026-09"
    window.press("Enter")
    chosen(page, "2026-05..2026-08")
    expect(window).to_be_focused()
    window.press("Home")
    chosen(page, "2023-10..2024-01")
    window.press("End")
    window.press("Escape")
    expect(window).to_have_attribute("aria-valuetext", "Oct 2023 – Jan 2024")
    last = slider(page, "Last month")
    last.press("ArrowRight")
    last.press("ArrowRight")
    chosen(page, "2023-10..2024-03")
    expect(last).to_have_attribute("aria-valuetext", "Mar 2024")
    expect(last).to_be_focused()
    for months in ("2023-10..2024-01", "2026-05..2026-08", "2026-07..2026-09"):
        page.go_back()
        chosen(page, months)


def test_steps_lead_to_what_is_before_and_after_and_say_where(visit: Visit) -> None:
    page = visit("/hotspots?period=2026-04..2026-06&play=quarter")
    step = page.get_by_role("link", name="Step back: Jan – Mar 2026")
    step.click()
    chosen(page, "2026-01..2026-03")
    expect(page.get_by_role("link", name="Step forward: Apr – Jun 2026")).to_be_visible()
    page.get_by_role("link", name="By 12 months").click()
    chosen(page, "2025-04..2026-03")
    page.get_by_role("link", name="Step back: Mar 2025 – Feb 2026").click()
    chosen(page, "2025-03..2026-02")


def test_playing_steps_through_quarters_in_the_same_colours_and_is_one_step_back(
    visit: Visit,
) -> None:
    page = visit("/hotspots?period=2025-10..2025-12")
    strip(page)
    length = page.evaluate("() => window.history.length")
    button = page.get_by_role("button", name="Play")
    button.focus()
    page.evaluate(WATCHED)
    page.keyboard.press("Enter")
    steps = ["2026-01..2026-03", "2026-04..2026-06", "2026-07..2026-09"]
    until(page, "(last) => last in window.watched", steps[-1])
    frames = page.evaluate("window.watched")
    assert list(frames) == ["2025-10..2025-12", *steps]
    seen_frames = [frames[months] for months in steps]
    assert all(frame["focused"] for frame in seen_frames)
    assert len({str(frame["classes"]) for frame in seen_frames}) == 1
    assert len({str(frame["view"]) for frame in seen_frames}) == 1
    assert len({str(frame["of"]) for frame in seen_frames}) == 1
    assert len({str(frame["said"]) for frame in seen_frames}) == 3
    expect(page.get_by_role("button", name="Play")).to_be_visible()  # at the end it has stopped
    assert page.url.endswith("/hotspots?period=2026-07..2026-09&play=quarter")
    assert page.evaluate("() => window.history.length") == length + 1
    page.go_back()
    chosen(page, "2025-10..2025-12")
    assert page.url.endswith("/hotspots?period=2025-10..2025-12")


def test_playing_pauses_where_the_reader_does_something_else(visit: Visit) -> None:
    page = visit("/hotspots")
    strip(page)
    page.get_by_role("button", name="Play").click()
    pause = page.get_by_role("button", name="Pause")
    expect(pause).to_be_visible()
    chosen(page, "2023-10..2024-09")
    until(page, "() => window.location.search.includes('2023-11..2024-10')")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    settled(page)
    here = page.url
    page.wait_for_timeout(2000)
    assert page.url == here
    assert here.endswith("?period=2023-11..2024-10&play=year")
    page.get_by_role("button", name="Play").click()
    chosen(page, "2023-12..2024-11")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_focused()


def test_nothing_plays_for_who_asked_for_less_motion(visit: Visit) -> None:
    page = visit(QUARTER, reduced_motion="reduce")
    expect(strip(page)).to_be_visible()
    expect(page.locator("[data-brush-play]")).to_be_hidden()
    page.get_by_role("link", name="Step back: Apr – Jun 2026").click()
    chosen(page, "2026-04..2026-06")


def test_a_finger_draws_over_months(visit: Visit) -> None:
    page = visit(QUARTER, PHONE)
    ends = []
    for month in ("2024-06", "2025-01"):
        box = box_of(strip(page).locator(f'[data-month="{month}"]'))
        ends.append({"x": box["x"] + box["width"] / 2, "y": box["y"] + 20})
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [ends[0]]})
    for share in (0.3, 0.6, 1):
        x = ends[0]["x"] + share * (ends[1]["x"] - ends[0]["x"])
        at = {"type": "touchMove", "touchPoints": [{"x": x, "y": ends[0]["y"]}]}
        touch.send("Input.dispatchTouchEvent", at)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    chosen(page, "2024-06..2025-01")


def test_on_a_phone_the_strip_fits_and_its_thumbs_are_large(visit: Visit) -> None:
    page = visit(QUARTER, PHONE)
    strip(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    ends = [slider(page, name) for name in ("First month", "Last month")]
    for target in (*ends, page.get_by_role("button", name="Play")):
        box = box_of(target)
        assert min(box["width"], box["height"]) >= 44
        assert 0 <= box["x"] <= PHONE["width"] - box["width"]


def test_the_strip_speaks_bangla_with_its_digits(visit: Visit) -> None:
    page = visit(f"{QUARTER}&lang=bn-beng")
    expect(page.locator(".brush-chosen")).to_have_text("জুলাই – সেপ্টেম্বর ২০২৬")
    slider(page, "প্রথম মাস").press("ArrowLeft")
    expect(page.locator(".brush-chosen")).to_have_text("জুন – সেপ্টেম্বর ২০২৬")
    chosen(page, "2026-06..2026-09")
    expect(page.locator(".brush-chosen")).to_have_text("জুন – সেপ্টেম্বর ২০২৬")


def test_a_picture_has_the_bars_high_and_no_buttons(visit: Visit) -> None:
    page = visit(QUARTER)
    strip(page)
    drawn = page.evaluate("""async () => {
      await window.atlas.scripts(window.atlas.settings.pictures);
      const card = document.querySelector('[data-exhibit="hotspots.time"]');
      const svg = await window.atlas.pictures.composed(card);
      const boxes = [...svg.querySelectorAll('rect')];
      const heights = boxes.map((node) => Number(node.getAttribute('height')));
      return { texts: [...svg.querySelectorAll('text')].map((node) => node.textContent),
        high: Math.max(...heights.filter((height) => height < 900)) };
    }""")
    assert "Jul – Sep 2026" in drawn["texts"]
    assert "By quarter" not in drawn["texts"]
    assert drawn["high"] > 200
