"""The small map of the overview: that of the hotspots page at its usual level.

Id: overview.map. It names the areas with a number and has no legend, since each area whose colour
matters is named. Its title says which has most, and which have more than usual.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.hotspots import unusual, wording
from dashboard.exhibits.hotspots.areas import hotspots_map
from dashboard.exhibits.hotspots.wording import VIEW
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit


@exhibit("overview.map", facts=("incidents", "people"), options=(VIEW,), geometry="areas")
def overview_map(question: Question) -> Exhibit:
    """The map of incidents by area; of people where filters do not apply to incidents."""
    answer = hotspots_map(question)
    if answer.figure is None:
        return answer
    labels = [label for label in answer.figure["labels"] if label["emphasis"]]
    figure = {**answer.figure, "labels": labels, "legend": []}
    return replace(answer, title=_title(question, answer.title), figure=figure)


def _title(question: Question, plain: str) -> str:
    """Which area has most, and which areas in view have more than usual.

    Args:
        question: What the reader looks at.
        plain: The title where nothing can be counted.
    """
    fact = wording.counted_fact(question)
    if fact is None:
        return plain
    count = wording.choose_level(question, fact).counted
    comparisons = unusual.against(question, fact, count.level)
    more = [code for code in comparisons.called(1) if code in count.in_view] if comparisons else []
    title, is_few = wording.share_title(count), not count.named
    if not more:
        return title
    names = wording.areas_named(count, more)
    if is_few:
        return question.translate("overview.map.more", title=title, names=names)
    if more == [code for code, _ in count.ranked[:1]] and not wording.two_lead(count):
        return question.translate("overview.map.more_first", title=title)
    # Beside the others the first area is named without its share. A single one is first and second.
    first, second = (count.name(code) for code, _ in (*count.ranked, *count.ranked)[:2])
    if not wording.two_lead(count):
        return question.translate("overview.map.more_one", first=first, names=names)
    if (n := wording.in_front(count)) > 2:  # noqa: PLR2004 -- more than are named
        levels = count.level_name(n).lower()
        return question.translate("overview.map.more_band", n=n, levels=levels, names=names)
    return question.translate("overview.map.more_close", first=first, second=second, names=names)
