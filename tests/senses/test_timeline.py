from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

import clips_kit
import faces_kit
from affetto.emotion import Covariance, EmotionReading
from affetto.errors import UnreadableClip
from affetto.senses.clip import Clip, Picture, open_clip
from affetto.senses.face import Doubt, FaceReader, Look, SeenFace, UnreadFace
from affetto.senses.following import Faces, overlap
from affetto.senses.sense import ImageFrame
from affetto.senses.timeline import Second, blended, timeline
from faces_kit import NOON

HERE, THERE = (10, 10, 60, 60), (200, 10, 80, 80)


def reading(valence: float = 0.0, happy: float = 0.5, trust: float = 1.0) -> EmotionReading:
    shares = {"happy": happy, "neutral": 1 - happy}
    return EmotionReading(
        valence,
        0.1,
        max(shares.values()) * trust,
        "face",
        NOON,
        Covariance(0.04, 0.0, 0.04),
        shares,
    )


def seen(box: tuple[int, int, int, int] = HERE, **how: float) -> Look:
    one = reading(**how)
    return Look((SeenFace(box, one.probabilities, one),))


def unread(doubt: Doubt, box: tuple[int, int, int, int] = HERE) -> Look:
    return Look((), (UnreadFace(box, doubt),))


class Watcher(FaceReader):
    """Sees what it was told to, one look after the other."""

    def __init__(self, looks: Iterable[Look]) -> None:
        super().__init__()
        self._looks = iter(looks)

    def look(self, frame: ImageFrame, *, thorough: bool = True, most: int | None = None) -> Look:
        return next(self._looks)


def seconds(looks: list[Look], *, a_second: int = 5) -> list[Second]:
    """The timeline of a clip in which these are seen, one after the other."""
    pixels = clips_kit.grey(0)
    pictures = (
        Picture(k / a_second, (k + 1) / a_second, lambda: pixels) for k in range(len(looks))
    )
    return list(timeline(Clip(pictures, None), Watcher(looks), began=NOON, a_second=a_second))


# -- a second -------------------------------------------------------------------------------


def test_each_second_has_its_row_and_the_last_may_be_short() -> None:
    told = seconds([seen()] * 12)
    assert [(one.second, one.looks, one.read) for one in told] == [(0, 5, 5), (1, 5, 5), (2, 2, 2)]


def test_a_second_with_too_little_to_read_says_why_and_has_no_reading() -> None:
    told = seconds([seen(), seen(), unread("dark"), unread("dark"), unread("turned")])[0]
    assert (told.reading, told.why, told.read) == (None, "dark", 2)
    assert seconds([Look(())] * 5)[0].why == "nobody"


def test_what_could_not_be_read_makes_the_second_less_sure() -> None:
    sure = seconds([seen(happy=0.9)] * 5)[0].reading
    less = seconds([seen(happy=0.9)] * 3 + [unread("blurred")] * 2)[0].reading
    assert sure is not None and less is not None
    assert sure.confidence == pytest.approx(0.9)
    assert less.confidence == pytest.approx(0.9 * 3 / 5)
    assert less.valence == sure.valence


def test_a_picture_that_stays_is_read_once_and_counts_each_time() -> None:
    pixels = clips_kit.grey(0)
    clip = Clip(iter([Picture(0.0, 1.0, lambda: pixels)]), None)
    (told,) = timeline(clip, Watcher([seen()]), began=NOON)  # a second look would raise
    assert (told.looks, told.read) == (5, 5)


def test_a_clip_that_breaks_off_tells_the_seconds_before_and_then_fails() -> None:
    def broken() -> Iterator[Picture]:
        yield Picture(0.0, 1.4, lambda: clips_kit.grey(0))
        raise UnreadableClip("Torn.", remedy="Mend it.")

    rows = timeline(Clip(broken(), None), Watcher([seen()] * 9), began=NOON)
    assert [next(rows).looks, next(rows).looks] == [5, 2]
    with pytest.raises(UnreadableClip, match="Torn"):
        next(rows)


# -- blending -------------------------------------------------------------------------------


def test_many_looks_make_nothing_surer_than_one() -> None:
    one, many = (blended([reading(0.4)] * n, looks=n, at=NOON) for n in (1, 25))
    assert many.covariance == pytest.approx(one.covariance)
    assert many.confidence == pytest.approx(one.confidence)


def test_looks_that_differ_make_it_less_sure_by_just_as_much() -> None:
    mixed = blended([reading(0.5), reading(-0.5)], looks=2, at=NOON)
    assert mixed.valence == pytest.approx(0)
    assert mixed.covariance.vv == pytest.approx(0.04 + 0.5**2)
    assert mixed.covariance.aa == pytest.approx(0.04)


