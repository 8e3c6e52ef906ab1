"""Protection: its constants, and the rules that follow for readers.

The operator's side makes units and closes months by these numbers; the reader's side states them
and judges differences by them. How units are made stands in ``etl.protect``, how numbers are worded
in ``dashboard.words.numbers``.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Base of a store whose units are the records themselves: published figures, or invented ones.
RECORDS = 1
#: A unit for the working group stands for at least so many events.
BASE = 5
#: The same for facts that several events of one person enter: legs of journeys and referrals.
WIDE_BASE = 10
#: Bases that a store may publish with; each fact of a protected one has its own.
PERMITTED_BASES = (RECORDS, BASE)
#: A unit for the public stands for at least so many times the events of one for the members.
PUBLIC_FACTOR = 2
#: Partners whose records an exact total must hold, so that none can tell another's by its own.
EXACT_PARTNERS = 3
#: Largest share of an exact total that one partner may have reported.
EXACT_SHARE = 0.7
#: Bases that an exact total must hold beside the records of any one partner.
EXACT_REMAINDER = 2
#: Bases that protection alone can put between two numbers; a number below is worded "a few".
NOISE_BASES = 2
#: Bases of a period below which the number of its events is never taken for less than it shows.
FEW_BASES = 2
#: No unit takes a value that fewer incidents had in the last twelve months; for the public, fewer
#: units of the members.
HOLDERS = 2
#: Noise, in bases, on every total that units of the public are fitted to; for the members it is 1.
PUBLIC_DITHER = 1.5
#: One record in so many counts in totals of the members with the values of another.
RANDOMISED_ONE_IN = 40
#: A protected share of fewer than so many bases is shown as a count, "about 15 of 18"; of fewer
#: events than the second, in coarse steps of so many percent.
SHARE_BASES = 4
FEWEST_FOR_WHOLE_PERCENT = 100
COARSE_STEP = 5
#: Echoes of a fact in a release, and fewer where there are many events.
ECHOES = 4
FEWER_ECHOES = 2
MANY_EVENTS = 100_000
#: How many of a hundred times somebody picks the one of two people who was counted, from one
#: edition of the members, by what he knows of the records; a coin does in 50. Measured by
#: ``make attack`` (docs/protection-report.md) on invented registers.
TOLD_APART: Mapping[str, int] = {
    "nobody": 60,
    "own_list": 66,
    "two_lists": 73,
    "nine_in_ten": 74,
    "all_but_one": 91,
}
#: The same by every edition together, and by the public's alone, for who knows all records but one.
TOLD_BY_EVERY_EDITION = 91
TOLD_BY_PUBLIC = 72
#: The same where he puts together all that one edition holds of a person: the incident, journeys
#: and referrals too.
TOLD_BY_EVERY_FACT = 99
#: Days after its end until a month closes.
DAYS_TO_CLOSE = 15


def is_protected(base: int) -> bool:
    """Whether a number of this base is made of units, and not of the records themselves."""
    return base != RECORDS


def echoes_of(events: int, base: int) -> int:
    """How many echoes a fact with so many events has; none where its units are the records.

    >>> echoes_of(1_800, 5), echoes_of(100_000, 5), echoes_of(49, 1)
    (4, 2, 0)
    """
    if not is_protected(base):
        return 0
    return ECHOES if events < MANY_EVENTS else FEWER_ECHOES


def noise(base: int) -> int:
    """The difference that protection alone can make between two numbers; 0 at base 1.

    >>> noise(5), noise(1)
    (10, 0)
    """
    return NOISE_BASES * base if is_protected(base) else 0


def has_percent(whole: int, base: int) -> bool:
    """Whether a part of so many events may be shown in percent; of fewer it is a count.

    >>> has_percent(20, 5), has_percent(19, 5), has_percent(39, 10), has_percent(3, 1)
    (True, False, False, True)
    """
    return whole >= (SHARE_BASES * base if is_protected(base) else 1)


def is_few(value: float, base: int) -> bool:
    """Whether a number is worded "a few": above nought, but below ``noise``.

    >>> is_few(9, 5), is_few(10, 5), is_few(0, 5), is_few(1, 1)
    (True, False, False, False)
    """
    return 0 < value < noise(base)
