from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import faces_kit
from affetto.emotion import EXPRESSIONS
from affetto.errors import ModelMissing, UnreadablePicture
from affetto.inference import shelf
from affetto.inference.runner import OnnxRunner
from affetto.senses.camera import open_picture
from affetto.senses.face import (
    ANY_WORD,
    WITHIN_ONE_WORD,
    FaceReader,
    Look,
    SeenFace,
    box_within,
    read_face,
    reading_of,
)
from affetto.senses.face_crop import Floats, Quality
from affetto.senses.face_finder import FoundFace
from affetto.senses.sense import ImageFrame
from contracts.senses import SenseContract

CLEAR = Quality(pixels=100, light=0.5, contrast=0.2, detail=0.5)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = faces_kit.with_detector(tmp_path_factory.mktemp("models"))
    return faces_kit.with_opinion(folder, logits=(0, 0, 0, 3, 0, 0, 1))


@pytest.fixture(scope="module")
def reader(models: Path) -> FaceReader:
    return FaceReader(models=models)


def two_people() -> np.ndarray:
    one = faces_kit.astronaut()[:300, 80:380]
    canvas = np.full((300, 520, 3), 80, np.uint8)
    canvas[:, :300] = one
    canvas[60:260, 310:510] = np.asarray(Image.fromarray(one).resize((200, 200)))
    return canvas


def far_away(size: int) -> np.ndarray:
    """A large room with the astronaut in it, ``size`` pixels square; a fifth is her face."""
    canvas = np.full((900, 1600, 3), 120, np.uint8)
    photo = Image.fromarray(faces_kit.astronaut()).resize((size, size))
    canvas[500 : 500 + size, 1000 : 1000 + size] = np.asarray(photo)
    return canvas


class TestTheFaceAsASense(SenseContract):
    @pytest.fixture
    def sense(self, reader: FaceReader) -> FaceReader:
        return reader

    @pytest.fixture
    def telling(self) -> ImageFrame:
        return faces_kit.frame(faces_kit.astronaut())

    @pytest.fixture
    def empty(self) -> ImageFrame:
        return faces_kit.frame(np.zeros((480, 640, 3), np.uint8))


# -- faces ----------------------------------------------------------------------------------


def test_a_face_is_read_with_box_expressions_and_a_place_on_the_map(reader: FaceReader) -> None:
    (face,) = reader.faces(faces_kit.frame(faces_kit.astronaut()))
    x, y, wide, high = face.box
    assert abs(x - 174) < 8 and abs(y - 69) < 8 and abs(wide - 105) < 12 and abs(high - 105) < 12
    assert all(isinstance(n, int) for n in face.box)
    assert sum(face.probabilities.values()) == pytest.approx(1)
    assert tuple(face.probabilities) == faces_kit.EXPRESSIONS
    reading = face.reading
    assert reading.expression == "happy"
    assert reading.source == reader.source == "face"
    assert reading.at == faces_kit.NOON
    assert reading.valence > 0.3
    assert reading.confidence == pytest.approx(face.probabilities["happy"])


def test_nobody_there_is_no_reading_not_a_neutral_one(reader: FaceReader) -> None:
    empty = faces_kit.frame(np.zeros((480, 640, 3), np.uint8))
    assert reader.faces(empty) == []
    assert reader.read(empty) is None


def test_the_largest_face_is_the_listener(reader: FaceReader) -> None:
    frame = faces_kit.frame(two_people())
    faces = reader.faces(frame)
    assert len(faces) == 2
    assert faces[0].box[2] > faces[1].box[2]
    assert reader.read(frame) == faces[0].reading


class Counting(OnnxRunner):
    """The expression net, and how many faces it was shown."""

    shown = 0

    def run(self, values: Floats) -> dict[str, Floats]:
        self.shown += len(values)
        return super().run(values)


def test_a_face_that_is_only_counted_is_never_shown_to_the_net(models: Path) -> None:
    reader = FaceReader(models=models)
    finder, _ = reader._ready()
    net = Counting(*shelf.find("expression", folder=models))
    reader._loaded = (finder, net)
    frame = faces_kit.frame(two_people())

    seen = reader.look(frame, most=1)
    assert (len(seen.faces), seen.others, net.shown) == (1, 1, 1)
    reader.read(frame)
    assert net.shown == 2
    everyone = reader.look(frame)
    assert (len(everyone.faces), everyone.others, net.shown) == (2, 0, 4)
    assert seen.faces[0].box == everyone.faces[0].box
    nobody_read = reader.look(frame, most=0)
    assert (nobody_read.faces, nobody_read.others, net.shown) == ((), 2, 4)


