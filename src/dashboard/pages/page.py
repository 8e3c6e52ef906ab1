"""What a page is: a path, a name, a title, and which exhibits stand where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from dashboard.exhibits.registry import definition
from dashboard.model.facts import Fact, fact

Shape = Literal[
    "tiles", "chart", "diagram", "map", "either", "brush", "list", "changes", "table", "editions",
    "text", "facts", "brief",
]  # fmt: skip
#: Columns of a wide screen, and how many rows of them are made with a page at once.
COLUMNS, LEADING_ROWS = 12, 2
#: Shapes that scripts draw, charts with plotly; the others are HTML. One is either, as it is asked.
DRAWN: tuple[Shape, ...] = ("chart", "map", "either")


@dataclass(frozen=True)
class Slot:
    """Where one exhibit stands.

    Attributes:
        exhibit: Id of the exhibit.
        shape: What it looks like; decides its room.
        width: Columns of twelve on a wide screen.
        rows: Rows of the grid that it spans, beside lower ones.
    """

    exhibit: str
    shape: Shape
    width: int = 12
    rows: int = 1

    @property
    def is_scripted(self) -> bool:
        """Whether scripts draw it, not HTML alone."""
        return self.shape in DRAWN


@dataclass(frozen=True)
class Section:
    """Slots under one heading; '' for a section without one. Rows break by widths of twelve.

    Attributes:
        slots: What stands in it.
        name: Key of its heading.
        above, beside: Ids of parts of its grid that are no exhibits, or ''.
    """

    slots: tuple[Slot, ...]
    name: str = ""
    above: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes:
        path: Path of its address.
        name: Key of its words: navigation, title and lead.
        icon: Name of its icon.
        heading: Whether its title is shown above the exhibits, kept for screen readers, or the
            finding of ``exhibits.headlines``.
        sections: What stands on it, from top to bottom.
        body: Makes what stands there in a language instead, on a page without exhibits.
        listed: Whether the navigation leads to it.
        key: Letter that leads to it after "g"; '' for none.
        is_meeting: Whether it is about a month of its own, so that no filters stand above it, with
            buttons beside its title, and what is open from the last meeting at its end.
        more: Exhibits that a line of links at its end opens, each on a page of its own.
        links: Names of other pages to which that line leads first.
        is_alone: Whether it is such a page of one exhibit.
    """

    path: str
    name: str
    icon: str
    heading: Literal["shown", "hidden", "finding"]
    sections: tuple[Section, ...] = ()
    body: Callable[[str], Markup] | None = None
    listed: bool = True
    key: str = ""
    is_meeting: bool = False
    more: tuple[Slot, ...] = ()
    links: tuple[str, ...] = ()
    is_alone: bool = False

    @property
    def alone(self) -> tuple[Page, ...]:
        """The pages of single exhibits that its line of links opens."""
        return tuple(
            Page(
                path=path_alone(slot.exhibit),
                name=self.name,
                icon=self.icon,
                heading="hidden",
                sections=(Section((slot,)),),
                links=(self.name,),
                listed=False,
                is_alone=True,
            )
            for slot in self.more
        )

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All slots in reading order."""
        return tuple(slot for section in self.sections for slot in section.slots)

    @property
    def leading(self) -> tuple[str, ...]:
        """Ids of the exhibits in the first rows of a wide screen, in sight when the page opens."""
        ids: list[str] = []
        filled = 0
        for slot in self.slots:
            if filled >= COLUMNS * LEADING_ROWS:
                break
            ids.append(slot.exhibit)
            filled += slot.width * slot.rows
        return tuple(ids)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that its exhibits count, each once, without those of published sources."""
        ids = dict.fromkeys(name for slot in self.slots for name in definition(slot.exhibit).facts)
        return tuple(each for each in map(fact, ids) if not each.published)

    @property
    def compares(self) -> bool:
        """Whether some exhibit shows the numbers of the months that a period is compared with."""
        return any(definition(slot.exhibit).compares for slot in self.slots)


def path_alone(exhibit_id: str) -> str:
    """Path of the page that an exhibit has to itself.

    >>> path_alone("routes.chains")
    '/routes/chains'
    """
    return f"/{exhibit_id.replace('.', '/')}"
