"""Data and quality: which editions exist, who reported when, and how much is filled in.

Ids: quality.editions, quality.coverage, quality.completeness, quality.protection. All but the
editions come from the open release; exact counts of rows stay with the operator.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.edition import Edition
from dashboard.exhibits import display, making
from dashboard.exhibits.breakdown import is_close
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.registry import View, exhibit
from dashboard.figures import theme
from dashboard.figures.bars import bars
from dashboard.figures.text import Said
from dashboard.filters import Filters
from dashboard.model import codes
from dashboard.model.facts import PEOPLE
from dashboard.model.periods import Span
from dashboard.words import dates, numbers
from dashboard.words.catalogue import in_sentence, say
from dashboard.words.protection import paragraphs

#: Fields of people whose completeness is shown, without those that a unit always has.
_FIELDS = (
    "place", "sex", "age_band", "is_child", "population_group", "exploitation",
    "means_of_control", "mode", "corridor", "destination", "recruitment_place", "promise",
    "recruiter_relation", "rescuing_authority", "identified_by",
)  # fmt: skip
#: Lightness says how many: bands from none to many.
_BAND_COLOURS = dict(zip(codes.REPORTING_BAND.values, theme.SEQUENTIAL["total"][1:5], strict=True))


@exhibit("quality.editions", facts=())
def editions(view: View) -> Exhibit:
    """Every edition that can be read, the newest first."""
    lang = view.filters.lang
    found, damaged = view.release.editions(), view.release.damaged()
    newest = found[0]
    notes = [say("quality.editions.note", lang)]
    if damaged:
        notes.append(say("quality.editions.damaged", lang, n=len(damaged), ids=", ".join(damaged)))
    return Exhibit(
        "quality.editions",
        title=say("quality.editions.title", lang, n=len(found),
                  month=dates.month(newest.last_month, lang)),
        subtitle=say("quality.editions.subtitle", lang),
        unit=say("quality.editions.unit", lang),
        figure={"form": "table"},
        table=_edition_table(found, damaged, view.release.id, lang),
        description=say("quality.editions.description", lang, n=len(found), id=newest.release_id,
                        period=dates.period(Span(newest.first_month, newest.last_month), lang)),
        notes=tuple(notes),
        source=making.source(view.release, lang),
        release=making.stamp(view.release, view.filters),
    )  # fmt: skip


def _edition_table(found: list[Edition], damaged: list[str], shown: str, lang: str) -> Table:
    """Readable editions, then files that cannot be read and so say nothing of themselves."""
    names = ("release", "name", "period", "as_of", "built_at", "kind", "audience", "approved_by")
    return Table(
        (
            *(Column(name, say(f"quality.editions.{name}", lang)) for name in names),
            Column("shown", say("quality.editions.shown", lang)),
        ),
        (
            *(_edition_row(edition, shown, lang) for edition in found),
            *(
                (release_id, say("quality.editions.is_damaged", lang), *[""] * (len(names) - 1))
                for release_id in damaged
            ),
        ),
    )


def _edition_row(edition: Edition, shown: str, lang: str) -> tuple[Cell, ...]:
    return (
        edition.release_id,
        edition.title,
        dates.period(Span(edition.first_month, edition.last_month), lang),
        edition.as_of.isoformat(),
        edition.built_at.strftime("%Y-%m-%d %H:%M"),
        say(f"shared.note.kind_{edition.kind}", lang),
        say(f"shared.label.{edition.audience}", lang),
        edition.approved_by or say("quality.editions.nobody", lang),
        say("quality.editions.is_shown", lang) if edition.release_id == shown else "",
    )


@exhibit("quality.coverage", facts=())
def coverage(view: View) -> Exhibit:
    """Band of partners that reported, month by month; national, never by partner."""
    lang = view.filters.lang
    found = queries.coverage(view.release, view.period)
    labels = [view.release.label(codes.REPORTING_BAND.id, band, lang) for _, band in found]
    table = Table(
        (
            Column("month", say("quality.coverage.month", lang)),
            Column("band", say("quality.coverage.band", lang), say("quality.coverage.unit", lang)),
        ),
        tuple((str(month)[:7], label) for (month, _), label in zip(found, labels, strict=True)),
    )
    around = _unfiltered_frame(view, "quality.coverage")
    if not found:
        return making.offered("quality.coverage", around, _no_months(view), table)
    months = [dates.month(month, lang) for month, _ in found]
    bands = codes.REPORTING_BAND.values
    in_words = [view.release.label(codes.REPORTING_BAND.id, band, lang) for band in bands]
    fewest = min(range(len(found)), key=lambda index: bands.index(found[index][1]))
    same = len(set(labels)) == 1
    return making.made(
        "quality.coverage",
        around,
        title=say("quality.coverage.same" if same else "quality.coverage.fewest", lang,
                  band=labels[fewest], month=months[fewest]),
        figure=bars(
            months,
            [bands.index(band) for _, band in found],
            colour=[_BAND_COLOURS[band] for _, band in found],
            said=Said(
                str, lambda band: say("quality.coverage.text", lang, band=in_words[band]), str
            ),
            texts=[say("quality.coverage.text", lang, band=label) for label in labels],
        ),
        table=table,
        description=say(
            "quality.coverage.description",
            lang,
            months="; ".join(f"{m}: {label}" for m, label in zip(months, labels, strict=True)),
        ),
    )  # fmt: skip


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
            "paragraphs": [f"{p.heading}. {p.text}" for p in found],
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


def _unfiltered_frame(view: View, exhibit_id: str) -> making.Frame:
    """The frame of what is known for the whole country only: no filter but the period applies."""
    lang = view.filters.lang
    period = dates.period(view.period, lang)
    notes = [say(f"{exhibit_id}.note", lang)]
    if view.filters.active:
        notes.append(say("quality.unfiltered", lang))
    return making.Frame(
        say(f"{exhibit_id}.subtitle", lang, period=period),
        say(f"{exhibit_id}.unit", lang),
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
    total = queries.total(view.release, PEOPLE, view.filters, view.period)
    sizes = queries.known_sizes(view.release, PEOPLE, view.filters, view.period, _FIELDS)
    ranked = sorted(zip(_FIELDS, sizes, strict=True), key=lambda entry: -entry[1])
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
        figure=bars(
            labels,
            [share or 0 for share in shares],
            colour=theme.BLUE,
            said=Said(in_percent, in_percent, in_percent),
            texts=texts,
            codes=[name for name, _ in ranked],
        ),
        table=table,
        description="; ".join(f"{label} {text}" for label, text in zip(labels, texts, strict=True)),
    )


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
