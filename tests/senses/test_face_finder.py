from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

import faces_kit
from affetto.inference.runner import OnnxRunner
from affetto.senses.face_finder import (
    FAR,
    LEFT_EYE,
    MOUTH,
    NEAR,
    RIGHT_EYE,
    SAME,
    FaceFinder,
    FoundFace,
    anchors,
    averaged,
    decoded,
    letterboxed,
    merged,
    overlap,
    tiles,
)

SIDE = FAR.side
GRID = 48
BOX = (174, 69, 279, 174)  # the astronaut's, left, top, right, bottom


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> FaceFinder:
    return FaceFinder.of(faces_kit.with_detector(tmp_path_factory.mktemp("models")))


def face(left: float, top: float, side: float, score: float = 0.9) -> FoundFace:
    box = np.array([left, top, left + side, top + side], np.float32)
    return FoundFace(box, np.full((6, 2), left, np.float32), score)


# -- real looks -----------------------------------------------------------------------------


@pytest.mark.parametrize("thorough", [False, True])
def test_the_astronaut_is_found_where_she_is(finder: FaceFinder, thorough: bool) -> None:
    (found,) = finder.find(faces_kit.astronaut(), thorough=thorough)
    assert overlap(np.array(BOX, np.float32), found.box[None])[0] > 0.8
    right, left, mouth = (found.keypoints[k] for k in (RIGHT_EYE, LEFT_EYE, MOUTH))
    assert right[0] < left[0], "her right eye is on our left"
    assert mouth[1] > max(right[1], left[1])


@pytest.mark.parametrize("size", [(512, 300), (300, 512), (1500, 512), (97, 512)])
def test_a_picture_of_any_shape_gives_boxes_in_its_own_pixels(
    finder: FaceFinder, size: tuple[int, int]
) -> None:
    wide, high = size
    canvas = np.full((high, wide, 3), 90, np.uint8)
    head = faces_kit.astronaut()[0:240, 110:340]
    shown = np.asarray(Image.fromarray(head).resize((96, 100)))
    canvas[high - 100 :, wide - 96 : wide] = shown
    (found,) = finder.find(canvas, thorough=True)
    middle = (found.box[:2] + found.box[2:]) / 2
    expected = (wide - 96 + (226 - 110) * 96 / 230, high - 100 + 121 * 100 / 240)
    assert np.abs(middle - expected).max() < 6


def test_two_people_are_two_faces_the_nearer_first(finder: FaceFinder) -> None:
    one = faces_kit.astronaut()[:300, 80:380]
    canvas = np.full((300, 520, 3), 80, np.uint8)
    canvas[:, :300] = one
    canvas[60:260, 310:510] = np.asarray(Image.fromarray(one).resize((200, 200)))
    first, second = finder.find(canvas)
    assert first.side > second.side
    assert first.box[0] < 300 < second.box[0]


@pytest.mark.parametrize("thorough", [False, True])
def test_nobody_is_found_where_nobody_is(finder: FaceFinder, thorough: bool) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (480, 640, 3), np.uint8)
    ramp = np.broadcast_to(np.linspace(0, 255, 640, dtype=np.uint8)[None, :, None], (480, 640, 3))
    for picture in (np.zeros((480, 640, 3), np.uint8), noise, np.ascontiguousarray(ramp)):
        assert finder.find(picture, thorough=thorough) == []


