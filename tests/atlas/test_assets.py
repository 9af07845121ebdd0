"""The assets: what they are built from is what lies beside them, though nothing here can build them."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

ATLAS = Path(__file__).parents[2] / "sim" / "atlas"
STALE = "build the report's program again: npm ci && npm run build, in sim/atlas/client"


@pytest.fixture
def vendored() -> Any:
    """What is built in, and the digests of what it was built from and of what came of it."""
    return json.loads((ATLAS / "assets" / "vendored.json").read_text(encoding="utf-8"))


def _digests(folder: Path) -> dict[str, str]:
    """The digest of every file in a folder, but for packages that are installed there, by path."""
    paths = (path for path in folder.rglob("*") if path.is_file() and "node_modules" not in path.parts)
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}


def test_the_assets_are_built_from_the_program_as_it_is_written(vendored: Any) -> None:
    """Every file of it, and no other."""
    assert _digests(ATLAS / "client") == vendored["client"], STALE


def test_the_assets_are_as_they_were_built(vendored: Any) -> None:
    """None was changed by hand, and there are no others."""
    assert _digests(ATLAS / "assets") == vendored["built"] | {
        "vendored.json": sha256((ATLAS / "assets" / "vendored.json").read_bytes()).hexdigest()
    }, STALE


def test_every_part_is_named_with_its_licence(vendored: Any) -> None:
    """The text of each licence is there, below the name and version of its part."""
    texts = (ATLAS / "assets" / "LICENSES.txt").read_text(encoding="utf-8")
    for part in vendored["parts"]:
        assert part["licence"] in {"ISC", "MIT", "BSD-3-Clause"}
        assert f"\n{part['name']} {part['version']}\n" in texts
