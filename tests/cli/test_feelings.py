from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from affetto.cli.feelings import DoubtfulFace, NoFaceFound, firm
from affetto.emotion import EmotionReading
from affetto.senses.face import Look, SeenFace, UnreadFace

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PHOTO = Path("me.jpg")


def smile(confidence: float) -> Look:
    reading = EmotionReading(0.8, 0.5, confidence, "face", NOON)
    return Look((SeenFace((0, 0, 60, 60), {}, reading),))


def test_a_clear_face_is_believed() -> None:
    assert firm(smile(0.9), PHOTO) == smile(0.9).faces[0].reading


@pytest.mark.parametrize("confidence", [0.0, 0.01])
def test_a_doubtful_face_is_said_to_be_doubtful_and_not_guessed_at(confidence: float) -> None:
    with pytest.raises(DoubtfulFace, match=r"me\.jpg does not show clearly") as caught:
        firm(smile(confidence), PHOTO)
    assert "--mood or --at" in caught.value.remedy
    assert not caught.value.misuse  # exit 1: the question was fine


def test_a_face_that_is_better_not_read_is_told_why_and_never_said_to_be_absent() -> None:
    with pytest.raises(DoubtfulFace, match=r"me\.jpg: It is too dark .* A lamp") as caught:
        firm(Look((), (UnreadFace((0, 0, 60, 60), "dark"),)), PHOTO)
    assert "--mood or --at" in caught.value.remedy


def test_a_photo_of_nobody_tells_no_feeling() -> None:
    with pytest.raises(NoFaceFound, match="No face was found"):
        firm(Look(()), PHOTO)
