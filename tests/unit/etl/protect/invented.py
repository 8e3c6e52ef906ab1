"""Invented people for tests of protection: the shape of the study's register, in a few lines.

33 camps and 9 upazilas in one district, 25 other districts, Zipf weights; groups and boats whose
people share route, class and authority; seasons at sea; a share of rare codes. Nothing here is
taken from a real place or person.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from dashboard.model import codes
from dashboard.model.periods import Month
from etl.protect.coding import Parents

HOME = "BD01"
UPAZILAS = [f"{HOME}{number:02d}" for number in range(9)]
CAMPS = [f"CXB-{number:03d}" for number in range(33)]
DISTRICTS = [f"BD{number:02d}" for number in range(2, 27)]
ABROAD = ["MY", "TH", "ID", "IN", "MM", "SA", "AE", "QA", "LY", "IT", "NP", "KH"]
SEA_SEASON = [0.15, 0.13, 0.12, 0.08, 0.05, 0.01, 0.01, 0.01, 0.02, 0.09, 0.17, 0.16]
_AGES = [a for a in codes.AGE_BAND.values]
_PROMISES = [0.60, 0.13, 0.04, 0.10, 0.02, 0.08, 0.01, 0.01, 0.03, 0.03]
_FORMS = [0.68, 0.10, 0.06, 0.04, 0.02, 0.02, 0.03, 0.003, 0.005, 0.002, 0.002, 0.03]
_AUTHORITIES = [0.25, 0.15, 0.08, 0.08, 0.02, 0.0, 0.02, 0.2, 0.12, 0.05, 0.01, 0.02]
_AT_SEA = [0.1, 0.05, 0.03, 0.1, 0.35, 0.1, 0.02, 0.05, 0.05, 0.05, 0.05, 0.05]


def parents() -> Parents:
    """Areas above the invented places."""
    return Parents(parent_rows())


def parent_rows() -> list:
    """Each place with every area that holds it, itself included."""
    rows = []
    for number, camp in enumerate(CAMPS):
        rows.append((camp, "upazila", UPAZILAS[0 if number < 26 else 1], None, None))
    rows += [(place, "upazila", place, None, None) for place in UPAZILAS]
    rows += [(place, "district", HOME, None, None) for place in (*CAMPS, *UPAZILAS)]
    rows += [(place, "district", place, None, None) for place in (HOME, *DISTRICTS)]
    rows += [(place, "country", place, None, None) for place in ABROAD]
    for place in (*CAMPS, *UPAZILAS, HOME, *DISTRICTS):
        rows += [(place, "division", "BD9", None, None), (place, "country", "BD", None, None)]
    return rows


class _Draws:
    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.camp = self._zipf(33, 0.8)
        self.upazila = np.r_[0.3, 0.3, self._zipf(7, 0.9) * 0.4]
        self.district = self._zipf(25, 1.0)

    def _zipf(self, count: int, power: float):
        weights = 1 / np.arange(1, count + 1) ** power
        return self.random.permutation(weights / weights.sum())

    def one(self, values, shares):
        shares = np.asarray(shares, float)
        return values[self.random.choice(len(shares), p=shares / shares.sum())]

    def yes(self, chance: float) -> bool:
        return bool(self.random.random() < chance)


def people(per_month: int, months: int, seed: int) -> list[dict]:
    """Events of the people fact with ``month``, about ``per_month`` of them a month."""
    draws = _Draws(seed)
    found: list[dict] = []
    for step in range(months):
        month = Month(2023, 1).plus(step)
        swell = per_month * (1 + 0.25 * np.sin(step / 5) + 0.1 * step / months)
        wanted = max(6, int(draws.random.poisson(swell * (1.8 if step % 24 == 16 else 1))))
        while wanted:
            group = _group(draws, month, min(wanted, per_month // 2))
            found += group
            wanted -= len(group)
    return found


def _group(draws: _Draws, month: Month, most: int) -> list[dict]:
    size = draws.one([1, 2, 3, 6, 12, 25], [0.72, 0.14, 0.07, 0.045, 0.02, 0.005])
    population = draws.one(codes.POPULATION_GROUP.values, [0.55, 0.33, 0.09, 0.02, 0.01])
    rohingya = population == "rohingya_refugee"
    crossing = draws.yes(0.40 if rohingya else 0.28)
    journey = _journey(draws, month, rohingya, crossing)
    sea = journey["mode"] == "sea"
    shares = (
        [0.24, 0.22, 0.06, 0.22, 0.06, 0.05, 0.02, 0.09, 0.04]
        if crossing
        else [0.42, 0.3, 0, 0, 0, 0.08, 0.05, 0.10, 0.05]
    )
    shared = {
        "month": month.first_day,
        "class": draws.one(codes.CLASS.values, shares),
        "rescuing_authority": draws.one(
            codes.RESCUING_AUTHORITY.values, _AT_SEA if sea else _AUTHORITIES
        ),
        **journey,
    }
    return [
        _person(draws, shared, population, crossing, sea)
        for _ in range(max(1, min(size * (3 if sea else 1), most)))
    ]


def _journey(draws: _Draws, month: Month, rohingya: bool, crossing: bool) -> dict:
    if not crossing:
        mode = draws.one(["land", "river", "mixed", "unknown"], [0.95, 0.03, 0.01, 0.01])
        inside = "camp_internal" if rohingya and draws.yes(0.3) else "bd_internal"
        return {"scope": "internal", "mode": mode, "corridor": inside, "destination": HOME}
    season = SEA_SEASON[month.month - 1] * 12 * 0.14 * 2
    air = 0.02 if rohingya else 0.35
    mode = draws.one(["land", "river", "sea", "air"], [0.40, 0.08, min(0.5, season), air])
    corridor, destination = {
        "sea": ("bay_of_bengal_andaman", draws.one(ABROAD[:3], [0.7, 0.1, 0.2])),
        "air": ("air_gulf", draws.one(ABROAD[5:8], [0.6, 0.25, 0.15])),
        "river": ("naf_river", "MM"),
        "land": ("bd_india_southwest", draws.one(["IN", "NP"], [0.9, 0.1])),
    }[mode]
    return {"scope": "cross_border", "mode": mode, "corridor": corridor, "destination": destination}


def _person(draws: _Draws, shared: dict, population: str, crossing: bool, sea: bool) -> dict:
    sex = draws.one(codes.SEX.values, [0.36, 0.64, 0, 0] if sea else [0.55, 0.44, 0.003, 0.007])
    age = draws.one(
        _AGES,
        [0.14, 0.2, 0.3, 0.3, 0.02, 0.01, 0.03]
        if sea
        else [0.09, 0.17, 0.24, 0.38, 0.06, 0.02, 0.04],
    )
    young = age == "under_15" or (age == "15_18" and draws.yes(0.75))
    other = [0.3, 0.25, 0.03, 0.2, 0.04, 0.05, 0.03, 0.08, 0.02]
    class_ = shared["class"]
    if crossing and draws.yes(0.15):
        class_ = draws.one(codes.CLASS.values, other)
    begun = draws.yes(0.82)
    forms = (
        list(
            dict.fromkeys(
                draws.one(codes.EXPLOITATION.values, _FORMS)
                for _ in range(2 if draws.yes(0.09) else 1)
            )
        )
        if begun
        else None
    )
    return {
        **shared,
        "place": _place(draws, population),
        "place_role": draws.one(["recruitment", "exploitation", "transit"], [0.85, 0.1, 0.05]),
        "population_group": population,
        "sex": sex,
        "age_band": age,
        "is_child": "unknown" if age == "unknown" else "yes" if young else "no",
        "class": class_,
        "class_group": codes.class_group(class_, forms or []),
        "exploitation_stage": "exploited" if begun else "none_yet",
        "exploitation": forms,
        "recruitment_place": draws.one(
            codes.RECRUITMENT_PLACE.values, [0.7, 0.05, 0.04, 0.01, 0.06, 0.05, 0.03, 0.03, 0.03]
        ),
        "promise": [draws.one(codes.PROMISE.values, _PROMISES)],
        "recruiter_relation": [draws.one(codes.RECRUITER.values, [1] * 10)],
        "means_of_control": list(
            draws.random.choice(
                codes.MEANS.values, draws.random.integers(1, 5), replace=False
            ).tolist()
        ),
        "legal_status": ["refugee", "stateless"] if population == "rohingya_refugee" else None,
        "identified_by": draws.one(codes.AGENCY_TYPE.values[:6], [3, 3, 4, 2, 1, 1]),
        "identification_step": "identified",
    }


def _place(draws: _Draws, population: str) -> str:
    if population == "rohingya_refugee":
        return draws.one(CAMPS, draws.camp)
    if population == "host_community" or draws.yes(0.2):
        return draws.one(UPAZILAS, draws.upazila)
    return draws.one(DISTRICTS, draws.district)


def legs(events: list[dict]) -> list[dict]:
    """One leg for each of the people; ``month`` is the first of its quarter."""
    return [
        {
            **event,
            "month": Month.of(event["month"]).quarter_start.first_day,
            "from_place": event["place"],
            "to_place": event["destination"],
            "leg_role": "to_exploitation",
            "completed": "completed",
        }
        for event in events
    ]


def journeys(events: list[dict]) -> list[dict]:
    """The whole way of each of the people; ``month`` is the first of its quarter."""
    return [
        {
            **event,
            "month": Month.of(event["month"]).quarter_start.first_day,
            "origin": event["place"],
        }
        for event in events
    ]


def months_of(events: list[dict]) -> list[date]:
    """Months that occur, in order."""
    return sorted({event["month"] for event in events})
