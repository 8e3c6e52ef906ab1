"""The decision log: what was agreed, what its figure said then and says now, and how it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, cast

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.pages.frame import lang, on_to, routes, way
from dashboard.access.reader import reader
from dashboard.access.roles import may_request
from dashboard.meeting import decisions, figure
from dashboard.meeting.comparison import Pair
from dashboard.meeting.decisions import LONGEST, OWNERS, Decision, Draft, Owner, State
from dashboard.meeting.figure import NoFigure, OpenedFigure
from dashboard.meeting.follow_up import VisibleReleases, follow_up, visible_releases
from dashboard.meeting.pages.frame import (
    Context,
    faults_in,
    kind_of,
    month_at,
    month_of,
    page_range,
    render_page,
)
from dashboard.meeting.stored_answer import BETWEEN, Number, StoredAnswer
from dashboard.model.periods import Month
from dashboard.model.written_text import spaced
from dashboard.words import dates, numbers
from dashboard.words.catalogue import translate

#: Decisions on a page, months in which one may be due, and numbers of a figure that are shown.
_MOST, _AHEAD, _NUMBERS = 15, 18, 12
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def add(blueprint: Blueprint, context: Context) -> None:
    """Add the routes."""
    rule = routes(blueprint, context)
    rule("/decisions", "decisions", _list, "GET")
    rule("/decisions/new", "note_decision", _note, "GET", "POST")
    path = "/decisions/<int(max=999999999):number>"
    rule(path, "decision", _show, "GET")
    rule(f"{path}/<any(open, done, dropped):state>", "change_decision", _change, "POST")


def _list(context: Context) -> Answer:
    """A page of the open decisions, or of the others, each with its figure then and now."""
    is_open = request.args.get("show") != "closed"
    counts = {which: decisions.count(context.accounts, is_open=which) for which in (True, False)}
    page, pages, after = page_range(counts[is_open], _MOST)
    visible = visible_releases(reader(), context.releases)
    entries = [
        _entry(context, decision, visible)
        for decision in decisions.listed(context.accounts, is_open=is_open, most=_MOST, after=after)
    ]
    return render_page(
        "decisions", 200, entries=entries, is_open=is_open, counts=counts, page=page, pages=pages,
        label=kind_of(visible.release.edition, lang()), **_template_values(),
    )  # fmt: skip


def _show(context: Context, number: int) -> Answer:
    """A decision with the numbers of its figure then and now."""
    decision = decisions.find(context.accounts, number) or abort(404)
    visible = visible_releases(reader(), context.releases)
    entry = _entry(context, decision, visible)
    pairs = entry["follow_up"].judgement.pairs
    rest = max(0, len(pairs) - _NUMBERS)
    return render_page(
        "decision", 200, entry=entry, pairs=pairs[:_NUMBERS], rest=rest,
        label=kind_of(visible.release.edition, lang()), **_template_values(),
    )  # fmt: skip


def _change(context: Context, number: int, state: str) -> Answer:
    if not decisions.change(context.accounts, number, cast(State, state), g.reader.name):
        abort(404)
    return on_to(way("meeting.decision", number=number))


# --- writing one down ---------------------------------------------------------------------------


def _note(context: Context) -> Answer:
    """Note a decision with what its figure answers, or show the form for it."""
    releases = reader().releases(context.releases)
    address = request.values.get("figure", "")
    try:
        opened = figure.find(address, releases)
    except NoFigure:
        return _without_figure(context, address)
    if opened.release.id != releases.current().id:
        return _without_figure(context, address)  # members can open only the current edition
    if request.method != "POST":
        return _form(context, opened)
    form = request.form
    draft = _draft(context, opened)
    if isinstance(draft, dict):
        return _form(context, opened, 400, faults=draft, form=form)
    answers = figure.answers_in(opened.figure, opened.release, releases)
    number = decisions.note(context.accounts, draft, answers, g.reader.name)
    return on_to(way("meeting.decision", number=number))


def _without_figure(context: Context, address: str) -> Answer:
    """The page on how to choose a figure; if only the edition is old, the form for the newest."""
    exhibit, _, query = address.partition("?")
    rest = "&".join(part for part in query.split("&") if not part.startswith("edition="))
    if rest == query:
        nothing_sent = request.method != "POST" and not address
        return render_page("no_figure", 200 if nothing_sent else 400, **_template_values())
    try:
        opened = figure.find(f"{exhibit}?{rest}", reader().releases(context.releases))
    except NoFigure:
        return render_page("no_figure", 400, **_template_values())
    return _form(context, opened, 409, form=request.form, is_newer=True)


def _form(context: Context, opened: OpenedFigure, status: int = 200, **values: Any) -> Answer:
    """The page with the form of a decision and what its figure answers now."""
    releases = reader().releases(context.releases)
    answer = StoredAnswer(figure.answer_in(opened.figure, opened.release, lang(), releases))
    filled: Mapping[str, str] = values.pop("form", None) or {
        "follows": "1" if opened.months.end == opened.release.span.end else "",
    }
    return render_page(
        "note_decision", status, opened=opened, answer=answer, filled=filled, owners=OWNERS,
        dues=_dues(context), longest=LONGEST, label=answer.label,
        figure=f"{opened.figure}{'&' if opened.figure.query else '?'}edition={opened.release.id}",
        **{"faults": {}, **_template_values(), **values},
    )  # fmt: skip


def _draft(context: Context, opened: OpenedFigure) -> Draft | dict[str, str]:
    """The form's values, or by field the phrase of what is wrong with it."""
    form = request.form
    action, owner, due = spaced(form.get("action", "")), form.get("owner", ""), form.get("due", "")
    faults = {
        "action": next(faults_in(action, LONGEST), ""),
        "owner": "" if owner in OWNERS else "choose",
        "due": "" if due in map(str, _dues(context)) else "choose",
    }
    if any(faults.values()):
        return {name: fault for name, fault in faults.items() if fault}
    follows = opened.figure.has_period and form.get("follows") == "1"
    return Draft(
        action, cast(Owner, owner), Month.parse(due), opened.figure, opened.release.id,
        opened.months, follows,
    )  # fmt: skip


