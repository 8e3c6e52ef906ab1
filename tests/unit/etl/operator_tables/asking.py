"""What the tests of handed tables share: the command, and rows that are right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

#: The rows of a kind that a store keeps, without their ids.
Rows = Callable[[str], list[dict[str, str]]]
#: A row that is right, of each kind that is read from tables.
GOOD: Mapping[str, Mapping[str, str]] = {
    "notes": {"month": "2026-07", "kind": "flood", "text": "Flood along the Naf River"},
    "populations": {
        "area_code": "BD2022", "population": "2823265", "year": "2022",
        "boundaries": "adm_v03", "population_group": "host",
    },
    "capacities": {
        "area": "BD2022", "service": "safe_shelter", "group": "women", "places": "30",
        "as_of": "2026-07-01",
    },
    "targets": {
        "indicator": "services.legal_aid", "area": "BD2022", "group": "girls",
        "period": "2026-01..2026-12", "target": "30", "source": "Response plan 2026",
    },
}  # fmt: skip


def row(kind: str, /, **changes: str) -> list[str]:
    """Words that add the good row of a kind, with changes."""
    cells = {**GOOD[kind], **changes}
    return [kind, "--row", *(f"{name}={cell}" for name, cell in cells.items())]
