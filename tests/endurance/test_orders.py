"""The order of loading between two closings changes nothing that is published."""

from __future__ import annotations

from pathlib import Path

from tests.endurance.orders import measure_orders


def test_the_same_files_in_any_order_give_the_same_release(made: Path, tmp_path: Path) -> None:
    assert measure_orders(made, tmp_path, orders=1, seed=1, processes=1).wrong == ()
