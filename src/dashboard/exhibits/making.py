"""Parts that all exhibits share: subtitle, notes, source, stamp, and offers of a wider view.

An exhibit function asks ``queries``, words its finding, and leaves the rest to these. What one
page's exhibits count belongs in the module of that page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from dashboard.exhibits import display, folding
from dashboard.exhibits.display import Drawn
from dashboard.exhibits.exhibit import Exhibit, Offer, Stamp, Table
from dashboard.exhibits.registry import View
from dashboard.figures.text import Said
from dashboard.filters import Filters, clause
from dashboard.model.facts import FACTS, PARENT_LEVELS, Fact
from dashboard.model.periods import Span
from dashboard.release import Release
from dashboard.words import dates, numbers
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import say

_NO_TABLE = Table((), ())


@dataclass(frozen=True)
class Frame:
    """What surrounds a figure: subtitle, unit, notes, source and stamp."""

    subtitle: str
    unit: str
    notes: tuple[str, ...]
    source: str
    release: Stamp


def frame(
    view: View,
    *facts: Fact,
    drawn: Sequence[Drawn] = (),
    unit: str = "",
    what: str = "",
    notes: Sequence[str] = (),
) -> Frame:
    """The frame of an exhibit.

    Args:
        view: What the exhibit function was given.
        *facts: What it counts, the leading fact first.
        drawn: The views that it draws, for what must be said about their numbers.
        unit: What is counted, where it is not the leading fact's own unit.
        what: First words of the subtitle; the leading fact's label when left out.
        notes: Further notes, said before the shared ones.
    """
    lang = view.filters.lang
    lead = facts[0]
    asked = [clause(fact, view.filters, view.period) for fact in facts]
    shown = asked[0].snapped or view.period
    applied = [
        name
        for name in view.filters.active
        if any(name not in clause_.inapplicable for clause_ in asked)
    ]
    units = (unit or lead.unit_in(lang), *(fact.unit_in(lang) for fact in facts[1:]))
    protection = protection_note(view.release, facts, units, lang)
    return Frame(
        subtitle=say(
            "shared.subtitle",
            lang,
            unit=what or lead.label_in(lang),
            period=dates.period(shown, lang),
            filters=filter_words.in_words(view.release, view.filters, applied),
        ),
        unit=units[0],
        notes=(*notes, *_shared_notes(view, facts, drawn, protection)),
        source=source(view.release, lang),
        release=stamp(view.release, view.filters, protection),
    )


def _shared_notes(
    view: View, facts: Sequence[Fact], drawn: Sequence[Drawn], protection: str
) -> list[str]:
    lang = view.filters.lang
    notes = [
        say("shared.note.rough", lang, unit=entry.fact.unit_in(lang))
        for entry in drawn
        if entry.grade == "rough"
    ]
    for fact in facts:
        asked = clause(fact, view.filters, view.period)
        if asked.inapplicable:
            names = filter_words.names_in_words(asked.inapplicable, lang)
            notes.append(
                say("shared.note.inapplicable", lang, filters=names, fact=fact.label_in(lang))
            )
        if asked.snapped:
            period = dates.period(asked.snapped, lang)
            notes.append(say("shared.note.snapped", lang, period=period))
    if not view.period.within(view.release.span):
        period = dates.period(view.release.span, lang)
        notes.append(say("shared.note.clipped", lang, period=period))
    notes.extend(folding.notes(view.release, drawn, view.period, lang))
    notes.append(protection)
    notes.extend(accuracy_notes(view.release, drawn, lang))
    return list(dict.fromkeys((*notes, say("shared.note.care", lang))))


def protection_note(
    release: Release, facts: Sequence[Fact], units: Sequence[str], lang: str
) -> str:
    """How far the numbers of facts may be trusted, in one note; ``units`` names each fact's."""
    by_base: dict[int, dict[str, None]] = {}
    for fact, unit in zip(facts, units, strict=True):
        by_base.setdefault(release.base(fact.id), {})[unit] = None
    if set(by_base) == {1}:
        kind = say(f"shared.note.kind_{release.edition.kind}", lang)
        return say("shared.note.unprotected", lang, kind=kind)
    errors = [
        say("shared.note.error", lang, base=base, double=2 * base,
            units=filter_words.either(list(names), lang))
        for base, names in by_base.items()
    ]  # fmt: skip
    return say("shared.note.protected", lang, errors="; ".join(errors))


