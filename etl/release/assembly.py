"""Assembly: close what is due on a draft and build the files of an edition from it.

Nothing a reader sees is touched here: a file is finished beside its final name, and sealing and
switching it is the business of whoever publishes. A preview assembles the same files and throws
them away.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from dashboard.model.edition import Audience, Edition
from dashboard.model.facts import FACTS, MONTHLY_FACTS
from dashboard.model.periods import Month, Span
from dashboard.model.protection import is_protected
from dashboard.model.release import CONTRACT_VERSION, PUBLIC_FOLDER
from etl.protect import ledger
from etl.protect.due_blocks import FactReport
from etl.register import clock
from etl.register.connections import attach
from etl.release.closing.draft import Draft
from etl.release.closing.months import Closer, closes_on, last_closed_month
from etl.release.closing.workbench import with_member_events, with_public_events
from etl.release.contents.build import build_release, stored_span
from etl.release.contents.checks import Requirements, run_checks
from etl.release.contents.context import Context, EditionContext, is_changed, read_context
from etl.release.contents.coverage import Band, bands_to_publish, counted_bands, released_bands
from etl.release.contents.echoes import Filling, fill_echoes
from etl.release.contents.geography import Geography, require_home
from etl.release.contents.labels import registry_digest
from etl.release.contents.partner_share import (
    Reports,
    ShareRow,
    read_reports,
    released_shares,
    share_rows,
)
from etl.release.contents.reporting import (
    DeclaredAreas,
    Reported,
    by_district,
    counted_reporting,
    declared_areas,
    released_reporting,
    reporting_rows,
    reporting_to_publish,
)
from etl.release.contents.series import (
    DATED,
    SeriesRow,
    carried_rows,
    own_rows,
    pseudo_rows,
    published_sums,
    read_lateness,
    released_series,
    released_sums,
    scaled_rows,
)
from etl.release.contents.stored_echoes import but_last, read_stored, store_echoes
from etl.release.digest import content_digest
from etl.release.files import (
    building_path,
    follows_contract,
    is_readable,
    make_folder,
    new_release_id,
    newest_readable,
    pointed_to,
    public_folder,
    release_ids,
    release_path,
)
from etl.settings import OperatorError, Settings


class NothingDue(OperatorError):  # noqa: N818 - a state of the store, told as a sentence
    """Everything that is closed is published already."""


@dataclass(frozen=True)
class Order:
    """How an operator wants the edition.

    Attributes:
        as_of: Day on which months are judged closed.
        title: Title of the edition, or None for one that names its last month.
        approved_by: Who cleared it, or None.
        signed: How many partners signed it, in a band that members alone see, or "".
    """

    as_of: date
    title: str | None = None
    approved_by: str | None = None
    signed: str = ""


@dataclass(frozen=True)
class FinishedFile:
    """A release file that passed its checks and is not sealed yet.

    Attributes:
        edition: What it says about itself.
        path: Where it lies.
        closed: What closing did for its audience, one report a fact.
        checks: Number of checks that it passed.
        made_whole: Labels of the facts whose echoes were made from their first month on, since
            what was kept of them is missing, damaged or of another version.
    """

    edition: Edition
    path: Path
    closed: tuple[FactReport, ...]
    checks: int
    made_whole: tuple[str, ...]


@dataclass(frozen=True)
class AssembledFiles:
    """The files of an edition.

    Attributes:
        members: The members' file; None when only the public's was missing.
        public: The public's file; None where none is wanted.
    """

    members: FinishedFile | None
    public: FinishedFile | None

    @property
    def files(self) -> tuple[FinishedFile, ...]:
        """The files that there are, the members' first."""
        return tuple(file for file in (self.members, self.public) if file is not None)

    @property
    def digest(self) -> str:
        """Digest of what readers would see."""
        return content_digest(file.path for file in self.files)


