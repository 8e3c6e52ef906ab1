"""Ready declarations of layouts that others publish, each with what it was checked against.

``PARTNER``, ``NAME`` and ``KIND`` stand for what ``kit`` fills in.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).parent
#: Layout to what it was checked against.
LAYOUTS: Mapping[str, str] = MappingProxyType(
    {
        "htcds": "the survey form that the standard publishes (HTCDS 2.0, UN Migration)",
        "ctdc": "the columns of the Global Dataset of 2020 as public programs read them; its "
        "values by their description alone",
        "primero": "the fields of an incident in Primero's public code; values by their "
        "description alone",
        "gbvims": "a description of the Incident Recorder alone",
    }
)


def layout_text(layout: str, name: str, partner: str, kind: str) -> str:
    """The text of a declaration of a layout."""
    text = (_FOLDER / f"{layout}.toml").read_text(encoding="utf-8")
    for word, value in (("NAME", name), ("PARTNER", partner), ("KIND", kind)):
        text = text.replace(word, value)
    return text
