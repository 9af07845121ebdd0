"""The notebook of the tutorial does what it shows: every cell is run, in order, in a kernel of its own."""

import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(ROOT.glob("docs/**/*.ipynb"))


def run(notebook: Any, folder: Path) -> None:
    """Run all cells in a folder with a copy of the scenarios; keep of what they show what a reader sees of it."""
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # when it was run
        if cell.cell_type == "code":
            cell.outputs = [_seen(output) for output in cell.outputs if output.get("name") != "stderr"]


def _seen(output: Any) -> Any:
    """An output without the Python of a value that shows itself: it may hold an address in memory."""
    if "text/html" in output.get("data", {}):
        output.data = {"text/html": output.data["text/html"]}
    return output


def told(notebook: Any) -> list[Any]:
    """What every cell shows, but for how charts are drawn: that is another matter with each version of matplotlib."""
    return [
        [
            re.sub(r"(?s)<svg.*?</svg>", "<svg/>", str(sorted(output.get("data", output).items())))
            for output in cell.outputs
        ]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_cells_show_what_the_notebook_says(
    path: Path, rewrite: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it holds is what comes out; `--rewrite` writes it anew."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    notebook = nbformat.read(path, as_version=4)
    said = told(notebook)
    run(notebook, tmp_path)
    if rewrite:
        nbformat.write(notebook, path)
    else:
        assert told(notebook) == said


def test_there_is_one() -> None:
    """The tutorial of notebooks, with a chart in it."""
    assert [path.name for path in NOTEBOOKS] == ["posture.ipynb"]
    assert "<svg" in NOTEBOOKS[0].read_text(encoding="utf-8")
