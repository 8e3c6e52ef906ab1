"""Fields of journeys: transport, corridor, part of the journey and how it ended.

Where a leg begins and ends does not belong here: see ``places``.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.model import codes
from dashboard.model.fields.field import coded

MODE = coded("mode", codes.MODE, "Transport of the leg.")
MODE_DETAIL = coded("mode_detail", codes.MODE_DETAIL, "Means of transport of the leg.")
SCOPE = coded("scope", codes.SCOPE, "Whether a border is crossed.")
CORRIDOR = coded("corridor", codes.CORRIDOR, "Corridor used.")
LEG_ROLE = coded("leg_role", codes.LEG_ROLE, "Part of the journey.")
COMPLETED = coded("completed", codes.COMPLETED, "How the leg ended.")
RESCUING_AUTHORITY = replace(
    coded("rescuing_authority", codes.RESCUING_AUTHORITY, "Who rescued or intercepted."),
    is_coarse=True,
)
