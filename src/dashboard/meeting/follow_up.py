"""Follow-up: a decision's figure then and now, and what can be said of the two.

Then is what was kept, as long as its edition is there; now is asked of the edition that the reader
sees. An answer that fails is logged and is "cannot say", never the failure of a page.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from dashboard.access.desk import Desk
from dashboard.access.reader import Reader
from dashboard.exhibits.registry import definition, definitions
from dashboard.meeting import decisions
from dashboard.meeting.decisions import Decision
from dashboard.meeting.figure import Figure, base_in, months_in, moved_on, told_in
from dashboard.meeting.judgement import Judgement, judged
from dashboard.meeting.told import Told
from dashboard.model.edition import Edition
from dashboard.model.languages import Language
from dashboard.release.folder import Releases
from dashboard.release.once import Latest
from dashboard.release.open_release import Release

_log = logging.getLogger(__name__)
#: Answers of now, which every reader of the log asks for.
_NOW: Latest[Told] = Latest(most=300)


@dataclass(frozen=True)
class FollowUp:
    """A decision's figure then and now.

    Attributes:
        then: What it answered then; None where that edition is there no more.
        edition: The edition of then, None where it is there no more.
        now: What it answers now; None where it does not, or there is nothing newer.
        figure: The question of now.
        release: The edition of now.
        judgement: What can be said.
    """

    then: Told | None
    edition: Edition | None
    now: Told | None
    figure: Figure
    release: Release
    judgement: Judgement


def followed(
    desk: Desk, decision: Decision, lang: Language, reader: Reader, every: Releases
) -> FollowUp:
    """What can be said of a decision.

    Args:
        desk: Where it is kept.
        decision: The decision.
        lang: The reader's language.
        reader: Who asks.
        every: The whole folder of releases.

    Raises:
        NoRelease: If there is no release at all.
    """
    releases = reader.releases(every)
    release = releases.current()
    edition = edition_of(decision, reader, every)
    figure = moved_on(decision.figure, release) if decision.follows else decision.figure
    if edition is None:
        return FollowUp(None, None, None, figure, release, Judgement("gone"))
    then = decisions.told(desk, decision, lang)
    if release.id == decision.release:
        return FollowUp(then, edition, None, figure, release, Judgement("same"))
    now = _now(figure, release, lang, releases) if _is_known(decision) else None
    months = months_in(figure, release) if now else None
    if now is None or months is None:
        return FollowUp(then, edition, None, figure, release, Judgement("unanswered"))
    spans = decision.months.months, months.months
    judgement = judged(then, now, months=spans, base=base_in(figure, release))
    return FollowUp(then, edition, now, figure, release, judgement)


def edition_of(decision: Decision, reader: Reader, every: Releases) -> Edition | None:
    """The edition in which it was decided, where it is there and for such readers."""
    return next(
        (
            edition
            for edition in every.editions()
            if edition.release_id == decision.release and edition.audience in reader.role.audiences
        ),
        None,
    )


def _is_known(decision: Decision) -> bool:
    return decision.figure.exhibit in {entry.id for entry in definitions()}


def _now(figure: Figure, release: Release, lang: Language, releases: Releases) -> Told | None:
    asked, source = (figure, lang), definition(figure.exhibit).answered_by(release)
    if known := _NOW.get(source, asked):
        return known
    try:
        told = Told(told_in(figure, release, lang, releases))
    except Exception:  # noqa: BLE001 -- logged; the page says that nothing can be said
        reference = secrets.token_hex(4)
        _log.exception("exhibit %s failed, reference %s", figure.exhibit, reference)
        return None
    _NOW.keep(source, asked, told)
    return told
