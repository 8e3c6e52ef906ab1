"""The catalogue: phrases by key, from one TOML file per page and language.

English lies beside this module, and what the country's pack has of it stands before it; all other
languages are the pack's. A key is ``page.phrase`` or ``page.exhibit.phrase``. A phrase with forms
``one`` and ``other`` is chosen by the value ``n``. A language that lacks a phrase falls back to
English. Digits of phrases, and of values that are numbers, are written as the reader's choice
writes them; values that are texts are put in as they are. A phrase that names a code puts its label
in as ``{@list.code}``, one that names the country or its levels ``{@country}``, ``{@language}``,
``{@inside}`` (its borders), ``{@Level.third}``, ``{@level.third}``, ``{@Levels.third}`` or
``{@levels.third}``. A key that ends in ``@third`` is that of the code of the level.

A file whose words still wait for somebody who knows the language and the field begins with
``needs_review = true``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dashboard.model import codes
from dashboard.model.country import PACK
from dashboard.model.judge_errors import FALSE_OF_COUNTRY, FALSE_ON_MAPS, NOTICED
from dashboard.model.languages import ENGLISH, LOCAL, digits, spelled, times, words_of
from dashboard.model.partner_share import SOME
from dashboard.model.phrases import REVIEW, Phrase, phrases_of, read_catalogues
from dashboard.model.protection import (
    BASE,
    COARSE_STEP,
    DAYS_TO_CLOSE,
    EXACT_PARTNERS,
    FEWEST_FOR_WHOLE_PERCENT,
    NOISE_BASES,
    PUBLIC_FACTOR,
    RANDOMISED_ONE_IN,
    SHARE_BASES,
    TOLD_APART,
    TOLD_BY_EVERY_EDITION,
    TOLD_BY_EVERY_FACT,
    TOLD_BY_PUBLIC,
    WIDE_BASE,
    noise,
)
from dashboard.model.shipped import COUNTRY, ENGLISH_WORDS

#: Where a phrase says the label of a code, which is written in the registry and nowhere else.
_LABEL = re.compile(r"\{@([^{}]+)\}")
#: Where a key names a level by its role.
_ROLE = re.compile(r"@(\w+)$")
#: Where a phrase says a number of protection or of what a word is worth, ``{=base}``, or says it
#: as a word, ``{=base:word}`` ("three") or ``{=base:times}`` ("twice"); a phrase of one release
#: says that release's own.
_PROTECTION = re.compile(r"\{=([^{}:]+)(?::(word|times))?\}")
_NUMBERS: Mapping[str, int] = {
    "base": BASE,
    "base_and_one": BASE + 1,
    "most_of_few": noise(BASE) - 1,
    "wide_base": WIDE_BASE,
    "most_of_few_wide": noise(WIDE_BASE) - 1,
    "public_base": BASE * PUBLIC_FACTOR,
    "public_factor": PUBLIC_FACTOR,
    "noise_bases": NOISE_BASES,
    "exact_partners": EXACT_PARTNERS,
    "share_bases": SHARE_BASES,
    "fewest_for_whole_percent": FEWEST_FOR_WHOLE_PERCENT,
    "coarse_step": COARSE_STEP,
    **{f"told_apart_{knowledge}": number for knowledge, number in TOLD_APART.items()},
    "told_by_every_edition": TOLD_BY_EVERY_EDITION,
    "told_by_every_fact": TOLD_BY_EVERY_FACT,
    "told_by_public": TOLD_BY_PUBLIC,
    "randomised_one_in": RANDOMISED_ONE_IN,
    "days_to_close": DAYS_TO_CLOSE,
    "some_share": round(100 * SOME),
    **dict(zip(("false_least", "false_most"), FALSE_OF_COUNTRY, strict=True)),
    **dict(zip(("false_on_maps", "false_on_maps_most"), FALSE_ON_MAPS, strict=True)),
    **{f"noticed_in_{months}": times for months, times in NOTICED.items()},
}

#: Parts of a phrase whose digits are not translated: placeholders, and words in Latin letters.
_UNTRANSLATED = re.compile(r"(\{[^}]*\}|[^\s{}]*[A-Za-z][^\s{}]*)")


def translate(key: str, lang: str, **values: object) -> str:
    """A phrase with its values put in.

    Args:
        key: Key of the phrase.
        lang: The reader's language, one of ``LANGUAGES``.
        **values: Values of the placeholders; ``n`` also chooses between singular and plural.

    Raises:
        KeyError: If English has no such phrase, or a placeholder has no value.
    """
    phrases = _phrases(ENGLISH)
    words = words_of(lang)
    phrase = (_phrases(words).get(key) if words != ENGLISH else None) or phrases[key]
    if not isinstance(phrase, str):
        phrase = phrase["one" if values["n"] == 1 else "other"]
    if words == ENGLISH:
        return phrase.format(**values)
    written = {
        name: digits(str(value), lang) if isinstance(value, int | float) else value
        for name, value in values.items()
    }
    return _in_digits(phrase, lang).format(**written)


def _in_digits(phrase: str, lang: str) -> str:
    """A phrase with its digits as a language writes them; names in Latin letters keep theirs."""
    parts = _UNTRANSLATED.split(phrase)
    return "".join(part if index % 2 else digits(part, lang) for index, part in enumerate(parts))


def needs_review(lang: str) -> tuple[str, ...]:
    """Names of the catalogues of a language that nobody has reviewed yet."""
    catalogues = _catalogues(words_of(lang))
    return tuple(name for name, table in catalogues.items() if table.get(REVIEW))


def in_sentence(label: str) -> str:
    """A label in the middle of a sentence: its capital falls unless it is a name.

    >>> in_sentence("Sexual exploitation"), in_sentence("NGO or UN"), in_sentence("Coast Guard")
    ('sexual exploitation', 'NGO or UN', 'Coast Guard')
    """
    rest = label[1:]
    return label if rest != rest.lower() else label.lower()


def begin(text: str) -> str:
    """A phrase at the beginning of a sentence.

    >>> begin("about 27 people"), begin("1,285 people")
    ('About 27 people', '1,285 people')
    """
    return text[:1].upper() + text[1:]


@cache
def phrases(lang: str) -> Mapping[str, Phrase]:
    """All phrases of a language by key, English where it lacks one, with labels of codes put in."""
    return {**_phrases(ENGLISH), **_phrases(words_of(lang))}


@cache
def _phrases(words: str) -> Mapping[str, Phrase]:
    """Phrases of one language alone by key, with labels of codes and numbers put in."""

    def labelled(text: str) -> str:
        text = _LABEL.sub(lambda name: _name_of(name[1], words), text)
        return _PROTECTION.sub(lambda match: _number(match[1], match[2], words), text)

    return {
        key: labelled(phrase)
        if isinstance(phrase, str)
        else {form: labelled(text) for form, text in phrase.items()}
        for key, phrase in own_phrases(words).items()
    }


def _name_of(name: str, words: str) -> str:
    """What ``{@name}`` stands for in a language: the name of a code, a level or the country."""
    if name == "country":
        return PACK.names.get(words, PACK.names[ENGLISH])
    if name == "language":
        local = PACK.languages[LOCAL]
        return local.english if words == ENGLISH else local.name
    if name == "inside":
        return codes.label_of(f"{codes.SCOPE.id}.{codes.INSIDE}", words)
    kind, _, role = name.partition(".")
    if kind.lower() not in ("level", "levels"):
        return codes.label_of(name, words)
    level = PACK.levels[role]
    names = {**level.names, **(level.many if kind.endswith("s") else {})}
    label = names.get(words, names[ENGLISH])
    return label if kind[0] == "L" or words != ENGLISH else in_sentence(label)


def _number(name: str, form: str | None, words: str) -> str:
    """What ``{=name}`` stands for in a language: a number in digits, or as a word ("three").

    Args:
        name: Name of a constant that phrases may state, a key of ``_NUMBERS``.
        form: "word" or "times"; None for digits.
        words: The language.
    """
    number = _NUMBERS[name]
    forms = {"word": spelled(number, words), "times": times(number, words)}
    return forms[form] if form else str(number)


def own_phrases(words: str) -> Mapping[str, Phrase]:
    """All phrases of a language by key, as its catalogues hold them.

    Args:
        words: The language itself, without a choice of digits.

    Raises:
        ValueError: If a catalogue holds something that is no phrase.
    """
    by_key = phrases_of(_catalogues(words))
    if words == ENGLISH:
        by_key = {**phrases_of(read_catalogues(ENGLISH_WORDS)), **by_key}
    return {
        _ROLE.sub(lambda role: PACK.levels[role[1]].code, key): phrase
        for key, phrase in by_key.items()
    }


@cache
def _catalogues(words: str) -> Mapping[str, Mapping[str, object]]:
    """Content of every catalogue of a language in the pack by its name."""
    return read_catalogues(COUNTRY / "words" / words)
