"""The order of loading between two closings changes nothing that is published."""

from __future__ import annotations

from pathlib import Path

from tests.endurance.orders import measure_orders


def test_the_same_files_in_any_order_give_the_same_release(tmp_path: Path) -> None:
    assert measure_orders(tmp_path, orders=2, seed=1).wrong == ()
