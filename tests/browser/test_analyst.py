"""The analyst's figures in a browser: maps are drawn, and nobody else is asked for anything."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from dashboard.analyst import open_release
from tests.support.releases import build_release
from tests.support.served import CHROMIUM


def test_a_figure_becomes_a_picture_of_its_own_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", CHROMIUM)
    with open_release(build_release(tmp_path / "drawn.duckdb", months=12)) as release:
        figure = release.exhibit("overview.trend").figure()
    picture = Image.open(io.BytesIO(figure.to_image()))
    assert picture.size == (2000, 2 * figure.layout.height)
    assert len(picture.convert("RGB").getcolors(2**20) or ()) > 20
    figure.write_image(tmp_path / "trend.svg", width=700)
    drawn = (tmp_path / "trend.svg").read_text(encoding="utf-8")
    assert 'width="700"' in drawn or 'viewBox="0 0 700' in drawn
    assert "INVENTED DATA" in drawn


@pytest.mark.parametrize(
    ("exhibit_id", "marks"), [("hotspots.map", 64), ("routes.map", 1), ("hotspots.ranking", 3)]
)
def test_a_figure_opens_without_a_network(
    browser: Browser, tmp_path: Path, exhibit_id: str, marks: int
) -> None:
    with open_release(build_release(tmp_path / "drawn.duckdb", months=12)) as release:
        figure = release.exhibit(exhibit_id).figure()
    page_file = tmp_path / "figure.html"
    page_file.write_text(figure.to_html(include_plotlyjs=True), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(page_file.as_uri())
    page.wait_for_selector(".js-plotly-plot .gtitle")
    marks_of = ".scatterlayer .js-fill, .scatterlayer .js-line, .barlayer .point path"
    paths: list[str] = page.locator(marks_of).evaluate_all(
        "(marks) => marks.map((mark) => mark.getAttribute('d') || '')"
    )
    drawn = [path for path in paths if "L" in path or "H" in path]
    assert len(drawn) >= marks
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []
