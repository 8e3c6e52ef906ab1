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
from etl.draft.words import WORDS, spoken
from etl.draft.work import Work
from etl.places.gazetteer import normalise_name

#: From fine to coarse; a place of several columns is the finest that is known.
_FINE = (SITE, THIRD, SECOND, FIRST, "anchor", "country", "sea_area")
_STOPPED = "interception"
_END = re.compile(r"\b(from|to)\b")


def place(work: Work) -> None:
    """Declare the columns of places, and the points of those that have no other."""
    found = [
        (column, guess)
        for column in work.profiles
        if work.free(column) and (guess := work.best(column, "place")) is not None
        and guess.score >= LEAST
        and guess.score >= max(g.score for g in work.guesses[column.header]) - 0.3
    ]  # fmt: skip
    of_role: dict[str, list[tuple[Profile, Guess]]] = {}
    for column, guess in found:
        role = _declared(work, column, guess, _legs(found))
        if role is not None:
            of_role.setdefault(role, []).append((column, guess))
    if "" in of_role:
        _plain(work, of_role)
    for role, columns in of_role.items():
        target: dict[str, Any] = {"field": "referral.place"}
        if work.row != "referral":
            target = {"field": "incident_place.place", "role": role}
        _group(work, columns, target)
    if not of_role and work.row in ("incident", "person"):
        _points(work)


def _declared(
    work: Work, column: Profile, guess: Guess, legs: dict[str, tuple[str, int]]
) -> str | None:
    """The role of a place that belongs to a group of columns; None where it is declared alone."""
    if work.row == "referral":
        return "referral"
    if work.row == "voyage":
        _of_voyage(work, column, guess)
    elif _is_citizenship(work, column, guess):
        _use(work, column, guess, {"field": "person.citizenship"}, ["country"])
    elif column.header in legs:
        end, leg = legs[column.header]
        _use(work, column, guess, {"field": f"movement.{end}_place", "leg": leg})
    elif work.row != "person" or not cue(WORDS.headers["person.citizenship"], column):
        # A second word for citizenship, such as a country of origin, is no place of an event.
        return _role(column)
    return None


def leg_of(work: Work, column: Profile) -> int:
    """The number of the leg that a column tells of: that of its group, else the first."""
    legs = _legs([(c, g) for c in work.profiles if (g := work.best(c, "place"))])
    for header, (_, leg) in legs.items():
        words = next(c.words for c in work.profiles if c.header == header)
        prefix = _END.split(words)[0].strip()
        if prefix and column.words.startswith(f"{prefix} "):
            return leg
    match = re.match(r"(?:leg|l) ?(\d)\b", column.words)
    return int(match[1]) if match and int(match[1]) > 0 else 1


def _legs(found: Sequence[tuple[Profile, Guess]]) -> dict[str, tuple[str, int]]:
    """Header to end and number of a leg: two columns that differ by from and to alone."""
    words = {column.words: column.header for column, _ in found}
    legs: dict[str, tuple[str, int]] = {}
    number = 0
    for text, header in words.items():
        ends = list(_END.finditer(text))
        if not ends or ends[-1][0] != "from":
            continue
        other = f"{text[: ends[-1].start()]}to{text[ends[-1].end() :]}"
        if other in words:
            number += 1
            legs[header], legs[words[other]] = ("from", number), ("to", number)
    return legs


def _is_citizenship(work: Work, column: Profile, guess: Guess) -> bool:
    said = {c.header: cue(WORDS.headers["person.citizenship"], c) for c in work.profiles}
    told = said[column.header] > 0 and said[column.header] == max(said.values())
    filled = "person.citizenship" in work.filled
    return work.row == "person" and told and guess.level == "country" and not filled


def _role(column: Profile) -> str:
    """What happened at a place, by its own header first, then by that of its group; "" unknown."""
    order = ("intended_destination", *(r for r in PLACE_ROLE.values if r != "intended_destination"))
    for text in (column.leaf, column.words):
        for role in order:
            if WORDS.roles[role].search(text):
                return role
    return ""


