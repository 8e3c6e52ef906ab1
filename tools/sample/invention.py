"""The whole invention of a plan: everything that the partners' files are written from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from tools.sample.draws import Codes, Numbers
from tools.sample.incidents import Incidents, make_incidents
from tools.sample.journeys import Journeys, make_journeys
from tools.sample.people import People, make_people
from tools.sample.referrals import Referrals, make_referrals
from tools.sample.spread import spread
from tools.sample.world import Plan, World, make_world


@dataclass(frozen=True)
class Invention:
    """A plan and all that follows from it and its seed."""

    plan: Plan
    world: World
    incidents: Incidents
    journeys: Journeys
    people: People
    referrals: Referrals

    @property
    def first_day(self) -> date:
        """Day 0 of every day that is counted."""
        return self.plan.span.start.first_day

    def day(self, month: Codes, day: Codes) -> Numbers:
        """Days, counted from the first day of the plan, of months and days in them."""
        starts = [(m.first_day - self.first_day).days for m in self.plan.span]
        return (np.array(starts, dtype=np.int32)[month] + day - 1).astype(np.int32)

    def dates(self, days: Numbers) -> list[date | None]:
        """Calendar dates of counted days, None for NONE."""
        longest = int(days.max(initial=0)) + 1
        calendar: list[date | None] = [self.first_day + timedelta(n) for n in range(longest)]
        calendar.append(None)  # NONE is -1, so it takes the last one
        return [calendar[day] for day in days.tolist()]

    def people_of(self, partner: int) -> Numbers:
        """Positions of the people whom a partner reports, in the order of their reports."""
        partners = self.incidents.partner[self.people.incident]
        return np.flatnonzero(partners == partner).astype(np.int32)

    def referrals_of(self, people: Numbers) -> Numbers:
        """Positions of the referrals of some people."""
        is_wanted = np.zeros(len(self.people), dtype=np.bool_)
        is_wanted[people] = True
        return np.flatnonzero(is_wanted[self.referrals.person]).astype(np.int32)


def invent(plan: Plan, country: Path) -> Invention:
    """Everything of a plan; the same plan and gazetteer give the same invention.

    Raises:
        OSError: If the gazetteer cannot be read.
        KeyError: If it lacks a place through which a corridor leads.
    """
    world = make_world(plan, country)
    rng = np.random.default_rng([plan.seed, 1])
    incidents = make_incidents(rng, plan, world)
    journeys = make_journeys(rng, world, incidents)
    if plan.flows:
        incidents, journeys = spread(rng, world, incidents, journeys, plan.flows)
    people = make_people(rng, incidents, journeys)
    referrals = make_referrals(rng, plan, world, incidents, people)
    return Invention(plan, world, incidents, journeys, people, referrals)