def small_in_a_large_picture() -> tuple[np.ndarray, tuple[int, int]]:
    """A face of about 34 pixels in 1600 × 900, and where its middle is."""
    canvas = np.full((900, 1600, 3), 120, np.uint8)
    canvas[500:665, 1000:1165] = np.asarray(
        Image.fromarray(faces_kit.astronaut()).resize((165, 165))
    )
    return canvas, (1000 + 226 * 165 // 512, 500 + 121 * 165 // 512)


def test_a_closer_look_finds_a_face_too_small_for_the_first(finder: FaceFinder) -> None:
    canvas, middle = small_in_a_large_picture()
    assert finder.find(canvas) == []
    (found,) = finder.find(canvas, thorough=True)
    assert np.abs((found.box[:2] + found.box[2:]) / 2 - middle).max() < 6


class Looks:
    """A net that remembers how often it looked."""

    def __init__(self, inner: OnnxRunner) -> None:
        self.inner, self.count = inner, 0

    def run(self, values: np.ndarray) -> dict[str, np.ndarray]:
        self.count += 1
        return self.inner.run(values)


@pytest.fixture
def nets(finder: FaceFinder) -> tuple[Looks, Looks, FaceFinder]:
    """The near net, the far one, and a finder that uses them."""
    near, far = Looks(finder._near), Looks(finder._far)
    return near, far, FaceFinder(near, far)  # type: ignore[arg-type]


def test_a_face_before_the_camera_costs_one_quick_look(
    nets: tuple[Looks, Looks, FaceFinder],
) -> None:
    near, far, finder = nets
    assert len(finder.find(faces_kit.astronaut())) == 1
    assert (near.count, far.count) == (1, 0)


def test_a_small_face_and_an_empty_room_are_looked_at_again(
    nets: tuple[Looks, Looks, FaceFinder],
) -> None:
    near, far, finder = nets
    room = np.full((480, 640, 3), 90, np.uint8)
    assert finder.find(room) == []
    assert (near.count, far.count) == (1, 1)
    room[100:350, 200:450] = np.asarray(Image.fromarray(faces_kit.astronaut()).resize((250, 250)))
    (found,) = finder.find(room)
    assert (near.count, far.count) == (2, 2)
    assert 40 < found.side < 65


@settings(deadline=None, max_examples=12)
@given(share=st.floats(0.2, 0.6), x=st.floats(-0.3, 0.3), y=st.floats(-0.3, 0.3))
def test_both_nets_put_the_box_in_the_same_place(
    finder: FaceFinder, share: float, x: float, y: float
) -> None:
    face_side = BOX[2] - BOX[0]
    wide = face_side / share
    middle = ((BOX[0] + BOX[2]) / 2 + x * (wide - face_side) / 2, 121.0)
    left, top = middle[0] - wide / 2, middle[1] - 0.375 * wide + y * 0.2 * wide
    window = (left, top, left + wide, top + 0.75 * wide)
    picture = np.asarray(
        Image.fromarray(faces_kit.astronaut()).transform(
            (640, 480), Image.Transform.EXTENT, window, Image.Resampling.BILINEAR
        )
    )
    (near,), (far,) = finder._look(NEAR, picture), finder._look(FAR, picture)
    assert overlap(near.box, far.box[None])[0] > 0.7
    assert near.side == pytest.approx(far.side, rel=0.15)


@pytest.mark.parametrize("thorough", [False, True])
def test_a_face_that_fills_the_picture_is_found(finder: FaceFinder, thorough: bool) -> None:
    close = faces_kit.astronaut()[74:178, 178:276]
    (found,) = finder.find(close, thorough=thorough)
    high, wide = close.shape[:2]
    assert found.side > 0.8 * wide
    assert np.abs((found.box[:2] + found.box[2:]) / 2 - (wide / 2, high / 2)).max() < 10


# -- letterbox ------------------------------------------------------------------------------


@settings(deadline=None, max_examples=50)
@given(wide=st.integers(1, 900), high=st.integers(1, 900), share=st.sampled_from([1.0, 0.5]))
def test_every_corner_of_a_picture_lands_inside_the_letterbox(
    wide: int, high: int, share: float
) -> None:
    picture = np.full((high, wide, 3), 255, np.uint8)
    image, scale, left, top = letterboxed(picture, SIDE, share=share)
    assert image.shape == (1, 3, SIDE, SIDE)
    assert image.dtype == np.float32
    assert image.min() >= -1 and image.max() <= 1
    assert left >= 0 and top >= 0
    assert left + wide * scale <= SIDE + 1 and top + high * scale <= SIDE + 1
    lit = image[0, 0] > 0.99
    assert lit.any() and max(lit.any(0).sum(), lit.any(1).sum()) == SIDE * share


@settings(deadline=None, max_examples=30)
@given(
    wide=st.integers(1, 400),
    high=st.integers(1, 400),
    side=st.sampled_from([128, 192]),
    across=st.floats(-1, 1),
    down=st.floats(-1, 1),
)
def test_a_slope_of_grey_stays_where_it_was(
    wide: int, high: int, side: int, across: float, down: float
) -> None:
    """What is at a point of the picture is at that point of the letterbox, exactly."""
    y, x = np.mgrid[:high, :wide] + 0.5
    slope = across * x / wide + down * y / high
    picture = np.repeat(np.rint(127.5 + 60 * slope)[..., None], 3, 2).astype(np.uint8)
    image, scale, left, top = letterboxed(picture, side)
    block = max(1, int(1 / scale + 0.5))
    v, u = np.mgrid[:side, :side] + 0.5
    px, py = (u - left) / scale, (v - top) / scale
    inside = (px > block) & (px < wide - 2 * block) & (py > block) & (py < high - 2 * block)
    expected = (127.5 + 60 * (across * px / wide + down * py / high)) / 127.5 - 1
    assert np.abs(image[0, 0] - expected)[inside].max(initial=0) < 1 / 127


@pytest.mark.parametrize("block", [1, 2, 3, 16, 17, 40])
def test_a_mean_of_a_block_is_the_mean_of_its_pixels(block: int) -> None:
    picture = np.random.default_rng(block).integers(0, 256, (85, 123, 3), np.uint8)
    means = averaged(picture, block)
    rows, columns = 85 // block, 123 // block
    whole = picture[: rows * block, : columns * block].reshape(rows, block, columns, block, 3)
    assert means.dtype == np.float32
    np.testing.assert_allclose(means, whole.mean((1, 3)), rtol=1e-6)


# -- decoding -------------------------------------------------------------------------------


def test_anchors_are_the_middles_of_a_grid_row_by_row() -> None:
    places = anchors(FAR)
    assert places.shape == (GRID * GRID, 2)
    assert places[0].tolist() == [2, 2]
    assert places[1].tolist() == [6, 2]
    assert places[GRID].tolist() == [2, 6]
    assert places[-1].tolist() == [190, 190]
    assert places.mean(0).tolist() == [96, 96]


def test_the_near_net_answers_on_two_grids_several_times_a_cell() -> None:
    places = anchors(NEAR)
    assert len(places) == NEAR.answers == 896
    assert places[[0, 1, 2]].tolist() == [[4, 4], [4, 4], [12, 4]]
    assert places[[512, 517, 518]].tolist() == [[8, 8], [8, 8], [24, 8]]
    assert places[-1].tolist() == [120, 120]


def test_an_answer_is_read_relative_to_its_cell() -> None:
    raw, logits = np.zeros((2304, 16), np.float32), np.full(2304, -9, np.float32)
    cell = 10 * GRID + 20  # its middle is (82, 42)
    raw[cell] = [1, -2, 30, 20, *([5, 6] * 6)]
    logits[cell] = 2.0
    (found,) = decoded(FAR, raw, logits, 0.5)
    assert found.box.tolist() == [68, 30, 98, 50]
    assert found.keypoints.tolist() == [[87, 48]] * 6
    assert found.score == pytest.approx(1 / (1 + np.exp(-2)))
    assert found.side == 20
    assert decoded(FAR, raw, logits, 0.9) == []


@given(
    logits=arrays.arrays(np.float32, 2304, elements=st.floats(-200, 200, width=32)),
    seed=st.integers(0, 99),
)
@settings(deadline=None, max_examples=20)
def test_any_answer_gives_scores_that_are_shares_and_boxes_that_are_finite(
    logits: np.ndarray, seed: int
) -> None:
    raw = np.random.default_rng(seed).normal(0, 60, (2304, 16)).astype(np.float32)
    for found in decoded(FAR, raw, logits, 0.5):
        assert 0.5 <= found.score <= 1
        assert np.isfinite(found.box).all()
        assert (found.box[2:] >= found.box[:2]).all()


# -- merging --------------------------------------------------------------------------------

boxes = st.builds(
    face, st.floats(0, 150), st.floats(0, 150), st.floats(1, 60), st.floats(0.05, 1.0)
)


@given(st.lists(boxes, max_size=15))
@settings(deadline=None)
def test_each_face_is_kept_once_and_none_is_invented(faces: list[FoundFace]) -> None:
    kept = merged(faces)
    assert len(kept) <= len(faces)
    assert bool(kept) == bool(faces)
    assert [f.score for f in kept] == sorted((f.score for f in kept), reverse=True)
    if faces:
        assert kept[0].score == max(f.score for f in faces)
        everything = np.stack([f.box for f in faces])
        for found in kept:
            assert (found.box >= everything.min(0) - 1e-3).all()
            assert (found.box <= everything.max(0) + 1e-3).all()


@given(st.lists(boxes, max_size=10), st.randoms())
@settings(deadline=None)
def test_the_order_of_the_looks_does_not_matter(faces: list[FoundFace], random: object) -> None:
    faces = [face(f.box[0], f.box[1], f.side, 0.1 + k / 20) for k, f in enumerate(faces)]
    shuffled = list(faces)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for a, b in zip(merged(faces), merged(shuffled), strict=True):
        assert a.box == pytest.approx(b.box, abs=1e-3)


def test_two_looks_at_one_face_are_averaged_by_how_sure_they_are() -> None:
    (found,) = merged([face(0, 0, 30, 0.9), face(3, 0, 30, 0.3)])
    assert found.box.tolist() == pytest.approx([0.75, 0, 30.75, 30])
    assert found.score == 0.9


def test_neighbours_stay_two_people() -> None:
    assert len(merged([face(0, 0, 30), face(20, 0, 30)])) == 2


@given(boxes, boxes)
def test_overlap_is_a_share_and_goes_both_ways(one: FoundFace, other: FoundFace) -> None:
    here, there = (
        float(overlap(one.box, other.box[None])[0]),
        float(overlap(other.box, one.box[None])[0]),
    )
    assert 0 <= here <= 1
    assert here == pytest.approx(there, abs=1e-5)
    assert float(overlap(one.box, one.box[None])[0]) == pytest.approx(1, abs=1e-4)


def test_an_empty_box_overlaps_nothing() -> None:
    nothing = np.zeros(4, np.float32)
    assert overlap(nothing, nothing[None]).tolist() == [0]
    assert SAME > 0


# -- tiles ----------------------------------------------------------------------------------


@given(wide=st.integers(200, 1600), high=st.integers(200, 1600))
@settings(deadline=None)
def test_closer_looks_are_squares_inside_the_picture_that_leave_no_gap(
    wide: int, high: int
) -> None:
    squares = tiles((high, wide, 3))
    seen = np.zeros((high // 8 + 1, wide // 8 + 1), bool)
    for left, top, right, bottom in squares:
        assert 0 <= left < right <= wide
        assert 0 <= top < bottom <= high
        assert right - left == bottom - top
        seen[top // 8 : -(-bottom // 8), left // 8 : -(-right // 8)] = True
    if squares:
        assert seen[: high // 8, : wide // 8].all()
    assert len(squares) <= 160


def test_a_picture_smaller_than_the_net_sees_needs_no_closer_look() -> None:
    assert tiles((100, 90, 3)) == []
    # beyond the picture's long side nothing is gained from a square as large
    assert all(right - left < 300 for left, _, right, _ in tiles((300, 320, 3)))
