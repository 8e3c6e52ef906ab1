"""The finding above the page: how partners reported and which fields are filled in least."""

from __future__ import annotations

from dashboard import queries
from dashboard.exhibits.quality.completeness import fields_by_completeness
from dashboard.exhibits.quality.coverage import band_of, fewest, fewest_kind, month_of
from dashboard.exhibits.question import Question
from dashboard.model.facts import PEOPLE
from dashboard.words import numbers
from dashboard.words.catalogue import in_sentence, say


def headline(question: Question) -> str:
    """How partners reported, above the page."""
    lang = question.lang
    reported = queries.coverage(question.release, question.period)
    if not reported:
        return say("quality.headline_outside", lang)
    values = {
        "band": band_of(question, fewest(reported)),
        "month": month_of(question, fewest(reported)),
    }
    bands = {band for _, band in reported}
    kind = "month" if len(reported) == 1 else "same" if len(bands) == 1 else fewest_kind(reported)
    return say(f"quality.headline_{kind}", lang, **values)


def weakest_fields(question: Question) -> str:
    """Which two fields are filled in least, as a sentence under the finding.

    '' where there is no data, or too few people to give a share of them.
    """
    lang = question.lang
    total, ranked = fields_by_completeness(question)
    is_outside = not queries.coverage(question.release, question.period)
    if is_outside or numbers.percent(0, total, question.base(PEOPLE)) is None:
        return ""
    first, second = (PEOPLE[name].label_in(lang) for name, _ in reversed(ranked[-2:]))
    return say("quality.headline_fields", lang, field=first, second=in_sentence(second))
