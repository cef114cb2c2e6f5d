from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

import faces_kit
from affetto.senses.face_crop import (
    BOX_MIDDLE,
    BOX_SIDE,
    ENOUGH_PIXELS,
    SIDE,
    Quality,
    cropped,
    level,
    quality,
)
from affetto.senses.face_finder import FoundFace


def face_at(
    x: float, y: float, side: float, *, turn: float = 0.0, profile: bool = False
) -> FoundFace:
    """A face with its box's middle at (x, y); ``turn`` in radians, clockwise on screen."""
    apart = 0.02 if profile else 0.42
    places = np.array(
        [
            [-apart / 2, -0.16],
            [apart / 2, -0.16],
            [0, 0.08],
            [0, 0.26],
            [-0.4, -0.05],
            [0.4, -0.05],
        ]
    )
    cos, sin = math.cos(turn), math.sin(turn)
    points = places * side @ np.array([[cos, sin], [-sin, cos]]) + (x, y)
    half = side / 2
    box = np.array([x - half, y - half, x + half, y + half], np.float32)
    return FoundFace(box, points.astype(np.float32), 0.9)


ASTRONAUT = face_at(226.5, 121.5, 105)


def painted(box: tuple[int, int, int, int], high: int = 300, wide: int = 300) -> np.ndarray:
    """Black, with a white box (left, top, right, bottom)."""
    pixels = np.zeros((high, wide, 3), np.uint8)
    left, top, right, bottom = box
    pixels[top:bottom, left:right] = 255
    return pixels


@pytest.mark.parametrize("side", [20, 41, 60, 102, 150, 240])
def test_the_box_lies_in_a_crop_where_the_net_learnt_to_expect_it(side: int) -> None:
    left = 150 - side // 2
    pixels = painted((left, left, left + side, left + side))
    crop = cropped(pixels, face_at(left + side / 2, left + side / 2, side))
    assert crop.shape == (SIDE, SIDE)
    assert crop.dtype == np.float32
    rows, columns = crop.sum(1) / BOX_SIDE, crop.sum(0) / BOX_SIDE
    assert columns.sum() == pytest.approx(BOX_SIDE, abs=0.8)  # as wide as it should be
    middle = (np.arange(SIDE) + 0.5) @ columns / columns.sum()
    assert middle == pytest.approx(BOX_MIDDLE[0], abs=0.3)
    middle = (np.arange(SIDE) + 0.5) @ rows / rows.sum()
    assert middle == pytest.approx(BOX_MIDDLE[1], abs=0.3)


def test_a_tilted_head_is_made_level() -> None:
    upright = Image.fromarray(faces_kit.astronaut())
    turn = math.radians(20)
    tilted = upright.rotate(-20, Image.Resampling.BICUBIC, center=(226.5, 121.5))
    straight = cropped(np.asarray(upright), ASTRONAUT)
    levelled = cropped(np.asarray(tilted), face_at(226.5, 121.5, 105, turn=turn))
    left_tilted = cropped(np.asarray(tilted), ASTRONAUT)
    assert np.abs(levelled - straight).mean() < 0.01
    assert np.abs(left_tilted - straight).mean() > 0.08


@given(turn=st.floats(-3, 3))
def test_level_follows_the_head_however_it_is_turned(turn: float) -> None:
    across = level(face_at(100, 100, 80, turn=turn))
    assert across == pytest.approx([math.cos(turn), math.sin(turn)], abs=1e-4)


def test_a_profile_whose_eyes_nearly_meet_is_still_level() -> None:
    assert level(face_at(100, 100, 80, turn=0.3, profile=True)) == pytest.approx(
        [math.cos(0.3), math.sin(0.3)], abs=1e-3
    )


def test_keypoints_that_all_coincide_turn_nothing() -> None:
    nowhere = FoundFace(np.zeros(4, np.float32), np.zeros((6, 2), np.float32), 0.5)
    assert level(nowhere).tolist() == [1, 0]


@settings(deadline=None, max_examples=80)
@given(
    x=st.floats(-100, 400),
    y=st.floats(-100, 400),
    side=st.floats(0.5, 600),
    turn=st.floats(-3, 3),
    high=st.integers(1, 200),
    wide=st.integers(1, 200),
)
def test_a_face_anywhere_even_over_the_edge_gives_a_crop(
    x: float, y: float, side: float, turn: float, high: int, wide: int
) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (high, wide, 3), np.uint8)
    crop = cropped(pixels, face_at(x, y, side, turn=turn))
    assert crop.shape == (SIDE, SIDE)
    assert np.isfinite(crop).all()
    assert crop.min() >= 0 and crop.max() <= 1


def test_a_crop_is_the_same_whether_the_photo_is_small_or_large() -> None:
    photo = Image.fromarray(faces_kit.astronaut())
    large = photo.resize((1536, 1536), Image.Resampling.BICUBIC)
    one = cropped(np.asarray(photo), ASTRONAUT)
    other = cropped(np.asarray(large), face_at(679.5, 364.5, 315))
    assert np.abs(one - other).mean() < 0.01


def test_colours_turn_grey_as_the_net_learnt_them() -> None:
    pixels = np.full((100, 100, 3), (200, 100, 50), np.uint8)
    expected = (0.299 * 200 + 0.587 * 100 + 0.114 * 50) / 255
    assert cropped(pixels, face_at(50, 50, 40)) == pytest.approx(expected, abs=1e-5)


# -- trust ----------------------------------------------------------------------------------


def trust(pixels: np.ndarray, face: FoundFace = ASTRONAUT) -> float:
    return quality(cropped(pixels, face), face).trust


def test_a_clear_face_is_fully_trusted() -> None:
    assert trust(faces_kit.astronaut()) == 1.0


def test_a_face_in_the_dark_is_trusted_less_and_black_not_at_all() -> None:
    photo = faces_kit.astronaut().astype(float)
    dim, dark = trust((photo * 0.25).astype(np.uint8)), trust((photo * 0.08).astype(np.uint8))
    assert 0 < dark < dim < 1
    assert trust(np.zeros((512, 512, 3), np.uint8)) == 0


def test_a_blurred_face_is_trusted_less_the_more_it_is_blurred() -> None:
    photo = Image.fromarray(faces_kit.astronaut())
    soft, softer = (trust(np.asarray(photo.filter(ImageFilter.GaussianBlur(r)))) for r in (4, 10))
    assert 0 < softer < soft < 1


def test_a_tiny_face_is_trusted_less_and_pays_once() -> None:
    small = np.asarray(Image.fromarray(faces_kit.astronaut()).resize((102, 102)))
    tiny = face_at(45.1, 24.2, 21)
    seen = quality(cropped(small, tiny), tiny)
    assert seen.pixels == pytest.approx(21)
    assert 0.2 < seen.trust <= 21 / ENOUGH_PIXELS


def test_a_flat_grey_wall_is_not_trusted() -> None:
    assert trust(np.full((512, 512, 3), 128, np.uint8)) == 0


@given(
    pixels=st.floats(0, 500), light=st.floats(0, 1), contrast=st.floats(0, 0.5),
    detail=st.floats(0, 3),
)  # fmt: skip
def test_trust_is_a_share_whatever_was_seen(
    pixels: float, light: float, contrast: float, detail: float
) -> None:
    assert 0 <= Quality(pixels, light, contrast, detail).trust <= 1
