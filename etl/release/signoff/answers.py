"""Answers: what a publication makes of the file of answers that the web process wrote.

The file is sealed with the key of sign-off, names one round and one edition, and is good for an
hour. So what was changed, comes from elsewhere or belongs to an earlier round is refused. What a
partner asks for after the file was written is not in it: an hour is the time in which that can be
published over, and the answers to a closed round can be handed over and read too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboard.model.record_head import RecordHead
from dashboard.model.signoff import (
    TIME,
    Answer,
    Answers,
    Band,
    Round,
    Standing,
    Unsealed,
    read_answers,
    standing,
)
from etl.release.approval import read_note
from etl.release.signoff.rounds import open_round
from etl.release.signoff.rule import key_of, read_rule
from etl.settings import OperatorError, Settings

#: How old a file of answers may be, and how far clocks of two machines may differ.
FRESH, APART = timedelta(hours=1), timedelta(minutes=10)
_EXPORT = "have `atlas signoff export` write the answers, and give the file with --signatures"


@dataclass(frozen=True)
class State:
    """How the open round stands.

    Attributes:
        round: The round.
        answers: The answers as they were handed over.
        standing: What follows from them.
        over: Whether the days to sign are over.
    """

    round: Round
    answers: Answers
    standing: Standing
    over: bool

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Partners that have not signed."""
        return tuple(name for name in self.round.partners if name not in self.standing.signed)

    @property
    def requested_changes(self) -> tuple[Answer, ...]:
        """Changes that partners ask for."""
        return tuple(answer for answer in self.answers.answers if answer.kind == "change")

    @property
    def refusal(self) -> str | None:
        """Why the edition may not be published yet, naming no partner; None where it may."""
        if self.standing.changes:
            return (
                "A partner asks for a change. Look at it with `signoff state --who`, put right "
                "what is to be, then open a new round with `publish --preview --new-round`."
            )
        if not self.standing.wanting or (self.over and self.round.silence):
            return None
        missing = self.standing.wanting
        wanting = f"{missing} more {'partner' if missing == 1 else 'partners'} must sign"
        if not self.over:
            return f"{wanting}; the round ends on {self.round.ends} (UTC)."
        return (
            f"{wanting}, and the round ended on {self.round.ends} (UTC). Silence is not consent: "
            "open a new round with `publish --preview --new-round`."
        )


@dataclass(frozen=True)
class Signed:
    """A round whose quorum is reached.

    Attributes:
        round: The round.
        band: How many signed.
        record: The head of the record from which the answers were handed over.
    """

    round: Round
    band: Band
    record: RecordHead

    def require(self, digest: str, title: str) -> None:
        """Refuse what is not the edition that was signed.

        Raises:
            OperatorError: If it is another edition.
        """
        if (digest, title) != (self.round.digest, self.round.title):
            raise OperatorError(
                "What would be published is not what partners signed; publish with the same "
                "--as-of, --title and --public as the preview, or preview it again."
            )


def require_signatures(
    settings: Settings, path: Path | None, now: datetime | None = None
) -> Signed | None:
    """What partners signed; None where nobody is asked. Call it under the store's lock.

    Args:
        settings: Paths of the store.
        path: The file of answers, or None.
        now: The moment, UTC; now unless given.

    Raises:
        OperatorError: If the group's rule is not met, or the file is not one of this round.
    """
    if not read_rule(settings).is_required:
        if path is not None:
            raise OperatorError("No partner is asked to sign; publish without --signatures.")
        return None
    state = read_state(settings, path, now)
    if state.refusal:
        raise OperatorError(state.refusal)
    answers = state.answers
    record = RecordHead(answers.number, answers.head, answers.follows)
    return Signed(state.round, state.standing.band, record)


