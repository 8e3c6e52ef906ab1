"""Folds: which codes stand under another one and which places do not stand for themselves.

Both were decided when the numbers were protected. A release lists it with the periods for which it
holds; here it is read, and said, for the months that a figure shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.filters import Filters
from dashboard.model.facts import Fact, fact
from dashboard.model.filters import filter_named
from dashboard.model.fold import IN_ROLL_UP, Fold, Standing
from dashboard.model.periods import Month, Span
from dashboard.model.protection import BASES_A_YEAR
from dashboard.release.once import Latest, once_a_release
from dashboard.release.open_release import Release
from dashboard.words.catalogue import in_sentence, say


@dataclass(frozen=True)
class FoldedSpan:
    """A code of a dimension that stands under another one from a month until another, or still."""

    fact: Fact
    dimension: str
    code: str
    shown_as: str
    start: Month
    end: Month | None

    def in_span(self, span: Span) -> bool:
        """Whether it stands so in any month of a span."""
        return self.months_in(span) > 0

    def months_in(self, span: Span) -> int:
        """Months of a span in which it stands so."""
        start, end = max(self.start, span.start), min(self.end or span.end, span.end)
        return max(0, end.minus(start) + 1)


@once_a_release
def folded_spans(release: Release) -> tuple[FoldedSpan, ...]:
    """Every folded code of a release with its months, in the order of the release's list."""
    by_code: dict[tuple[str, str, str], list[Fold]] = {}
    for row in release.folds:
        by_code.setdefault((row.fact, row.dimension, row.code), []).append(row)
    folds: list[FoldedSpan] = []
    for rows in by_code.values():
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            if row.is_folded:
                end = Month.of(following.from_period).plus(-1) if following else None
                start = Month.of(row.from_period)
                folds.append(
                    FoldedSpan(fact(row.fact), row.dimension, row.code, row.shown_as, start, end)
                )
    return tuple(folds)


def standing_places(release: Release, counted: Fact, span: Span) -> frozenset[str]:
    """Places that stand for themselves in any month of a span; none where it is not said."""
    return frozenset(
        entry.place
        for entry in release.standings or ()
        if (entry.fact, entry.dimension) == (counted.id, _PLACE) and _months_in(entry, span)
    )


def unsteady_places(release: Release, counted: Fact, *spans: Span) -> frozenset[str]:
    """Places that stand for themselves in some months and in others under the area around them.

    Their numbers are too low, and between such months they rise and fall by that alone. None where
    the release does not say.
    """
    asked = counted.id, *spans
    found = _UNSTEADY.get(release, asked)
    if found is None:
        found = _unsteady_places(release, counted, spans)
        _UNSTEADY.keep(release, asked, found)
    return found


#: Unsteady places of the latest spans.
_UNSTEADY: Latest[frozenset[str]] = Latest(200)


def _unsteady_places(release: Release, counted: Fact, spans: Sequence[Span]) -> frozenset[str]:
    within = [known for span in spans if (known := span.clipped(release.span))]
    asked = sum(span.months for span in within)
    stood: dict[str, int] = {}
    for entry in release.standings or ():
        if (entry.fact, entry.dimension) == (counted.id, _PLACE):
            months = sum(_months_in(entry, span) for span in within)
            stood[entry.place] = stood.get(entry.place, 0) + months
    return frozenset(place for place, months in stood.items() if 0 < months < asked)


def steady_places(release: Release, counted: Fact, span: Span) -> frozenset[str]:
    """Places that stand for themselves in each month of a span; none where it is not said."""
    return standing_places(release, counted, span) - unsteady_places(release, counted, span)


def started_places(release: Release, counted: Fact, period: Span, before: Span) -> frozenset[str]:
    """Places that stand for themselves all through a period and never in the one before it."""
    stood: dict[str, list[int]] = {}
    for entry in release.standings or ():
        if (entry.fact, entry.dimension) == (counted.id, _PLACE):
            months = stood.setdefault(entry.place, [0, 0])
            for index, span in enumerate((period, before)):
                months[index] += _months_in(entry, span)
    return frozenset(place for place, own in stood.items() if own == [period.months, 0])


