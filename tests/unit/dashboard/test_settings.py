"""The web process starts on loopback only and says what is wrong with a setting."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.settings import Settings, SettingsError


def test_without_variables_the_product_listens_on_this_machine_only() -> None:
    settings = Settings.from_environment({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8050)
    assert settings.releases.parts[-3:] == ("data", "store", "releases")


def test_variables_name_folders_and_port() -> None:
    settings = Settings.from_environment(
        {"ATLAS_RELEASES": "/r", "ATLAS_STATE": "/s", "ATLAS_PORT": "9000", "ATLAS_HOST": "::1"}
    )
    assert (settings.releases, settings.state) == (Path("/r"), Path("/s"))
    assert (settings.host, settings.port) == ("::1", 9000)


def test_published_releases_are_shown_where_their_folder_is_named() -> None:
    assert Settings.from_environment({}).published is None
    assert Settings.from_environment({"ATLAS_PUBLISHED": ""}).published is None
    assert Settings.from_environment({"ATLAS_PUBLISHED": "/p"}).published == Path("/p")


def test_a_store_is_where_releases_and_state_are_unless_they_are_named() -> None:
    settings = Settings.from_environment({"ATLAS_STORE": "/a", "ATLAS_STATE": "/s"})
    assert (settings.releases, settings.state) == (Path("/a/releases"), Path("/s"))


def test_a_public_name_is_refused_while_there_are_no_accounts() -> None:
    with pytest.raises(SettingsError, match=r"ATLAS_PUBLIC_HOST is 'atlas\.example'"):
        Settings.from_environment({"ATLAS_PUBLIC_HOST": "atlas.example"})
    with pytest.raises(SettingsError, match="there are no accounts"):
        Settings.from_environment({"ATLAS_PUBLIC_HOST": "atlas.example", "ATLAS_SECRET_FILE": ""})


def test_with_a_secret_a_public_name_is_taken_and_this_machine_is_left() -> None:
    settings = Settings.from_environment({"ATLAS_SECRET_FILE": "/k"})
    assert (settings.secret, settings.is_local) == (Path("/k"), True)
    named = {"ATLAS_SECRET_FILE": "/k", "ATLAS_PUBLIC_HOST": "atlas.example"}
    assert not Settings.from_environment(named).is_local


@pytest.mark.parametrize(
    "name",
    ["Atlas.example", "atlas", "atlas.example:443", "10.0.0.1", "a..b", "-a.b", "atlas.example/",
     "http://atlas.example", "atlas.example\n", "atlas.exam_ple", "localhost", "১.উ"],
)  # fmt: skip
def test_a_public_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="ATLAS_PUBLIC_HOST"):
        Settings.from_environment({"ATLAS_SECRET_FILE": "/k", "ATLAS_PUBLIC_HOST": name})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", "127.0.0.1.nip"])  # noqa: S104
def test_any_other_host_is_refused_with_a_sentence(host: str) -> None:
    with pytest.raises(SettingsError, match="listens on this machine only"):
        Settings.from_environment({"ATLAS_HOST": host})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_every_loopback_name_is_accepted(host: str) -> None:
    assert Settings.from_environment({"ATLAS_HOST": host}).host == host


@pytest.mark.parametrize("port", ["", "0", "65536", "80x", "-1", "٨٠٥٠"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SettingsError, match="ATLAS_PORT"):
        Settings.from_environment({"ATLAS_PORT": port})


def test_new_editions_wait_only_where_somebody_could_show_them() -> None:
    assert not Settings.from_environment({"ATLAS_EDITIONS_WAIT": ""}).editions_wait
    waits = {"ATLAS_EDITIONS_WAIT": "1", "ATLAS_SECRET_FILE": "/k"}
    assert Settings.from_environment(waits).editions_wait
    with pytest.raises(SettingsError, match="ATLAS_SECRET_FILE"):
        Settings.from_environment({"ATLAS_EDITIONS_WAIT": "1"})
    with pytest.raises(SettingsError, match="use 1"):
        Settings.from_environment({**waits, "ATLAS_EDITIONS_WAIT": "yes"})


def test_as_many_processes_answer_as_are_named_and_else_as_are_usual() -> None:
    assert Settings.from_environment({"ATLAS_PROCESSES": "1"}).processes == 1
    for unset in ({}, {"ATLAS_PROCESSES": ""}):
        assert Settings.from_environment(unset).processes is None


@pytest.mark.parametrize("number", ["0", "33", "-1", "2.0", "many", "२"])
def test_another_number_of_processes_is_refused(number: str) -> None:
    with pytest.raises(SettingsError, match="ATLAS_PROCESSES is .*; use a number from 1 to 32"):
        Settings.from_environment({"ATLAS_PROCESSES": number})


def test_where_there_can_be_one_process_alone_more_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dashboard.settings.sys.platform", "darwin")
    assert Settings.from_environment({"ATLAS_PROCESSES": "1"}).processes == 1
    with pytest.raises(SettingsError, match="only Linux has more than one"):
        Settings.from_environment({"ATLAS_PROCESSES": "2"})
