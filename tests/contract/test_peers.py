"""What the bench measures the product beside answers the same question with the same numbers."""

from __future__ import annotations

import duckdb
import pytest

from dashboard import exhibits
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.release.open_release import CONNECT_CONFIG, Release
from tests.bench.pages import CONTROLS
from tests.bench.peers.question import MENUS, people_by_district
from tests.support.readings import reading

exhibits.load()
OFFERED = {code: menu for menu, (codes, _) in MENUS.items() for code in codes}


def test_peers_offer_every_control_that_the_bench_presses() -> None:
    assert set(OFFERED) == {code for _, code in CONTROLS}


@pytest.mark.parametrize("chosen", [{menu: [code]} for code, menu in OFFERED.items()])
def test_peers_count_what_the_map_counts_with_each_control(
    unprotected: Release, chosen: dict[str, list[str]]
) -> None:
    assert asked_of_peers(unprotected, chosen) == drawn_on_the_map(unprotected, chosen)


def test_peers_count_the_same_months_of_a_long_release(protected: Release) -> None:
    assert asked_of_peers(protected, {}) == drawn_on_the_map(protected, {})


def asked_of_peers(release: Release, chosen: dict[str, list[str]]) -> dict[str, int]:
    with duckdb.connect(str(release.path), config=dict(CONNECT_CONFIG)) as connection:
        return dict(people_by_district(connection, chosen))


def drawn_on_the_map(release: Release, chosen: dict[str, list[str]]) -> dict[object, object]:
    asked = reading(Filters(**chosen), measure="people", level="district")  # pyright: ignore[reportArgumentType]
    rows = render("hotspots.map", asked, release).table.rows
    counted: dict[object, object] = {row[0]: row[3] for row in rows if row[0]}
    assert any(counted.values())
    return counted
