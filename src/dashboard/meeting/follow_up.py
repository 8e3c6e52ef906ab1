"""Follow-up: a decision's figure then and now, and what can be said of the two.

"Then" is the answer that was stored, as long as its edition is there; "now" is asked of the edition
that the reader sees. An answer that fails is logged and is "cannot say": it never fails the page.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from dashboard.access.accounts import Accounts
from dashboard.access.reader import Reader
from dashboard.exhibits.registry import definition, definitions
from dashboard.meeting import decisions
from dashboard.meeting.comparison import Comparison, compare_answers, lengths_of
from dashboard.meeting.decisions import Decision
from dashboard.meeting.figure import Figure, answer_in, base_in, counted_months, months_in, moved_on
from dashboard.meeting.stored_answer import StoredAnswer
from dashboard.model.edition import Edition
from dashboard.model.languages import Language
from dashboard.model.periods import Span
from dashboard.release.cached import Latest
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release

_Answer = TypeVar("_Answer")
_log = logging.getLogger(__name__)
#: Answers of now, which every reader of the log asks for; and when one failed, by the monotonic
#: clock.
_NOW: Latest[StoredAnswer] = Latest(most=300)
_FAILED: Latest[float] = Latest(most=300)
#: Seconds after which what failed is asked again.
_AGAIN = 60.0


@dataclass(frozen=True)
class VisibleReleases:
    """The releases that a reader may see, looked up once a page.

    Attributes:
        releases: What the reader may open.
        release: The newest edition.
        editions: Every edition for the audiences of the reader, by id.
    """

    releases: Releases
    release: Release
    editions: Mapping[str, Edition]


@dataclass(frozen=True)
class FollowUp:
    """A decision's figure then and now.

    Attributes:
        then: What it answered then; None where that edition is gone, or the answer is unreadable.
        edition: The edition of then, None where it is there no more.
        now: What it answers now; None where it does not, or there is nothing newer.
        figure: The question of now.
        release: The edition of now.
        judgement: What can be said.
    """

    then: StoredAnswer | None
    edition: Edition | None
    now: StoredAnswer | None
    figure: Figure
    release: Release
    judgement: Comparison


def visible_releases(reader: Reader, whole: Releases) -> VisibleReleases:
    """The releases of a whole folder that a reader may see.

    Raises:
        NoRelease: If there is no release at all.
    """
    releases, audiences = reader.releases(whole), reader.role.audiences
    editions = {
        edition.release_id: edition for edition in whole.editions() if edition.audience in audiences
    }
    return VisibleReleases(releases, releases.current(), editions)


def follow_up(
    accounts: Accounts, decision: Decision, lang: Language, visible: VisibleReleases
) -> FollowUp:
    """Compare what a decision's figure answered then with what it answers now.

    Args:
        accounts: Where the decision is kept.
        decision: The decision.
        lang: The reader's language.
        visible: The releases that the reader may see.
    """
    release, figure = visible.release, decision.figure
    is_known = figure.exhibit in {entry.id for entry in definitions()}
    if decision.follows and is_known:
        moved = _or_none(figure, lambda: moved_on(figure, decision.months.months, release))
        figure = moved or figure
    edition = visible.editions.get(decision.release)
    if edition is None:
        return FollowUp(None, None, None, figure, release, Comparison("gone"))
    then = _or_none(figure, lambda: _checked(decisions.stored_answer(accounts, decision, lang)))
    if then and release.id == decision.release:
        return FollowUp(then, edition, None, figure, release, Comparison("same"))
    result = None
    if then and is_known:
        result = _or_none(figure, lambda: _compare(decision, figure, then, edition, lang, visible))
    now, judgement = result or (None, Comparison("unanswered"))
    return FollowUp(then, edition, now, figure, release, judgement)


def _compare(
    decision: Decision,
    figure: Figure,
    then: StoredAnswer,
    edition: Edition,
    lang: Language,
    visible: VisibleReleases,
) -> tuple[StoredAnswer, Comparison] | None:
    """The answer of now, and its comparison with that of then; None where it does not answer."""
    months_now = months_in(figure, visible.release)
    now = _now(figure, lang, visible) if months_now else None
    if now is None or months_now is None:
        return None
    is_published = definition(figure.exhibit).published
    span = decision.months if is_published else Span(edition.first_month, edition.last_month)
    months_then = counted_months(figure, decision.months, span)
    if figure.has_period and not decision.follows and months_then != months_now:
        return now, Comparison("length")
    lengths = lengths_of(months_then), lengths_of(months_now)
    base = base_in(figure, visible.release)
    return now, compare_answers(then, now, months=lengths, base=base)


def _now(figure: Figure, lang: Language, visible: VisibleReleases) -> StoredAnswer | None:
    """What a figure answers now; None where that fails, or failed less than a minute ago."""
    entry = definition(figure.exhibit)
    source = entry.answered_by(visible.release)
    key = figure, lang, entry.depends_on(visible.release)
    if answer := _NOW.get(source, key):
        return answer
    failed = _FAILED.get(source, key)
    if failed is not None and time.monotonic() - failed < _AGAIN:
        return None
    answer = _or_none(
        figure,
        lambda: _checked(StoredAnswer(answer_in(figure, visible.release, lang, visible.releases))),
    )
    if answer is None:
        _FAILED.store(source, key, time.monotonic())
        return None
    _NOW.store(source, key, answer)
    return answer


def _checked(answer: StoredAnswer | None) -> StoredAnswer | None:
    """An answer whose title and subtitle can be read; None for an empty one, else KeyError."""
    return answer if answer and answer.title and answer.subtitle else None


def _or_none(figure: Figure, make: Callable[[], _Answer | None]) -> _Answer | None:
    """What ``make`` returns; None where it fails, which is logged: the page shows the others."""
    try:
        return make()
    except Exception:  # noqa: BLE001 -- logged; the page says that nothing can be said
        reference = secrets.token_hex(4)
        _log.exception("exhibit %s failed, reference %s", figure.exhibit, reference)
        return None
