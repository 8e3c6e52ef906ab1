"""Signing in and out: name and password, the code, the link that sets a password."""

from __future__ import annotations

from flask import Blueprint, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access import desk as at
from dashboard.access.pages.frame import (
    House,
    first,
    let_in,
    let_out,
    on_to,
    page,
    routes,
    wanted,
    way,
)
from dashboard.access.passwords import SHORTEST, SHORTEST_WITH_CODE
from dashboard.access.sessions import Session

#: Status of a page by why somebody was refused.
STATUS = {"wrong": 401, "locked": 429, "busy": 503}
_BOTH = ["GET", "POST"]


def add(blueprint: Blueprint, house: House) -> None:
    """Add the routes."""
    rule = routes(blueprint, house)
    rule("/sign-in", "sign_in", _sign_in, *_BOTH)
    rule("/sign-in/code", "code", _code, *_BOTH)
    rule("/sign-out", "sign_out", _sign_out, "POST")
    rule("/set-password/<link>", "invited", _invited, *_BOTH)


def _sign_in(house: House) -> Answer:
    if g.reader:
        return on_to(first())
    target = wanted(request.values.get("next", ""))
    if request.method != "POST":
        return page("sign_in", next=target)
    name, password = request.form.get("name", ""), request.form.get("password", "")
    address, device = house.browser.address(request), _device(house, name)
    found = at.sign_in(house.desk, name, password, address, device)
    if not isinstance(found, Session):
        return page("sign_in", STATUS[found], problem=found, next=target)
    return _further(house, found, target)


def _device(house: House, name: str) -> str:
    """The token of a browser that somebody signed in with by this name before."""
    account, now = at.named(house.desk, name), house.desk.clock()
    return house.browser.device_of(request, name, account, now)


def _code(house: House) -> Answer:
    if g.session is None or g.session.stage != "code":
        return on_to(way("sign_in"))
    target = wanted(request.values.get("next", ""))
    if request.method != "POST":
        return page("code", next=target)
    code, address = request.form.get("code", ""), house.browser.address(request)
    device = _device(house, g.session.account.name)
    found = at.give_code(house.desk, g.session, code, address, device)
    if not isinstance(found, Session):
        return page("code", STATUS[found], problem=found, next=target)
    return _further(house, found, target)


def _sign_out(house: House) -> Answer:
    if g.session is not None:
        at.sign_out(house.desk, g.session)
    return let_out(house, on_to(way("sign_in")))


def _invited(house: House, link: str) -> Answer:
    account = at.invited(house.desk, link)
    if account is None:
        return page("refused", 404, why="link")
    least = SHORTEST_WITH_CODE if account.wants_code else SHORTEST
    if request.method != "POST":
        return page("invited", name=account.name, least=least)
    new = request.form.get("password", "")
    fault = unequal(new) or at.accept(house.desk, link, new)
    if fault:
        return page("invited", 400, name=account.name, least=least, problem=fault)
    return let_out(house, on_to(way("sign_in")))


def unequal(new: str) -> str | None:
    """What speaks against a password that was typed twice, and differently."""
    return None if new == request.form.get("again", "") else "unequal"


def _further(house: House, session: Session, target: str) -> Answer:
    """On to what is still to come, or to where somebody was on the way to."""
    whole = first() if target == "/" else target
    ways = {"code": way("code", next=target), "enrol": way("enrol"), "whole": whole}
    return let_in(house, session, on_to(ways[session.stage]))
