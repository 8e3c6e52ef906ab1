"""No share is said finer than it is known: nothing is 100 %, and a part of few is a count.

Over random views of the committed sample every exhibit is read in both languages, with all that
its figure, table, notes and description say.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import definition, definitions, question_of, render
from dashboard.exports.json import as_json
from dashboard.filters import Filters
from dashboard.model.facts import ENDINGS, REQUESTS, fact
from dashboard.model.languages import LANGUAGES
from dashboard.model.protection import has_percent
from dashboard.release.open_release import Release
from tests.contract.views import random_filters
from tests.support.readings import reading

exhibits.load()
VIEWS, AT_ONCE = 60, 6
ALL = re.compile(r"(?<![\d০-৯.,])(?:100|১০০) ?%")
PERCENT = re.compile(r"[\d০-৯] ?%")
#: A season is told of every year there is.
OF_ALL_YEARS = ("routes.seasons",)


@pytest.mark.parametrize("start", range(0, VIEWS, AT_ONCE))
def test_no_text_says_all_in_percent_and_no_title_a_percentage_of_few(
    start: int, sample: Release
) -> None:
    few = 0
    for seed in range(start, start + AT_ONCE):
        draw = random.Random(seed)
        asked = random_filters(sample, draw)
        for entry in definitions():
            filters = replace(asked, lang=draw.choice(LANGUAGES))
            found = render(entry.id, reading(filters), sample)
            said = as_json(found, filters)
            assert not ALL.search(said), (entry.id, filters.to_query(), ALL.search(said))
            if entry.id not in OF_ALL_YEARS and is_of_few(found, filters, sample):
                few += 1
                assert not PERCENT.search(found.title), (filters.to_query(), found.title)
    assert few > AT_ONCE


@pytest.mark.parametrize("seed", range(VIEWS, VIEWS + AT_ONCE))
def test_of_records_all_is_a_word_too(seed: int, unprotected: Release) -> None:
    draw = random.Random(seed)
    asked = random_filters(unprotected, draw)
    for entry in definitions():
        filters = replace(asked, lang=draw.choice(LANGUAGES))
        said = as_json(render(entry.id, reading(filters), unprotected), filters)
        assert not ALL.search(said), (entry.id, filters.to_query(), ALL.search(said))


def is_of_few(found: Exhibit, filters: Filters, release: Release) -> bool:
    """Whether all that an exhibit may count is too few for percent, and is something."""
    question = question_of(filters.with_codes("corridor", ()), release)  # lists hold every corridor
    counted = [fact(name) for name in definition(found.id).facts]
    leading = [one for one in counted if one.unit_in(question.lang) == found.unit] or counted
    for one in leading:
        grain = "quarter" if one in (REQUESTS, ENDINGS) else one.grain
        whole = replace(question, period=question.period.snapped(grain)).total(one)
        if has_percent(whole, release.base(one.id)):
            return False
    return bool(leading)
