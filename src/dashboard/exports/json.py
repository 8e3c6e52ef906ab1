"""JSON: how every file of it is written, and an exhibit as one.

An exhibit has the keys of the value itself but those that pages alone read.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from dashboard.exhibits.exhibit import Exhibit
from dashboard.filters import Filters

CONTENT_TYPE = "application/json; charset=utf-8"


def as_text(value: Any) -> str:
    """A value as JSON without blanks, whose letters are not escaped."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def as_json(exhibit: Exhibit, filters: Filters) -> str:
    """The exhibit, what it is called first, and the canonical query string that it answers."""
    value = {"id": exhibit.id, "title": exhibit.title, **asdict(replace(exhibit, plot=None))}
    del value["plot"], value["ask"]
    value["query"] = filters.to_query()
    return as_text(value)
