"""Page: one HTML file for the operator that needs no network and only its user may read.

What stands in a page belongs to its template in ``templates`` and to whoever fills it:
``release.preview.render``, ``commands.understanding``, ``feedback.render``, ``kit.words``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from dashboard.model.html import templates
from dashboard.model.languages import OWN
from dashboard.model.shipped import ASSETS
from etl.own_file import make_own
from etl.visible import visible

_TOKENS = ASSETS / "css" / "tokens.css"
_STYLE = Path(__file__).with_name("page.css")


def write_page(path: Path, content: str) -> None:
    """Write a page that only the operator's user may read.

    Raises:
        OperatorError: If the folder of the file is not there, or it is a folder itself.
    """
    make_own(path, "page")
    path.write_text(visible(content, lines=True), encoding="utf-8", newline="\n")


def page(template: str, **values: Any) -> str:
    """A page as HTML: the template of that name, filled with the values."""
    return _environment().get_template(f"{template}.html").render(values)


@cache
def _environment() -> Environment:
    """Environment of the templates, whose style begins with the product's colours and sizes."""
    tokens = re.search(r":root \{.*?\n\}", _TOKENS.read_text(encoding="utf-8"), re.DOTALL)
    if tokens is None:
        raise RuntimeError(f"{_TOKENS.name} has no tokens")
    style = f"{OWN.token}\n{tokens[0]}\n{_STYLE.read_text(encoding='utf-8')}"
    markup = Markup(style)  # noqa: S704 # nosec B704
    return templates(Path(__file__).with_name("templates"), style=markup)
