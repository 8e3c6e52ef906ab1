"""Rounds of sign-off: one by hand, and answers to it, sealed as the two sides seal them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dashboard.model.signoff import FOLDER, KEY, ROUND, Answer, Answers, Round, write_round

SIGN_KEY = "9f2c71b0d4e8536a" * 4
PARTNERS = ("partner-a", "partner-b", "partner-c", "partner-d")
DIGEST = "0a1b 2c3d 4e5f 6071"
TOLD: dict[str, Any] = {
    "totals": [["People", "2026-09", 30, 35], ["Incidents", "2026-09", None, 20]],
    "categories": [["People", "Mode", "By air", "2026-09", 5]],
    "places": [["People", "Place", "Teknaf", "2026-09", 10]],
    "jumps": [["People", "total", "2026-09", 35, 15], ["People", "Other", "2026-09", 40, 20]],
    "beside": [
        [
            "note",
            True,
            {
                "first": "2026-09", "last": "2026-09", "kind": "Flood or cyclone", "area": "Teknaf",
                "text": "Flood along the Naf River", "text_bn": "নাফ নদীতে বন্যা",
            },
        ],
        [
            "target",
            False,
            {
                "indicator": "in_time.legal_aid", "group": "Women", "area": "", "first": "2026-07",
                "last": "2026-09", "number": 80, "source": "Plan 2026",
            },
        ],
        ["capacity", True, {"number": 1}],
    ],
}  # fmt: skip


def round_of(today: date, **changes: Any) -> Round:
    """A round that was opened two days ago and ends in eight."""
    face = {
        "audience": "member", "first_month": "2024-10", "last_month": "2026-09",
        "before": "2026-08-x", "told": {"en": TOLD, "bn": TOLD},
    }  # fmt: skip
    made = Round(
        id="00112233445566aa", digest=DIGEST, title="Edition of September 2026", kind="real",
        as_of="2026-10-16", opened=f"{today - timedelta(days=2)}T08:00:00Z",
        ends=(today + timedelta(days=8)).isoformat(), partners=PARTNERS, quorum="most",
        silence=False, faces=(face,),
    )  # fmt: skip
    return replace(made, **changes)


def put_round(releases: Path, sign_off_round: Round, key: str = SIGN_KEY) -> Path:
    """Put a round where the web process looks for it."""
    path = releases / FOLDER / ROUND
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_round(sign_off_round, key.encode()))
    return path


def put_key(state: Path, key: str = SIGN_KEY) -> Path:
    """Give the web process the key."""
    path = state / KEY
    path.write_text(key + "\n", encoding="ascii")
    path.chmod(0o600)
    return path


def answers_of(sign_off_round: Round, at: str, *given: Answer, **changes: Any) -> Answers:
    """Answers to a round as they are handed over at a moment."""
    made = Answers(
        sign_off_round.name, sign_off_round.digest, at, len(given), "0" * 64, True, tuple(given)
    )
    return replace(made, **changes)
