"""Flags and what the group says of them; who may note decisions may explain one."""

from __future__ import annotations

from functools import partial
from typing import cast

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.pages.frame import lang, on_to, routes, way
from dashboard.access.reader import reader
from dashboard.access.roles import may_request
from dashboard.components import links
from dashboard.meeting import flags
from dashboard.meeting.flags import LONGEST, REASONS, Reason
from dashboard.meeting.group_texts import flag_in_words
from dashboard.meeting.pages.frame import Context, faults_in, month_at, render_page
from dashboard.model.written_text import spaced


def add(blueprint: Blueprint, context: Context) -> None:
    """Add the routes."""
    rule = routes(blueprint, context)
    rule("/flags", "flags", _list, "GET")
    rule("/flags/explain", "explain_flag", _explain, "POST")


def _explain(context: Context) -> Answer:
    """Store the explanation of a flag, or show the page with what is wrong with it."""
    form, open_flags = request.form, flags.open_flags(reader().releases(context.releases).current())
    key = next((key for key in open_flags if str(key) == form.get("flag")), None) or abort(404)
    words, reason = spaced(form.get("words", "")), form.get("reason", "")
    faults = {
        "reason": "" if reason in REASONS else "choose",
        "words": next(faults_in(words, LONGEST), "") if words else "",
    }
    if any(faults.values()):
        return _list(context, 400, faulty=key, faults=faults, form=form)
    role = g.reader.role.name
    flags.explain(context.accounts, key, cast(Reason, reason), words, role=role, who=g.reader.name)
    return on_to(way("meeting.flags"))


def _list(context: Context, status: int = 200, **values: object) -> Answer:
    """The page of flags; ``values`` replace those of a form that was not sent."""
    release, language = reader().releases(context.releases).current(), lang()
    explanations = flags.explanations(context.accounts)
    entries = [
        (key, flag_in_words(flag, release, language), explanations.get(key))
        for key, flag in flags.open_flags(release).items()
    ]
    return render_page(
        "flags",
        status,
        flags=entries,
        reasons=REASONS,
        longest=LONGEST,
        may_explain=may_request(reader().role, "meeting.explain_flag"),
        month_at=partial(month_at, lang=language),
        hotspots=links.page("/hotspots", language),
        **{"faulty": None, "faults": {}, "form": {}, **values},
    )
