"""What the filters say: the value of each menu, the chips, the count, and what was ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from dashboard.components import links
from dashboard.components.period_steps import before_of, notice
from dashboard.components.writer import write
from dashboard.exhibits.registry import question_of
from dashboard.filters import Reading
from dashboard.model.facts import Fact
from dashboard.model.filters import MENUS, filters_in
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import begin, translate


@dataclass(frozen=True)
class Count:
    """A number, and the words that say it as exactly as it is known."""

    size: int
    in_words: str


def summaries(release: Release, reading: Reading) -> dict[str, str]:
    """The value that each menu shows, and under ``active`` how many filters are set."""
    filters, lang = reading.filters, reading.filters.lang
    period = filters.period or release.default_period
    texts = {
        "period": dates.period(period, lang),
        "compare": _compared(release, reading, period),
    }
    for menu in MENUS:
        chosen = [
            filter_words.label_alone(release, entry.name, code, lang)
            for entry in filters_in(menu)
            for code in filters.codes_of(entry.name)
        ]
        texts[menu] = _few(menu, chosen, lang)
    count = len(filters.active) + (filters.period is not None)
    texts["active"] = f"· {translate('shell.bar.active', lang, n=count)}" if count else ""
    return texts


def _compared(release: Release, reading: Reading, period: Span) -> str:
    """The period that the chosen one is compared with, or why it is compared with none."""
    filters, lang = reading.filters, reading.filters.lang
    if filters.compare in ("none", "usual"):
        return translate(f"shell.bar.compare_{filters.compare}", lang)
    if question_of(filters, release).compared_span is None:
        return translate("shell.bar.compare_missing", lang)
    return dates.period(before_of(period, filters.compare), lang)


def status(
    release: Release,
    reading: Reading,
    counts: Mapping[str, Count],
    facts: Sequence[Fact] = (),
    *,
    compares: bool = False,
) -> Markup:
    """The line under the menus: chips, counts, the last day, and what filters do not apply to.

    Args:
        release: The open release.
        reading: The view.
        counts: Numbers of people and incidents in it, by unit.
        facts: What is counted on the page.
        compares: Whether it shows numbers of the months compared with.
    """
    lang = reading.filters.lang
    until = release.edition.last_month
    compared = question_of(reading.filters, release).compared_span
    unreached = [*filter_words.reach_in_words(reading.filters, facts)]
    if compared and facts and not compares:
        period = dates.period(compared, lang)
        unreached.append(translate("filters.uncompared", lang, period=period))
    last_day = date.fromordinal(until.plus(1).first_day.toordinal() - 1)
    return write(
        "status",
        lang,
        chips=_chips(release, reading),
        counts=[_count(unit, count, lang) for unit, count in counts.items()],
        release=release.id,
        day=dates.day(last_day, lang),
        notice=notice(release, reading),
        unreached=unreached,
        ignored=filter_words.ignored_in_words(reading.ignored, lang),
    )


def count_in_words(counts: Mapping[str, Count], lang: str) -> str:
    """The numbers of a view as plain words, for the live region."""
    return begin(" · ".join(_sentence(unit, count, lang) for unit, count in counts.items()))


def _few(menu: str, chosen: Sequence[str], lang: str) -> str:
    """What a menu shows of its chosen labels: "all" for none, one by itself, else how many."""
    if not chosen:
        return translate(f"shell.bar.all_{menu}", lang)
    return chosen[0] if len(chosen) == 1 else translate("shell.bar.chosen", lang, n=len(chosen))


def _chips(release: Release, reading: Reading) -> list[tuple[str, str]]:
    """Labels of what is chosen, each with the address of the view without it."""
    filters = reading.filters
    chips = [
        (chip.label, links.without(reading, chip.parameter, chip.code))
        for chip in filter_words.chips(release, filters)
    ]
    if filters.compare != "usual":
        label = translate(f"shell.bar.chip_{filters.compare.replace('-', '_')}", filters.lang)
        chips.insert(0, (label, links.href(replace(filters, compare="usual"), reading.options)))
    if filters.period:
        label = dates.period(filters.period, filters.lang)
        chips.insert(0, (label, links.href(replace(filters, period=None), reading.options)))
    return chips


def _count(unit: str, count: Count, lang: str) -> tuple[str, str, str]:
    """The sentence of a count: what stands before its number, the number, and what follows."""
    return _sentence(unit, count, lang).partition(count.in_words)


def _sentence(unit: str, count: Count, lang: str) -> str:
    """The sentence that says how many of a unit a view has."""
    return translate(f"shell.bar.{unit}_count", lang, n=count.size, number=count.in_words)
