"""A preview tells what was added beside the numbers, what is told no longer, and what is gone."""

from __future__ import annotations

from pathlib import Path

from dashboard.model.outline import Outline
from dashboard.model.periods import Span
from dashboard.model.population import Population
from dashboard.model.target import Target
from etl.release.preview.comparison import compare
from tests.support.releases import build_release, day


def test_what_changed_beside_the_numbers_is_said_by_kind(tmp_path: Path) -> None:
    old = build_release(
        tmp_path / "a.duckdb", months=2, outlines=[Outline("CXB-201", "{}")],
        units={"incidents": [{"month": day("2026-08"), "size": 5}]},
    )  # fmt: skip
    new = build_release(
        tmp_path / "b.duckdb", months=2, units={},
        populations=[Population(area, "host", 2022, "adm_v03", 9) for area in ("BD2022", "BD2015")],
        reporting=[("BD2022", "2026-05", None), ("BD2022", "2026-01", "2026-03")],
        targets=[Target("open", "BD2022", "women", Span.parse("2026-01..2026-06"), 30, "Plan")],
    )  # fmt: skip
    found = compare(new, old, "en")
    assert [one.sentence for one in found.beside] == [
        "Populations added: 2 places, Residents other than Rohingya refugees, 2022",
        "Months of reporting added: of 1 area",
        "Outlines no longer told: of 1 camp",
        "Target added: open, Women in Cox's Bazar, 2026-01 to 2026-06: 30 (Plan)",
    ]
    (total,) = found.totals
    assert (total.period, total.before, total.now) == ("2026-08", 5, 0)
