"""Groups: pairs of incidents joined, so that each group holds the reports of one event.

Of many pairs that could be one event most exclude one another: an incident of one partner is at
most one of another's, unless the partner itself told it twice. The best pairs are taken first, and
one that has several others as good is left as unclear, since nothing tells which of them it would
be. What was decided before stands: an incident that counts for others has their partners, and two
that were told apart never meet. What speaks for a pair stands in ``candidates``, what becomes of a
group in ``joining``.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from etl.duplicates.candidates import Candidate, Side

#: Pairs of an incident with one partner that may be as good as a pair that is proposed.
_AS_GOOD = 2
#: A pair that is likelier two events than one draws no others together.
_ALONE = 2
_NOBODY: Mapping[str, Collection[str]] = MappingProxyType({})


@dataclass(frozen=True)
class Group:
    """Incidents that may be one event.

    Attributes:
        id: Short stable name, from which no id of an incident can be found.
        pairs: Its pairs, best first.
    """

    id: str
    pairs: tuple[Candidate, ...]

    @property
    def weakest(self) -> Candidate:
        """The least likely of its pairs."""
        return min(self.pairs, key=lambda pair: (pair.bits, pair.id))

    @property
    def sides(self) -> tuple[Side, ...]:
        """Its incidents, by partner."""
        sides = {side.incident_id: side for pair in self.pairs for side in (pair.a, pair.b)}
        return tuple(sorted(sides.values(), key=lambda side: (side.partner, side.incident_id)))

    @property
    def counting_side(self) -> Side:
        """The incident that counts: that with most people, else the first partner's."""
        return max(self.sides, key=lambda side: side.people)


def group_pairs(
    pairs: Sequence[Candidate],
    *,
    counting: Mapping[str, Collection[str]] = _NOBODY,
    apart: Collection[frozenset[str]] = (),
) -> tuple[Group, ...]:
    """Groups of open pairs, best first; each incident stands in one group at most.

    Args:
        pairs: All open pairs.
        counting: Partners whose incidents count already under an incident, by its id.
        apart: Pairs of ids of incidents that somebody told apart.
    """
    best_first = sorted(pairs, key=lambda pair: (-pair.bits, pair.id))
    partners: dict[str, set[str]] = {}
    members: dict[str, list[Side]] = {}
    pairs_of: dict[str, list[Candidate]] = {}
    group_of: dict[str, str] = {}
    for pair in _clear(best_first):
        for side in (pair.a, pair.b):
            if side.incident_id not in group_of:
                group_of[side.incident_id] = side.incident_id
                partners[side.incident_id] = {side.partner, *counting.get(side.incident_id, ())}
                members[side.incident_id] = [side]
                pairs_of[side.incident_id] = []
        one, other = group_of[pair.a.incident_id], group_of[pair.b.incident_id]
        if one != other:
            if not pair.likely and len(members[one]) + len(members[other]) > _ALONE:
                continue
            own = {pair.a.partner} if pair.a.partner == pair.b.partner else set[str]()
            if partners[one] & partners[other] - own or _is_decided_apart(
                members[one], members[other], apart
            ):
                continue
            for side in members[other]:
                group_of[side.incident_id] = one
            partners[one] |= partners.pop(other)
            members[one] += members.pop(other)
            pairs_of[one] += pairs_of.pop(other)
        pairs_of[one].append(pair)
    groups = [Group(_name(pairs), tuple(pairs)) for pairs in pairs_of.values() if pairs]
    return tuple(sorted(groups, key=lambda g: (-g.weakest.bits, -len(g.pairs), g.id)))


def _is_decided_apart(
    some: Sequence[Side], others: Sequence[Side], apart: Collection[frozenset[str]]
) -> bool:
    return any(
        frozenset((one.incident_id, other.incident_id)) in apart
        for one, other in product(some, others)
    )


def _clear(best_first: Sequence[Candidate]) -> list[Candidate]:
    """Pairs that few others of the same incident and partner are as good as."""
    weights: dict[tuple[str, str], Counter[float]] = {}
    for pair in best_first:
        for key in _keys(pair):
            weights.setdefault(key, Counter())[pair.bits] += 1

    def rivals(key: tuple[str, str], bits: float) -> int:
        return sum(times for other, times in weights[key].items() if other >= bits) - 1

    return [
        pair
        for pair in best_first
        if all(rivals(key, pair.bits) <= _AS_GOOD for key in _keys(pair))
    ]


def _keys(pair: Candidate) -> tuple[tuple[str, str], tuple[str, str]]:
    return (pair.a.incident_id, pair.b.partner), (pair.b.incident_id, pair.a.partner)


def _name(pairs: Sequence[Candidate]) -> str:
    return hashlib.sha256("|".join(sorted(pair.id for pair in pairs)).encode()).hexdigest()[:10]
