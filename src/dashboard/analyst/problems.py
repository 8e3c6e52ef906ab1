"""Problems: why a release, or a question, has no answer, each as an exception in plain words.

That there is no release to open is ``release.description.NoRelease``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

#: So many allowed values are listed in an error; of more, those that are spelled alike.
_LISTED = 40
_ALIKE = 5
#: How little alike those may be (``difflib``), since they stand for all.
_FAR = 0.3


class CannotBeAsked(ValueError):  # noqa: N818 -- says a state, as a page does
    """A question has a part that is not known, or that cannot be answered as it was asked.

    Attributes:
        refused: Its parts, each with ``parameter``, ``value``, ``reason`` and ``allowed``, which
            holds the nearest that can be asked, and ``hint``, which says it in a sentence.
    """

    def __init__(self, called: str, refused: Sequence[Mapping[str, Any]]) -> None:
        super().__init__("\n".join(_complaint(called, each) for each in refused))
        self.refused = tuple(refused)


class NotSignedIn(PermissionError):  # noqa: N818 -- likewise
    """The server wants a token, or the one that was given holds no more."""


class NotAllowed(PermissionError):  # noqa: N818 -- likewise
    """The role of whose token it is may not ask for this."""


class NotThere(LookupError):  # noqa: N818 -- likewise
    """The server has nothing at this address."""


class NoAnswer(ConnectionError):  # noqa: N818 -- likewise
    """No whole answer came, or one that is not to be trusted."""


def unknown(called: str, parameter: str, value: str, allowed: Sequence[str]) -> CannotBeAsked:
    """That one value is none of those that there are."""
    refused = {"parameter": parameter, "value": value, "reason": "unknown value"}
    return CannotBeAsked(called, [{**refused, "allowed": [*allowed], "hint": ""}])


def listed(asked: str, allowed: Sequence[str]) -> str:
    """What is allowed, in words, first what is spelled alike; of much no more than that."""
    if len(allowed) <= _LISTED:
        return ", ".join(dict.fromkeys([*get_close_matches(asked, allowed, _ALIKE), *allowed]))
    alike = get_close_matches(asked, allowed, _ALIKE, _FAR) or list(allowed[:_ALIKE])
    return f"{', '.join(alike)} and {len(allowed) - len(alike)} more"


def _complaint(called: str, refused: Mapping[str, Any]) -> str:
    name, value, hint = refused["parameter"], refused["value"], refused.get("hint", "")
    said = [f"{called} cannot be asked {name}={value!r}: {refused['reason']}.", hint]
    if not hint or len(refused["allowed"]) <= _LISTED:
        allowed = listed(value, refused["allowed"]) or "nothing here, so leave it out"
        said.append(f"Allowed: {allowed}.")
    return " ".join(filter(None, said))
