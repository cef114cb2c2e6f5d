from __future__ import annotations

import math
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affetto.senses.camera import open_picture
from affetto.senses.face_doubt import FACING
from affetto.senses.face_finder import FaceFinder, FoundFace
from affetto.senses.face_pose import HEAD, turned_by


def head(
    *, aside: float = 0, down: float = 0, tilted: float = 0, width: float = 100,
    shape: np.ndarray = HEAD,
) -> FoundFace:  # fmt: skip
    """The keypoints of a head turned by so many degrees, seen from afar."""
    a, d, t = (math.radians(x) for x in (aside, down, tilted))
    to_side = np.array([[math.cos(a), 0, math.sin(a)], [0, 1, 0], [-math.sin(a), 0, math.cos(a)]])
    bowed = np.array([[1, 0, 0], [0, math.cos(d), math.sin(d)], [0, -math.sin(d), math.cos(d)]])
    roll = np.array([[math.cos(t), -math.sin(t), 0], [math.sin(t), math.cos(t), 0], [0, 0, 1]])
    points = (shape @ (roll @ bowed @ to_side).T)[:, :2] * width / 14.6 + 200
    box = np.array([150, 150, 150 + width, 150 + width], np.float32)
    return FoundFace(box, points.astype(np.float32), 0.9)


@pytest.mark.parametrize("degrees", [-85, -60, -30, 0, 15, 45, 60, 75, 90])
def test_a_head_turned_aside_is_measured(degrees: float) -> None:
    assert turned_by(head(aside=degrees)) == pytest.approx(abs(degrees), abs=0.5)


@pytest.mark.parametrize("degrees", [-70, -40, 20, 65])
def test_looking_up_or_down_is_turning_away_too(degrees: float) -> None:
    assert turned_by(head(down=degrees)) == pytest.approx(abs(degrees), abs=0.5)


@given(tilted=st.floats(-180, 180), width=st.floats(5, 900), aside=st.floats(-80, 80))
def test_a_head_on_its_shoulder_or_far_away_is_not_turned_more(
    tilted: float, width: float, aside: float
) -> None:
    seen = turned_by(head(aside=aside, tilted=tilted, width=width))
    assert seen == pytest.approx(abs(aside), abs=1)


@pytest.mark.parametrize("eye", [0, 1])
def test_a_profile_whose_far_eye_is_lost_on_the_near_one_is_turned_away(eye: int) -> None:
    face = head(aside=80 if eye == 0 else -80)
    points = face.keypoints.copy()
    points[eye] = points[1 - eye]
    assert turned_by(FoundFace(face.box, points, 0.6)) > FACING


@pytest.mark.parametrize(
    "scale", [(0.92, 1, 1), (1.08, 1, 1), (1, 1.1, 1), (1, 1, 0.95), (1, 1, 1.05)]
)
def test_other_peoples_heads_are_measured_nearly_as_well(scale: tuple[float, ...]) -> None:
    for degrees in (0, 30, 60):
        seen = turned_by(head(aside=degrees, shape=HEAD * np.array(scale)))
        assert seen == pytest.approx(degrees, abs=6)


def test_keypoints_a_little_off_turn_nobody_away() -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        face = head()
        shaken = face.keypoints + rng.normal(0, 3, (6, 2)).astype(np.float32)
        assert turned_by(FoundFace(face.box, shaken, 0.9)) < 25


def test_keypoints_that_all_coincide_tell_no_direction() -> None:
    assert turned_by(FoundFace(np.zeros(4, np.float32), np.zeros((6, 2), np.float32), 0.5)) == 0


@pytest.mark.data
def test_nobody_in_the_sample_photos_is_turned_away() -> None:
    if not os.environ.get("AFFETTO_DATA"):
        pytest.skip("AFFETTO_DATA does not name a folder of sample data")
    finder = FaceFinder.of()
    photos = sorted((Path(os.environ["AFFETTO_DATA"]) / "photos").glob("*.jpg"))
    turns = [
        turned_by(face)
        for photo in photos
        for face in finder.find(open_picture(photo).pixels, thorough=True)
    ]
    assert len(turns) >= 8
    assert max(turns) < 30
