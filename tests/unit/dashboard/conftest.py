"""One application on a release of random units for all tests of pages and doors."""

from __future__ import annotations

import pytest
from dash import Dash
from flask.testing import FlaskClient

from tests.support.application import application, client_of


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    return application(tmp_path_factory.mktemp("app"))


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    return client_of(app)
