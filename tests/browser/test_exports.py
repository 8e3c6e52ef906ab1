"""An analyst takes figures out: every exhibit as PNG, SVG and Excel, and what is copied."""

from __future__ import annotations

import base64
import io
import re
import struct
import xml.etree.ElementTree as ET
from itertools import compress
from pathlib import Path
from typing import Any

import geopandas
import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Visit, as_told, more, settled, until
from tests.browser.steps import card
from tests.support.pages import ALONE

PAGES = ("/", "/overview", "/hotspots", "/routes", "/referrals", "/quality", "/sheet")
_SVG = "{http://www.w3.org/2000/svg}"
#: Draws one card; gives the drawing, texts that stand outside of its sheet, those that would where
#: letters are as wide as those of DejaVu Sans, the first bytes of its pixels, and how many of these
#: are dark where the title stands.
_DRAW = """async (id) => {
  const card = document.querySelector(`[data-exhibit="${id}"]`);
  await window.atlas.scripts(window.atlas.settings.pictures);
  const { composed, raster } = window.atlas.pictures;
  const drawing = await composed(card);
  document.body.append(drawing);
  const sheet = drawing.getBoundingClientRect();
  const outsiders = () => [...drawing.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    const inside = box.left > sheet.left - 1 && box.top > sheet.top - 1
      && box.right < sheet.right + 1 && box.bottom < sheet.bottom + 1;
    return box.width && text.textContent.trim() && !inside;
  }).map((text) => text.textContent);
  const outside = outsiders();
  const svg = new XMLSerializer().serializeToString(drawing);
  drawing.querySelectorAll("text").forEach((text) => {
    const wider = Number(getComputedStyle(text).fontWeight) > 500 ? 0.16 : 0.08;
    const lines = text.querySelectorAll("tspan");
    (lines.length ? lines : [text]).forEach((line) => {
      const letters = line.textContent.length;
      if (letters) line.style.letterSpacing = `${line.getComputedTextLength() * wider / letters}px`;
    });
  });
  const outsideWider = outsiders();
  const lines = drawing.querySelectorAll("text, tspan");
  lines.forEach((line) => line.style.removeProperty("letter-spacing"));
  const png = await raster(drawing);
  drawing.remove();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [1600, 60];
  const pen = canvas.getContext("2d");
  pen.drawImage(await createImageBitmap(png), 0, 160, 1600, 60, 0, 0, 1600, 60);
  const seen = pen.getImageData(0, 0, 1600, 60).data;
  let dark = 0;
  for (let at = 0; at < seen.length; at += 4) dark += seen[at] < 100 ? 1 : 0;
  const bytes = new Uint8Array(await png.slice(0, 24).arrayBuffer());
  const start = window.btoa(String.fromCharCode(...bytes));
  return { svg: svg, outside: outside, outsideWider: outsideWider, dark: dark, start: start };
}"""


def on_page(page: Page) -> list[str]:
    """Ids of the exhibits of a page."""
    return page.locator("[data-exhibit]").evaluate_all("(all) => all.map((c) => c.dataset.exhibit)")


def words(page: Page, exhibit: str, part: str) -> str:
    """What a part of a card says, or nothing where it has no such part."""
    found = card(page, exhibit).locator(f".card-{part}")
    return " ".join((found.first.text_content() or "").split()) if found.count() else ""


def said_in(svg: str) -> str:
    """All text of a drawing in its order; a drawing without text elements says nothing."""
    root = ET.fromstring(svg)  # noqa: S314 -- drawn by our own program
    lines: list[str] = []
    for text in root.iter(f"{_SVG}text"):
        parts = list(text.iter(f"{_SVG}tspan"))
        lines += ["".join(part.itertext()) for part in parts] or ["".join(text.itertext())]
    return " ".join(" ".join(lines).split())