def test_a_look_nobody_trusts_weighs_nothing() -> None:
    told = blended([reading(0.5, happy=0.8), reading(-0.9, trust=0.0)], looks=2, at=NOON)
    assert told.valence == pytest.approx(0.5)
    assert told.probabilities["happy"] == pytest.approx(0.8)
    assert told.confidence == pytest.approx(0.8 / 2)
    assert blended([reading(trust=0.0)] * 2, looks=2, at=NOON).confidence == 0


# -- following ------------------------------------------------------------------------------


def both(near: Look, far: Look) -> Look:
    return Look((*near.faces, *far.faces), (*near.unread, *far.unread))


def test_the_same_person_is_followed_though_another_comes_nearer() -> None:
    looks = [seen(valence=0.6)] + [both(seen(THERE, valence=-0.6), seen(valence=0.6))] * 4
    (told,) = seconds(looks)
    assert told.reading is not None
    assert told.reading.valence == pytest.approx(0.6)
    assert told.faces == 2


def test_who_turns_away_is_not_replaced_by_who_stands_behind() -> None:
    looks = [both(seen(THERE), seen(valence=0.3))] + [both(unread("turned", THERE), seen())] * 4
    (told,) = seconds(looks)
    assert (told.reading, told.why) == (None, "turned")


def test_one_look_that_misses_the_followed_one_hands_the_clip_to_nobody_else() -> None:
    together = both(seen(THERE, valence=-0.6), seen(valence=0.6))
    (told,) = seconds([together, together, seen(valence=0.6), together, together])
    assert told.reading is not None
    assert (told.reading.valence, told.read) == (pytest.approx(-0.6), 4)


def test_when_the_followed_one_has_gone_the_largest_is_followed() -> None:
    first, second = seconds([seen(THERE, valence=-0.6)] * 5 + [seen(valence=0.6)] * 5)
    assert first.reading is not None and second.reading is not None
    assert (first.reading.valence, second.reading.valence) == (-0.6, 0.6)


def test_two_faces_keep_their_own_tracks_when_they_are_told_in_another_order() -> None:
    faces = Faces()
    far, near = faces.place(both(seen(THERE), seen(HERE)), 0.0)
    assert faces.place(both(seen(HERE), seen(THERE)), 0.2) == [far, near]
    assert [len(track.looks) for track in (near, far)] == [2, 2]


def test_a_face_that_was_out_of_sight_for_long_is_somebody_new() -> None:
    faces = Faces()
    (before,) = faces.place(seen(), 0.0)
    faces.place(Look(()), 1.0)
    (soon,) = faces.place(seen(), 1.0)
    (late,) = faces.place(seen(), 5.0)
    assert soon is before and late is not before
    assert len(late.lately(1.0)) == 1 and len(soon.lately(1.5)) == 2


def test_overlap_is_none_half_or_all() -> None:
    assert overlap(HERE, THERE) == 0
    assert overlap(HERE, HERE) == 1
    assert overlap((0, 0, 10, 10), (0, 0, 10, 5)) == pytest.approx(0.5)
    assert overlap((0, 0, 0, 0), (0, 0, 0, 0)) == 0


# -- a real clip ----------------------------------------------------------------------------


def test_a_face_that_leaves_leaves_a_gap(tmp_path: Path) -> None:
    models = faces_kit.with_opinion(faces_kit.with_detector(tmp_path / "models"))
    someone, nobody = clips_kit.portrait(), np.full((240, 320, 3), 120, np.uint8)
    path = clips_kit.animation(tmp_path / "a.gif", [someone, nobody, someone], [1000] * 3)
    with open_clip(path) as clip:
        told = list(timeline(clip, FaceReader(models=models), began=NOON))
    assert [one.why for one in told] == [None, "nobody", None]
    assert [one.reading.expression if one.reading else None for one in told] == [
        "happy",
        None,
        "happy",
    ]


@pytest.mark.data
def test_the_woman_in_the_sample_clip_is_read_all_along_and_smiles_at_last() -> None:
    clips_kit.pyav()
    if not os.environ.get("AFFETTO_DATA"):
        pytest.skip("AFFETTO_DATA does not name a folder of sample data")
    path = Path(os.environ["AFFETTO_DATA"]) / "photos" / "fer_test.mp4"
    with open_clip(path) as clip:
        told = list(timeline(clip, FaceReader(), began=NOON))
    assert [one.second for one in told] == [0, 1, 2, 3, 4]
    readings = [one.reading for one in told if one.reading]
    assert len(readings) == 5
    assert readings[3].expression == "happy" and readings[3].valence > 0.3
