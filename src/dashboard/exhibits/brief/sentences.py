"""Sentences: at most five, in the order of what a meeting must decide. Id: brief.sentences.

The figure is drawn as HTML (``components.brief``): each of ``items`` has icon (``arrow-up``,
``arrow-down``, ``no-change`` or ``more``), direction (``up``, ``down`` or ``none``), lead, word (''
for what is not judged), said, when (its months, which ``said`` begins with; '' of what is open),
and where its figure stands: page, query and exhibit. Where nothing is off usual, ``said`` says what
would have been noticed; ``compared``, how many values were compared and what is off usual besides.
Where there is too little data to compare with, that says so, and sentences are what pages find of
the year. Which sentences there are is decided in ``choice``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.analysis.expected_error import ExpectedError
from dashboard.analysis.judge import Comparison
from dashboard.exhibits.brief.choice import Brief, Whole, choose
from dashboard.exhibits.brief.month import MONTH
from dashboard.exhibits.charts.tables import columns, windows
from dashboard.exhibits.counts.comparisons import with_history
from dashboard.exhibits.counts.open_referrals import AllOpen
from dashboard.exhibits.exhibit import BEFORE, Cell, Column, Exhibit, Table
from dashboard.exhibits.overview.changes import GROUPINGS, Change, cut_of, noticed_of_all
from dashboard.exhibits.parts import against_usual, breakdowns, lateness
from dashboard.exhibits.parts.empty_state import empty_exhibit, leading, nothing, uncompared
from dashboard.exhibits.parts.frame import frame, make_exhibit, total_in_words
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import exhibit, exhibit_as_opened
from dashboard.exhibits.routes.growth import short_name
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, PEOPLE, REQUESTS
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
#: Pages whose findings are told where nothing can be compared, as in ``OPENS``; also filters.
_FINDINGS = ("area", "corridor", "open")
_YEAR = 12
_ICONS = {1: "arrow-up", -1: "arrow-down", 0: "no-change"}
#: Words of a title at most; how many rows it names, ever fewer.
_WORDS = 12
_NAMED = (2, 1, 0)


@dataclass(frozen=True)
class _RowNumbers:
    """The number of a row in its window, and a year earlier.

    Attributes:
        now: The number in the window.
        text: The same in words.
        error: Its expected error.
        before: The number in the same months of the year before; None where these are not known.
    """

    now: int
    text: str
    error: ExpectedError
    before: int | None


@exhibit(_ID, facts=("incidents", "people", "journeys", "requests", "endings"),
         options=(MONTH,), by_month=True)  # fmt: skip
def brief_sentences(question: Question) -> Exhibit:
    """The sentences of a month: the country, what is off usual, and what is open for long."""
    lead = leading(question, INCIDENTS, PEOPLE) or PEOPLE
    usual = replace(question.filters, compare="usual")
    compared = question if question.is_compared else replace(question, filters=usual)
    brief = choose(compared)
    if not (question.is_compared or brief.is_early):
        return empty_exhibit(frame(question, lead), uncompared(question))
    in_month = replace(question, period=brief.month)
    what = question.translate(f"{_ID}.what_early" if brief.is_early else f"{_ID}.what")
    note = _compared_note(question, brief)
    notes = [*filter(None, (note,)), *lateness.notes(in_month)]
    around = frame(in_month, lead, what=what, notes=notes)
    if not brief.country:
        return empty_exhibit(around, nothing(in_month, lead))
    found = _findings(in_month) if brief.is_early else []
    items = [*_items(in_month, brief), *(_finding_item(in_month, *each) for each in found)]
    whole = brief.country[0]
    # Where nothing can be said of it, the title says why.
    noticed = "" if brief.called else noticed_of_all(in_month, whole.fact, whole.of_month)
    return make_exhibit(
        around,
        title=title(in_month, brief),
        figure={"form": "brief", "items": items, "said": noticed, "compared": note},
        table=_table(in_month, brief, found),
        description=" ".join((*(_described(question, item) for item in items), noticed)).strip(),
    )


def title(question: Question, brief: Brief) -> str:
    """What the country's numbers do, and what is more and fewer; or that nothing is beyond doubt.

    Where all of it is too long, names give way.
    """
    first, is_off = brief.country[0], any(whole.comparison.direction for whole in brief.country)
    if not (is_off or brief.called):
        if not first.comparison.has_usual:
            said = _join(question, [_counted(question, whole) for whole in brief.country])
            month = _window_in_words(question, brief.month)
            return begin(question.translate(f"{_ID}.title_in", said=said, month=month))
        month = question.month(brief.month.end)
        return question.translate(f"{_ID}.title_none", month=month)
    tries = [
        "; ".join((*_country_phrases(question, brief), *phrases))
        for most in _NAMED
        if (phrases := _more_and_fewer(question, brief.called[:most])) or is_off
    ]
    return begin(next((text for text in tries if len(text.split()) <= _WORDS), tries[-1]))


def _country_phrases(question: Question, brief: Brief) -> list[str]:
    """How all incidents and people are off usual, in one phrase where it is the same."""
    same: dict[tuple[str, Span], list[Whole]] = {}
    for whole in brief.country:
        if whole.comparison.direction:
            same.setdefault((whole.comparison.word, whole.window), []).append(whole)
    if same:
        return [_country_phrase(question, window, wholes) for (_, window), wholes in same.items()]
    first = brief.country[0]
    unit, word = first.fact.unit_in(question.lang), against_usual.word(question, first.comparison)
    return [question.translate(f"{_ID}.title_country", unit=unit, word=word)]


def _more_and_fewer(question: Question, rows: Sequence[Change]) -> list[str]:
    """What is more by name, then what is fewer; areas first, since other names are longer."""
    ordered = sorted(rows, key=lambda change: change.group != "area")
    return [
        question.translate(f"{_ID}.{key}", names=_join(question, row_names))
        for sign, key in ((1, "more"), (-1, "fewer"))
        if (row_names := [_name(question, change) for change in ordered if change.sign == sign])
    ]


def _join(question: Question, parts: Sequence[str]) -> str:
    """Some words as a list in a sentence: "Northport, Midtown and Bridgefield"."""
    if len(parts) == 1:
        return parts[0]
    return question.translate(f"{_ID}.and", first=", ".join(parts[:-1]), second=parts[-1])


def _name(question: Question, change: Change) -> str:
    """The name of a row as it reads in the middle of a sentence."""
    if change.group == "corridor":
        return short_name(question, change.code)
    name = change.label(question)
    if change.group == "area":
        return name
    key = f"{_ID}.mode" if change.group == "mode" else f"overview.changes.named_{change.group}"
    return in_sentence(question.translate(key, label=in_sentence(name)))


def _country_phrase(question: Question, window: Span, wholes: Sequence[Whole]) -> str:
    """How facts that changed alike are off usual, and since when."""
    unit = _join(question, [whole.fact.unit_in(question.lang) for whole in wholes])
    text = against_usual.word_with_unit(question, wholes[0].comparison, unit)
    key = "in" if window.months == 1 else "since"
    month = dates.month_of_year(window.start.month, question.lang)
    return question.translate(f"{_ID}.title_{key}", said=text, month=month)


def _items(question: Question, brief: Brief) -> list[dict[str, Any]]:
    """The sentences as data: the country, what is off usual, what is open."""
    items = [_country_item(question, whole) for whole in brief.country]
    items.extend(_row_item(question, change) for change in brief.called)
    if brief.open:
        items.append(_open_item(question, brief.open))
    return items


def _findings(question: Question) -> list[tuple[str, Span, Exhibit]]:
    """What pages find of the year that ends with the month, as far as there are data.

    Each is a key of ``OPENS`` with the exhibit, without those whose values a reader chose.
    """
    year = Span.last(_YEAR, until=question.period.end)
    in_year = replace(question, period=year.clipped(question.release.span) or question.period)
    kinds = [kind for kind in _FINDINGS if kind not in question.filters.active]
    found = [(kind, exhibit_as_opened(in_year, OPENS[kind][1])) for kind in kinds]
    return [(kind, in_year.period, answer) for kind, answer in found if not answer.offer]


def _finding_item(question: Question, kind: str, period: Span, found: Exhibit) -> dict[str, Any]:
    """What a page finds, as its figure says it."""
    filters = replace(question.filters, period=period)
    item = _item(question, kind, filters, None, found.title, found.subtitle)
    return item | {"when": question.dated(period)}


def _counted(question: Question, whole: Whole) -> str:
    """All incidents or people of a window with their unit."""
    number, unit = _row_numbers(question, whole).text, whole.fact.unit_in(question.lang)
    return question.translate("shared.counted", number=number, unit=unit)


def _described(question: Question, item: Mapping[str, Any]) -> str:
    """An item in one or two sentences, for the description."""
    parts = (item["lead"], f"{item['word']} {item['said']}".strip().rstrip(".।"))
    return " ".join(question.translate("shared.as_sentence", text=part) for part in parts if part)


def _item(
    question: Question, kind: str, filters: Filters, judged: Comparison | None, lead: str, text: str
) -> dict[str, Any]:
    """An item as data.

    Args:
        question: What the reader looks at.
        kind: Key of ``OPENS``.
        filters: Filters of the page that it links to.
        judged: The comparison that gives word and arrow; None where nothing is compared.
        lead: What it is about.
        text: What is said of it, after the word.
    """
    page, exhibit_id = OPENS[kind]
    window = None if kind == "open" else filters.period
    return {
        "icon": _ICONS[judged.direction] if judged else "more",
        "direction": against_usual.direction(judged) if judged else "none",
        "lead": begin(lead),
        "word": begin(against_usual.word(question, judged)) if judged else "",
        "when": _in_window(question, window) if window else "",
        "said": text if judged else begin(text),
        "page": page,
        "query": filters.to_query(),
        "exhibit": exhibit_id,
    }


def _country_item(question: Question, whole: Whole) -> dict[str, Any]:
    """All incidents or people in their window, and in the month alone where that is another."""
    numbers, comparison = _row_numbers(question, whole), whole.comparison
    lead = question.translate(
        f"{_ID}.lead_country" if comparison.has_usual else "shared.counted",
        number=numbers.text,
        unit=whole.fact.unit_in(question.lang),
        usual=against_usual.usual_number(question, comparison),
    )
    is_month = whole.window.months == 1
    clauses = _usual_clauses(question, comparison) if is_month else []
    texts = [_window_sentence(question, whole, numbers, clauses)]
    if not is_month and whole.of_month.has_usual:
        texts.append(_month_sentence(question, whole))
    filters = replace(question.filters, period=whole.window)
    judged = with_history(comparison)
    return _item(question, "country", filters, judged, lead, " ".join(texts))


def _month_sentence(question: Question, whole: Whole) -> str:
    """The number of the month alone, beside a longer window, and what is usual."""
    of_month = whole.of_month
    key = "month_so_far" if against_usual.is_filling(of_month) else "month"
    number = total_in_words(question, whole.fact, round(of_month.now))
    sentence = question.translate(
        f"{_ID}.{key}", month=_window_in_words(question, question.period), number=number
    )
    text = ", ".join([sentence, *_usual_clauses(question, of_month)])
    return question.translate("shared.as_sentence", text=text)


def _usual_clauses(question: Question, month: Comparison) -> list[str]:
    """What a month will come to where it still fills up, and what is usual; none where unknown."""
    if not month.has_usual:
        return []
    clauses = [question.translate(f"{_ID}.usual", range=against_usual.usual_range(question, month))]
    if against_usual.is_filling(month):
        expected = question.number(round(month.expected))
        clauses.insert(0, question.translate(f"{_ID}.expected", expected=expected))
    return clauses


def _row_item(question: Question, change: Change) -> dict[str, Any]:
    """A row that is off usual: its number, its word, the range, and a year before."""
    numbers, grouping = _row_numbers(question, change), GROUPINGS[change.group]
    name = change.label(question)
    if change.group != "corridor":
        name = question.translate(f"overview.changes.named_{change.group}", label=name)
    lead = question.translate(
        f"{_ID}.lead",
        what=name,
        number=numbers.text,
        unit=change.fact.unit_in(question.lang),
        usual=against_usual.usual_number(question, change.comparison),
    )
    filters = replace(question.filters, period=change.window)
    if grouping.filter:
        filters = filters.with_codes(grouping.filter, (change.code,))
    low, high = numbers.error.interval(numbers.now)
    between = question.translate(f"{_ID}.range", range=question.from_to(low, high))
    text = _window_sentence(question, change, numbers, [between] if low < high else [])
    return _item(question, change.group, filters, change.comparison, lead, text)


def _window_sentence(
    question: Question, item: Whole | Change, numbers: _RowNumbers, clauses: Sequence[str]
) -> str:
    """When, some clauses, and how many a year before; it follows the word."""
    parts = [_in_window(question, item.window), *clauses]
    if numbers.before is not None:
        number = question.about(numbers.before, item.fact)
        parts.append(question.translate(f"{_ID}.before", number=number))
    return question.translate("shared.as_sentence", text=", ".join(parts))


def _in_window(question: Question, window: Span) -> str:
    return question.translate(f"{_ID}.in", window=_window_in_words(question, window))


def _window_in_words(question: Question, window: Span) -> str:
    """The months of a window without their year, which is that of the brief."""
    ends = (window.start, window.end)
    first, last = (dates.month_of_year(month.month, question.lang) for month in ends)
    if window.months == 1:
        return first
    return question.translate("dates.period", start=first, end=last)


def _open_item(question: Question, all_open: AllOpen) -> dict[str, Any]:
    """How many referrals are open, and how many of them for long."""
    everyone = all_open.everyone
    number, older = (question.about(size, REQUESTS) for size in (everyone.total, everyone.older))
    lead = question.translate(f"{_ID}.lead_open", number=number)
    ends = question.from_to(*all_open.ages.interval(everyone.older))
    when = names.request_age(question, all_open.end, "older")
    text = question.translate(f"{_ID}.open", older=older, range=ends, when=when)
    filters = replace(question.filters, period=question.period)
    return _item(question, "open", filters, None, lead, text)


def _row_numbers(question: Question, item: Whole | Change) -> _RowNumbers:
    """The numbers of all events of a fact, or of a row, in the window in which it is told."""
    if isinstance(item, Whole):
        in_window, now = replace(question, period=item.window), round(item.comparison.now)
        cut, codes = breakdowns.breakdown_of(in_window, item.fact, (), (now,)), []
        number = total_in_words(in_window, item.fact, now)
    else:
        cut, codes = cut_of(question, item), [item.code]
        number = question.about(cut.total, cut.fact)
    year, before = item.window.last_year(), None
    if year.within(question.release.span):
        rows = question.counts(cut.fact, *cut.by, filters=cut.filters, period=year)
        before = sum(size for *row_codes, size in rows if row_codes == codes)
    return _RowNumbers(cut.total, number, cut.error, before)


def _compared_note(question: Question, brief: Brief) -> str:
    """How many values were compared, and what is off usual without a sentence; or why none was."""
    if brief.is_early and brief.country:
        return against_usual.why(question, brief.country[0].comparison)
    if not brief.value_count:
        return ""
    text = question.translate(f"{_ID}.note", n=brief.value_count)
    if not brief.remaining:
        return text
    phrases = "; ".join(_more_and_fewer(question, brief.remaining))
    return f"{text} {question.translate(f'{_ID}.also', rows=phrases)}"


def _table(question: Question, brief: Brief, found: Sequence[tuple[str, Span, Exhibit]]) -> Table:
    """A row for each number that the sentences say, and for each finding of a page."""
    here, judge = f"{_ID}.column_", "judge.column_"
    heads = (
        *columns(question, here, "kind", "code", "label", "unit"),
        *windows(question),
        *columns(question, here, "now", "now_low", "now_high", number=True),
        *columns(question, judge, "usual", number=True),
        *columns(question, here, "usual_low", "usual_high", "expected", number=True, in_files=True),
        *columns(question, here, BEFORE, number=True),
        Column("verdict", question.translate("judge.column_word")),
    )
    rows = [_row(question, item) for item in (*brief.country, *brief.called)]
    rows += _open_rows(question, brief.open) if brief.open else ()
    for kind, period, each in found:
        key = f"overview.changes.one_{kind}" if kind in GROUPINGS else f"{_ID}.kind_{kind}"
        texts = (question.translate(key), "", each.title, each.unit, question.dated(period))
        rows.append((*texts, str(period), *(None,) * 8, ""))
    return Table(heads, tuple(rows))


def _row(question: Question, item: Whole | Change) -> tuple[Cell, ...]:
    """The table's row of all events of a fact, or of a row that is off usual."""
    judged, numbers = item.comparison, _row_numbers(question, item)
    if isinstance(item, Whole):
        areas = ", ".join(map(question.place_name, question.filters.codes_of("area")))
        kind, code = areas or question.translate(f"{_ID}.kind_country"), ""
        name = begin(item.fact.label_in(question.lang))
    else:
        kind, code = question.translate(f"overview.changes.one_{item.group}"), item.code
        name = item.label(question)
    usual = (round(judged.usual, 1), judged.fewest, judged.most, round(judged.expected))
    return (
        *(kind, code, name, item.fact.unit_in(question.lang)),
        question.dated(item.window),
        str(item.window),
        numbers.now,
        *numbers.error.interval(numbers.now),
        *(usual if judged.has_usual else (None,) * 4),
        numbers.before,
        against_usual.word(question, judged),
    )


def _open_rows(question: Question, all_open: AllOpen) -> list[tuple[Cell, ...]]:
    """The table's rows of all open referrals, and of those open for long; nothing is usual here."""
    month, unit = question.month(all_open.end), REQUESTS.unit_in(question.lang)
    rows = (
        ("open", all_open.everyone.total, all_open.total.error),
        ("older", all_open.everyone.older, all_open.ages),
    )
    kind = question.translate(f"{_ID}.kind_open")
    when = names.request_age(question, all_open.end, "older")
    return [
        (kind, "", question.translate(f"{_ID}.label_{name}", when=when), unit,
         month, str(all_open.end), size, *error.interval(size), None, None, None, None, None, "")
        for name, size, error in rows
    ]  # fmt: skip