def moves(
    release: Release, counted: Fact, dimension: str, period: Span, before: Span
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What folding does to the codes of a dimension between two periods.

    Returns:
        Codes that stand for themselves all through the period and never before; codes whose
        change may be one of folding; and codes under which the same ones stand in both.
    """
    folded: dict[str, list[int]] = {}
    under: dict[str, set[str]] = {}
    for entry in folded_spans(release):
        if (entry.fact.id, entry.dimension) == (counted.id, dimension):
            months = folded.setdefault(entry.code, [0, 0])
            for index, span in enumerate((period, before)):
                months[index] += entry.months_in(span)
            if any(months):
                under.setdefault(entry.shown_as, set()).add(entry.code)
    whole = [period.months, before.months]
    started = {code for code, own in folded.items() if own == [0, before.months]}
    steady = {code for code, own in folded.items() if own in ([0, 0], whole)}
    gathering = {target for target, codes in under.items() if codes <= steady}
    unclear = folded.keys() - started - {c for c, own in folded.items() if own == [0, 0]}
    return (
        frozenset(started),
        frozenset(unclear | (under.keys() - gathering)),
        frozenset(gathering),
    )


def most_while_folded(release: Release, counted: Fact, span: Span) -> int:
    """How many events a code may have in a span and still stand under another one.

    What stands for itself has ``BASES_A_YEAR`` bases a year, give or take one by chance.
    """
    most = (BASES_A_YEAR + 1) * release.base(counted.id) * span.months / _YEAR
    return ceil(most)


_YEAR = 12
#: The dimension by which events are put on a map.
_PLACE = "place"


def _months_in(entry: Standing, span: Span) -> int:
    """Months of a span in which a place stands for itself."""
    start = max(Month.of(entry.from_period), span.start)
    end = Month.of(entry.until_period).plus(-1) if entry.until_period else span.end
    return max(0, min(end, span.end).minus(start) + 1)


def unsteady_note(release: Release, places: Sequence[str], lang: str) -> str:
    """That some places are counted by themselves in a part of the time only."""
    named = [release.place_name(code, lang) for code in places]
    return say("shared.note.unsteady", lang, n=len(named), places=", ".join(named))


def notes(
    release: Release, shown: Iterable[Drawn], filters: Filters, span: Span, lang: str
) -> tuple[str, ...]:
    """One note for each dimension of some cuts that has folded codes in a span."""
    drawn = list(shown)
    asked = {(entry.fact.id, name) for entry in drawn for name in entry.cut.dimensions}
    groups = _by_target(
        entry
        for entry in folded_spans(release)
        if (entry.fact.id, entry.dimension) in asked
        and entry.in_span(span)
        and entry.code not in _chosen(filters, entry.dimension)
    )
    return tuple(_part(release, "folded", entries, lang) for entries in groups)


def chosen_note(
    release: Release, shown: Iterable[Drawn], filters: Filters, span: Span, lang: str
) -> str:
    """That a sum is too low since the reader chose folded codes, all in one note; '' for none."""
    counted = {entry.fact.id for entry in shown}
    groups = _by_target(
        entry
        for entry in folded_spans(release)
        if entry.fact.id in counted
        and entry.in_span(span)
        and entry.code in _chosen(filters, entry.dimension)
    )
    parts = dict.fromkeys(_part(release, "folded_part", entries, lang) for entries in groups)
    return say("shared.note.folded_chosen", lang, parts="; ".join(parts)) if parts else ""


def _by_target(entries: Iterable[FoldedSpan]) -> list[list[FoldedSpan]]:
    """Folded codes by fact, dimension and what they are shown as."""
    groups: dict[tuple[str, str, str], list[FoldedSpan]] = {}
    for entry in entries:
        groups.setdefault((entry.fact.id, entry.dimension, entry.shown_as), []).append(entry)
    return list(groups.values())


def codes_under(
    release: Release, counted: Fact, dimension: str, code: str, span: Span
) -> tuple[str, ...]:
    """Codes of a dimension that stand under another one in any month of a span."""
    found = (
        entry.code
        for entry in folded_spans(release)
        if (entry.fact.id, entry.dimension, entry.shown_as) == (counted.id, dimension, code)
        and entry.in_span(span)
    )
    return tuple(dict.fromkeys(found))


def _chosen(filters: Filters, dimension: str) -> set[str]:
    """Codes of a dimension that a reader chose."""
    return {
        code
        for name in filters.active
        if dimension in {field.name for field in filter_named(name).fields}
        for code in filters.codes_of(name)
    }


def _part(release: Release, name: str, entries: Sequence[FoldedSpan], lang: str) -> str:
    counted, dimension, target = entries[0].fact, entries[0].dimension, entries[0].shown_as
    named = dict.fromkeys(
        in_sentence(code_label(release, counted, dimension, e.code, lang)) for e in entries
    )
    return say(
        f"shared.note.{name}",
        lang,
        field=field_label(counted, dimension, lang),
        other=code_label(release, counted, dimension, target, lang),
        unit=counted.unit_in(lang),
        codes=", ".join(named),
    )


def code_label(release: Release, counted: Fact, dimension: str, code: str, lang: str) -> str:
    """Label of a code of a dimension, or of what a class without one is shown in."""
    if code == IN_ROLL_UP:
        return say("shared.roll_up", lang)
    listed = counted[dimension].codes
    return release.label(listed.id, code, lang) if listed else code


def field_label(counted: Fact, dimension: str, lang: str) -> str:
    """Label of a dimension."""
    return counted[dimension].label_in(lang)