def _plain(work: Work, of_role: dict[str, list[tuple[Profile, Guess]]]) -> None:
    """Places of which nothing more is said: where people were recruited, unless told otherwise.

    Beside a day of rescue or arrest it is likelier where that was.
    """
    columns = of_role.pop("")
    free = [role for role in PLACE_ROLE.values if role not in of_role]
    if not free:
        return
    names = ", ".join(column.header for column, _ in columns)
    labels = tuple(PLACE_ROLE.label_of(role) for role in free)
    stopped = work.day is not None and WORDS.roles[_STOPPED].search(spoken(work.day)) is not None
    usual = free.index(_STOPPED) if stopped and _STOPPED in free else 0
    asked = Question("role", 3, f"What happened at the place in {names}?", labels, usual)
    of_role[free[work.choose(asked)]] = columns


def _group(work: Work, columns: list[tuple[Profile, Guess]], target: dict[str, Any]) -> None:
    """Columns of one place from fine to coarse, each looked up in the next coarser one."""
    order = sorted(columns, key=lambda pair: _FINE.index(pair[1].level))
    for at, (column, guess) in enumerate(order):
        fineness = _FINE.index(guess.level)
        coarser = [c.header for c, wide in order[at + 1 :] if _FINE.index(wide.level) > fineness]
        extra: dict[str, Any] = {"rank": at + 1} if len(order) > 1 else {}
        if coarser and guess.level in (THIRD, SITE):
            extra["within"] = coarser[0]
        _use(work, column, guess, {**target, **extra})


def _use(
    work: Work,
    column: Profile,
    guess: Guess,
    target: dict[str, Any],
    levels: list[str] | None = None,
) -> None:
    """Declare a column as a place; ``target`` is the field it fills, with its role, rank or leg."""
    keys: dict[str, Any] = {
        "use": "derive",
        "how": "place",
        **target,
        "levels": levels or guess.keys["levels"],
    }
    values = {**guess.keys.get("values", {}), **_answered(work, column, guess)}
    if values:
        keys["values"] = values
    if column.missing:
        keys["missing"] = list(column.missing)
    if guess.unmatched.keys() - values.keys():
        keys["others"] = AS_MISSING
    work.use(column.header, **keys)


def _answered(work: Work, column: Profile, guess: Guess) -> dict[str, str]:
    """Codes that the operator gave to names that are nearly those of places, or gave before."""
    held = work.vocabulary.labels.get(column.words, {})
    before = {t: held[casefold(t)][0] for t in guess.unmatched if casefold(t) in held}
    left = {text: rows for text, rows in guess.unmatched.items() if text not in before}
    near = _near(work, left, guess.keys["levels"])
    return before | work.codes(about_places(column.header, left, near))


def _near(
    work: Work, names: Iterable[str], levels: Sequence[str]
) -> dict[str, list[tuple[str, str]]]:
    """Of each name the places whose spelling is nearest."""
    spelled = {
        normalise_name(name): (place.code, place.name_en)
        for place in work.gazetteer.places()
        if place.level in levels
        for name in (place.name_en, place.name_local)
        if name
    }
    return {
        name: [spelled[found] for found in get_close_matches(normalise_name(name), spelled, n=2)]
        for name in names
    }


def _of_voyage(work: Work, column: Profile, guess: Guess) -> None:
    end = _END.findall(column.words)
    name = "voyage.sea_area"
    if guess.level != "sea_area":
        bound = end[-1:] == ["to"] or WORDS.roles["intended_destination"].search(column.words)
        name = "voyage.bound_for" if bound else "voyage.departure"
    if name not in work.filled:
        _use(work, column, guess, {"field": name})


def _points(work: Work) -> None:
    """A point, in one column or in two, where no column names a place."""
    asked = Question("role", 3, "What happened at the points of the file?",
                   tuple(PLACE_ROLE.label_of(role) for role in PLACE_ROLE.values), 2)  # fmt: skip
    target = {"field": "incident_place.place"}
    for column in work.profiles:
        guess = work.best(column, "point")
        if guess is not None and work.free(column):
            role = PLACE_ROLE.values[work.choose(asked)]
            work.use(column.header, use="derive", **guess.keys, **target, role=role)
            return
    lat = work.first("lat")
    lon = work.first("lon")
    if lat is not None and lon is not None:
        role = PLACE_ROLE.values[work.choose(asked)]
        work.use(lon.header, use="derive", how="part")
        work.use(
            lat.header, use="derive", how="point", format="lat_lon", **target, role=role,
            **{"with": lon.header},
        )  # fmt: skip
