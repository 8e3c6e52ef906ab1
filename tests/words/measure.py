"""What a reader meets: every exhibit and page heading over a fixed set of views, and how it reads.

Texts are taken from rendered exhibits, not from the catalogue, since labels, names and numbers that
are put in make them longer. What is counted as a word or a sentence stands in ``reading``; what a
text may at most be stands in ``floors``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard import exhibits
from dashboard.components import exhibit_card
from dashboard.components.sheet_head import sheet_head
from dashboard.exhibits import headlines
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.reading import page_notes
from dashboard.exhibits.registry import (
    available_options,
    definition,
    definitions,
    question_of,
    render,
)
from dashboard.filters import Compare, Filters, Reading
from dashboard.model import codes
from dashboard.model.filters import FILTERS
from dashboard.model.languages import Language
from dashboard.model.periods import Month, Span
from dashboard.pages import by_name
from dashboard.release.open_release import Release
from dashboard.words import catalogue
from dashboard.words.catalogue import translate
from tests.support.fragments import Fragment, nodes_of, texts
from tests.support.pages import PAGES
from tests.words.reading import VALUE, Values, count, words

exhibits.load()

SEED, VIEWS = 2026, 40
LANGUAGES: tuple[Language, ...] = ("en", "bn")
#: What is measured, in the order of the report.
KINDS = ("title", "subtitle", "note", "own note", "empty", "lead", "description")
#: What is said to a reader in sentences that stand beside a figure.
NOTES = ("note", "own note", "empty", "lead")
AREAS = ("BD20", "BD2022", "BD20220094", "BD60", "BD6091", "BD30", "MY")
_CODES = {entry.name: entry.codes or AREAS for entry in FILTERS}
_COMPARED: tuple[Compare, ...] = ("previous", "previous", "last-year", "none")


@dataclass(frozen=True)
class View:
    """What a reader looks at: filters, and a number from which each exhibit draws its options."""

    filters: Filters
    seed: int


@dataclass(frozen=True)
class Said:
    """One text that a reader met.

    Attributes:
        kind: One of KINDS.
        where: Id of the exhibit, or name of the page.
        query: Query string of the view, without '?'.
        text: The text as it stands.
        marked: The text with ``VALUE`` for each value.
    """

    kind: str
    where: str
    query: str
    text: str
    marked: str


def views(release: Release, number: int, seed: int = SEED) -> list[View]:
    """A fixed set of views: the one that opens first, the last month, and random ones.

    Each of the others has a month, a quarter, a year or months in between, up to two filters with
    one code each, and any comparison.
    """
    draw = random.Random(seed)
    last = Span(release.span.end, release.span.end)
    found = [View(Filters(), 0), View(Filters(period=last), 1)]
    for index in range(2, number):
        names = draw.sample(sorted(_CODES), draw.choice((0, 1, 1, 2)))
        chosen = {name: (draw.choice(_CODES[name]),) for name in names}
        filters = Filters(
            period=_period(release, draw),
            compare=draw.choice(_COMPARED),
            chosen=tuple(chosen.items()),
        )
        found.append(View(filters, seed + index))
    return found[:number]


def _period(release: Release, draw: random.Random) -> Span | None:
    months = list(release.span)
    start = draw.choice(months)
    kinds = (
        None,
        Span(start, start),
        Span(first := Month.of(start.quarter_start.first_day), first.plus(2)),
        Span.last(12, until=draw.choice(months[11:])),
        Span(start, start.plus(draw.randrange(1, 8))),
    )
    chosen = draw.choice(kinds)
    return chosen and chosen.clipped(release.span)


def values_of(release: Release, lang: str) -> Values:
    """Values in texts of a release: its places, corridors, months, and numbers as they are said."""
    names = {release.place_name(code, lang) for code in release.places}
    corridors = {
        codes.CORRIDOR.label_of(code, lang)
        for code in codes.CORRIDOR.values
        if code not in (codes.OTHER.code, codes.UNKNOWN.code)
    }
    months = [translate(f"dates.month_{month:02d}", lang) for month in range(1, 13)]
    about = translate("numbers.about", lang, number="").strip()
    few = [translate(f"numbers.{name}", lang) for name in ("none_or_very_few", "a_few")]
    return Values(names | corridors, months, few, about)


def collected(release: Release, lang: Language, looked: Sequence[View]) -> list[Said]:
    """Every text of every exhibit and page heading over some views, each once where it stands."""
    found: dict[tuple[str, str, str], Said] = {}
    for said in met(release, lang, looked):
        found.setdefault((said.kind, said.where, said.text), said)
    return list(found.values())


def met(release: Release, lang: Language, looked: Sequence[View]) -> Iterator[Said]:
    """Every text of every exhibit and page heading, view by view."""
    values = values_of(release, lang)
    for view in looked:
        filters = replace(view.filters, lang=lang)
        for kind, where, query, text in _texts(release, filters, view.seed):
            yield Said(kind, where, query, text, values.marked(text))


def _texts(release: Release, filters: Filters, seed: int) -> Iterator[tuple[str, str, str, str]]:
    for entry in definitions():
        draw = random.Random(f"{seed} {entry.id}")
        options = {
            option.name: draw.choice(option.values) for option in available_options(entry, release)
        }
        options = options if seed > 1 else {}
        found = render(entry.id, Reading(filters, options, ()), release)
        query = "&".join([filters.to_query(), *(f"{k}={v}" for k, v in sorted(options.items()))])
        yield from ((kind, entry.id, query, text) for kind, text in of_exhibit(found))
    question = question_of(filters, release)
    for page in PAGES:
        asked = page.name, filters.to_query()
        yield from (("lead", *asked, text) for text in page_notes(question, page.facts))
        if page.name in headlines.PAGES:
            opening = headlines.headline(page.name, question)
            yield ("title", *asked, opening.title)
            yield from (("lead", *asked, text) for text in opening.lead)
        yield ("lead", *asked, translate(f"shell.page.{page.name}.lead", filters.lang))
        yield ("title", *asked, translate(f"shell.page.{page.name}.title", filters.lang))
    yield ("lead", "overview", filters.to_query(), translate("shared.note.care", filters.lang))


def of_exhibit(found: Exhibit) -> Iterator[tuple[str, str]]:
    """Kind and text of everything that an exhibit says in words around its figure."""
    if found.offer:
        yield "empty", found.offer.reason
        if found.offer.action:
            yield "empty", found.offer.action
    else:
        yield "title", found.title
    yield "subtitle", found.subtitle
    if found.note:
        yield "own note", found.note
    yield from (("note", text) for text in found.notes)
    yield "description", found.description
    figure = found.figure or {}
    if figure.get("form") == "changes":
        yield from (("note", item["sentence"]) for item in figure["items"])
        named = ("said", "compared", "action")
        yield from (("note", figure[name]) for name in named if figure[name])
    if figure.get("form") == "text":
        yield from (("note", entry["text"]) for entry in figure["statements"])


# --- how they read ------------------------------------------------------------------------------


def of_kinds(said: Sequence[Said], *kinds: str) -> list[Said]:
    """Texts of some kinds; of those that differ in their values alone the first."""
    found: dict[str, Said] = {}
    for text in said:
        if text.kind in kinds:
            found.setdefault(text.marked, text)
    return list(found.values())


def ease(said: Sequence[Said]) -> float:
    """Reading ease of some texts in English, taken together; see ``reading.Count.ease``."""
    return count(text.marked for text in said).ease


def hardest(said: Sequence[Said], number: int) -> list[Said]:
    """The texts in English with the lowest reading ease, the hardest first."""
    read = [text for text in said if count([text.marked]).written]
    return sorted(read, key=lambda text: ease([text]))[:number]


def most(said: Sequence[Said], length: Callable[[str], int]) -> Said:
    """The text of the greatest length; the first of equals."""
    return max(said, key=lambda text: length(text.marked))


def too_long(said: Sequence[Said], length: Callable[[str], int], limit: int) -> list[str]:
    """Each text that is longer than a limit, with its length and where it was met."""
    return [
        f"{length(text.marked)} words, {text.where}?{text.query}: {text.text}"
        for text in said
        if length(text.marked) > limit
    ]


def joined(said: Sequence[Said]) -> list[Said]:
    """Own notes of cards that are more than one note, since no single note of the exhibit is so."""
    single = {(text.where, text.text) for text in said if text.kind == "note"}
    own = (text for text in said if text.kind == "own note")
    return [text for text in own if (text.where, text.text) not in single]


def in_words(text: str) -> int:
    """Words of a whole text whose values are marked."""
    return len(words(text))


# --- the catalogue -------------------------------------------------------------------------------

#: Catalogues whose texts are read as pages of their own, at leisure, and not beside a figure.
LONG_READ = ("glossary", "methods")
_TITLE = re.compile(
    r"\.(headline|title)(_|\.|$)|\.(leads|close)(_unshared)?$|^sheet\.age-sex\.(largest|more|fem|mal"
    r"|only)|^trend\.(incidents|people|same|uncompared|highest|between)|^overview\.changes\.(doubt"
    r"ful|nothing)|^quality\.coverage\.(same|several|fewest)$"
)
#: Words that others wrote, and that stay as they are: the notice of the United Nations on maps.
_OTHERS = "shell.card.disclaimer"


def phrases_of(lang: str) -> list[Said]:
    """Every phrase of the catalogue, each placeholder one value: also of what no view shows.

    A title is of the kind ``title``, any other phrase a ``note``; texts of LONG_READ are left out.
    """
    found: list[Said] = []
    for key, phrase in catalogue.phrases(lang).items():
        if key.partition(".")[0] in LONG_READ or key == _OTHERS:
            continue
        for text in [phrase] if isinstance(phrase, str) else phrase.values():
            kind = "title" if _TITLE.search(key) else "note"
            found.append(Said(kind, key, "", text, _PLACEHOLDER.sub(VALUE, text)))
    return found


_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


# --- what a page shows unasked ------------------------------------------------------------------

#: Classes of what are notes, beside paragraphs without any.
IN_SIGHT = frozenset({"lead", "card-note", "quiet"})


def in_sight(release: Release, filters: Filters, values: Values) -> dict[str, int]:
    """Words of notes that the overview shows before anybody opens anything, by where they stand.

    Notes are the sentences under the headline and above the sheet, the line "How to read these
    numbers", the caveat, the notice in the map, the note at the foot of a card, and what a card
    says below or instead of its figure. Titles, subtitles, numbers, the list of changes, charts,
    labels, buttons and the source are none. What opens on a press is not in sight, and neither is
    what only paper has.
    """
    page, lang = by_name("overview"), filters.lang
    question, reading = question_of(filters, release), Reading(filters, {}, ())
    shown: dict[str, list[str]] = {
        "headline": list(headlines.headline(page.name, question).lead),
        "how to read": [translate("shell.how_to_read", lang)],
        "caveat": [translate("shell.care_lead", lang), translate("shared.note.care", lang)],
        "sheet": notes_of(sheet_head(release, reading)),
    }
    for slot in page.slots:
        found = render(slot.exhibit, reading, release)
        options = available_options(definition(slot.exhibit), release)
        parts = exhibit_card.card_parts(found, reading, options, None, "", table=False)
        notice = [str((found.figure or {})["notice"])] if found.is_map else []
        shown[slot.exhibit] = [*notes_of(parts["body"]), *notes_of(parts["foot"]), *notice]
    return {
        where: sum(len(words(values.marked(text))) for text in texts)
        for where, texts in shown.items()
    }


def notes_of(fragment: Fragment) -> list[str]:
    """Texts of the notes in a fragment of HTML; what opens on a press is left out."""
    found: list[str] = []
    for node in nodes_of(fragment):
        if isinstance(node, str) or node.tag == "details":
            continue
        own = set(node.classes)
        if (node.tag == "p" and not own) or own & IN_SIGHT:
            found.append("".join(texts(node)))
        else:
            found += notes_of(node.children)
    return found
