"""Filters: what a reader may restrict a page to, each described once.

From an entry follow its parameter in addresses, its codes, its conditions over each fact
(``dashboard.filters``), its control and menu, its chips and words, and the lists that scripts get.
A new filter is one entry here and its phrases. Period, comparison and edition are no filters: they
take no codes. A reader's choice is a value of ``dashboard.filters``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dashboard.model import codes
from dashboard.model import fields as f
from dashboard.model.camps import CAMPS_OF
from dashboard.model.codes import CodeList
from dashboard.model.fields import Field

#: Menus of the filter bar that hold filters, in order.
MENUS: tuple[str, ...] = ("corridor", "area", "class", "people", "mode")


@dataclass(frozen=True)
class Filter:
    """One filter.

    Attributes:
        name: Its parameter in an address.
        menu: The menu of the filter bar that it stands in.
        fields: The fields that serve it: a fact with any of them can be asked, and any may match.
        lists: Closed lists of its codes in the order of its menu; none where they are places.
        shorthands: Further codes, each standing for several of its lists.
        holding: Codes that lie within a code and that units may name, such as camps of a region.
        has_names: Whether its labels are names, which keep their capital inside a sentence.

    Raises:
        ValueError: no such menu.
    """

    name: str
    menu: str
    fields: tuple[Field, ...]
    lists: tuple[CodeList, ...] = ()
    shorthands: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    holding: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    has_names: bool = False

    def __post_init__(self) -> None:
        if self.menu not in MENUS:
            raise ValueError(f"filter {self.name} stands in no menu: {self.menu!r}")

    def label_in(self, lang: str) -> str:
        """The name of its control: the label of the first field that serves it."""
        return self.fields[0].label_in(lang)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that it takes, shorthands first; empty where they are places."""
        listed = (code for entry in self.lists for code in entry.values)
        return tuple(dict.fromkeys((*self.shorthands, *listed)))

    def expanded(self, chosen: tuple[str, ...]) -> tuple[str, ...]:
        """The chosen codes, shorthands replaced, with the codes that lie within each."""
        listed = (code for name in chosen for code in self.shorthands.get(name, (name,)))
        return tuple(each for code in listed for each in (code, *self.holding.get(code, ())))

    def list_of(self, code: str) -> CodeList:
        """The first of its lists that holds a code; KeyError for no such code."""
        for entry in self.lists:
            if code in entry:
                return entry
        raise KeyError(f"{self.name} has no code {code!r}")


FILTERS: tuple[Filter, ...] = (
    Filter(
        "area",
        "area",
        (f.PLACE, f.FROM_PLACE, f.TO_PLACE, f.ORIGIN, f.JOURNEY_DESTINATION),
        holding=CAMPS_OF,
        has_names=True,
    ),
    Filter(
        "class",
        "class",
        (
            f.CLASS,
            f.CLASS_GROUP,
            f.INCIDENT_CLASS,
            f.INCIDENT_CLASS_GROUP,
            f.FROM_CLASS,
            f.TO_CLASS,
        ),
        (codes.CLASS_GROUP_OR_MIXED, codes.CLASS),
        MappingProxyType({"trafficking": codes.TRAFFICKING_GROUPS}),
    ),
    Filter("role", "area", (f.PLACE_ROLE,), (codes.PLACE_ROLE,)),
    Filter("sex", "people", (f.SEX,), (codes.SEX,)),
    Filter("age", "people", (f.AGE_BAND,), (codes.AGE_BAND,)),
    Filter("child", "people", (f.IS_CHILD,), (codes.IS_CHILD,)),
    Filter("group", "people", (f.POPULATION_GROUP,), (codes.POPULATION_GROUP,), has_names=True),
    Filter("status", "people", (f.LEGAL_STATUS,), (codes.LEGAL_STATUS,)),
    Filter("identified_by", "people", (f.IDENTIFIED_BY,), (codes.AGENCY_TYPE,), has_names=True),
    Filter("corridor", "corridor", (f.CORRIDOR,), (codes.CORRIDOR,), has_names=True),
    Filter("mode", "mode", (f.MODE,), (codes.MODE,)),
)
NAMES: tuple[str, ...] = tuple(entry.name for entry in FILTERS)
#: Codes of every filter that takes codes of a list; those of places a release knows.
CODED_FILTERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {entry.name: entry.codes for entry in FILTERS if entry.lists}
)
#: The parameter that restricts the time of every fact.
PERIOD = "period"


def filter_named(name: str) -> Filter:
    """The filter of a name; KeyError for no such filter."""
    for entry in FILTERS:
        if entry.name == name:
            return entry
    raise KeyError(f"no filter {name!r}")


def filters_in(menu: str) -> tuple[Filter, ...]:
    """The filters of a menu, in order."""
    return tuple(entry for entry in FILTERS if entry.menu == menu)


def filter_of(field: Field) -> str | None:
    """Name of the filter that a field serves, ``period`` for the time of a fact; None for none."""
    if field in (f.MONTH, f.QUARTER):
        return PERIOD
    return next((entry.name for entry in FILTERS if field in entry.fields), None)
