"""What is written as HTML reads back as it was, and what no page holds is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard import exhibits
from dashboard.components import exhibit_card, states
from dashboard.components import markup as module
from dashboard.components.markup import TAGS, markup
from dashboard.exhibits.registry import (
    definition,
    definitions,
    offered_options,
    read_view_query,
    render,
)
from dashboard.model.languages import LANGUAGES
from dashboard.pages import Page, figure_number
from dashboard.pages.arrange import arranged
from dashboard.release.open_release import Release
from tests.support.fragments import VOID, Element, Nodes, elements, parsed, said
from tests.support.pages import PAGES

exhibits.load()
#: Letters by which text could become markup, more often than chance would choose them.
MEANT = st.text(st.sampled_from("<>&\"'=/!-;#abx1 \n"), max_size=20) | st.text(max_size=20)
#: Attributes that hold any text, as they are written.
TEXTS = {
    "className": "class", "title": "title", "id": "id", "lang": "lang", "dir": "dir",
    "role": "role", "data-note": "data-note", "aria-label": "aria-label", "tabIndex": "tabindex",
}  # fmt: skip
SWITCHES = {"Button": "disabled", "Details": "open", "Div": "hidden"}
ATTRIBUTES = st.dictionaries(st.sampled_from(sorted(TEXTS)), MEANT, max_size=3)
Made = tuple[Any, Element | str]


@st.composite
def parts(draw: st.DrawFn, inner: st.SearchStrategy[list[Made]]) -> Made:
    """A component, and the element that it must read back as."""
    name = draw(st.sampled_from(sorted(TAGS)))
    given_attributes = draw(ATTRIBUTES)
    expected: dict[str, str | None] = {TEXTS[key]: text for key, text in given_attributes.items()}
    switch = SWITCHES.get(name)
    if switch and draw(st.booleans()):
        given_attributes[switch] = draw(st.booleans())
        expected |= {switch: None} if given_attributes[switch] else {}
    held = [] if name.lower() in VOID else draw(inner)
    children = [part for part, _ in held] or None
    component = getattr(html, name)(children=children, **given_attributes)
    return component, Element(name.lower(), expected, [element for _, element in held])


STRINGS = MEANT.map(lambda text: (text, text))
NUMBERS = st.integers(-9, 9).map(lambda number: (number, str(number)))
TREES: st.SearchStrategy[list[Made]] = st.recursive(
    st.lists(STRINGS | NUMBERS, max_size=3),
    lambda inner: st.lists(parts(inner) | STRINGS, max_size=4),
    max_leaves=12,
)


def joined(nodes: Nodes) -> Nodes:
    """Nodes with texts beside each other as one, and without empty ones."""
    found: Nodes = []
    for node in nodes:
        if isinstance(node, Element):
            found.append(Element(node.tag, node.attributes, joined(node.children)))
        elif node and found and isinstance(found[-1], str):
            found[-1] += node
        elif node:
            found.append(node)
    return found


@given(TREES)
def test_what_is_written_reads_back_as_the_same_tree(made: list[Made]) -> None:
    written = markup([part for part, _ in made])
    assert joined(parsed(written)) == joined([expected for _, expected in made])


@given(MEANT)
@example("<b>bold</b>")
@example("&lt;b&gt; &amp;")
@example("<!-- a --><img src=x onerror=alert(1)>")
@example("\"'><script>alert(1)</script>")
def test_any_text_stays_text(text: str) -> None:
    (found,) = parsed(markup(html.P(text, title=text, **{"aria-label": text})))
    assert isinstance(found, Element)
    assert "".join(map(str, found.children)) == text
    assert found.attributes == {"title": text, "aria-label": text}


@pytest.mark.parametrize("part", [None, "", [], [None, [], ""]])
def test_nothing_is_written_as_nothing(part: Any) -> None:
    assert markup(part) == ""


@pytest.mark.parametrize(
    "part",
    [
        html.Script("alert(1)"),
        html.Iframe(src="/"),
        html.ObjectEl(data="/"),
        html.Form(action="/"),
        html.Base(href="/"),
        html.Meta(httpEquiv="refresh"),
        html.Link(href="/"),
        html.Video(src="/"),
        dcc.Markdown("text"),
        dcc.Link("text", href="/"),
        dcc.Graph(),
        dbc.Button("press"),
        [html.P([html.Div(html.Script())])],
    ],
    ids=lambda part: getattr(part, "_type", "deep"),
)
def test_an_element_that_runs_frames_sends_or_listens_is_refused(part: Any) -> None:
    with pytest.raises(TypeError, match="holds no"):
        markup(part)


@pytest.mark.parametrize("part", [True, False, {"a": 1}, {1}, b"x", object()])
def test_what_is_no_part_of_a_page_is_refused(part: Any) -> None:
    with pytest.raises(TypeError, match="holds no"):
        markup(html.P(["text", part]))


@pytest.mark.parametrize(
    "attributes",
    [
        {"accessKey": "x"},
        {"contentEditable": "true"},
        {"n_clicks": 0},
        {"disable_n_clicks": 1},
        {"key": "x"},
        {"spellCheck": "x"},
        {"data-x onclick=alert(1)": "x"},
        {"data-X": "x"},
        {'aria-"': "x"},
        {"data-": "x"},
    ],
    ids=lambda attributes: next(iter(attributes)),
)
def test_an_attribute_that_is_not_listed_is_refused(attributes: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="no fragment has the attribute"):
        markup(html.Div("text", **attributes))


@pytest.mark.parametrize("value", [True, False, 1.5, ["a"], {"type": "nav"}])
@pytest.mark.parametrize("name", ["title", "aria-hidden", "data-x"])
def test_an_attribute_that_is_no_text_is_refused(name: str, value: Any) -> None:
    """A browser reads ``aria-hidden=True`` as nothing at all."""
    with pytest.raises(TypeError, match="is no text"):
        markup(html.Div("text", **{name: value}))


def test_an_id_by_which_callbacks_find_a_control_is_refused() -> None:
    with pytest.raises(TypeError, match="is no text"):
        markup(html.Div("text", id={"type": "filter", "name": "area"}))


@pytest.mark.parametrize("value", ["", "hidden", "false", 1, 0])
def test_a_switch_is_on_or_off(value: Any) -> None:
    with pytest.raises(TypeError, match="on or off"):
        markup(html.Div("text", hidden=value))


def test_an_element_that_holds_nothing_is_given_nothing() -> None:
    assert markup(html.P(["a", html.Br(), "b"])) == "<p>a<br>b</p>"
    with pytest.raises(TypeError, match="holds nothing"):
        markup(html.Br("text"))


#: Addresses that run, that are another host's, or that are neither the product's nor by https.
REFUSED = (
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "\x01javascript:alert(1)", "vbscript:x", "data:text/html,<script>", "data:image/png;base64,AA",
    "blob:x", "file:///x", "http://example.org", "//example.org", "/\\example.org",
    "/\t/example.org", "\n//example.org", "\\\\example.org", "https:/example.org", "example.org",
    "mailto:x", "./x", "x", " ",
)  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
@pytest.mark.parametrize("make", [lambda to: html.A("x", href=to), lambda to: html.Img(src=to)],
                         ids=["link", "picture"])  # fmt: skip
def test_an_address_that_leads_out_or_runs_is_refused(make: Any, address: str) -> None:
    with pytest.raises(ValueError, match="no address of a page"):
        markup(make(address))


def test_a_drawing_of_our_own_is_a_picture_and_never_a_link() -> None:
    address = "data:image/svg+xml;base64,PHN2Zy8+"
    (picture,) = elements(parsed(markup(html.Img(src=address, alt=""))))
    assert picture.attributes == {"src": address, "alt": ""}
    with pytest.raises(ValueError, match="no address of a page"):
        markup(html.A("x", href=address))


@pytest.mark.parametrize(
    "address", ["", "/", "/quality?lang=bn#top", "?area=BD20,BD30", "#term", "https://hdx.org/a?b"]
)
def test_addresses_of_the_product_and_by_https_pass(address: str) -> None:
    (link,) = elements(parsed(markup(html.A("x", href=address))))
    assert link.attributes == {"href": address}


@given(st.text(max_size=12), st.sampled_from(["", "/", "//", "/\\", "https://", "?", "#", "j"]))
def test_an_address_that_passes_stays_here_or_is_by_https(rest: str, start: str) -> None:
    """As a browser reads it: without controls before it, and without tabs and line ends."""
    address = f"{start}{rest}"
    try:
        markup(html.A("x", href=address))
    except ValueError:
        return
    seen = address.lstrip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None})
    seen = seen.replace("\\", "/")
    assert seen.startswith(("https://", "/", "?", "#")) or not seen
    assert not seen.startswith("//")


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ({"width": "12.5%"}, "width:12.5%"),
        ({"gridColumn": 3, "minHeight": "36px"}, "grid-column:3;min-height:36px"),
        ({"--part": "-0.2em"}, "--part:-0.2em"),
        ({}, None),
    ],
)
def test_a_style_is_lengths_shares_numbers_and_words(
    style: dict[str, Any], written: str | None
) -> None:
    (found,) = elements(parsed(markup(html.Div(style=style))))
    assert found.attributes.get("style") == written


@pytest.mark.parametrize(
    "style",
    [
        {"background": "url(//example.org)"},
        {"width": "1px;color:red"},
        {"width": "expression(alert(1))"},
        {"color": "red\n"},
        {"a:b": "c"},
        {"width": ""},
        {"": "1px"},
        {"width": '1px"'},
        {"width": "1px/**/"},
        {"width": "\\75rl"},
    ],
)
def test_a_style_that_could_fetch_or_go_on_is_refused(style: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no style"):
        markup(html.Div(style=style))


def test_the_field_of_the_glossary_is_written_as_its_library_makes_it() -> None:
    (field,) = elements(parsed(markup(dbc.Input(id="a", type="search", placeholder="<b>"))))
    assert field.tag == "input"
    assert field.attributes == {
        "class": "form-control", "id": "a", "type": "search", "placeholder": "<b>",
    }  # fmt: skip


def test_a_field_has_one_class() -> None:
    with pytest.raises(TypeError, match="class"):
        markup(dbc.Input(id="a", className="wide"))


# --- what the product writes -------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_is_written_and_has_room_for_its_cards(page: Page, lang: str) -> None:
    nodes = parsed(markup(arranged(page, lang)))
    rooms = [
        e.attributes["data-exhibit"] for e in elements(nodes) if "data-exhibit" in e.attributes
    ]
    assert rooms == [slot.exhibit for slot in page.slots]
    for room in elements(nodes):
        if "data-exhibit" in room.attributes:
            classes = [name for inner in elements(room.children) for name in inner.classes]
            assert all(classes.count(f"card-{part}") == 1 for part in exhibit_card.PARTS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_that_is_not_there_is_written(lang: str) -> None:
    assert parsed(markup(states.lost(lang)))


VIEWS = (
    "",
    "period=2026-01..2026-09&sex=female&level=division&top=all&by=stage&sort=view",
    "lang=bn-beng&area=BD20&measure=people&level=upazila&compare=last-year",
    "lang=bn&compare=none&class=trafficking&area=BD2022&period=2026-01",
    "period=2031-01",
)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("exhibit_id", [entry.id for entry in definitions()])
def test_every_part_of_every_card_is_written(
    protected: Release, exhibit_id: str, view: str
) -> None:
    reading = read_view_query(view, protected, lambda _: False)
    found = render(exhibit_id, reading, protected)
    options: Sequence[Any] = offered_options(definition(exhibit_id), protected)
    number = figure_number(exhibit_id)
    filled = exhibit_card.filled(found, reading, options, number, "file", table=True)
    written = {name: parsed(markup(part)) for name, part in filled.items()}
    assert all(said(written[name]) for name in ("heading", "description", "table", "foot"))


@pytest.mark.parametrize("slow", [True, False])
def test_every_part_of_a_card_that_failed_is_written(slow: bool) -> None:
    failed = exhibit_card.failed("overview.trend", 1, "4f9a01cc", "en", slow=slow)
    assert {name: bool(parsed(markup(part))) for name, part in failed.items()} == {
        name: name in ("heading", "body") for name in exhibit_card.PARTS
    }


def test_what_readers_may_have_written_is_not_remembered() -> None:
    """It would outlive its deletion in the memory of a server."""
    known = module._known_attribute.cache_info
    before = known().hits + known().misses
    own = "words of a reader"
    markup(html.A(own, href=f"/?own={own}", title=own, **{"aria-label": own, "data-name": own}))
    assert known().hits + known().misses == before
