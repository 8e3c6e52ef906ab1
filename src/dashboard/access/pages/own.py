"""One's own account: password, authenticator, recovery codes, sessions, a program's token."""

from __future__ import annotations

from flask import Blueprint, g, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from dashboard.access import codes, program_tokens, sessions
from dashboard.access import desk as at
from dashboard.access.accounts import Account
from dashboard.access.pages.frame import House, let_in, let_out, on_to, page, routes, way
from dashboard.access.pages.signing_in import STATUS, unequal
from dashboard.access.passwords import SHORTEST, SHORTEST_WITH_CODE
from dashboard.access.program_tokens import ProgramToken
from dashboard.access.roles import PROGRAMS


def add(blueprint: Blueprint, house: House) -> None:
    """Add the routes."""
    rule = routes(blueprint, house)
    rule("/account", "account", _own, "GET")
    rule("/account/password", "password", _password, "POST")
    rule("/account/authenticator", "enrol", _enrol, "GET", "POST")
    rule("/account/recovery-codes", "recovery", _recovery, "POST")
    rule("/account/token", "token", _token, "POST")
    rule("/account/token/end", "end_token", _end_token, "POST")
    rule("/account/sign-out-everywhere", "sign_out_everywhere", _everywhere, "POST")


def _own(house: House) -> Answer:
    return _account(house, g.session.account)


def _password(house: House) -> Answer:
    own, address = g.session.account, house.browser.address(request)
    old, new = request.form.get("old", ""), request.form.get("password", "")
    fault = unequal(new) or at.change_password(house.desk, own, old, new, address)
    if fault:
        return _account(house, own, STATUS.get(fault, 400), problem=fault)
    return let_out(house, on_to(way("sign_in")))


def _enrol(house: House) -> Answer:
    own, address = g.session.account, house.browser.address(request)
    key = at.new_authenticator(house.desk, g.session)
    if key is None:
        return on_to(way("account"))
    there = codes.address_of(key, own.name)
    # A drawing of paths, which holds no text.
    picture = Markup(codes.picture_of(there))  # noqa: S704 # nosec B704
    shown = {"key": _in_fours(key), "address": there, "picture": picture}
    if request.method != "POST":
        return page("enrol", 200, **shown)
    code, password = request.form.get("code", ""), request.form.get("password", "")
    found = at.prove_authenticator(house.desk, g.session, code, password, address)
    if not isinstance(found, tuple):
        return page("enrol", 429 if found == "locked" else 400, problem=found, **shown)
    g.session, made = found
    g.holder = g.session.token
    return let_in(house, g.session, page("codes", codes=made))


def _recovery(house: House) -> Answer:
    own, address = g.session.account, house.browser.address(request)
    made = at.new_recovery_codes(house.desk, own, request.form.get("code", ""), address)
    if not isinstance(made, list):
        return _account(house, own, STATUS[made], problem=made)
    return page("codes", codes=made)


def _token(house: House) -> Answer:
    own, address = g.session.account, house.browser.address(request)
    made = at.new_token(house.desk, own, request.form.get("code", ""), address)
    if not isinstance(made, ProgramToken):
        return _account(house, own, STATUS[made], problem=made)
    example = house.browser.link(request, "/exhibit/overview.trend.csv")
    return page("token", token=made, example=example)


def _end_token(house: House) -> Answer:
    at.end_token(house.desk, g.session.account)
    return on_to(way("account"))


def _everywhere(house: House) -> Answer:
    at.sign_out_everywhere(house.desk, g.session.account)
    return let_out(house, on_to(way("sign_in")))


def _account(house: House, own: Account, status: int = 200, problem: str | None = None) -> Answer:
    now = house.desk.clock()
    with house.desk.store.reading() as connection:
        left = codes.recovery_codes_left(connection, own.id)
        held = sessions.count(connection, own.id, now)
        until = program_tokens.ends_at(connection, own.id, now)
    shown = {
        "left": left,
        "held": held,
        "until": until,
        "has_programs": own.role.endpoints >= PROGRAMS,
        "least": SHORTEST_WITH_CODE if own.wants_code else SHORTEST,
        "problem": problem,
    }
    return page("account", status, **shown)


def _in_fours(key: str) -> str:
    """A key as one reads it from a screen.

    >>> _in_fours("ABCDEFGH")
    'ABCD EFGH'
    """
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
