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
    """How partners reported and which fields are filled in least, above the page."""
    lang = question.lang
    reported = queries.coverage(question.release, question.period)
    total, ranked = fields_by_completeness(question)
    if not reported:
        return say("quality.headline_outside", lang)
    values = {
        "band": band_of(question, fewest(reported)),
        "month": month_of(question, fewest(reported)),
    }
    bands = {band for _, band in reported}
    kind = "month" if len(reported) == 1 else "same" if len(bands) == 1 else fewest_kind(reported)
    if numbers.percent(0, total, question.base(PEOPLE)) is None:
        return say(f"quality.headline_{kind}", lang, **values)
    first, second = (PEOPLE[name].label_in(lang) for name, _ in reversed(ranked[-2:]))
    fields = {"field": in_sentence(first), "second": in_sentence(second)}
    return say(f"quality.headline_{kind}_fields", lang, **values, **fields)
