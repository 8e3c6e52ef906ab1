"""Accounts of others, and the record: what an administrator sees and changes."""

from __future__ import annotations

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access import account_table, audit, users
from dashboard.access.account_table import BadName
from dashboard.access.pages.frame import Context, link_to, on_to, page, routes, way
from dashboard.access.roles import BY_NAME, ROLES
from dashboard.access.signing import UNSHOWN

#: Entries of the record on a page.
_SHOWN = 200


def add(blueprint: Blueprint, context: Context) -> None:
    """Add the routes."""
    rule = routes(blueprint, context)
    rule("/users", "users", _list_or_add, "GET", "POST")
    changes = "reset, disable, connect, disconnect"
    rule(f"/users/<int:number>/<any({changes}):change>", "change_user", _change, "POST")
    rule("/record", "record", _record, "GET")


def _list_or_add(context: Context) -> Answer:
    """List the accounts, or add one and show its link."""
    if request.method != "POST":
        return _list(context)
    name, role = request.form.get("name", ""), BY_NAME.get(request.form.get("role", ""))
    if role is None:
        abort(400)
    partner = account_table.plain_partner(request.form.get("partner", ""))
    if bool(partner) != role.signs:
        return _list(context, 400, problem="partner", name=name, chosen=role.name, partner=partner)
    try:
        link = users.add(context.accounts, name, role, g.reader.name, partner)
    except BadName:
        return _list(context, 400, problem="name", name=name)
    return _link(context, name, link)


def _change(context: Context, number: int, change: str) -> Answer:
    """Reset, disable, connect or disconnect the account of a number, which is not the own one."""
    account = next((one for one in users.everybody(context.accounts) if one.id == number), None)
    if account is None or account.id == g.session.account.id:
        abort(404)
    if change == "reset":
        return _link(context, account.name, users.reset(context.accounts, account, g.reader.name))
    if change == "connect":
        if context.provider is None or account.disabled:
            abort(404)
        link = users.invite_by_provider(context.accounts, account, g.reader.name)
        return _link(context, account.name, link, by_provider=True)
    if change == "disconnect":
        users.disconnect(context.accounts, account, g.reader.name)
    else:
        users.disable(context.accounts, account, g.reader.name)
    return on_to(way("users"))


def _record(context: Context) -> Answer:
    """A page of the record, the newest entries first."""
    with context.accounts.store.reading() as connection:
        head = audit.stored_head(connection)
        breaks = audit.breaks(connection, context.accounts.folder)
    pages = -(-head.number // _SHOWN)  # rounded up
    number = max(1, min(request.args.get("page", 1, type=int), pages))
    after = (number - 1) * _SHOWN
    entries = audit.latest(context.accounts.folder, _SHOWN + 1, without=UNSHOWN, after=after)
    visible, is_last = entries[:_SHOWN], len(entries) <= _SHOWN
    return page("record", entries=visible, head=head, breaks=breaks, number=number, is_last=is_last)


def _list(context: Context, status: int = 200, **values: object) -> Answer:
    """The page that lists the accounts; ``values`` are further ones for its template."""
    accounts = users.everybody(context.accounts)
    graces = {account.id: users.waits_until(context.accounts, account) for account in accounts}
    return page("users", status, users=accounts, graces=graces, roles=ROLES, **values)


def _link(context: Context, name: str, link: str, *, by_provider: bool = False) -> Answer:
    """The page with a link, by which an account's owner sets up how to sign in; shown once."""
    address = link_to(context, "invited", link=link)
    return page("link", by_provider=by_provider, name=name.strip(), link=address)
