"""Preview in words: lines for the terminal, and the sentences that the page shares with them."""

from __future__ import annotations

from dashboard.model.protection import is_few, is_protected
from etl.release.preview.comparison import Changes, First, Folding, Suspicion, Total
from etl.release.preview.preview import Closing, Face, Held, Preview

#: Lists are cut on the terminal; the page and the JSON have all of them.
_SHOWN = 12

RULE = (
    "A period is named when it lies outside the twelve months before it by more than three "
    "standard deviations (1.4826 times the median absolute deviation), more than chance, and more "
    "than twice the smallest unit. It is a question, not a fault."
)
UNITS_ONLY = (
    "All numbers are sums of protected units. Totals of months are exact as reported where no "
    '"about" stands before them; parts are right to about 5, sometimes 10.'
)


def preview_lines(preview: Preview) -> list[str]:
    """The preview as lines of text."""
    lines = [
        f'Preview of "{preview.title}" ({preview.kind} sources, base {preview.base}, months '
        f"closed on {preview.as_of}).",
        f"Digest: {preview.digest}",
        held_back(preview.held),
    ]
    for face in preview.faces:
        lines += ["", *_face_lines(face)]
    return [*lines, "", UNITS_ONLY, "Nothing was changed."]


def heading(face: Face) -> str:
    """Which file."""
    return "Public release" if face.audience == "public" else "Members' release"


def compared(face: Face) -> str:
    """What a file holds, and what it is compared with."""
    with_what = f"Compared with {face.before}" if face.before else "The first one"
    if face.damaged:
        with_what = (
            f"The file of the current release is damaged; compared with {face.before or 'nothing'}"
        )
    return f"{face.first_month} to {face.last_month}. {with_what}. It passed {face.checks} checks."


def held_back(held: Held) -> str:
    """Whether rows were held back at loading."""
    if not held.many:
        return "Rows held back at loading: fewer than 5, or none."
    return (
        f"Rows held back at loading: 5 or more, in {held.files} files. Findings to review are not "
        "kept; `check` lists those of a file again."
    )


def closing(entry: Closing) -> str:
    """What would be closed of a fact, and what would wait."""
    made = f"{entry.units} units of {entry.base} or more {entry.unit}"
    if not is_protected(entry.base):
        made = f"{entry.units} records"
    closed = f"{runs(entry.blocks)} closed in {made}" if entry.blocks else "nothing is due"
    waiting = f"; {entry.base} or more {entry.unit} wait" if entry.waits else ""
    return f"{entry.fact}: {closed}{waiting}"


def runs(blocks: tuple[str, ...]) -> str:
    """Blocks in few words."""
    plain = [block for block in blocks if " " not in block]
    late = [block for block in blocks if " " in block]
    told = [", ".join(plain) if len(plain) <= 3 else f"{plain[0]} to {plain[-1]} ({len(plain)})"]
    if late:
        named = ", ".join(late) if len(late) <= 3 else f"{len(late)} late blocks"
        told.append(named)
    return ", ".join(part for part in told if part)


def number(total: Total) -> str:
    """The new total of a period."""
    return f"{total.now:,}" if total.exact else f"about {total.now:,}"


def before(total: Total) -> str:
    """The total of a period in the release before."""
    if total.before is None:
        return "new"
    return f"{total.before:,}" if total.was_exact else f"about {total.before:,}"


def shown(first: First) -> str:
    """How many events stand for what appears first, as exactly as it may be said."""
    if not is_protected(first.base):
        return f"{first.size:,}"
    return "a few" if is_few(first.size, first.base) else f"about {first.size:,}"


def usual(jump: Suspicion) -> tuple[str, str]:
    """What a suspicious period shows, and what is usual."""
    if jump.what == "total":
        return f"{jump.value:,.0f}", f"{jump.usual:,.0f}"
    return f"{jump.value:.0f} %", f"{jump.usual:.0f} %"


def _face_lines(face: Face) -> list[str]:
    changes = face.changes
    return [
        heading(face),
        f"  {compared(face)}",
        *(f"  {closing(entry)}" for entry in face.closings),
        *_listed("Totals that change", [_total(total) for total in changes.totals]),
        *_listed("Categories that appear for the first time", _firsts(changes.categories)),
        *_listed("Places that appear for the first time", _firsts(changes.places)),
        *_listed("Far outside the year before", [_jump(jump) for jump in changes.jumps]),
        *_listed("Rare categories", [folding(entry) for entry in changes.foldings]),
        *([RULE] if changes.jumps else []),
        *([] if _any(changes) else ["  Nothing differs from the release before."]),
    ]


def _listed(title: str, entries: list[str]) -> list[str]:
    if not entries:
        return []
    more = len(entries) - _SHOWN
    rest = [f"    and {more} more, in --html and --json"] if more > 0 else []
    return [f"  {title}:", *(f"    {entry}" for entry in entries[:_SHOWN]), *rest]


def _total(total: Total) -> str:
    return f"{total.fact}, {total.period}: {before(total)} -> {number(total)}"


def _firsts(entries: tuple[First, ...]) -> list[str]:
    return [f"{e.fact}, {e.dimension}: {e.label}, since {e.period}, {shown(e)}" for e in entries]


def _jump(jump: Suspicion) -> str:
    value, past = usual(jump)
    return f"{jump.fact}, {jump.what}, {jump.period}: {value}, usually {past}"


def folding(entry: Folding) -> str:
    """What becomes of a rare code."""
    named = f"{entry.fact}, {entry.dimension}: {entry.label}"
    if entry.shown_as == entry.label:
        return f"{named} is shown by itself since {entry.since}"
    return f"{named} is shown as {entry.shown_as} since {entry.since}"


def _any(changes: Changes) -> bool:
    return any((changes.totals, changes.categories, changes.places, changes.foldings))
