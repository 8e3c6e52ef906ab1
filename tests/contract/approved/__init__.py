"""What everybody gets, as digests: readers, people who are signed in, and operators.

``approved.json`` keeps a line for each part of an answer, with a digest for each view of it. Where
somebody shall get something else, ``make approve`` writes it anew: the lines that differ then show
a reviewer all that a change reaches. Why an answer is right is asked by the other contracts.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

APPROVED = Path(__file__).with_name("approved.json")
_LONG = re.compile(r"-?\d+\.\d{10,}(?:e-?\d+)?")


def story(name: str) -> list[list[str]]:
    """The parts of a story that is told line by line, each without its heading."""
    text = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8")
    parts = [part.splitlines()[1:] for part in text.split("== ")[1:]]
    return [[line for line in part if line] for part in parts]


def digests(answers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Digests by part of an answer, those of its views one after the other."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, answer in answers:
        found[name].append(_digest(answer))
    return {name: " ".join(made) for name, made in found.items()}


def differing(who: str, now: dict[str, str]) -> list[str]:
    """The parts of which somebody gets something else than was approved."""
    approved = json.loads(APPROVED.read_text(encoding="ascii"))[who]
    return sorted(name for name in {*approved, *now} if approved.get(name) != now.get(name))


def _digest(text: str) -> str:
    """A few digits of a digest; of numbers only what every processor computes alike counts."""
    alike = _LONG.sub(lambda number: f"{float(number[0]):.9g}", text)
    return sha256(alike.encode()).hexdigest()[:5]