def test_a_live_frame_skips_the_closer_look(reader: FaceReader) -> None:
    frame = faces_kit.frame(far_away(165))
    assert reader.look(frame, thorough=False) == Look(())
    assert len(reader.look(frame, thorough=True).unread) == 1


def test_a_face_thirty_pixels_wide_is_found_and_not_read(reader: FaceReader) -> None:
    seen = reader.look(faces_kit.frame(far_away(148)))
    (face,) = seen.unread
    assert face.doubt == "small" and face.words.endswith("Come a little closer.")
    assert 22 < face.box[2] < 36
    assert (seen.faces, seen.others) == ((), 0)
    assert reader.read(faces_kit.frame(far_away(148)), thorough=True) is None


def test_the_order_of_labels_is_the_cards_and_nobody_elses(tmp_path: Path, models: Path) -> None:
    turned = faces_kit.EXPRESSIONS[::-1]
    folder = faces_kit.with_opinion(
        faces_kit.with_detector(tmp_path), logits=(0, 5, 0, 0, 0, 0, 0), labels=turned
    )
    (face,) = FaceReader(models=folder).faces(faces_kit.frame(faces_kit.astronaut()))
    assert face.reading.expression == turned[1] == "surprise"


def test_a_card_with_too_few_labels_is_not_guessed_at(tmp_path: Path) -> None:
    folder = faces_kit.with_opinion(faces_kit.with_detector(tmp_path), labels=("happy", "sad"))
    with pytest.raises(ModelMissing, match="names 2"):
        FaceReader(models=folder).faces(faces_kit.frame(faces_kit.astronaut()))


def test_a_warmer_temperature_makes_the_same_face_less_sure(tmp_path: Path) -> None:
    shares = []
    for temperature in (1.0, 2.0):
        folder = faces_kit.with_detector(tmp_path / str(temperature))
        faces_kit.with_opinion(folder, temperature=temperature)
        reading = FaceReader(models=folder).read(faces_kit.frame(faces_kit.astronaut()))
        assert reading is not None
        shares.append(reading.confidence)
    assert shares[1] < shares[0]


def test_a_missing_model_is_told_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        FaceReader(models=tmp_path).faces(faces_kit.frame(faces_kit.astronaut()))


def test_the_readers_card_tells_what_the_model_is(reader: FaceReader) -> None:
    assert reader.card.labels == faces_kit.EXPRESSIONS


# -- readings -------------------------------------------------------------------------------


def test_a_certain_face_lies_where_its_word_lies() -> None:
    reading = reading_of({"happy": 1.0}, CLEAR, at=faces_kit.NOON)
    assert reading.affect == EXPRESSIONS["happy"]
    assert reading.confidence == 1
    assert reading.covariance.vv == pytest.approx(WITHIN_ONE_WORD**2)
    assert reading.covariance.va == 0


def test_a_face_that_may_be_two_things_is_unsure_along_the_line_between() -> None:
    torn = reading_of({"happy": 0.5, "sad": 0.5}, CLEAR, at=faces_kit.NOON)
    sure = reading_of({"happy": 1.0}, CLEAR, at=faces_kit.NOON)
    assert torn.covariance.vv > 5 * sure.covariance.vv
    assert torn.covariance.va > 0


def test_a_poor_picture_lowers_confidence_and_changes_no_expression() -> None:
    dim = Quality(pixels=20, light=0.1, contrast=0.2, detail=0.5)
    mixed = {"happy": 0.7, "neutral": 0.3}
    clear, poor = (reading_of(mixed, seen, at=faces_kit.NOON) for seen in (CLEAR, dim))
    assert poor.confidence == pytest.approx(clear.confidence * dim.trust)
    assert poor.affect == clear.affect


def test_a_face_that_no_word_fits_is_less_sure_in_place_and_confidence() -> None:
    mixed = {"happy": 0.7, "neutral": 0.3}
    plain, vague = (reading_of(mixed, CLEAR, at=faces_kit.NOON, named=s) for s in (1.0, 0.6))
    assert vague.affect == plain.affect
    assert vague.confidence == pytest.approx(0.6 * plain.confidence)
    assert vague.covariance.vv > plain.covariance.vv
    assert vague.covariance.aa > plain.covariance.aa


