"""A secret that could be guessed or read by others is refused before anything is served."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access.keys import Keys, WeakSecret, read_keys

GOOD = base64.b64encode(bytes(range(100, 148)))


def written(path: Path, text: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(text)
    path.chmod(mode)
    return path


def test_a_random_secret_is_read_without_the_end_of_its_line(tmp_path: Path) -> None:
    assert read_keys(written(tmp_path / "secret", GOOD + b"\n")).secret == GOOD


@pytest.mark.parametrize(
    ("text", "reason"),
    [(b"", "has 0 bytes"), (b"91e1a4887b5fadd4346b55e87e6631", "has 30 bytes"),
     (b"a" * 64, "no random one"), (b"correct horse battery secret staple 42", "no random one"),
     (b"please-CHANGE-me-7f3k2m9x4q8w1z5v6b", "no random one")],
)  # fmt: skip
def test_a_weak_secret_is_refused(tmp_path: Path, text: bytes, reason: str) -> None:
    with pytest.raises(WeakSecret, match=reason):
        read_keys(written(tmp_path / "file", text))


def test_a_secret_that_everybody_may_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeakSecret, match="chmod 600"):
        read_keys(written(tmp_path / "file", GOOD, 0o604))


def test_a_secret_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeakSecret, match="cannot be read"):
        read_keys(tmp_path / "none")


def test_a_secret_is_not_shown_with_what_holds_it() -> None:
    assert "secret" not in repr(Keys(b"secret" * 8)).replace("Keys", "")


@given(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
def test_digests_are_equal_only_for_equal_parts(one: list[str], other: list[str]) -> None:
    keys = Keys(GOOD)
    assert (keys.digest("a", *one) == keys.digest("a", *other)) == (one == other)
    assert keys.digest("a", *one) != keys.digest("b", *one)
