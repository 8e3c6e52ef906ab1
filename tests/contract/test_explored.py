"""Three hundred questions of explore at its door: each answered as asked, or refused with what is.

None fails, as a page or as a file, in either language.
"""

from __future__ import annotations

import random
from urllib.parse import urlencode

import pytest
from dash import Dash

from dashboard.exhibits.explore.reader_question import NONE, OPTIONS
from dashboard.model.counted_by import STEPS, dimensions
from dashboard.model.facts import MEMBER_FACTS
from dashboard.model.filters import CODED_FILTERS
from tests.support.application import answered, application, client_of
from tests.support.logged import logged

QUESTIONS, A_TIME = 300, 10
_PERIODS = ("", "", "2026-03", "2025-07..2026-06", "2024-04..2026-09", "2030-01")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    return application(tmp_path_factory.mktemp("explored"))


def question(draw: random.Random) -> dict[str, str]:
    """A question that somebody may put together, of what is counted or of anything."""
    counted = draw.choice(MEMBER_FACTS)
    names = (*dimensions(counted), *STEPS) if draw.random() < 0.9 else OPTIONS[1].values
    asked = {
        "count": counted.id, "rows": draw.choice(names), "columns": draw.choice((*names, NONE)),
        "value": draw.choice(OPTIONS[3].values), "as": draw.choice(OPTIONS[4].values),
        "period": draw.choice(_PERIODS), "lang": draw.choice(("", "bn-beng")),
    }  # fmt: skip
    name = draw.choice(("", *CODED_FILTERS))
    asked |= {name: draw.choice(CODED_FILTERS[name])} if name else {}
    return {name: value for name, value in asked.items() if value}


@pytest.mark.parametrize("seed", range(QUESTIONS // A_TIME))
def test_a_question_is_answered_or_refused_with_what_is(
    app: Dash, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    client, draw = client_of(app), random.Random(seed)
    for _ in range(A_TIME):
        asked = question(draw)
        given = client.get(f"/exhibit/explore.answer.json?{urlencode(asked)}")
        if given.status_code == 400:
            assert given.json is not None
            for refused in given.json["errors"]:
                (nearest,) = refused["allowed"]
                asked[refused["parameter"]] = nearest
            given = client.get(f"/exhibit/explore.answer.json?{urlencode(asked)}")
        assert given.status_code == 200, (asked, given.text[:300])
        assert given.json is not None
        page = answered(app, f"/explore?{urlencode(asked)}#want=page")
        card = page["cards"]["explore.answer"]["parts"]
        assert given.json["title"].split("“")[0][:20] in card["heading"] or "&" in card["heading"]
        assert page["words"]["explore-question"]
    assert logged(caplog) == []


def test_a_map_is_no_file_of_what_is_drawn_otherwise(app: Dash) -> None:
    refused = client_of(app).get("/exhibit/explore.answer.geojson?rows=sex&columns=none")
    assert refused.status_code == 400
    assert refused.json is not None
    assert [each["parameter"] for each in refused.json["errors"]] == ["as"]
