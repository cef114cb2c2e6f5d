from __future__ import annotations

import builtins
import os
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import faces_kit
from affetto.errors import PartMissing
from affetto.senses.face import FaceReader
from affetto.senses.face_finder import FaceFinder, overlap
from affetto.senses.haar_finder import HaarFinder


@pytest.fixture
def finder() -> HaarFinder:
    try:
        return HaarFinder()
    except PartMissing as error:
        reason = f"{error.problem} {error.remedy}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


def test_it_finds_the_face_our_own_detector_finds_in_the_same_place(
    finder: HaarFinder, tmp_path: Path
) -> None:
    models = faces_kit.with_detector(tmp_path / "models")
    (ours,) = FaceFinder.of(models).find(faces_kit.astronaut())
    found = finder.find(faces_kit.astronaut())
    assert overlap(ours.box, np.stack([face.box for face in found])).max() > 0.5
    nearest = found[int(overlap(ours.box, np.stack([face.box for face in found])).argmax())]
    assert np.abs(nearest.keypoints - ours.keypoints).max() < 0.3 * ours.side


def test_an_empty_wall_holds_no_face(finder: HaarFinder) -> None:
    assert finder.find(np.full((200, 300, 3), 128, np.uint8)) == []


def test_a_reader_reads_what_it_finds(finder: HaarFinder, tmp_path: Path) -> None:
    reader = FaceReader(models=faces_kit.with_opinion(tmp_path / "models"), finder=finder)
    faces = reader.faces(faces_kit.frame(faces_kit.astronaut()))
    assert faces and faces[0].reading.expression == "happy"


def stand_in(monkeypatch: pytest.MonkeyPatch, cv2: types.ModuleType | None) -> None:
    """As if this, or nothing, were installed as OpenCV."""
    found = builtins.__import__

    def imported(name: str, *rest: Any, **more: Any) -> Any:
        if name == "cv2" and cv2 is None:
            raise ImportError(name)
        return cv2 if name == "cv2" else found(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", imported)


def test_without_opencv_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, None)
    with pytest.raises(PartMissing, match="not installed") as caught:
        HaarFinder()
    assert 'pip install "affetto[haar]"' in caught.value.remedy


@pytest.mark.parametrize("classifier", [True, False])
def test_an_opencv_without_cascades_is_named_and_the_remedy_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, classifier: bool
) -> None:
    five = types.ModuleType("cv2")
    five.__version__ = "5.0.0"  # type: ignore[attr-defined]
    five.data = types.SimpleNamespace(haarcascades=str(tmp_path))  # type: ignore[attr-defined]
    if classifier:
        five.CascadeClassifier = object  # type: ignore[attr-defined]
    stand_in(monkeypatch, five)
    with pytest.raises(PartMissing, match=r"OpenCV 5\.0\.0 has no Haar cascades") as caught:
        HaarFinder()
    assert 'pip install "affetto[haar]"' in caught.value.remedy
