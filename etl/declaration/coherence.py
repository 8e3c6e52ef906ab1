"""What can only be judged over a whole declaration: keys, references, ranks, required fields."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dashboard.model.fields import Kind
from dashboard.model.tables import REGISTER
from etl.declaration.date_order import clashing
from etl.declaration.source import KEYS_OF, ROW_NUMBER, Column, How, Source, is_list
from etl.declaration.toml_table import LOADER_FIELDS, Faults, TomlTable

#: A key of the declaration, and what is wrong with it.
Problem = tuple[str, str]
_OF_DAYS: tuple[How, ...] = ("month", "days_between", "part")


def check_coherence(source: Source, file: str, faults: Faults, unread: Collection[str]) -> None:
    """Note what can only be seen over the whole declaration.

    Args:
        source: What could be read of it.
        file: Its file.
        faults: Takes what is wrong; holds what was wrong with its parts.
        unread: Headers of the columns that could not be read; what may follow from that is not
            reported a second time.
    """
    top = TomlTable(file, "", {})
    parts = " ".join(faults.messages)
    # What needs a part that could not be read is not checked.
    checks = [_voyages_published, _date_order, _day_formats, _targets]
    checks += [_key_columns] if f"{file}: keys" not in parts else []
    checks += [_references] if f"{file}: months" not in parts else []
    checks += [_required] if not parts else []
    faults.messages += [
        str(top.error(key, sentence))
        for check in checks
        for key, sentence in check(source)
        if not any(header in f"{key} {sentence}" for header in unread)
    ]


def _voyages_published(source: Source) -> Iterator[Problem]:
    """Voyages come from published data alone."""
    if source.row == "voyage" and source.kind == "real":
        yield (
            "kind",
            "must be published: boats that partners report are too few to be counted by themselves",
        )


def _key_columns(source: Source) -> Iterator[Problem]:
    """Keys are those that rows of the sort need, each of columns that are declared as keys."""
    if set(source.keys) != set(KEYS_OF[source.row]):
        yield "keys", f"must name exactly {' and '.join(KEYS_OF[source.row])}"
    declared = {c.header for c in source.columns if c.use == "key"}
    for kind, headers in source.keys.items():
        if not headers:
            yield f"keys.{kind}", "names no column"
        if ROW_NUMBER in headers and source.kind == "real":
            yield (
                f"keys.{kind}",
                f"{ROW_NUMBER} is for published lists: rows of a partner's list move, and the "
                "next file would write over other people",
            )
        for header in headers:
            if header != ROW_NUMBER and header not in declared:
                yield f"keys.{kind}", f"{header} is not declared with use = key"
    in_keys = {header for headers in source.keys.values() for header in headers}
    for header in sorted(declared - in_keys):
        yield f"columns.{header}", "is a key that no record uses"


def _references(source: Source) -> Iterator[Problem]:
    """Columns that others refer to are declared as these need them, days with a format."""
    uses: dict[str, list[Column]] = {}
    for column in source.columns:
        uses.setdefault(column.header, []).append(column)
    references: list[tuple[str, str, tuple[How, ...]]] = []
    for c in source.columns:
        referred: tuple[tuple[str, str | None, tuple[How, ...]], ...] = (
            ("within", c.within, ("place", "part")),
            ("with", c.joined, ("part",)),
            ("since", c.since, _OF_DAYS),
            ("on", c.on, _OF_DAYS),
        )
        references += [(f"columns.{c.header}.{key}", h, hows) for key, h, hows in referred if h]
    for rule in source.months:
        key = f"months.{rule.target.name}"
        references += [(f"{key}.from", h, _OF_DAYS) for h in rule.columns]
        for header in rule.plus:
            targets = [c.target for c in uses.get(header, ()) if c.target is not None]
            if not any(target.field.kind is Kind.DAYS for target in targets):
                yield f"{key}.plus", f"{header} is no declared column of days"
    for key, header, hows in references:
        columns = [c for c in uses.get(header, ()) if c.how in hows]
        if not columns:
            yield key, f"{header} must be declared as one of {', '.join(hows)}"
        elif key.endswith((".since", ".on", ".from")) and not columns[0].formats:
            yield key, f"{header} has no date format"


def _day_formats(source: Source) -> Iterator[Problem]:
    """A column that is read as a day in several uses has one way to be read."""
    for header in dict.fromkeys(c.header for c in source.columns):
        columns = [c for c in source.columns if c.header == header]
        days = {
            (c.formats, c.joined, c.missing) for c in columns if c.how in _OF_DAYS and c.formats
        }
        if len(days) > 1:
            yield f"columns.{header}", "is read as a day in two ways; give each use the same format"


def _date_order(source: Source) -> Iterator[Problem]:
    """A layout has one order of day and month: with two, days up to the 12th are guessed."""
    dated = (*_OF_DAYS, "birth_date")
    clash = clashing(form for c in source.columns if c.how in dated for form in c.formats)
    if clash is not None:
        yield (
            "columns",
            f"the formats {' and '.join(clash)} put day and month in two orders; a source "
            "declares one",
        )


def _targets(source: Source) -> Iterator[Problem]:
    """Columns of one field have different ranks or are all summed, and no constant fills it."""
    ranks: set[tuple[str, int]] = set()
    summed = {c.target.name for c in source.columns if c.summed and c.target}
    for column in source.columns:
        if column.target is None or is_list(column.target):
            continue
        name = column.target.name
        if name in summed and not column.summed:
            yield (
                f"columns.{column.header}.how",
                f"another column adds up to {name}: give this one how = sum as well",
            )
        name_and_rank = (name, column.rank)
        if name_and_rank in ranks and not column.summed:
            yield (
                f"columns.{column.header}.rank",
                f"another column fills {name} with the same rank: give each a rank, so that the "
                "first that is known counts, or each how = sum, so that they are added up",
            )
        ranks.add(name_and_rank)
    filled = {name for name, _ in ranks}
    for target, _ in source.constants:
        if target.name in filled:
            yield f"constants.{target.name}", "is also filled by a column"


def _required(source: Source) -> Iterator[Problem]:
    """Every required field of a table that the rows fill comes from somewhere."""
    declared = source.declares
    by_loader = {"movement.month", "movement.leg_no", *LOADER_FIELDS}
    if source.row == "person":
        by_loader |= {"classification.seq", "classification.class"}
    tables = {name.partition(".")[0] for name in declared} | {source.row}
    tables |= {"incident"} if source.row == "person" else set()
    for entry in REGISTER:
        if entry.name not in tables:
            continue
        for field in entry.fields:
            name = f"{entry.name}.{field.name}"
            if field.required and field.kind is not Kind.KEY and name not in declared | by_loader:
                yield "columns", f"{name} is required and nothing fills it"
