"""Answers: what a page shows for an address, as one value that the browser puts in place.

One request brings the words around the cards and the cards in sight, a second one the rest. Text of
pages and cards comes as HTML (``components.writer``), figures as what scripts draw. What is asked
for is an address whose fragment says what is wanted of it; ``assets/js/answers.js`` writes it.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from markupsafe import Markup, escape

from dashboard import door, queries
from dashboard.access.reader import accounts, reader
from dashboard.access.roles import may_request
from dashboard.components import brief, exhibit_card, explore, states
from dashboard.components.banner import banners
from dashboard.components.explained import flag_explanations, month_notes
from dashboard.components.filter_status import Count, count_in_words, status, summaries
from dashboard.components.period_steps import steps
from dashboard.components.sheet_head import sheet_head
from dashboard.components.writer import write
from dashboard.exhibits.brief.month import month_of
from dashboard.exhibits.explore.crosstab import crosstab_of
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.parts import frame
from dashboard.exhibits.parts.empty_state import is_reported, is_without_data
from dashboard.exhibits.question import Question
from dashboard.exhibits.reading import page_notes
from dashboard.exhibits.registry import (
    Option,
    available_options,
    definition,
    definitions,
    own_options,
    question_of,
)
from dashboard.filters import Reading, Unknown
from dashboard.meeting import decisions
from dashboard.meeting.group_texts import flag_texts, month_note_texts, open_decisions
from dashboard.meeting.who_reported import who_reported
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.model.languages import Language
from dashboard.pages import Page, entry_at, figure_number, find
from dashboard.pages.arrange import arranged, title_and_lead
from dashboard.release.cached import Latest
from dashboard.release.folder import Releases
from dashboard.release.open_release import QueryTimeout, Release
from dashboard.report.page import report_page
from dashboard.words.filters import ignored_in_words

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
#: A working group looks at the same views: its cards are made once. Forty views of all pages have
#: 2,400 cards, and where they do not fit, none is found again. About 12 kB each, the largest 90.
LATEST_CARDS: Latest[dict[str, Any]] = Latest(most=4000)
#: The card beside whose flags stands what the group says of them.
_FLAGS = "hotspots.signals"
#: The card below whose bands stands who reported, for those who may know.
_REPORTED = "brief.reported"
#: Open decisions that a brief shows.
_DECISIONS = 3
#: What to answer with: a page that is not there yet, another view of it, or its missing cards.
WANTS = ("page", "view", "rest")


@dataclass(frozen=True)
class PageRequest:
    """What a browser asks for.

    Attributes:
        path: Path of the page.
        search: Query string of the view, with its "?" where there is one.
        want: One of WANTS. A page brings its leading cards, whatever ``cards`` says.
        cards: Exhibits that are asked for, in the order in which they are to be made.
        tables: Exhibits whose table is wanted too, since a reader sees it.
    """

    path: str
    search: str
    want: str = "page"
    cards: tuple[str, ...] = ()
    tables: frozenset[str] = frozenset()


def read_request(text: str) -> PageRequest:
    """Read what a browser asks for; by default the whole page.

    >>> read_request("/routes?mode=land#want=rest&cards=routes.map,routes.matrix").cards
    ('routes.map', 'routes.matrix')
    """
    address, _, fragment = text.partition("#")
    path, _, search = address.partition("?")
    parameters = {name: values[-1] for name, values in parse_qs(fragment).items()}
    want = parameters.get("want", "")

    def listed(name: str) -> tuple[str, ...]:
        return tuple(filter(None, parameters.get(name, "").split(",")))

    return PageRequest(
        path or "/",
        f"?{search}" if search else "",
        want if want in WANTS else "page",
        listed("cards"),
        frozenset(listed("tables")),
    )


def request_of_referrer(referrer: str | None) -> PageRequest:
    """The request for the page at a ``Referer``; for the first page where there is none."""
    try:
        parts = urlsplit(referrer or "")
    except ValueError:
        return PageRequest("/", "")  # it cannot be parsed: no browser sends such
    return PageRequest(parts.path or "/", f"?{parts.query}" if parts.query else "")


def answer(
    request: PageRequest,
    releases: Releases,
    loaded: str | None,
    whole: Releases | None = None,
    public: Releases | None = None,
) -> dict[str, Any]:
    """Everything that is wanted, as JSON can hold it.

    Args:
        request: What is wanted.
        releases: Where editions are opened.
        loaded: Id of the release that the page was loaded with.
        whole: The folder with every edition, for decisions of editions that are not opened here.
        public: Releases for the public, made beside those; a report may be of one.

    Returns:
        path, search: of the request. usual: the release's default period. page: HTML of the page's
        frame, if the whole page was asked for. words: HTML by id of the element that it fills. set:
        with these, the parameters that are obeyed and differ from the usual.
        live: what a screen reader reads out. cards: by id, HTML of its parts, its figure or None,
        and whether its table is among them.

    Raises:
        NoRelease: there is no release.
    """
    reading, release = door.read(request.search, releases, loaded)
    page = find(request.path)
    result: dict[str, Any] = {
        "path": request.path,
        "search": request.search,
        "usual": str(release.default_period),
        "page": None,
        "words": {},
        "set": [],
        "live": None,
        "cards": _cards(request, page, reading, release, releases.folder),
    }
    lang = reading.filters.lang
    is_report = page is not None and page.name == "report"
    report = report_page(request.search, lang, release, releases, public) if is_report else None
    if report and report.view["shown"] and report.reading and report.release:
        exhibit, table = report.view["shown"][0], bool(request.tables)
        card = _card(exhibit, report.reading, report.release, table=table)
        result["cards"] = {exhibit: card}
    if request.want == "rest":
        return result
    counts = _or_none("the counts", lambda: _counts(reading, release)) or {}
    words = _page_words(page, reading, release, counts)
    if report:
        words["report"] = write("report", lang, view=report.view)
    if page and page.is_meeting and whole:
        words["page-meeting"] = _or_none("the decisions", lambda: _decisions(whole, lang))
    words["banner"] = _banner(request, reading, release, releases, loaded)
    result["words"] = _as_html(words)
    result["set"] = [*reading.filters.active, *_set_beside(reading)]
    result["live"] = _live_text(counts, question_of(reading.filters, release))
    if request.want == "page":
        entry = entry_at(request.path)
        result["page"] = str(arranged(entry["page"], lang) if entry else states.lost(lang))
    return result


def _set_beside(reading: Reading) -> list[str]:
    """Which of period and comparison the reader chose."""
    filters = reading.filters
    chosen = {"period": filters.period is not None, "compare": filters.compare != "usual"}
    return [name for name, is_chosen in chosen.items() if is_chosen]


def _page_words(
    page: Page | None, reading: Reading, release: Release, counts: Mapping[str, Count]
) -> dict[str, Any]:
    """The words around the cards, by the id of their place."""
    words: dict[str, Any] = {
        f"summary-{menu}": text for menu, text in summaries(release, reading).items()
    }
    words["period-steps"] = steps(release, reading)
    told = replace(reading, ignored=(*reading.ignored, *_not_offered(page, reading, release)))
    facts, compares = (page.facts, page.compares) if page else ((), False)
    words["filter-status"] = status(release, told, counts, facts, compares=compares)
    words["page-foot"] = _page_foot(page, reading, release)
    if page is None:
        return words
    if any(section.name == "sheet" for section in page.sections):
        words["sheet-head"] = sheet_head(release, reading)
    if page.name == "explore":
        words |= _or_none("the question", lambda: _question_bar(reading, release)) or {}
    if page.is_meeting:
        month = month_of(_question(page, reading, release))
        words["page-actions"] = brief.actions(month, release.span, reading.filters)
    if page.heading == "finding":
        finding = _or_none("the headline", lambda: _finding(page, reading, release))
        # The finding of the view before must not stand over this one.
        title, lead = finding or title_and_lead(page, reading.filters.lang)
        # A brief has no status line.
        more = ignored_in_words(told.ignored, reading.filters.lang) if page.is_meeting else ()
        words["headline"], words["lead"] = title, " · ".join((lead, *more))
    return words


def _options(page: Page, release: Release) -> list[Option]:
    """The options of a page's exhibits."""
    entries = (definition(slot.exhibit) for slot in page.slots)
    return [option for entry in entries for option in available_options(entry, release)]


