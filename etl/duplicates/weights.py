"""Weights: how likely two incidents are one event, by Fellegi and Sunter.

Each field in which two incidents agree multiplies the odds by m / u, each in which they differ by
(1 - m) / (1 - u): m is how often two records of one event agree, u how often two of the same month
do by chance. As Splink does, u is counted, for the very values that agree (Winkler's frequencies,
here of whole combinations), and m is estimated by expectation and maximisation; it begins with what
is usual and as many pairs stand behind that as ``_BEHIND`` says, since most registers hold few
duplicates or none. Splink itself would bring pyarrow (170 MB) to every operator's machine for these
few sums.

References: Fellegi and Sunter (1969), A Theory for Record Linkage; Winkler (2000), Frequency-Based
Matching in the Fellegi-Sunter Model; Linacre et al. (2022), Splink.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from math import log2
from typing import Any, cast

import duckdb
import numpy as np
from numpy.typing import NDArray

from etl.duplicates.comparison import GROUPS

Floats = NDArray[np.float64]
#: Pairs of ``compared``, an entry each: ``a`` and ``b``, their numbers; ``within``, whether both
#: are of one partner; ``chance``, bits that the values in which both agree are rare by, all fields
#: together; of each field whether both agree (``sex agree``) and whether they differ (``sex
#: differ``); ``place``, ``day`` and ``key``: 2, 1, 0 or -1, where it is not known of both.
_Pairs = dict[str, NDArray[Any]]

#: How often two records of one event agree in a field, before any is seen.
_AGREE: dict[str, float] = {
    "people": 0.9, "sex": 0.97, "age": 0.85, "population_group": 0.95,
    "class": 0.75, "exploitation": 0.7, "recruiter": 0.7, "stage": 0.8,
    "mode": 0.8, "destination": 0.8, "dead": 0.95, "ransom": 0.95,
}  # fmt: skip
#: How often places of one event lie apart, one inside the other, are the same; days are other,
#: beside one another, the same; and how often one partner's two keys of it are one spelled twice.
_PLACE, _DAY, _KEY = (0.1, 0.2, 0.7), (0.1, 0.15, 0.75), (0.4, 0.6)
#: Weight of what is usual: so many pairs are added to those that were found.
_BEHIND = 50
#: Part of the records of other partners that tell an event again, and of the same partner's.
_AGAIN, _AGAIN_WITHIN = 0.01, 0.003
#: Chance that a pair of a month is one event, at most.
_MOST = 0.05
#: Bits of the odds, as is usual, below which a pair is not looked at: it could not be likely, and
#: all of them together would say how often two of one event agree.
_LEAST_BITS = -6.0
#: Rarity in bits that no pair without it can be likely.
_RARE = 8.0
_ITERATIONS = 20
#: Pairs less likely than this are no candidates.
LEAST = 0.02
#: Day of chance, and of both beside it.
_SAME_DAY, _BESIDE = 1 / 30, 2 / 30


def weigh(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table ``weighed`` of pairs that may be one event.

    Its columns are those of ``compared`` with ``probability`` (0 to 1) and ``bits``, the odds as a
    logarithm to base 2, rounded to a tenth.

    Args:
        connection: Has the tables that ``comparison.compare`` makes.
    """
    pairs = _read_pairs(connection)
    differs = _differ_by_chance(connection)
    odds = _odds_before(connection)
    looked_at = _bits(pairs, differs, odds, _USUAL) > _LEAST_BITS
    pairs = {name: column[looked_at] for name, column in pairs.items()}
    bits = _estimate(pairs, differs, odds)
    likely = 1 / (1 + np.exp2(-bits))
    arrays = {
        "a": pairs["a"],
        "b": pairs["b"],
        "probability": np.round(likely, 4),
        "bits": np.round(bits, 1),
    }
    connection.register("likely", arrays)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE weighed AS
        SELECT compared.*, likely.probability, likely.bits FROM compared
        JOIN likely USING (a, b) WHERE likely.probability >= {LEAST}"""  # noqa: S608
    )
    connection.unregister("likely")


def _read_pairs(connection: duckdb.DuckDBPyConnection) -> _Pairs:
    """Pairs that are rare enough to be likely, as arrays."""
    rarity = " ".join(
        f"- CASE WHEN {group}_agree > 0 THEN log2({group}_common) ELSE 0 END" for group in GROUPS
    )
    agreements = ", ".join(
        f'({group}_{what} >> {bit} & 1)::BOOLEAN AS "{field} {what}"'
        for group, fields in GROUPS.items()
        for bit, field in enumerate(fields)
        for what in ("agree", "differ")
    )
    columns = connection.execute(
        f"""WITH rare AS (
            SELECT *, 0 {rarity} - CASE WHEN place > 0 THEN log2(place_common) ELSE 0 END
                - CASE day WHEN 2 THEN log2(day_common) WHEN 1 THEN {log2(_BESIDE)!r} ELSE 0 END
                - CASE WHEN key THEN log2(key_common) ELSE 0 END AS chance
            FROM compared
        )
        SELECT a, b, within, chance, coalesce(place, -1) AS place, coalesce(day, -1) AS day,
            coalesce(key::INTEGER, -1) AS key, {agreements}
        FROM rare WHERE chance >= {_RARE} ORDER BY a, b"""  # noqa: S608
    ).fetchnumpy()
    return cast("_Pairs", columns)


def _differ_by_chance(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """How often two incidents differ in a field that both tell."""
    fields = (*chain.from_iterable(GROUPS.values()), "place")
    return {field: _differ_in(connection, field) for field in fields}


def _differ_in(connection: duckdb.DuckDBPyConnection, field: str) -> float:
    """How often two incidents differ in one field that both tell, at least 0.05."""
    (row,) = connection.execute(
        f"""SELECT coalesce(sum(n * (n - 1)), 0) + 1, coalesce(sum(n), 0)
        FROM (SELECT count(*) AS n FROM report WHERE "{field}" IS NOT NULL GROUP BY "{field}")"""  # noqa: S608
    ).fetchall()
    same, records = cast("tuple[float, float]", row)
    # As if of three further pairs one were the same.
    return max(1 - same / (records * (records - 1) + 3), 0.05)


def _odds_before(connection: duckdb.DuckDBPyConnection) -> tuple[float, float]:
    """Bits of the odds that a pair of one month is one event: of two partners, and of one."""
    (row,) = connection.execute(
        """WITH months AS (
            SELECT month, sum(n) AS n, sum(n * (n - 1)) / 2 AS within FROM (
                SELECT month, partner, count(*) AS n FROM report GROUP BY ALL) GROUP BY month)
        SELECT coalesce(sum(n), 0), coalesce(sum(n * (n - 1) / 2 - within), 0),
            coalesce(sum(within), 0) FROM months"""
    ).fetchall()
    records, across, within = cast("tuple[float, float, float]", row)
    chances = (
        min(again * records / max(pairs, 1), _MOST)
        for again, pairs in ((_AGAIN, across), (_AGAIN_WITHIN, within))
    )
    first, second = (
        float(np.log2(chance / (1 - chance))) if chance else -60.0 for chance in chances
    )
    return first, second


@dataclass(frozen=True)
class _Rates:
    """How often two records of one event agree in a field, and have each state of the others."""

    agree: dict[str, float]
    place: tuple[float, ...]
    day: tuple[float, ...]
    key: tuple[float, ...]


#: As is usual, before any pair is seen.
_USUAL = _Rates(_AGREE, _PLACE, _DAY, _KEY)


def _estimate(pairs: _Pairs, differs: dict[str, float], odds: tuple[float, float]) -> Floats:
    """Bits of the odds of each pair, after m was estimated from all of them."""
    bits, rates = _bits(pairs, differs, odds, _USUAL), _USUAL
    for _ in range(_ITERATIONS):
        likely = 1 / (1 + np.exp2(-bits))
        rates = _Rates(
            {
                field: _share(usual, likely, pairs[f"{field} agree"], pairs[f"{field} differ"])
                for field, usual in _AGREE.items()
            },
            _shares(_PLACE, likely, pairs["place"]),
            _shares(_DAY, likely, pairs["day"]),
            _shares(_KEY, likely, pairs["key"]),
        )
        bits = _bits(pairs, differs, odds, rates)
    return bits


def _bits(
    pairs: _Pairs, differs: dict[str, float], odds: tuple[float, float], rates: _Rates
) -> Floats:
    """Bits of the odds of each pair; that two differ never speaks for them.

    Args:
        pairs: The pairs.
        differs: How often two incidents differ by chance, by field.
        odds: Bits of the odds before, of pairs of two partners and of one.
        rates: How often two records of one event agree.
    """
    of_two_partners, of_one = odds
    bits = pairs["chance"] + np.where(pairs["within"], of_one, of_two_partners)
    for field, rate in rates.agree.items():
        bits += pairs[f"{field} agree"] * np.log2(rate)
        bits += pairs[f"{field} differ"] * min(np.log2((1 - rate) / differs[field]), 0)
    for column, states, apart in (
        (pairs["place"], rates.place, differs["place"]),
        (pairs["day"], rates.day, 1 - _SAME_DAY - _BESIDE),
        (pairs["key"], rates.key, 1.0),
    ):
        differing, *agreeing = states
        state_bits = np.log2([min(differing / apart, 1), *agreeing, 1])  # the last is that of -1
        bits += state_bits[column]
    return bits


def _share(
    usual: float, likely: Floats, agree: NDArray[np.bool_], differ: NDArray[np.bool_]
) -> float:
    """How often two of one event agree, from pairs by how likely each is one."""
    agreeing, differing = float(likely @ agree), float(likely @ differ)
    return (_BEHIND * usual + agreeing) / (_BEHIND + agreeing + differing)


def _shares(
    usual: tuple[float, ...], likely: Floats, states: NDArray[np.int64]
) -> tuple[float, ...]:
    """How often two of one event have each state, from pairs by how likely each is one."""
    sums = [float(likely @ (states == state)) for state in range(len(usual))]
    return tuple(
        (_BEHIND * usual_rate + found) / (_BEHIND + sum(sums))
        for usual_rate, found in zip(usual, sums, strict=True)
    )
