"""Months: which column of days gives which month, and in which order day and month stand."""

from __future__ import annotations

from collections.abc import Sequence

from etl.declaration.date_order import order_in_words
from etl.draft.column import MOST, Profile, cue
from etl.draft.questions import Question
from etl.draft.words import WORDS
from etl.draft.work import Work


def choose(work: Work) -> None:
    """Declare which column gives which month, and in which order day and month stand."""
    days = [c for c in work.profiles if work.best(c, "day")]
    # Days of a program count only where there are no others.
    days = [c for c in days if not _cue(c, "system")] or days
    dated = [(c, g.dates) for c in days if (g := work.best(c, "day")) and g.dates]
    certain = (form for _, dates in dated if not dates.is_ambiguous for form in dates.formats)
    orders = {order_in_words(form) for form in certain} - {None}
    ambiguous = [column for column, dates in dated if dates.is_ambiguous]
    month_first = orders == {"month before day"}
    if ambiguous and not orders:
        example = f"such as {next(iter(ambiguous[0].counts))}"
        text = f"Column {ambiguous[0].header}: no day is above 12. Which comes first?"
        question = Question("order", 2, text, ("the day", "the month"), example=example)
        month_first = bool(work.choose(question))
    work.formats = {c.header: _formats(work, c, month_first=month_first) for c in days}
    if work.row == "referral":
        _days_of_referral(work, days)
    else:
        _days_of_event(work, days)


def _formats(work: Work, column: Profile, *, month_first: bool) -> list[str]:
    """Formats of a column of days, in the one order of day and month that the file has."""
    guess = work.best(column, "day", "birth")
    dates = guess.dates if guess is not None else None
    if dates is None:
        return []
    chosen = dates.swapped if dates.is_ambiguous and month_first else dates.formats
    # Of two orders in one column the one of the file is meant.
    wrong = "day before month" if month_first else "month before day"
    fitting = [form for form in chosen if order_in_words(form) != wrong]
    return fitting or list(chosen)


def _cue(column: Profile, sort: str) -> float:
    """How surely a header speaks of a sort of day, such as incident or report, 0 to 1."""
    return cue(WORDS.days[sort], column)


def _surest(columns: Sequence[Profile], sort: str, but: Profile | None = None) -> Profile | None:
    """The column whose header most surely names a sort of day; None where none does."""
    candidates = [c for c in columns if _cue(c, sort) and c is not but]
    return max(candidates, key=lambda c: (_cue(c, sort), c.filled), default=None)


def _use_month(work: Work, column: Profile, name: str) -> None:
    """Declare a column as the day from which a month follows."""
    work.use(
        column.header, use="derive", how="month", format=work.formats[column.header], field=name,
        missing=list(column.missing),
    )  # fmt: skip


def _days_of_event(work: Work, days: list[Profile]) -> None:
    """Declare the month of an event, and of its report, by the columns of days."""
    name = "voyage.month" if work.row == "voyage" else "incident.incident_month"
    if work.row == "classification":
        name = "classification.decided_month"
    decided = _surest(days, "decided")
    others = [c for c in days if c is not decided or len(days) == 1]
    happened = _surest(others, "incident")
    reported = _surest(others, "report", happened)
    main = happened
    if main is None:
        plain = [c for c in others if not _cue(c, "report") and not _cue(c, "ended")]
        # A day without a cue in its header that most rows lack is not the one of the row.
        plain = [c for c in plain if c.filled >= MOST or reported is None]
        main = max(plain, key=lambda c: c.filled, default=None) or reported
    if main is None and not _year_and_month(work, name):
        work.notes.append("No column of dates was found: the month of a row is not known.")
        return
    if main is not None:
        _use_month(work, main, name)
        work.day = main.header
    if name != "incident.incident_month":
        return
    if reported is not None and reported is not main:
        _use_month(work, reported, "incident.report_month")
        if main is not None and main.filled < 1:
            work.months[name] = {"from": [reported.header]}
            work.notes.append(
                f"Where {main.header} tells no day, the month is that of {reported.header}."
            )
    elif work.day is not None:
        work.months["incident.report_month"] = {"from": [work.day]}


def _year_and_month(work: Work, name: str) -> bool:
    """Declare a month whose year stands in a column of its own, or a year alone, if any does."""
    year = work.first("year")
    month = work.first("month_name")
    if year is None:
        return False
    if month is None:
        work.use(year.header, use="derive", how="month", format=["%Y"], field=name)
        work.day = year.header
        return True
    texts = [text for text in month.counts if not text.isdigit()]
    named = "%b %Y" if all(len(text) <= 3 for text in texts) else "%B %Y"
    form = named if texts else "%m %Y"
    work.use(year.header, use="derive", how="part")
    work.use(
        month.header, use="derive", how="month", format=[form], field=name, **{"with": year.header}
    )
    work.day = month.header
    return True


def _days_of_referral(work: Work, days: list[Profile]) -> None:
    """Declare when a referral was requested and ended, and after how many days it was met."""
    ended = _surest(days, "ended")
    requested = _surest(days, "requested", ended)
    if requested is None:
        requested = next((c for c in days if c is not ended), ended)
    if requested is None:
        if not _year_and_month(work, "referral.requested_month"):
            work.notes.append("No column says when a referral was requested.")
        return
    _use_month(work, requested, "referral.requested_month")
    work.day = requested.header
    if ended is not None and ended is not requested:
        _use_month(work, ended, "referral.ended_month")
    for what in ("response", "service"):
        day = _surest([c for c in days if work.free(c)], what)
        if day is not None:
            work.use(
                day.header,
                use="derive",
                how="days_between",
                field=f"referral.days_to_{what}",
                since=requested.header,
                format=work.formats[day.header],
            )


def of_birth(work: Work) -> None:
    """Declare a birth date as the age on the day of the row, after a column of ages if any."""
    born = work.first("birth")
    if born is None or work.row != "person" or work.day is None:
        return
    month_first = any(
        order_in_words(form) == "month before day"
        for uses in work.uses.values()
        for keys in uses
        for form in keys.get("format", ())
    )
    work.use(
        born.header, use="derive", how="birth_date",
        format=_formats(work, born, month_first=month_first), on=work.day,
        missing=list(born.missing), rank=2 if "person.age_band" in work.filled else None,
    )  # fmt: skip
    work.filled.add("person.age_band")


def of_decision(work: Work) -> None:
    """The month in which a class was decided: that of its own day, else of the row's day.

    Its own day may be a column that has another use already. Where there is no day, none is set.
    """
    name = "classification.decided_month"
    days = [c for c in work.profiles if c.header in work.formats]
    decided = _surest(days, "decided")
    if decided is not None and work.free(decided):
        _use_month(work, decided, name)
    elif decided is not None or work.day is not None:
        work.months[name] = {"from": [decided.header if decided is not None else work.day]}
