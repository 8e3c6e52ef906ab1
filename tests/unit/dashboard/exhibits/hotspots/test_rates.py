"""Rates: of which count of an area's people they are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from dashboard.exhibits.hotspots.rates import _population_of
from dashboard.filters import Filters
from dashboard.model.codes import COUNTED_GROUP
from dashboard.model.codes.people import MEMBERS_OF
from dashboard.model.country import PACK
from dashboard.model.population import Population
from tests.support.releases import built

_DISTRICT = "BD2022"


def test_a_rate_is_of_exactly_the_groups_that_were_chosen(tmp_path: Path) -> None:
    counted = [Population(_DISTRICT, code, 2026, "adm_v03", 900_000) for code in MEMBERS_OF]
    everybody = {entry.code for entry in PACK.lists[COUNTED_GROUP.id] if not entry.marks}
    with closing(built(tmp_path, populations=counted, months=3)) as release:

        def group_of(*chosen: str) -> str | None:
            filters = Filters(group=chosen)
            found = _population_of(release, _DISTRICT, filters, release.span)
            return found and found.group

        assert group_of() in everybody
        for code, members in MEMBERS_OF.items():
            if code not in everybody:
                assert group_of(*members) == code
                assert group_of(*members, "unknown") is None
