"""One's own account: password, authenticator, recovery codes, sessions."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access import codes, sessions
from dashboard.access import desk as at
from dashboard.access.accounts import Account
from dashboard.access.pages.frame import House, let_in, let_out, on_to, page, way
from dashboard.access.pages.signing_in import STATUS, unequal
from dashboard.access.passwords import SHORTEST, SHORTEST_WITH_CODE


def add(blueprint: Blueprint, house: House) -> None:
    """Add the routes."""

    def rule(path: str, name: str, view: Any, *methods: str) -> None:
        blueprint.add_url_rule(path, name, partial(view, house), methods=methods)

    rule("/account", "account", _own, "GET")
    rule("/account/password", "password", _password, "POST")
    rule("/account/authenticator", "enrol", _enrol, "GET", "POST")
    rule("/account/recovery-codes", "recovery", _recovery, "POST")
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
    shown = {"key": _in_fours(key), "address": codes.address_of(key, own.name)}
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


def _everywhere(house: House) -> Answer:
    at.sign_out_everywhere(house.desk, g.session.account)
    return let_out(house, on_to(way("sign_in")))


def _account(house: House, own: Account, status: int = 200, problem: str | None = None) -> Answer:
    with house.desk.store.reading() as connection:
        left = codes.recovery_codes_left(connection, own.id)
        held = sessions.count(connection, own.id, house.desk.clock())
    least = SHORTEST_WITH_CODE if own.wants_code else SHORTEST
    return page("account", status, left=left, held=held, least=least, problem=problem)


def _in_fours(key: str) -> str:
    """A key as one reads it from a screen.

    >>> _in_fours("ABCDEFGH")
    'ABCD EFGH'
    """
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
