"""A full disk is told in a sentence, and the store stays as before or is complete."""

from __future__ import annotations

from pathlib import Path

from tests.endurance.disks import measure_disks


def test_a_full_disk_loses_nothing(made: Path, tmp_path: Path) -> None:
    found = measure_disks(made, tmp_path, deeds=("publish",), sizes=2)
    assert [words for entry in found for words in entry.wrong] == []
    assert all(entry.failed for entry in found)


def test_a_size_limit_of_files_loses_nothing_either(made: Path, tmp_path: Path) -> None:
    """What machines without the right to mount test; the same sentences and stores."""
    found = measure_disks(made, tmp_path, deeds=("load",), sizes=2, mounts=False)
    assert [words for entry in found for words in entry.wrong] == []
    assert all(entry.failed for entry in found)
