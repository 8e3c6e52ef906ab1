from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from etl.register.store import declare_base, read_store
from etl.secret_files import fingerprint, make_secrets, read_secrets, secret_paths
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings
from tests.unit.etl.stores import Intake


def test_secrets_are_made_once_and_never_overwritten(settings: Settings) -> None:
    made = make_secrets(settings)
    assert made == list(secret_paths(settings))
    secrets = read_secrets(settings)
    assert secrets.identifiers != secrets.protection
    assert make_secrets(settings) == []
    assert read_secrets(settings) == secrets


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_only_the_operator_can_read_them(settings: Settings) -> None:
    make_secrets(settings)
    assert {path.stat().st_mode & 0o777 for path in secret_paths(settings)} == {0o600}


def test_secrets_never_lie_inside_the_store(settings: Settings) -> None:
    inside = replace(settings, secrets=settings.store / "operator" / "keys")
    with pytest.raises(OperatorError, match="outside the store"):
        make_secrets(inside)
    assert not settings.store.exists()


def test_the_store_knows_fingerprints_alone(intake: Intake) -> None:
    secrets = open_secrets(intake.settings)
    facts = read_store(intake.settings)
    assert facts.identifiers == fingerprint(secrets.identifiers)
    assert facts.protection == fingerprint(secrets.protection)
    for path in intake.settings.store.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert secrets.identifiers.hex().encode() not in content
            assert secrets.protection.hex().encode() not in content


@pytest.mark.parametrize("name", ["identifiers", "protection"])
def test_a_changed_secret_is_refused(intake: Intake, name: str) -> None:
    (intake.settings.secrets / f"{name}.key").write_text("ab" * 32)
    with pytest.raises(OperatorError, match=f"{name}.key is not the one"):
        intake.load("line-list", intake.line_list())


def test_a_missing_or_damaged_secret_is_told(intake: Intake) -> None:
    path, _ = secret_paths(intake.settings)
    path.write_text("not hexadecimal")
    with pytest.raises(OperatorError, match="damaged"):
        open_secrets(intake.settings)
    path.unlink()
    with pytest.raises(OperatorError, match="missing"):
        open_secrets(intake.settings)


def test_a_store_keeps_one_base(intake: Intake) -> None:
    assert read_store(intake.settings).base is None
    declare_base(intake.settings, 5)
    declare_base(intake.settings, 5)
    assert read_store(intake.settings).base == 5
    with pytest.raises(OperatorError, match="base 5"):
        declare_base(intake.settings, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_secret_that_others_can_read_is_refused_with_the_command_that_closes_it(
    settings: Settings, mode: int
) -> None:
    identifiers, _ = make_secrets(settings)
    identifiers.chmod(mode)
    with pytest.raises(OperatorError, match=f"chmod 600 {identifiers}"):
        read_secrets(settings)
    identifiers.chmod(0o600)
    assert read_secrets(settings).identifiers


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o722])
def test_a_folder_that_others_can_write_is_refused(settings: Settings, mode: int) -> None:
    make_secrets(settings)
    settings.secrets.chmod(mode)
    with pytest.raises(OperatorError, match=f"chmod go-w {settings.secrets}"):
        read_secrets(settings)
    settings.secrets.chmod(0o755)
    assert read_secrets(settings).protection
