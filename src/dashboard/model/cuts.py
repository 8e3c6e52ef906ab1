"""Cuts: tables of the pages to whose totals units are fitted, by fact and columns.

The page on data and quality lists how far each is off. Exhibits may draw any other table; its error
follows from echoes too. A cut without columns is the total.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.country import FIRST, SECOND, THIRD
from dashboard.model.facts import fact


@dataclass(frozen=True)
class Cut:
    """Columns of a fact that stand together on a page.

    Attributes:
        fact: Id of the fact.
        dimensions: Columns of its table in a release, areas above places among them.
    """

    fact: str
    dimensions: tuple[str, ...]

    def __post_init__(self) -> None:
        columns = {name for name, _ in fact(self.fact).columns}
        if unknown := set(self.dimensions) - columns:
            raise ValueError(f"{self.fact} has no columns {sorted(unknown)}")

    @property
    def id(self) -> str:
        """Its columns joined by commas."""
        return ",".join(self.dimensions)


def _cuts(fact_id: str, text: str) -> tuple[Cut, ...]:
    """Cuts of a fact: a comma stands between two of them, a blank between their columns."""
    return tuple(Cut(fact_id, tuple(cut.split())) for cut in text.split(","))


#: Areas by level, alone and by class, of whatever is drawn on a map.
_AREAS = ", ".join(f"{level}, {level} class_group" for level in (FIRST, SECOND, THIRD))

CUTS: tuple[Cut, ...] = (
    *(Cut(fact_id, ()) for fact_id in ("people", "incidents")),
    *_cuts(
        "people",
        """class_group, sex, age_band sex, exploitation, exploitation_stage, promise,
        rescuing_authority, recruitment_place sex, mode destination_country""",
    ),
    *_cuts("people", _AREAS),
    *_cuts("incidents", "class_group"),
    *_cuts("incidents", _AREAS),
    *_cuts(
        "legs",
        f"""corridor, corridor class_group, corridor mode,
        from_{SECOND} from_country to_{SECOND} to_country,
        from_{FIRST} from_country to_{FIRST} to_country""",
    ),
    *_cuts("journeys", "corridor, corridor class_group, corridor mode"),
    *_cuts("requests", "step, service, from_agency_type service"),
    *_cuts("endings", "status, service status"),
)
