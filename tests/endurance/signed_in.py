"""Signed in: what people do to a server with accounts that they send odd forms and callbacks.

One of each role, with the tokens of their forms, and somebody who has not signed in ask odd
callbacks and odd addresses and send odd forms; none may be answered 500. Forms that would end their
own sessions are left out.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

from dashboard.access.roles import BY_NAME
from dashboard.exhibits.registry import definitions
from dashboard.model.signoff import Round
from tests.endurance import wire
from tests.support.accounts import entered, secret_in
from tests.support.rounds import put_key, put_round, round_of

FORM = "application/x-www-form-urlencoded"
#: Who asks: every role, and somebody who has not signed in.
WHO = (*BY_NAME, "nobody")
#: One in so many forms has whole fields, so that something is kept meanwhile.
_WHOLE = 6
_WORDS = (
    "", "0", "-1", "9" * 400, "true", "\x00", "আ", "\u202e", "<script>alert(1)</script>",
    "' OR 1=1 --", "2026-13", "2027-01", "a" * 3_000, "//evil.example", "javascript:alert(1)",
    "overview.trend", "overview.trend?sex=x", "/routes?mode=land", "open", "other",
)  # fmt: skip
#: Forms and their fields.
_FORMS = {
    "/decisions/new": ("figure", "action", "owner", "due", "follows"), "/decisions/1/done": ("x",),
    "/views/new": ("name", "address", "shared", "next"), "/views/1/rename": ("name",),
    "/views/1/share": (), "/data-requests/new": ("asker", "organisation", "purpose", "asked_on"),
    "/data-requests/1/correct": ("asker", "organisation", "purpose", "asked_on", "seen"),
    "/data-requests/1/answer": ("outcome", "release", "decider", "answered_on"),
    "/notes/new": ("month", "last_month", "kind", "area", "words"), "/notes/1/take-back": (),
    "/flags/explain": ("flag", "area", "verdict", "first", "reason", "words", "text"),
    "/sign-off/sign": ("digest", "round", "partner"),
    "/sign-off/change": ("digest", "round", "partner", "text"),
    "/account/password": ("old", "password", "again", "name"),
    "/account/authenticator": ("code", "password"), "/account/recovery-codes": ("code",),
    "/account/token": ("code",), "/users": ("name", "role", "partner"), "/users/999/reset": (),
    "/editions/2026-01-none/hold": (),
}  # fmt: skip
#: Fields of forms that are taken.
_TAKEN = {
    "/decisions/new": {
        "figure": "overview.trend", "action": "Ask partners of the district for their reports",
        "owner": "secretariat", "due": f"{date.today().year + 1}-01", "follows": "1",
    },
    "/data-requests/new": {
        "asker": "media", "organisation": "A newspaper",
        "purpose": "Numbers by district for a report on sea routes", "asked_on": str(date.today()),
    },
    "/notes/new": {
        "month": "2026-06", "last_month": "", "kind": "flood", "area": "everywhere",
        "words": "Three upazilas were cut off",
    },
    "/views/new": {"name": "Land routes", "address": "/routes?mode=land"},
}  # fmt: skip


@dataclass
class SignedInFigures:
    """What came of odd requests of people who have signed in, and of somebody who has not.

    Attributes:
        callbacks: Odd callbacks asked, by the answer's status.
        routes: Odd addresses asked, by the answer's status.
        forms: Odd forms sent, by the answer's status.
        strangers: All of these of who has not signed in, by the answer's status.
        wrong: What was answered 500, in words; must be empty.
    """

    callbacks: Counter[int] = field(default_factory=Counter)
    routes: Counter[int] = field(default_factory=Counter)
    forms: Counter[int] = field(default_factory=Counter)
    strangers: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def measure_signed_in(folder: Path, *, each: int, seed: int) -> SignedInFigures:
    """Have each role, and nobody, ask so many odd callbacks, addresses and forms.

    A round of sign-off is open, which the partner may answer.
    """
    chance, found = random.Random(seed), SignedInFigures()
    state = folder / "state"
    state.mkdir()
    secret = str(secret_in(folder))
    asked_of = round_of(datetime.now(UTC).date())
    with wire.visited(folder, state, ATLAS_SECRET_FILE=secret) as (port, _):
        put_key(state)
        put_round(folder / "store" / "releases", asked_of)
        for who in WHO:
            visitor, token = _visitor(port, state, who, asked_of.partners[0])
            wire.look_at_everything(visitor)
            for _ in range(each):
                for kind, asked, form in (
                    ("callbacks", wire.odd_callback(chance), wire.JSON),
                    ("routes", ("GET", _odd_address(chance), None), FORM),
                    ("forms", odd_form(chance, token, asked_of), FORM),
                ):
                    wire.note(found, kind if token else "strangers", visitor, asked, form)
            visitor.close()
    return found


def _visitor(port: int, state: Path, who: str, partner: str) -> tuple[wire.Visitor, str]:
    """Somebody before the server, and the token of their forms; none of who has not signed in."""
    if who not in BY_NAME:
        return wire.Visitor(port), ""
    signs = partner if BY_NAME[who].signs else None
    brought, token = entered(state, f"{who}@agency.example", who, signs)
    return wire.Visitor(port, brought), token


def odd_form(chance: random.Random, token: str, asked_of: Round) -> tuple[str, str, bytes]:
    """A form with its token, and fields that hold what nobody types."""
    if chance.randrange(_WHOLE) == 0:
        taken = {**_TAKEN, "/sign-off/change": _change_of(asked_of)}
        path = chance.choice(tuple(taken))
        fields = dict(taken[path])
        if chance.random() < 0.5:
            fields[chance.choice(tuple(fields))] = chance.choice(_WORDS)
    else:
        path = chance.choice(tuple(_FORMS))
        names = [name for name in _FORMS[path] if chance.random() < 0.8]
        fields = {name: chance.choice(_WORDS) for name in names}
    return "POST", path, urlencode({"token": token, **fields}).encode()


def _change_of(asked_of: Round) -> dict[str, str]:
    """The fields with which the first partner asks for a change."""
    return {
        "digest": asked_of.digest, "round": asked_of.name, "partner": asked_of.partners[0],
        "text": "The figure of one district looks too high",
    }  # fmt: skip


def _odd_address(chance: random.Random) -> str:
    """An odd address of the pages of accounts and meetings, or of anything else."""
    word = quote(chance.choice(_WORDS), errors="replace")
    exhibit = chance.choice(definitions()).id
    return chance.choice((
        wire.odd_route(chance),
        f"/decisions/{word}", f"/decisions?show={word}&page={word}&lang={word}",
        f"/decisions/new?figure={word}", f"/decisions/new?figure={exhibit}%3Fperiod%3D{word}",
        f"/data-requests/{word}", f"/data-requests?show={word}&page={word}",
        f"/views/new?address={word}", f"/flags?lang={word}&area={word}", f"/sign-off?lang={word}",
        f"/notes?page={word}", f"/notes/new?month={word}&area={word}",
        f"/account?lang={word}", f"/users?{word}", f"/record?page={word}",
        f"/editions?lang={word}", f"/editions/{word}/hold", f"/data-requests/{word}/correct",
        f"/set-password/{word}", f"/sign-in?next={word}",
    ))  # fmt: skip
