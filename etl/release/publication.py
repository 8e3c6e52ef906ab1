"""Publication: close what is due, build, check, seal, and switch readers to it.

The steps in their order: blocks are made on a draft; files are built from it and checked; the
draft replaces the stored units; the members' file is sealed, pointed to and written down; then
the public's. A command that fails before the draft is stored has changed nothing, and one that
is killed after it is completed by the next (see ``recovery``). No unit is made twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from dashboard.model.facts import FACTS
from dashboard.model.record_head import RecordHead
from etl.progress import OnStep, silent
from etl.protect import ledger
from etl.protect.due_blocks import FactReport
from etl.register.access import locked
from etl.register.store import read_store, replace_store
from etl.release.approval import (
    checked_name,
    forget_note,
    forget_void_note,
    require_digest,
    require_preview,
)
from etl.release.assembly import AssembledFiles, NothingDue, Order, assemble
from etl.release.closing.draft import PUBLIC_FILE_NAME, open_draft
from etl.release.closing.months import last_closed_month, open_closer
from etl.release.closing.terms import Terms, declare, read_terms
from etl.release.files import point_to, public_folder, put_in_place, release_path
from etl.release.missing_reports import missing_reports, require_reports
from etl.release.partner_states import leave_states
from etl.release.record import take_along
from etl.release.recovery import record_release, recover
from etl.release.signoff.answers import require_signatures
from etl.release.signoff.rounds import close_published, close_round
from etl.settings import OperatorError, Settings

#: Steps of a publication for members and public together.
STEPS = 2 * len(FACTS) + 8


@dataclass(frozen=True)
class Published:
    """What a publication made.

    Attributes:
        release_id: Id of the release.
        path: File of the members' release.
        first_month: First month, YYYY-MM.
        last_month: Last month, YYYY-MM.
        base: Smallest size of a unit, for the members, of all releases of the store.
        facts: What was closed for the members, one report a fact.
        checks: Number of checks that the members' file passed.
        approved_by: Who cleared it, or None.
        signed: How many partners signed it, in a band, or None where nobody is asked.
        round: Name of the round in which they did, or None.
        public: File of the public release, or None.
        made_whole: Labels of the facts whose echoes were made from their first month on.
        record: Sentences about the web process's record of events, if there is something to say.
    """

    release_id: str
    path: Path
    first_month: str
    last_month: str
    base: int
    facts: tuple[FactReport, ...]
    checks: int
    approved_by: str | None
    signed: str | None
    round: str | None
    public: Path | None
    made_whole: tuple[str, ...]
    record: tuple[str, ...]

    @property
    def as_json(self) -> dict[str, object]:
        """The report with plain values."""
        public = str(self.public) if self.public else None
        return {**asdict(self), "path": str(self.path), "public": public}


def publish(
    settings: Settings,
    *,
    as_of: date,
    base: int | None = None,
    title: str | None = None,
    public: bool | None = None,
    approved_by: str | None = None,
    without: Sequence[str] = (),
    signatures: Path | None = None,
    record: RecordHead | None = None,
    on_step: OnStep = silent,
) -> Published:
    """Close due months and publish a release of every closed month.

    Args:
        settings: Paths of the store.
        as_of: Day on which months are judged closed.
        base: ``RECORDS`` or ``BASE``, or None for that of the store.
        title: Title of the edition.
        public: Whether a public release follows; None for what was chosen before.
        approved_by: Who cleared the edition; real sources need a name and a preview.
        without: Partners or sources, awaited each month, without which is published.
        signatures: The file of answers of partners, where the group's rule asks for them.
        record: Head of the web process's record of events; that of the answers unless given.
        on_step: Called with the name of every step.

    Raises:
        OperatorError: If nothing is due, a secret is missing or changed, the store cannot publish
            on these terms, an awaited source is missing, nobody cleared what is real, or partners
            have still to sign.
    """
    name = checked_name(approved_by)
    with locked(settings):
        terms = read_terms(settings, base=base, public=public)
        closer = open_closer(settings, terms, on_step)
        require_reports(missing_reports(settings, last_closed_month(as_of)), without)
        require_preview(settings, terms, name)
        signed = require_signatures(settings, signatures)
        completed = recover(settings)
        order = Order(as_of, title, name, signed.band if signed else "")
        try:
            with (
                open_draft(settings) as draft,
                assemble(settings, draft, closer, order, settings.releases) as files,
            ):
                require_digest(settings, terms, files)
                if signed:
                    signed.require(files.digest, files.files[0].edition.title)
                on_step("Switching")
                draft.commit()
                declare(settings, terms)
                _switch(settings, files)
        except NothingDue as nothing:
            ended = public is False and read_store(settings).public
            if ended:
                replace_store(settings, public=False)
            round_sentence = close_published(settings)
            forget_void_note(settings, as_of)
            leave_states(settings)
            raise _nothing_due(nothing, completed, round_sentence, ended=ended) from nothing
        forget_note(settings)
        close_round(settings)
        leave_states(settings)
        notes = take_along(settings, record or (signed.record if signed else None))
    return _published(settings, terms, files, signed.round.name if signed else None, notes)


def _switch(settings: Settings, files: AssembledFiles) -> None:
    """Seal each file, make it the current one and note it in its units; the members' first."""
    for finished, folder, units in (
        (files.members, settings.releases, settings.units / ledger.FILE_NAME),
        (files.public, public_folder(settings), settings.units / PUBLIC_FILE_NAME),
    ):
        if finished is not None:
            release_id = finished.edition.release_id
            put_in_place(settings, finished.path, folder, release_id)
            point_to(settings, folder, release_id)
            record_release(settings, units, release_id)


def _published(
    settings: Settings,
    terms: Terms,
    files: AssembledFiles,
    signed_in: str | None,
    record: tuple[str, ...],
) -> Published:
    """The report of a publication that made files."""
    first = files.files[0]
    release_id = first.edition.release_id
    public = release_path(public_folder(settings), release_id) if files.public else None
    return Published(
        release_id=release_id,
        path=release_path(settings.releases, release_id),
        first_month=str(first.edition.span.start),
        last_month=str(first.edition.span.end),
        base=terms.base,
        facts=files.members.closed if files.members else (),
        checks=first.checks,
        approved_by=first.edition.approved_by or None,
        signed=first.edition.signed or None,
        round=signed_in,
        public=public,
        made_whole=tuple(dict.fromkeys(label for file in files.files for label in file.made_whole)),
        record=record,
    )


def _nothing_due(
    nothing: NothingDue, completed: tuple[str, ...], round_sentence: str, *, ended: bool
) -> OperatorError:
    """The refusal, and what was done nevertheless.

    Args:
        nothing: The refusal.
        completed: Ids of releases whose publication was completed.
        round_sentence: That a round was closed, or "".
        ended: Whether the store makes no public releases any more.
    """
    sentences = [str(nothing)]
    if completed:
        done = f"The publication of {completed[0]}, which was stopped, is complete now."
        sentences.append(done)
    if round_sentence:
        sentences.append(round_sentence)
    if ended:
        sentences.append("No further publication makes a public release.")
    return OperatorError(" ".join(sentences))
