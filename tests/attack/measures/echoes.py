"""Echoes: whether the error that a release lets expect is the one that its figures have.

A register is released with echoes. The true error of a figure is that of all its numbers above 0
over all seeds, against the records as they are; the expected one follows from each release alone.
So a seed is counted here by itself, and shares are those of the counts of all seeds together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

import numpy as np

from tests.attack.events import GRAINS
from tests.attack.invented.aftermath import population
from tests.attack.invented.published import publisher
from tests.attack.invented.truth import for_public
from tests.attack.measures.bounds import ECHO, Figures, named
from tests.attack.measures.echo_figures import VIEWS, Figure, Name, count, ratios

PER_MONTH = 50
GRAIN_NAMES = {**dict(zip(GRAINS, GRAINS, strict=True)), "all": "all time"}
_BAND = (0.75, 1.33)
_HALF = 0.5
#: The view of flows between districts.
_FLOWS = ("legs", "from_district to_district")
#: Stands between the parts of the name of a count; no view or filter has it.
_BETWEEN = "|"
#: Release to its figures.
_Found = defaultdict[str, defaultdict[Name, Figure]]


def echoes(
    seed: int, *, years: int = 3, facts: Sequence[str] = tuple(VIEWS),
    public: Sequence[str] = ("people", "incidents", "requests"),
) -> Figures:  # fmt: skip
    """Counts of one seed, for ``pooled``.

    Args:
        seed: Seed of the register.
        years: Its length.
        facts: Facts that are released, each by itself.
        public: Those of them of which the public's release is looked at too.
    """
    found = _nothing()
    for fact_id in facts:
        with publisher(population(PER_MONTH, years, seed).only(fact_id)) as store:
            store.close_all()
            truth = store.truth(fact_id)
            count(found["members"], store.release(echoed=True), truth, "member")
            if fact_id in public:
                path = store.release("public", echoed=True)
                count(found["public"], path, for_public(truth), "public")
    return {
        _BETWEEN.join((release, *name, part)): float(value)
        for release, figures in found.items()
        for name, figure in figures.items()
        for part, value in asdict(figure).items()
        if value
    }


def pooled(counts: Iterable[Figures]) -> Figures:
    """Figures of the counts of all seeds together."""
    found = _nothing()
    for own in counts:
        for name, value in own.items():
            release, fact_id, view, filters, grain, part = name.split(_BETWEEN)
            figure = found[release][fact_id, view, filters, grain]
            setattr(figure, part, getattr(figure, part) + value)
    flows = _share(
        (figure.false, figure.named)
        for name, figure in found["members"].items()
        if name[:2] == _FLOWS
    )
    figures: Figures = {"members: titles of flows that name a largest which is not, share": flows}
    for release, own_figures in found.items():
        told = _told(own_figures)
        figures |= {f"{release}: {name}": float(value) for name, value in told.items()}
    return named(ECHO, figures)


def _nothing() -> _Found:
    return defaultdict(lambda: defaultdict(Figure))


def _told(found: Mapping[Name, Figure]) -> Figures:
    off = ratios(found)
    low, high = _BAND
    figures = {
        "share of figures whose error is within .75 to 1.33": np.mean((off >= low) & (off <= high)),
        "share of figures whose error is below .75": np.mean(off < low),
        "share of figures whose error is below half": np.mean(off < _HALF),
        "median over figures of expected over true error": np.median(off),
        "how far that median is from 1.10": abs(np.median(off) - 1.10),
        "numbers shown as 0 right to twice their spread, share": _share(
            (figure.spared, figure.none) for figure in found.values()
        ),
        "titles that name a largest which is not, share": _share(
            (figure.false, figure.named) for figure in found.values()
        ),
        "changes of 30 % or more at 200 or more without a clear change": sum(
            figure.unseen for figure in found.values()
        ),
        "changes of 30 % or more at 200 or more that are called unchanged": sum(
            figure.denied for figure in found.values()
        ),
        "changes of 30 % or more at 200 or more that are called about the same": sum(
            figure.level for figure in found.values()
        ),
        "changes of 30 % or more at 200 or more within the range told beside, share": _share(
            (figure.changed - figure.outside, figure.changed) for figure in found.values()
        ),
        "changes of 30 % or more at 200 or more, number": sum(
            figure.changed for figure in found.values()
        ),
    }
    shares: Figures = {}
    for grain in GRAINS:
        share = _share((own.hit, own.shown) for name, own in found.items() if name[-1] == grain)
        shares[f"numbers by {GRAIN_NAMES[grain]} right to twice the error, share"] = share
    return figures | shares | {"the largest of these shares": max(shares.values())}


def _share(counts: Iterable[tuple[int, int]]) -> float:
    hits, numbers = np.array([*counts, (0, 0)]).sum(axis=0)
    return float(hits / numbers) if numbers else float("nan")
