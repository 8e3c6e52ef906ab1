"""Views: the tables of numbers that the pages show, by fact and columns.

The publisher states the expected error of each of them, and the dashboard judges by the same list
whether one may be drawn: an exhibit that draws another one fails, and one that nothing draws does
not stay. A view without columns is the total. How a view is drawn belongs to the exhibits.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.facts import fact


@dataclass(frozen=True)
class PageView:
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
        """Its columns joined by commas, as the table ``accuracy`` of a release names it."""
        return ",".join(self.dimensions)


def _views(fact_id: str, lines: str) -> tuple[PageView, ...]:
    return tuple(PageView(fact_id, tuple(line.split())) for line in lines.split(","))


#: Areas by level, alone and by class, of whatever is drawn on a map.
_AREAS = """division, division class_group, district, district class_group,
    upazila, upazila class_group"""

VIEWS: tuple[PageView, ...] = (
    *(PageView(fact_id, ()) for fact_id in ("people", "incidents")),
    *_views(
        "people",
        """class_group, sex, age_band sex, exploitation, exploitation_stage, promise,
        rescuing_authority, recruitment_place sex, mode destination_country""",
    ),
    *_views("people", _AREAS),
    *_views("incidents", "class_group, corridor"),
    *_views("incidents", _AREAS),
    *_views(
        "legs",
        """corridor, corridor class_group, corridor mode,
        from_district from_country to_district to_country,
        from_division from_country to_division to_country""",
    ),
    *_views("requests", "step, service, from_agency_type service"),
    *_views("endings", "status, service status"),
)


def view(fact_id: str, dimensions: tuple[str, ...]) -> PageView:
    """The view of these columns, in whatever order; KeyError where no page shows it."""
    wanted = sorted(dimensions)
    for entry in VIEWS:
        if entry.fact == fact_id and sorted(entry.dimensions) == wanted:
            return entry
    raise KeyError(f"no page shows {fact_id} by {', '.join(dimensions)}")