def drawn(page: Page, exhibit: str) -> dict[str, Any]:
    """A card as a picture, found whole: words are text, nothing is cut, it has its size."""
    picture = page.evaluate(_DRAW, exhibit)
    said = said_in(picture["svg"])
    for part in ("title", "subtitle", "notes", "source", "release", "label"):
        assert words(page, exhibit, part).strip(" ·") in said, (exhibit, part)
    assert picture["outside"] == picture["outsideWider"] == [], exhibit
    assert picture["dark"] > 300, exhibit
    assert "foreignObject" not in picture["svg"]
    assert 'href="http' not in picture["svg"]
    start = base64.b64decode(picture["start"])
    assert start[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", start[16:24])
    assert wide == 3200
    assert 1920 <= high <= 3000
    return picture


def workbook(page: Page, exhibit: str) -> openpyxl.Workbook:
    """The workbook behind the entry of the menu."""
    link = card(page, exhibit).locator('[data-file="xlsx"]').get_attribute("href")
    answer = page.request.get(str(link))
    assert answer.ok
    return openpyxl.load_workbook(io.BytesIO(answer.body()))


def _as_text(cell: Any) -> str:
    """A month or a day of a workbook as a page writes it."""
    return f"{cell.value:%Y-%m}" if cell.number_format == "yyyy-mm" else f"{cell.value:%Y-%m-%d}"


def twin_of(page: Page, exhibit: str) -> list[list[str]]:
    """Rows of the table of a card, which comes when a reader looks at it."""
    show = f"""(what) => window.atlas.show(
      document.querySelector('[data-exhibit="{exhibit}"]'), what)"""
    page.evaluate(show, "table")
    settled(page)
    rows = card(page, exhibit).locator(".card-table tr")
    cells: list[list[str]] = rows.evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"
    )
    page.evaluate(show, "figure")
    return cells


#: What is high makes a higher picture, and no smaller letters.
HIGH = ("explore.answer", "routes.corridors", "routes.map")


@pytest.mark.parametrize("path", [*PAGES, *(page.path for page in ALONE)])
def test_every_exhibit_leaves_whole_as_a_picture_and_a_workbook(visit: Visit, path: str) -> None:
    page = visit(path)
    for exhibit in on_page(page):
        svg = drawn(page, exhibit)["svg"]
        if exhibit.endswith(".map"):
            assert "do not imply official endorsement" in said_in(svg)
        if exhibit == "routes.corridor":  # names that lead elsewhere are names here
            assert "Trafficking" in said_in(svg)
        if exhibit == "hotspots.ranking":  # a list that is whole does not say that rows lack
            assert "Not all rows fit" not in said_in(svg)
        if exhibit in HIGH:
            assert int(ET.fromstring(svg).get("height") or 0) > 1100  # noqa: S314 -- our own
        twin = twin_of(page, exhibit)
        sheet: list[list[Any]] = [
            [_as_text(cell) if cell.is_date else cell.value for cell in row]
            for row in workbook(page, exhibit)["Data"].iter_rows()
        ]
        columns = page.request.get(f"/exhibit/{exhibit}.json").json()["table"]["columns"]
        told = [[as_told(*pair) for pair in zip(row, columns, strict=True)] for row in sheet[1:]]
        shown_there = [not column["in_files"] for column in columns]
        assert [list(compress(row, shown_there)) for row in told] == twin[1:]


def test_a_picture_is_light_and_wide_whatever_the_screen_is(visit: Visit) -> None:
    """The numbers of a phone in the dark make the same drawing as those of a light desk."""
    ids = ("quality.coverage", "quality.accuracy", "quality.protection")
    desk = visit("/quality", WIDE)
    pictures = {exhibit: drawn(desk, exhibit)["svg"] for exhibit in ids}
    phone = visit("/quality", PHONE)
    phone.emulate_media(color_scheme="dark")
    until(phone, "() => window.atlas.isDark() && window.atlas.settled()")
    for exhibit in ids:
        assert ids_apart(drawn(phone, exhibit)["svg"]) == ids_apart(pictures[exhibit])


