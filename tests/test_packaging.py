"""What somebody gets who installs the built package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = Path("src/affetto/server/static/index.html")
DETECTOR = Path("src/affetto/inference/models/face-detector.onnx")
NEAR = Path("src/affetto/inference/models/face-detector-near.onnx")
PAPERS = ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE", ".gitignore")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The parts of the repository that packages are built from, with a page and detectors."""
    place = tmp_path / "clone"
    ignore = shutil.ignore_patterns("__pycache__", "static")
    shutil.copytree(ROOT / "src", place / "src", ignore=ignore)
    for name in (*PAPERS, "CHANGELOG.md", "PRIVACY.md", "SECURITY.md"):
        shutil.copy(ROOT / name, place / name)
    for made, content in ((PAGE, "<!doctype html>"), (DETECTOR, "a net"), (NEAR, "a net")):
        (place / made).parent.mkdir(parents=True, exist_ok=True)
        (place / made).write_text(content)
    return place


def build(clone: Path, kind: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(clone / "dist")],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )


def test_the_wheel_holds_page_models_cards_and_the_ways_in(clone: Path) -> None:
    done = build(clone, "wheel")
    assert done.returncode == 0, done.stderr
    (wheel,) = (clone / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
        (points,) = (n for n in names if n.endswith("entry_points.txt"))
        told = opened.read(points).decode()
    assert "affetto/server/static/index.html" in names
    assert "affetto/inference/models/face-detector.onnx" in names
    assert "affetto/inference/models/face-detector-near.onnx" in names
    assert "affetto/py.typed" in names
    assert "affetto/music/curated/happy.yaml" in names
    models = {n for n in names if n.endswith(".onnx")}
    assert {n.replace(".onnx", ".card.json") for n in models} <= names
    assert "affetto = affetto.cli.main:main" in told
    for provider in ("demo", "local", "memory"):
        assert f"{provider} = affetto.music.{provider}:create" in told
    assert any(n.endswith("licenses/LICENSE") for n in names)
    assert any(n.endswith("licenses/NOTICE") for n in names)
    assert not [n for n in names if n.startswith(("tests/", "training/", "web/"))]


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (PAGE, "the page"),
        (DETECTOR, "the far face detector"),
        (NEAR, "the near face detector"),
    ],
)
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_no_package_is_built_without_its_page_or_a_detector(
    clone: Path, gone: Path, said: str, kind: str
) -> None:
    (clone / gone).unlink()
    done = build(clone, kind)
    assert done.returncode != 0
    assert f"would lack {said}" in done.stderr
    assert "tools/setup.py run" in done.stderr
    assert not list((clone / "dist").glob("*.whl"))


def test_the_sdist_can_become_the_same_wheel_without_node(clone: Path, tmp_path: Path) -> None:
    done = build(clone, "sdist")
    assert done.returncode == 0, done.stderr
    (archive,) = (clone / "dist").glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {n.partition("/")[2] for n in opened.getnames()}
        opened.extractall(tmp_path / "unpacked", filter="data")
    assert {str(PAGE.as_posix()), str(DETECTOR.as_posix()), "hatch_build.py", "LICENSE"} <= names
    assert not [n for n in names if n.startswith(("web/", "tests/", "training/", ".ci"))]
    (source,) = (tmp_path / "unpacked").iterdir()
    again = build(source, "wheel")
    assert again.returncode == 0, again.stderr
