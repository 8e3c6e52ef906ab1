"""Preview: what a publication would change, before anything is changed.

The edition is assembled in scratch exactly as it would be published, compared with what readers
see, and thrown away. A preview may be shown to whoever clears the edition: its numbers are sums
of units, of what waits and what was held back it says only whether it is below or above the base,
and no partner is named but one that is awaited and missing, or of whom rows were left out. Its
words stand in ``render``.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

from dashboard.model.facts import fact
from dashboard.model.languages import ENGLISH, LOCAL
from dashboard.model.protection import BASE
from dashboard.model.signoff import TIME, Round
from etl.progress import OnStep
from etl.protect.due_blocks import FactReport
from etl.register.access import locked
from etl.register.left_out import LeftOut, rows_left_out
from etl.release.approval import NOTE, last_round, write_note
from etl.release.assembly import AssembledFiles, FinishedFile, NothingDue, Order, assemble
from etl.release.closing.draft import open_draft
from etl.release.closing.months import last_closed_month, open_closer
from etl.release.closing.terms import Terms, read_terms
from etl.release.closing.workbench import with_register
from etl.release.files import (
    follows_contract,
    newest_readable,
    pointed_to,
    public_folder,
    release_path,
)
from etl.release.missing_reports import Missing, missing_reports, require_reports
from etl.release.preview.comparison import Differences, compare
from etl.release.signoff import rounds
from etl.release.signoff.round_content import round_content
from etl.release.signoff.rounds import (
    OpenedRound,
    close_published,
    close_round,
    open_or_keep_round,
    partners_in,
)
from etl.release.signoff.rule import read_rule
from etl.settings import OperatorError, Settings


@dataclass(frozen=True)
class Closing:
    """What would be closed of one fact.

    Attributes:
        fact: Label of the fact.
        unit: What a figure counts.
        blocks: Blocks that would be closed, as 2026-09, 2026-Q3 or 2026-Q3 late.
        units: Units that would be made of them.
        base: Smallest size of a unit.
        waits: Whether at least a base of events would wait for a later block; False may be fewer
            or none.
    """

    fact: str
    unit: str
    blocks: tuple[str, ...]
    units: int
    base: int
    waits: bool


@dataclass(frozen=True)
class HeldBack:
    """Rows of loaded files that were held back.

    Attributes:
        files: Files with such rows.
        many: Whether there are as many as ``BASE``; False may be fewer or none.
    """

    files: int
    many: bool


@dataclass(frozen=True)
class Face:
    """One audience's file.

    Attributes:
        audience: member or public.
        first_month: First month, YYYY-MM.
        last_month: Last month, YYYY-MM.
        checks: Checks that it passed.
        closings: What would be closed, one entry a fact.
        differences: What it shows that the release before it does not.
        before: Id of the release that it is compared with, or None.
        damaged: Whether the newest that can be read is not the current one, whose file is damaged.
        outdated: Whether it is compared with none, since another version of the product made that.
    """

    audience: str
    first_month: str
    last_month: str
    checks: int
    closings: tuple[Closing, ...]
    differences: Differences
    before: str | None
    damaged: bool
    outdated: bool


@dataclass(frozen=True)
class Preview:
    """What a publication would change.

    Attributes:
        digest: What the publication must match.
        title: Title of the edition.
        kind: invented, published or real.
        base: Smallest size of a unit, for the members, of all releases of the store.
        as_of: Day on which months are judged closed.
        held: Rows that were held back at loading.
        left_out: Rows that were refused while the others of their file loaded, by source.
        missing: Awaited sources that sent nothing for months that close.
        faces: The members' file and, where one is wanted, the public's.
        asked: The round in which partners sign it, None where nobody is asked.
    """

    digest: str
    title: str
    kind: str
    base: int
    as_of: date
    held: HeldBack
    left_out: tuple[LeftOut, ...]
    missing: tuple[Missing, ...]
    faces: tuple[Face, ...]
    asked: OpenedRound | None = None

    @property
    def as_json(self) -> dict[str, object]:
        """The preview with plain values."""
        return {**asdict(self), "as_of": self.as_of.isoformat()}


def preview(
    settings: Settings,
    *,
    as_of: date,
    on_step: OnStep,
    base: int | None = None,
    title: str | None = None,
    public: bool | None = None,
    new_round: bool = False,
    without: Sequence[str] = (),
) -> Preview:
    """Assemble an edition, compare it with what readers see, and throw it away.

    ``new_round`` says that partners are asked anew in any case; all other arguments are what would
    be given to ``publish``. Only a note of it is kept, and the round that asks partners, where the
    rule wants one.

    Raises:
        OperatorError: If nothing is due, a secret is missing or changed, the store cannot publish
            on these terms, or partners are not to be asked for this now.
    """
    with locked(settings, anew=(NOTE,)):
        terms = read_terms(settings, base=base, public=public)
        closer = open_closer(settings, terms, on_step)
        missing = missing_reports(settings, last_closed_month(as_of))
        _check_can_sign(settings, missing, without, anew=new_round)
        try:
            with (
                open_draft(settings) as draft,
                assemble(settings, draft, closer, Order(as_of, title), draft.folder) as files,
            ):
                on_step("Comparing")
                result = Preview(
                    digest=files.digest,
                    title=files.files[0].edition.title,
                    kind=terms.origin.kind,
                    base=terms.base,
                    as_of=as_of,
                    held=_held_back(settings),
                    left_out=_left_out(settings),
                    missing=missing,
                    faces=tuple(_face(settings, terms, file) for file in files.files),
                )
                result = replace(result, asked=_open_round(settings, result, files, anew=new_round))
        except NothingDue as nothing:
            if closed := close_published(settings):
                raise NothingDue(f"{nothing} {closed}") from nothing
            raise
        write_note(settings, result.digest, as_of, result.asked.name if result.asked else "")
    return result


def _check_can_sign(
    settings: Settings, missing: Sequence[Missing], without: Sequence[str], *, anew: bool
) -> None:
    """Refuse a preview that would ask partners for what is not whole, or that can ask nobody.

    Two rounds of the same months give away what came in between to about ``signoff.STEP``, and
    where that was a whole partner, how many records it has.

    Raises:
        OperatorError: If an awaited partner is missing whom nobody named, or nobody is asked.
    """
    if read_rule(settings).is_required:
        require_reports(missing, without)
    elif anew:
        raise OperatorError("No partner is asked to sign; see `signoff rule`.")
    elif without:
        raise OperatorError("A preview names who is missing; --without belongs to publishing.")


def _open_round(
    settings: Settings, previewed: Preview, files: AssembledFiles, *, anew: bool
) -> OpenedRound | None:
    """The round in which partners sign it, opened or kept; None where nobody is asked."""
    rule = read_rule(settings)
    if not rule.is_required:
        close_round(settings)
        return None
    now, last = rounds.now_utc(), max(file.edition.last_month for file in files.files)
    asked = Round(
        id=secrets.token_hex(8),
        digest=previewed.digest,
        title=previewed.title,
        kind=previewed.kind,
        as_of=previewed.as_of.isoformat(),
        opened=now.strftime(TIME),
        ends=(now.date() + timedelta(days=rule.days)).isoformat(),
        partners=partners_in(settings, last),
        quorum=rule.quorum,
        silence=rule.silence,
        faces=tuple(
            _round_face(settings, face, file)
            for face, file in zip(previewed.faces, files.files, strict=True)
        ),
    )
    return open_or_keep_round(settings, asked, before=last_round(settings), anew=anew)


def _round_face(settings: Settings, face: Face, finished: FinishedFile) -> dict[str, Any]:
    """What partners are shown of a file, in both languages of words."""
    folder = public_folder(settings) if finished.edition.is_public else settings.releases
    before = release_path(folder, face.before) if face.before else None
    return {
        "audience": face.audience,
        "first_month": face.first_month,
        "last_month": face.last_month,
        "before": face.before or "",
        "told": {
            ENGLISH: round_content(face.differences),
            LOCAL: round_content(compare(finished.path, before, LOCAL)),
        },
    }


def _face(settings: Settings, terms: Terms, finished: FinishedFile) -> Face:
    """What a file shows, compared with the release that its audience sees now."""
    edition, bases = finished.edition, terms.bases(finished.edition.audience)
    folder = public_folder(settings) if edition.is_public else settings.releases
    current = pointed_to(folder)
    newest = newest_readable(folder, current, offered=True) if current else None
    path = release_path(folder, newest) if newest else None
    outdated = path is not None and not follows_contract(path)
    closings = tuple(_closing(report, bases[report.fact]) for report in finished.closed)
    return Face(
        edition.audience,
        str(edition.first_month),
        str(edition.last_month),
        finished.checks,
        closings,
        compare(finished.path, None if outdated else path),
        None if outdated else newest,
        damaged=newest != current,
        outdated=outdated,
    )


def _closing(report: FactReport, base: int) -> Closing:
    """What would be closed of a fact; of what waits only whether it reaches the base."""
    closed = fact(report.fact)
    waits = report.late + report.few >= base
    return Closing(closed.label, closed.unit, report.closed, report.units, base, waits)


def _held_back(settings: Settings) -> HeldBack:
    """Rows of all loads that were held back; files are counted only where rows are many."""
    with with_register(settings) as connection:
        row = connection.execute(
            """SELECT count(*) FILTER (held > 0), coalesce(sum(held), 0) >= ?
            FROM register.load""",
            [BASE],
        ).fetchone()
    files, many = cast("tuple[int, bool]", row)
    return HeldBack(files if many else 0, many)


def _left_out(settings: Settings) -> tuple[LeftOut, ...]:
    """Rows that were refused while the others of their file loaded, by source."""
    with with_register(settings) as connection:
        return rows_left_out(connection, "register")