def _not_offered(page: Page | None, reading: Reading, release: Release) -> Iterator[Unknown]:
    """Values of a page's options that no exhibit of any page offers.

    Links between pages keep options, of which pages share some names.
    """
    names = dict.fromkeys(option.name for option in _options(page, release)) if page else ()
    for name in filter(reading.options.get, names):
        offered = (each for entry in definitions() for each in available_options(entry, release))
        if not any(own_options(reading, [each]) for each in offered if each.name == name):
            yield Unknown(name, reading.options[name])


def _question(page: Page, reading: Reading, release: Release) -> Question:
    """The question of a page, with the options that its exhibits know."""
    question = question_of(reading.filters, release)
    return replace(question, options=own_options(reading, _options(page, release)))


def _question_bar(reading: Reading, release: Release) -> dict[str, Any]:
    """The parts around the answer of explore: the question as it was understood, and others."""
    offered = available_options(definition("explore.answer"), release)
    options = {option.name: option.values[0] for option in offered} | own_options(reading, offered)
    question = replace(question_of(reading.filters, release), options=options)
    return explore.parts(question, crosstab_of(question), reading)


def _page_foot(page: Page | None, reading: Reading, release: Release) -> Markup:
    """Source and stamp of the release, and the notes that hold for every figure of the page."""
    facts, lang = page.facts if page else (), reading.filters.lang
    return write(
        "page_foot",
        lang,
        source=frame.source(release, lang),
        stamp=frame.stamp(release, reading.filters),
        sentences=page_notes(question_of(reading.filters, release), facts) if facts else (),
    )


