"""Orders: the same files loaded in other orders between two closings give the same release."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.endurance import stores
from tests.endurance.forked import in_child, measured
from tests.unit.etl.release.registers import settings_of

#: Parts of the store that follow from the order of loading and from nothing else.
_OF_LOADING = ("operator/register.duckdb",)


@dataclass(frozen=True)
class OrderFigures:
    """What came of loading in other orders.

    Attributes:
        orders: Orders that were tried, beside that of the reference.
        wrong: In what the units or releases differed, in words; must be empty.
    """

    orders: int
    wrong: tuple[str, ...]


def measure_orders(
    made: Path, folder: Path, *, orders: int, seed: int, processes: int = 2
) -> OrderFigures:
    """Load the files of two closings in so many random orders.

    Args:
        made: Folder with the stores.
        folder: Folder for the trials.
        orders: How many orders.
        seed: Seed of the orders.
        processes: How many processes share the trials.
    """
    shares = measured("orders", made, folder, processes=processes, orders=orders, seed=seed)
    return OrderFigures(orders, tuple(words for wrong in shares for words in wrong))


def trials(
    made: Path, folder: Path, share: int, shares: int, *, orders: int, seed: int
) -> list[str]:
    """Differences between stores filled in random orders and the one made in the usual one."""
    chance = random.Random(seed)
    loads = [[name] for name in stores.LAST_FILES]
    usual = settings_of(made / "complete")
    expected = _published(in_child(lambda: stores.content(usual)))
    wrong: list[str] = []
    for number in range(orders):
        first = _shuffled(chance)
        # The last month's files come one by one in either order, or as one set.
        last = [loads[::-1], [list(stores.LAST_FILES)], loads][number % 3]
        if number % shares == share:
            found = _filled(made, folder, first, last)
            names = ", ".join(source for source, _ in first)
            wrong += [f"{names}: {words}" for words in stores.difference(found, expected)]
    return wrong


def _shuffled(chance: random.Random) -> list[tuple[str, str]]:
    """The first files in a random order, referrals after the people whom they are about."""
    found = list(stores.FIRST_FILES)
    chance.shuffle(found)
    return sorted(found, key=lambda entry: entry[0].endswith("referrals"))


def _filled(
    made: Path, folder: Path, first: list[tuple[str, str]], last: list[list[str]]
) -> dict[str, Any]:
    """Content of a store that loaded files, published, loaded more and published again."""
    settings = stores.copied(made / "empty", folder / "order")

    def fill() -> dict[str, Any]:
        for source, name in first:
            stores.must(settings, "load", str(made / name), "--source", source, "--yes")
        stores.must(settings, "publish", "--as-of", stores.BEFORE_LAST, "--public")
        for names in last:
            paths = [str(made / name) for name in names]
            stores.must(settings, "load", *paths, "--source", stores.LAST_SOURCE, "--yes")
        stores.must(settings, "publish", "--as-of", stores.LAST)
        return stores.content(settings)

    return _published(in_child(fill))


def _published(content: dict[str, Any]) -> dict[str, Any]:
    return {part: value for part, value in content.items() if part not in _OF_LOADING}
