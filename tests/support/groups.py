"""What facts are counted by: columns, groups of their codes, and the groups of a value by hand."""

from __future__ import annotations

from hypothesis import strategies as st

from dashboard.model.counted_by import By, Gathered, Whole
from dashboard.model.facts import INCIDENTS, LEGS, PEOPLE, Fact
from dashboard.release.open_release import Release

#: A column of each kind by groups: with a rest, without one, and of a set.
GROUPED = (
    (PEOPLE, Gathered("sex", {"female": "girls", "male": "boys"}, rest="rest", missing="none")),
    (PEOPLE, Gathered("rescuing_authority", {"police": "state", "navy": "state"})),
    (
        PEOPLE,
        Gathered("promise", {"job": "work", "business": "work", "loan": "money"}, rest="rest"),
    ),
    (PEOPLE, Gathered("promise", {"job": "work", "business": "work"})),
    (INCIDENTS, Gathered("class_group", {"smuggling": "s"}, rest="t", missing="o")),
    (LEGS, Gathered("mode", {"land": "dry", "air": "dry"})),
)


def groups_by_hand(by: Gathered, value: object) -> set[str | None]:
    """Groups that a value of a unit counts under."""
    if isinstance(value, list):
        return {by.groups.get(code, by.rest or code) for code in value}
    return {by.missing if value is None else by.groups.get(str(value), by.rest or str(value))}


@st.composite
def columns_and_groups(
    draw: st.DrawFn, release: Release, counted: Fact, *, sets: int = 2, whole: bool = False
) -> tuple[By, ...]:
    """Up to three columns of a fact, so many of them sets, each maybe in groups or ``whole``."""
    names = [name for name, _ in counted.columns if name != "size"]
    chosen = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    left_out = [name for name in chosen if counted.is_set(name)][sets:]
    kept = (name for name in chosen if name not in left_out)
    return tuple(
        Whole(name)
        if whole and counted.is_set(name) and draw(st.booleans())
        else draw(_grouped(release, counted, name))
        for name in kept
    )


def _grouped(release: Release, counted: Fact, name: str) -> st.SearchStrategy[By]:
    """A column, or some groups of its codes."""
    value = f"unnest({name})" if counted.is_set(name) else name
    rows = release.query(f"SELECT DISTINCT {value} FROM {counted.id} ORDER BY 1")  # noqa: S608
    codes = [code for (code,) in rows if isinstance(code, str)]
    if not codes:
        return st.just(name)
    groups = st.dictionaries(st.sampled_from(codes), st.sampled_from(("one", "other", codes[0])))
    rests, missing = st.sampled_from((None, "one", "rest")), st.sampled_from((None, "none"))
    return st.just(name) | st.builds(Gathered, st.just(name), groups, rests, missing)