def read_state(settings: Settings, path: Path | None, now: datetime | None = None) -> State:
    """How the open round stands by a file of answers.

    Args:
        settings: Paths of the store.
        path: The file of answers, or None.
        now: The moment, UTC; now unless given.

    Raises:
        OperatorError: If no round is open, or the file is missing or none of this round.
    """
    now = now or datetime.now(UTC)
    sign_off_round = last_round(settings)
    if path is None:
        raise OperatorError(f"Partners are asked to sign this edition: {_EXPORT}.")
    answers = read_file(settings, path)
    _refuse_of_another(sign_off_round, answers)
    _refuse_old(answers, now)
    _refuse_strange(sign_off_round, answers)
    over = sign_off_round.is_over(_moment(answers.at).date())
    return State(sign_off_round, answers, standing(sign_off_round, answers.answers), over)


def last_round(settings: Settings) -> Round:
    """The round that the last preview left.

    Raises:
        OperatorError: If there is none, or its file is not as it was written.
    """
    note, current = read_note(settings), open_round(settings)
    if note is None or not note.round:
        raise OperatorError(
            "Partners are asked to sign, and no round is open; run `publish --preview`."
        )
    if current is None or current.name != note.round or current.digest != note.digest:
        raise OperatorError(
            "The file of the round is missing, or not as it was written; run `publish --preview`, "
            "which opens a new one."
        )
    rule = read_rule(settings)
    if (current.quorum, current.silence) != (rule.quorum, rule.silence):
        raise OperatorError(
            "The group's rule has changed since the round was opened; run `publish --preview`, "
            "which opens a new one."
        )
    return current


def read_file(settings: Settings, path: Path) -> Answers:
    """Answers as they were handed over, to whatever round and however old.

    Raises:
        OperatorError: If there is no such file, or it is not as it was written.
    """
    if not path.is_file():
        raise OperatorError(f"There is no file {path}; {_EXPORT}.")
    try:
        return read_answers(path.read_bytes(), key_of(settings))
    except Unsealed as problem:
        raise OperatorError(f"The answers in {path.name} are not used: {problem}.") from problem


def _refuse_of_another(sign_off_round: Round, answers: Answers) -> None:
    """Refuse answers to a round or an edition that is not the open one."""
    if (answers.round, answers.digest) != (sign_off_round.name, sign_off_round.digest):
        raise OperatorError(f"The answers are those of another round; {_EXPORT}.")


def _refuse_old(answers: Answers, now: datetime) -> None:
    """Refuse answers that were written too long ago, or later than the clock says."""
    written = _moment(answers.at)
    if written > now + APART:
        raise OperatorError(
            f"The answers were written at {answers.at}, which is still to come by the clock of "
            "this machine: put right the clock that is wrong, here or on the server."
        )
    if written < now - FRESH:
        raise OperatorError(
            f"The answers were written at {answers.at}; they are good for an hour: {_EXPORT}."
        )


def _refuse_strange(sign_off_round: Round, answers: Answers) -> None:
    """Refuse answers that no web process of ours writes, so that something is wrong with them.

    Raises:
        OperatorError: If somebody answered who is not asked, twice, or out of time.
    """
    pairs = [(answer.partner, answer.kind) for answer in answers.answers]
    if len(set(pairs)) < len(pairs):
        raise OperatorError("A partner stands in the answers twice; they are not used.")
    for answer in answers.answers:
        day = _moment(answer.at).date()
        if answer.partner not in sign_off_round.partners:
            raise OperatorError("A partner that is not asked stands in the answers.")
        if (
            not sign_off_round.first_day <= day.isoformat() <= sign_off_round.ends
            or answer.at > answers.at
        ):
            raise OperatorError("An answer was given before or after the round; none is used.")


def _moment(text: str) -> datetime:
    """A time of the file of answers, UTC.

    Raises:
        OperatorError: If it is none.
    """
    try:
        return datetime.strptime(text, TIME).replace(tzinfo=UTC)
    except ValueError as problem:
        raise OperatorError("A time in the answers is none; they are not used.") from problem
