"""Legs of invented journeys, as the partners who record legs see them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.model import codes
from dashboard.model.codes import CodeList
from tools.sample.draws import NONE, Codes, Mask, Numbers, position
from tools.sample.invention import Invention
from tools.sample.journeys import COMPLETED, first_leg_mode
from tools.sample.sheet import scope


@dataclass(frozen=True)
class Leg:
    """One leg of every incident's journey; a journey without a gate has only the first.

    Attributes:
        places: The spots ``from`` and ``to``.
        coded: Name of a coded column to its code list and the position for each incident.
    """

    places: dict[str, Numbers]
    coded: dict[str, tuple[CodeList, Codes]]


def legs(invention: Invention) -> tuple[Leg, Leg]:
    """The first and second legs: to the gate inside the country, then on from it."""
    journeys, recruited = invention.journeys, invention.incidents.recruitment
    two = journeys.gate != NONE
    across = scope(journeys.crosses)
    last = {
        "mode": (codes.MODE, journeys.mode),
        "vehicle": (codes.MODE_DETAIL, journeys.vehicle),
        "end": (codes.COMPLETED, journeys.end),
        "scope": (codes.SCOPE, across),
        "corr": (codes.CORRIDOR, journeys.corridor),
        "auth": (codes.RESCUING_AUTHORITY, journeys.authority),
        "role": (codes.LEG_ROLE, _all(two, position(codes.LEG_ROLE, "to_exploitation"))),
    }
    to_gate = {
        "mode": first_leg_mode(journeys),
        "vehicle": _all(two, NONE),
        "end": _all(two, COMPLETED),
        "scope": _all(two, position(codes.SCOPE, "internal")),
        "corr": _all(two, position(codes.CORRIDOR, "bd_internal")),
        "auth": _all(two, NONE),
        "role": _all(two, position(codes.LEG_ROLE, "recruitment_to_transit")),
    }
    first = Leg(
        {"from": recruited, "to": np.where(two, journeys.gate, journeys.destination)},
        {
            name: (code_list, np.where(two, to_gate[name], values).astype(np.int16))
            for name, (code_list, values) in last.items()
        },
    )
    second = Leg(
        {"from": journeys.gate, "to": np.where(two, journeys.destination, np.int32(NONE))},
        {
            name: (code_list, np.where(two, values, NONE).astype(np.int16))
            for name, (code_list, values) in last.items()
        },
    )
    return first, second


def _all(among: Mask, code: int) -> Codes:
    return np.full(len(among), code, dtype=np.int16)
