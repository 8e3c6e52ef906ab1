"""The period beside its menu: steps to its neighbours, and what it cannot be compared with.

Steps have the length of the period itself. A period that the release holds a part of is shown with
its part; it is compared with nothing, and equal lengths are one click away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.exhibits.registry import question_of
from dashboard.filters import READABLE, Compare, Filters, Reading
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words.catalogue import say


def steps(release: Release, reading: Reading) -> list[html.A]:
    """The steps to the period before and the period after, each named by where it leads."""
    period = reading.filters.period or release.default_period
    return [
        _step("earlier", period.previous(), release, reading),
        _step("later", period.following(), release, reading),
    ]


def _step(name: str, target: Span, release: Release, reading: Reading) -> html.A:
    lang = reading.filters.lang
    named = say(f"shell.bar.{name}", lang, period=dates.period(target, lang))
    leads = target.clipped(release.span) is not None and target.within(READABLE)
    if not leads:
        named = say(f"shell.bar.{name}_none", lang)
    where: dict[str, Any] = (
        {"href": _to(release, reading, period=target), "data-view": ""}
        if leads
        else {"role": "link", "aria-disabled": "true", "tabIndex": "0"}
    )
    return html.A(
        icon("chevron"),
        className=f"period-step period-step--{name}",
        title=named,
        **{"aria-label": named, **where},
    )


def notice(release: Release, reading: Reading) -> list[Any] | None:
    """Why the chosen period is not compared, with links to equal lengths; None where it is."""
    filters, lang = reading.filters, reading.filters.lang
    question = question_of(filters, release)
    part = question.period.clipped(release.span)
    if part == question.period:
        asked = question.compared_period
        if asked is None or question.compared_span:
            return None
        text = say("shared.note.no_comparison", lang, period=dates.period(asked, lang))
        return _said([text], _other_comparison(release, reading, part))
    data = dates.period(release.span, lang)
    named = dates.period(question.period, lang)
    if part is None:
        text = say("shell.bar.no_data", lang, period=named, data=data)
        usual = release.default_period
        return _said([text], [_only(release, reading, usual)])
    texts = [say("shell.bar.part", lang, period=named, part=dates.period(part, lang))]
    if filters.compare in ("previous", "last-year"):
        texts.append(say("shell.bar.part_not_compared", lang))
    offers = [_only(release, reading, part)]
    if part.last_year().within(release.span):
        offers.append(_against(release, reading, part, "last-year"))
    return _said(texts, offers)


def _other_comparison(release: Release, reading: Reading, period: Span) -> list[html.A]:
    """The other way to compare, or for a period too long for either the usual one."""
    other: Compare = "last-year" if reading.filters.compare == "previous" else "previous"
    if before_of(period, other).within(release.span):
        return [_against(release, reading, period, other)]
    usual = release.default_period
    if usual != period and before_of(usual, "previous").within(release.span):
        return [_against(release, reading, usual, "previous")]
    return []


def before_of(period: Span, compare: Compare) -> Span:
    """The months that a period is compared with."""
    return period.last_year() if compare == "last-year" else period.previous()


def _only(release: Release, reading: Reading, period: Span) -> html.A:
    lang = reading.filters.lang
    text = say("shell.bar.only", lang, period=dates.period(period, lang))
    return html.A(text, href=_to(release, reading, period=period), **{"data-view": ""})


def _against(release: Release, reading: Reading, period: Span, compare: Compare) -> html.A:
    lang = reading.filters.lang
    text = say(
        "shell.bar.against",
        lang,
        period=dates.period(period, lang),
        before=dates.period(before_of(period, compare), lang),
    )
    target = _to(release, reading, period=period, compare=compare)
    return html.A(text, href=target, **{"data-view": ""})


def _said(texts: list[str], offers: list[html.A]) -> list[Any]:
    return [" ".join(texts), *(part for offer in offers for part in (" ", offer))]


def _to(release: Release, reading: Reading, **changed: Any) -> str:
    """Address of the view with another period; the usual one is left out."""
    filters: Filters = replace(reading.filters, **changed)
    if filters.period == release.default_period:
        filters = replace(filters, period=None)
    return links.href(filters, reading.options)
