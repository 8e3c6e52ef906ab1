"""Who reported, by name for those who may know: what the brief says of it to one reader.

The own state to who belongs to a partner; names of those who are silent, of partners that agreed to
it, to a role that reads names. To everybody else nothing, and no file is opened for them. What the
operator leaves for it stands in ``model.partner_state``.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from dashboard.access.account_table import plain_partner
from dashboard.access.reader import Reader
from dashboard.model.partner_state import (
    FILE,
    MONTHS,
    PartnerState,
    PartnerStates,
    UnreadableStates,
    read_states,
)
from dashboard.model.periods import Month, Span
from dashboard.words import dates
from dashboard.words.catalogue import translate

_log = logging.getLogger(__name__)
#: Months without a report after which a partner is listed as not heard from.
_QUARTER = 3


def who_reported(
    who: Reader, folder: Path, month: Month, release_span: Span, lang: str
) -> list[tuple[str, str]]:
    """Sentences on partners' reports, each after the phrase that says for whom it is.

    Empty for readers who may know nothing of it, or where nothing is known.

    Args:
        who: The reader.
        folder: Folder of the members' releases.
        month: The month of the brief; the sentences are about none after it.
        release_span: Months of the release that is shown.
        lang: Language of the words.
    """
    if not (who.partner or who.role.reads_names):
        return []
    key = "for_names" if who.role.reads_names else "for_own"
    audience = translate(f"brief.partners.{key}", lang)
    try:
        states = read_states((folder / FILE).read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, UnreadableStates) as problem:
        _log.warning("%s in %s cannot be read: %s", FILE, folder, problem)
        return [(audience, translate("brief.partners.unreadable", lang))]
    span = Span.last(MONTHS, until=month).clipped(states.span)
    span = span and span.clipped(release_span)
    if span is None:
        return []
    sentences = [_own_reports(who.partner, states, span, lang)] if who.partner else []
    if who.role.reads_names:
        sentences.append(_silent(states, month, span, lang))
    return [(audience, sentence) for sentence in sentences if sentence]


def _own_reports(partner: str, states: PartnerStates, span: Span, lang: str) -> str:
    """For which months the reader's partner reported; "" for one that the register has not."""
    code = plain_partner(partner)
    own = next((state for state in states.partners if plain_partner(state.partner) == code), None)
    if own is None:
        return ""
    missing = [month for month in span if month not in own.reported]
    period = dates.period(span, lang)
    if not missing:
        return translate("brief.partners.own_each", lang, period=period)
    if len(missing) == span.months:
        return translate("brief.partners.own_none", lang, period=period)
    months = ", ".join(dates.period(run, lang) for run in _runs(missing))
    return translate("brief.partners.own_but", lang, months=months, period=period)


def _silent(states: PartnerStates, month: Month, span: Span, lang: str) -> str:
    """The sentence that names partners without a report for the quarter that ends with a month.

    "" where not all of that quarter is known.
    """
    quarter = Span.last(_QUARTER, until=month)
    if not quarter.within(span):
        return ""
    agreed = [state for state in states.partners if state.name]
    if not agreed:
        return translate("brief.partners.nobody", lang)
    period, n = dates.period(quarter, lang), len(agreed)
    silent = [state for state in agreed if state.reported.isdisjoint(quarter)]
    if not silent:
        return translate("brief.partners.heard", lang, n=n, period=period)
    silent.sort(key=lambda state: (state.name.casefold(), state.partner))
    names = ", ".join(_name_and_last_month(state, span, lang) for state in silent)
    return translate("brief.partners.silent", lang, n=n, period=period, names=names)


def _name_and_last_month(state: PartnerState, span: Span, lang: str) -> str:
    """The name of who is silent, with the last month that it reported of."""
    last = max(state.reported.intersection(span), default=None)
    if last is None:
        period = dates.period(span, lang)
        return translate("brief.partners.never", lang, name=state.name, period=period)
    return translate("brief.partners.last", lang, name=state.name, month=dates.month(last, lang))


def _runs(months: Sequence[Month]) -> list[Span]:
    """Months in their order, as spans of successive ones.

    >>> [str(run) for run in _runs([Month(2026, 1), Month(2026, 2), Month(2026, 5)])]
    ['2026-01..2026-02', '2026-05..2026-05']
    """
    runs: list[Span] = []
    for month in months:
        start = runs.pop().start if runs and runs[-1].end.plus(1) == month else month
        runs.append(Span(start, month))
    return runs
