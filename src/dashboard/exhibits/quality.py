"""Data and quality: who reported when, how much is filled in, and how people are protected.

Ids: quality.coverage, quality.completeness, quality.protection. All of it comes from the open
release; exact counts of rows stay with the operator. Editions have a module of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard import queries
from dashboard.exhibits import display, making
from dashboard.exhibits.breakdown import is_close
from dashboard.exhibits.exhibit import Column, Exhibit, Offer, Table
from dashboard.exhibits.registry import View, exhibit
from dashboard.figures import theme
from dashboard.figures.bars import share_bars
from dashboard.figures.dots import dots
from dashboard.figures.text import Said
from dashboard.filters import Filters
from dashboard.model import codes
from dashboard.model.facts import PEOPLE
from dashboard.model.periods import Span
from dashboard.words import dates, numbers
from dashboard.words.catalogue import in_sentence, say
from dashboard.words.protection import paragraphs

#: Fields of people whose completeness is shown, without those that a unit always has.
_FIELDS: tuple[str, ...] = (
    "place", "sex", "age_band", "is_child", "population_group", "exploitation",
    "means_of_control", "mode", "corridor", "destination", "recruitment_place", "promise",
    "recruiter_relation", "rescuing_authority", "identified_by",
)  # fmt: skip
#: Months drawn at least, so that a short period is seen against its year.
_CONTEXT = 12


def headline(view: View) -> str:
    """How partners reported and which fields are filled in least, above the page."""
    lang = view.filters.lang
    reported = queries.coverage(view.release, view.period)
    total, ranked = _completeness(view)
    if not reported:
        return say("quality.headline_outside", lang)
    said = {"band": _band(view, _fewest(reported)), "month": _month(view, _fewest(reported))}
    bands = {band for _, band in reported}
    kind = "month" if len(reported) == 1 else "same" if len(bands) == 1 else _fewest_kind(reported)
    if numbers.percent(0, total, view.release.base(PEOPLE.id)) is None:
        return say(f"quality.headline_{kind}", lang, **said)
    first, second = (PEOPLE[name].label_in(lang) for name, _ in reversed(ranked[-2:]))
    fields = {"field": in_sentence(first), "second": in_sentence(second)}
    return say(f"quality.headline_{kind}_fields", lang, **said, **fields)


@exhibit("quality.coverage", facts=())
def coverage(view: View) -> Exhibit:
    """Band of partners that reported, month by month; national, never by partner."""
    lang = view.filters.lang
    span = Span(min(view.period.start, view.period.end.plus(1 - _CONTEXT)), view.period.end)
    found = queries.coverage(view.release, span)
    labels = [_band(view, entry) for entry in found]
    table = Table(
        (
            Column("month", say("quality.coverage.month", lang)),
            Column("band", say("quality.coverage.band", lang), say("quality.coverage.unit", lang)),
        ),
        tuple((str(month)[:7], label) for (month, _), label in zip(found, labels, strict=True)),
    )
    around = _unfiltered_frame(replace(view, period=span.clipped(view.release.span) or span))
    if not queries.coverage(view.release, view.period):
        return making.offered("quality.coverage", around, _no_months(view), table)
    fewest = _fewest(found)
    kind = "same" if len({band for _, band in found}) == 1 else _fewest_kind(found)
    steps = codes.REPORTING_BAND.values
    return making.made(
        "quality.coverage",
        around,
        title=say(f"quality.coverage.{kind}", lang,
                  band=_band(view, fewest), month=_month(view, fewest)),
        figure=dots(
            [steps.index(band) for _, band in found],
            [view.release.label(codes.REPORTING_BAND.id, step, lang) for step in steps[1:]],
            months=[dates.month_at_tick(month, lang) for month, _ in found],
            hover=[
                say("quality.coverage.hover", lang, month=_month(view, entry), band=label)
                for entry, label in zip(found, labels, strict=True)
            ],
        ),
        table=table,
        description=say(
            "quality.coverage.description",
            lang,
            months="; ".join(
                f"{_month(view, entry)}: {label}"
                for entry, label in zip(found, labels, strict=True)
            ),
        ),
    )  # fmt: skip


def _fewest(found: Sequence[tuple[date, str]]) -> tuple[date, str]:
    """The first of the months in which the fewest partners reported."""
    return min(found, key=lambda entry: codes.REPORTING_BAND.values.index(entry[1]))


def _fewest_kind(found: Sequence[tuple[date, str]]) -> str:
    """Whether one month stands alone with the fewest partners, for the key of a phrase."""
    least = _fewest(found)[1]
    return "fewest" if [band for _, band in found].count(least) == 1 else "several"


def _band(view: View, entry: tuple[date, str]) -> str:
    return view.release.label(codes.REPORTING_BAND.id, entry[1], view.filters.lang)


def _month(view: View, entry: tuple[date, str]) -> str:
    return dates.month(entry[0], view.filters.lang)


@exhibit("quality.protection", facts=())
def protection(view: View) -> Exhibit:
    """What was done to the numbers and what they can and cannot say, in words."""
    lang = view.filters.lang
    found = paragraphs(view.release, lang)
    return Exhibit(
        "quality.protection",
        title=say("protection.title", lang),
        subtitle=say("protection.subtitle", lang),
        unit=say("protection.unit", lang),
        figure={
            "form": "text",
            "statements": [
                {"number": p.number, "heading": p.heading, "text": p.text} for p in found
            ],
            "more": {"label": say("protection.more", lang), "path": "/methods"},
        },
        table=Table(
            (
                Column("heading", say("protection.heading", lang)),
                Column("text", say("protection.text", lang)),
            ),
            tuple((p.heading, p.text) for p in found),
        ),
        description=" ".join(p.text for p in found),
        notes=(),
        source=making.source(view.release, lang),
        release=making.stamp(view.release, view.filters),
    )


def _unfiltered_frame(view: View) -> making.Frame:
    """The frame of coverage: known for the whole country, so that only the period applies."""
    lang = view.filters.lang
    period = dates.period(view.period, lang)
    notes = [say("quality.coverage.note", lang)]
    if view.filters.active:
        notes.append(say("quality.unfiltered", lang))
    return making.Frame(
        say("quality.coverage.subtitle", lang, period=period),
        say("quality.coverage.unit", lang),
        tuple(notes),
        making.source(view.release, lang),
        making.stamp(view.release, view.filters),
    )


def _no_months(view: View) -> Offer:
    lang = view.filters.lang
    return Offer(
        say("quality.coverage.empty", lang, period=dates.period(view.period, lang)),
        say("shared.offer.empty_action", lang),
        making.query_of(view, Filters(lang=lang, edition=view.filters.edition)),
    )


@exhibit("quality.completeness", facts=("people",))
def completeness(view: View) -> Exhibit:
    """Share of people with an answer in each field, the fullest first."""
    lang, base = view.filters.lang, view.release.base(PEOPLE.id)
    total, ranked = _completeness(view)
    labels = [_field_label(name, lang) for name, _ in ranked]
    shares = [numbers.percent(size, total, base) for _, size in ranked]
    drawn = display.drawn(view, PEOPLE, (), total)
    around = making.frame(view, PEOPLE, drawn=(drawn,), what=say("quality.completeness.what", lang))
    table = Table(
        (
            Column("field", say("quality.completeness.code", lang)),
            Column("label", say("quality.completeness.field", lang)),
            Column("known", say("quality.completeness.known", lang), PEOPLE.unit_in(lang)),
            Column("share", say("quality.completeness.share", lang), "%"),
        ),
        tuple(
            (name, label, size, share)
            for (name, size), label, share in zip(ranked, labels, shares, strict=True)
        ),
    )
    offer = making.too_small(view, drawn)
    if offer or shares[0] is None:
        offer = offer or _too_few_for_shares(view)
        return making.offered("quality.completeness", around, offer, table)

    def in_percent(share: int) -> str:
        return say("numbers.percent", lang, number=share)

    texts = [in_percent(share or 0) for share in shares]
    return making.made(
        "quality.completeness",
        around,
        title=_least_filled(view, labels, [size for _, size in ranked], texts[-1]),
        figure=share_bars(
            labels,
            [share or 0 for share in shares],
            colour=theme.BLUE,
            said=Said(in_percent, in_percent, in_percent),
            codes=[name for name, _ in ranked],
        ),
        table=table,
        description="; ".join(f"{label} {text}" for label, text in zip(labels, texts, strict=True)),
    )


def _completeness(view: View) -> tuple[int, list[tuple[str, int]]]:
    """People of the view, and those with an answer by field, the fullest first."""
    asked = (view.release, PEOPLE, view.filters, view.period)
    sizes = queries.known_sizes(*asked, _FIELDS)
    ranked = sorted(zip(_FIELDS, sizes, strict=True), key=lambda entry: -entry[1])
    return queries.total(*asked), ranked


def _least_filled(view: View, labels: list[str], sizes: list[int], share: str) -> str:
    lang = view.filters.lang
    if is_close(sizes[-2], sizes[-1], view.release.base(PEOPLE.id)):
        second = in_sentence(labels[-2])
        return say("quality.completeness.close", lang, field=labels[-1], second=second)
    return say("quality.completeness.title", lang, field=labels[-1], share=share)


def _too_few_for_shares(view: View) -> Offer:
    lang = view.filters.lang
    return Offer(
        say("quality.completeness.few", lang, n=numbers.FEWEST_FOR_SHARE),
        say("shared.offer.empty_action", lang),
        making.query_of(view, Filters(lang=lang, edition=view.filters.edition)),
    )


def _field_label(name: str, lang: str) -> str:
    return PEOPLE[name].label_in(lang)
