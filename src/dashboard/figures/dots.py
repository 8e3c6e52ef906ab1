"""Dots in steps: what is known by its order alone (none, few, many; a day, some days, weeks).

Only drawing belongs here. ``dots`` is a column a period with as many filled dots as the step that
it reached.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.figures import theme
from dashboard.figures.text import escaped
from dashboard.figures.theme import Figure

_DOT = 13
_ROW = 44
#: Names of periods at most, and on a phone.
_TICKS, _FEWER_TICKS = 12, 4


def dots(
    reached: Sequence[int],
    steps: Sequence[str],
    *,
    months: Sequence[str],
    hover: Sequence[str],
    colour: str = theme.BLUE,
) -> Figure:
    """A column of dots for each period, with as many filled as it reached steps.

    Args:
        reached: Step of each period in order: 0 for none, else a number of ``steps`` from 1.
        steps: Names of the steps from low to high, without the one of none.
        months: Names of the periods as the axis has them.
        hover: What a reader is told who points at a period.
        colour: Hue of filled dots.

    Returns:
        A figure as a dict.

    Raises:
        ValueError: If a step is out of range or the lists differ in length.
    """
    if not len(reached) == len(hover) == len(months):
        raise ValueError("every period needs a step, a name and what it says")
    if any(not 0 <= step <= len(steps) for step in reached):
        raise ValueError(f"steps go from 0 to {len(steps)}")
    cells = [(at, level) for at in range(len(reached)) for level in range(1, len(steps) + 1)]
    filled = [reached[at] >= level for at, level in cells]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": [at for at, _ in cells],
                "y": [level for _, level in cells],
                "marker": {
                    "size": _DOT,
                    "color": [colour if full else theme.SURFACE for full in filled],
                    "line": {
                        "color": [colour if full else theme.BORDER_STRONG for full in filled],
                        "width": 1.2,
                    },
                    "opacity": 1,
                },
                "cliponaxis": False,
                "hovertext": [escaped(hover[at]) for at, _ in cells],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        ],
        "layout": theme.layout(
            margin={"l": 8, "r": 16, "t": 8, "b": 28},
            xaxis=theme.axis(
                range=[-0.6, len(reached) - 0.4],
                **_ticks(months, _TICKS),
                tickangle=0,
            ),
            yaxis=theme.axis(
                range=[0.4, len(steps) + 0.6],
                tickvals=list(range(1, len(steps) + 1)),
                ticktext=[escaped(step) for step in steps],
                tickfont={"size": 13, "color": theme.TEXT},
                showgrid=True,
            ),
            meta={
                "form": "dots",
                "height": 52 + _ROW * len(steps),
                "min_width": 80 + (_DOT + 4) * len(reached),
                "narrow": {"xaxis": _ticks(months, _FEWER_TICKS)},
            },
        ),
    }


def _ticks(months: Sequence[str], most: int) -> Figure:
    """The last period and some before it at equal steps, at most so many."""
    every = max(1, -(-len(months) // most))
    shown = range((len(months) - 1) % every, len(months), every)
    return {"tickvals": list(shown), "ticktext": [escaped(months[at]) for at in shown]}
