"""``make words``: how what the pages say reads, and whether it is true, into docs/words-report.md.

Everything that is said over forty views of the sample, in both languages, and titles over invented
registers (``truth``), which take half an hour. What must hold stands in
``tests/contract/test_words.py``; the report says how far it holds, and shows the hardest texts.
``--titles N`` prints N titles instead, drawn over exhibits and views, for somebody who did not
write them. ``--questions N`` asks N registers questions of one's own instead, and prints which of
their titles and signs are false; a register takes a minute.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from dashboard.model.languages import Language
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from tests.support.sample import sample_folder
from tests.support.served import ROOT
from tests.words import floors, measure, truth
from tests.words.reading import longest

REPORT = ROOT / "docs" / "words-report.md"
_NAMES = {
    "title": "titles and headlines", "subtitle": "subtitles",
    "note": "notes in the menu of a card and in files", "own note": "the note on a card",
    "empty": "empty cards: why, and what is offered",
    "lead": "sentences above a page, and how to read its numbers",
    "description": "descriptions for screen readers",
}  # fmt: skip
_LANGUAGES: dict[Language, str] = {"en": "English", "bn": "Bangla"}
_HARDEST = 10


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the report, or print titles."""
    parser = argparse.ArgumentParser(prog="python -m tests.words", description=__doc__)
    parser.add_argument("--titles", type=int, metavar="N", help="print N drawn titles")
    parser.add_argument("--questions", type=int, metavar="N", help="ask N registers")
    parser.add_argument(
        "--seed", type=int, default=measure.SEED, help=f"of their draw (default {measure.SEED})"
    )
    asked = parser.parse_args(arguments)
    if asked.questions:
        claims = truth.claims_of_questions(registers(asked.questions))
        print(_true(claims), *claims.examples, sep="\n")
        return
    with sample() as release:
        looked = measure.views(release, measure.VIEWS)
        if asked.titles:
            print("\n\n".join(drawn_titles(release, looked, asked.titles, asked.seed)))
            return
        claims = truth.claims_of(registers(truth.REGISTERS))
        claims.add_all(truth.claims_of_flows(registers(truth.REGISTERS_OF_FLOWS)))
        claims.add_all(truth.claims_of_questions(registers(truth.REGISTERS_OF_QUESTIONS)))
        REPORT.write_text(report(release, looked, claims), encoding="utf-8")
    print(f"written: {REPORT.relative_to(ROOT)}")
    broken = [kind for kind, limit in truth.LIMITS.items() if claims.share_false(kind) > limit]
    if broken:
        sys.exit(f"false too often: {', '.join(broken)}")


def registers(number: int) -> range:
    """Seeds of so many registers that nothing was tuned on."""
    return range(truth.FIRST_SEED, truth.FIRST_SEED + number)


@contextmanager
def sample() -> Iterator[Release]:
    """The committed sample under the secrets of the tests."""
    release = Releases(sample_folder() / "store" / "releases").current()
    yield release
    release.close()


def drawn_titles(
    release: Release, looked: Sequence[measure.View], number: int, seed: int
) -> list[str]:
    """Titles with their subtitles, in turn from each exhibit and page, none of them twice."""
    subtitles: dict[tuple[str, str], str] = {}
    by_place: dict[str, list[measure.Said]] = defaultdict(list)
    for text in measure.met(release, "en", looked):
        if text.kind == "subtitle":
            subtitles[text.where, text.query] = text.text
        elif text.kind == "title":
            by_place[text.where].append(text)
    draw = random.Random(seed)
    piles = [list({text.marked: text for text in own}.values()) for own in by_place.values()]
    for pile in piles:
        draw.shuffle(pile)
    draw.shuffle(piles)
    rounds = max(map(len, piles))
    turns = [pile[index] for index in range(rounds) for pile in piles if index < len(pile)]
    return [
        f"{index}. {text.text}\n   {subtitles.get((text.where, text.query), '')}".rstrip()
        for index, text in enumerate(turns[:number], 1)
    ]


def report(release: Release, looked: Sequence[measure.View], claims: truth.Claims) -> str:
    """The whole report."""
    said = {lang: measure.collected(release, lang, looked) for lang in _LANGUAGES}
    english = said["en"]
    parts = [
        "# How the words read",
        f"""Made by `make words` over {len(looked)} views of the invented sample: the one that opens
first, the last month, and random periods, filters, comparisons and choices of a card. Each text
counts once; texts that differ in their values alone are one text. `tests/contract/test_words.py`
holds the floors over fewer views, and over every phrase of the catalogue.""",
        "## What is counted",
        _COUNTED,
        "## Floors",
        _floors(release, looked, said),
        "## By kind",
        _by_kind(said),
        "## Notes in sight on the overview",
        _sight(release, looked),
        f"## The {_HARDEST} hardest titles",
        "Ease, where, text. Names of classes, services and agencies make most of them hard.",
        _listed(measure.hardest(measure.of_kinds(english, "title"), _HARDEST)),
        f"## The {_HARDEST} hardest notes",
        _listed(measure.hardest(measure.of_kinds(english, *measure.NOTES), _HARDEST)),
        "## Longest",
        _longest(said),
        "## Whether titles are true",
        _TRUTH,
        _true(claims),
    ]
    return "\n\n".join(parts) + "\n"


