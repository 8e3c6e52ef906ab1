"""A store that is sealed as it is, as only somebody with the secret can."""

from __future__ import annotations

from dataclasses import replace

from etl.register import seal
from etl.settings import Settings


def seal_all(settings: Settings) -> None:
    """Name every file of both halves in the manifest, whatever it holds now."""
    present = (*seal._operator_files(settings), *seal._release_files(settings))
    digests = {name: (seal._state(seal.path_of(settings, name)),) for name in present}
    manifest = replace(seal._read_manifest(settings), files=digests)
    seal._write_manifest(settings, manifest)
    seal._write_generation(settings, manifest.generation)
