"""The shell with few components: nothing that listens is lost, and the rest reads as before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.filter_bar import filter_bar
from dashboard.components.filter_panels import control_id
from dashboard.components.lightened import WRITTEN, lightened
from dashboard.components.markup import markup
from dashboard.components.shell import Destination, SignedIn, shell
from dashboard.model.filters import FILTERS
from dashboard.model.languages import LANGUAGES
from dashboard.release.open_release import Release


def components(node: Any) -> Iterator[Component]:
    if isinstance(node, list | tuple):
        for child in node:
            yield from components(child)
    elif isinstance(node, Component):
        yield node
        yield from components(getattr(node, "children", None))


def frame(release: Release, lang: str) -> html.Div:
    destinations = [Destination(f"/{key}", "<b>A</b>", "A", "overview", key) for key in "abcd"]
    who = SignedIn('"><script>', ("csv",), "token")
    return shell(destinations, release, filter_bar(release, lang), {}, {}, lang, who)


def same(before: Any, after: Any) -> None:
    """Each element is there with its attributes, and holds what it held or the text of that."""
    if isinstance(before, list | tuple):
        assert len(before) == len(after)
        for one, other in zip(before, after, strict=True):
            same(one, other)
        return
    if not isinstance(before, Component):
        assert before == after
        return
    assert type(before) is type(after)
    told = [dict(each.to_plotly_json()["props"]) for each in (before, after)]
    held = [props.pop("children", None) for props in told]
    text = told[1].pop(WRITTEN, None)
    assert told[0] == told[1]
    if text is None:
        same(*held)
    else:
        assert held[1] is None
        assert text == markup(held[0])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_shell_holds_what_it_held(protected: Release, lang: str) -> None:
    before = frame(protected, lang)
    untouched = before.to_plotly_json()
    same(before, lightened(before))
    assert before.to_plotly_json() == untouched


def test_what_callbacks_name_and_what_can_be_set_stays_a_component(protected: Release) -> None:
    before = frame(protected, "en")

    def others(part: Any) -> list[tuple[str, Any]]:
        listening = (n for n in components(part) if n._namespace != "dash_html_components")
        return [(each._type, getattr(each, "id", None)) for each in listening]

    left = others(lightened(before))
    assert left == others(before)
    named = [named for _, named in left]
    for wanted in ("url", "asked", "answer", "settings", "release", "usual-period"):
        assert wanted in named
    assert all(control_id(entry.name) in named for entry in FILTERS if not entry.lists)


def test_few_components_are_left_to_be_asked(protected: Release) -> None:
    before = frame(protected, "en")
    count = [len([*components(part)]) for part in (before, lightened(before))]
    assert count[0] > 280
    assert count[1] < 140


def test_an_element_beside_a_control_is_written_and_the_way_to_the_control_is_not() -> None:
    field = dcc.Input(id="field")
    given = html.Div([html.P([html.B("a"), " < b"]), html.Label(["c", field])], id="x", hidden=True)
    made = lightened(given)
    beside, way = made.children
    assert (made.id, made.hidden) == ("x", True)
    assert getattr(beside, WRITTEN) == "<b>a</b> &lt; b"
    assert beside.children is None
    assert way.children == ["c", field]


def test_text_alone_stays_as_it_is_and_a_form_is_never_written() -> None:
    assert lightened("text") == "text"
    assert lightened(None) is None
    plain = html.P("text")
    assert lightened(plain) is plain
    form = html.Div(html.Form(html.Button("go", type="submit")))
    assert isinstance(lightened(form).children, html.Form)
    row = html.Div(dbc.Row(html.P(html.B("x"))))
    assert getattr(lightened(row).children.children, WRITTEN) == "<b>x</b>"


def test_what_no_fragment_holds_is_an_error() -> None:
    with pytest.raises(TypeError):
        lightened(html.Div(html.P("x", accessKey="k")))
