"""Sentences: at most five, in the order of what a meeting must decide. Id: brief.sentences.

The figure is drawn as HTML (``components.brief``): each of ``items`` has icon (``arrow-up``,
``arrow-down``, ``no-change`` or ``more``), direction (``up``, ``down`` or ``none``), lead, word (''
for what is not judged), said, and where its figure stands: page, query and exhibit. Where nothing
is off usual, ``said`` says what would have been noticed; ``compared``, how much was looked through
and what is off usual besides ('' where nothing lies before).
Which they are is decided in ``choice``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.analysis.expected_error import ExpectedError
from dashboard.analysis.judge import Comparison
from dashboard.exhibits.brief.choice import Brief, Whole, chosen
from dashboard.exhibits.brief.month import MONTH
from dashboard.exhibits.charts.tables import columns
from dashboard.exhibits.counts.open_referrals import AllOpen
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.overview.changes import GROUPINGS, Moved, cut_of, label, noticed_of_all
from dashboard.exhibits.parts import against_usual, breakdowns, lateness
from dashboard.exhibits.parts.empty_state import empty_exhibit, leading, nothing, uncompared
from dashboard.exhibits.parts.frame import frame, made, total_in_words
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import exhibit
from dashboard.exhibits.routes.growth import short_name
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, PEOPLE, REQUESTS, Fact
from dashboard.model.periods import Span
from dashboard.words import dates
from dashboard.words.catalogue import begin, in_sentence

_ID = "brief.sentences"
#: Where the figure of a row stands, by its grouping: path of the page, and exhibit.
OPENS: Mapping[str, tuple[str, str]] = {
    "area": ("/hotspots", "hotspots.ranking"),
    "corridor": ("/routes", "routes.corridors"),
    "class": ("/overview", "overview.trend"),
    "mode": ("/overview", "overview.trend"),
    "exploitation": ("/overview", "overview.exploitation"),
    "promise": ("/sheet", "sheet.promises"),
    "service": ("/referrals", "referrals.waiting"),
    "country": ("/overview", "overview.trend"),
    "open": ("/referrals", "referrals.waiting"),
}
_ICONS = {1: "arrow-up", -1: "arrow-down", 0: "no-change"}
#: Words of a title at most; whether it tells months and how many rows it names, ever shorter.
_WORDS = 12
_SHORTER = ((True, 2), (False, 2), (False, 1), (False, 0))


@dataclass(frozen=True)
class _Counted:
    """A row in numbers: of now with its error, and of the same months a year earlier."""

    now: int
    number: str
    error: ExpectedError
    before: int | None


@exhibit(_ID, facts=("incidents", "people", "journeys", "requests", "endings"),
         options=(MONTH,), by_month=True)  # fmt: skip
def sentences(question: Question) -> Exhibit:
    """The country, what is off usual, and what is open for long."""
    lead = leading(question, INCIDENTS, PEOPLE) or PEOPLE
    if not question.is_compared:
        return empty_exhibit(_ID, frame(question, lead), uncompared(question))
    brief = chosen(question)
    asked = replace(question, period=brief.month)
    what = question.translate(f"{_ID}.what")
    note = _compared(question, brief)
    late = lateness.notes(asked)
    around = frame(asked, lead, what=what, notes=[*filter(None, (note,)), *late])
    if not brief.country:
        return empty_exhibit(_ID, around, nothing(asked, lead))
    items = [*_items(asked, brief)]
    whole = brief.country[0]
    # Where nothing can be said of it, the title says why.
    said = "" if brief.called else noticed_of_all(asked, whole.fact, whole.of_month)
    return made(
        _ID,
        around,
        title=title(asked, brief),
        figure={"form": "brief", "items": items, "said": said, "compared": note},
        table=_table(asked, brief),
        description=" ".join((*(_described(question, item) for item in items), said)).strip(),
    )


def title(question: Question, brief: Brief) -> str:
    """What the country's numbers do, and what is more and fewer; or that nothing is beyond doubt.

    Where all of it is too long, months and then names give way.
    """
    first, is_off = brief.country[0], any(whole.comparison.direction for whole in brief.country)
    if not (is_off or brief.called):
        if first.comparison.why == "history":
            return against_usual.why(question, first.comparison)
        month = question.month(brief.month.end)
        return question.translate(f"{_ID}.title_none", month=month)
    tries = [
        begin("; ".join((*_off(question, brief, dated=dated), *_called(question, rows))))
        for dated, rows in ((at, brief.called[:named]) for at, named in _SHORTER)
        if is_off or rows
    ]
    return next((text for text in tries if len(text.split()) <= _WORDS), tries[-1])


def _off(question: Question, brief: Brief, *, dated: bool) -> list[str]:
    """What is off usual of all incidents and people, told together where it is the same."""
    same: dict[tuple[str, Span | None], list[Whole]] = {}
    for whole in brief.country:
        if whole.comparison.direction:
            key = whole.comparison.word, whole.window if dated else None
            same.setdefault(key, []).append(whole)
    if same:
        return [_moved(question, window, of) for (_, window), of in same.items()]
    first = brief.country[0]
    unit, word = first.fact.unit_in(question.lang), against_usual.word(question, first.comparison)
    return [question.translate(f"{_ID}.title_country", unit=unit, word=word)]


def _called(question: Question, rows: Sequence[Moved]) -> list[str]:
    """Names of what is more, then of what is fewer; areas first, since other names may go on."""
    said: list[str] = []
    for sign, key in ((1, "more"), (-1, "fewer")):
        ordered = sorted(rows, key=lambda moved: moved.group != "area")
        if of := [_name(question, moved) for moved in ordered if moved.sign == sign]:
            said.append(question.translate(f"{_ID}.{key}", names=_joined(question, of)))
    return said


def _joined(question: Question, of: Sequence[str]) -> str:
    if len(of) == 1:
        return of[0]
    return question.translate(f"{_ID}.and", first=", ".join(of[:-1]), second=of[-1])


def _name(question: Question, moved: Moved) -> str:
    """A row in the middle of a sentence."""
    if moved.group == "corridor":
        return short_name(question, moved.code)
    name = label(question, moved.group, moved.code)
    if moved.group == "area":
        return name
    key = f"{_ID}.mode" if moved.group == "mode" else f"overview.changes.named_{moved.group}"
    return in_sentence(question.translate(key, label=in_sentence(name)))


def _moved(question: Question, window: Span | None, of: Sequence[Whole]) -> str:
    unit = _joined(question, [whole.fact.unit_in(question.lang) for whole in of])
    text = against_usual.word_with_unit(question, of[0].comparison, unit)
    if window is None:
        return text
    key = "in" if window.months == 1 else "since"
    month = dates.month_of_year(window.start.month, question.lang)
    return question.translate(f"{_ID}.title_{key}", said=text, month=month)


def _items(question: Question, brief: Brief) -> list[dict[str, Any]]:
    items = [_of_country(question, whole) for whole in brief.country]
    items.extend(_of_row(question, moved) for moved in brief.called)
    if brief.open:
        items.append(_of_open(question, brief.open))
    return items


def _described(question: Question, item: Mapping[str, Any]) -> str:
    parts = (item["lead"], f"{item['word']} {item['said']}".strip().rstrip(".।"))
    return " ".join(question.translate("shared.as_sentence", text=part) for part in parts if part)


def _item(
    question: Question, kind: str, filters: Filters, one: Comparison | None, lead: str, text: str
) -> dict[str, Any]:
    page, exhibit_id = OPENS[kind]
    return {
        "icon": _ICONS[one.direction] if one else "more",
        "direction": against_usual.direction(one) if one else "none",
        "lead": begin(lead),
        "word": begin(against_usual.word(question, one)) if one else "",
        "said": text if one else begin(text),
        "page": page,
        "query": filters.to_query(),
        "exhibit": exhibit_id,
    }


def _of_country(question: Question, whole: Whole) -> dict[str, Any]:
    counted, one, of_month = _counted(question, whole), whole.comparison, whole.of_month
    is_known = one.why != "history"
    lead = question.translate(
        f"{_ID}.lead_country" if is_known else "shared.counted",
        number=counted.number,
        unit=whole.fact.unit_in(question.lang),
        usual=against_usual.usual_number(question, one),
    )
    is_month, before = whole.window.months == 1, _before(question, whole.fact, counted)
    parts = [*(_usual(question, one) if is_month else []), *before]
    said = [_clauses(question, whole.window, parts)]
    if not is_month and of_month.why != "history":
        said.append(_of_month(question, whole))
    filters = replace(question.filters, period=whole.window)
    told = one if is_known else None
    return _item(question, "country", filters, told, lead, " ".join(said))


def _of_month(question: Question, whole: Whole) -> str:
    """What the month alone says, where a longer window is told."""
    one = whole.of_month
    key = "month_so_far" if against_usual.is_filling(one) else "month"
    number = total_in_words(question, whole.fact, round(one.now))
    sentence = question.translate(
        f"{_ID}.{key}", month=_months(question, question.period), number=number
    )
    text = ", ".join([sentence, *_usual(question, one)])
    return question.translate("shared.as_sentence", text=text)


def _usual(question: Question, one: Comparison) -> list[str]:
    """What a month of all together comes to where it still fills, and what is usual."""
    if one.why == "history":
        return []
    said = [question.translate(f"{_ID}.usual", range=against_usual.usual_range(question, one))]
    if against_usual.is_filling(one):
        expected = question.number(round(one.expected))
        said.insert(0, question.translate(f"{_ID}.expected", expected=expected))
    return said


def _of_row(question: Question, moved: Moved) -> dict[str, Any]:
    counted, grouping = _counted(question, moved), GROUPINGS[moved.group]
    name = label(question, moved.group, moved.code)
    if moved.group != "corridor":
        name = question.translate(f"overview.changes.named_{moved.group}", label=name)
    lead = question.translate(
        f"{_ID}.lead",
        what=name,
        number=counted.number,
        unit=moved.fact.unit_in(question.lang),
        usual=against_usual.usual_number(question, moved.comparison),
    )
    filters = replace(question.filters, period=moved.window)
    if grouping.filter:
        filters = filters.with_codes(grouping.filter, (moved.code,))
    low, high = counted.error.interval(counted.now)
    parts = (
        [question.translate(f"{_ID}.range", range=question.from_to(low, high))]
        if low < high
        else []
    )
    text = _clauses(question, moved.window, [*parts, *_before(question, moved.fact, counted)])
    return _item(question, moved.group, filters, moved.comparison, lead, text)


def _clauses(question: Question, window: Span, parts: list[str]) -> str:
    """When, and what else is to be said of it; it follows the word."""
    text = question.translate(f"{_ID}.in", window=_months(question, window))
    return question.translate("shared.as_sentence", text=", ".join([text, *parts]))


def _months(question: Question, window: Span) -> str:
    """A window by its months: its year is that of the brief."""
    ends = (window.start, window.end)
    first, last = (dates.month_of_year(at.month, question.lang) for at in ends)
    return (
        first if window.months == 1 else question.translate("dates.period", start=first, end=last)
    )


def _before(question: Question, fact: Fact, counted: _Counted) -> list[str]:
    if counted.before is None:
        return []
    return [question.translate(f"{_ID}.before", number=question.about(counted.before, fact))]


def _of_open(question: Question, all_open: AllOpen) -> dict[str, Any]:
    everyone = all_open.everyone
    number, older = (question.about(size, REQUESTS) for size in (everyone.total, everyone.older))
    lead = question.translate(f"{_ID}.lead_open", number=number)
    ends = question.from_to(*all_open.ages.interval(everyone.older))
    when = names.request_age(question, all_open.end, "older")
    text = question.translate(f"{_ID}.open", older=older, range=ends, when=when)
    filters = replace(question.filters, period=question.period)
    return _item(question, "open", filters, None, lead, text)


def _counted(question: Question, item: Whole | Moved) -> _Counted:
    """A whole or a row that moved, over its window: its number, its error, and a year before."""
    if isinstance(item, Whole):
        asked, now = replace(question, period=item.window), round(item.comparison.now)
        cut, codes = breakdowns.breakdown_of(asked, item.fact, (), (now,)), []
        number = total_in_words(asked, item.fact, now)
    else:
        cut, codes = cut_of(question, item), [item.code]
        number = question.about(cut.total, cut.fact)
    year, before = item.window.last_year(), None
    if year.within(question.release.span):
        rows = question.counts(cut.fact, *cut.by, filters=cut.filters, period=year)
        before = sum(size for *own, size in rows if own == codes)
    return _Counted(cut.total, number, cut.error, before)


def _compared(question: Question, brief: Brief) -> str:
    """How much was looked through, and what is off usual without a sentence; '' for nothing."""
    if not brief.looked:
        return ""
    text = question.translate(f"{_ID}.note", n=brief.looked)
    if not brief.left:
        return text
    rows = "; ".join(_called(question, brief.left))
    return f"{text} {question.translate(f'{_ID}.also', rows=rows)}"


def _table(question: Question, brief: Brief) -> Table:
    own, judge = f"{_ID}.column_", "judge.column_"
    told = (
        *columns(question, own, "kind", "code", "label", "unit"),
        *columns(question, judge, "window"),
        *columns(question, own, "now", "now_low", "now_high", number=True),
        *columns(question, judge, "usual", number=True),
        *columns(question, own, "usual_low", "usual_high", "expected", number=True, in_files=True),
        *columns(question, own, "before", number=True),
        Column("verdict", question.translate("judge.column_word")),
    )
    rows = [*(_row(question, each) for each in (*brief.country, *brief.called))]
    rows += _rows_of_open(question, brief.open) if brief.open else ()
    return Table(told, tuple(rows))


def _row(question: Question, told: Whole | Moved) -> tuple[Cell, ...]:
    one, counted = told.comparison, _counted(question, told)
    if isinstance(told, Whole):
        areas = ", ".join(map(question.place_name, question.filters.codes_of("area")))
        kind, code = areas or question.translate(f"{_ID}.kind_country"), ""
        name = begin(told.fact.label_in(question.lang))
    else:
        kind, code = question.translate(f"overview.changes.one_{told.group}"), told.code
        name = label(question, told.group, code)
    usual = (round(one.usual, 1), one.fewest, one.most, round(one.expected))
    return (
        *(kind, code, name, told.fact.unit_in(question.lang)),
        question.dated(told.window),
        counted.now,
        *counted.error.interval(counted.now),
        *(usual if one.why != "history" else (None,) * 4),
        counted.before,
        against_usual.word(question, one),
    )


def _rows_of_open(question: Question, all_open: AllOpen) -> list[tuple[Cell, ...]]:
    month, unit = question.month(all_open.end), REQUESTS.unit_in(question.lang)
    rows = (
        ("open", all_open.everyone.total, all_open.total.error),
        ("older", all_open.everyone.older, all_open.ages),
    )
    kind, when = (
        question.translate(f"{_ID}.kind_open"),
        names.request_age(question, all_open.end, "older"),
    )
    return [
        (kind, "", question.translate(f"{_ID}.label_{name}", when=when), unit, month, size,
         *error.interval(size), None, None, None, None, None, "")
        for name, size, error in rows
    ]  # fmt: skip
