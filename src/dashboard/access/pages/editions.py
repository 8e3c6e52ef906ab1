"""Editions: what an administrator holds back from the readers of this server, and shows them."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, abort, g
from werkzeug.wrappers import Response as Answer

from dashboard.access.accounts import record
from dashboard.access.audit import Event
from dashboard.access.pages.frame import Context, lang, on_to, page, routes, way
from dashboard.model.edition import Edition
from dashboard.model.periods import Month
from dashboard.release.folder import NoRelease
from dashboard.words import dates


def add(blueprint: Blueprint, context: Context) -> None:
    """Add the routes."""
    rule = routes(blueprint, context)
    rule("/editions", "editions", _list_editions, "GET")
    rule("/editions/<release>/<any(hold, show):change>", "change_edition", _hold_or_show, "POST")


def _list_editions(context: Context) -> Answer:
    """The editions that readers see, and those that this server shows to nobody."""
    current, editions = _current(context), context.editions.editions()
    if current and current.release_id not in {edition.release_id for edition in editions}:
        editions.insert(0, current)  # its file went away after it was opened
    return page(
        "editions",
        editions=editions,
        current=current.release_id if current else "",
        editions_wait=context.withheld.editions_wait,
        withheld=[
            (release_id, _month_of(release_id), context.withheld.waits(release_id))
            for release_id in sorted(_withheld_ids(context), reverse=True)
        ],
        month=partial(dates.month, lang=lang()),
        day=partial(dates.day, lang=lang()),
    )


def _hold_or_show(context: Context, release: str, change: str) -> Answer:
    """Hold an edition back, or show it, where it is not so already."""
    withheld, current = context.withheld, _current(context)
    is_known = context.editions.is_edition(release) or (current and current.release_id == release)
    if not is_known and release not in _withheld_ids(context):
        abort(404)
    with context.accounts.store.writing() as connection:
        if withheld.contains(release) != (change == "hold"):  # else it was done meanwhile
            event: Event = "edition held back"
            if change == "show":
                event = "edition shown" if withheld.waits(release) else "edition shown again"
            (withheld.withhold if change == "hold" else withheld.show)(release)
            record(context.accounts, connection, event, g.reader.name, release=release)
    return on_to(way("editions"))


def _withheld_ids(context: Context) -> frozenset[str]:
    """Ids of editions held back, without those that the operator has taken back.

    The first list has what was held back by hand, also where the file is not there; the second has
    all files that are shown to nobody, also those that only wait.
    """
    listed = context.withheld.ids() | context.editions.withheld()
    return listed - context.editions.taken_back()


def _current(context: Context) -> Edition | None:
    """The edition that readers see, None where there is none."""
    try:
        return context.editions.current().edition
    except NoRelease:
        return None


def _month_of(release: str) -> Month | None:
    """The last month of an edition, from the start of its id; None for an id without one."""
    try:
        return Month.parse(release[:7])
    except ValueError:
        return None
