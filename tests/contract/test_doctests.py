"""Every example in a docstring gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import dashboard
import etl
from dashboard.application import create_app
from dashboard.settings import Settings


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """A package and everything below it, but for what runs when it is imported."""
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith(".__main__"):
            yield importlib.import_module(found.name)


@pytest.mark.parametrize("package", [dashboard, etl], ids=lambda package: package.__name__)
def test_examples_in_docstrings_are_true(package: ModuleType, tmp_path: Path) -> None:
    create_app(Settings(releases=tmp_path, state=tmp_path))  # pages can be imported once one is
    finder, runner, wrong = doctest.DocTestFinder(), doctest.DocTestRunner(), []
    for module in modules(package):
        for example in finder.find(module):
            runner.run(example, out=wrong.append)
    assert runner.tries > 5, "no examples were found, so none was tried"
    assert runner.failures == 0, "".join(wrong)
