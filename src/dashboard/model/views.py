"""Views: the tables of numbers that the pages show, by fact and columns.

The publisher states the expected error of each of them, and the dashboard judges by the same list
whether one may be drawn. A view without columns is the total. How a view is drawn belongs to the
exhibits.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.facts import FACTS, fact


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


VIEWS: tuple[PageView, ...] = (
    *(PageView(entry.id, ()) for entry in FACTS),
    *_views(
        "people",
        """class_group, sex, is_child, population_group, age_band sex, exploitation,
        exploitation_stage, mode, mode destination_country, corridor, destination_country, promise,
        recruitment_place sex, rescuing_authority, division, division class_group, district,
        district class_group, upazila, upazila class_group, place, place class_group""",
    ),
    *_views(
        "incidents",
        """class_group, mode, corridor, division, division class_group, district,
        district class_group, upazila, upazila class_group, place, place class_group""",
    ),
    *_views(
        "legs",
        """corridor, corridor class_group, from_district to_district, from_place to_place,
        from_district to_country, from_country to_country""",
    ),
    *_views("journeys", "origin_district destination_district, transit"),
    *_views("requests", "service, from_agency_type service, to_agency_type service, place"),
    *_views("endings", "service, service status, status, service service_band, place"),
    *_views("reclassifications", "from_class to_class"),
)


def view(fact_id: str, dimensions: tuple[str, ...]) -> PageView:
    """The view of these columns, in whatever order; KeyError where no page shows it."""
    wanted = set(dimensions)
    for entry in VIEWS:
        if entry.fact == fact_id and set(entry.dimensions) == wanted:
            return entry
    raise KeyError(f"no page shows {fact_id} by {', '.join(dimensions)}")