_COUNTED = """Reading ease is that of R. Flesch, "A new readability yardstick", Journal of Applied
Psychology 32 (1948): 206.835 less 1.015 for each word of a mean sentence, less 84.6 for each
syllable of a mean word. 60 to 70 is plain English. Syllables are counted by rules of spelling
(`tests/words/reading.py`). There is no such measure for Bangla; there, lengths are held.

A value is one word: a number as it is said ("about 27", "none or very few"), a range, a share, a
month or period, the name of a place or of a corridor. Its syllables are left out of the mean. Every
other label that is put in, such as "trafficking for forced labour", is words like any others. A
colon or a semicolon ends no sentence. A list of three or more after a colon counts with its longest
part: it is looked through and not read.

Notes in sight are the sentences under the headline and above the sheet, the line "How to read these
numbers", the caveat, the notice in the map, the note on a card, and what a card says below or
instead of its figure. Titles, subtitles, numbers, changes, charts, labels, buttons and sources are
no notes. What opens on a press is not in sight."""


_TRUTH = f"""{truth.REGISTERS} invented registers of {truth.PER_MONTH} people a month over
{truth.YEARS} years, on which nothing was tuned, are closed and released by the product: protected,
and as the records themselves. Titles of the first are held against the numbers of the second: over
the last six months, four quarters and a year, for everything, a crime, a sex and an area. A largest
is false where the records have a larger one, also one that the release does not tell apart. The
map of flows is asked of {truth.REGISTERS_OF_FLOWS} registers, since few of its titles name one.
{truth.REGISTERS_OF_QUESTIONS} registers of {truth.SIZES[0]} to {truth.SIZES[-1]} people a month
are asked {truth.OF_A_REGISTER} random questions of one's own each, about all facts. In these three
pairs that units are not fitted to are planted, for signs."""


def _true(claims: truth.Claims) -> str:
    rows = [
        (kind, claims.titles[kind], claims.made[kind], claims.false[kind], _percent(claims, kind))
        for kind in truth.LIMITS
    ]
    limits = ", ".join(f"{kind} {limit:.0%}" for kind, limit in truth.LIMITS.items())
    head = ("claim", "titles that could", "titles that do", "false", "share false")
    return f"{_table(head, rows)}\n\nAt most, by the suite and this report: {limits}."


def _percent(claims: truth.Claims, kind: str) -> str:
    return f"{claims.share_false(kind):.1%}"


def _floors(
    release: Release, looked: Sequence[measure.View], said: Mapping[str, list[measure.Said]]
) -> str:
    english = said["en"]
    rows: list[tuple[object, ...]] = [
        (name, f"at least {floors.EASE}", f"{measure.ease(measure.of_kinds(english, *kinds)):.1f}")
        for name, kinds in (
            ("reading ease, titles", ("title",)),
            ("reading ease, notes", measure.NOTES),
        )
    ]
    for lang, language in _LANGUAGES.items():
        title = measure.most(measure.of_kinds(said[lang], "title"), measure.in_words)
        note = measure.most(measure.of_kinds(said[lang], *measure.NOTES), longest)
        rows += [
            (
                f"words of a title, {language}",
                f"at most {floors.TITLE}",
                measure.in_words(title.marked),
            ),
            (
                f"words of a sentence, {language}",
                f"at most {floors.SENTENCE}",
                longest(note.marked),
            ),
        ]
    sight = max(
        sum(measure.in_sight(release, view.filters, measure.values_of(release, "en")).values())
        for view in looked
    )
    rows.append(("words of notes in sight on the overview", f"at most {floors.IN_SIGHT}", sight))
    several = [text for own in said.values() for text in measure.joined(own)]
    rows.append(("cards with more than one note of their own", "none", len(several) or "none"))
    return _table(("what", "floor", "measured"), rows)


def _by_kind(said: Mapping[str, list[measure.Said]]) -> str:
    rows: list[tuple[object, ...]] = []
    for kind in measure.KINDS:
        english, bangla = (measure.of_kinds(said[lang], kind) for lang in _LANGUAGES)
        lengths = [longest(measure.most(texts, longest).marked) for texts in (english, bangla)]
        rows.append((_NAMES[kind], len(english), f"{measure.ease(english):.1f}", *lengths))
    head = ("kind", "texts", "ease", "longest sentence", "longest in Bangla")
    return _table(head, rows)


def _sight(release: Release, looked: Sequence[measure.View]) -> str:
    values = measure.values_of(release, "en")
    found = measure.in_sight(release, looked[0].filters, values)
    rows = [(where, number) for where, number in found.items() if number]
    total = sum(found.values())
    return f"The view that opens first, {total} words.\n\n" + _table(("where", "words"), rows)


def _longest(said: Mapping[str, list[measure.Said]]) -> str:
    lines = []
    for lang, language in _LANGUAGES.items():
        title = measure.most(measure.of_kinds(said[lang], "title"), measure.in_words)
        note = measure.most(measure.of_kinds(said[lang], *measure.NOTES), longest)
        lines += [
            f"- {language}, title, {measure.in_words(title.marked)} words: {title.text}",
            f"- {language}, sentence of {longest(note.marked)} words: {note.text}",
        ]
    return "\n".join(lines)


def _listed(texts: Sequence[measure.Said]) -> str:
    return "\n".join(f"- {measure.ease([text]):.0f}, {text.where}: {text.text}" for text in texts)


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines: list[Sequence[object]] = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


if __name__ == "__main__":
    main()
