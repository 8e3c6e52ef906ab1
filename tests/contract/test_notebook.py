"""The example notebook runs from its first cell to its last, without a network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.support.releases import ROOT
from tests.support.sample import sample_folder

FILE = ROOT / "docs" / "notebooks" / "analyst.ipynb"
#: Run before the first cell: a warning about the product or the notebook fails, and so does who
#: looks up a name or connects to somebody else.
_ALONE = """
import socket, warnings
warnings.filterwarnings("error", module="dashboard|__main__")
def alone(*_, **__):
    raise AssertionError("the notebook asked the network")
socket.getaddrinfo = socket.create_connection = alone
"""


@pytest.fixture(scope="module")
def notebook() -> Any:
    written = nbformat.read(FILE, as_version=4)
    nbformat.validate(written)
    return written


@pytest.fixture(scope="module")
def sample() -> Path:
    """The folder of the sample's release, as the README makes it."""
    return sample_folder() / "store" / "releases"


def test_it_is_kept_without_what_a_run_leaves(notebook: Any) -> None:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) > 10
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert "/home/" not in FILE.read_text(encoding="utf-8")


def test_it_runs_on_the_sample(
    notebook: Any, sample: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ATLAS_RELEASES", str(sample))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    notebook.cells.insert(0, nbformat.v4.new_code_cell(_ALONE))
    client = NotebookClient(
        notebook, timeout=180, resources={"metadata": {"path": str(FILE.parent)}}
    )
    client.execute(env=dict(os.environ))
    results = "\n".join(
        str(output.get("data", output.get("text", "")))
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    assert "application/vnd.plotly.v1+json" in results
    assert "hotspots.map cannot be asked level='camp'" in results
    assert "more than usual" in results
    assert "recruiter_relation" in results
    assert "2026Q3" in results
    assert "INVENTED DATA" in results
