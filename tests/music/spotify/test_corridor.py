"""Nothing of Spotify reaches what chooses, feels, learns or remembers: its terms forbid it."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
FORBIDDEN = {"affetto.music.spotify", "spotipy"}


def contract() -> dict[str, Any]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    found: dict[str, Any] = next(
        one for one in contracts if set(one.get("forbidden_modules", ())) == FORBIDDEN
    )
    return found


def test_the_rooms_that_must_not_know_of_it_are_named() -> None:
    named = set(contract()["source_modules"])
    assert {
        "affetto.recommending",
        "affetto.mood",
        "affetto.listening",
        "affetto.store",
        "affetto.collection",
    } <= named


def skeleton(place: Path, *, told: str) -> None:
    """A house of empty modules of our names, of which one may know of Spotify."""
    for name in [*contract()["source_modules"], "affetto.music.spotify.shapes"]:
        module = place.joinpath(*name.split("."))
        module.mkdir(parents=True, exist_ok=True)
        for folder in (module, *module.parents):
            if folder == place:
                break
            (folder / "__init__.py").touch()
    (place / "affetto" / "recommending" / "scoring.py").write_text(told)
    (place / "affetto" / "server" / "spotifying.py").write_text(
        "import affetto.music.spotify.shapes\n"
    )
    rules = {
        "root_package": "affetto",
        "include_external_packages": True,
        "contracts": [contract()],
    }
    lines = ["[tool.importlinter]"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in rules.items() if key != "contracts"]
    lines.append("[[tool.importlinter.contracts]]")
    lines += [f"{key} = {json.dumps(value)}" for key, value in contract().items()]
    (place / "pyproject.toml").write_text("\n".join(lines))


def lint(place: Path) -> subprocess.CompletedProcess[str]:
    code = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_desk_may_know_of_it(tmp_path: Path) -> None:
    skeleton(tmp_path, told="")
    done = lint(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_song_of_spotify_in_the_scoring_breaks_the_build(tmp_path: Path) -> None:
    told = (
        "from affetto.music.spotify.shapes import Song",
        "import spotipy",
        "from affetto.server import spotifying",  # by a way round
    )
    skeleton(tmp_path, told="\n".join(told))
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "affetto.recommending is not allowed to import affetto.music.spotify" in done.stdout
    assert "affetto.recommending is not allowed to import spotipy" in done.stdout
    assert "affetto.recommending.scoring -> affetto.server.spotifying" in done.stdout


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_what_is_trained_knows_nothing_of_it() -> None:
    files = list((ROOT / "training").rglob("*.py"))
    assert files
    for file in files:
        assert not [n for n in imported(file) if n.startswith(tuple(FORBIDDEN))], file