@contextmanager
def assemble(
    settings: Settings, draft: Draft, closer: Closer, order: Order, folder: Path
) -> Generator[AssembledFiles]:
    """Close due blocks on a draft and build the files of an edition in a folder.

    Files that were not sealed by the end of the block are removed.

    Raises:
        OperatorError: If nothing is due, or too few events are.
        RuntimeError: If a file breaks its contract.
    """
    assembly = _Assembly(settings, draft, closer, order, folder)
    try:
        members = assembly.members()
        files = AssembledFiles(members, assembly.public(members))
        if not files.files:
            raise NothingDue("No month is due: the public's units are still too few.")
        yield files
    finally:
        for path in assembly.begun:
            path.unlink(missing_ok=True)
            Path(f"{path}.wal").unlink(missing_ok=True)


class _Assembly:
    """The state of an assembly, whose ``begun`` are the paths of files that it started to write."""

    def __init__(
        self, settings: Settings, draft: Draft, closer: Closer, order: Order, folder: Path
    ) -> None:
        self._settings = settings
        self._draft = draft
        self._closer = closer
        self._order = order
        self._folder = folder
        self._last = last_closed_month(order.as_of)
        self._newest = next(reversed(release_ids(settings.releases)), None)
        require_home(closer.geography, settings.home)
        self._context = Context({}, settings.home)
        self._declared = DeclaredAreas({}, frozenset())
        self.begun: list[Path] = []

    def members(self) -> FinishedFile | None:
        """The members' file, or None when only the public's is missing."""
        closer = self._closer
        closer.report("Reading the register")
        with with_member_events(self._settings, self._draft, closer.geography) as connection:
            self._read_context(connection)
            due = closer.due(connection, self._last)
            is_behind = ledger.block_count(connection) > ledger.released_block_count(connection)
            if not due and not is_behind and not self._is_owed(connection):
                if self._public_is_missing():
                    return None
                raise NothingDue(
                    f"No month is due: every block to {self._last} is published, and no note, "
                    "population, target, capacity, outline or declared area has changed."
                )
            reports = closer.close(connection, due, "member")
            span = stored_span(connection)
            if span is None:
                raise OperatorError(
                    "Every closed month has too few events to be protected; nothing can be "
                    "published yet."
                )
            if span.end > self._last:
                raise OperatorError(
                    f"Months to {span.end} are closed already; give --as-of {closes_on(span.end)} "
                    "or a later day."
                )
            edition = self._edition("member", span, None)
            closer.report("Building the release")
            series, shares = self._series_and_shares(connection, span)
            context = replace(
                self._context_of(edition, closer.geography),
                coverage=self._coverage(connection, span),
                reporting=reporting_rows(self._reporting(connection, span), span),
                series=series,
                shares=shares,
            )
            return self._build(connection, edition, closer.geography, context, reports)

    def public(self, members: FinishedFile | None) -> FinishedFile | None:
        """The public's file, made from the members' units; None where none can or shall be."""
        closer = self._closer
        if not closer.terms.public:
            return None
        closer.report("Closing for the public")
        with with_public_events(self._settings, self._draft, closer.geography) as connection:
            reports = closer.close(connection, closer.due(connection, self._last), "public")
            span = stored_span(connection)
            if span is None:
                return None
            edition = self._edition("public", span, members)
            source = members.path if members else self._newest_path()
            days = {month.first_day for month in span}
            reported = by_district(released_reporting(source), closer.geography)
            context = replace(
                self._context_of(edition, closer.geography.public),
                coverage=[band for band in released_bands(source) if band[0] in days],
                reporting=reporting_rows(reported, span),
                series=self._public_series(connection, span, source),
                shares=[share for share in released_shares(source) if share[1] in days],
            )
            closer.report("Building the public release")
            return self._build(connection, edition, closer.geography.public, context, reports)

    def _public_is_missing(self) -> bool:
        """Whether readers see the newest release and the public has none of it."""
        return (
            self._closer.terms.public
            and self._newest is not None
            and self._newest == pointed_to(self._settings.releases)
            and self._newest not in release_ids(public_folder(self._settings))
        )

    def _is_owed(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Whether another release of the same months is owed.

        That is so where the newest of an audience cannot be read, was made by another version, or
        has other notes, populations or reporting than the store holds now.
        """
        return any(
            not is_readable(path)
            or not follows_contract(path)
            or is_changed(path, self._context, geography)
            for path, geography in self._newest_files()
        ) or self._reports_otherwise(connection)

    def _reports_otherwise(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Whether the newest release has other areas and months of reporting than now."""
        if self._newest is None:
            return False
        path, span = self._newest_path(), stored_span(connection)
        return span is not None and released_reporting(path) != self._reporting(connection, span)

    def _newest_files(self) -> list[tuple[Path, Geography]]:
        """The newest release of each audience, and the places that the audience may see."""
        folders = [(self._settings.releases, self._closer.geography)]
        if self._closer.terms.public:
            folders.append((public_folder(self._settings), self._closer.geography.public))
        return [
            (release_path(folder, newest), geography)
            for folder, geography in folders
            for newest in release_ids(folder)[-1:]
        ]

    def _read_context(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read what stands beside the units, so that its faults are found before a block closes."""
        rows = connection.execute("SELECT DISTINCT partner FROM register.load").fetchall()
        partners = [str(name) for (name,) in rows]
        self._context = read_context(self._settings, self._closer.geography, partners)
        self._declared = declared_areas(connection, self._settings, self._closer.geography)

    def _newest_path(self) -> Path:
        """Path of the members' newest release, of which there must be one."""
        assert self._newest is not None  # noqa: S101 - asked only when nothing else is missing
        return release_path(self._settings.releases, self._newest)

    def _edition(self, audience: Audience, span: Span, members: FinishedFile | None) -> Edition:
        """What a file says about itself; that of the public bears the id of the members'."""
        terms, order = self._closer.terms, self._order
        built_at = clock.moment(self._settings)
        if audience == "member":
            release_id = new_release_id(span.end, built_at, self._newest)
        else:
            release_id = members.edition.release_id if members else self._newest_path().stem
        return Edition(
            release_id=release_id,
            contract_version=CONTRACT_VERSION,
            kind=terms.origin.kind,
            audience=audience,
            title=order.title or f"Edition of {span.end.first_day:%B %Y}",
            source_note=terms.origin.note,
            first_month=span.start,
            last_month=span.end,
            as_of=order.as_of,
            built_at=built_at,
            approved_by=order.approved_by or "",
            registry_digest=registry_digest(),
            signed=order.signed if audience == "member" else "",
        )

    def _context_of(self, edition: Edition, geography: Geography) -> EditionContext:
        """What an edition holds beside its units, without what is counted."""
        return self._context.of(edition.audience, edition.span, geography, edition.kind)

    def _coverage(self, connection: duckdb.DuckDBPyConnection, span: Span) -> list[Band]:
        """Bands of coverage for the members' edition."""
        before = self._release_before()
        released = released_bands(before) if before else []
        return bands_to_publish(counted_bands(connection, span), released, self._closer.after)

    def _reporting(self, connection: duckdb.DuckDBPyConnection, span: Span) -> Reported:
        """Areas and months of reporting for the members' edition."""
        current = counted_reporting(connection, span, self._declared)
        before = self._release_before()
        released = released_reporting(before) if before else current
        return reporting_to_publish(current, released, self._closer.after)

    def _release_before(self) -> Path | None:
        """The members' newest readable release, if records of months that it shows may be gone."""
        releases = self._settings.releases
        before = newest_readable(releases) if self._closer.after else None
        return release_path(releases, before) if before else None

    def _series_and_shares(
        self, connection: duckdb.DuckDBPyConnection, span: Span
    ) -> tuple[list[SeriesRow], list[ShareRow]]:
        """By what readers recognise changes of reporting alone: rows of the members' edition.

        Rows of the edition before are carried over; published sources have neither partners nor
        records that come late.
        """
        origin = self._closer.terms.origin
        if origin.kind == "published" or origin.counts_voyages:
            return [], []
        bases = self._closer.terms.bases("member")
        reports = {
            fact.id: read_reports(connection, fact.id, span.end, self._closer.after)
            for fact in MONTHLY_FACTS
        }
        before = _newest_of_version(self._settings.releases)
        shares = share_rows(reports, bases, span, released_shares(before) if before else ())
        sums = published_sums(connection, "units")
        earlier = (
            released_series(before)
            if before
            else self._first_series(connection, reports, sums, span.end)
        )
        return carried_rows(own_rows(sums, span), earlier, span.end), shares

    def _first_series(
        self,
        connection: duckdb.DuckDBPyConnection,
        reports: Mapping[str, Reports],
        sums: Mapping[str, Mapping[Month, int]],
        last: Month,
    ) -> list[SeriesRow]:
        """What members' editions before the first would have shown of each month.

        From it readers of the first edition see how complete a young month is. It follows from when
        records were reported; months of which too few say that, or too few partners, have no row.

        Args:
            connection: Has the events.
            reports: Who reported what of each month, by fact.
            sums: Number that the first edition shows of each month, by fact.
            last: Its last month.
        """
        bases = self._closer.terms.bases("member")
        return [
            row
            for fact in DATED
            for row in pseudo_rows(
                fact.id,
                read_lateness(connection, fact.id, reports[fact.id], bases[fact.id]),
                sums[fact.id],
                last,
            )
        ]

    def _public_series(
        self, connection: duckdb.DuckDBPyConnection, span: Span, members_file: Path
    ) -> list[SeriesRow]:
        """Rows of editions for the public; before their first, scaled from the members'."""
        sums = published_sums(connection, "units")
        before = _newest_of_version(public_folder(self._settings))
        if before:
            earlier = released_series(before)
        else:
            members = released_sums(members_file)
            earlier = scaled_rows(released_series(members_file), members, sums, span.end)
        return carried_rows(own_rows(sums, span), earlier, span.end)

    def _build(
        self,
        connection: duckdb.DuckDBPyConnection,
        edition: Edition,
        geography: Geography,
        context: EditionContext,
        closed: tuple[FactReport, ...],
    ) -> FinishedFile:
        """Write a release file and make sure that it keeps what it promises.

        Args:
            connection: Has the events and the stored units of the audience.
            edition: What the file says about itself.
            geography: The places that the audience may see.
            context: What it holds beside its units.
            closed: What closing did for the audience.
        """
        folder = self._folder if edition.audience == "member" else self._folder / PUBLIC_FOLDER
        make_folder(folder)
        path = building_path(folder, edition.release_id)
        self.begun.append(path)
        terms = self._closer.terms
        bases = terms.bases(edition.audience)
        attach(connection, path, "release", write=True)
        build_release(connection, edition, bases, geography, context)
        stored, echoes = read_stored(connection), Filling({}, ())
        if is_protected(terms.base):
            self._closer.report("Protecting the release once more")
            echoes = fill_echoes(connection, stored)
        kept_echoes = but_last(echoes.stored_echoes)
        required = Requirements(edition.audience, bases, stored_echoes=kept_echoes)
        checks = run_checks(connection, required)
        failed = [f"{check.name}: {check.finding}" for check in checks if not check.passed]
        if failed:
            raise RuntimeError(f"the release breaks its contract: {'; '.join(failed)}")
        store_echoes(connection, echoes.stored_echoes)
        connection.execute("CHECKPOINT release")
        connection.execute("DETACH release")
        are_lost = not stored and ledger.released_block_count(connection) > 0
        facts = {fact for fact, _ in echoes.stored_echoes}
        made_whole = facts if are_lost else {fact.id for fact in echoes.spoilt}
        labels = tuple(fact.label for fact in FACTS if fact.id in made_whole)
        return FinishedFile(edition, path, closed, len(checks), labels)


def _newest_of_version(folder: Path) -> Path | None:
    """The newest readable release of a folder, if it is of this version."""
    newest = newest_readable(folder)
    path = release_path(folder, newest) if newest else None
    return path if path and follows_contract(path) else None
