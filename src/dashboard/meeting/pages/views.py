"""Saved views: open, save, share, rename and delete them."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.pages.frame import lang, on_to, routes, way
from dashboard.access.reader import reader
from dashboard.access.roles import RULE
from dashboard.meeting import address as addresses
from dashboard.meeting import views
from dashboard.meeting.address import Address, in_words
from dashboard.meeting.pages.frame import Context, account, faults_in, render_page
from dashboard.meeting.views import Change
from dashboard.model.written_text import spaced

#: How many views an account may have and how long a name may be, for the templates.
_BOUNDS = {"most": views.MOST, "longest": views.LONGEST}


def add(blueprint: Blueprint, context: Context) -> None:
    """Add the routes."""
    rule = routes(blueprint, context)
    rule("/views", "views", _list, "GET")
    rule("/views/new", "save_view", _save, "GET", "POST")
    changes = "<int(max=999999999):number>/<any(share, keep, rename, delete):change>"
    rule(f"/views/{changes}", "change_view", _change, "POST")


def _save(context: Context) -> Answer:
    """Save the view of an address, by default that of the page before, or show the form for it."""
    text = request.values.get("address", "") or addresses.within(request.referrer, request.host)
    address = addresses.read(text, reader().releases(context.releases))
    if request.method != "POST":
        return _form(context, address)
    if address is None:
        return _form(context, None, 400)
    name, shared = spaced(request.form.get("name", "")), "shared" in request.form
    fault = next(faults_in(name, views.LONGEST), None)
    if fault:
        return _form(context, address, 400, fault=fault, name=request.form["name"], shared=shared)
    who = g.reader.name
    if not views.save(context.accounts, account().id, name, address, shared=shared, who=who):
        return _form(context, address, 409, fault="many", name=name, shared=shared)
    return on_to(way("meeting.views"))


def _change(context: Context, number: int, change: str) -> Answer:
    """Share, keep, rename or delete the view of a number."""
    name = spaced(request.form.get("name", ""))
    fault = next(faults_in(name, views.LONGEST), None) if change == "rename" else None
    if fault:
        return _list(context, 400, renamed=number, fault=fault, name=request.form.get("name", ""))
    is_changed = views.change(
        context.accounts, number, account().id, cast(Change, change), g.reader.name,
        name=name, may_delete_shared=_rules(),
    )  # fmt: skip
    if not is_changed:
        abort(404)
    return on_to(way("meeting.views"))


def _list(context: Context, status: int = 200, **values: object) -> Answer:
    """The page of views; ``values`` say what was wrong with a new name."""
    release = reader().releases(context.releases).current()
    entries = [
        (view, in_words(view.address, release, lang()), view.address.in_language(lang()))
        for view in views.listed(context.accounts, account().id)
    ]
    own = [entry for entry in entries if entry[0].is_own]
    shared = [entry for entry in entries if not entry[0].is_own]
    rules = _rules()
    return render_page("views", status, own=own, shared=shared, rules=rules, **_BOUNDS, **values)


def _form(context: Context, address: Address | None, status: int = 200, **values: object) -> Answer:
    """The page with the form that saves the view of an address, or says that there is none."""
    release = reader().releases(context.releases).current()
    words = in_words(address, release, lang()) if address else ""
    return render_page("save_view", status, address=address, words=words, **_BOUNDS, **values)


def _rules() -> bool:
    """Whether the reader is an administrator, who may delete what others share."""
    return g.reader.role.endpoints >= RULE
