"""Elements: to Dash and to whoever reads them they are those of ``dash.html``."""

from __future__ import annotations

import json
from inspect import isclass
from typing import Any

import dash
import pytest
from dash.development.base_component import Component, ComponentRegistry
from plotly.utils import PlotlyJSONEncoder

from dashboard.components.elements import html
from dashboard.components.markup import markup

ELEMENTS = sorted(
    name for name, kind in vars(dash.html).items() if isclass(kind) and issubclass(kind, Component)
)
ASKED: dict[str, Any] = {
    "id": "one", "className": "a b", "title": "5 < 6", "hidden": None, "style": {"width": "5%"},
    "data-code": "x", "aria-label": "y",
}  # fmt: skip


def written(part: Component) -> Any:
    return json.loads(json.dumps(part, cls=PlotlyJSONEncoder))


@pytest.mark.parametrize("name", ELEMENTS)
def test_each_is_sent_to_the_browser_as_that_of_dash(name: str) -> None:
    ours, theirs = getattr(html, name), getattr(dash.html, name)
    assert issubclass(ours, theirs)
    inside = [ours("deep", id="deep"), None, "text"], [theirs("deep", id="deep"), None, "text"]
    for children, attributes in ((inside, ASKED), ((None, None), {}), (("x", "x"), {"id": "two"})):
        own, other = ours(children[0], **attributes), theirs(children[1], **attributes)
        assert written(own) == written(other)
        assert list(own) == list(other)


def test_attributes_are_written_in_the_order_in_which_they_are_given() -> None:
    """Those of Dash have another order in each process."""
    own = html.Td([html.Strong("so"), " < 6"], className="lead", **{"data-value": "5"})
    text = '<td class="lead" data-value="5"><strong>so</strong> &lt; 6</td>'
    assert markup(own) == text


def test_no_two_share_what_they_hold() -> None:
    first, second = html.Div(id="first"), html.Div(id="second")
    first.children = "one"
    assert (first.id, second.id, second.children) == ("first", "second", None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colspan", "1"), ("classname", "1"), ("on_click", "1"), ("children2", "1"),
        ("datacode", "1"), ("id", 5), ("title", html.Span("x")), ("data-x", dash.html.Span("x")),
    ],
)  # fmt: skip
def test_what_dash_refuses_is_refused(name: str, value: Any) -> None:
    for kind in (html.Td, dash.html.Td):
        with pytest.raises(TypeError):
            kind("x", **{name: value})


def test_dash_knows_of_no_further_package() -> None:
    """What it knows of goes to the browser with each page."""
    assert html.Td("x")._namespace == "dash_html_components"  # noqa: SLF001
    assert "dash" not in ComponentRegistry.children_props
