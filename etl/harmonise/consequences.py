"""What follows from the columns of a row: months, constants, child or adult, legs, places."""

from __future__ import annotations

from dashboard.model.codes import ENDED_STATUSES
from dashboard.model.fields import Kind
from etl.declaration.source import MonthRule
from etl.declaration.toml_table import SourceError
from etl.harmonise import days
from etl.harmonise.cells import Texts, first_known
from etl.harmonise.days import Day
from etl.harmonise.work import DERIVED_CHILD, Work
from etl.read import combined, constant


def apply_consequences(work: Work) -> None:
    """Complete the wide rows of a file whose columns were read."""
    _months(work)
    _constants(work)
    _derived_fields(work)
    _shared_places(work)


def _months(work: Work) -> None:
    """Fill months that follow from days of other columns, in rows where no column has them."""
    for rule in work.source.months:
        derived = _rule_months(work, rule)
        declared = work.wide.get(rule.target.name)
        work.wide[rule.target.name] = first_known([declared, derived]) if declared else derived


def _rule_months(work: Work, rule: MonthRule) -> Texts:
    """Month of each row's first known day, after the days that ``plus`` adds; None if unknown."""
    starts = combined([work.days[header] for header in rule.columns]).mapped(_first_day)
    if not rule.plus:
        return starts.mapped(days.month)
    field_of = {
        c.header: c.target.name
        for c in reversed(work.source.columns)  # the first use of a column counts
        if c.target is not None and c.target.field.kind is Kind.DAYS
    }
    counts = first_known([work.wide[field_of[header]] for header in rule.plus])
    return combined([starts, counts]).mapped(_month_after)


def _first_day(options: tuple[Day | None, ...]) -> Day | None:
    return next((day for day in options if day is not None), None)


def _month_after(start_and_days: tuple[Day | None, str | None]) -> str | None:
    start, count = start_and_days
    return days.month(start, int(count)) if count is not None else None


def _constants(work: Work) -> None:
    """Fill constants into fields that no column fills, those of movements for each known leg."""
    for target, text in work.source.constants:
        if target.field.kind is Kind.PLACE and text not in work.areas.gazetteer:
            raise SourceError(
                f"{work.source.name}.toml: constants.{target.table}.{target.field.name}: "
                "is no code of the gazetteer"
            )
        value = f"{text}-01" if target.field.kind is Kind.MONTH else text
        if target.table != "movement":
            work.wide.setdefault(target.name, constant(value, work.size))
            continue
        for leg in work.source.legs:
            work.wide.setdefault(f"{target.name}[{leg}]", _on_known_legs(work, leg, value))


def _on_known_legs(work: Work, leg: int, value: str) -> Texts:
    """A constant where a column tells something of the leg; everywhere if no column could."""
    columns = [
        work.wide[c.target.name]
        for c in work.source.columns
        if c.target is not None and c.target.leg == leg and c.target.name in work.wide
    ]
    if not columns:
        return constant(value, work.size)
    return first_known(columns).mapped(
        lambda text: value if text not in (None, "unknown") else None
    )


def _derived_fields(work: Work) -> None:
    """Fill partner, child or adult, legs and end of referral, which follow from other fields."""
    wide = work.wide
    if work.source.row in ("incident", "person"):
        wide["incident.partner"] = constant(work.source.partner, work.size)
    child = [wide.pop(DERIVED_CHILD, None)]
    if "person.age_band" in wide:
        by_band = wide["person.age_band"].mapped(days.child_of_band)
        sources = [c for c in (wide.get("person.is_child"), *child, by_band) if c is not None]
        wide["person.is_child"] = first_known(sources)
    for leg in work.source.legs:
        _leg_fields(work, leg)
    ended = wide.get("referral.ended_month")
    if ended is not None and any(
        rule.target.name == "referral.ended_month" for rule in work.source.months
    ):
        wide["referral.ended_month"] = combined([ended, wide["referral.status"]]).mapped(
            _month_if_ended
        )


def _month_if_ended(month_and_status: tuple[str | None, str | None]) -> str | None:
    month, status = month_and_status
    return month if status in ENDED_STATUSES else None


def _leg_fields(work: Work, leg: int) -> None:
    """A leg without month takes that of its incident; its scope follows from its two ends."""
    wide = work.wide
    month, incident_month = f"movement.month[{leg}]", "incident.incident_month"
    wide[month] = first_known([wide[name] for name in (month, incident_month) if name in wide])
    start, end = (wide.get(f"movement.{side}_place[{leg}]") for side in ("from", "to"))
    if start is not None and end is not None:
        derived = work.areas.scopes(start, end)
        declared = wide.get(f"movement.scope[{leg}]")
        wide[f"movement.scope[{leg}]"] = first_known([declared, derived]) if declared else derived


def _shared_places(work: Work) -> None:
    """Places of one incident: where its rows disagree, the area that holds them all is kept."""
    columns = [name for name in work.wide if name.startswith("incident_place.place[")]
    for name in columns:
        if work.source.row == "person":
            ids = work.wide["incident.incident_id"]
            work.wide[name], wider, apart = work.areas.shared(ids, work.wide[name])
            header = next(
                c.header
                for c in work.source.columns
                if c.target is not None and c.target.name == name
            )
            rows, place = work.sheet.rows, work.sheet.place
            work.findings += [
                place.finding("generalised_place", row=rows[i], column=header, severity="review")
                for i in wider
            ]
            work.findings += [
                place.finding("conflicting_values", row=rows[i], column=header) for i in apart
            ]
        _, _, role = name.removesuffix("]").partition("[")
        work.wide[f"incident_place.location_precision[{role}]"] = work.areas.precisions(
            work.wide[name]
        )
