"""An exhibit as JSON, with the keys of the value itself."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import Definition
from dashboard.filters import Reading
from dashboard.model.facts import fact

CONTENT_TYPE = "application/json; charset=utf-8"


def as_json(exhibit: Exhibit, reading: Reading) -> str:
    """The exhibit, the canonical query string it answers, and what was ignored in it."""
    value = asdict(exhibit)
    value["query"] = reading.filters.to_query()
    value["ignored"] = [asdict(part) for part in reading.ignored]
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def catalogue(definitions: tuple[Definition, ...]) -> str:
    """All exhibits: id, facts, the filters that apply to each fact, and options."""
    listed: list[dict[str, Any]] = [
        {
            "id": entry.id,
            "facts": {name: ["period", *_served(name)] for name in entry.facts},
            "options": {option.name: list(option.values) for option in entry.options},
            "json": f"/exhibit/{entry.id}.json",
            "csv": f"/exhibit/{entry.id}.csv",
            "xlsx": f"/exhibit/{entry.id}.xlsx",
        }
        for entry in definitions
    ]
    return json.dumps({"exhibits": listed}, ensure_ascii=False)


def _served(fact_id: str) -> list[str]:
    return sorted(name for name in fact(fact_id).filters if name != "period")
