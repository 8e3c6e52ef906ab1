"""Sign-off: what the next edition would hold, and the answer of a partner's focal point.

Administrators see how a round stands in bands, and never who answered what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access import signing
from dashboard.access.pages import round_beside
from dashboard.access.pages.frame import Context, lang, on_to, page, routes, way
from dashboard.access.signing import Refusal, SeenRound
from dashboard.model.languages import words_of
from dashboard.model.periods import Month, Span
from dashboard.model.protection import BASE
from dashboard.model.signoff import LONGEST, AnswerKind, Round
from dashboard.words import dates, numbers
from dashboard.words.catalogue import translate

#: Status of the page of a refusal: somebody else's, or come too late for what is there now.
_STATUS: Mapping[Refusal, int] = {"partner": 403, "new": 403}
_CONFLICT = 409
#: Rows of a table that are shown at once; a longer one is shown when it is opened.
_AT_ONCE = 12
_FIRSTS = ("fact", "attribute", "value", "first", "size")
#: Headings of the sections of a round, in the order of the cells in its ``told``.
_HEADS = {
    "totals": ("fact", "period", "before", "now"),
    "categories": _FIRSTS,
    "places": _FIRSTS,
    "jumps": ("fact", "what", "period", "now", "usual"),
}
#: Headings over periods, and over numbers.
_PERIODS = frozenset({"period", "first"})
_NUMBERS = frozenset({"before", "now", "size", "usual"})


@dataclass(frozen=True)
class Section:
    """One kind of difference, in words.

    Attributes:
        name: Its name among the phrases.
        heads: Names of its headings among the phrases.
        rows: Cells of each row.
    """

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def is_long(self) -> bool:
        """Whether it is shown when it is opened."""
        return len(self.rows) > _AT_ONCE

    @property
    def numbers(self) -> int:
        """How many of its last cells are numbers."""
        return len(_NUMBERS.intersection(self.heads))


def add(blueprint: Blueprint, context: Context) -> None:
    """Add the routes."""
    rule = routes(blueprint, context)
    rule("/sign-off", "sign_off", _show_round, "GET")
    rule("/sign-off/sign", "sign", _sign, "POST")
    rule("/sign-off/change", "ask_change", _request_change, "POST")


def _show_round(context: Context, status: int = 200, **more: object) -> Answer:
    """The page of the open round; ``more`` are further values for its template."""
    current, account = signing.open_round(context.accounts, context.releases), g.session.account
    if not isinstance(current, Round):
        return page("no_round", status, why=current)
    signing.note_seen(context.accounts, current, account)
    values = {
        "round": current,
        "ends": dates.day(date.fromisoformat(current.ends), lang()),
        "over": signing.is_over(context.accounts, current),
        "kind": translate(f"shared.note.kind_{current.kind}", lang()),
        "faces": [_face(face) for face in current.faces],
        "standing": signing.standing_of(context.accounts, current),
        "signs": account.role.signs,
        "is_asked": signing.partner_of(current, account) is not None,
        "is_new": signing.is_new(current, account),
        "own": signing.own_answers(context.accounts, current, account),
        "longest": LONGEST,
    }
    return page("sign_off", status, **values, **more)


def _sign(context: Context) -> Answer:
    return _take_answer(context, "signed")


def _request_change(context: Context) -> Answer:
    """Take the text that asks for a change, or show the round again with what is wrong with it."""
    text = request.form.get("text", "")
    if fault := signing.fault_of(text):
        return _show_round(context, 400, problem=fault, text=text[: 2 * LONGEST])
    return _take_answer(context, "change", text)


def _take_answer(context: Context, kind: AnswerKind, text: str = "") -> Answer:
    """Store an answer and show what follows, or say why it was refused."""
    seen_round = SeenRound(*(request.form.get(name, "") for name in ("round", "digest", "partner")))
    account = g.session.account
    refusal = signing.answer(context.accounts, context.releases, account, seen_round, kind, text)
    if refusal:
        return page("refused", _STATUS.get(refusal, _CONFLICT), why=f"sign_{refusal}")
    return on_to(way("sign_off"))


def _face(face: Mapping[str, Any]) -> dict[str, Any]:
    """What the next edition for one audience would show, in words, from that part of the round."""
    span = Span(Month.parse(face["first_month"]), Month.parse(face["last_month"]))
    contents = face["told"][words_of(lang())]
    sections = [
        Section(name, heads, [_cells(heads, row) for row in contents[name]])
        for name, heads in _HEADS.items()
    ]
    return {
        "audience": translate(f"shared.label.{face['audience']}", lang()),
        "period": dates.period(span, lang()),
        "before": face["before"],
        "sections": [section for section in sections if section.rows],
        "beside": [
            round_beside.line(kind, added, parts, lang())
            for kind, added, parts in contents["beside"]
        ],
    }


def _cells(heads: Sequence[str], row: Sequence[Any]) -> list[str]:
    """The cells of a row in words; the numbers of one about a class are shares, in percent."""
    cells = dict(zip(heads, row, strict=True))
    is_share = cells.get("what", "total") != "total"
    if "what" in cells and not is_share:
        cells["what"] = translate("access.sign_off.total", lang())
    in_words: dict[str, Callable[[Any], str]] = {
        **dict.fromkeys(_NUMBERS, _percent if is_share else _about),
        **dict.fromkeys(_PERIODS, _period),
    }
    return [in_words.get(head, str)(cell) for head, cell in cells.items()]


def _period(text: str) -> str:
    """A period by its name: a month, or a quarter."""
    span = Span.named(text)
    return dates.month(span.start, lang()) if span.months == 1 else dates.quarter(span.end, lang())


def _about(value: int | None) -> str:
    """A protected number with "about"; "new" for None, which the edition before did not have."""
    if value is None:
        return translate("access.sign_off.new", lang())
    return numbers.about(value, BASE, lang())


def _percent(value: int) -> str:
    percent = translate("numbers.percent", lang(), number=numbers.number(value, lang()))
    return translate("numbers.about", lang(), number=percent)