def accuracy_notes(release: Release, drawn: Sequence[Drawn], lang: str) -> tuple[str, ...]:
    """The expected errors that a release states for some views, or nothing where it states none."""
    by_grain: dict[str, dict[str, float]] = {}
    for entry in drawn:
        found = display.expected_error(release, entry)
        if found:
            grain, error = found
            errors = by_grain.setdefault(grain, {})
            unit = entry.fact.unit_in(lang)
            errors[unit] = max(error, errors.get(unit, 0))
    return tuple(
        say(
            "shared.note.accuracy",
            lang,
            grain=say(f"shared.note.grain_{grain}", lang),
            errors="; ".join(
                say("shared.note.off", lang, error=numbers.error(error, lang), unit=unit)
                for unit, error in errors.items()
            ),
        )
        for grain, errors in by_grain.items()
    )


def said(view: View, fact: Fact, unit: str = "") -> Said:
    """How a figure says the numbers of a fact, as exactly as they may be said."""
    lang, base = view.filters.lang, view.release.base(fact.id)

    def hover(value: int) -> str:
        number = numbers.about(value, base, lang)
        return say("shared.counted", lang, number=number, unit=unit or fact.unit_in(lang))

    return Said(
        lambda value: numbers.at_mark(value, base, lang),
        hover,
        lambda value: numbers.number(value, lang),
    )


def total_in_words(view: View, fact: Fact, size: int, period: Span | None = None) -> str:
    """The number of all events of a period: exact where it is the one reported, else about."""
    span = period or view.period
    if display.is_exact_total(view.release, fact, view.filters, span):
        return numbers.number(size, view.filters.lang)
    return numbers.about(size, view.release.base(fact.id), view.filters.lang)


def source(release: Release, lang: str) -> str:
    """The source line."""
    note = release.edition.source_note or say("shared.source_of_members", lang)
    return say("shared.source", lang, source=note)


def stamp(release: Release, filters: Filters, protection: str = "") -> Stamp:
    """The release's stamp. Its label follows the release, so none claims another audience.

    Args:
        release: The open release.
        filters: The view, for its language.
        protection: How far the numbers may be trusted; those of all facts when left out.
    """
    lang = filters.lang
    edition = release.edition
    audience = say(f"shared.label.{edition.audience}", lang)
    label = audience if edition.kind == "real" else say(f"shared.label.{edition.kind}", lang)
    if edition.is_public and edition.kind != "real":
        label = say("shared.label.both", lang, kind=label, audience=audience)
    return Stamp(
        release_id=release.id,
        kind=edition.kind,
        label=label,
        data_until=dates.month(release.edition.last_month, lang),
        protection=protection or _protection_of_all(release, lang),
    )


def _protection_of_all(release: Release, lang: str) -> str:
    return protection_note(release, FACTS, [fact.unit_in(lang) for fact in FACTS], lang)


def made(
    exhibit_id: str,
    around: Frame,
    *,
    title: str,
    figure: Mapping[str, Any],
    table: Table,
    description: str,
) -> Exhibit:
    """An exhibit from its frame and its own parts."""
    return Exhibit(
        exhibit_id, title, around.subtitle, around.unit, figure, table, description,
        around.notes, around.source, around.release,
    )  # fmt: skip


def offered(exhibit_id: str, around: Frame, offer: Offer, table: Table = _NO_TABLE) -> Exhibit:
    """An exhibit that has nothing to draw: its reason is its title, its table has no rows."""
    return Exhibit(
        exhibit_id,
        title=offer.reason,
        subtitle=around.subtitle,
        unit=around.unit,
        figure=None,
        table=Table(table.columns, ()),
        description=f"{offer.reason} {offer.action}".strip(),
        notes=around.notes,
        source=around.source,
        release=around.release,
        offer=offer,
    )


