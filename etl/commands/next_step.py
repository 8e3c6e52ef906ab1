"""What next: of all that a store's state asks for, the one thing to do now, in one sentence.

``status`` begins with it and ``month`` goes on by it. What the state is stands in ``status``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from etl.plural import plural
from etl.release.closing.months import closes_on, last_closed_month

_OPEN_TO_OTHERS = (
    "Every user of this machine can open the folder `operator` of the store, which holds what "
    "partners sent: take the rights of others from it (chmod o-rwx)."
)
#: Missing sources, and names of drafts, that the sentence names.
_MOST_NAMED = 3


def next_step(state: Mapping[str, Any], today: date) -> str:
    """What to do now, and why.

    Args:
        state: What ``status --json`` tells.
        today: The day.
    """
    if trouble := _trouble(state):
        return trouble
    if not state["loads"]:
        return _first_file(state["drafts"])
    if state["round_ends"]:
        return (
            f"Do now: read what partners answered (`signoff state --who --signatures FILE`), since "
            f"a round is open until {state['round_ends']}."
        )
    if state["previewed_as_of"] and not state["changed_since_preview"]:
        names = dict.fromkeys(str(entry["partner"]) for entry in state["missing"])
        without = "".join(f" --without {name}" for name in names)
        why = f", though {_awaited(state['missing'])}" if names else ""
        return (
            "Do now: show the preview to whoever clears it, then `publish --as-of "
            f"{state['previewed_as_of']} --approve NAME{without}`{why}{_besides(state)}."
        )
    if not _can_close(state) and not state["closed_unpublished"]:
        day = closes_on(last_closed_month(today).plus(1))
        return f"Nothing must be done before {day}, when the next month can close{_besides(state)}."
    if state["missing"]:
        return f"Do now: load what is awaited, since {_awaited(state['missing'])}{_besides(state)}."
    if state["proposed_duplicates"]:
        return (
            f"Do now: look at `duplicates`, since {plural(state['proposed_duplicates'], 'group')} "
            f"may count twice in months that can close{_besides(state)}."
        )
    return (
        f"Do now: `publish --as-of {today} --preview --html FILE`, since {_why(state)}"
        f"{_besides(state)}."
    )


def _trouble(state: Mapping[str, Any]) -> str:
    """What is wrong with the store itself, which comes before all else; '' for nothing."""
    if state["unfinished"]:
        return str(state["unfinished"])
    if state["not_as_written"]:
        count = plural(len(state["not_as_written"]), "file")
        return f"Do now: see to {count} that no command left so; each is named below."
    if state["open_to_others"]:
        return _OPEN_TO_OTHERS
    if state["release_is_damaged"]:
        return (
            "Do now: publish anew or `rollback`, since the file of the current release is damaged."
        )
    if state["beside_trouble"]:
        return f"Do now: mend what stands beside the numbers, since {state['beside_trouble']}"
    if state["loads"] and state["undeclared"] == state["sources"]:
        return (
            "Do now: set ATLAS_SOURCES to the folder of your declarations, since "
            f"{state['declarations']} declares no source of this store."
        )
    return ""


def _first_file(drafts: Sequence[str]) -> str:
    """What to do in a store that is empty: accept a draft, or draft the first file."""
    if drafts:
        return (
            f"Do now: `check` the draft {drafts[0]}, take it into use with `draft --accept "
            f"{drafts[0]}` and `load` its file, since the store is empty."
        )
    return "Do now: `draft FILE` for the first partner's file, since the store is empty."


def _can_close(state: Mapping[str, Any]) -> bool:
    """Whether a month or a quarter can close."""
    return any(entry["due_periods"] for entry in state["waiting"])


def _why(state: Mapping[str, Any]) -> str:
    """Why a publication is due: periods can close, or closed ones are not published."""
    if _can_close(state):
        most = max(entry["due_periods"] for entry in state["waiting"] if entry["grain"] == "month")
        return f"{plural(most, 'month')} can close" if most else "a quarter can close"
    return "closed months are not published"


def _awaited(missing: Sequence[Mapping[str, Any]]) -> str:
    """Which sources are missing, in words."""
    sentences = "; ".join(str(entry["sentence"]) for entry in missing[:_MOST_NAMED])
    more = len(missing) - _MOST_NAMED
    return f"{sentences}; and {more} more" if more > 0 else sentences


def _besides(state: Mapping[str, Any]) -> str:
    """What is open or odd beside the step itself, in brackets; '' for nothing."""
    candidates = [
        (state["undeclared"], f"{plural(len(state['undeclared']), 'source')} without declaration"),
        (state["beside_changed"], "tables that the next `publish` shows"),
        (state["changed_since_preview"], "what came after the last preview"),
        (state["drafts"], f"{plural(len(state['drafts']), 'draft')} of declarations to accept"),
        (state["unusable"], f"{plural(len(state['unusable']), 'declaration')} that cannot be used"),
        (state["left_out"], "rows that were left out at loading"),
        (state["unclear_duplicates"], "pairs that may be one event and are unclear"),
    ]
    open_ = [words for holds, words in candidates if holds]
    return f" (also open: {', '.join(open_)})" if open_ else ""
