"""From the bytes of a text file to its text, strictly: nothing is guessed and nothing replaced.

A byte order mark is certain, so a file that has one is read as it says. Any other file has the
encoding that its source declares. Bytes that are no text there, and text that was read in a wrong
encoding before it was sent, refuse the file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re

from etl.declaration.source import FileFormat
from etl.findings import Place
from etl.read.grid import Unreadable

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), *((mark, "utf-16") for mark in UTF16_MARKS))
_NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "cp1252"}


def _class_of_bytes(first: int, last: int) -> str:
    """Class of the letters that single bytes show in cp1252 and in Latin-1."""
    raw = bytes(range(first, last + 1))
    letters = raw.decode("cp1252", errors="ignore") + raw.decode("latin-1")
    return f"[{re.escape(letters)}]"


#: What UTF-8 looks like when it was read byte by byte, and the mark of a letter that was lost.
_FOLLOWING = _class_of_bytes(0x80, 0xBF)
_WRONG_LETTERS = re.compile(
    f"{_class_of_bytes(0xC2, 0xC3)}{_FOLLOWING}|{_class_of_bytes(0xE0, 0xEF)}{_FOLLOWING}{{2}}"
    f"|{_class_of_bytes(0xF0, 0xF4)}{_FOLLOWING}{{3}}|\N{REPLACEMENT CHARACTER}"
)


def decode(raw: bytes, form: FileFormat, place: Place) -> str:
    """The text of a file, without its byte order mark.

    Raises:
        Unreadable: With a finding that names the row of the first fault.
    """
    marked = next((codec for mark, codec in _MARKS if raw.startswith(mark)), None)
    if marked is None:
        _refuse_other_encoding(raw, form, place)
    codec = marked or form.encoding
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as problem:
        before = raw[: problem.start].decode(codec, errors="ignore")
        finding = place.finding(
            "wrong_encoding", row=_row(before, form), detail=f"It was read as {_NAMES[codec]}."
        )
        raise Unreadable([finding]) from problem
    if "\0" in text:
        raise Unreadable([place.finding("nul_byte", row=_row(text[: text.index("\0")], form))])
    wrong = None if text.isascii() else _WRONG_LETTERS.search(text)
    if wrong is not None:
        raise Unreadable([place.finding("wrong_letters", row=_row(text[: wrong.start()], form))])
    return text


def _refuse_other_encoding(raw: bytes, form: FileFormat, place: Place) -> None:
    """Refuse UTF-8 that is declared as cp1252: every byte of it would show some wrong letter."""
    if form.encoding != "cp1252" or raw.isascii():
        return
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return
    first = next(i for i, letter in enumerate(text) if not letter.isascii())
    finding = place.finding(
        "wrong_encoding",
        row=_row(text[:first], form),
        detail="Its source declares cp1252, and it is UTF-8.",
    )
    raise Unreadable([finding])


def _row(before: str, form: FileFormat) -> int:
    """Number of the row in which a text ends, as the sender counts: quoted line ends are none."""
    lines = io.StringIO(before + ".", newline="")
    return sum(1 for _ in csv.reader(lines, delimiter=form.delimiter))
