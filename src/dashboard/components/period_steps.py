"""The period beside its menu: steps to its neighbours, and what it cannot be compared with.

Steps have the length of the period itself. A period that the release holds a part of is shown with
its part; it is compared with nothing, and equal lengths are one click away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from dashboard.components import links
from dashboard.components.writer import write
from dashboard.exhibits.registry import question_of
from dashboard.filters import READABLE, Compare, Filters, Reading
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words.catalogue import translate


@dataclass(frozen=True)
class Notice:
    """Why a period is not compared.

    Attributes:
        text: The reason, in sentences.
        offers: Links to periods that can be shown or compared: words and address.
    """

    text: str
    offers: list[tuple[str, str]]


def steps(release: Release, reading: Reading) -> Markup:
    """The steps to the period before and the period after, each named by where it leads."""
    lang = reading.filters.lang
    period = reading.filters.period or release.default_period
    entries: list[tuple[str, str, str]] = []
    for name, target in (("earlier", period.previous()), ("later", period.following())):
        if target.clipped(release.span) is not None and target.within(READABLE):
            label = translate(f"shell.bar.{name}", lang, period=dates.period(target, lang))
            entries.append((name, label, _address(release, reading, period=target)))
        else:
            entries.append((name, translate(f"shell.bar.{name}_none", lang), ""))
    return write("steps", lang, steps=entries)


def notice(release: Release, reading: Reading) -> Notice | None:
    """Why the chosen period is not compared, and links to equal lengths; None where it is."""
    filters, lang = reading.filters, reading.filters.lang
    question = question_of(filters, release)
    part = question.period.clipped(release.span)
    if part == question.period:
        compared = question.compared_period
        if compared is None or question.compared_span:
            return None
        text = translate("shared.note.no_comparison", lang, period=dates.period(compared, lang))
        return Notice(text, _other_comparison(release, reading, part))
    data = dates.period(release.span, lang)
    chosen = dates.period(question.period, lang)
    if part is None:
        text = translate("shell.bar.no_data", lang, period=chosen, data=data)
        return Notice(text, [_only(release, reading, release.default_period)])
    texts = [translate("shell.bar.part", lang, period=chosen, part=dates.period(part, lang))]
    if filters.compare in ("previous", "last-year"):
        texts.append(translate("shell.bar.part_not_compared", lang))
    offers = [_only(release, reading, part)]
    if part.last_year().within(release.span):
        offers.append(_against(release, reading, part, "last-year"))
    return Notice(" ".join(texts), offers)


def _other_comparison(release: Release, reading: Reading, period: Span) -> list[tuple[str, str]]:
    """The link to the other way to compare, or to the default period where both lack months.

    Empty where that cannot be compared either.
    """
    other: Compare = "last-year" if reading.filters.compare == "previous" else "previous"
    if before_of(period, other).within(release.span):
        return [_against(release, reading, period, other)]
    usual = release.default_period
    if usual != period and before_of(usual, "previous").within(release.span):
        return [_against(release, reading, usual, "previous")]
    return []


def before_of(period: Span, compare: Compare) -> Span:
    """The period that a period is compared with: a year before, or the same length just before."""
    return period.last_year() if compare == "last-year" else period.previous()


def _only(release: Release, reading: Reading, period: Span) -> tuple[str, str]:
    """A link to a period: words and address."""
    lang = reading.filters.lang
    text = translate("shell.bar.only", lang, period=dates.period(period, lang))
    return text, _address(release, reading, period=period)


def _against(release: Release, reading: Reading, period: Span, compare: Compare) -> tuple[str, str]:
    """A link to a period as compared with another: words and address."""
    lang = reading.filters.lang
    text = translate(
        "shell.bar.against",
        lang,
        period=dates.period(period, lang),
        before=dates.period(before_of(period, compare), lang),
    )
    return text, _address(release, reading, period=period, compare=compare)


def _address(release: Release, reading: Reading, **changed: Any) -> str:
    """Address of the view with other values of filters; the default period is left out."""
    filters: Filters = replace(reading.filters, **changed)
    if filters.period == release.default_period:
        filters = replace(filters, period=None)
    return links.href(filters, reading.options)