def too_small(view: View, drawn: Drawn, *, unit: str = "", longer: bool = True) -> Offer | None:
    """Why a view is not drawn, with the next wider one; None when it may be drawn.

    Args:
        view: What the reader looks at.
        drawn: What would be drawn.
        unit: What is counted, where it is not the fact's own unit.
        longer: Whether a longer period would help; it does not where each month is drawn.
    """
    lang, fact = view.filters.lang, drawn.fact
    unit = unit or fact.unit_in(lang)
    period = dates.period(clause(fact, view.filters, view.period).snapped or view.period, lang)
    if drawn.total == 0:
        return Offer(
            say("shared.offer.empty", lang, unit=unit, period=period),
            say("shared.offer.empty_action", lang),
            query_of(view, Filters(lang=lang, edition=view.filters.edition)),
        )
    if drawn.may_be_drawn:
        return None
    reason = say("shared.offer.small", lang, unit=unit, period=period)
    offer = _wider(view, fact, reason, longer=longer)
    return offer or Offer(say("shared.offer.small_end", lang, unit=unit))


def query_of(view: View, filters: Filters) -> str:
    """Query string of other filters with this view's options, without '?'."""
    parts = [filters.to_query(), urlencode(sorted(view.options.items()))]
    return "&".join(filter(None, parts))


def none_known(view: View, fact: Fact, total: int) -> Offer:
    """The offer of a view in which something happened but what is asked was never recorded."""
    lang = view.filters.lang
    period = dates.period(view.period, lang)
    number = total_in_words(view, fact, total)
    reason = say(
        "shared.offer.unknown", lang, number=number, unit=fact.unit_in(lang), period=period
    )
    return _wider(view, fact, reason) or Offer(reason)


def compared_span(view: View) -> Span | None:
    """The span that a change is measured against; None when there is none or no data for it."""
    before = compared_period(view)
    return before if before and before.within(view.release.span) else None


def compared_period(view: View) -> Span | None:
    """The span that the reader asked to compare with, whether there are data for it or not.

    None without comparison, and for a period that reaches outside the release: a part of a period
    is never compared with a whole one.
    """
    if view.filters.compare == "none" or not view.period.within(view.release.span):
        return None
    previous = view.filters.compare == "previous"
    return view.period.previous() if previous else view.period.last_year()


def _wider(view: View, fact: Fact, reason: str, *, longer: bool = True) -> Offer | None:
    """The next wider view: a year, the whole release, else the area around."""
    lang = view.filters.lang
    wider = _wider_period(view) if longer else None
    if wider:
        action = say("shared.offer.small_action_period", lang, period=dates.period(wider, lang))
        return Offer(reason, action, query_of(view, replace(view.filters, period=wider)))
    if "area" in view.filters.active and "area" in fact.filters:
        return _wider_area(view, reason)
    return None


def _wider_period(view: View) -> Span | None:
    whole = view.release.span
    until = max(min(view.period.end, whole.end), whole.start)
    year = Span.last(12, until=until).clipped(whole) or whole
    return next((s for s in (year, whole) if s.months > view.period.months), None)


def _wider_area(view: View, reason: str) -> Offer:
    lang = view.filters.lang
    above = tuple(dict.fromkeys(filter(None, (
        _parent(view.release, code) for code in view.filters.area
    ))))  # fmt: skip
    if not above:
        action = say("shared.offer.small_action_all_areas", lang)
        return Offer(reason, action, query_of(view, view.filters.with_codes("area", ())))
    names = filter_words.either([view.release.place_name(code, lang) for code in above], lang)
    action = say("shared.offer.small_action_area", lang, area=names)
    return Offer(reason, action, query_of(view, view.filters.with_codes("area", above)))


def _parent(release: Release, code: str) -> str | None:
    above = (release.parent(code, level) for level in PARENT_LEVELS)
    return next((parent for parent in above if parent and parent != code), None)
