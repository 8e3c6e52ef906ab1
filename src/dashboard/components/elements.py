"""Elements: those of ``dash.html``, made without what Dash does for each of them.

An answer has some hundred elements and a long table some thousand. Dash makes the message of an
error for every attribute of each before it looks whether there is one, which took a sixth of an
answer. These are the same elements to Dash, to ``markup`` and to a type checker, and refuse what
those of Dash refuse; an id is text.
"""

from __future__ import annotations

from inspect import isclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import dash
from dash.development.base_component import Component

if TYPE_CHECKING:
    from dash import html as html
else:

    def _light(element: type[Component]) -> type[Component]:
        """An element that keeps what all of its kind have in common once."""
        of_class = {name: getattr(element, name) for name in ("_namespace", "_children_props")}
        common = {name: value for name, value in vars(element()).items() if name != "children"}
        known = frozenset(common["_prop_names"]) - {"children"}

        def begin(self: Any, children: Any = None, **attributes: Any) -> None:
            for name, value in attributes.items():
                if name not in known and not name.startswith(("data-", "aria-")):
                    raise TypeError(f"{element.__name__} has no attribute {name}")
                if type(value) is not str and (name == "id" or isinstance(value, Component)):
                    raise TypeError(f"{name} of {element.__name__} is no text: {value!r}")
            own = vars(self)
            own["children"] = children
            own.update(attributes)

        made = {"__init__": begin, "__doc__": element.__doc__, "__module__": element.__module__}
        return type(element.__name__, (element,), of_class | common | made)

    html = SimpleNamespace(
        **{
            name: _light(element)
            for name, element in vars(dash.html).items()
            if isclass(element) and issubclass(element, Component)
        }
    )
