"""``signoff``: what the group decided about sign-off, its key, and how the open round stands."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.model.signoff import LONGEST, QUORUMS, Answers, Round
from etl.commands.answer import Answer, lines_of
from etl.register.access import locked
from etl.release.signoff.answers import last_round, read_file, read_state
from etl.release.signoff.decision import MOST_DAYS, set_rule
from etl.release.signoff.rounds import admit_accounts, open_round
from etl.release.signoff.rule import SignOffRule, read_rule, write_key
from etl.settings import Settings

_CLOSED = "The round that was open is closed; `publish --preview` opens one by this rule."
VALUES = {"quorums": QUORUMS, "days": MOST_DAYS, "longest": LONGEST}


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Set or tell the rule, write the key, let accounts in, or tell how the round stands."""
    action = {"rule": _rule, "key": _key, "admit": _admit, "state": _state}[arguments.ask]
    return action(arguments, settings)


def _rule(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Set the group's rule where options are given, and tell it."""
    current = read_rule(settings)
    new_rule = SignOffRule(
        arguments.quorum or current.quorum,
        current.days if arguments.days is None else arguments.days,
        current.silence if arguments.silence is None else arguments.silence == "consents",
    )
    closed = new_rule != current and set_rule(settings, new_rule)
    document = {"quorum": new_rule.quorum, "days": new_rule.days, "silence": new_rule.silence}
    lines = [new_rule.sentence, *([_CLOSED] if closed else [])]
    return Answer({**document, "closed": closed}, lines)


def _key(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Write the key of sign-off into a new file."""
    with locked(settings):
        write_key(settings, arguments.file)
    sentence = (
        f"The key of sign-off is {arguments.file}. Give it to the user of the web process as "
        "sign-off.key in the folder of ATLAS_STATE, and to nobody else."
    )
    return Answer({"key": str(arguments.file)}, [sentence])


def _admit(_: argparse.Namespace, settings: Settings) -> Answer:
    """Let accounts that were made or changed since the round opened answer it."""
    with locked(settings):
        sign_off_round = admit_accounts(settings)
    sentence = (
        f"Accounts that were made or changed until {sign_off_round.admitted} may answer the open "
        "round; the answers that came stay good. Look into the record (audit.jsonl) for who made "
        "them and for whom, before you publish."
    )
    return Answer({"round": sign_off_round.name, "admitted": sign_off_round.admitted}, [sentence])


def _state(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """How the open round stands, with the answers of partners where a file holds them."""
    with_names = arguments.who
    with locked(settings):
        if arguments.signatures is None:
            last = last_round(settings)
            values = {"round": last, "state": None, "with_names": with_names}
            return Answer(_round_document(last, with_names), lines_of("signoff_state", **values))
        answers, current = read_file(settings, arguments.signatures), open_round(settings)
        if current is None or current.name != answers.round:
            return _closed_round(answers, with_names)
        state = read_state(settings, arguments.signatures)
    document = {
        **_round_document(state.round, with_names),
        "signed": len(state.standing.signed),
        "wanting": state.standing.wanting,
        "changes": len(state.requested_changes),
        "refusal": state.refusal,
        "record": {"entries": state.answers.number, "head": state.answers.head},
    }
    if with_names:
        document |= {
            "unsigned": list(state.unsigned),
            "asks": [{"partner": ask.partner, "text": ask.text} for ask in state.requested_changes],
        }
    lines = lines_of("signoff_state", round=state.round, state=state, with_names=with_names)
    return Answer(document, lines)


def _round_document(sign_off_round: Round, with_names: bool) -> dict[str, Any]:
    """A round as JSON, with its partners if their names are asked for."""
    document: dict[str, Any] = {
        "round": sign_off_round.name,
        "digest": sign_off_round.digest,
        "opened": sign_off_round.opened,
        "ends": sign_off_round.ends,
        "asked": len(sign_off_round.partners),
    }
    return {**document, "partners": list(sign_off_round.partners)} if with_names else document


def _closed_round(answers: Answers, with_names: bool) -> Answer:
    """Answers to a round that is not open, so that what came too late can still be read."""
    asks = [ask for ask in answers.answers if ask.kind == "change"]
    askers = {ask.partner for ask in asks}
    signed = [a.partner for a in answers.answers if a.kind == "signed" and a.partner not in askers]
    document: dict[str, Any] = {
        "round": answers.round, "digest": answers.digest, "open": False, "signed": len(signed),
        "changes": len(asks), "record": {"entries": answers.number, "head": answers.head},
    }  # fmt: skip
    if with_names:
        document |= {
            "partners": signed,
            "asks": [{"partner": ask.partner, "at": ask.at, "text": ask.text} for ask in asks],
        }
    values = {"answers": answers, "signed": signed, "asks": asks, "with_names": with_names}
    return Answer(document, lines_of("signoff_closed", **values))
