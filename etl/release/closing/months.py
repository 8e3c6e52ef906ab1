"""Months: when one may be published, and the making of its blocks on a draft.

Which blocks are due and how they are made belongs to ``etl.protect``. Closing builds no release:
the units wait in the store until one is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import duckdb

from dashboard.model.edition import Audience
from dashboard.model.periods import Month
from dashboard.model.protection import DAYS_TO_CLOSE
from etl.progress import OnStep
from etl.protect.chance import Chance
from etl.protect.coding import Parents
from etl.protect.due_blocks import Due, FactReport, close_due, due_blocks
from etl.register import decisions
from etl.register.access import locked, transaction
from etl.release.closing.draft import open_draft
from etl.release.closing.terms import Terms, declare, read_terms
from etl.release.closing.workbench import with_member_events
from etl.release.contents.geography import Geography, read_geography
from etl.release.missing_reports import missing_reports, require_reports
from etl.release.recovery import recover
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings


@dataclass(frozen=True)
class Closer:
    """Makes the due blocks of an audience on the connection of a workbench.

    Attributes:
        terms: What the store publishes on.
        chance: Source of every draw.
        geography: Places and the areas above them.
        after: Retention horizon, or None.
        report: Called with the name of every step.
    """

    terms: Terms
    chance: Chance
    geography: Geography
    after: Month | None
    report: OnStep

    @cached_property
    def parents(self) -> Parents:
        """The areas above places as blocks are made with them."""
        return Parents(self.geography.areas)

    def due(self, connection: duckdb.DuckDBPyConnection, last_closed: Month) -> tuple[Due, ...]:
        """Blocks that are due once all months up to one are closed."""
        return due_blocks(connection, last_closed, after=self.after)

    def close(
        self, connection: duckdb.DuckDBPyConnection, due: tuple[Due, ...], audience: Audience
    ) -> tuple[FactReport, ...]:
        """Make and store the units of due blocks, all of them or none."""
        with transaction(connection):
            return close_due(
                connection,
                due,
                base=self.terms.base,
                audience=audience,
                chance=self.chance,
                parents=self.parents,
                on_step=self.report,
                after=self.after,
            )


def last_closed_month(as_of: date) -> Month:
    """The last month that is closed on a day.

    >>> str(last_closed_month(date(2026, 11, 14))), str(last_closed_month(date(2026, 11, 15)))
    ('2026-09', '2026-10')
    """
    last_end = as_of - timedelta(days=DAYS_TO_CLOSE)
    month = Month.of(last_end)
    ended = (last_end + timedelta(days=1)).day == 1
    return month if ended else month.plus(-1)


def closes_on(month: Month) -> date:
    """The first day on which a month is closed.

    >>> str(closes_on(Month(2026, 10)))
    '2026-11-15'
    """
    return month.plus(1).first_day + timedelta(days=DAYS_TO_CLOSE - 1)


def open_closer(settings: Settings, terms: Terms, on_step: OnStep) -> Closer:
    """What closes the blocks of a store; reads the secrets, the gazetteer and the horizon.

    Raises:
        OperatorError: If a secret is missing or changed.
    """
    chance = Chance(open_secrets(settings).protection)
    on_step("Opening the gazetteer")
    after = decisions.read(settings).horizon
    return Closer(terms, chance, read_geography(settings), after, on_step)


def close_months(
    settings: Settings,
    month: Month,
    *,
    as_of: date,
    without: Sequence[str] = (),
    on_step: OnStep,
) -> tuple[FactReport, ...]:
    """Make the units of every due block up to a month and build no release.

    Args:
        settings: Paths of the store.
        month: Last month to close.
        as_of: Day on which it is judged whether the month may close.
        without: Partners or sources, awaited each month, without which is closed.
        on_step: Called with the name of every step.

    Raises:
        OperatorError: If the month is not over long enough, nothing is due, the store cannot
            publish, or an awaited source is missing.
    """
    if month > last_closed_month(as_of):
        raise OperatorError(
            f"{month} closes on {closes_on(month)}, {DAYS_TO_CLOSE} days after its end."
        )
    with locked(settings):
        terms = read_terms(settings, base=None, public=None)
        closer = open_closer(settings, terms, on_step)
        require_reports(missing_reports(settings, month), without)
        recover(settings)
        with open_draft(settings) as draft:
            on_step("Reading the register")
            with with_member_events(settings, draft, closer.geography) as connection:
                due = closer.due(connection, month)
                if not due:
                    raise OperatorError(f"Nothing is due: every block to {month} is closed.")
                reports = closer.close(connection, due, "member")
            draft.commit()
        declare(settings, terms)
    return reports