def _decisions(whole: Releases, lang: Language) -> Any:
    """HTML of the first open decisions; None where there are none or the reader may read none."""
    account_store = accounts()
    if account_store is None or not may_request(reader().role, "meeting.decisions"):
        return None
    number = decisions.count(account_store, is_open=True)
    if not number:
        return None
    entries = open_decisions(account_store, reader(), whole, lang, _DECISIONS)
    return brief.decisions(entries, number, lang)


def _finding(page: Page, reading: Reading, release: Release) -> tuple[str, str]:
    """Title and lead of a page whose heading is its finding."""
    opening = headline(page.name, _question(page, reading, release))
    # Every sentence is whole; only the space between them is the page's.
    return opening.title, " ".join(opening.lead)


def _counts(reading: Reading, release: Release) -> dict[str, Count]:
    """Numbers of people and of incidents of a view, by the unit that is counted.

    What the release does not report, or not by the filters or in the months of the view, has none.
    """
    question = question_of(reading.filters, release)
    counts: dict[str, Count] = {}
    for fact in (PEOPLE, INCIDENTS):
        if not is_reported(question, fact) or is_without_data(question):
            continue
        size = queries.total(release, fact, reading.filters, question.period)
        counts[fact.unit] = Count(size, frame.total_in_words(question, fact, size))
    return counts


def _live_text(counts: Mapping[str, Count], question: Question) -> str:
    """What a screen reader says of a view; '' where its numbers are not known."""
    if is_without_data(question):
        return question.translate("shared.offer.no_data", period=question.period_in_words)
    count = count_in_words(counts, question.lang)
    return question.translate("shell.updated", count=count) if counts else ""


def _or_none(what: str, make: Callable[[], _Result]) -> _Result | None:
    """What ``make`` returns; None where it fails, so that the page is shown without that part.

    Args:
        what: The part, for the log.
        make: Makes it.
    """
    try:
        return make()
    except Exception:  # noqa: BLE001 -- it is logged, and the page says less, not something wrong
        _log.exception("%s of a page failed, reference %s", what, secrets.token_hex(4))
        return None


def _banner(
    request: PageRequest, reading: Reading, release: Release, releases: Releases, loaded: str | None
) -> Markup:
    """What a reader must know of the release that is shown; ``loaded`` is the one of the page."""
    current, here = releases.current(), f"{request.path}{request.search}"
    still_opens, trouble = releases.steady(loaded).id == loaded, releases.trouble
    return banners(reading, release, current, trouble, loaded, here, answered=still_opens)


