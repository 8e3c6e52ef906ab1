"""How hard a text is to read: its sentences, its words, their syllables, and Flesch's reading ease.

Only texts stand here; where they come from stands in ``measure``. Rules that decide what counts:

- A sentence ends at a full stop, a question mark, an exclamation mark or a danda. Colons and
  semicolons end none, although Flesch let them: so a text is judged as longer, never as shorter.
- A value is one word: a number as it is said ("about 27", "a few", "none or very few"), a range, a
  share, a month, a quarter, a period, the name of a place or of a corridor. It is put into a
  phrase, and no writer can make it shorter. So it counts in the length of a sentence and of a
  title, and its syllables are left out of the mean.
- A list after a colon is looked through and not read: where it has three parts or more, its
  sentence is as long as what stands before them with the longest of them.
- Every other label that is put in (a class, a service, an agency) is words like any others.
- What joins two parts by a hyphen is one word; what stands around a slash is two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

#: What stands for a value while a text is counted: of no language, so that no word is like it.
VALUE = "\ue000"
_NUMBER = r"[^\W_]*\d[\w–.,:-]*\w|\d"
_PART = rf"(?:{VALUE}|[^\W\d_](?:[\u0980-\u09ff\u200c\u200d]|[^\W\d_]|['’-](?=[^\W\d_]))*)"
_WORD = re.compile(rf"{VALUE}(?:-?[^\W\d_][\w\u0980-\u09ff]*)?|{_PART}")
_END = re.compile(r"(?<=[.?!।])[”’\")]*(?=\s|$)")


@dataclass(frozen=True)
class Count:
    """What a text, or several together, are made of.

    Attributes:
        sentences: How many sentences.
        words: How many words, values among them.
        written: Words that are no values.
        syllables: Syllables of the written words.
    """

    sentences: int
    words: int
    written: int
    syllables: int

    @property
    def ease(self) -> float:
        """Reading ease: 100 is very easy, 60 to 70 plain English, below 30 very hard.

        Source: Flesch, R. (1948), "A new readability yardstick", Journal of Applied Psychology 32.

        Raises:
            ValueError: There is no written word.
        """
        if not self.written or not self.sentences:
            raise ValueError("nothing to read")
        length = self.words / self.sentences
        return 206.835 - 1.015 * length - 84.6 * self.syllables / self.written


class Values:
    """Finds the values in a text.

    Args:
        names: Names of places and corridors, each of which is one value.
        months: Names of months, as periods have them.
        numbers: Numbers that are said in words ("a few"), in small letters.
        about: What stands before a number that is not exact, in small letters.
    """

    def __init__(
        self, names: Iterable[str], months: Iterable[str], numbers: Iterable[str] = (),
        about: str = "about",
    ) -> None:  # fmt: skip
        month = f"(?:{_any_of(months)})"
        date = rf"(?:\d+ )?{month} \d{{4}}|Q\d \d{{4}}|\d{{4}} সালের ত্রৈমাসিক \d"
        kinds = [
            # A month without its year only begins a period: "may" is a word as well.
            rf"\b(?:(?:{month}|{date}) – )?(?:{date})(?!\w)",
            rf"(?<!\w)(?:{_any_of(names)})(?![^\W\d_])",
            rf"(?<!\w)(?i:{_any_of(numbers)})(?!\w)",
            rf"(?<!\w)(?:(?i:{re.escape(about)}) )?(?:{_NUMBER})(?: ?%)?",
        ]
        self._pattern = re.compile("|".join(kinds))

    def marked(self, text: str) -> str:
        """A text with ``VALUE`` for each of its values.

        A name that is itself part of a longer one is not found twice, and a range is one value.
        """
        return self._pattern.sub(VALUE, text)


def _any_of(names: Iterable[str]) -> str:
    """A pattern for any of some names, the longest first; for none it never matches."""
    ordered = sorted({name for name in names if name}, key=len, reverse=True)
    return "|".join(map(re.escape, ordered)) or r"(?!)"


def sentences(text: str) -> list[str]:
    """The sentences of a text, of which the last may have no mark at its end.

    >>> sentences("About 4.5 of 10. And the rest?")
    ['About 4.5 of 10.', 'And the rest?']
    """
    return [part for part in map(str.strip, _END.split(text)) if part]


def words(text: str) -> list[str]:
    """The words of a text whose values are marked.

    >>> words("Women and girls: the working group's own follow-up")
    ['Women', 'and', 'girls', 'the', 'working', "group's", 'own', 'follow-up']
    """
    return _WORD.findall(text)


def count(texts: Iterable[str]) -> Count:
    """What some texts in English whose values are marked are made of, together.

    Each text ends a sentence, as a title does without a mark.
    """
    ends = total = written = spoken = 0
    for text in texts:
        own = words(text)
        ends += len(sentences(text))
        total += len(own)
        read = [word for word in own if not word.startswith(VALUE)]
        written += len(read)
        spoken += sum(map(syllables, read))
    return Count(ends, total, written, spoken)


def longest(text: str) -> int:
    """Words of the longest sentence of a text whose values are marked; of any language.

    >>> longest("Left out: the sea. Not read: bus, car, large ferry")
    4
    """
    return max((_length(sentence) for sentence in sentences(text)), default=0)


def _length(sentence: str) -> int:
    """Words of a sentence, of whose list only the longest part counts."""
    before, _, listed = sentence.rpartition(":")
    parts = re.split(r"[,;] ", listed)
    if not before or len(parts) < _LIST:
        return len(words(sentence))
    return len(words(before)) + max(len(words(part)) for part in parts)


#: Parts from which on something is a list.
_LIST = 3


#: Words that the rules below get wrong, by what they are spoken with.
_IRREGULAR = {
    "area": 3, "areas": 3, "association": 5, "being": 2, "border": 2, "business": 2, "create": 2,
    "created": 3, "element": 3, "elsewhere": 2, "everybody": 4, "everyone": 3, "every": 2,
    "everything": 3, "everywhere": 3, "evening": 2, "idea": 3, "ideas": 3, "million": 2,
    "sometimes": 2, "someone": 2, "something": 2, "somebody": 3, "therefore": 2, "themselves": 2,
    "union": 2, "whole": 1, "wholesale": 2, "safeguarding": 3, "outcome": 2, "outcomes": 2,
    "livelihood": 3, "livelihoods": 3, "homeless": 2, "sea": 1, "seas": 1, "lifetime": 2,
    "placed": 1, "once": 1, "different": 3, "several": 3, "interest": 3, "business's": 3,
    "somewhere": 2, "anywhere": 3, "noone": 2, "poet": 2, "being's": 2, "react": 2, "trial": 2,
    "coastguard": 2, "anyone": 3, "anybody": 4, "nobody": 3, "household": 2, "households": 2,
}  # fmt: skip
#: An "e" at the end that is not spoken: "rates", "asked", "rule"; not "tables" or "smuggled".
_SILENT = re.compile(
    r"(?:(?<=[^aeiouylcsgxzh])es|(?<=[aeiouy]l)es|(?<=[^aeiouytdl])ed|(?<=[aeiouyl]l)ed"
    r"|(?<=[^aeioul])e|(?<=[aeiouy]l)e)$"
)
_INSIDE = re.compile(r"(?<=[aeiouy][^aeiouyl])e(?=(?:ly|ful|less|ment|ness)s?$)")
#: Vowels side by side that are spoken apart: "period", "usual", "quiet", "earlier", "being".
_APART = re.compile(
    r"(?<![tscxg])i[aou](?!g$)|[tc]i[ao](?=tion)|ua(?=l|t)|ie(?=t)|(?<![tc])ie(?=n[ct])"
    r"|(?<=[lrs])ie(?=r)|[aeouy]ing|eo(?=g|l)"
)
_ACRONYM_MOST = 5


@lru_cache(maxsize=4096)
def syllables(word: str) -> int:
    """Syllables of an English word as it is spoken, by the rules of its spelling; at least one.

    Letters of an acronym are said one by one (NGO, UN). Names of Bangladesh are read as spelled.

    >>> [syllables(word) for word in ("people", "trafficking", "identified", "follow-up", "NGO")]
    [2, 3, 4, 3, 3]
    """
    return max(1, sum(_of_part(part) for part in re.split(r"[-’']", word) if len(part) > 1))


def _of_part(part: str) -> int:
    if part.isupper() and len(part) <= _ACRONYM_MOST:
        return len(part) + 2 * part.count("W")
    lower = part.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    # A "u" after "q" and a "y" that begins a syllable are no vowels.
    spoken = re.sub(r"(?:^|(?<=[aeiou]))y(?=[aeiou])", "j", lower.replace("qu", "q"))
    spoken = _INSIDE.sub("", _SILENT.sub("", spoken))
    return max(
        1,
        len(re.findall(r"[aeiouy]+", spoken)) + len(_APART.findall(spoken)) + spoken.endswith("sm"),
    )
