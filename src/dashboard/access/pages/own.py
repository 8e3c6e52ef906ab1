"""One's own account: password, second factors, recovery codes, sessions, a program's token."""

from __future__ import annotations

from flask import Blueprint, g, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from dashboard.access import codes, own_account, passkeys, program_tokens, signing_in, users
from dashboard.access.pages.frame import (
    Context,
    let_in,
    let_out,
    on_to,
    own_path,
    page,
    routes,
    way,
)
from dashboard.access.pages.signing_in import STATUS, unequal
from dashboard.access.passwords import SHORTEST, SHORTEST_WITH_CODE
from dashboard.access.program_tokens import ProgramToken
from dashboard.access.roles import PROGRAMS
from dashboard.access.sessions import Session


def add(blueprint: Blueprint, context: Context) -> None:
    """Add the routes."""
    rule = routes(blueprint, context)
    rule("/account", "account", _show_account, "GET")
    rule("/account/password", "password", _change_password, "POST")
    rule("/account/authenticator", "enrol", _enrol, "GET", "POST")
    rule("/account/passkey", "passkey", _add_passkey, "GET", "POST")
    rule(
        "/account/passkey/<int(max=999999999):number>/<any(rename, remove):change>",
        "change_passkey",
        _change_passkey,
        "POST",
    )
    rule("/account/recovery-codes", "recovery", _make_recovery_codes, "POST")
    rule("/account/token", "token", _make_token, "POST")
    rule("/account/token/end", "end_token", _end_token, "POST")
    rule("/account/sessions", "end_sessions", _end_sessions, "POST")


def _show_account(context: Context) -> Answer:
    return _account_page(context, g.session)


def _change_password(context: Context) -> Answer:
    """Change the password, which ends all sessions, or say why not on the page of the account."""
    accounts, address = context.accounts, context.browser.address(request)
    old, new = request.form.get("old", ""), request.form.get("password", "")
    fault = unequal(new) or own_account.change_password(accounts, g.session, old, new, address)
    if fault:
        return _account_page(context, g.session, fault)
    return let_out(context, on_to(way("sign_in")))


def _enrol(context: Context) -> Answer:
    """Show the key of a new authenticator, or take it into use by its first code."""
    account, address = g.session.account, context.browser.address(request)
    key = own_account.new_authenticator(context.accounts, g.session)
    if key is None:
        return on_to(way("account"))
    address_of_key = codes.address_of(key, account.name)
    # A drawing of paths, which holds no text.
    picture = Markup(codes.picture_of(address_of_key))  # noqa: S704 # nosec B704
    is_whole = g.session.stage == "whole"
    values = {
        "key": _in_fours(key),
        "address": address_of_key,
        "picture": picture,
        "with_passkey": context.browser.place(request) is not None,
        "until": users.waits_until(context.accounts, account) if is_whole else None,
        "later": own_path(request.args.get("next", "")),
    }
    if request.method != "POST":
        return page("enrol", 200, **values)
    code, password = request.form.get("code", ""), request.form.get("password", "")
    proven = own_account.prove_authenticator(context.accounts, g.session, code, password, address)
    if not isinstance(proven, tuple):
        return page("enrol", 429 if proven == "locked" else 400, problem=proven, **values)
    return _after_second_factor(context, *proven)


def _add_passkey(context: Context) -> Answer:
    """Offer to make a passkey, or take one that was made."""
    place = context.browser.place(request)
    if place is None:
        return page("refused", 404, why="no_passkeys")
    added = None
    if request.method == "POST":
        sent, name = request.form.get("credential", ""), request.form.get("name", "")
        password, address = request.form.get("password", ""), context.browser.address(request)
        added = passkeys.add(context.accounts, g.session, place, sent, name, password, address)
        if isinstance(added, tuple):
            return _after_second_factor(context, *added)
    options = passkeys.to_add(context.accounts, g.session, place)
    status = STATUS.get(added, 400) if added else 200
    return page("passkey", status, problem=added, passkey_options=options, script=context.passkeys)


def _change_passkey(context: Context, number: int, change: str) -> Answer:
    """Rename or remove the passkey of a number, if it is the account's own."""
    accounts, session, form = context.accounts, g.session, request.form
    if change == "rename":
        fault = passkeys.rename(accounts, session.account, number, form.get("name", ""))
    else:
        address = context.browser.address(request)
        fault = passkeys.remove(accounts, session, number, form.get("password", ""), address)
    return _account_page(context, session, fault) if fault else on_to(way("account"))


def _after_second_factor(context: Context, session: Session, recovery_codes: list[str]) -> Answer:
    """The page after a new second factor: the recovery codes of a first one, shown once."""
    if not recovery_codes:
        return on_to(way("account"))
    g.session, g.holder = session, session.token
    return let_in(context, session, page("codes", codes=recovery_codes))


def _make_recovery_codes(context: Context) -> Answer:
    """Make new recovery codes, and show them once."""
    code, address = request.form.get("code", ""), context.browser.address(request)
    recovery_codes = own_account.new_recovery_codes(context.accounts, g.session, code, address)
    if not isinstance(recovery_codes, list):
        return _account_page(context, g.session, recovery_codes)
    return page("codes", codes=recovery_codes)


def _make_token(context: Context) -> Answer:
    """Make the token of a program, and show it once."""
    code, address = request.form.get("code", ""), context.browser.address(request)
    token = own_account.new_token(context.accounts, g.session, code, address)
    if not isinstance(token, ProgramToken):
        return _account_page(context, g.session, token)
    example = context.browser.link(request, "/exhibit/overview.trend.csv")
    ends_at = context.accounts.moment(token.ends_at)
    return page("token", token=token, ends_at=ends_at, example=example)


def _end_token(context: Context) -> Answer:
    own_account.end_token(context.accounts, g.session.account)
    return on_to(way("account"))


def _end_sessions(context: Context) -> Answer:
    """End sessions of the account; who ended this one signs in again."""
    session, form, address = g.session, request.form, context.browser.address(request)
    which, password = form.get("which", ""), form.get("password", "")
    fault = own_account.end_sessions(context.accounts, session, which, password, address)
    if fault:
        return _account_page(context, session, fault)
    if signing_in.session_of(context.accounts, session.token) is None:
        return let_out(context, on_to(way("sign_in")))
    return on_to(way("account"))


def _account_page(context: Context, session: Session, problem: str | None = None) -> Answer:
    """The page of the account of a session; ``problem`` is why a form of it was refused."""
    accounts, account = context.accounts, session.account
    with accounts.store.reading() as connection:
        codes_left = codes.recovery_codes_left(connection, account.id)
        until = program_tokens.ends_at(connection, account.id, accounts.now())
    values = {
        "codes_left": codes_left,
        "sessions": own_account.own_sessions(accounts, session),
        "passkeys": passkeys.of(accounts, account),
        "with_passkey": context.browser.place(request) is not None,
        "until": accounts.moment(until) if until else None,
        "second_until": users.waits_until(accounts, account),
        "moment": accounts.moment,
        "has_programs": account.role.endpoints >= PROGRAMS,
        "least": SHORTEST_WITH_CODE if account.wants_code else SHORTEST,
        "problem": problem,
    }
    return page("account", STATUS.get(problem, 400) if problem else 200, **values)


def _in_fours(key: str) -> str:
    """A key in groups of four letters, as it is typed from a screen.

    >>> _in_fours("ABCDEFGH")
    'ABCD EFGH'
    """
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
