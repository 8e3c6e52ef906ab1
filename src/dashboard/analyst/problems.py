"""Problems: why a release, or a question, has no answer, each as an exception in plain words.

That there is no release to open is ``release.description.NoRelease``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

#: How many allowed values an error lists; of more, those of similar spelling, at most so many.
_LISTED = 40
_ALIKE = 5
#: The least similarity of these (``difflib``), low since they stand for all.
_FAR = 0.3


class CannotBeAsked(ValueError):  # noqa: N818 -- says a state, as a page does
    """A question has a part that is not known, or that cannot be answered as it was asked.

    Attributes:
        refused: Its parts, each with ``parameter``, ``value``, ``reason``, ``allowed`` (the nearest
            values that can be asked) and ``hint`` (the same in a sentence).
    """

    def __init__(self, subject: str, refused: Sequence[Mapping[str, Any]]) -> None:
        """Make the message: for each refusal what cannot be asked of the subject, and what can."""
        super().__init__("\n".join(_complaint(subject, refusal) for refusal in refused))
        self.refused = tuple(refused)


class NotSignedIn(PermissionError):  # noqa: N818 -- likewise
    """The server wants a token, or the one that was given is no longer valid."""


class NotAllowed(PermissionError):  # noqa: N818 -- likewise
    """The role of whose token it is may not ask for this."""


class NotThere(LookupError):  # noqa: N818 -- likewise
    """The server has nothing at this address."""


class NoAnswer(ConnectionError):  # noqa: N818 -- likewise
    """No whole answer came, or one that is not of a Situation Atlas."""


def unknown(subject: str, parameter: str, value: str, allowed: Sequence[str]) -> CannotBeAsked:
    """The error for a value of a parameter that does not exist."""
    refused = {"parameter": parameter, "value": value, "reason": "unknown value"}
    return CannotBeAsked(subject, [{**refused, "allowed": [*allowed], "hint": ""}])


def listed(value: str, allowed: Sequence[str]) -> str:
    """Allowed values in words, those of similar spelling first; of many, these alone."""
    if len(allowed) <= _LISTED:
        return ", ".join(dict.fromkeys([*get_close_matches(value, allowed, _ALIKE), *allowed]))
    alike = get_close_matches(value, allowed, _ALIKE, _FAR) or list(allowed[:_ALIKE])
    return f"{', '.join(alike)} and {len(allowed) - len(alike)} more"


def _complaint(subject: str, refusal: Mapping[str, Any]) -> str:
    """A refusal in sentences: what cannot be asked of the subject, why, and what can."""
    name, value, hint = refusal["parameter"], refusal["value"], refusal.get("hint", "")
    sentences = [f"{subject} cannot be asked {name}={value!r}: {refusal['reason']}.", hint]
    if not hint or len(refusal["allowed"]) <= _LISTED:
        allowed = listed(value, refusal["allowed"]) or "nothing here, so leave it out"
        sentences.append(f"Allowed: {allowed}.")
    return " ".join(filter(None, sentences))
