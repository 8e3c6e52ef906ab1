"""Many flows: journeys inside the country shared out evenly over so many pairs of districts.

For maps and tables that must stand a register with far more flows than a real one. Where people
of an ordinary sample come from and go to stands in ``world`` and ``journeys``.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dashboard.model import codes
from tools.sample.draws import NONE, position
from tools.sample.incidents import Incidents
from tools.sample.journeys import Journeys
from tools.sample.world import HOST_DISTRICT, World


def spread(
    rng: np.random.Generator, world: World, incidents: Incidents, journeys: Journeys, flows: int
) -> tuple[Incidents, Journeys]:
    """Incidents and journeys whose legs inside the country join so many pairs of districts.

    Refugees, and who cross a border, travel as before. What was not recorded stays unknown.

    Args:
        rng: Draws the pair of each journey.
        world: Its districts are the ends.
        incidents: Who travels.
        journeys: How they travel.
        flows: How many pairs there are.
    """
    refugee = position(codes.POPULATION_GROUP, "rohingya_refugee")
    among = np.flatnonzero(~incidents.abroad & (incidents.population != refugee))
    districts = np.append(world.districts, np.int32(world.at(HOST_DISTRICT)))
    # Each district is joined with the next one, then each with the one after that, and so on.
    pair_number = rng.permutation(np.arange(len(among)) % flows)
    start = pair_number % len(districts)
    end = (start + 1 + pair_number // len(districts)) % len(districts)
    home, recruitment = incidents.home.copy(), incidents.recruitment.copy()
    home[among] = districts[start]
    recruitment[among] = np.where(recruitment[among] == NONE, NONE, districts[start])
    ends = {"gate": np.full(len(among), NONE, np.int32)}
    for name, spots in (("destination", end), ("exploited_at", end), ("intercepted_at", start)):
        recorded = getattr(journeys, name)[among]
        ends[name] = np.where(recorded == NONE, NONE, districts[spots])
    changed = {name: getattr(journeys, name).copy() for name in ends}
    for name, spots in ends.items():
        changed[name][among] = spots
    return replace(incidents, home=home, recruitment=recruitment), replace(journeys, **changed)
