"""A scale: a range, dots on it and a mark, each where its number lies on a line of full width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.components.elements import html


def scale(
    low: float,
    high: float,
    dots: Mapping[str, float | None],
    *,
    due: float | None = None,
    ticks: Sequence[float] = (),
    is_open: bool = False,
    look: str = "",
) -> html.Span:
    """The scale of one row, which says nothing to who does not see it.

    Args:
        low: Where its range begins, as a share of the width.
        high: Where it ends.
        dots: Where dots stand, by their look; None for one that is not drawn.
        due: Where the mark of what is wanted stands.
        ticks: Where thin lines stand behind everything.
        is_open: Whether the range goes on beyond the end.
        look: A class of its own.
    """
    range_ = "scale-range is-open" if is_open else "scale-range"
    return html.Span(
        [
            *(html.Span(className="scale-tick", style=_at(tick)) for tick in ticks),
            html.Span(
                className=range_, style={**_at(low), "width": f"{100 * max(high - low, 0):.1f}%"}
            ),
            html.Span(className="scale-due", style=_at(due)) if due is not None else None,
            *(
                html.Span(className=f"scale-dot scale-dot--{name}", style=_at(at))
                for name, at in dots.items()
                if at is not None
            ),
        ],
        className=f"scale {look}".strip(),
        **{"aria-hidden": "true"},
    )


def _at(share: float) -> dict[str, str]:
    return {"left": f"{100 * share:.1f}%"}
