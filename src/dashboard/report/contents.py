"""The contents of a report: every figure, asked through the one door, with the texts around it.

A report for the public is made of the edition for the public and of nothing else: figures that this
edition cannot answer fall away and are listed, and none of the members' is relabelled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from dashboard import door
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parameters import parameters_at, refusals
from dashboard.exhibits.registry import definition, definitions, read_view_query
from dashboard.meeting.comparison import Pair, compare_answers, lengths_of
from dashboard.meeting.figure import Figure, answer_in, base_in, months_in, moved_on
from dashboard.meeting.stored_answer import StoredAnswer
from dashboard.model.edition import Audience
from dashboard.model.languages import Language
from dashboard.model.periods import Month, Span
from dashboard.model.written_text import faults_of, spaced
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from dashboard.report import forms
from dashboard.report.forms import Form
from dashboard.report.public import shown_exhibit
from dashboard.report.template import MOST_FIGURES, THE_REPORTS_OWN, Template
from dashboard.words import dates
from dashboard.words.catalogue import translate

#: Characters that a group may write under one figure.
LONGEST = 400
#: Notes about small bars that a page draws in its rows, and no file; and about ranges, which the
#: public has none of.
_OF_A_PAGE = ("routes.note_steps", "routes.note_years", "routes.note_rough")
_OF_RANGES = "shared.note.whiskers"
#: Figures of which a report tells what changed since an edition.
_MOST_CHANGES = 8


class NoReport(Exception):  # noqa: N818 -- says a state, as its message does
    """A report that cannot be made; the message says why."""


@dataclass(frozen=True)
class ReportRequest:
    """A report as it is asked for.

    Attributes:
        title: What it is called, in its language.
        figures: Ids of exhibits with their query strings, in order.
        month: The last month that it covers.
        lang: Language of its words and digits.
        audience: Whom it is for.
        words: What the group wrote under figures, by their index in ``figures``.
        pages: Sides of A4 that its paper fills, or None.
        since: Id of an edition, for what changed since then; '' for none.
        host: Scheme and host of the server, so that figures lead back to it; '' for no links.
        span: The months that it covers, where they are more than the last.
    """

    title: str
    figures: tuple[str, ...]
    month: Month
    lang: Language = "en"
    audience: Audience = "member"
    words: dict[int, str] = field(default_factory=dict[int, str])
    pages: int | None = None
    since: str = ""
    host: str = ""
    span: Span | None = None


@dataclass(frozen=True)
class Page:
    """One figure of a report.

    Attributes:
        exhibit: The exhibit, whose title, subtitle and source stand.
        form: What it becomes.
        kind: What a page calls it: "Trend".
        number: Its number among the figures of the report, from 1; 0 of text.
        at: Its index among the figures that were asked for.
        notes: Notes under it; those that most figures share stand at the end of the report.
        alt: What it shows, for readers who do not see it.
        foot: Source, release and handling of this figure, which published sources may fill.
        words: What the group wrote under it, as the report words it.
        link: Where a page shows it, or ''.
        months: Its months in words, where they are not those of the report; else ''.
    """

    exhibit: Exhibit
    form: Form
    kind: str
    number: int
    at: int
    notes: tuple[str, ...]
    alt: str
    foot: str
    words: str = ""
    link: str = ""
    months: str = ""


@dataclass(frozen=True)
class Report:
    """A report, before a file is made of it.

    Attributes:
        title: What it is called.
        month: Its month, or months, in words.
        asked_month: The last of them.
        file_months: The same months, as names of files have them.
        opening: What it says first: the title of its first figure.
        pages: Its figures.
        changed: What changed since an earlier edition, in sentences.
        since: The last month of that edition, in words.
        left_out: Figures that it cannot have, each with the reason.
        limits: What holds for all figures, the boundary notice last.
        source: Where its numbers are from.
        handling: Whom they are for, or that they are invented.
        foot: Source, release and handling, as each page says them.
        release_id: Id of the release.
        built_at: When that was made, in UTC; what a file gives as its own dates.
        lang, audience, sides: As it was asked for.
    """

    title: str
    month: str
    asked_month: Month
    file_months: str
    opening: str
    pages: tuple[Page, ...]
    changed: tuple[str, ...]
    since: str
    left_out: tuple[str, ...]
    limits: tuple[str, ...]
    source: str
    handling: str
    foot: str
    release_id: str
    built_at: datetime
    lang: Language
    audience: Audience
    sides: int | None

    @property
    def for_public(self) -> bool:
        """Whether anybody may read it."""
        return self.audience == "public"

    def phrase(self, key: str, **values: object) -> str:
        """A phrase of reports in its language."""
        return translate(f"report.{key}", self.lang, **values)

    def name_of(self, page: Page) -> str:
        """What a page of it is called: "Figure 2", or of text what it is."""
        return self.phrase("figure", n=page.number) if page.number else page.kind

    def describe(self, about: Any) -> None:
        """Say in the properties of an office file what it is, whose, and of which release."""
        about.title, about.subject = self.title, self.opening
        about.author = about.last_modified_by = translate("shell.product", self.lang)
        about.comments, about.keywords = self.handling, self.release_id
        about.created = about.modified = self.built_at


def of_template(template: Template, month: Month, lang: Language, **codes: str) -> ReportRequest:
    """A template's report of a month; ``codes`` has the area or corridor that it asks for.

    Raises:
        NoReport: If it asks for what is not given.
    """
    if template.asks and not codes.get(template.asks):
        raise NoReport(f"The template {template.code} needs --{template.asks} and a code.")
    figures = template.figures_in(month, **codes)
    months = template.months(month)
    span = months if months.months > 1 else None
    return ReportRequest(
        template.name(lang), figures, months.end, lang, template.audience, pages=template.pages,
        span=span,
    )  # fmt: skip


def make_report(
    request: ReportRequest, members: Releases, public: Releases, loaded: Release | None = None
) -> Report:
    """The report that is asked for.

    Args:
        request: What is wanted.
        members: The folder of the members' releases.
        public: The folder of those for the public.
        loaded: The members' release of the page that asks; None for the current one.

    Raises:
        NoReport: If it cannot be made; the message says why.
        NoRelease: If there is no release for its audience.
    """
    if not 0 < len(request.figures) <= MOST_FIGURES:
        raise NoReport(translate("report.no_number", request.lang, most=MOST_FIGURES))
    for_public = request.audience == "public"
    releases = public if for_public else members
    release = releases.current() if loaded is None or for_public else loaded
    if for_public and not release.edition.is_public:
        raise NoReport(translate("report.no_public", request.lang))
    if request.month not in release.span:
        span = dates.period(release.span, request.lang)
        raise NoReport(translate("report.no_month", request.lang, id=release.id, span=span,
                           month=dates.month(request.month, request.lang)))  # fmt: skip
    words = {at: _group_words(t, request.lang) for at, t in request.words.items() if t.strip()}
    if words and for_public:
        raise NoReport(translate("report.no_words", request.lang))
    pages: list[Page] = []
    left_out: list[str] = []
    for at in range(len(request.figures)):
        number = sum(not each.form.is_text for each in pages) + 1
        page = _page(at, request, release, releases, number, words.get(at, ""))
        if isinstance(page, str):
            left_out.append(page)
        else:
            pages.append(replace(page, number=0) if page.form.is_text else page)
    if not pages:
        raise NoReport(translate("report.no_figure", request.lang, reasons=" ".join(left_out)))
    common = _common(pages)
    since, changes = _changes_since(request, release, releases) if request.since else ("", ())
    # Published sources fill some figures; the report is of the members' or the public's release.
    own = next((p for p in pages if p.exhibit.release.release_id == release.id), pages[0])
    return Report(
        request.title, _months_text(request), request.month, _file_months(request),
        pages[0].exhibit.title,
        tuple(replace(p, notes=tuple(n for n in p.notes if n not in common)) for p in pages),
        changes, since, tuple(left_out),
        _limits(pages, common, request.lang), own.exhibit.source, own.exhibit.release.label,
        own.foot, release.id, release.edition.built_at, request.lang, request.audience,
        request.pages,
    )  # fmt: skip


def _months_text(request: ReportRequest) -> str:
    """The months of a report in words."""
    if request.span:
        return dates.period(request.span, request.lang)
    return dates.month(request.month, request.lang)


def _file_months(request: ReportRequest) -> str:
    return f"{request.span.start}_{request.span.end}" if request.span else str(request.month)


def _group_words(text: str, lang: str) -> str:
    """What the group wrote, within the report's own sentence that says who wrote it.

    Raises:
        NoReport: If it holds what nobody may write; the message does not repeat it.
    """
    fault = next(faults_of(text, LONGEST), None)
    if fault:
        raise NoReport(translate(f"meeting.fault.{fault}", lang, n=LONGEST))
    return translate("report.group_said", lang, text=spaced(text))


def _page(
    at: int, request: ReportRequest, release: Release, releases: Releases, number: int, words: str
) -> Page | str:
    """The page of the figure at an index of the request, or a sentence why it is left out.

    Args:
        at: The index.
        request: The report that is asked for.
        release: The release that answers.
        releases: The folder of that release.
        number: The number that the page has in the report.
        words: What the group wrote under it, as the report words it, or ''.

    Raises:
        NoReport: If there is no such exhibit.
    """
    exhibit_id, _, query = request.figures[at].partition("?")
    if exhibit_id not in {entry.id for entry in definitions()}:
        raise NoReport(f"There is no exhibit {exhibit_id[:60]!r}.")
    entry, lang = definition(exhibit_id), request.lang
    kind = translate(f"{exhibit_id}.kicker", lang)
    asked = (part for part in query.split("&") if part)
    query = "&".join(part for part in asked if part.partition("=")[0] not in THE_REPORTS_OWN)
    refused = refusals(query, parameters_at(entry, release, ()))
    if refused:
        return translate("report.falls_refused", lang, kind=kind, value=refused[0].value or "–")
    reading, _ = door.read(f"{query}&lang={lang}", releases, release.id)
    answer = door.answered(exhibit_id, reading, release)
    exhibit = answer.exhibit
    if exhibit.offer is not None:
        return translate("report.falls_empty", lang, kind=kind, reason=exhibit.offer.reason)
    for_public = request.audience == "public"
    form = forms.form_of(exhibit, lang, for_public=for_public)
    exhibit = _without_page_notes(exhibit, lang, for_public=for_public)
    if for_public:
        exhibit = shown_exhibit(exhibit, lang)
    alt = _alt(exhibit, form) if for_public else exhibit.description
    link = "" if for_public or not request.host else f"{request.host}{answer.address}"
    foot = _foot(exhibit, lang)
    months = dates.period(entry.period(reading.filters, answer.release), lang)
    months = "" if months == _months_text(request) else months
    return Page(exhibit, form, kind, number, at, exhibit.notes, alt, foot, words, link, months)


def _without_page_notes(exhibit: Exhibit, lang: str, *, for_public: bool) -> Exhibit:
    """The exhibit without notes about what pages alone draw, whatever months these name."""
    ring = translate("overview.ring", lang, what="")
    keys = (*_OF_A_PAGE, *([_OF_RANGES] if for_public else []))
    # "@" stands for a month, of which a note names two or none.
    patterns = "|".join(re.escape(translate(key, lang, first="@", last="@")) for key in keys)
    page_only = re.compile(patterns.replace("@", ".+"))
    notes = tuple(note for note in exhibit.notes if not page_only.fullmatch(note))
    return replace(exhibit, subtitle=exhibit.subtitle.replace(ring, ""), notes=notes)


def _foot(exhibit: Exhibit, lang: str) -> str:
    """Source, release and handling of a figure, in one line."""
    stamp = exhibit.release
    release = translate(
        "files.said.release_text", lang, id=stamp.release_id, month=stamp.data_until
    )
    return " · ".join((exhibit.source, release, stamp.label))


def _alt(exhibit: Exhibit, form: Form) -> str:
    """The description of a figure for the public: its finding and rows of its table."""
    rows = (": ".join(row) for row in form.grid.row_labels[:12])
    return f"{exhibit.title}. {exhibit.subtitle}. {'; '.join(rows)}."


def _common(pages: Sequence[Page]) -> frozenset[str]:
    """Notes that more than a third of the figures have, and two at least: they stand at the end."""
    counts = Counter(note for page in pages for note in set(page.notes))
    return frozenset(note for note, times in counts.items() if times > max(1, len(pages) // 3))


def _limits(pages: Sequence[Page], common: frozenset[str], lang: str) -> tuple[str, ...]:
    """What holds for all figures, in the order in which they say it; the boundary notice last."""
    notes = dict.fromkeys(note for page in pages for note in page.notes if note in common)
    care = translate("shared.note.care", lang)
    boundaries = translate("shell.card.disclaimer", lang)
    return (care, *(note for note in notes if note != care), boundaries)


def _changes_since(
    request: ReportRequest, release: Release, releases: Releases
) -> tuple[str, tuple[str, ...]]:
    """The last month of the edition ``since`` in words, and sentences of what changed since.

    Raises:
        NoReport: If there is no such edition to be read, or it is the one that is shown.
    """
    if not releases.is_edition(request.since) or request.since == release.id:
        raise NoReport(f"There is no earlier edition {request.since[:80]!r} that may be read.")
    before = releases.open(request.since)
    sentences: list[str] = []
    for figure in request.figures:
        exhibit_id, _, query = figure.partition("?")
        now = Figure(exhibit_id, query)
        differing = _clear_differences(now, before, release, releases, request.lang)
        sentences += [_change_sentence(exhibit_id, pair, request.lang) for pair in differing]
    changes = tuple(sentences[:_MOST_CHANGES]) or (translate("report.since_nothing", request.lang),)
    return dates.month(before.span.end, request.lang), changes


def _clear_differences(
    now: Figure, earlier: Release, release: Release, releases: Releases, lang: Language
) -> list[Pair]:
    """Numbers of a figure that clearly differ between two editions, over as many months."""
    # The period alone is read, so any edition in the query is as good.
    period = read_view_query(now.query, release, lambda _: True).filters.period
    then = moved_on(now, period.months, earlier) if period else now
    months = months_in(then, earlier), months_in(now, release)
    if months[0] is None or months[1] is None:
        return []
    answers = [
        StoredAnswer(answer_in(figure, edition, lang, releases))
        for figure, edition in ((then, earlier), (now, release))
    ]
    lengths = lengths_of(months[0]), lengths_of(months[1])
    comparison = compare_answers(answers[0], answers[1], months=lengths, base=base_in(now, release))
    return [pair for pair in comparison.pairs if pair.direction in ("higher", "lower")]


def _change_sentence(exhibit_id: str, pair: Pair, lang: Language) -> str:
    """How a number of a figure differs from the one of the earlier edition, as a sentence."""
    then, now = (number.value if number else 0 for number in (pair.then, pair.now))
    about = " · ".join(filter(None, (pair.number.row, pair.number.column)))
    kind = translate(f"{exhibit_id}.kicker", lang)
    return translate(
        f"report.since_{pair.direction}", lang, kind=kind, about=about, then=then, now=now
    )
