"""The search makes the very changes that a plain one makes, from the same draws.

The plain search counts every total anew for every donor that it tries. It is what the search means,
and far too slow for a register; however the search is made faster, units stay what they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model.facts import PEOPLE
from etl.protect import fit
from etl.protect.carry import Carry
from etl.protect.chance import Chance
from etl.protect.coding import Rows
from etl.protect.fit import Search, Sizes, bundle_of
from etl.protect.layout import Cells, Floats, Layout
from etl.protect.margins import MARGINS, Margin
from tests.support.examples import examples
from tests.unit.etl.protect import coded

SECRET = Chance(b"a secret of a test, 32 bytes long")
#: Attributes with everything that a search has to get right: sets beside sets, places with areas
#: above them, three attributes of two bundles and of three, and the forbidden pair.
ALWAYS = (
    ("sex",),
    ("promise",),
    ("class", "scope"),
    ("place.upazila", "class_group"),
    ("means_of_control", "exploitation"),
    ("sex", "class_group", "is_child"),
    ("place.upazila", "sex", "class_group"),
)


class Plain:
    """The search in plain words.

    Args:
        layout: Cells and weights.
        units: Rows to start from, changed in place.
        sizes: Events each stands for.
        pull: Weighted error of each cell without them.
    """

    def __init__(self, layout: Layout, units: Rows, sizes: Sizes, pull: Floats) -> None:
        self.layout, self.units, self.sizes, self.pull = layout, units, sizes, pull

    def run(
        self,
        bundles: Sequence[tuple[Cells, Rows]],
        generator: np.random.Generator,
        sweeps: int,
        together: int,
    ) -> int:
        """Sweep until nothing changes; return the number of changes."""
        changes = 0
        for _ in range(sweeps):
            shuffled = generator.permutation(len(self.units))
            batches = [
                own[start : start + together]
                for size in np.unique(self.sizes)
                for own in [[unit for unit in shuffled if self.sizes[unit] == size]]
                for start in range(0, len(own), together)
            ]
            changed = 0
            for move in generator.permutation(len(batches) * len(bundles)):
                positions, donors = bundles[move % len(bundles)]
                changed += self.improve(batches[move // len(bundles)], positions, donors)
            changes += changed
            if not changed:
                break
        return changes

    def improve(self, units: Sequence[int], positions: Cells, donors: Rows) -> int:
        """Choose a donor for each unit as things are, then change those that still gain."""
        chosen = []
        for unit in units:
            gains = [self.gain(unit, positions, donor) for donor in donors]
            best = int(np.argmax(gains))
            if gains[best] > 0:
                chosen.append((unit, donors[best]))
        changed = 0
        for unit, donor in chosen:
            if self.gain(unit, positions, donor) > 0:
                self.units[unit, positions] = donor[positions]
                changed += 1
        return changed

    def gain(self, unit: int, positions: Cells, donor: Rows) -> float:
        """How much less the weighted squares of the errors are when a unit takes a donor."""
        after = self.units.copy()
        after[unit, positions] = donor[positions]
        return self.cost(self.units) - self.cost(after)

    def cost(self, units: Rows) -> float:
        """Weighted squares of the errors, less what the units do not touch."""
        counts = self.layout.counts(units, self.sizes.astype(np.float64))
        each = 2 * (self.pull + self.layout.penalty) + self.layout.total_weight * counts
        return float((each * counts).sum())


@pytest.mark.parametrize("together", [1, 2, 5])
@settings(max_examples=examples(8), deadline=None)
@given(data=st.data(), seed=st.integers(0, 100_000), people=st.integers(10, 44))
def test_the_search_makes_the_changes_of_a_plain_one(
    data: st.DataObject, seed: int, people: int, together: int
) -> None:
    drawn = data.draw(st.lists(st.sampled_from(MARGINS[PEOPLE.id]), max_size=6, unique=True))
    always = [margin for margin in MARGINS[PEOPLE.id] if margin.attributes in ALWAYS]
    told = coded.people(people, seed)
    coding = coded.coding(told)
    layout = Layout(coding, _once([*always, *drawn]))
    records = coded.rows(coding, told)
    random = np.random.default_rng(seed)
    count = max(2, len(told) // 5)
    sizes: Sizes = np.full(count, 5)
    sizes[: random.integers(0, count)] += 1
    bundles = coded.bundles(coding)
    units = records[random.integers(0, len(told), count)].copy()
    for positions in bundles:
        units[:, positions] = records[random.integers(0, len(told), count)][:, positions]
    carry = Carry(layout, [coded.MONTH], base=5, chance=SECRET)
    carry.add_records(coded.MONTH, layout.counts(records, np.ones(len(told))))
    pull = carry.pull(coded.MONTH)
    donors = records[: data.draw(st.integers(1, 8))]

    plain = Plain(layout, units.copy(), sizes, pull)
    draws, same_draws = np.random.default_rng(seed), np.random.default_rng(seed)
    with (
        patch.object(fit, "_APART", 1),
        patch.object(fit, "_MOST_TOGETHER", together),
        patch.object(fit, "_LEAST_TOGETHER", 2),
    ):
        search = Search(layout, units, sizes, pull)
        changes = search.run([bundle_of(layout, p, donors) for p in bundles], draws, 4)
    pairs = [(positions, donors) for positions in bundles]
    assert plain.run(pairs, same_draws, 4, min(together, count)) == changes
    assert plain.units.tolist() == search.units.tolist()
    assert draws.random() == same_draws.random()


def _once(margins: Sequence[Margin]) -> list[Margin]:
    """Margins, each once."""
    return list(dict.fromkeys(margins))
