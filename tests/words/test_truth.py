"""Whether titles are true, in small: one register; ``make words`` asks ten."""

from __future__ import annotations

from tests.words import truth


def test_titles_claim_what_the_records_hold() -> None:
    found = truth.claims_of(range(truth.FIRST_SEED, truth.FIRST_SEED + 1))
    assert found.made[truth.LARGEST] > 200
    assert found.made[truth.MOVED] > 3
    assert found.made[truth.EXPLORED] > 20
    assert found.false[truth.EXPLORED] <= 1, found.examples
    assert found.false[truth.SIGNED] == 0, found.examples
    assert found.made[truth.CHANGED] > 0
    assert found.share_false(truth.LARGEST) <= truth.LIMITS[truth.LARGEST], found.examples
    assert found.false[truth.MOVED] == 0, found.examples
    assert found.false[truth.CHANGED] <= 1, found.examples  # of so few a share says little
