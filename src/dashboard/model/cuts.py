"""Cuts: the tables of numbers that the pages show, by fact and columns.

Units are fitted to the totals of ``CUTS``; how far each is off, the page on data and quality lists.
``FALLBACKS`` are shown where there are too few events for one of those. An exhibit that draws
another table fails, and one that nothing draws does not stay. A cut without columns is the total.
How a cut is drawn belongs to the exhibits.
"""

from __future__ import annotations

from dataclasses import dataclass

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
        known = {name for name, _ in fact(self.fact).columns}
        if unknown := set(self.dimensions) - known:
            raise ValueError(f"{self.fact} has no columns {sorted(unknown)}")

    @property
    def id(self) -> str:
        """Its columns joined by commas."""
        return ",".join(self.dimensions)


def _cuts(fact_id: str, lines: str) -> tuple[Cut, ...]:
    return tuple(Cut(fact_id, tuple(line.split())) for line in lines.split(","))


#: Areas by level, alone and by class, of whatever is drawn on a map.
_AREAS = """division, division class_group, district, district class_group,
    upazila, upazila class_group"""

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
        """corridor, corridor class_group, corridor mode,
        from_district from_country to_district to_country,
        from_division from_country to_division to_country""",
    ),
    *_cuts("journeys", "corridor, corridor class_group, corridor mode"),
    *_cuts("requests", "step, service, from_agency_type service"),
    *_cuts("endings", "status, service status"),
)


#: Tables that figures fall back to or that a reader asks for: no total is fitted to them.
FALLBACKS: tuple[Cut, ...] = (
    *_cuts(
        "people",
        """place, is_child sex, recruitment_place, mode, mode scope, scope, corridor,
        corridor class_group, corridor mode, population_group,
        identification_step""",
    ),
    *_cuts("incidents", "place, mode, dead_or_missing_band"),
    *_cuts(
        "legs",
        """from_country to_country, corridor completed, completed,
        from_district to_district mode, from_division to_division mode,
        from_country to_country mode""",
    ),
    *_cuts(
        "journeys",
        """class_group, mode, transit,
        origin_district origin_country, origin_division origin_country, origin_country,
        destination_district destination_country, destination_division destination_country,
        destination_country,
        origin_district origin_country transit destination_district destination_country,
        origin_division origin_country transit destination_division destination_country,
        origin_country transit destination_country""",
    ),
    *(Cut(fact_id, ()) for fact_id in ("journeys", "requests", "endings")),
    *_cuts(
        "requests",
        """sex is_child service, service priority, upazila service, district service,
        division service""",
    ),
    *_cuts(
        "endings",
        """service, service lag_quarters, service service_band, priority service_band,
        service priority service_band,
        service status no_service_reason, status no_service_reason,
        step status, step status lag_quarters""",
    ),
    *_cuts("reclassifications", "from_class to_class, to_class, decision_band"),
)


def cut(fact_id: str, dimensions: tuple[str, ...]) -> Cut:
    """The cut of these columns, in whatever order; KeyError where no page shows it."""
    wanted = sorted(dimensions)
    for entry in (*CUTS, *FALLBACKS):
        if entry.fact == fact_id and sorted(entry.dimensions) == wanted:
            return entry
    raise KeyError(f"no page shows {fact_id} by {', '.join(dimensions)}")