def _dues(context: Context) -> list[Month]:
    """Months in which a decision may be due, from the present one on."""
    first = month_of(context.accounts.clock())
    return [first.plus(months) for months in range(_AHEAD + 1)]


# --- what the pages say -------------------------------------------------------------------------


def _entry(context: Context, decision: Decision, visible: VisibleReleases) -> dict[str, Any]:
    """A decision, its figure then and now, and whether it is open after it was due."""
    is_late = decision.state == "open" and decision.due < month_of(context.accounts.clock())
    follow = follow_up(context.accounts, decision, lang(), visible)
    return {"decision": decision, "follow_up": follow, "is_late": is_late}


def _template_values() -> dict[str, Any]:
    """What the templates of decisions use."""
    role, language = reader().role, lang()
    return {
        "may_note": may_request(role, "meeting.note_decision"),
        "may_older": role.older,
        "month": partial(dates.month, lang=language),
        "month_at": partial(month_at, lang=language),
        "period": partial(dates.period, lang=language),
        "number": partial(_number, language),
        "about": partial(_about, language),
        "language": language,
    }


def _about(language: str, pair: Pair) -> str:
    """What a number is about, in words; without its column where its name changed since then."""
    columns = {number.column for number in (pair.then, pair.now) if number}
    names = [_in_words(language, part) for part in pair.number.row.split(BETWEEN)]
    names += columns if len(columns) == 1 else ()
    return BETWEEN.join(filter(None, names))


def _in_words(language: str, part: str) -> str:
    """A month in words, anything else as it is."""
    return dates.month(Month.parse(part), language) if _MONTH.fullmatch(part) else part


def _number(language: str, number: Number | None) -> str:
    """A number with its range in words; "not shown" for None."""
    if number is None:
        return translate("meeting.not_shown", language)
    text = f"{numbers.number(number.value, language)}{' %' if number.is_share else ''}"
    if number.value == 0 and not number.is_share:
        text = translate("numbers.none_or_very_few", language)
    if number.low is None or number.high is None or number.low == number.high:
        return text
    span = numbers.span(number.low, number.high, language)
    return translate("meeting.between", language, number=text, range=span)
