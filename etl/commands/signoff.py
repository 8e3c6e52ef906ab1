"""``signoff``: what the group decided about sign-off, its key, and how the open round stands."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from dashboard.model.signoff import LONGEST, QUORUMS, Answers, Round
from dashboard.model.signoff import Answer as PartnerAnswer
from etl.commands.answer import Answer
from etl.register.access import locked
from etl.release.signoff.answers import State, last_round, read_file, read_state
from etl.release.signoff.decision import MOST_DAYS, set_rule
from etl.release.signoff.rounds import admit_accounts, open_round
from etl.release.signoff.rule import SignOffRule, read_rule, write_key
from etl.settings import Settings

_CLOSED = "The round that was open is closed; `publish --preview` opens one by this rule."
HELP = "sign-off by partners: the group's rule, the key, how the round stands"


def configure(parser: argparse.ArgumentParser) -> None:
    """The rule, the key, and the state of the round."""
    asked = parser.add_subparsers(dest="ask", required=True, metavar="rule | key | admit | state")
    rule = asked.add_parser("rule", help="tell the group's rule, or set it")
    rule.add_argument(
        "--quorum",
        choices=QUORUMS,
        help="how many partners must sign; none (as a new store has it) asks nobody",
    )
    rule.add_argument(
        "--days", type=int, metavar="N", help=f"days that partners have, 1 to {MOST_DAYS}"
    )
    rule.add_argument(
        "--silence",
        choices=("consents", "refuses"),
        help="whether who does not answer in time agrees; only a decision of the group makes it so",
    )
    key = asked.add_parser("key", help="write the key for the web process into a new file")
    key.add_argument("file", type=Path, metavar="FILE")
    asked.add_parser(
        "admit",
        help="let focal points answer whose account was made or changed since the round opened",
    )
    state = asked.add_parser("state", help="tell how the open round stands")
    state.add_argument(
        "--signatures", type=Path, metavar="FILE", help="what `atlas signoff export` wrote"
    )
    state.add_argument(
        "--who",
        action="store_true",
        help=f"name partners, with what they ask for (at most {LONGEST} characters each)",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Set or tell the rule, write the key, let accounts in, or tell how the round stands."""
    what = {"rule": _rule, "key": _key, "admit": _admit, "state": _state}[arguments.ask]
    return what(arguments, settings)


def _rule(arguments: argparse.Namespace, settings: Settings) -> Answer:
    sign_off_rule = read_rule(settings)
    wanted = SignOffRule(
        arguments.quorum or sign_off_rule.quorum,
        sign_off_rule.days if arguments.days is None else arguments.days,
        sign_off_rule.silence if arguments.silence is None else arguments.silence == "consents",
    )
    closed = wanted != sign_off_rule and set_rule(settings, wanted)
    document = {"quorum": wanted.quorum, "days": wanted.days, "silence": wanted.silence}
    lines = [wanted.sentence, *([_CLOSED] if closed else [])]
    return Answer({**document, "closed": closed}, lines)


def _key(arguments: argparse.Namespace, settings: Settings) -> Answer:
    with locked(settings):
        write_key(settings, arguments.file)
    told = (
        f"The key of sign-off is {arguments.file}. Give it to the user of the web process as "
        "sign-off.key in the folder of ATLAS_STATE, and to nobody else."
    )
    return Answer({"key": str(arguments.file)}, [told])


def _admit(_: argparse.Namespace, settings: Settings) -> Answer:
    with locked(settings):
        asked = admit_accounts(settings)
    told = (
        f"Accounts that were made or changed until {asked.admitted} may answer the open round; the "
        "answers that came stay good. Look into the record (audit.jsonl) for who made them and "
        "for whom, before you publish."
    )
    return Answer({"round": asked.name, "admitted": asked.admitted}, [told])


def _state(arguments: argparse.Namespace, settings: Settings) -> Answer:
    with locked(settings):
        if arguments.signatures is None:
            asked = last_round(settings)
            return Answer(_round_document(asked, arguments.who), _head(asked, arguments.who))
        given, held = read_file(settings, arguments.signatures), open_round(settings)
        if held is None or held.name != given.round:
            return _closed(given, arguments.who)
        state = read_state(settings, arguments.signatures)
    document = {
        **_round_document(state.round, arguments.who),
        "signed": len(state.standing.signed),
        "wanting": state.standing.wanting,
        "changes": len(state.requested_changes),
        "refusal": state.refusal,
        "record": {"entries": state.answers.number, "head": state.answers.head},
    }
    if arguments.who:
        document |= {
            "unsigned": list(state.unsigned),
            "asks": [{"partner": one.partner, "text": one.text} for one in state.requested_changes],
        }
    return Answer(document, [*_head(state.round, arguments.who), *_lines(state, arguments.who)])


def _round_document(sign_off_round: Round, who: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "round": sign_off_round.name,
        "digest": sign_off_round.digest,
        "opened": sign_off_round.opened,
        "ends": sign_off_round.ends,
        "asked": len(sign_off_round.partners),
    }
    return {**document, "partners": list(sign_off_round.partners)} if who else document


def _closed(given: Answers, who: bool) -> Answer:
    """Answers to a round that is not open, so that what came too late can still be read."""
    asks = [one for one in given.answers if one.kind == "change"]
    apart = {one.partner for one in asks}
    signed = [a.partner for a in given.answers if a.kind == "signed" and a.partner not in apart]
    document: dict[str, Any] = {
        "round": given.round, "digest": given.digest, "open": False, "signed": len(signed),
        "changes": len(asks), "record": {"entries": given.number, "head": given.head},
    }  # fmt: skip
    lines = [
        f"These are answers to a round that is not open, digest {given.digest}; they count for "
        "no edition.",
        f"Signed: {len(signed)}; changes asked for: {len(asks)}.",
    ]
    if who:
        document |= {
            "partners": signed,
            "asks": [{"partner": one.partner, "at": one.at, "text": one.text} for one in asks],
        }
        lines += [f"Signed: {', '.join(signed)}"] if signed else []
        lines += [f"{_wish(one)} ({one.at})" for one in asks]
    return Answer(document, lines)


def _head(asked: Round, who: bool) -> list[str]:
    lines = [
        f'Round of "{asked.title}", digest {asked.digest}: {len(asked.partners)} partners are '
        f"asked from {asked.first_day} to {asked.ends} (UTC). Name of the round: {asked.name}"
    ]
    return [*lines, f"Asked: {', '.join(asked.partners)}"] if who else lines


def _lines(state: State, who: bool) -> list[str]:
    lines = [
        f"Signed: {len(state.standing.signed)}; changes asked for: {len(state.requested_changes)}."
    ]
    if who:
        unsigned = ", ".join(state.unsigned)
        lines += [f"Not signed: {unsigned}"] if unsigned else []
        lines += [_wish(one) for one in state.requested_changes]
    lines.append(state.refusal or "It may be published.")
    head = f"The record of the web process had {state.answers.number} entries, head "
    return [*lines, f"{head}{state.answers.head}"]


def _wish(one: PartnerAnswer) -> str:
    return f"{one.partner} asks for: {one.text}"
