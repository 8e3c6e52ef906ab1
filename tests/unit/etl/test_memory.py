"""Memory is given back where the system has a call for it, and nothing fails where it has none."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace

import pytest

from etl.memory import give_back


def test_the_c_library_is_asked_to_keep_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    library = SimpleNamespace(malloc_trim=kept.append)
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    give_back()
    assert kept == [0]


@pytest.mark.parametrize("problem", [TypeError, AttributeError, OSError])
def test_other_systems_go_on_as_they_did(
    monkeypatch: pytest.MonkeyPatch, problem: type[Exception]
) -> None:
    def missing(name: None) -> None:
        raise problem

    monkeypatch.setattr(ctypes, "CDLL", missing)
    give_back()
