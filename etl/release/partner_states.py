"""Partner states: who reported and who agreed to be named, beside the members' releases.

The web process may read it there, as it reads the round of sign-off. Written whenever an edition is
published or the table of partners changes, of the months that the current edition ends with. It is
no part of any release, and none of the public's folder.
"""

from __future__ import annotations

from dashboard.model.partner_state import FILE, MONTHS, PartnerState, PartnerStates, write_states
from dashboard.model.periods import Month, Span
from etl.operator_tables.kind import Reference
from etl.operator_tables.kinds import PARTNERS
from etl.operator_tables.stored import read_stored
from etl.register import seal
from etl.release.closing.workbench import with_register
from etl.release.files import pointed_to, release_ids
from etl.release.missing_reports import months_reported
from etl.settings import Settings


def leave_states(settings: Settings) -> None:
    """Write the file, or remove it where nothing is published or no partner reports.

    Call it under the store's lock. A row that breaks a rule by now names nobody.
    """
    path = settings.releases / FILE
    states = _states(settings)
    if states is None:
        seal.drop(settings, path)
    else:
        seal.write_sealed(settings, path, write_states(states), mode=0o644)


def _states(settings: Settings) -> PartnerStates | None:
    """Who reported and who agreed to be named; None where no edition or no partner is shown."""
    current = pointed_to(settings.releases)
    if current not in release_ids(settings.releases):
        return None
    until = Month.parse(current[:7])
    with with_register(settings) as connection:
        rows = connection.execute(
            "SELECT DISTINCT partner FROM register.load WHERE kind <> 'published' ORDER BY partner"
        ).fetchall()
        reported = months_reported(connection, "partner")
    codes = [str(code) for (code,) in rows]
    agreements = read_stored(settings, PARTNERS, Reference.of((), codes)).rows
    names = {row["partner"]: row["name"] for row in agreements if row["agreed"]}
    months = Span.last(MONTHS, until=until)
    partners = tuple(
        PartnerState(
            code,
            names.get(code, ""),
            frozenset(month for month in months if (code, str(month)) in reported),
        )
        for code in codes
    )
    return PartnerStates(until, partners) if partners else None
