"""Partner state: in which months each partner reported, and the name by which it agreed to appear.

Both sides share this and nothing else: the operator's side leaves the file beside the members'
releases (``etl.release.partner_states``), the web process shows as much of it as a reader may know
(``meeting.who_reported``). It holds whether a month was reported and no count, and the name of
nobody who did not agree. No release holds any of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from dashboard.model.periods import Month, Span

#: The file in the folder of the members' releases, and the months up to its last one.
FILE, MONTHS = "partners.json", 12
#: What it holds, counted up when it changes.
_FORMAT = 1


class UnreadableStates(Exception):  # noqa: N818 -- says a state, as its message does
    """A file that is damaged or of another version; the message says which."""


@dataclass(frozen=True)
class PartnerState:
    """What is known of a partner.

    Attributes:
        partner: Its code, as the register has it.
        name: What coordinators read, "" where it did not agree to be named.
        reported: Months of which it reported anything.
    """

    partner: str
    name: str
    reported: frozenset[Month]


@dataclass(frozen=True)
class PartnerStates:
    """What is known of all partners.

    Attributes:
        until: Last month that it covers.
        partners: Each of them.
    """

    until: Month
    partners: tuple[PartnerState, ...]

    @property
    def span(self) -> Span:
        """The months that it covers."""
        return Span.last(MONTHS, until=self.until)


def write_states(states: PartnerStates) -> bytes:
    """States in the bytes of their file; months outside of its own are left out."""
    listed = [
        {
            "partner": state.partner,
            "name": state.name,
            "reported": [str(month) for month in states.span if month in state.reported],
        }
        for state in states.partners
    ]
    document = {"format": _FORMAT, "until": str(states.until), "partners": listed}
    return json.dumps(document, indent=1).encode("ascii") + b"\n"


def read_states(content: bytes) -> PartnerStates:
    """The states that a file holds.

    Raises:
        UnreadableStates: If it is damaged, or of another version.
    """
    try:
        data = json.loads(content)
        version, until = data["format"], Month.parse(data["until"])
        partners = tuple(map(_state, data["partners"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise UnreadableStates("it is damaged") from problem
    if version != _FORMAT:
        raise UnreadableStates("it was written by another version of the product")
    return PartnerStates(until, partners)


def _state(entry: Mapping[str, Any]) -> PartnerState:
    """The state of a partner in the file.

    Raises:
        TypeError: If partner or name is no text.
    """
    partner, name = entry["partner"], entry["name"]
    if not (isinstance(partner, str) and isinstance(name, str)):
        raise TypeError
    return PartnerState(
        partner, name, frozenset(map(Month.parse, cast("list[str]", entry["reported"])))
    )
