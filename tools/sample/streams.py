"""The story of the sample: streams of people beside those shared out as published figures say.

A stream goes from some areas through one corridor, at a number of people that is given quarter by
quarter, so that something rises, something starts and something moves. Most are a national line
list's: a country around the camps. Its places were chosen by hand for the story, and say nothing
about real ones; the story stands in ``data/sample/README.md``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model import codes
from tools.sample.draws import Weights, shares

#: The partners A, B and C keep referrals as well; E and F are small, F stops.
PARTNERS = ("partner-a", "partner-b", "partner-c", "partner-d", "partner-e", "partner-f")
REFERRING = ("partner-a", "partner-b", "partner-c")
NATIONAL = "partner-d"
SMALL, STOPPING = "partner-e", "partner-f"
#: Partner F sends nothing for so many last months.
SILENT_MONTHS = 6

#: People a quarter who are shared out as published figures say.
SHARED_OUT = 150

GROUP_SIZES = (1, 2, 3, 6, 12, 25)
#: Assumed: groups on land, groups that a list of cases holds, and those who go nearly alone.
GROUPS = (0.72, 0.14, 0.07, 0.045, 0.02, 0.005)
_LARGER = (0.42, 0.22, 0.18, 0.13, 0.05, 0)
_FEW = (0.86, 0.11, 0.03, 0, 0, 0)

_NATIONALS = shares(codes.POPULATION_GROUP, other_bangladeshi=0.93, host_community=0.07)


@dataclass(frozen=True)
class Stream:
    """People who go the same way.

    Attributes:
        name: What it is.
        way: Name of the way of travelling.
        corridor: Code of the corridor.
        quarters: People in the last quarter, in the one before, and so on; the last number stands
            for all quarters before.
        homes: Weights over areas where people are recruited; a district stands for its upazilas.
        destinations: Weights over districts, countries and cities abroad.
        gate: Place in Bangladesh through which it leads, or ''.
        population: Weights over the codes of ``population_group``.
        sizes: Weights over ``GROUP_SIZES``.
        partners: Weights over partners who report it.
    """

    name: str
    way: str
    corridor: str
    quarters: tuple[int, ...]
    homes: dict[str, float]
    destinations: dict[str, float]
    gate: str
    population: Weights
    sizes: tuple[float, ...]
    partners: tuple[tuple[str, float], ...] = ((NATIONAL, 1.0),)

    def in_month(self, before_last: int) -> int:
        """People a quarter at the rate of a month, counted back from the last one."""
        return self.quarters[min(before_last // 3, len(self.quarters) - 1)]


_SOUTH_WEST = {"BD4041": 0.4, "BD4087": 0.25, "BD4047": 0.15, "BD4044": 0.1, "BD4018": 0.1}
_DHAKA, _GAZIPUR, _NARAYANGANJ = "BD3026", "BD3033", "BD3067"
_EVERYWHERE: dict[str, float] = dict.fromkeys(
    (
        "BD1006", "BD1009", "BD1078", "BD2013", "BD2046", "BD2075", "BD3048", "BD3093",
        "BD4050", "BD4539", "BD4561", "BD4572", "BD4589", "BD5010", "BD5064", "BD5070",
        "BD5081", "BD5088", "BD5527", "BD5532", "BD5549", "BD5585", "BD6036", "BD6090",
    ),
    1.0,
)  # fmt: skip
STREAMS = (
    # The rise: out of one upazila, over the river beside it.
    Stream(
        "over the Naf", "river", "naf_river", (60, 4), {"BD20220090": 1}, {"MM": 1}, "",
        shares(codes.POPULATION_GROUP, host_community=0.75, rohingya_refugee=0.25), _FEW,
        (("partner-a", 0.4), ("partner-b", 0.3), ("partner-c", 0.3)),
    ),
    # The start: nobody for fifteen months, then people out of one border district. It was used
    # before, since a code that is new stands under "other" until the next January.
    Stream(
        "to Assam", "overland", "bd_india_northeast", (18, 18, 18, 18, 0, 0, 0, 0, 0, 12),
        {"BD6091": 0.8, "BD6058": 0.2}, {"INGAU": 0.5, "IN": 0.5}, "BD60910041", _NATIONALS, _FEW,
    ),
    # The move: the same districts, over land until a year before the end, then by air.
    Stream(
        "to India", "overland", "bd_india_southwest", (4, 4, 8, 16, 36), _SOUTH_WEST,
        {"INCCU": 0.4, "INBOM": 0.2, "INDEL": 0.1, "IN": 0.3}, "BD40410090", _NATIONALS, GROUPS,
    ),
    Stream(
        "to the Gulf", "air", "air_gulf", (38, 38, 34, 26, 6), _SOUTH_WEST,
        {"SA": 0.5, "AE": 0.3, "OM": 0.2}, _DHAKA, _NATIONALS, GROUPS,
    ),
    # What stays as it is.
    Stream(
        "to Libya", "air", "air_north_africa_europe", (12,),
        {"BD3054": 0.4, "BD3086": 0.25, "BD3035": 0.2, "BD3029": 0.15},
        {"LY": 0.7, "IT": 0.3}, _DHAKA, _NATIONALS, _LARGER,
    ),
    Stream(
        "to Malaysia", "air", "air_southeast_asia", (6,),
        {"BD2019": 0.4, "BD3068": 0.3, "BD3093": 0.3}, {"MY": 1}, _DHAKA, _NATIONALS, _LARGER,
    ),
    Stream(
        "to Dhaka", "inside", "bd_internal", (18,), _EVERYWHERE,
        {_DHAKA: 0.6, _GAZIPUR: 0.25, _NARAYANGANJ: 0.15}, "", _NATIONALS, _LARGER,
    ),
)  # fmt: skip


def people_of_streams(people: int, months: int) -> tuple[int, ...]:
    """People of each stream of a plan; who is left is shared out as published figures say."""
    rates = [sum(stream.in_month(month) for month in range(months)) for stream in STREAMS]
    whole = SHARED_OUT * months + sum(rates)
    return tuple(people * rate // whole for rate in rates)
