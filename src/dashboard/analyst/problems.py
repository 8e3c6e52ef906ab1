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


class CannotBeAsked(ValueError):  # noqa: N818 -- says a state, as a page does
    """A question has a part that is not known, or that cannot be answered as it was asked.

    Attributes:
        refused: Its parts, each with ``parameter``, ``value``, ``reason`` and ``allowed``, which
            holds the nearest that can be asked.
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


def listed(asked: str, allowed: Sequence[str]) -> str:
    """What is allowed, in words: all of it, or of much the values that are spelled alike."""
    if len(allowed) <= _LISTED:
        return ", ".join(allowed)
    alike = get_close_matches(asked, allowed, _ALIKE) or list(allowed[:_ALIKE])
    return f"{', '.join(alike)} and {len(allowed) - len(alike)} more"


def _complaint(called: str, refused: Mapping[str, Any]) -> str:
    value, allowed = refused["value"], listed(refused["value"], refused["allowed"])
    return (
        f"{called} cannot be asked {refused['parameter']}={value!r}: {refused['reason']}. "
        f"Allowed: {allowed or 'nothing here, so leave it out'}."
    )
