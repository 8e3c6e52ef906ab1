"""What is drawn follows from the secret and the name of what is drawn, and nothing else."""

from __future__ import annotations

import hashlib
import hmac

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from etl.protect.chance import Chance, evenly, mixed

SECRET = Chance(b"a secret of a test, 32 bytes long")
OTHER = Chance(b"another secret, 32 bytes, no less")
PUBLIC = Chance(SECRET.digest("public"))


def test_a_digest_is_a_keyed_hash_of_the_name() -> None:
    wanted = hmac.new(SECRET.secret, b"block\x1fpeople", hashlib.sha256).digest()
    assert SECRET.digest("block", "people") == wanted


def test_names_of_several_parts_are_not_joined_by_chance() -> None:
    assert SECRET.digest("ab", "c") != SECRET.digest("a", "bc")


def test_a_generator_draws_the_same_for_its_name_and_secret_only() -> None:
    def draws(chance: Chance, *name: str) -> list[int]:
        return chance.generator(*name).integers(0, 2**62, 4).tolist()

    assert draws(SECRET, "block", "2026-01") == draws(SECRET, "block", "2026-01")
    others = [
        draws(c, *n) for c, n in ((SECRET, ("block", "2026-02")), (OTHER, ("block", "2026-01")))
    ]
    assert draws(SECRET, "block", "2026-01") not in others
    assert draws(SECRET, "block", "2026-01") != draws(PUBLIC, "block", "2026-01")


@given(st.lists(st.text(max_size=5), min_size=1, max_size=20, unique=True))
def test_a_key_follows_from_its_value_and_not_from_the_list(values: list[str]) -> None:
    keys = dict(zip(values, SECRET.keys("cell", values=values).tolist(), strict=True))
    assert len(set(keys.values())) == len(values)
    for value in values:
        assert SECRET.keys("cell", values=[value]).tolist() == [keys[value]]
        assert int(SECRET.key("cell", value)) == keys[value]
        assert int(PUBLIC.key("cell", value)) != keys[value]


def test_mixing_is_a_bijection_on_what_was_tried() -> None:
    keys = np.arange(20_000, dtype=np.uint64)
    assert len(np.unique(mixed(keys))) == len(keys)


@given(st.integers(1, 40))
def test_noise_is_even_and_within_half_its_width(width: int) -> None:
    noise = evenly(SECRET.keys(values=map(str, range(4000))), width)
    assert abs(noise).max() < width / 2
    assert abs(noise.mean()) < width * 0.03
    shares = np.histogram(noise, bins=8, range=(-width / 2, width / 2))[0] / len(noise)
    assert (abs(shares - 1 / 8) < 0.03).all()
