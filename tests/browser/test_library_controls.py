"""The controls that lie in assets/vendor are those of the installed packages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import dash
import dash_bootstrap_components as dbc
from playwright.sync_api import Browser

OURS = Path(__file__).parents[2] / "assets" / "vendor" / "controls-atlas.min.js"
THEIRS = Path(dbc.__file__).parent / "_components" / "dash_bootstrap_components.min.js"
DEPENDENCIES = [
    next((Path(dash.__file__).parent / "deps").glob(f"{name}*.min.js"))
    for name in ("react@18.3", "react-dom@18.3", "prop-types@")
]
OPTIONS = [{"label": "Sea", "value": "sea"}, {"label": "Air", "value": "air"},
           {"label": "Land & river", "value": "land", "disabled": True}]  # fmt: skip
#: Components as the pages have them, and as they might.
ASKED: list[tuple[str, dict[str, Any]]] = [
    ("Checklist", {"id": "mode", "options": OPTIONS, "value": ["sea", "air"]}),
    ("Checklist", {"id": "mode", "options": OPTIONS, "value": [], "inline": True, "switch": True}),
    ("RadioItems", {"id": "period", "name": "period", "options": OPTIONS, "value": "land"}),
    ("RadioItems", {"id": "period", "options": ["a", "b"], "class_name": "months"}),
    ("Select", {"id": "from", "options": OPTIONS, "value": "air", "size": "sm"}),
    ("Select", {"id": "from", "options": OPTIONS, "placeholder": "From <here>"}),
    ("Row", {"class_name": "month-pair", "children": "x", "align": "center"}),
    ("Col", {"children": "x", "width": 6, "md": {"size": 3, "offset": 1}}),
]
RENDER = """(asked) => asked.map(([name, {children, ...props}]) => {
  const place = document.createElement('div');
  const part = React.createElement(
    dash_bootstrap_components[name], {...props, setProps: () => {}}, children);
  ReactDOM.flushSync(() => ReactDOM.createRoot(place).render(part));
  return place.innerHTML;
})"""
TYPES = """(names) => Object.fromEntries(
  names.map((name) => [name, Object.keys(dash_bootstrap_components[name].propTypes).sort()]))"""


def told(browser: Browser, script: Path) -> tuple[list[str], dict[str, list[str]]]:
    """What a script of controls makes of components, and which properties they have."""
    page = browser.new_page()
    page.evaluate("window.dash_component_api = {useDashContext: () => ({useLoading: () => false})}")
    for path in (*DEPENDENCIES, script):
        page.add_script_tag(content=path.read_text(encoding="utf-8"))
    drawn = page.evaluate(RENDER, json.loads(json.dumps(ASKED)))
    types = page.evaluate(TYPES, sorted({name for name, _ in ASKED}))
    return drawn, types


def test_controls_are_drawn_as_the_installed_package_draws_them(browser: Browser) -> None:
    (drawn, types), (of_package, types_of_package) = told(browser, OURS), told(browser, THEIRS)
    assert all(len(html) > 20 for html in drawn)
    assert drawn == of_package
    assert all(types.values())
    assert types == types_of_package
