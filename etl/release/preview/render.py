"""Render: a preview in words, as lines for the terminal or as a page.

What differs is gathered in sections; a terminal shows each as lines and cuts long ones, the page
shows all of it as lists and tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.model.protection import BASE, is_few, is_protected, noise
from etl import page
from etl.release.preview.comparison import First, Suspicion, Total
from etl.release.preview.preview import Closing, Face, HeldBack, Preview

#: Rows of a section that a terminal shows; the page and the JSON have all of them.
_MOST_ROWS = 12
_KINDS = {
    "invented": "Invented data",
    "published": "Published data",
    "real": "Restricted: only for those who clear this edition",
}
_RULE = (
    "A period is named when it lies outside the twelve months before it by more than three "
    "standard deviations (1.4826 times the median absolute deviation), more than chance, and more "
    "than twice the smallest unit. It is a question, not a fault."
)
_UNITS_ONLY = (
    "All numbers are sums of protected units. Totals of months are exact as reported where no "
    f'"about" stands before them; parts are right to about {BASE}, sometimes {noise(BASE)}.'
)


@dataclass(frozen=True)
class _Section:
    """One sort of what differs.

    Attributes:
        title: What it is.
        line: Format of a row in words, with a ``{}`` for each of its cells.
        rows: The rows.
        columns: Headings of the cells; none where a row is one sentence.
        numbers: How many of the last columns hold numbers.
        question: What must be known to read it, or "".
    """

    title: str
    line: str
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...] = ()
    numbers: int = 0
    question: str = ""

    @property
    def lines(self) -> list[str]:
        """Its rows in words."""
        return [self.line.format(*row) for row in self.rows]


def preview_lines(preview: Preview) -> list[str]:
    """The preview as lines of text."""
    lines = [
        f'Preview of "{preview.title}" ({preview.kind} sources, base {preview.base}, months '
        f"closed on {preview.as_of}).",
        f"Digest: {preview.digest}",
        _held_back(preview.held),
        *_not_counted(preview),
    ]
    for face in preview.faces:
        sections = _differences(face)
        lines += ["", _heading(face), f"  {_compared_with(face)}"]
        lines += [f"  {line}" for line in _closings(face).lines]
        lines += [line for section in sections for line in _section_lines(section)]
        lines += [section.question for section in sections if section.rows and section.question]
        if not any(section.rows for section in sections):
            lines.append("  Nothing differs from the release before.")
    return [*lines, "", _UNITS_ONLY, *_sign_off_lines(preview)]


def _sign_off_lines(preview: Preview) -> list[str]:
    """Whether partners are asked to sign it, and until when; what was changed is that alone."""
    if preview.asked is None:
        return ["Nothing was changed."]
    opened = preview.asked
    state = "is open still" if opened.kept else "was opened; answers to one before are void"
    changed = "Nothing was changed." if opened.kept else "Nothing else was changed."
    return [f"A round of {opened.partners} partners until {opened.ends} (UTC) {state}.", changed]


def _section_lines(section: _Section) -> list[str]:
    """A section for the terminal, cut after the first rows; nothing where it has none."""
    if not section.rows:
        return []
    more = len(section.rows) - _MOST_ROWS
    rest = [f"    and {more} more, in --html and --json"] if more > 0 else []
    return [f"  {section.title}:", *(f"    {line}" for line in section.lines[:_MOST_ROWS]), *rest]


def preview_page(preview: Preview) -> str:
    """The preview as HTML."""
    faces = [
        (_heading(face), _compared_with(face), (_closings(face), *_differences(face)))
        for face in preview.faces
    ]
    return page.page(
        "preview",
        preview=preview,
        kind=_KINDS[preview.kind],
        units_only=_UNITS_ONLY,
        held_back=_held_back(preview.held),
        not_counted=_not_counted(preview),
        faces=faces,
    )


def _heading(face: Face) -> str:
    return "Public release" if face.audience == "public" else "Members' release"


def _compared_with(face: Face) -> str:
    """What a file holds, and what it is compared with."""
    with_what = f"Compared with {face.before}" if face.before else "The first one"
    other_version = "one before is of another version of the product, so nothing is compared"
    if face.damaged:
        compared = f"; compared with {face.before or 'nothing'}"
        with_what = "The file of the current release is damaged"
        with_what += f", and the {other_version}" if face.outdated else compared
    elif face.outdated:
        with_what = f"The {other_version}"
    return f"{face.first_month} to {face.last_month}. {with_what}. It passed {face.checks} checks."


def _held_back(held_back: HeldBack) -> str:
    """Whether rows were held back at loading."""
    if not held_back.many:
        return f"Rows held back at loading: fewer than {BASE}, or none."
    return (
        f"Rows held back at loading: {BASE} or more, in {held_back.files} files. Findings to "
        "review are not kept; `check` lists those of a file again."
    )


def _not_counted(preview: Preview) -> list[str]:
    """Who sent nothing for a month that closes, and rows that were left out at loading."""
    missing = [f"Missing: {entry.sentence}." for entry in preview.missing]
    return [*missing, *(f"Left out at loading: {left.sentence}." for left in preview.left_out)]


def _closings(face: Face) -> _Section:
    """What would be closed, one sentence a fact."""
    rows = tuple((_closing(entry),) for entry in face.closings)
    return _Section("Months that close, and what waits", "{}", rows)


def _differences(face: Face) -> tuple[_Section, ...]:
    """What a file shows that the release before it does not."""
    differences = face.differences
    return (
        _Section(
            "Totals that change",
            "{}, {}: {} -> {}",
            tuple((t.fact, t.period, total_before(t), total_now(t)) for t in differences.totals),
            ("Counted", "Period", "Before", "Now"),
            numbers=2,
        ),
        _firsts("Categories that appear for the first time", differences.categories),
        _firsts("Places that appear for the first time", differences.places),
        _Section(
            "Far outside the year before",
            "{}, {}, {}: {}, usually {}",
            tuple((j.fact, j.what, j.period, *_value_and_usual(j)) for j in differences.jumps),
            ("Counted", "What", "Period", "Shows", "Usually"),
            numbers=2,
            question=_RULE,
        ),
        _Section(
            "Notes, populations and reporting",
            "{}",
            tuple((change.sentence,) for change in differences.beside),
        ),
    )


def _firsts(title: str, firsts: Iterable[First]) -> _Section:
    """What appears for the first time."""
    return _Section(
        title,
        "{}, {}: {}, since {}, {}",
        tuple((f.fact, f.dimension, f.label, f.period, size_shown(f)) for f in firsts),
        ("Counted", "Attribute", "Value", "First in", "Units show"),
        numbers=1,
    )


def _closing(entry: Closing) -> str:
    """What would be closed of a fact, and what would wait."""
    units = f"{entry.units} units of {entry.base} or more {entry.unit}"
    if not is_protected(entry.base):
        units = f"{entry.units} records"
    closed = f"{_runs(entry.blocks)} closed in {units}" if entry.blocks else "nothing is due"
    waiting = f"; {entry.base} or more {entry.unit} wait" if entry.waits else ""
    return f"{entry.fact}: {closed}{waiting}"


def _runs(blocks: tuple[str, ...]) -> str:
    """Names of blocks in few words: late ones, which have a blank, come last."""
    plain = [block for block in blocks if " " not in block]
    late = [block for block in blocks if " " in block]
    parts = [", ".join(plain) if len(plain) <= 3 else f"{plain[0]} to {plain[-1]} ({len(plain)})"]
    if late:
        parts.append(", ".join(late) if len(late) <= 3 else f"{len(late)} late blocks")
    return ", ".join(part for part in parts if part)


def total_now(total: Total) -> str:
    """The new total of a period."""
    return f"{total.now:,}" if total.exact else f"about {total.now:,}"


def total_before(total: Total) -> str:
    """The total of a period in the release before."""
    if total.before is None:
        return "new"
    return f"{total.before:,}" if total.was_exact else f"about {total.before:,}"


def size_shown(first: First) -> str:
    """How many events stand for what appears first, as exactly as readers may know."""
    if not is_protected(first.base):
        return f"{first.size:,}"
    return "a few" if is_few(first.size, first.base) else f"about {first.size:,}"


def _value_and_usual(suspicion: Suspicion) -> tuple[str, str]:
    """What a suspicious period shows, and what is usual."""
    if suspicion.what == "total":
        return f"{suspicion.value:,.0f}", f"{suspicion.usual:,.0f}"
    return f"{suspicion.value:.0f} %", f"{suspicion.usual:.0f} %"