def test_a_face_that_nobody_would_name_may_lie_anywhere_a_face_may() -> None:
    lost = reading_of({"happy": 1.0}, CLEAR, at=faces_kit.NOON, named=0.0)
    place, spread = ANY_WORD
    happy = EXPRESSIONS["happy"]
    assert lost.confidence == 0
    assert lost.covariance.vv == pytest.approx(spread.vv + (place.valence - happy.valence) ** 2)
    assert lost.covariance.aa == pytest.approx(spread.aa + (place.arousal - happy.arousal) ** 2)


@given(
    shares=st.lists(st.floats(0.01, 1), min_size=7, max_size=7),
    named=st.floats(0, 1),
)
def test_the_spread_of_any_reading_is_one(shares: list[float], named: float) -> None:
    told = {n: s / sum(shares) for n, s in zip(EXPRESSIONS, shares, strict=True)}
    vv, va, aa = reading_of(told, CLEAR, at=faces_kit.NOON, named=named).covariance
    assert min(vv, aa) >= min(WITHIN_ONE_WORD**2, *(ANY_WORD[1][k] for k in (0, 2)))
    assert vv * aa > va * va


def test_a_box_that_reaches_over_the_edge_is_cut_there() -> None:
    box = np.array([-10, 20.4, 60, 130], np.float32)
    face = FoundFace(box, np.zeros((6, 2), np.float32), 0.9)
    assert box_within(face, (100, 50, 3)) == (0, 20, 50, 80)


# -- read_face ------------------------------------------------------------------------------

shipped = pytest.mark.skipif(
    not all((shelf.MODELS / f"{name}.onnx").is_file() for name in ("face-detector", "expression")),
    reason="the models are not on the shelf yet",
)


@shipped
def test_read_face_takes_a_name_bytes_a_path_or_a_frame(tmp_path: Path) -> None:
    path = tmp_path / "astronaut.png"
    path.write_bytes(faces_kit.encoded(faces_kit.astronaut(), "PNG"))
    frame = open_picture(path)
    readings = [read_face(photo) for photo in (str(path), path, path.read_bytes(), frame)]
    assert all(r is not None and r.expression == "happy" for r in readings)
    assert len({r.confidence for r in readings if r is not None}) == 1


@shipped
def test_the_smiling_astronaut_reads_happy_in_any_usual_photo() -> None:
    photo = Image.fromarray(faces_kit.astronaut())
    for shown in (photo, photo.resize((1200, 1200)), photo.transpose(Image.Transpose(0))):
        reading = read_face(faces_kit.encoded(np.asarray(shown), quality=80))
        assert reading is not None
        assert reading.expression == "happy"
        assert reading.confidence > 0.6
        assert reading.valence > 0.3


@shipped
def test_read_face_of_nobody_is_none() -> None:
    assert read_face(faces_kit.encoded(np.zeros((200, 200, 3), np.uint8))) is None


def test_read_face_of_no_picture_says_so() -> None:
    with pytest.raises(UnreadablePicture):
        read_face(b"not a picture")


# -- the sample photos ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def photos() -> Path:
    if not os.environ.get("AFFETTO_DATA"):
        pytest.skip("AFFETTO_DATA does not name a folder of sample data")
    return Path(os.environ["AFFETTO_DATA"]) / "photos"


def faces_in(photos: Path, name: str, reader: FaceReader) -> list[SeenFace]:
    return reader.faces(open_picture(photos / f"{name}.jpg"))


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("fr_obama", 1, 1),
        ("fr_biden", 1, 1),
        ("fer_justin", 1, 1),
        ("mt_ivan", 1, 1),
        ("fr_two_people", 2, 2),
        ("fr_obama_and_biden", 2, 9),
        ("dl_dog", 0, 0),
    ],
)
def test_every_sample_photo_has_its_people(
    photos: Path, reader: FaceReader, name: str, least: int, most: int
) -> None:
    assert least <= len(faces_in(photos, name, reader)) <= most


@shipped
@pytest.mark.data
def test_a_broad_smile_reads_happy(photos: Path) -> None:
    reader = FaceReader()
    for name in ("fr_obama", "fr_obama_and_biden"):
        assert faces_in(photos, name, reader)[0].reading.expression == "happy", name
