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
        apart: Pairs of ids of incidents that were decided to be two events.
    """
    best_first = sorted(pairs, key=lambda pair: (-pair.bits, pair.id))
    partners: dict[str, set[str]] = {}
    members: dict[str, list[Side]] = {}
    pairs_of: dict[str, list[Candidate]] = {}
    group_of: dict[str, str] = {}
    for pair in _with_few_rivals(best_first):
        for side in (pair.a, pair.b):
            if side.incident_id not in group_of:
                group_of[side.incident_id] = side.incident_id
                partners[side.incident_id] = {side.partner, *counting.get(side.incident_id, ())}
                members[side.incident_id] = [side]
                pairs_of[side.incident_id] = []
        group, other_group = group_of[pair.a.incident_id], group_of[pair.b.incident_id]
        if group != other_group:
            if not pair.likely and len(members[group]) + len(members[other_group]) > _ALONE:
                continue
            same_partner = {pair.a.partner} if pair.a.partner == pair.b.partner else set[str]()
            if partners[group] & partners[other_group] - same_partner or _is_decided_apart(
                members[group], members[other_group], apart
            ):
                continue
            for side in members[other_group]:
                group_of[side.incident_id] = group
            partners[group] |= partners.pop(other_group)
            members[group] += members.pop(other_group)
            pairs_of[group] += pairs_of.pop(other_group)
        pairs_of[group].append(pair)
    groups = [Group(_group_name(pairs), tuple(pairs)) for pairs in pairs_of.values() if pairs]
    return tuple(sorted(groups, key=lambda g: (-g.weakest.bits, -len(g.pairs), g.id)))


def _is_decided_apart(
    sides: Sequence[Side], other_sides: Sequence[Side], apart: Collection[frozenset[str]]
) -> bool:
    """Whether a pair between some incidents and others was decided to be two events."""
    return any(
        frozenset((side.incident_id, other_side.incident_id)) in apart
        for side, other_side in product(sides, other_sides)
    )


def _with_few_rivals(best_first: Sequence[Candidate]) -> list[Candidate]:
    """Pairs with at most ``_AS_GOOD`` rivals: as likely ones of an incident with that partner."""
    pairs_by_bits: dict[tuple[str, str], Counter[float]] = {}
    for pair in best_first:
        for key in _rival_keys(pair):
            pairs_by_bits.setdefault(key, Counter())[pair.bits] += 1

    def rivals(key: tuple[str, str], bits: float) -> int:
        """How many other pairs of a key are at least as likely."""
        return sum(n for rival, n in pairs_by_bits[key].items() if rival >= bits) - 1

    return [
        pair
        for pair in best_first
        if all(rivals(key, pair.bits) <= _AS_GOOD for key in _rival_keys(pair))
    ]


def _rival_keys(pair: Candidate) -> tuple[tuple[str, str], tuple[str, str]]:
    """Each incident of a pair with the other's partner: by these, pairs exclude one another."""
    return (pair.a.incident_id, pair.b.partner), (pair.b.incident_id, pair.a.partner)


def _group_name(pairs: Sequence[Candidate]) -> str:
    """Short stable name of a group, by those of its pairs."""
    return hashlib.sha256("|".join(sorted(pair.id for pair in pairs)).encode()).hexdigest()[:10]
