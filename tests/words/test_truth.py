"""Whether titles are true, in small: one register; ``make words`` asks ten."""

from __future__ import annotations

from tests.words.truth import (
    CHANGED,
    EXPLORED,
    FIRST_SEED,
    LARGEST,
    LIMITS,
    MOVED,
    SIGNED,
    claims_of,
)


def test_titles_claim_what_the_records_hold() -> None:
    found = claims_of(range(FIRST_SEED, FIRST_SEED + 1))
    assert found.made[LARGEST] > 200
    assert found.made[MOVED] > 3
    assert found.made[EXPLORED] > 20
    assert found.false[EXPLORED] <= 1, found.examples
    assert found.false[SIGNED] == 0, found.examples
    assert found.made[CHANGED] > 0
    assert found.share_false(LARGEST) <= LIMITS[LARGEST], found.examples
    assert found.false[MOVED] == 0, found.examples
    assert found.false[CHANGED] <= 1, found.examples  # of so few a share says little
