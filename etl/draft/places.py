"""Places: which columns name them, and what happened there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from dashboard.model.codes import PLACE_ROLE
from dashboard.model.country import FIRST, SECOND, SITE, THIRD
from dashboard.model.normalise import casefold
from etl.declaration.source import AS_MISSING
from etl.draft.column import LEAST, Guess, Profile, cue
from etl.draft.questions import Question, about_places
from etl.draft.words import WORDS, words_of
from etl.draft.work import Work
from etl.places.gazetteer import normalise_name

#: From fine to coarse; a place of several columns is the finest that is known.
_FINE = (SITE, THIRD, SECOND, FIRST, "anchor", "country", "sea_area")
_STOPPED = "interception"
#: A column with its guess of a place.
PlaceColumn = tuple[Profile, Guess]
_END = re.compile(r"\b(from|to)\b")


def declare_places(work: Work) -> None:
    """Declare the columns of places, and the points of those that have no other."""
    pairs = [
        (column, guess)
        for column in work.profiles
        if work.free(column) and (guess := work.best(column, "place")) is not None
        and guess.score >= LEAST
        and guess.score >= max(g.score for g in work.guesses[column.header]) - 0.3
    ]  # fmt: skip
    legs = _legs(pairs)
    of_role: dict[str, list[PlaceColumn]] = {}
    for column, guess in pairs:
        role = _declare_or_role(work, column, guess, legs)
        if role is not None:
            of_role.setdefault(role, []).append((column, guess))
    if "" in of_role:
        _ask_role(work, of_role)
    for role, columns in of_role.items():
        target: dict[str, Any] = {"field": "referral.place"}
        if work.row != "referral":
            target = {"field": "incident_place.place", "role": role}
        _declare_group(work, columns, target)
    if not of_role and work.row in ("incident", "person"):
        _declare_points(work)


def _declare_or_role(
    work: Work, column: Profile, guess: Guess, legs: dict[str, tuple[str, int]]
) -> str | None:
    """The role by which columns of one place are grouped, "" for one not known; None without group.

    A column that needs none is declared here, or is no place of the event.
    """
    if work.row == "referral":
        return "referral"
    if work.row == "voyage":
        _declare_of_voyage(work, column, guess)
    elif _is_citizenship(work, column, guess):
        _declare(work, column, guess, {"field": "person.citizenship"}, ["country"])
    elif column.header in legs:
        end, leg = legs[column.header]
        _declare(work, column, guess, {"field": f"movement.{end}_place", "leg": leg})
    elif work.row != "person" or not cue(WORDS.headers["person.citizenship"], column):
        # A second word for citizenship, such as a country of origin, is no place of an event.
        return _role(column)
    return None


def leg_of(work: Work, column: Profile) -> int:
    """The number of the leg that a column belongs to: that of its group, else the first."""
    legs = _legs([(c, g) for c in work.profiles if (g := work.best(c, "place"))])
    for header, (_, leg) in legs.items():
        words = next(c.words for c in work.profiles if c.header == header)
        prefix = _END.split(words)[0].strip()
        if prefix and column.words.startswith(f"{prefix} "):
            return leg
    match = re.match(r"(?:leg|l) ?(\d)\b", column.words)
    return int(match[1]) if match and int(match[1]) > 0 else 1


def _legs(pairs: Sequence[PlaceColumn]) -> dict[str, tuple[str, int]]:
    """Header to end and number of a leg: two columns that differ by from and to alone."""
    header_of = {column.words: column.header for column, _ in pairs}
    legs: dict[str, tuple[str, int]] = {}
    number = 0
    for text, header in header_of.items():
        ends = list(_END.finditer(text))
        if not ends or ends[-1][0] != "from":
            continue
        to_text = f"{text[: ends[-1].start()]}to{text[ends[-1].end() :]}"
        if to_text in header_of:
            number += 1
            legs[header], legs[header_of[to_text]] = ("from", number), ("to", number)
    return legs


def _is_citizenship(work: Work, column: Profile, guess: Guess) -> bool:
    """Whether a column of countries is that of people's citizenship, the surest one."""
    cues = {c.header: cue(WORDS.headers["person.citizenship"], c) for c in work.profiles}
    is_surest = cues[column.header] > 0 and cues[column.header] == max(cues.values())
    filled = "person.citizenship" in work.filled
    return work.row == "person" and is_surest and guess.level == "country" and not filled


def _role(column: Profile) -> str:
    """What happened at a place, by its own header first, then by that of its group; "" unknown."""
    order = ("intended_destination", *(r for r in PLACE_ROLE.values if r != "intended_destination"))
    for text in (column.leaf, column.words):
        for role in order:
            if WORDS.roles[role].search(text):
                return role
    return ""