def ids_apart(svg: str) -> str:
    """A drawing without the random names that plotly gives to its clips."""
    root = ET.fromstring(svg)  # noqa: S314 -- drawn by our own program
    for node in root.iter():
        for name in ("id", "clip-path", "class"):
            node.attrib.pop(name, None)
    return ET.tostring(root, encoding="unicode")


def test_a_box_that_is_turned_or_moved_stands_in_a_picture_where_it_stood(visit: Visit) -> None:
    """Where a transform moves a box to is in its place already."""
    picture = drawn(visit("/overview"), "overview.changes")["svg"]
    turned = re.findall(r"matrix\(([^)]*)\)", picture)
    assert turned
    assert {tuple(each.replace(",", " ").split()[4:]) for each in turned} == {("0", "0")}


def test_bangla_leaves_as_bangla_text(visit: Visit) -> None:
    page = visit("/hotspots?lang=bn-beng")
    picture = drawn(page, "hotspots.ranking")
    assert "কক্সবাজার" in said_in(picture["svg"])
    assert picture["svg"].count("NotoSansBengali") == 0  # faces are inside, not asked for by name
    assert picture["svg"].count('font-family:"Noto Sans Bengali"') == 3


def test_long_titles_and_notes_take_room_and_are_never_cut(visit: Visit) -> None:
    page = visit("/quality")
    page.evaluate("""() => {
      const card = document.querySelector('[data-exhibit="quality.completeness"]');
      const part = (name) => card.querySelector(`.card-${name}`);
      const long = "পরিস্থিতি-ও-প্রতিবেদন".repeat(9);
      part("title").textContent = `${"Reports of a kind ".repeat(16)}${long}`;
      part("notes").textContent = "A note that goes on and on. ".repeat(60);
    }""")
    picture = page.evaluate(_DRAW, "quality.completeness")
    assert picture["outside"] == []
    said = said_in(picture["svg"])
    assert said.count("A note that goes on and on.") == 60
    assert said.replace(" ", "").count("পরিস্থিতি") == 9
    lines = page.evaluate("""() => {
      const { linesOf, widthOf } = window.atlas.pictures, style = { size: 20 };
      return linesOf("Ukhia: 25 % of people", widthOf("Ukhia: 25", style), style);
    }""")
    assert lines == ["Ukhia:", "25 % of", "people"]


def test_a_format_is_two_clicks_away_and_says_once_that_it_is_done(visit: Visit) -> None:
    page = visit("/referrals")
    pathway = card(page, "referrals.pathway")
    pathway.locator("summary", has_text="Download").click()
    with page.expect_download() as waiting:
        pathway.get_by_role("button", name="SVG").click()
    name = waiting.value.suggested_filename
    assert name.startswith("referrals-pathway_2025-10-to-2026-09_release-2026-09-")
    assert name.endswith(".svg")
    expect(page.locator("#said")).to_have_text(f"Saved as {name}.")
    expect(pathway.locator(".menu").first).to_be_hidden()