def _cards(
    request: PageRequest, page: Page | None, reading: Reading, release: Release, folder: Path
) -> dict[str, Any]:
    """The wanted cards by id; ids of exhibits that the page does not have are left out."""
    if page is None:
        return {}
    ids = page.leading if request.want == "page" else request.cards
    on_page = {slot.exhibit for slot in page.slots}
    cards: dict[str, Any] = {}
    for exhibit_id in dict.fromkeys(ids):
        if exhibit_id in on_page:
            card = _card(exhibit_id, reading, release, table=exhibit_id in request.tables)
            cards[exhibit_id] = _with_group_texts(exhibit_id, card, reading, release)
    if _REPORTED in cards:
        lang = reading.filters.lang
        reports = _or_none("who reported", lambda: _who_reported(page, reading, release, folder))
        cards[_REPORTED] = _with_marks(cards[_REPORTED], brief.who_reported(reports or (), lang))
    return cards


def _who_reported(
    page: Page, reading: Reading, release: Release, folder: Path
) -> list[tuple[str, str]]:
    """Pairs of for whom and a sentence on partners' reports, for the brief (``who_reported``)."""
    month = month_of(_question(page, reading, release))
    return who_reported(reader(), folder, month, release.span, reading.filters.lang)


def _with_group_texts(
    exhibit_id: str, card: dict[str, Any], reading: Reading, release: Release
) -> dict[str, Any]:
    """A card with what the group says of the flags or months of the current edition."""
    account_store, filters = accounts(), reading.filters
    if account_store is None or filters.edition:
        return card
    lang = filters.lang
    if exhibit_id == _FLAGS:
        flags = _or_none("what is said of flags", lambda: flag_texts(account_store, release, lang))
        parts = {**card["parts"], "marks": str(flag_explanations(flags or (), lang))}
        return {**card, "parts": parts}
    notes = _or_none(
        "what is noted of months",
        lambda: month_note_texts(account_store, exhibit_id, filters, release, lang),
    )
    if notes is None:
        return card
    writes = may_request(reader().role, "meeting.write_note")
    return _with_marks(card, month_notes(notes, filters, writes=writes))


def _with_marks(card: dict[str, Any], more: Markup) -> dict[str, Any]:
    """A copy of a card with more HTML under its figure: the card itself is kept for all readers."""
    marks = f"{card['parts']['marks']}{more}"
    return {**card, "parts": {**card["parts"], "marks": marks}}


def _card(exhibit_id: str, reading: Reading, release: Release, *, table: bool) -> dict[str, Any]:
    """Parts of one card; a failure is logged with a reference and shown in the card's room."""
    options = tuple(sorted(reading.options.items()))
    decides = may_request(reader().role, "meeting.note_decision")
    entry = definition(exhibit_id)
    other_state = entry.depends_on(release)
    key = (exhibit_id, release.id, reading.filters, options, table, decides, other_state)
    source = entry.answered_by(release)
    if card := LATEST_CARDS.get(source, key):
        return card
    with LATEST_CARDS.alone(source, key):  # a group looks at the same views, often at once
        if card := LATEST_CARDS.get(source, key):
            return card
        card, is_whole = _make_card(exhibit_id, reading, release, table=table, decides=decides)
        if is_whole:
            LATEST_CARDS.store(source, key, card)
        return card


def _make_card(
    exhibit_id: str, reading: Reading, release: Release, *, table: bool, decides: bool
) -> tuple[dict[str, Any], bool]:
    """Parts of one card, and whether it could be made."""
    number = figure_number(exhibit_id)
    try:
        door_answer = door.answered(exhibit_id, reading, release)
        options, name = available_options(definition(exhibit_id), release), door_answer.file_name
        parts = exhibit_card.card_parts(
            door_answer.exhibit, reading, options, number, name, table=table, decides=decides
        )
        figure = exhibit_card.script_figure(door_answer.exhibit)
        card = {"parts": _as_html(parts), "figure": figure, "tabled": table}
    except Exception as error:  # noqa: BLE001 -- one card's failure must not take the page
        reference = secrets.token_hex(4)
        _log.exception("exhibit %s failed, reference %s", exhibit_id, reference)
        lang, slow = reading.filters.lang, isinstance(error, QueryTimeout)
        failed = exhibit_card.failed_parts(exhibit_id, number, reference, lang, slow=slow)
        return {"parts": _as_html(failed), "figure": None, "tabled": table}, False
    return card, True


def _as_html(parts: Mapping[str, str | None]) -> dict[str, str]:
    """Parts as HTML: markup stays, and plain text is escaped."""
    return {name: str(escape(part or "")) for name, part in parts.items()}
