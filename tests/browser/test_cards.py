"""How cards look: their heads at any width, and bars beside high neighbours."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE, WIDE, Visit, settled


@pytest.mark.parametrize("size", [PHONE, WIDE])
@pytest.mark.parametrize("path", ["/overview", "/overview?lang=bn", "/hotspots", "/sheet"])
def test_a_subtitle_is_close_to_its_title_and_its_mark_in_the_line_of_its_last_word(
    visit: Visit, path: str, size: dict[str, int]
) -> None:
    page = visit(path, size)
    heads = page.evaluate("""() => [...document.querySelectorAll('.card-heading')]
      .filter((head) => head.querySelector('.card-under .term-mark') && head.clientWidth > 1).map((head) => {
        const words = document.createRange();
        words.selectNodeContents(head.querySelector('.card-subtitle'));
        const lines = [...words.getClientRects()];
        const box = (part) => head.querySelector(part).getBoundingClientRect();
        const [mark, tools] = [box('.term-mark'), head.closest('.card-head').querySelector('.card-tools').getBoundingClientRect()];
        return [lines[0].top - box('.card-title').bottom, (mark.top + mark.bottom) / 2 - lines.at(-1).top,
          lines.at(-1).bottom - (mark.top + mark.bottom) / 2,
          lines.filter(({ right, top }) => right > tools.left && top < tools.bottom - 4).length];
      })""")  # noqa: E501
    assert len(heads) > 3
    assert max(gap for gap, *_ in heads) <= 8
    assert min(min(below, above) for _, below, above, _ in heads) > 0
    assert [covered for *_, covered in heads if covered] == []


def test_few_bars_beside_high_neighbours_stay_bars(visit: Visit) -> None:
    page = visit("/overview?sex=female&period=2026-09..2026-09")
    page.locator('[data-exhibit="overview.people"] .bars').wait_for()
    grown, card = page.evaluate("""() => {
      const room = document.querySelector('[data-exhibit="overview.people"] .card-graph');
      const asked = parseFloat(room.style.minHeight);
      return [room.querySelector('.graph').clientHeight / asked, room.clientHeight / asked];
    }""")
    assert card > grown
    assert round(grown, 1) <= 1.7


@pytest.mark.parametrize("path", ["/sheet", "/overview?lang=bn"])
def test_no_number_behind_a_bar_is_cut_on_the_narrowest_phone(visit: Visit, path: str) -> None:
    page = visit(path, {"width": 320, "height": 640})
    for card in page.locator("[data-exhibit]").all():
        card.scroll_into_view_if_needed()
    settled(page)
    cut = page.evaluate("""() => [...document.querySelectorAll('.graph')].flatMap((plot) => {
      if (!plot.querySelector('.main-svg')) return [];
      const room = plot.querySelector('.main-svg').getBoundingClientRect();
      return [...plot.querySelectorAll('.textpoint, .bartext')].filter((words) => {
        const { left, right } = words.getBoundingClientRect();
        return right > room.right + 1 || left < room.left - 1;
      }).map((words) => words.textContent);
    })""")
    assert page.locator(".textpoint, .bartext").count() > 10
    assert cut == []


@pytest.mark.parametrize("size", [PHONE, WIDE])
@pytest.mark.parametrize("path", ["/", "/hotspots", "/report"])
def test_nothing_moves_while_a_page_comes(visit: Visit, path: str, size: dict[str, int]) -> None:
    page = visit(path, size)
    moved = page.evaluate("""() => new Promise((tell) => new PerformanceObserver((list) =>
      tell(list.getEntries().reduce((sum, each) => sum + each.value, 0))
    ).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => tell(0), 500))""")
    assert moved < 0.05


def test_names_of_a_flow_stand_beside_its_bands(visit: Visit) -> None:
    page = visit("/referrals")
    card = page.locator('[data-exhibit="referrals.pathway"]')
    card.scroll_into_view_if_needed()
    card.locator(".node-label").first.wait_for()
    settled(page)
    covered, out = page.evaluate("""() => {
      const card = document.querySelector('[data-exhibit="referrals.pathway"]');
      const boxes = (part) => [...card.querySelectorAll(part)].map((node) => node.getBoundingClientRect());
      const [bands, names] = [boxes(".sankey-link"), boxes(".node-label")];
      const room = card.querySelector(".main-svg").getBoundingClientRect();
      const apart = (one, other) => one.right <= other.left || one.left >= other.right;
      return [names.filter((name) => !bands.every((band) => apart(name, band))).length,
        names.filter(({ left, right }) => left < room.left || right > room.right).length];
    }""")  # noqa: E501
    assert (covered, out) == (0, 0)
