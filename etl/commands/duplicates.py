"""``duplicates``: list pairs of incidents that may be one event, ask about them, record answers."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from typing import Any

from etl.commands.answer import Answer, lines_of
from etl.duplicates.candidates import FIELDS, Candidate, Side
from etl.duplicates.joining import (
    Decided,
    decide,
    decide_above,
    decided_pairs,
    open_pairs,
    take_answers,
    undo,
    write_partner_sheet,
)
from etl.duplicates.sheet import read_answers
from etl.release.contents.geography import Geography, read_geography
from etl.settings import OperatorError, Settings


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """List, decide or undo; 0 when it was done.

    Raises:
        OperatorError: If the words do not fit together, or no pair has the name.
    """
    _refuse_unfit(arguments)
    if arguments.undo:
        return _decision_answer(undo(settings, arguments.undo), "was taken back")
    if arguments.decided:
        pairs = decided_pairs(settings)
        lines = [_decision_line(pair) for pair in pairs] or ["No pair was decided yet."]
        return Answer({"decided": [_decision_json(pair) for pair in pairs]}, lines)
    geography = read_geography(settings)
    if arguments.sheet:
        return _write_sheet(settings, geography, arguments)
    if arguments.answers:
        return _add_answers(settings, geography, arguments)
    if arguments.same_above is not None:
        return _join_above(settings, geography, arguments)
    if not arguments.by:
        return _list_open(settings, geography, arguments)
    pair = decide(
        settings,
        geography.areas,
        arguments.same or arguments.apart,
        "same" if arguments.same else "apart",
        keep=arguments.keep,
        by=arguments.by,
        today=date.today(),
    )
    return _decision_answer(pair, "was recorded")


def _refuse_unfit(arguments: argparse.Namespace) -> None:
    """Refuse options that do not fit together."""
    given = (arguments.same, arguments.apart, arguments.answers)
    decides = any(given) or arguments.same_above is not None
    if arguments.limit < 1:
        raise OperatorError("--limit needs a number of 1 or more.")
    if arguments.keep and not arguments.same:
        raise OperatorError("--keep goes with --same ID.")
    if decides != bool(arguments.by):
        raise OperatorError(
            "--same ID, --apart ID, --same-above PERCENT and --answers FILE need --by NAME, and "
            "nothing else does."
        )
    if bool(arguments.sheet) != bool(arguments.partner) or (
        arguments.files and not arguments.sheet
    ):
        raise OperatorError("--sheet FILE goes with --partner PARTNER, and --from FILE with both.")


def _list_open(settings: Settings, geography: Geography, arguments: argparse.Namespace) -> Answer:
    """The groups of pairs that wait for a decision, the likeliest first."""
    waiting = open_pairs(settings, geography.areas, limit=arguments.limit)
    names = {code: name for code, _, name, *_ in geography.places}
    document = {
        "undecided": waiting.count,
        "likely": waiting.likely,
        "groups": [
            {
                "id": group.id,
                "probability": group.weakest.probability,
                "pairs": [pair.id for pair in group.pairs],
            }
            for group in waiting.groups
        ],
        "pairs": [_pair_json(pair) for group in waiting.groups for pair in group.pairs],
        "unclear": waiting.unclear,
    }
    more = waiting.group_count - len(waiting.groups)
    lines = lines_of("duplicates", waiting=waiting, more=more, names=names, fields=FIELDS)
    return Answer(document, lines)


def _write_sheet(settings: Settings, geography: Geography, arguments: argparse.Namespace) -> Answer:
    """Write the workbook that asks a partner about its pairs."""
    partner, path = arguments.partner, arguments.sheet
    questions = write_partner_sheet(
        settings, geography.areas, partner, arguments.files, path, limit=arguments.limit
    )
    sentence = f"The sheet {path} asks {partner} about {questions} pairs."
    if not questions:
        sentence = (
            f"No group within --limit {arguments.limit} has a record of {partner}; nothing was "
            "written."
        )
    return Answer({"asked": questions}, [sentence])


def _add_answers(settings: Settings, geography: Geography, arguments: argparse.Namespace) -> Answer:
    """Record what partners answered in sheets, and say what could not be recorded."""
    outcome = take_answers(
        settings,
        geography.areas,
        [read_answers(path) for path in arguments.answers],
        by=arguments.by,
        today=date.today(),
    )
    return Answer(asdict(outcome), lines_of("answered", outcome=outcome))


def _join_above(settings: Settings, geography: Geography, arguments: argparse.Namespace) -> Answer:
    """Record as one event every group whose weakest pair is likely enough."""
    if not 1 <= arguments.same_above <= 100:
        raise OperatorError("--same-above needs a probability from 1 to 100 percent.")
    accepted = decide_above(
        settings, geography.areas, arguments.same_above, by=arguments.by, today=date.today()
    )
    joined = sum(len(group.sides) - 1 for group in accepted)
    sentence = (
        f"Recorded: {len(accepted)} groups are one event each, so {joined} incidents count "
        "under another. `duplicates --decided` lists them, --undo ID takes one back."
    )
    return Answer({"groups": len(accepted), "joined": joined}, [sentence])


def _pair_json(candidate: Candidate) -> dict[str, Any]:
    """A pair without the ids of its incidents."""

    def incident(side: Side) -> dict[str, Any]:
        return {"partner": side.partner, "place": side.place, "people": side.people,
                "class": side.class_}  # fmt: skip

    return {
        "id": candidate.id,
        "month": f"{candidate.month:%Y-%m}",
        "probability": candidate.probability,
        "agree": list(candidate.agree),
        "differ": list(candidate.differ),
        "A": incident(candidate.a),
        "B": incident(candidate.b),
    }


def _decision_answer(pair: Decided, outcome: str) -> Answer:
    """The answer that a decision was recorded or taken back."""
    return Answer(_decision_json(pair), [f"The decision {outcome}: {_decision_line(pair)}"])


def _decision_json(pair: Decided) -> dict[str, Any]:
    return {**asdict(pair), "on": pair.on.isoformat()}


def _decision_line(pair: Decided) -> str:
    """A decision in words: its pair, what was decided, by whom and when."""
    what = f"one event, {pair.kept} counts" if pair.kept else "one event"
    events = what if pair.decision == "same" else "two events"
    partners = " and ".join(pair.partners)
    return f"{pair.id}  {events}  {partners or 'no longer held'}  ({pair.by}, {pair.on})"
