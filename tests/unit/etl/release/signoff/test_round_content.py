"""What partners are told says few where the edition does, and shares without that rule."""

from __future__ import annotations

import pytest

from dashboard.model.protection import BASE, WIDE_BASE
from dashboard.model.signoff import STEP
from etl.release.preview.comparison import Differences, Suspicion, Total
from etl.release.signoff.round_content import round_content


def differences(*, total: Total | None = None, jump: Suspicion | None = None) -> Differences:
    return Differences((total,) if total else (), (), (), (jump,) if jump else (), ())


@pytest.mark.parametrize(
    ("base", "before", "now", "shown"),
    [(BASE, 9, 12, [STEP, 10]), (WIDE_BASE, 12, 23, [STEP, 25]),
     (WIDE_BASE, None, 19, [None, STEP]), (WIDE_BASE, 0, 20, [0, 20])],
)  # fmt: skip
def test_totals_below_the_base_of_their_fact_are_a_few(
    base: int, before: int | None, now: int, shown: list[int | None]
) -> None:
    total = Total("Referrals", "2026-09", before, now, exact=False, was_exact=False, base=base)
    assert round_content(differences(total=total))["totals"] == [["Referrals", "2026-09", *shown]]


@pytest.mark.parametrize(
    ("what", "value", "usual", "shown"),
    [("total", 43, 14, [45, STEP]), ("total", 43, 7, [45, STEP]), ("Other", 14, 1.5, [15, 0]),
     ("Other", 8, 97.5, [10, 100])],
)  # fmt: skip
def test_shares_are_rounded_and_totals_are_counts(
    what: str, value: float, usual: float, shown: list[int]
) -> None:
    jump = Suspicion("Referrals", what, "2026-09", value, usual, base=WIDE_BASE)
    assert round_content(differences(jump=jump))["jumps"] == [
        ["Referrals", what, "2026-09", *shown]
    ]
