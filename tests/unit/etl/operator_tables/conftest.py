from __future__ import annotations

import pytest

from tests.unit.etl.operator_tables.asking import Rows
from tests.unit.etl.stores import Ask


@pytest.fixture
def ask(ask: Ask) -> Ask:
    return lambda *words: ask("tables", *words)


@pytest.fixture
def rows(ask: Ask) -> Rows:
    return lambda kind: [
        {name: cell for name, cell in each.items() if name != "id"} for each in ask(kind)[1][kind]
    ]
