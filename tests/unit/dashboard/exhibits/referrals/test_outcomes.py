"""Referrals: what became of those that ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from tests.support.readings import drawn, reading
from tests.support.referrals import QUARTER, ending, release_of, request


def rows(found: Exhibit, part: str) -> dict[tuple[str, str], int]:
    """Numbers of a part of the table by service and name."""
    return {
        (str(service), str(name)): int(size or 0)
        for own, service, name, size, *_ in found.table.rows
        if own == part
    }


@pytest.mark.parametrize(
    ("status", "reason", "outcome"),
    [
        ("done", None, "Service received"),
        ("revoked", "declined_by_person", "Person declined"),
        ("rejected", "declined_by_person", "Person declined"),
        ("rejected", "service_unavailable", "Service unavailable"),
        ("revoked", "lost_contact", "Contact lost"),
        ("rejected", "already_received", "Rejected"),
        ("revoked", None, "Rejected"),
    ],
)
def test_each_ending_is_one_outcome(
    tmp_path: Path, status: str, reason: str | None, outcome: str
) -> None:
    release = release_of(tmp_path, [request()] * 4, [ending(status, reason=reason)] * 3)
    found = render("referrals.outcomes", reading(QUARTER, kinds="service"), release)
    assert rows(found, "Ended as") == {("Health care", outcome): 30, ("All", outcome): 30}
    assert set(rows(found, "Why no service").values()) == ({30} if reason else set())


def test_who_declines_is_drawn_neutral_and_named_in_no_title_as_a_failure(tmp_path: Path) -> None:
    ends = [*[ending("done")] * 6, *[ending("revoked", reason="declined_by_person")] * 4]
    found = render("referrals.outcomes", reading(QUARTER), release_of(tmp_path, [request()], ends))
    colours = {t.get("name"): t["marker"]["color"] for t in drawn(found)["data"] if t.get("name")}
    assert colours["Person declined"] == "#7C8A98"
    assert found.note.startswith("“Person declined” is a valid outcome")
    assert found.title == "60 % of ended referrals led to a service; most others: person declined"


def test_later_referrals_are_next_steps(tmp_path: Path) -> None:
    steps = [request(step="second"), request(step="later"), request(step="later")]
    release = release_of(tmp_path, [request(), *steps], [ending("done")] * 2)
    found = render("referrals.outcomes", reading(QUARTER), release)
    assert rows(found, "Next steps requested") == {("All", "Second"): 10, ("All", "Later"): 20}


def test_a_title_of_few_says_neither_their_number_nor_a_share(tmp_path: Path) -> None:
    """A part of them has its range, which is within what all of them may be."""
    release = release_of(tmp_path, [request()], [ending("done")])
    title = render("referrals.outcomes", reading(QUARTER), release).title
    assert title == "A few (0–10) ended referrals led to a service"
