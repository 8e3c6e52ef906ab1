"""Referrals at their extremes: stated in words and numbers on every card, and never broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import definition, definitions, render
from dashboard.model.facts import fact
from dashboard.model.languages import LANGUAGES
from dashboard.release.open_release import Release
from tests.support.readings import drawn, reading
from tests.support.referrals import QUARTER, ending, request
from tests.support.releases import built, day

#: Cards about referrals; that of targets has no wider view.
REFERRALS = [
    entry.id
    for entry in definitions()
    if entry.id.startswith("referrals.") and entry.id != "referrals.targets"
]
Units = Sequence[dict[str, object]]
PEOPLE = [{"month": day("2026-05"), "sex": "female", "is_child": "no", "size": 5}] * 4
MANY = [request(service) for service in ("health", "cash", "safe_shelter") for _ in range(6)]
DECLINED = [
    ending("revoked", service, "declined_by_person")
    for service in ("health", "cash", "safe_shelter")
    for _ in range(6)
]
EXTREMES: dict[str, tuple[Units, Units]] = {
    "more referrals than people": (MANY, [ending("done")] * 3),
    "all open": (MANY, []),
    "all declined": (MANY, DECLINED),
    "one service": ([request("legal_aid")] * 12, [ending("done", "legal_aid")] * 6),
    "more ended than requested": ([request()] * 2, [ending("done")] * 9),
    "a service that only ended": ([request("health")] * 6, [ending("done", "cash")] * 3),
    "nothing": ([], []),
}


def release_of(folder: Path, extreme: str) -> Release:
    requests, endings = EXTREMES[extreme]
    return built(folder, units={"people": PEOPLE, "requests": requests, "endings": endings})


def drawn_of(folder: Path, extreme: str) -> Callable[..., Exhibit]:
    """Draws an exhibit of one extreme."""
    release = release_of(folder, extreme)
    return lambda exhibit_id, **options: render(exhibit_id, reading(QUARTER, **options), release)


@pytest.mark.parametrize("extreme", EXTREMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_card_is_drawn_or_says_why_not(extreme: str, lang: str, tmp_path: Path) -> None:
    release = release_of(tmp_path, extreme)
    for exhibit_id in REFERRALS:
        for by in ("", "area", "cohort"):
            options = {"by": by} if by else {}
            view = reading(type(QUARTER)(period=QUARTER.period, lang=lang), **options)
            found = render(exhibit_id, view, release)
            assert found.title
            assert found.description
            for text in (found.title, found.subtitle, found.description, *found.notes):
                assert "nan" not in text.lower().split()
                assert "None " not in text.replace("None or", "")
            if found.offer is None:
                assert found.table.rows
                if "form" not in found.figure:
                    go.Figure(found.figure)
            else:
                facts = map(fact, definition(exhibit_id).facts)
                assert found.offer.action or not all(map(release.has, facts))


def test_more_referrals_than_people_are_both_told(tmp_path: Path) -> None:
    shown = drawn_of(tmp_path, "more referrals than people")
    steps = shown("referrals.steps", by="event")
    sizes = dict(zip(steps.table.column("code"), steps.table.column("people"), strict=True))
    assert (sizes["people"], sizes["first"], sizes["served"]) == (20, 180, 30)
    assert steps.title == "20 people identified, about 180 first referrals"
    assert steps.note.endswith("Referrals may exceed people.")


def test_all_are_open_and_nothing_ended(tmp_path: Path) -> None:
    shown = drawn_of(tmp_path, "all open")
    assert shown("referrals.indicators").title == "About 180 referrals are open now"
    assert shown("referrals.waiting").table.column("open")[-1] == 180
    outcomes = shown("referrals.outcomes")
    assert outcomes.offer is not None
    assert outcomes.title.startswith("None or very few referrals")
    assert shown("referrals.bottlenecks").title == (
        "Fewer than half of referrals have led to a service"
    )


def test_all_declined_is_an_outcome_and_nothing_is_open(tmp_path: Path) -> None:
    shown = drawn_of(tmp_path, "all declined")
    assert shown("referrals.waiting").title == "None or very few referrals are open"
    outcomes = shown("referrals.outcomes")
    assert outcomes.title == "About 180 referrals ended"
    assert {row[2] for row in outcomes.table.rows if row[0] == "Ended as"} == {"Person declined"}
    tiles = {tile["id"]: tile for tile in drawn(shown("referrals.indicators"))["items"]}
    assert (tiles["declined"]["value"], tiles["open"]["value"]) == (180, 0)


def test_one_service_is_compared_with_none(tmp_path: Path) -> None:
    shown = drawn_of(tmp_path, "one service")
    assert shown("referrals.pathway").title == "About 60 of 120 requests have led to a service"
    waiting = shown("referrals.waiting")
    assert waiting.table.column("code")[-2:] == ("legal_aid", "all")
    assert waiting.title.startswith("About 60 referrals are open")
    gaps = shown("referrals.coverage", by="group")
    # All of the twenty identified are women, and of whom the referrals are is not known.
    assert gaps.title == "Too little is known of referrals in Apr – Jun 2026 to draw this."
