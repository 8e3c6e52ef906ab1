"""One's own account: password, second factors, recovery codes, sessions, a program's token."""

from __future__ import annotations

from flask import Blueprint, g, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from dashboard.access import codes, own_account, passkeys, program_tokens, signing_in, users
from dashboard.access.pages.frame import (
    House,
    let_in,
    let_out,
    on_to,
    page,
    routes,
    wanted,
    way,
)
from dashboard.access.pages.signing_in import STATUS, unequal
from dashboard.access.passwords import SHORTEST, SHORTEST_WITH_CODE
from dashboard.access.program_tokens import ProgramToken
from dashboard.access.roles import PROGRAMS
from dashboard.access.sessions import Session


def add(blueprint: Blueprint, house: House) -> None:
    """Add the routes."""
    rule = routes(blueprint, house)
    rule("/account", "account", _own, "GET")
    rule("/account/password", "password", _password, "POST")
    rule("/account/authenticator", "enrol", _enrol, "GET", "POST")
    rule("/account/passkey", "passkey", _passkey, "GET", "POST")
    rule(
        "/account/passkey/<int(max=999999999):number>/<any(rename, remove):change>",
        "change_passkey",
        _change_passkey,
        "POST",
    )
    rule("/account/recovery-codes", "recovery", _recovery, "POST")
    rule("/account/token", "token", _token, "POST")
    rule("/account/token/end", "end_token", _end_token, "POST")
    rule("/account/sessions", "end_sessions", _end_sessions, "POST")


def _own(house: House) -> Answer:
    return _account(house, g.session)


def _password(house: House) -> Answer:
    own, address = g.session, house.browser.address(request)
    old, new = request.form.get("old", ""), request.form.get("password", "")
    fault = unequal(new) or own_account.change_password(house.accounts, own, old, new, address)
    if fault:
        return _account(house, own, fault)
    return let_out(house, on_to(way("sign_in")))


def _enrol(house: House) -> Answer:
    """An authenticator; who may do without for a while is led here after signing in."""
    own, address = g.session.account, house.browser.address(request)
    key = own_account.new_authenticator(house.accounts, g.session)
    if key is None:
        return on_to(way("account"))
    there = codes.address_of(key, own.name)
    # A drawing of paths, which holds no text.
    picture = Markup(codes.picture_of(there))  # noqa: S704 # nosec B704
    is_whole = g.session.stage == "whole"
    shown = {
        "key": _in_fours(key),
        "address": there,
        "picture": picture,
        "with_passkey": house.browser.place(request) is not None,
        "until": users.waits_until(house.accounts, own) if is_whole else None,
        "later": wanted(request.args.get("next", "")),
    }
    if request.method != "POST":
        return page("enrol", 200, **shown)
    code, password = request.form.get("code", ""), request.form.get("password", "")
    found = own_account.prove_authenticator(house.accounts, g.session, code, password, address)
    if not isinstance(found, tuple):
        return page("enrol", 429 if found == "locked" else 400, problem=found, **shown)
    return _goes_on(house, *found)


def _passkey(house: House) -> Answer:
    place = house.browser.place(request)
    if place is None:
        return page("refused", 404, why="no_passkeys")
    found = None
    if request.method == "POST":
        sent, name = request.form.get("credential", ""), request.form.get("name", "")
        password, address = request.form.get("password", ""), house.browser.address(request)
        found = passkeys.add(house.accounts, g.session, place, sent, name, password, address)
        if isinstance(found, tuple):
            return _goes_on(house, *found)
    text = passkeys.to_add(house.accounts, g.session, place)
    status = STATUS.get(found, 400) if found else 200
    return page("passkey", status, problem=found, told=text, script=house.passkeys)


def _change_passkey(house: House, number: int, change: str) -> Answer:
    own, form = g.session, request.form
    if change == "rename":
        fault = passkeys.rename(house.accounts, own.account, number, form.get("name", ""))
    else:
        address = house.browser.address(request)
        fault = passkeys.remove(house.accounts, own, number, form.get("password", ""), address)
    return _account(house, own, fault) if fault else on_to(way("account"))


def _goes_on(house: House, session: Session, made: list[str]) -> Answer:
    """On behind a new second factor: the recovery codes of a first one, told once."""
    if not made:
        return on_to(way("account"))
    g.session, g.holder = session, session.token
    return let_in(house, session, page("codes", codes=made))


def _recovery(house: House) -> Answer:
    own, address = g.session, house.browser.address(request)
    made = own_account.new_recovery_codes(
        house.accounts, own, request.form.get("code", ""), address
    )
    if not isinstance(made, list):
        return _account(house, own, made)
    return page("codes", codes=made)


def _token(house: House) -> Answer:
    own, address = g.session, house.browser.address(request)
    made = own_account.new_token(house.accounts, own, request.form.get("code", ""), address)
    if not isinstance(made, ProgramToken):
        return _account(house, own, made)
    example = house.browser.link(request, "/exhibit/overview.trend.csv")
    ends_at = house.accounts.moment(made.ends_at)
    return page("token", token=made, ends_at=ends_at, example=example)


def _end_token(house: House) -> Answer:
    own_account.end_token(house.accounts, g.session.account)
    return on_to(way("account"))


def _end_sessions(house: House) -> Answer:
    own, form = g.session, request.form
    which, address = form.get("which", ""), house.browser.address(request)
    fault = own_account.end_sessions(house.accounts, own, which, form.get("password", ""), address)
    if fault:
        return _account(house, own, fault)
    if signing_in.session_of(house.accounts, own.token) is None:
        return let_out(house, on_to(way("sign_in")))
    return on_to(way("account"))


def _account(house: House, own: Session, problem: str | None = None) -> Answer:
    accounts, account = house.accounts, own.account
    with accounts.store.reading() as connection:
        left = codes.recovery_codes_left(connection, account.id)
        until = program_tokens.ends_at(connection, account.id, accounts.now())
    shown = {
        "left": left,
        "held": own_account.own_sessions(accounts, own),
        "passkeys": passkeys.of(accounts, account),
        "with_passkey": house.browser.place(request) is not None,
        "until": accounts.moment(until) if until else None,
        "second_until": users.waits_until(accounts, account),
        "moment": accounts.moment,
        "has_programs": account.role.endpoints >= PROGRAMS,
        "least": SHORTEST_WITH_CODE if account.wants_code else SHORTEST,
        "problem": problem,
    }
    return page("account", STATUS.get(problem, 400) if problem else 200, **shown)


def _in_fours(key: str) -> str:
    """A key as one reads it from a screen.

    >>> _in_fours("ABCDEFGH")
    'ABCD EFGH'
    """
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