def _ask_role(work: Work, of_role: dict[str, list[PlaceColumn]]) -> None:
    """Ask what happened at places whose headers do not say; recruitment is the usual answer.

    Beside a day of rescue or arrest the usual answer is that stop.
    """
    columns = of_role.pop("")
    free = [role for role in PLACE_ROLE.values if role not in of_role]
    if not free:
        return
    names = ", ".join(column.header for column, _ in columns)
    labels = tuple(PLACE_ROLE.label_of(role) for role in free)
    stopped = work.day is not None and WORDS.roles[_STOPPED].search(words_of(work.day)) is not None
    usual = free.index(_STOPPED) if stopped and _STOPPED in free else 0
    question = Question("role", 3, f"What happened at the place in {names}?", labels, usual)
    of_role[free[work.choose(question)]] = columns


def _declare_group(work: Work, columns: list[PlaceColumn], target: dict[str, Any]) -> None:
    """Columns of one place from fine to coarse, each looked up in the next coarser one."""
    order = sorted(columns, key=lambda pair: _FINE.index(pair[1].level))
    for rank, (column, guess) in enumerate(order, 1):
        fineness = _FINE.index(guess.level)
        coarser = [c.header for c, other in order[rank:] if _FINE.index(other.level) > fineness]
        extra: dict[str, Any] = {"rank": rank} if len(order) > 1 else {}
        if coarser and guess.level in (THIRD, SITE):
            extra["within"] = coarser[0]
        _declare(work, column, guess, {**target, **extra})


def _declare(
    work: Work,
    column: Profile,
    guess: Guess,
    target: dict[str, Any],
    levels: list[str] | None = None,
) -> None:
    """Declare a column as a place; ``target`` is the field it fills, with its role, rank or leg."""
    values = {**guess.keys.get("values", {}), **_codes_of_unmatched(work, column, guess)}
    work.use(
        column.header, use="derive", how="place", **target, levels=levels or guess.keys["levels"],
        values=values, missing=list(column.missing),
        others=AS_MISSING if guess.unmatched.keys() - values.keys() else None,
    )  # fmt: skip


def _codes_of_unmatched(work: Work, column: Profile, guess: Guess) -> dict[str, str]:
    """Codes that the operator gave to names that are nearly those of places, or gave before."""
    labels = work.vocabulary.labels.get(column.words, {})
    learned = {t: labels[casefold(t)][0] for t in guess.unmatched if casefold(t) in labels}
    rest = {text: rows for text, rows in guess.unmatched.items() if text not in learned}
    nearest = _nearest_places(work, rest, guess.keys["levels"])
    return learned | work.codes(about_places(column.header, rest, nearest))


def _nearest_places(
    work: Work, names: Iterable[str], levels: Sequence[str]
) -> dict[str, list[tuple[str, str]]]:
    """Of each name the places whose spelling is nearest."""
    spelled = {
        normalise_name(name): (declare_places.code, declare_places.name_en)
        for declare_places in work.gazetteer.places()
        if declare_places.level in levels
        for name in (declare_places.name_en, declare_places.name_local)
        if name
    }
    return {
        name: [spelled[s] for s in get_close_matches(normalise_name(name), spelled, n=2)]
        for name in names
    }


def _declare_of_voyage(work: Work, column: Profile, guess: Guess) -> None:
    """Declare a place of a voyage: where it was at sea, set out from or was bound for."""
    end = _END.findall(column.words)
    name = "voyage.sea_area"
    if guess.level != "sea_area":
        bound = end[-1:] == ["to"] or WORDS.roles["intended_destination"].search(column.words)
        name = "voyage.bound_for" if bound else "voyage.departure"
    if name not in work.filled:
        _declare(work, column, guess, {"field": name})


def _declare_points(work: Work) -> None:
    """Declare a point, in one column or in two, where no column names a place."""
    question = Question("role", 3, "What happened at the points of the file?",
                   tuple(PLACE_ROLE.label_of(role) for role in PLACE_ROLE.values), 2)  # fmt: skip
    target = {"field": "incident_place.place"}
    for column in work.profiles:
        guess = work.best(column, "point")
        if guess is not None and work.free(column):
            role = PLACE_ROLE.values[work.choose(question)]
            work.use(column.header, use="derive", **guess.keys, **target, role=role)
            return
    lat = work.first("lat")
    lon = work.first("lon")
    if lat is not None and lon is not None:
        role = PLACE_ROLE.values[work.choose(question)]
        work.use(lon.header, use="derive", how="part")
        work.use(
            lat.header, use="derive", how="point", format="lat_lon", **target, role=role,
            **{"with": lon.header},
        )  # fmt: skip