def test_a_saved_picture_says_its_size_on_paper_and_what_it_shows(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit("/referrals?lang=bn")
    pathway = card(page, "referrals.pathway")
    pathway.locator("summary").filter(has_text="ডাউনলোড").click()
    with page.expect_download() as waiting:
        pathway.locator('[data-export="png"]').click()
    waiting.value.save_as(tmp_path / "pathway.png")
    with Image.open(tmp_path / "pathway.png") as picture:
        picture.load()  # which looks at the check of every chunk
        assert picture.size == (3200, 1920)
        assert tuple(map(round, picture.info["dpi"])) == (240, 240)
        told: Any = picture.text  # pyright: ignore[reportAttributeAccessIssue]
    assert told["Title"] == words(page, "referrals.pathway", "title")
    assert told["Description"] == words(page, "referrals.pathway", "description")
    for part in ("label", "source", "release"):
        assert words(page, "referrals.pathway", part) in told["Comment"]
    assert "· ·" not in told["Comment"]
    assert told["Title"].lang.startswith("bn")


@pytest.mark.parametrize(("label", "ending"), [("GeoJSON", "geojson"), ("GeoPackage", "gpkg")])
def test_a_map_is_saved_as_a_layer_that_others_open(
    visit: Visit, tmp_path: Path, label: str, ending: str
) -> None:
    page = visit("/hotspots?level=division&measure=people")
    hotspots = card(page, "hotspots.map")
    hotspots.locator("summary", has_text="Download").click()
    with page.expect_download() as waiting:
        hotspots.get_by_role("link", name=label).click()
    name = waiting.value.suggested_filename
    asked = "level-division_measure-people_2025-10-to-2026-09"
    assert name.startswith(f"hotspots-map_{asked}_release-2026-09-")
    assert name.endswith(f".{ending}")
    waiting.value.save_as(tmp_path / name)
    layer = geopandas.read_file(tmp_path / name, layer="hotspots_map")
    table = workbook(page, "hotspots.map")["Data"].iter_rows(min_row=2, values_only=True)
    sizes = {row[0]: row[3] for row in table if row[0]}
    assert dict(zip(layer["code"], layer["people"], strict=True)) == sizes
    assert len(sizes) == 8


def test_a_picture_that_cannot_be_made_says_what_to_do(visit: Visit) -> None:
    page = visit("/referrals")
    page.evaluate("""async () => {
      await window.atlas.scripts(window.atlas.settings.pictures);
      window.console.error = () => {};
      window.atlas.picture = () => Promise.reject(new Error("no canvas"));
    }""")
    pathway = card(page, "referrals.pathway")
    pathway.locator("summary", has_text="Download").click()
    pathway.get_by_role("button", name="PNG").click()
    expect(page.locator("#toast")).to_contain_text("Try again")
    expect(page.locator("#toast")).to_contain_text("download the table instead")


def press_copy(page: Page, exhibit: str) -> None:
    """Ask the menu of a card for its picture on the clipboard."""
    menu = more(card(page, exhibit))
    menu.get_by_role("button", name="Picture, to paste elsewhere").click()


@pytest.mark.parametrize(
    ("path", "exhibit"),
    [("/referrals", "referrals.pathway"), ("/hotspots", "hotspots.ranking")],
    ids=["chart", "list"],
)
def test_a_picture_is_copied_with_its_whole_size(visit: Visit, path: str, exhibit: str) -> None:
    page = visit(path)
    press_copy(page, exhibit)
    expect(page.locator("#toast")).to_contain_text("Picture copied", timeout=60_000)
    expect(page.locator("#said")).to_contain_text("Picture copied")
    copied = page.evaluate("""async () => {
      const [item] = await navigator.clipboard.read();
      const image = await createImageBitmap(await item.getType("image/png"));
      const pen = new OffscreenCanvas(1, 1).getContext("2d");
      pen.drawImage(image, -112, -66, image.width, image.height);
      const accent = [...pen.getImageData(0, 0, 1, 1).data];
      return { kinds: item.types, size: [image.width, image.height], accent };
    }""")
    assert copied["kinds"] == ["image/png"]
    assert copied["size"][0] == 3200
    assert copied["size"][1] >= 1920
    assert copied["accent"] == [11, 92, 173, 255]  # the line above the title of every picture
    expect(card(page, exhibit).locator("[aria-busy]")).to_have_count(0)


def test_a_picture_is_copied_from_an_enlarged_card_and_the_message_is_in_reach(
    visit: Visit,
) -> None:
    page = visit("/referrals")
    more(card(page, "referrals.pathway")).get_by_role("button", name="Enlarge").click()
    press_copy(page, "referrals.pathway")
    toast = page.locator("dialog:modal #toast")
    expect(toast).to_contain_text("Picture copied", timeout=60_000)
    expect(toast).to_be_in_viewport(ratio=1)
    assert page.evaluate("async () => (await navigator.clipboard.read())[0].types") == ["image/png"]


@pytest.mark.parametrize(
    ("without", "helped"),
    [
        ("delete window.ClipboardItem", "as PNG instead"),
        ("navigator.clipboard.write = () => Promise.reject(new DOMException())", "as PNG instead"),
        ("window.atlas.pixels = () => Promise.reject(new Error('no canvas'))", "Try again"),
    ],
    ids=["unknown", "refused", "undrawn"],
)
def test_a_picture_that_is_not_copied_says_what_helps(
    visit: Visit, without: str, helped: str
) -> None:
    page = visit("/referrals")
    page.evaluate(f"""async () => {{
      await window.atlas.scripts(window.atlas.settings.pictures);
      window.console.error = () => {{}};
      {without};
    }}""")
    press_copy(page, "referrals.pathway")
    expect(page.locator("#toast")).to_contain_text(helped, timeout=60_000)


def test_a_table_is_copied_for_documents_and_for_sheets(visit: Visit) -> None:
    page = visit("/referrals")
    pathway = card(page, "referrals.pathway")
    more(pathway).get_by_role("button", name="Table, to paste elsewhere").click()
    expect(page.locator("#toast")).to_contain_text("Table copied")
    copied = page.evaluate("""async () => {
      const [item] = await navigator.clipboard.read();
      const text = async (kind) => (await item.getType(kind)).text();
      return { plain: await text("text/plain"), html: await text("text/html") };
    }""")
    lines = [line.split("\t") for line in copied["plain"].replace("\r\n", "\n").split("\n")]
    sheet = [
        ["" if cell.value is None else str(cell.value) for cell in row]
        for row in workbook(page, "referrals.pathway")["Data"].iter_rows()
    ]
    assert lines[2 : 2 + len(sheet)] == sheet
    assert lines[0] == [words(page, "referrals.pathway", "title")]
    for name in ("Shows", "Protection", "Source", "Release", "Handling"):
        assert any(line[0] == name and line[1] for line in lines)
        assert f"{name}: " in copied["html"]
    assert copied["html"].count("<tr>") == len(sheet)


def test_what_a_label_could_run_stays_text_on_the_clipboard(visit: Visit) -> None:
    page = visit("/glossary")
    planted = ["'=1+1", "'@SUM(1,2)", "<img src=x onerror=alert(1)>", "a\tb", 'say "no"']
    copied = page.evaluate("""async (labels) => {
      const quoted = labels.map((label) => `"${label.replaceAll('"', '""')}",5`);
      const lines = ["# Title,T", "# Source,S", "", "Label,People", ...quoted, ""];
      window.fetch = async () => new Response(lines.join("\\r\\n"));
      const parts = window.atlas.tableFor("/planted.csv");
      return { plain: await (await parts["text/plain"]).text(),
        html: await (await parts["text/html"]).text() };
    }""", planted)  # fmt: skip
    rows = [line.split("\t") for line in copied["plain"].split("\r\n")[3:8]]
    assert rows == [[label.replace("\t", " "), "5"] for label in planted]
    assert "<img" not in copied["html"]


def test_a_link_to_a_figure_leads_to_it(visit: Visit) -> None:
    page = visit("/quality?period=2026-01..2026-06")
    accuracy = card(page, "quality.accuracy")
    more(accuracy).get_by_role("button", name="Link to this figure").click()
    expect(page.locator("#toast")).to_contain_text("Link to this figure copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("/quality?period=2026-01..2026-06#quality.accuracy")
    other = visit(link)
    until(other, """() => {
      const found = document.querySelector('[data-exhibit="quality.accuracy"]');
      const { top } = found.getBoundingClientRect();
      return top >= 0 && top < window.innerHeight / 2;
    }""")  # fmt: skip
