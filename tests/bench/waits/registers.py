"""Invented referrals whose time to a service follows a known law, protected by the product.

A register has months of requests for a few services with paces of their own; who waits may decline,
be rejected or be lost on any day. Days are exact here, and become bands and months as in any
register. What a page says of them, and whether it is true, stands in ``measures``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import numpy as np

from dashboard.model import codes
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.release.open_release import Release
from tests.attack.events import FIRST, Flags, Floats, Ints
from tests.attack.invented.country import DISTRICTS, UPAZILAS, number
from tests.attack.invented.draws import Draws, code
from tests.attack.invented.population import Arriving, Population, events_of
from tests.attack.invented.published import publisher

#: Months of a register, as many as a page looks at, and requests a month.
MONTHS, PER_MONTH = 12, 100
SERVICES = (
    "case_management", "psychosocial", "health", "legal_aid", "livelihoods", "safe_shelter",
)  # fmt: skip
PRIORITIES = codes.PRIORITY.values[:3]
#: Last day of each band of days but the last, which has none.
ENDS = (1, 3, 5, 14, 30)
_PRIORITY_SHARES = (0.15, 0.30, 0.55)
_FASTER = np.array([0.4, 0.7, 1.0])
_LATE = 0.10
#: Days between the first months that a law may be paced by, and their spread in logarithms.
_MEDIANS, _SPREAD = (1.5, 25.0), 1.0
_DRAWN = 40_000


@dataclass(frozen=True)
class Told:
    """Referrals of a law: numbers of service and priority, days until served and until they leave.

    Each of shape (referrals,); who is served first does not leave, and the other way round.
    """

    service: Ints
    priority: Ints
    served: Floats
    left: Floats

    @property
    def is_served(self) -> Flags:
        """Whether the service comes first."""
        return self.served <= self.left

    def where(self, chosen: Flags) -> Told:
        """Some of them."""
        return Told(
            self.service[chosen], self.priority[chosen], self.served[chosen], self.left[chosen]
        )


@dataclass(frozen=True)
class Law:
    """How long services take.

    Attributes:
        shares: Share of each service among requests, shape (services,).
        medians: Median days to each service of normal priority, same shape.
        leaving: Mean days until somebody leaves.
        seed: Seed of the referrals by which its true shares are told.
    """

    shares: Floats
    medians: Floats
    leaving: float
    seed: int

    def drawn(self, random: np.random.Generator, count: int) -> Told:
        """Referrals that follow it."""
        service = random.choice(len(SERVICES), count, p=self.shares)
        priority = random.choice(len(PRIORITIES), count, p=_PRIORITY_SHARES)
        days = self.medians[service] * _FASTER[priority]
        served = np.exp(np.log(days) + _SPREAD * random.standard_normal(count))
        return Told(service, priority, served, random.exponential(self.leaving, count))

    def many(self) -> Told:
        """So many of them that shares are true to less than a percent."""
        return self.drawn(np.random.default_rng(self.seed), _DRAWN)


def law(seed: int, *, at_an_end: bool = False) -> Law:
    """A law of a seed.

    Args:
        seed: The seed.
        at_an_end: Whether half of all have their service just at the end of a band, where an
            interval in bands has no room to spare.
    """
    random = np.random.default_rng([seed, 11])
    shares = random.dirichlet(np.full(len(SERVICES), 6.0))
    low, high = np.log(_MEDIANS)
    medians = np.exp(random.uniform(low, high, len(SERVICES)))
    found = Law(shares, medians, float(random.uniform(40, 200)), seed)
    if not at_an_end:
        return found
    end = ENDS[int(random.integers(1, len(ENDS)))] + 1
    return _paced(found, end)


def _paced(told: Law, end: int) -> Law:
    """The law slower or faster, so that half are served in less than so many days."""
    slow, fast = 20.0, 0.05
    for _ in range(30):
        middle = float(np.sqrt(slow * fast))
        tried = Law(told.shares, told.medians * middle, told.leaving, told.seed)
        many = tried.many()
        if float((many.is_served & (many.served < end)).mean()) > 1 / 2:
            fast = middle
        else:
            slow = middle
    return Law(told.shares, told.medians * fast, told.leaving, told.seed)


def band(days: Floats) -> Ints:
    """Number of the band of a time in days, of which whole ones are told."""
    return np.searchsorted(np.array(ENDS) + 1, days, side="right")


@contextmanager
def released(told: Law, seed: int) -> Iterator[Release]:
    """A release of a register that follows a law, with one echo of each fact instead of four."""
    with publisher(_population(told, seed), secret=f"of waits {seed:023d}".encode()) as store:
        store.close_at_once()
        with patch("etl.release.contents.echoes.echoes_of", lambda *_: 1):
            release = Release(store.release(echoed=True, checked=False))
        try:
            yield release
        finally:
            release.close()


def _population(told: Law, seed: int) -> Population:
    draws = Draws(seed)
    first = np.datetime64(FIRST.first_day, "D")
    after = np.datetime64(FIRST.plus(MONTHS).first_day, "D")
    count = int(draws.random.poisson(PER_MONTH * MONTHS))
    asked = np.sort(draws.random.uniform(0, (after - first).astype(int), count))
    referrals = told.drawn(draws.random, count)
    days = np.floor(np.minimum(referrals.served, referrals.left))
    ended = np.floor(asked) + days
    month, end = (_months(first, when) for when in (np.floor(asked), ended))
    same = _about(draws, count)
    requests = same | {
        "service": _numbers(codes.SERVICE, SERVICES)[referrals.service],
        "priority": _numbers(codes.PRIORITY, PRIORITIES)[referrals.priority],
        "step": draws.one((0.4, 0.3, 0.3), count),
        "to_agency_type": draws.one((0.3, 0.3, 0.4), count),
    }
    late = np.where(draws.yes(_LATE, count), draws.random.integers(1, 4, count), 0)
    partner = draws.one((0.4, 0.3, 0.2, 0.1), count)
    person = np.arange(count)
    over = ended < (after - first).astype(int)
    served, bands = referrals.is_served, band(days)
    reason = draws.one((0.4, 0.2, 0.1, 0.1, 0.2), count)
    left = np.array([code(codes.REFERRAL_STATUS, each) for each in ("rejected", "revoked")])
    endings = requests | {
        "status": np.where(
            served, code(codes.REFERRAL_STATUS, "done"), left[draws.one((0.6, 0.4), count)]
        ),
        "no_service_reason": np.where(served, -1, reason),
        "response_band": bands,
        "service_band": np.where(served, bands, -1),
        "lag_quarters": np.minimum(end // 3 - month // 3, 2),
    }
    asking = {"from_agency_type": draws.one((0.3, 0.3, 0.4), count)}
    facts = {
        REQUESTS.id: Arriving(
            events_of(REQUESTS, month, requests | asking), month + late, partner, person, person
        ),
        ENDINGS.id: Arriving(
            events_of(ENDINGS, end, endings), end + late, partner, person, person
        ).where(over),
    }
    return Population(MONTHS, facts)


def _about(draws: Draws, count: int) -> dict[str, Ints]:
    """Who is referred and where, which has no part in how long it takes."""
    places = np.array([number(place) for place in (*UPAZILAS[:4], *DISTRICTS[:2])])
    class_ = draws.one((0.4, 0.3, 0.1, 0.2), count)
    groups = [codes.class_group(each, []) for each in codes.CLASS.values[:4]]
    return {
        "place": places[draws.one((0.4, 0.25, 0.1, 0.1, 0.1, 0.05), count)],
        "population_group": draws.one((0.6, 0.3, 0.1), count),
        "sex": draws.one((0.55, 0.45), count), "is_child": draws.one((0.3, 0.7), count),
        "class": class_, "class_group": _numbers(codes.CLASS_GROUP, groups)[class_],
        "mode": draws.one((0.7, 0.2, 0.1), count), "corridor": draws.one((0.4, 0.3, 0.3), count),
    }  # fmt: skip


def _numbers(listed: codes.CodeList, values: tuple[str, ...] | list[str]) -> Ints:
    return np.array([code(listed, value) for value in values])


def _months(first: np.datetime64, days: Floats) -> Ints:
    """Months after the first one in which days lie."""
    months = (first + days.astype("timedelta64[D]")).astype("datetime64[M]")
    return (months - np.datetime64(first, "M")).astype(np.int64)
