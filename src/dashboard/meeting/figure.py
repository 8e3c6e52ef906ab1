"""Figure: what a decision came from, as an exhibit with its filters, and what it answers.

Everything is asked through the door of exhibits. Language and edition are no part of a figure: a
reader has the one, the decision the other.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

from dashboard import door
from dashboard.components import links
from dashboard.exhibits.parameters import parameters_at, refusals
from dashboard.exhibits.registry import (
    available_options,
    definition,
    definitions,
    own_options,
    read_view_query,
)
from dashboard.exports.json import as_json
from dashboard.filters import Reading
from dashboard.model.facts import fact
from dashboard.model.languages import ENGLISH, LANGUAGES, Language
from dashboard.model.periods import Span
from dashboard.pages import OVERVIEW, path_of
from dashboard.release.folder import NoRelease, Releases
from dashboard.release.open_release import Release


class NoFigure(Exception):  # noqa: N818 -- says a state, as its message does
    """An address that no figure of the product has."""


@dataclass(frozen=True)
class Figure:
    """An exhibit with its filters.

    Attributes:
        exhibit: Id of the exhibit.
        query: Canonical query string of its filters and own options.
    """

    exhibit: str
    query: str

    def __str__(self) -> str:
        return f"{self.exhibit}?{self.query}" if self.query else self.exhibit

    @property
    def has_period(self) -> bool:
        """Whether its address chooses months."""
        return any(part.startswith("period=") for part in self.query.split("&"))

    def address(self, lang: str, edition: str = "") -> str:
        """Address of the page that shows it, in a language and an edition or the current one."""
        more = {"edition": edition, "lang": "" if lang == ENGLISH else lang}
        parts = [self.query, *(f"{name}={value}" for name, value in more.items() if value)]
        query = "&".join(filter(None, parts))
        return f"{path_of(self.exhibit) or OVERVIEW}{f'?{query}' if query else ''}#{self.exhibit}"


@dataclass(frozen=True)
class OpenedFigure:
    """A figure in the edition in which it was looked at.

    Attributes:
        figure: The figure.
        release: The edition that its page shows.
        months: The months that it is asked for, as far as the edition has them; all of them where
            it has none.
    """

    figure: Figure
    release: Release
    months: Span


def find(text: str, releases: Releases) -> OpenedFigure:
    """The figure of an address such as ``overview.trend?sex=female&edition=...``.

    Raises:
        NoFigure: If there is no such exhibit, or it cannot answer the whole query.
        NoRelease: If there is no release.
    """
    exhibit_id, _, query = text.partition("?")
    if exhibit_id not in {entry.id for entry in definitions()}:
        raise NoFigure(exhibit_id)
    entry = definition(exhibit_id)
    reading, release = door.read(query, releases)
    editions = [reading.filters.edition] if reading.filters.edition else []
    if reading.ignored or refusals(query, parameters_at(entry, release, editions)):
        raise NoFigure(text)
    filters = replace(reading.filters, edition=None, lang=ENGLISH)
    options = own_options(reading, available_options(entry, release))
    figure = Figure(exhibit_id, links.query(filters, options))
    answering = entry.answered_by(release)
    span = entry.period(filters, answering, options)
    months = span.clipped(answering.span) or span
    return OpenedFigure(figure, release, months)


def answer_in(figure: Figure, release: Release, lang: Language, releases: Releases) -> str:
    """What an edition answers, as the door of exhibits gives it as JSON.

    Raises:
        NoRelease: If the reader may not open it, or it is gone.
        QueryTimeout: If it took too long.
    """
    query = "&".join(filter(None, (figure.query, f"edition={release.id}", f"lang={lang}")))
    answer = door.answer_exhibit(figure.exhibit, query, releases)
    if answer.page_release.id != release.id:
        raise NoRelease(f"There is no release {release.id}.")
    return as_json(answer.exhibit, answer.reading.filters)


def answers_in(figure: Figure, release: Release, releases: Releases) -> dict[str, bytes]:
    """What an edition answers in every language, compressed to be stored."""
    return {
        lang: zlib.compress(answer_in(figure, release, lang, releases).encode("utf-8"))
        for lang in LANGUAGES
    }


def unpack(stored: bytes) -> str:
    """An answer that was stored."""
    return zlib.decompress(stored).decode("utf-8")


def moved_on(figure: Figure, months: int, release: Release) -> Figure:
    """A figure asked for a number of months, up to the last one of an edition.

    It is returned as it is where it chooses no months, or the edition cannot answer all of it.
    """
    reading = _read(figure, release)
    if reading.filters.period is None or reading.ignored:
        return figure
    answering = definition(figure.exhibit).answered_by(release)
    newest = Span.last(months, until=answering.span.end)
    filters = replace(reading.filters, period=newest)
    return replace(figure, query=links.query(filters, reading.options))


def months_in(figure: Figure, release: Release) -> tuple[Span | None, ...] | None:
    """The ``counted_months`` of a figure in an edition; None where that cannot answer all of it."""
    entry, reading = definition(figure.exhibit), _read(figure, release)
    if reading.ignored or refusals(figure.query, parameters_at(entry, release, ())):
        return None
    answering = entry.answered_by(release)
    return counted_months(
        figure, entry.period(reading.filters, answering, reading.options), answering.span
    )


def counted_months(figure: Figure, span: Span, edition_span: Span) -> tuple[Span | None, ...]:
    """The months that a figure counts of those that it is asked for; None in place of none.

    Facts of quarters count closed quarters only. Where a figure counts whole quarters, so do its
    facts of months, as far as the edition has them.

    Args:
        figure: The figure.
        span: The months that it is asked for.
        edition_span: The months that the edition holds.

    Returns:
        Of facts by month the months alone, of facts by quarter the closed quarters alone. Where a
        figure has both, or counts months in quarters: the months, the quarters around them and
        the closed quarters.
    """
    entry = definition(figure.exhibit)
    grains = {fact(name).grain for name in entry.facts}
    months, quarters = span.clipped(edition_span), span.snapped("quarter")
    if "quarter" not in grains and not entry.by_quarter:
        return (months,)
    whole = edition_span.whole("quarter")
    closed = whole and quarters.clipped(whole)
    return (closed,) if grains == {"quarter"} else (months, quarters.clipped(edition_span), closed)


def base_in(figure: Figure, release: Release) -> int:
    """The widest protection base of what a figure counts in an edition."""
    entry = definition(figure.exhibit)
    answering = entry.answered_by(release)
    return max((answering.base(name) for name in entry.facts), default=1)


def _read(figure: Figure, release: Release) -> Reading:
    """What a figure's query says against a release; it names no edition."""
    return read_view_query(figure.query, release, is_edition=lambda _: False)
