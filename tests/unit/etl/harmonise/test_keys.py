from __future__ import annotations

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from etl.harmonise.keys import record_key

SECRET = bytes(32)
PART = st.text(st.characters(exclude_characters="\x1f", exclude_categories=("Cs",)))
RECORD = st.tuples(PART, PART, st.lists(PART, min_size=1, max_size=3).map(tuple))


@given(RECORD, RECORD)
def test_keys_agree_exactly_when_partner_kind_and_parts_do(
    one: tuple[str, str, tuple[str, ...]], other: tuple[str, str, tuple[str, ...]]
) -> None:
    same = record_key(SECRET, *one) == record_key(SECRET, *other)
    assert same == (one == other)


@given(RECORD)
def test_a_key_is_32_hexadecimal_digits_and_needs_the_secret(
    record: tuple[str, str, tuple[str, ...]],
) -> None:
    key = record_key(SECRET, *record)
    assert len(key) == 32
    assert set(key) <= set("0123456789abcdef")
    assert key != record_key(b"another secret", *record)


@given(RECORD, st.binary(min_size=1, max_size=100))
def test_a_key_is_the_standard_keyed_hash(
    record: tuple[str, str, tuple[str, ...]], secret: bytes
) -> None:
    partner, kind, parts = record
    message = "\x1f".join((partner, kind, *parts)).encode()
    assert record_key(secret, *record) == hmac.digest(secret, message, hashlib.sha256).hex()[:32]
