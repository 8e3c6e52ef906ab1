"""What can only be judged over a whole declaration: keys, references, ranks, required fields."""

from __future__ import annotations

from dashboard.model.fields import Kind
from dashboard.model.tables import REGISTER
from etl.declaration.date_order import clashing
from etl.declaration.source import KEYS_OF, Source, is_list
from etl.declaration.toml_table import OWN_FIELDS, TomlTable


def check_coherence(source: Source, file: str) -> None:
    """What can only be seen over the whole declaration."""
    whole = TomlTable(file, "", {})
    _check_kind(source, whole)
    _check_keys(source, whole)
    _check_references(source, whole)
    _check_date_order(source, whole)
    _check_targets(source, whole)
    _check_required(source, whole)


def _check_kind(source: Source, whole: TomlTable) -> None:
    if source.row == "voyage" and source.kind == "real":
        raise whole.error(
            "kind",
            "must be published: boats that partners report are too few to be counted by themselves",
        )


def _check_keys(source: Source, whole: TomlTable) -> None:
    if set(source.keys) != set(KEYS_OF[source.row]):
        raise whole.error("keys", f"must name exactly {' and '.join(KEYS_OF[source.row])}")
    by_header = {c.header: c for c in source.columns}
    named = {header for headers in source.keys.values() for header in headers}
    for kind, headers in source.keys.items():
        if not headers:
            raise whole.error(f"keys.{kind}", "names no column")
        for header in headers:
            if header not in by_header or by_header[header].use != "key":
                raise whole.error(f"keys.{kind}", f"{header} is not declared with use = key")
    for column in source.columns:
        if column.use == "key" and column.header not in named:
            raise whole.error(f"columns.{column.header}", "is a key that no record uses")


def _check_references(source: Source, whole: TomlTable) -> None:
    by_header = {c.header: c for c in source.columns}
    wanted: list[tuple[str, str, tuple[str, ...]]] = []
    for c in source.columns:
        wanted += [(f"columns.{c.header}.within", h, ("place", "part")) for h in [c.within] if h]
        wanted += [(f"columns.{c.header}.with", h, ("part",)) for h in [c.joined] if h]
        wanted += [
            (f"columns.{c.header}.since", h, ("month", "part", "days_between"))
            for h in [c.since]
            if h
        ]
    for rule in source.months:
        key = f"months.{rule.target.name}"
        wanted += [(f"{key}.from", h, ("month", "part", "days_between")) for h in rule.columns]
        for header in rule.plus:
            target = by_header[header].target if header in by_header else None
            if target is None or target.field.kind is not Kind.DAYS:
                raise whole.error(f"{key}.plus", f"{header} is no declared column of days")
    for key, header, hows in wanted:
        if header not in by_header or by_header[header].how not in hows:
            raise whole.error(key, f"{header} must be declared as one of {', '.join(hows)}")
        if key.endswith((".since", ".from")) and not by_header[header].formats:
            raise whole.error(key, f"{header} has no date format")


def _check_date_order(source: Source, whole: TomlTable) -> None:
    """A layout has one order of day and month: with two, days up to the 12th are guessed."""
    of_days = ("month", "days_between", "part")
    clash = clashing(form for c in source.columns if c.how in of_days for form in c.formats)
    if clash is not None:
        raise whole.error(
            "columns",
            f"the formats {clash[0]} and {clash[1]} put day and month in two orders; a source "
            "declares one",
        )


def _check_targets(source: Source, whole: TomlTable) -> None:
    ranks: set[tuple[str, int]] = set()
    summed = {c.target.name for c in source.columns if c.summed and c.target}
    for column in source.columns:
        if column.target is None or is_list(column.target):
            continue
        name = column.target.name
        if name in summed and not column.summed:
            raise whole.error(
                f"columns.{column.header}.how",
                f"another column adds up to {name}: give this one how = sum as well",
            )
        at = (name, column.rank)
        if at in ranks and not column.summed:
            raise whole.error(
                f"columns.{column.header}.rank",
                f"another column fills {name} with the same rank: give each a rank, so that the "
                "first that is known counts, or each how = sum, so that they are added up",
            )
        ranks.add(at)
    filled = {name for name, _ in ranks}
    for target, _ in source.constants:
        if target.name in filled:
            raise whole.error(f"constants.{target.name}", "is also filled by a column")


def _check_required(source: Source, whole: TomlTable) -> None:
    """Every required field of a table that the rows fill comes from somewhere."""
    declared = source.declares
    own = {"movement.month", "movement.leg_no", *OWN_FIELDS}
    if source.row == "person":
        own |= {"classification.seq", "classification.class"}
    used = {name.partition(".")[0] for name in declared} | {source.row}
    used |= {"incident"} if source.row == "person" else set()
    for entry in REGISTER:
        if entry.name not in used:
            continue
        for field in entry.fields:
            name = f"{entry.name}.{field.name}"
            if field.required and field.kind is not Kind.KEY and name not in declared | own:
                raise whole.error("columns", f"{name} is required and nothing fills it")
