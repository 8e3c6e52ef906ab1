"""A report for the public attacked like a page: what its cells tell of a cell of very few people.

A reader asks for reports of the people of each district, month by month and for either sex, and
keeps every cell of their workbooks, words included. Attackers of the suite then learn from half of
the true numbers what a cell means.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import numpy as np
import openpyxl

from dashboard import exhibits
from dashboard.model.facts import PEOPLE
from dashboard.release.folder import Releases
from dashboard.report import sheet
from dashboard.report.contents import ReportRequest, make_report
from dashboard.report.template import MOST_FIGURES
from tests.attack.attackers import cells
from tests.attack.attackers.cells import CellAttack, CellView
from tests.attack.events import FIRST, Events, Floats
from tests.attack.invented.aftermath import population
from tests.attack.invented.published import PROTECTED, RECORDS, publisher
from tests.attack.invented.truth import for_public
from tests.attack.measures.bounds import BOUNDS, PUBLIC, PUBLIC_CELLS

SEED, PER_MONTH = 1, 400
SEXES = ("female", "male")
#: Columns of the workbook, and the groups of classes that each of them sums.
COUNTED = {
    "Trafficking (people)": ("trafficking_sexual", "trafficking_labour", "trafficking_other"),
    "Smuggling of migrants (people)": ("smuggling",),
    "Other or under review (people)": ("other",),
}
#: What a cell reads as where it is no number; no number of a public cell is that small.
WORDS = {"none or very few": 0.0, "a few": 5.0, "under 10": 5.0}
VIEW = CellView(("district", "sex", "class"), "month")


@dataclass(frozen=True)
class Table:
    """A table of cells that is held already, districts first and months last."""

    counted: Floats

    def table(self, *_: object) -> Floats:
        """The cells, whatever is asked for."""
        return self.counted


def true_cells(truth: Events, months: int) -> Floats:
    """How many people there are by district, sex, class and month."""
    names = ("district", "sex", "class_group")
    known = truth.table(names, "month", months)[:-1]
    sexes = [truth.domains["sex"].index(sex) for sex in SEXES]
    groups = truth.domains["class_group"]
    summed = [known[:, :, [groups.index(code) for code in codes]].sum(axis=2)
              for codes in COUNTED.values()]  # fmt: skip
    return np.stack(summed, axis=2)[:, sexes]


def told_cells(folder: Path, districts: tuple[str, ...], months: int) -> Floats:
    """The same as workbooks of reports for the public tell it."""
    members, public = Releases(folder), Releases(folder / "public")
    asked = [(month, sex) for month in range(months) for sex in range(len(SEXES))]
    told = np.zeros((len(districts), len(SEXES), len(COUNTED), months))
    for start in range(0, len(asked), MOST_FIGURES):
        part = asked[start : start + MOST_FIGURES]
        figures = tuple(
            "hotspots.ranking?measure=people&level=district&compare=none"
            f"&period={FIRST.plus(month)}&sex={SEXES[sex]}"
            for month, sex in part
        )
        report = make_report(
            ReportRequest("A", figures, FIRST.plus(months - 1), audience="public"), members, public
        )
        assert not report.left_out
        book = openpyxl.load_workbook(io.BytesIO(sheet.as_xlsx(report)))
        for page, tab in zip(report.pages, book.worksheets[1:], strict=True):
            month, sex = part[page.at]
            head, *rows = tab.iter_rows(values_only=True)
            codes = page.exhibit.table.column("code")
            for code, row in zip(codes, rows, strict=True):
                for column, name in enumerate(COUNTED):
                    if code in districts and name in head:
                        cell = row[head.index(name)]
                        value = WORDS[cell] if isinstance(cell, str) else cast(float, cell or 0)
                        told[districts.index(str(code)), sex, column, month] = value
    return told


def attacked(base: Literal[1, 5]) -> tuple[CellAttack, Floats]:
    """The attack on the reports of a year, and what they told."""
    exhibits.load()
    everybody, _ = population(PER_MONTH, 1, SEED).only(PEOPLE.id).halves(SEED)
    with publisher(everybody, base=base) as store:
        store.close_all()
        store.release()
        store.release("public")
        truth = for_public(store.truth())
        told = told_cells(store.releases, truth.domains["district"], everybody.months)
        true = true_cells(truth, everybody.months)
    # Both sides are tables already, and events are asked for nothing else.
    truth, release = (cast(Events, Table(each)) for each in (true, told))
    return cells.attack(truth, release, VIEW, everybody.months, SEED), told


def test_cells_of_a_public_report_tell_no_more_than_those_of_a_page() -> None:
    found, told = attacked(PROTECTED)
    assert told.sum() > 0
    assert not ((told > 0) & (told < 10) & (told != WORDS["a few"])).any()
    for name in PUBLIC_CELLS:
        right, present = (
            BOUNDS[f"{PUBLIC}: cells of {name}: {what}"]
            for what in ("calibrated attacker right", "0 told from 1")
        )
        assert right.holds(found.value), found
        assert present.holds(found.presence), found


def test_where_nothing_is_protected_the_attack_tells_who_is_there() -> None:
    found, _ = attacked(RECORDS)
    assert found.presence >= 0.95
