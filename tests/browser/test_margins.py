"""Charts begin with the margins that labels like theirs needed, and with no others."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import Visit, settled
from tests.browser.steps import change

OWN = {"l": 8, "r": 16, "t": 8, "b": 8}
#: Draws figures one after the other as a page does, adds to their margins as Plotly would, and
#: answers those that each began with.
DRAWN = """([figures, own, width]) => {
  const plot = { _fullLayout: { width }, layout: {} };
  return figures.map(({ labels, needs, names, margin }) => {
    const given = { ...own, ...margin };
    const bars = { type: "bar", orientation: "h", y: labels, x: labels.map(() => 1) };
    const figure = {
      data: [{ ...bars, name: names || "" }],
      layout: { margin: given, showlegend: Boolean(names), xaxis: {}, yaxis: {} },
    };
    const began = window.atlas.marginsOf(plot, figure);
    plot._fullLayout._size = { ...began };
    Object.entries(needs).forEach(([side, size]) => {
      plot._fullLayout._size[side] = Math.max(size, began[side]);
    });
    window.atlas.keepMargins(plot, figure);
    return began;
  });
}"""
SIZE = """(id) => {
  const plot = document.querySelector(`[data-exhibit="${id}"] .js-plotly-plot`);
  const { l, r, t, b } = plot._fullLayout._size;
  return { l, r, t, b };
}"""


def began(page: Page, *figures: dict[str, Any]) -> list[dict[str, int]]:
    return page.evaluate(DRAWN, [list(figures), OWN, 700])


def labelled(letters: int, **more: Any) -> dict[str, Any]:
    return {"labels": ["x" * letters], "needs": {"l": 6 * letters}, **more}


def test_labels_like_the_former_ones_begin_with_their_margins(visit: Visit) -> None:
    page = visit("/methods")
    first, second, third = began(page, labelled(20), labelled(18), labelled(30))
    assert first == OWN
    assert second == third == {**OWN, "l": 120}


def test_shorter_labels_begin_anew_however_slowly_they_get_shorter(visit: Visit) -> None:
    page = visit("/methods")
    kept = [margins["l"] for margins in began(page, *map(labelled, (30, 25, 24, 21, 17)))]
    assert kept == [8, 180, 180, 8, 126]


def test_fewer_lines_and_shorter_legends_begin_anew(visit: Visit) -> None:
    page = visit("/methods")
    lines = [{"labels": [label], "needs": {"t": 60}} for label in ("a<br>b<br>c", "a")]
    assert [margins["t"] for margins in began(page, *lines)] == [8, 8]
    named = [labelled(20, names="n" * letters) for letters in (90, 80, 10)]
    assert [margins["l"] for margins in began(page, *named)] == [8, 120, 8]


def test_what_a_figure_asks_for_itself_is_never_kept(visit: Visit) -> None:
    page = visit("/methods")
    wide, narrow = began(page, labelled(20, margin={"r": 120}), labelled(20, margin={"r": 30}))
    assert (wide["r"], narrow["r"]) == (120, 30)
    assert narrow["l"] == 120


def test_axes_stay_while_one_filters_and_follow_another_width(visit: Visit) -> None:
    page = visit("/referrals/steps")
    before = page.evaluate(SIZE, "referrals.steps")
    for _ in range(2):
        change(page, "?sex=female")
        assert page.evaluate(SIZE, "referrals.steps") == before
        change(page, "")
    assert page.evaluate(SIZE, "referrals.steps") == before
    page.set_viewport_size({"width": 800, "height": 900})
    settled(page)
    there = page.evaluate(SIZE, "referrals.steps")
    page.reload()
    settled(page)
    assert page.evaluate(SIZE, "referrals.steps") == there
