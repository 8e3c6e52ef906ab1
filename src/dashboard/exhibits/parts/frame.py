"""The frame of an exhibit: subtitle, unit, notes, source and stamp, and how its numbers are said.

An exhibit function counts, words its finding, and leaves the rest to these. What is offered instead
of a figure is in ``empty_state``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from dashboard import queries
from dashboard.analysis.expected_error import NO_ERROR, ExpectedError
from dashboard.exhibits.exhibit import Detail, Exhibit, Frame, Stamp, Table
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.question import Question
from dashboard.figures.drawing import draw
from dashboard.figures.plot import NumberFormat, Plot
from dashboard.filters import Filters, inapplicable
from dashboard.model.counted_by import STEPS, dimension_of, dimensions, place_of
from dashboard.model.facts import FACTS, MEMBER_FACTS, Fact
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected, noise
from dashboard.release.open_release import Release
from dashboard.words import dates, numbers
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import translate

#: Lengths in months of the numbers of a line, by the name of their phrase.
_EACH = {1: "month", 3: "quarter"}


def frame(
    question: Question,
    *facts: Fact,
    cuts: Sequence[Breakdown] = (),
    what: str = "",
    note: str = "",
    notes: Sequence[str] = (),
    detail: Detail | None = None,
    options: Mapping[str, str] | None = None,
) -> Frame:
    """The frame of an exhibit.

    Args:
        question: What the exhibit function was given.
        *facts: What it counts, the leading fact first.
        cuts: The breakdowns that it draws, for what must be said about their numbers.
        what: First words of the subtitle; the leading fact's label when left out.
        note: The note that changes how its figure is read, where it has one.
        notes: Further notes, said before the shared ones.
        detail: How fine its numbers are.
        options: The options that are shown, where these are not those asked for.
    """
    lang = question.lang
    lead = facts[0]
    period = question.counted_span(lead.grain)
    unserved = [queries.unkept(question.release, fact, question.filters) for fact in facts]
    applied = [
        name for name in question.filters.active if any(name not in names for names in unserved)
    ]
    protection = error_note(question, cuts) or protection_note(question.release, facts, lang)
    subtitle = question.translate(
        "shared.subtitle",
        unit=what or lead.label_in(lang),
        period=question.dated(period),
        filters=filter_words.in_words(question.release, question.filters, applied),
    )
    if detail and detail.said:
        subtitle = question.translate(
            "shared.subtitle_detail", subtitle=subtitle, detail=detail.said
        )
    own_notes, shared_notes = filter(None, (note, *notes)), _shared_notes(question, facts, cuts)
    care = question.translate("shared.note.care")
    if detail and detail.is_rough:
        shared_notes = [question.translate("shared.note.rough"), *shared_notes]
    return Frame(
        subtitle=subtitle,
        unit=lead.unit_in(lang),
        notes=tuple(dict.fromkeys((*own_notes, *shared_notes, protection, care))),
        source=source(question.release, lang),
        release=stamp(question.release, question.filters, protection),
        note=note,
        detail=detail,
        options=options or {},
        ask=_explore_link(question, lead, cuts),
    )


def _explore_link(question: Question, lead: Fact, cuts: Sequence[Breakdown]) -> str:
    """The query string that asks explore for what is drawn first, else for all of the leading fact.

    It has at most two dimensions, one a place and a step of time among them; '' where explore does
    not count the fact.
    """
    drawn = cuts[0] if cuts else None
    fact, filters = (drawn.fact, drawn.filters) if drawn else (lead, question.filters)
    if fact not in MEMBER_FACTS:
        return ""
    by: dict[str, str] = {}
    steps: list[str] = []
    if drawn:
        for name in filter(dimensions(fact).__contains__, map(dimension_of, drawn.by)):
            place, _ = place_of(fact, name) or (name, "")
            by.setdefault(place, name)
        steps = [step for step, n in STEPS.items() if n == drawn.months < question.period.months]
    names = [*by.values()][: 2 - len(steps)] + steps
    parameters = {"count": fact.id, **dict(zip(("rows", "columns"), names, strict=False))}
    is_usual = question.period == question.release.default_period
    view = replace(filters, period=None if is_usual else question.period)
    return "&".join(filter(None, (urlencode(parameters), view.to_query())))


def _shared_notes(
    question: Question, facts: Sequence[Fact], cuts: Sequence[Breakdown]
) -> list[str]:
    """Notes on what filters, periods and ranges mean for the numbers of facts and breakdowns."""
    notes, lang = list[str](), question.lang
    for fact in facts:
        if unserved := inapplicable(fact, question.filters):
            words = {"filters": filter_words.names_in_words(unserved, lang)}
            words["fact"] = fact.label_in(lang)
            notes.append(question.translate("shared.note.inapplicable", **words))
        snapped = question.counted_span(fact.grain)
        if snapped != question.counted_span():
            period = question.dated(snapped)
            notes.append(question.translate("shared.note.snapped", period=period))
    if not question.counted_span().within(question.release.span):
        period = question.dated(question.release.span)
        notes.append(question.translate("shared.note.clipped", period=period))
    if any(entry.total and entry.error.typical for entry in cuts):
        notes.append(question.translate("shared.note.whiskers"))
    if any(entry.total and entry.error.is_direction for entry in cuts):
        notes.append(question.translate("shared.note.direction"))
    return notes


def snapped_note(question: Question, answered: Question) -> list[str]:
    """The note that an answer is about the whole quarters of the period that was asked for.

    None where it is about that period, or about other months.
    """
    snapped = question.period.snapped("quarter")
    if answered.counted_span() == question.counted_span() or answered.period != snapped:
        return []
    return [question.translate("shared.note.snapped", period=answered.period_in_words)]


def protection_note(release: Release, facts: Sequence[Fact], lang: str) -> str:
    """How far the numbers of facts may be trusted, in one note."""
    by_base: dict[int, dict[str, None]] = {}
    for fact in facts:
        by_base.setdefault(release.base(fact.id), {})[fact.unit_in(lang)] = None
    if not any(map(is_protected, by_base)):
        kind = translate(f"shared.note.kind_{release.edition.kind}", lang)
        return translate("shared.note.unprotected", lang, kind=kind)
    errors = [
        translate("shared.note.error", lang, base=base, double=noise(base),
            units=filter_words.either(list(names), lang))
        for base, names in by_base.items()
    ]  # fmt: skip
    return translate("shared.note.protected", lang, errors="; ".join(errors))


def error_note(question: Question, cuts: Sequence[Breakdown]) -> str:
    """How far protection put the numbers of breakdowns off, as far as the release knows.

    '' where none of them has an error, or one is not known: ``protection_note`` serves then.
    """
    lang = question.lang
    inexact = [entry for entry in cuts if entry.total and entry.error.typical]
    if not inexact or any(entry.error.numbers == 0 for entry in inexact):
        return ""
    by_length: dict[int, dict[str, list[ExpectedError]]] = {}
    for entry in inexact:
        units = by_length.setdefault(entry.months, {})
        units.setdefault(entry.fact.unit_in(lang), []).append(entry.error)
    is_filtered = any(entry.is_filtered for entry in inexact)
    notes = [
        question.translate(
            f"shared.note.expected{'_filtered' if is_filtered else ''}",
            errors="; ".join(
                _errors_in_words(question, months, units) for months, units in by_length.items()
            ),
        ),
        _zero_note(inexact, lang),
    ]
    if any(entry.error.is_from_few for entry in inexact):
        notes.append(question.translate("shared.note.from_few"))
    return " ".join(notes)


def _errors_in_words(
    question: Question, months: int, units: Mapping[str, Sequence[ExpectedError]]
) -> str:
    """How far numbers over so many months are off, the largest error of each unit."""
    errors = ", ".join(
        question.translate(
            "shared.note.off", unit=unit, **numbers.give_or_take(max(e.typical for e in of_unit))
        )
        for unit, of_unit in units.items()
    )
    if question.period.months == months or months not in _EACH:
        return errors
    return question.translate(f"shared.note.each_{_EACH[months]}", errors=errors)


def _zero_note(cuts: Sequence[Breakdown], lang: str) -> str:
    """What a 0 may stand for; as a number where one unit is counted."""
    most = [entry.error.most_of_none for entry in cuts]
    limits = [value for value in most if value is not None]
    if len({entry.fact.unit for entry in cuts}) > 1 or len(limits) < len(most):
        return translate("shared.note.none", lang)
    return translate("shared.note.none_or", lang, n=numbers.up(max(limits)))


def number_format(
    question: Question, fact: Fact, *, error: ExpectedError = NO_ERROR, rough: bool = False
) -> NumberFormat:
    """How a figure writes the numbers of a fact, as exactly as they may be shown.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        error: What protection is expected to have done to them.
        rough: Whether ranges stand in for numbers, since those tell too little.
    """
    base, unit = question.base(fact), fact.unit_in(question.lang)
    is_rough = rough and is_protected(base)

    def hover(value: int) -> str:
        text = question.translate("shared.counted", number=question.about(value, fact), unit=unit)
        low, high = error.interval(value)
        if low == high:
            return text
        between = question.reach(low, high)
        return question.translate("shared.counted_between", counted=text, range=between)

    def mark(value: int) -> str:
        if is_rough:
            return question.reach(*error.interval(value))
        return numbers.at_mark(value, base, question.lang)

    return NumberFormat(mark, hover, question.number, error.interval, rough=is_rough)


def total_in_words(question: Question, fact: Fact, size: int, period: Span | None = None) -> str:
    """The number of all events of a period: exact where it is the one reported, else about."""
    span = period or question.period
    if breakdowns.is_exact_total(question.release, fact, question.filters, span):
        return question.number(size)
    return question.about(size, fact)


def frame_of_release(question: Question, words: str, *notes: str, **values: object) -> Frame:
    """The frame of what a release tells about itself; only the period filters it.

    Args:
        question: What the exhibit function was given.
        words: Where the catalogue holds its ``subtitle`` and its ``unit``.
        *notes: What must be said of it.
        **values: Values of the subtitle.
    """
    return Frame(
        subtitle=question.translate(f"{words}.subtitle", **values),
        unit=question.translate(f"{words}.unit"),
        notes=notes,
        source=source(question.release, question.lang),
        release=stamp(question.release, question.filters),
    )


def source(release: Release, lang: str) -> str:
    """The source line: publishers by their names, all other sources in the language of the page."""
    edition = release.edition
    publishers = edition.source_note if edition.kind == "published" else ""
    note = publishers or translate(f"shared.source_of_{edition.kind}", lang)
    return translate("shared.source", lang, source=note)


def stamp(release: Release, filters: Filters, protection: str = "") -> Stamp:
    """The release's stamp. Its label follows the release, so none claims another audience.

    Args:
        release: The open release.
        filters: The view, for its language.
        protection: How far the numbers may be trusted; those of all facts when left out.
    """
    lang = filters.lang
    edition = release.edition
    audience = translate(f"shared.label.{edition.audience}", lang)
    label = audience if edition.kind == "real" else translate(f"shared.label.{edition.kind}", lang)
    if edition.is_public and edition.kind != "real":
        label = translate("shared.label.both", lang, kind=label, audience=audience)
    facts = [fact for fact in FACTS if release.is_published_source or not fact.published]
    return Stamp(
        release_id=release.id,
        kind=edition.kind,
        label=label,
        data_until=dates.month(release.edition.last_month, lang),
        protection=protection or protection_note(release, facts, lang),
    )


def make_exhibit(
    exhibit_frame: Frame,
    *,
    title: str,
    table: Table,
    description: str,
    figure: Mapping[str, Any] | None = None,
    plot: Plot | None = None,
) -> Exhibit:
    """An exhibit from its frame and its own parts; a neutral figure is drawn unless it was."""
    return Exhibit(
        title=title,
        figure=draw(plot) if plot and figure is None else figure,
        table=table,
        description=description,
        plot=plot,
        **vars(exhibit_frame),
    )
