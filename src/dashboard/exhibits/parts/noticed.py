"""What would have been noticed: how large a change must be to be called one.

Said where nothing changed clearly, so that "no clear change" is not read as "no change". When a
difference is a change, and how likely a rise is found, is decided in ``analysis.compare``.
"""

from __future__ import annotations

from itertools import pairwise

from dashboard.analysis.compare import likelihood_of_rise
from dashboard.analysis.expected_error import ExpectedError
from dashboard.analysis.power import NOTICED
from dashboard.words.catalogue import begin, say

#: Rises by which it is said, from small to large, by the name of their phrase.
_RISES = {"third": 4 / 3, "half": 3 / 2, "double": 2.0, "treble": 3.0}


def would_show(before: int, error: ExpectedError, lang: str) -> str:
    """The smallest rise of a number that would have shown, and the next smaller that might not.

    It would have where it is found four times in five. '' where nothing was there before.
    """
    if before <= 0:
        return ""
    shown = {
        name: likelihood_of_rise(before, times, error) >= NOTICED for name, times in _RISES.items()
    }
    names = list(_RISES)
    if shown[names[0]]:
        return begin(say("noticed.all", lang, rise=say(f"noticed.{names[0]}", lang)))
    for smaller, larger in pairwise(names):
        if shown[larger]:
            rises = (say(f"noticed.{name}", lang) for name in (larger, smaller))
            return begin(
                say("noticed.some", lang, **dict(zip(("rise", "less"), rises, strict=True)))
            )
    return begin(say("noticed.none", lang, rise=say(f"noticed.{names[-1]}", lang)))
