"""Photos under other light: a reader that only sees brightness is found out."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")

from affetto.emotion import EmotionReading
from affetto.senses.face import FaceReader, Look, SeenFace
from affetto.senses.sense import ImageFrame
from affetto_training.photos import boxes_of, ours, tally
from affetto_training.relit import ANGLES, SIDE_LIGHT, SKIN, measure

pytestmark = pytest.mark.training

BOX = (30, 30, 40, 40)


class OnlyBrightness:
    """Calls bright faces happy and dark ones sad, and misses what is nearly black."""

    def look(self, frame: ImageFrame, *, thorough: bool = True) -> Look:
        light = float(frame.pixels[40:60, 40:60].mean()) / 255
        if light < 0.23:
            return Look(())
        happy = 0.9 if light > 0.45 else 0.1
        shares = {"happy": happy, "sad": 1 - happy}
        reading = EmotionReading(happy - 0.5, 0.0, 0.5, "face", datetime(2026, 1, 1, tzinfo=UTC))
        return Look((SeenFace(BOX, shares, reading),))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    Image.new("RGB", (100, 100), (140, 140, 140)).save(tmp_path / "fr_obama.jpg", quality=95)
    Image.new("RGB", (100, 100), (140, 140, 140)).save(tmp_path / "dl_dog.jpg", quality=95)
    return tmp_path


def test_a_reader_that_only_sees_brightness_is_found_out(photos: Path) -> None:
    reader: Any = OnlyBrightness()
    found = measure(photos, reader)
    assert (found["faces"], found["luminance"]) == (1, [pytest.approx(0.267, abs=0.02)])
    skin = {row["stops"]: row for row in found["skin"]}
    assert set(skin) == set(SKIN)
    assert (skin[0.0]["same"], skin[0.0]["moved"]) == (1, 0.0)
    assert (skin[-1.0]["read"], skin[-1.0]["same"]) == (1, 0)
    assert skin[-1.0]["moved"] == pytest.approx(0.8)
    assert (skin[-1.0]["sure"], skin[-1.0]["sure_same"]) == (1, 0)
    assert (skin[-3.0]["found"], skin[-3.0]["moved"]) == (0, None)
    assert found["darkest"] == [{"luminance": found["luminance"][0], "stops": -2.5}]
    assert skin[-3.0]["doubts"] == {}
    assert sum(row["n"] for row in found["side"]) == len(SIDE_LIGHT) * len(ANGLES)
    assert sum(row["n"] for row in found["angle"]) == len(SIDE_LIGHT) * len(ANGLES)


def test_a_face_where_there_is_none_is_told(photos: Path) -> None:
    reader: Any = OnlyBrightness()
    happy, dog = ours(photos, reader)
    assert (happy["says"], happy["share"], dog["found"]) == ("happy", 0.9, True)
    assert tally([happy, dog], doubtful=True) == {"of": 1, "found": 1, "read": 1, "right": 1}
    assert boxes_of(photos, reader) == '{"fr_obama.jpg": [[30, 30, 40, 40]], "dl_dog.jpg": []}'


@pytest.mark.data
def test_every_named_face_of_the_sample_photos_is_found_and_the_dog_is_none() -> None:
    if "AFFETTO_DATA" not in os.environ:
        pytest.skip("AFFETTO_DATA is not set")
    rows = ours(Path(os.environ["AFFETTO_DATA"]) / "photos", FaceReader())
    assert len(rows) == 9
    assert [row["photo"] for row in rows if not row["found"]] == ["dl_dog.jpg"]
    assert np.all([row["says"] == "happy" for row in rows if row["photo"] == "fr_obama.jpg"])
