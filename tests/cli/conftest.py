from __future__ import annotations

from pathlib import Path

import pytest

import faces_kit
from affetto.cli import read
from affetto.senses.face import FaceReader
from cli.doors import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "data")


@pytest.fixture
def opinion(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every face looks happy, so that no test hangs on what the shipped net believes.

    Gives the folder of the models that say so.
    """
    models = faces_kit.with_opinion(faces_kit.with_detector(tmp_path_factory.mktemp("models")))
    monkeypatch.setattr(read, "_reader", lambda _detector: FaceReader(models=models))
    return models
