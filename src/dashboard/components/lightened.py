"""What of the shell is a component: that which callbacks hear of, and what leads there.

Dash asks each component of a layout at each of some fifty steps of a change. What stands between
the controls and listens to nothing is therefore text: its element stays, and what it holds is
written (``markup``) and put in place by ``assets/js/written.js`` before the first paint.
"""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from dashboard.components.markup import TAGS, markup

#: The attribute that holds what is written.
WRITTEN = "data-written"


def lightened(part: Any) -> Any:
    """The same layout with as few components as it needs; the one that is given is left alone.

    Args:
        part: A component, text, None, or a sequence of such.

    Raises:
        TypeError: an element holds an attribute that no fragment has.
    """
    if isinstance(part, list | tuple):
        return [lightened(child) for child in part]
    held = getattr(part, "children", None)
    if not isinstance(part, Component) or not _holds_component(held):
        return part
    if _is_written(part) and _is_silent(held):
        return _with(part, children=None, **{WRITTEN: markup(held)})
    return _with(part, children=lightened(held))


def _with(part: Component, **changed: Any) -> Component:
    given = {
        name: value
        for name, value in vars(part).items()
        if name in part._prop_names or name.startswith(("data-", "aria-"))
    }
    return type(part)(**{**given, **changed})


def _holds_component(part: Any) -> bool:
    if isinstance(part, list | tuple):
        return any(_holds_component(child) for child in part)
    return isinstance(part, Component)


def _is_silent(part: Any) -> bool:
    """Whether neither a part nor what it holds listens to anything."""
    if isinstance(part, list | tuple):
        return all(_is_silent(child) for child in part)
    if not isinstance(part, Component):
        return True
    return _is_written(part) and _is_silent(getattr(part, "children", None))


def _is_written(part: Component) -> bool:
    return part._namespace == "dash_html_components" and part._type in TAGS
