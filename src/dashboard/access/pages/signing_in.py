"""Signing in and out: name and password, the code, a passkey, the link that sets a password."""

from __future__ import annotations

from flask import Blueprint, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access import own_account, passkeys, signing_in, users
from dashboard.access.pages.frame import (
    House,
    first,
    let_in,
    let_out,
    link_to,
    on_to,
    own_path,
    page,
    routes,
    way,
)
from dashboard.access.passwords import SHORTEST, SHORTEST_WITH_CODE
from dashboard.access.sessions import Origin, Session

#: Status of a page by why somebody was refused.
STATUS = {"wrong": 401, "locked": 429, "busy": 503, "unanswered": 503, "unproven": 401}
_BOTH = ["GET", "POST"]


def add(blueprint: Blueprint, house: House) -> None:
    """Add the routes."""
    rule = routes(blueprint, house)
    rule("/sign-in", "sign_in", _sign_in, *_BOTH)
    rule("/sign-in/code", "code", _give_code, *_BOTH)
    rule("/sign-in/passkey", "by_passkey", _by_passkey, "POST")
    rule("/sign-out", "sign_out", _sign_out, "POST")
    rule("/set-password/<link>", "invited", _set_password, *_BOTH)


def _sign_in(house: House) -> Answer:
    """Sign in by name and password, or show the page that asks for them."""
    if g.reader:
        return on_to(first())
    target = own_path(request.values.get("next", ""))
    if request.method != "POST":
        return sign_in_page(house, target, out="out" in request.args)
    name, password = request.form.get("name", ""), request.form.get("password", "")
    address, device = house.browser.address(request), _device(house, name)
    browser = house.browser.kind(request)
    session = signing_in.sign_in(house.accounts, name, password, address, device, browser)
    if not isinstance(session, Session):
        return sign_in_page(house, target, session)
    return next_step(house, session, target)


def _device(house: House, name: str) -> str:
    """The token of a browser that somebody signed in with by this name before, '' of another."""
    account, now = users.by_name(house.accounts, name), house.accounts.now()
    return house.browser.device_of(request, name, account, now)


def _give_code(house: House) -> Answer:
    """Go on with a session by a code, or show the page that asks for it."""
    if not _waits():
        return on_to(way("sign_in"))
    target = own_path(request.values.get("next", ""))
    if request.method != "POST":
        return sign_in_page(house, target)
    code, address = request.form.get("code", ""), house.browser.address(request)
    device = _device(house, g.session.account.name)
    session = signing_in.give_code(house.accounts, g.session, code, address, device)
    if not isinstance(session, Session):
        return sign_in_page(house, target, session)
    return next_step(house, session, target)


def _by_passkey(house: House) -> Answer:
    """Sign in by what a passkey signed, with or without a password before."""
    place = house.browser.place(request)
    if g.reader or place is None:
        return on_to(first())
    target, sent = own_path(request.form.get("next", "")), request.form.get("credential", "")
    waiting = g.session if _waits() else None
    origin = Origin(house.browser.address(request), house.browser.kind(request), "passkey")
    session = passkeys.sign_in(house.accounts, g.holder, waiting, place, sent, origin)
    if not isinstance(session, Session):
        return sign_in_page(house, target, "passkey" if session == "wrong" else session)
    return next_step(house, session, target)


def _sign_out(house: House) -> Answer:
    """End the session; who came by the provider is then offered to sign out there too."""
    by_provider = g.session is not None and g.session.origin.means == "provider"
    if g.session is not None:
        signing_in.sign_out(house.accounts, g.session)
    return let_out(house, on_to(way("sign_in", **({"out": 1} if by_provider else {}))))


def _set_password(house: House, link: str) -> Answer:
    """Set a password by a link, or show the way to the provider where that is all it is for."""
    account = own_account.account_of_link(house.accounts, link)
    if account is None:
        if house.provider:
            account = own_account.account_of_link(house.accounts, link, by_provider=True)
        if account is None:
            return page("refused", 404, why="link")
        return page("invited", name=account.name, link=link)
    least = SHORTEST_WITH_CODE if account.wants_code else SHORTEST
    values = {"name": account.name, "least": least, "link": link}
    if request.method != "POST":
        return page("invited", **values)
    new = request.form.get("password", "")
    fault = unequal(new) or own_account.accept(house.accounts, link, new)
    if fault:
        return page("invited", 400, problem=fault, **values)
    return let_out(house, on_to(way("sign_in")))


def unequal(new: str) -> str | None:
    """Why a new password is refused, "unequal" where it was typed differently again, or None."""
    return None if new == request.form.get("again", "") else "unequal"


def sign_in_page(
    house: House, target: str, problem: str | None = None, *, out: bool = False
) -> Answer:
    """The page that asks who somebody is, or for the code behind a password that was right.

    Args:
        house: What the pages are given.
        target: Address that they go on to after signing in.
        problem: Why they were not let in a moment ago, or None.
        out: Whether they just signed out here and not at their provider.
    """
    place, waiting = house.browser.place(request), g.session if _waits() else None
    values: dict[str, object] = {"next": target, "problem": problem, "script": house.passkeys}
    if place and (waiting is None or waiting.account.passkeys):
        values["passkey_options"] = passkeys.to_sign_in(house.accounts, g.holder, waiting, place)
    if waiting is None and out and house.provider:
        values |= {"out": True, "way_out": house.provider.way_out(link_to(house, "sign_in"))}
    status = STATUS.get(problem, 401) if problem else 200
    if waiting is None:
        return page("sign_in", status, **values)
    return page("code", status, has_code=waiting.account.has_code, **values)


def _waits() -> bool:
    """Whether the session is one whose password was right and whose code is still to come."""
    return g.session is not None and g.session.stage == "code"


def next_step(house: House, session: Session, target: str) -> Answer:
    """A redirect to the next step of signing in, or to the target after the last."""
    after_all = first() if target == "/" else target
    if session.account.may_wait(house.accounts.now()):
        after_all = way("enrol", next=target)
    by_stage = {"code": way("code", next=target), "enrol": way("enrol"), "whole": after_all}
    return let_in(house, session, on_to(by_stage[session.stage]))
