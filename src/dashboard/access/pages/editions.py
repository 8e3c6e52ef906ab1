"""Editions: what an administrator holds back from the readers of this server, and shows again."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, abort, g
from werkzeug.wrappers import Response as Answer

from dashboard.access.desk import record
from dashboard.access.pages.frame import House, lang, on_to, page, routes, way
from dashboard.model.edition import Edition
from dashboard.model.periods import Month
from dashboard.release.folder import NoRelease
from dashboard.words import dates


def add(blueprint: Blueprint, house: House) -> None:
    """Add the routes."""
    rule = routes(blueprint, house)
    rule("/editions", "editions", _list, "GET")
    rule("/editions/<release>/<any(hold, show):change>", "change_edition", _change, "POST")


def _list(house: House) -> Answer:
    held = sorted(house.held.ids(), reverse=True)
    return page(
        "editions",
        shown=house.editions.editions(),
        current=_current(house),
        held=[(each, _month_of(each)) for each in held],
        month=partial(dates.month, lang=lang()),
        day=partial(dates.day, lang=lang()),
    )


def _change(house: House, release: str, change: str) -> Answer:
    with house.desk.store.writing() as connection:
        if change == "hold":
            if release not in {edition.release_id for edition in _editions(house)}:
                abort(404)
            house.held.hold(release)
            record(house.desk, connection, "edition held back", g.reader.name, release=release)
        else:
            if release not in house.held.ids():
                abort(404)
            house.held.show(release)
            record(house.desk, connection, "edition shown again", g.reader.name, release=release)
    return on_to(way("editions"))


def _editions(house: House) -> list[Edition]:
    return house.editions.editions()


def _current(house: House) -> str:
    """The edition that readers see, "" where there is none."""
    try:
        return house.editions.current().id
    except NoRelease:
        return ""


def _month_of(release: str) -> Month:
    """The last month of an edition, with which its id begins."""
    return Month.parse(release[:7])
