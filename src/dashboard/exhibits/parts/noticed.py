"""What would have been noticed: how large a change must be to be called one.

Said where nothing changed clearly, so that "no clear change" is not read as "no change". When a
difference is a change, and how likely a rise is found, is decided in ``analysis.compare``. Lists
that ask less of a change (``clear_change`` alone) find such a rise too, and smaller ones.
"""

from __future__ import annotations

from itertools import takewhile

from dashboard.analysis.compare import likelihood_of_rise
from dashboard.analysis.expected_error import ExpectedError
from dashboard.analysis.power import NOTICED
from dashboard.words.catalogue import begin, say

#: Rises by which it is said, from small to large, by the name of their phrase.
_RISES = {"third": 4 / 3, "half": 3 / 2, "double": 2.0, "treble": 3.0}


def would_show(before: int, error: ExpectedError, lang: str) -> str:
    """The smallest rise of a number that would have shown, and the next smaller that might not.

    It would have where it and all larger ones are found four times in five: where a size of
    numbers ends, a larger rise may be less certain. '' where nothing was there before.
    """
    if before <= 0:
        return ""
    shown = [
        name
        for name, _ in takewhile(
            lambda rise: likelihood_of_rise(before, rise[1], error) >= NOTICED,
            reversed(_RISES.items()),
        )
    ]
    rises = [say(f"noticed.{name}", lang) for name in _RISES]
    if not shown:
        return begin(say("noticed.none", lang, rise=rises[-1]))
    least = len(_RISES) - len(shown)
    if least == 0:
        return begin(say("noticed.all", lang, rise=rises[0]))
    return begin(say("noticed.some", lang, rise=rises[least], less=rises[least - 1]))
