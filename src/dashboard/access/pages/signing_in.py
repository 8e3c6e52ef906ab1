"""Signing in and out: name and password, the code, a passkey, the link that sets a password."""

from __future__ import annotations

from flask import Blueprint, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access import own_account, passkeys, signing_in, users
from dashboard.access.pages.frame import (
    Context,
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


def add(blueprint: Blueprint, context: Context) -> None:
    """Add the routes."""
    rule = routes(blueprint, context)
    rule("/sign-in", "sign_in", _sign_in, *_BOTH)
    rule("/sign-in/code", "code", _give_code, *_BOTH)
    rule("/sign-in/passkey", "by_passkey", _by_passkey, "POST")
    rule("/sign-out", "sign_out", _sign_out, "POST")
    rule("/set-password/<link>", "invited", _set_password, *_BOTH)


def _sign_in(context: Context) -> Answer:
    """Sign in by name and password, or show the page that asks for them."""
    if g.reader:
        return on_to(first())
    target = own_path(request.values.get("next", ""))
    if request.method != "POST":
        return sign_in_page(context, target, out="out" in request.args)
    name, password = request.form.get("name", ""), request.form.get("password", "")
    address, device = context.browser.address(request), _device(context, name)
    browser = context.browser.kind(request)
    session = signing_in.sign_in(context.accounts, name, password, address, device, browser)
    if not isinstance(session, Session):
        return sign_in_page(context, target, session)
    return next_step(context, session, target)


def _device(context: Context, name: str) -> str:
    """The token of a browser that somebody signed in with by this name before, '' of another."""
    account, now = users.by_name(context.accounts, name), context.accounts.now()
    return context.browser.device_of(request, name, account, now)


def _give_code(context: Context) -> Answer:
    """Go on with a session by a code, or show the page that asks for it."""
    if not _waits():
        return on_to(way("sign_in"))
    target = own_path(request.values.get("next", ""))
    if request.method != "POST":
        return sign_in_page(context, target)
    code, address = request.form.get("code", ""), context.browser.address(request)
    device = _device(context, g.session.account.name)
    session = signing_in.give_code(context.accounts, g.session, code, address, device)
    if not isinstance(session, Session):
        return sign_in_page(context, target, session)
    return next_step(context, session, target)


def _by_passkey(context: Context) -> Answer:
    """Sign in by what a passkey signed, with or without a password before."""
    place = context.browser.place(request)
    if g.reader or place is None:
        return on_to(first())
    target, sent = own_path(request.form.get("next", "")), request.form.get("credential", "")
    waiting = g.session if _waits() else None
    origin = Origin(context.browser.address(request), context.browser.kind(request), "passkey")
    session = passkeys.sign_in(context.accounts, g.holder, waiting, place, sent, origin)
    if not isinstance(session, Session):
        return sign_in_page(context, target, "passkey" if session == "wrong" else session)
    return next_step(context, session, target)


def _sign_out(context: Context) -> Answer:
    """End the session; who came by the provider is then offered to sign out there too."""
    by_provider = g.session is not None and g.session.origin.means == "provider"
    if g.session is not None:
        signing_in.sign_out(context.accounts, g.session)
    return let_out(context, on_to(way("sign_in", **({"out": 1} if by_provider else {}))))


def _set_password(context: Context, link: str) -> Answer:
    """Set a password by a link, or show the way to the provider where that is all it is for."""
    account = own_account.account_of_link(context.accounts, link)
    if account is None:
        if context.provider:
            account = own_account.account_of_link(context.accounts, link, by_provider=True)
        if account is None:
            return page("refused", 404, why="link")
        return page("invited", name=account.name, link=link)
    least = SHORTEST_WITH_CODE if account.wants_code else SHORTEST
    values = {"name": account.name, "least": least, "link": link}
    if request.method != "POST":
        return page("invited", **values)
    new = request.form.get("password", "")
    fault = unequal(new) or own_account.accept(context.accounts, link, new)
    if fault:
        return page("invited", 400, problem=fault, **values)
    return let_out(context, on_to(way("sign_in")))


def unequal(new: str) -> str | None:
    """Why a new password is refused, "unequal" where it was typed differently again, or None."""
    return None if new == request.form.get("again", "") else "unequal"


def sign_in_page(
    context: Context, target: str, problem: str | None = None, *, out: bool = False
) -> Answer:
    """The page that asks who somebody is, or for the code behind a password that was right.

    Args:
        context: What the pages are given.
        target: Address that they go on to after signing in.
        problem: Why they were not let in a moment ago, or None.
        out: Whether they just signed out here and not at their provider.
    """
    place, waiting = context.browser.place(request), g.session if _waits() else None
    values: dict[str, object] = {"next": target, "problem": problem, "script": context.passkeys}
    if place and (waiting is None or waiting.account.passkeys):
        values["passkey_options"] = passkeys.to_sign_in(context.accounts, g.holder, waiting, place)
    if waiting is None and out and context.provider:
        values |= {"out": True, "way_out": context.provider.way_out(link_to(context, "sign_in"))}
    status = STATUS.get(problem, 401) if problem else 200
    if waiting is None:
        return page("sign_in", status, **values)
    return page("code", status, has_code=waiting.account.has_code, **values)


def _waits() -> bool:
    """Whether the session is one whose password was right and whose code is still to come."""
    return g.session is not None and g.session.stage == "code"


def next_step(context: Context, session: Session, target: str) -> Answer:
    """A redirect to the next step of signing in, or to the target after the last."""
    after_all = first() if target == "/" else target
    if session.account.may_wait(context.accounts.now()):
        after_all = way("enrol", next=target)
    by_stage = {"code": way("code", next=target), "enrol": way("enrol"), "whole": after_all}
    return let_in(context, session, on_to(by_stage[session.stage]))
