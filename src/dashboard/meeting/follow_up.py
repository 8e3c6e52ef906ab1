"""Follow-up: a decision's figure then and now, and what can be said of the two.

Then is what was kept, as long as its edition is there; now is asked of the edition that the reader
sees. An answer that fails is logged and is "cannot say", never the failure of a page.
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
from dashboard.meeting.figure import Figure, answer_in, base_in, counted, months_in, moved_on
from dashboard.meeting.stored_answer import StoredAnswer
from dashboard.model.edition import Edition
from dashboard.model.languages import Language
from dashboard.model.periods import Span
from dashboard.release.folder import Releases
from dashboard.release.once import Latest
from dashboard.release.open_release import Release

_Made = TypeVar("_Made")
_log = logging.getLogger(__name__)
#: Answers of now, which every reader of the log asks for; and when one failed, in seconds.
_NOW: Latest[StoredAnswer] = Latest(most=300)
_FAILED: Latest[float] = Latest(most=300)
#: Seconds after which what failed is asked again.
_AGAIN = 60.0


@dataclass(frozen=True)
class Seen:
    """What a reader sees of the folder of releases, looked up once a page.

    Attributes:
        releases: What the reader may open.
        release: The newest edition.
        editions: The editions of such readers that are there, by id.
    """

    releases: Releases
    release: Release
    editions: Mapping[str, Edition]


@dataclass(frozen=True)
class FollowUp:
    """A decision's figure then and now.

    Attributes:
        then: What it answered then; None where that edition is there no more, or it is not read.
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


def seen_by(reader: Reader, every: Releases) -> Seen:
    """What a reader sees of the whole folder of releases.

    Raises:
        NoRelease: If there is no release at all.
    """
    releases, audiences = reader.releases(every), reader.role.audiences
    editions = {
        edition.release_id: edition for edition in every.editions() if edition.audience in audiences
    }
    return Seen(releases, releases.current(), editions)


def followed(accounts: Accounts, decision: Decision, lang: Language, seen: Seen) -> FollowUp:
    """What can be said of a decision.

    Args:
        accounts: Where it is kept.
        decision: The decision.
        lang: The reader's language.
        seen: What the reader sees.
    """
    release, figure = seen.release, decision.figure
    is_known = figure.exhibit in {entry.id for entry in definitions()}
    if decision.follows and is_known:
        moved = _tried(figure, lambda: moved_on(figure, decision.months.months, release))
        figure = moved or figure
    edition = seen.editions.get(decision.release)
    if edition is None:
        return FollowUp(None, None, None, figure, release, Comparison("gone"))
    then = _tried(figure, lambda: _whole(decisions.stored_answer(accounts, decision, lang)))
    if then and release.id == decision.release:
        return FollowUp(then, edition, None, figure, release, Comparison("same"))
    met = None
    if then and is_known:
        met = _tried(figure, lambda: _met(decision, figure, then, edition, lang, seen))
    now, judgement = met or (None, Comparison("unanswered"))
    return FollowUp(then, edition, now, figure, release, judgement)


def _met(
    decision: Decision,
    figure: Figure,
    then: StoredAnswer,
    edition: Edition,
    lang: Language,
    seen: Seen,
) -> tuple[StoredAnswer, Comparison] | None:
    """What a figure answers now and what can be said; None where it does not answer."""
    months = months_in(figure, seen.release)
    now = _now(figure, lang, seen) if months else None
    if now is None or months is None:
        return None
    is_published = definition(figure.exhibit).published
    held = decision.months if is_published else Span(edition.first_month, edition.last_month)
    before = counted(figure, decision.months, held)
    if figure.has_period and not decision.follows and before != months:
        return now, Comparison("length")
    lengths = lengths_of(before), lengths_of(months)
    base = base_in(figure, seen.release)
    return now, compare_answers(then, now, months=lengths, base=base)


def _now(figure: Figure, lang: Language, seen: Seen) -> StoredAnswer | None:
    """What a figure answers now; None where that failed, a moment ago too."""
    entry = definition(figure.exhibit)
    source = entry.answered_by(seen.release)
    asked = figure, lang, entry.depends_on(seen.release)
    if known := _NOW.get(source, asked):
        return known
    failed = _FAILED.get(source, asked)
    if failed is not None and time.monotonic() - failed < _AGAIN:
        return None
    told = _tried(
        figure, lambda: _whole(StoredAnswer(answer_in(figure, seen.release, lang, seen.releases)))
    )
    if told is None:
        _FAILED.store(source, asked, time.monotonic())
        return None
    _NOW.store(source, asked, told)
    return told


def _whole(answer: StoredAnswer | None) -> StoredAnswer | None:
    """An answer of which a page can show its words; an error where they are not there."""
    return answer if answer and answer.title and answer.subtitle else None


def _tried(figure: Figure, make: Callable[[], _Made | None]) -> _Made | None:
    """What is made; None where it fails, which is logged: one decision is never the whole page."""
    try:
        return make()
    except Exception:  # noqa: BLE001 -- logged; the page says that nothing can be said
        reference = secrets.token_hex(4)
        _log.exception("exhibit %s failed, reference %s", figure.exhibit, reference)
        return None
