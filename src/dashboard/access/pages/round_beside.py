"""Round, beside its numbers: notes, targets and so on that the next edition tells unlike the last.

What there is to say comes with the round (``etl.release.preview.table_changes``), by name; here
it is put in the words of the reader. Texts that somebody wrote stay whole and as they are, in both
languages, since whoever signs clears them too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.model import codes
from dashboard.model.languages import LOCAL, digits
from dashboard.model.periods import Month, Span
from dashboard.model.target import MEASURED
from dashboard.words import dates, numbers
from dashboard.words.catalogue import translate

_KEY = "access.sign_off.beside"
#: What joins the parts of a line.
_COMMA = ", "


@dataclass(frozen=True)
class Line:
    """One row that the next edition adds or leaves out, beside its numbers.

    Attributes:
        text: What it is, in the reader's language.
        texts: What somebody wrote, each with the language that it is in, "" where nobody knows.
    """

    text: str
    texts: Sequence[tuple[str, str]] = ()


def line(kind: str, added: bool, parts: Mapping[str, Any], lang: str) -> Line:
    """A row of a round's ``beside`` in words.

    Args:
        kind: "note", "target", "population" or another table, as phrases name it.
        added: Whether the next edition adds it, or leaves it out.
        parts: Its cells, by name.
        lang: The reader's language.

    Raises:
        KeyError: If it is of a kind that is not known, lacks a part, or is of a service that is
            not listed.
    """
    what = translate(f"{_KEY}.{kind}", lang)
    state = translate(f"{_KEY}.{'added' if added else 'gone'}", lang, what=what)
    if kind == "note":
        about = [_months(parts, lang), digits(parts["kind"], lang), digits(parts["area"], lang)]
        texts = [("en", parts["text"]), (LOCAL, parts[f"text_{LOCAL}"])]
        return Line(f"{state}: {_join(about)}", [text for text in texts if text[1]])
    if kind == "target":
        return Line(f"{state}: {_target(parts, lang)}", [("", parts["source"])])
    count = translate(f"{_KEY}.{kind}_counted", lang, n=parts["number"])
    if kind == "population":
        about = [count, digits(parts["group"], lang), digits(parts["year"], lang)]
        return Line(f"{state}: {_join(about)}")
    return Line(f"{state}: {count}")


def _target(parts: Mapping[str, Any], lang: str) -> str:
    """What a target measures, then its number."""
    name, _, service = parts["indicator"].partition(".")
    measured = MEASURED.get(name)
    what = [parts["indicator"]]  # of an old edition, and measured no more
    if measured:
        what = [translate(f"referrals.targets.of_{name}", lang)]
        what += [codes.label_of(f"service.{service}", lang)] if service else []
    who = [digits(parts[part], lang) for part in ("group", "area")]
    number = numbers.number(parts["number"], lang)
    if measured and measured.is_share:
        number = translate("numbers.percent", lang, number=number)
    return f"{_join([*what, *who, _months(parts, lang)])}: {number}"


def _months(parts: Mapping[str, Any], lang: str) -> str:
    return dates.period(Span(Month.parse(parts["first"]), Month.parse(parts["last"])), lang)


def _join(parts: Sequence[str]) -> str:
    return _COMMA.join(part for part in parts if part)
