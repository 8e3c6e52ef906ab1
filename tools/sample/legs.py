"""Legs of invented journeys, as the partners who record them see them.

A leg has the spot or the position of a code for each incident, by the name of the field.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.model import codes
from tools.sample.draws import NONE, Codes, position
from tools.sample.invention import Invention
from tools.sample.journeys import COMPLETED, first_leg_mode

Leg = dict[str, NDArray[Any]]


def whole_way(invention: Invention) -> Leg:
    """The journey as one leg."""
    journeys = invention.journeys
    to_exploitation = position(codes.LEG_ROLE, "to_exploitation")
    return {
        "from_place": invention.incidents.recruitment,
        "to_place": journeys.destination,
        "mode": journeys.mode,
        "mode_detail": journeys.vehicle,
        "completed": journeys.end,
        "scope": _scope(journeys.crosses),
        "corridor": journeys.corridor,
        "rescuing_authority": journeys.authority,
        "leg_role": np.full(len(journeys.mode), to_exploitation, dtype=np.int16),
    }


def two_legs(invention: Invention) -> tuple[Leg, Leg]:
    """Leg to the gate inside the country and leg from it; without a gate the first is all."""
    journeys, whole = invention.journeys, whole_way(invention)
    has_gate = journeys.gate != NONE
    to_gate = {
        "from_place": whole["from_place"],
        "to_place": journeys.gate,
        "mode": first_leg_mode(journeys),
        "mode_detail": NONE,
        "completed": COMPLETED,
        "scope": position(codes.SCOPE, "internal"),
        "corridor": position(codes.CORRIDOR, "bd_internal"),
        "rescuing_authority": NONE,
        "leg_role": position(codes.LEG_ROLE, "recruitment_to_transit"),
    }
    onward = {**whole, "from_place": journeys.gate}
    return (
        {name: np.where(has_gate, to_gate[name], values) for name, values in whole.items()},
        {name: np.where(has_gate, values, NONE) for name, values in onward.items()},
    )


def _scope(crosses: Codes) -> Codes:
    """Positions in the scopes: across the border, inside, NONE where not recorded."""
    inside, across = position(codes.SCOPE, "internal"), position(codes.SCOPE, "cross_border")
    return np.select([crosses == 1, crosses == 0], [across, inside], NONE).astype(np.int16)
