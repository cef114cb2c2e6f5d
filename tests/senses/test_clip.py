from __future__ import annotations

import builtins
import os
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clips_kit
import faces_kit
from affetto.errors import PartMissing, UnreadableClip
from affetto.senses import clip as clips
from affetto.senses.clip import Moment, is_clip, open_clip
from clips_kit import grey
from faces_kit import NOON


def moments(path: Path, a_second: int = 5) -> list[Moment]:
    with open_clip(path) as clip:
        return list(clip.moments(a_second, began=NOON))


def greys(seen: list[Moment]) -> list[int]:
    """The grey of each moment, to the nearest ten."""
    return [10 * round(float(moment.frame.pixels.mean()) / 10) for moment in seen]


@pytest.fixture(scope="module")
def small_clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A second of noise in each format, by its ending."""
    folder = tmp_path_factory.mktemp("clips")
    pictures = noise(10)
    for ending in ("mp4", "mkv", "avi"):
        clips_kit.video(folder / f"c.{ending}", pictures)
    for ending in ("gif", "webp", "png"):
        clips_kit.animation(folder / f"c.{ending}", pictures, [100] * 10, ending.upper())
    return {path.suffix[1:]: path.read_bytes() for path in folder.iterdir()}


# -- time -----------------------------------------------------------------------------------


def test_a_clip_is_looked_at_evenly_from_its_first_picture_on(tmp_path: Path) -> None:
    path = clips_kit.video(tmp_path / "c.mp4", [grey(100)] * 20)  # two seconds
    seen = moments(path)
    assert [moment.at_s for moment in seen] == [k / 5 for k in range(10)]
    assert seen[7].frame.at == NOON + timedelta(seconds=1.4)
    assert not any(moment.held for moment in seen)


def test_a_picture_that_stays_for_long_is_seen_as_long_as_a_viewer_sees_it(tmp_path: Path) -> None:
    path = clips_kit.video(
        tmp_path / "c.mp4",
        [grey(50), grey(100), grey(150), grey(200), grey(250)],
        starts_s=[0.0, 0.05, 0.1, 2.1, 2.2],
    )
    seen = moments(path, a_second=2)
    assert greys(seen) == [50, 150, 150, 150, 150]
    assert [moment.held for moment in seen] == [False, False, True, True, True]


def test_seconds_are_counted_from_the_first_picture_wherever_the_file_begins(
    tmp_path: Path,
) -> None:
    path = clips_kit.video(tmp_path / "c.mkv", [grey(90)] * 4, starts_s=[7.0, 7.1, 7.2, 7.3])
    assert [moment.at_s for moment in moments(path)] == [0.0, 0.2]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_keeps_its_own_time_and_needs_no_optional_part(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pyav(monkeypatch)
    path = clips_kit.animation(tmp_path / "a", [grey(40), grey(120), grey(200)], [500, 1000, 500])
    assert greys(moments(path, a_second=2)) == [40, 120, 120, 200]


def test_a_still_picture_is_a_clip_of_one_moment(tmp_path: Path) -> None:
    path = clips_kit.animation(tmp_path / "still.gif", [grey(40)], [0])
    assert greys(moments(path)) == [40]


# -- pictures -------------------------------------------------------------------------------


@pytest.mark.parametrize("clockwise", [0, 90, 180, 270])
def test_a_clip_stands_upright_however_the_phone_was_held(tmp_path: Path, clockwise: int) -> None:
    upright = np.zeros((48, 64, 3), np.uint8)
    upright[:12, :32] = 250  # bright in the upper left corner
    stored = np.rot90(upright, clockwise // 90)
    path = clips_kit.video(tmp_path / "c.mp4", [stored] * 3, clockwise=clockwise)
    pixels = moments(path)[0].frame.pixels
    assert pixels.shape == upright.shape
    assert np.abs(pixels.astype(int) - upright).mean() < 20


def test_colours_and_size_are_those_of_the_clip(tmp_path: Path) -> None:
    red = np.zeros((48, 64, 3), np.uint8)
    red[:] = (200, 30, 40)
    pixels = moments(clips_kit.video(tmp_path / "c.mp4", [red] * 3))[0].frame.pixels
    assert pixels.shape == (48, 64, 3) and pixels.dtype == np.uint8
    assert np.abs(pixels.astype(int) - red).mean() < 12


def test_large_pictures_are_opened_smaller(tmp_path: Path) -> None:
    path = clips_kit.video(tmp_path / "c.mp4", [grey(90, wide=3200, high=400)] * 2)
    assert moments(path)[0].frame.pixels.shape == (200, 1600, 3)
    path = clips_kit.animation(tmp_path / "a.gif", [grey(90, wide=3200, high=400)], [100])
    assert moments(path)[0].frame.pixels.shape == (200, 1600, 3)


# -- what is no clip ------------------------------------------------------------------------


def cut(path: Path, share: float) -> Path:
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    return path


def noise(count: int) -> list[np.ndarray]:
    rng = np.random.default_rng(7)
    return [rng.integers(0, 255, (48, 64, 3), np.uint8) for _ in range(count)]


def test_a_clip_cut_short_is_read_as_far_as_it_goes_and_then_said_to_be(tmp_path: Path) -> None:
    path = clips_kit.video(tmp_path / "c.mp4", noise(60), movflags="faststart")
    seen = []
    with (
        pytest.raises(UnreadableClip, match=r"cut short \d seconds after its beginning"),
        open_clip(cut(path, 0.6)) as clip,
    ):
        seen.extend(moment.at_s for moment in clip.moments(5, began=NOON))
    assert 2 < seen[-1] < 5


def test_an_animation_cut_short_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = clips_kit.animation(tmp_path / "a.gif", noise(10), [1000] * 10)
    seen = []
    with (
        pytest.raises(UnreadableClip, match="damaged or was cut short"),
        open_clip(cut(path, 0.7)) as clip,
    ):
        seen.extend(moment.at_s for moment in clip.moments(1, began=NOON))
    assert len(seen) >= 3


def test_a_clip_whose_table_of_contents_is_missing_is_refused(tmp_path: Path) -> None:
    path = clips_kit.video(tmp_path / "c.mp4", noise(20))  # it stands at the end
    with pytest.raises(UnreadableClip, match="cut short"):
        moments(cut(path, 0.9))


def test_sound_alone_is_no_clip(tmp_path: Path) -> None:
    with pytest.raises(UnreadableClip, match="only sound"):
        moments(clips_kit.sound(tmp_path / "s.mp4"))


def test_an_album_cover_is_no_clip(tmp_path: Path) -> None:
    import mutagen.mp4

    path = clips_kit.sound(tmp_path / "s.m4a")
    tags = mutagen.mp4.MP4(path)
    tags["covr"] = [mutagen.mp4.MP4Cover(faces_kit.encoded(grey(90)))]
    tags.save()
    with pytest.raises(UnreadableClip, match="only sound"):
        moments(path)


def test_an_empty_file_a_missing_one_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    with pytest.raises(UnreadableClip, match="empty"):
        moments(empty)
    with pytest.raises(UnreadableClip, match="There is no file"):
        moments(tmp_path / "none.mp4")
    with pytest.raises(UnreadableClip, match="could not be opened"):
        moments(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(UnreadableClip, match="not an ordinary file"):
        moments(tmp_path / "pipe.mp4")


def test_a_clip_without_a_picture_is_refused(tmp_path: Path) -> None:
    av = clips_kit.pyav()
    path = tmp_path / "none.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.height, stream.width, stream.pix_fmt = 48, 64, "yuv420p"
        container.start_encoding()
    with pytest.raises(UnreadableClip):
        moments(path)


def test_a_playlist_opens_no_other_file(tmp_path: Path) -> None:
    clips_kit.video(tmp_path / "c.mp4", [grey(90)] * 5)
    path = tmp_path / "list.mp4"
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{tmp_path / 'c.mp4'}\n")
    with pytest.raises(UnreadableClip, match="no clip that can be read"):
        moments(path)


def test_pictures_too_large_and_clips_too_long_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = clips_kit.video(tmp_path / "c.mp4", [grey(90)] * 20)
    with monkeypatch.context() as tight:
        tight.setattr(clips, "MOST_CLIP_PIXELS", 64 * 48 - 1)
        with pytest.raises(UnreadableClip, match="64 × 48 pixels"):
            moments(path)
    monkeypatch.setattr(clips, "LONGEST_S", 1.0)
    with pytest.raises(UnreadableClip, match="longer than"):
        moments(path)
    slow = clips_kit.animation(tmp_path / "a.gif", [grey(1), grey(2)], [60_000] * 2)
    with pytest.raises(UnreadableClip, match="longer than"):
        moments(slow)


def without_pyav(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if PyAV had not been installed."""
    found = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "av":
            raise ImportError(name)
        return found(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)


def test_without_pyav_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.mp4"
    path.write_bytes(b"\0\0\0\x20ftypisom" + bytes(40))
    without_pyav(monkeypatch)
    with pytest.raises(PartMissing) as caught:
        moments(path)
    assert 'pip install "affetto[video]"' in caught.value.remedy


def test_pictures_that_nothing_here_decodes_are_refused(tmp_path: Path) -> None:
    path = clips_kit.video(tmp_path / "c.mkv", [grey(90)] * 3)
    content = path.read_bytes()
    assert content.count(b"V_MPEG4/ISO/ASP") == 1
    path.write_bytes(content.replace(b"V_MPEG4/ISO/ASP", b"V_MPEG9/ISO/ASP"))
    with pytest.raises(UnreadableClip, match="cannot be decoded here"):
        moments(path)


@settings(max_examples=80, deadline=None)
@given(
    ending=st.sampled_from(["mp4", "mkv", "avi", "gif", "webp", "png"]),
    places=st.lists(st.floats(0, 1), min_size=1, max_size=5),
    junk=st.binary(min_size=1, max_size=4),
)
def test_a_clip_damaged_anywhere_is_read_or_refused_and_never_more(
    small_clips: dict[str, bytes], ending: str, places: list[float], junk: bytes
) -> None:
    content = bytearray(small_clips[ending])
    for place in places:
        at = int(place * (len(content) - 1))
        content[at : at + len(junk)] = junk
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"c.{ending}")
        path.write_bytes(content)
        with suppress(UnreadableClip):
            assert all(moment.frame.pixels.ndim == 3 for moment in moments(path))


# -- by their first bytes -------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv", "avi", "asf"])
def test_a_video_is_known_by_its_first_bytes(tmp_path: Path, ending: str) -> None:
    path = clips_kit.video(tmp_path / f"c.{ending}", [grey(90)] * 3)
    assert is_clip(path.read_bytes()[:16])


def test_ogg_may_hold_a_video() -> None:  # one that holds none says so when it is opened
    assert is_clip(b"OggS" + bytes(12))


@pytest.mark.parametrize(
    "first",
    [
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        b"\0\0\0\x18ftypavis\0\0\0\0",
        b"Dear diary, to",
    ],
)
def test_a_picture_is_not_taken_for_a_video(first: bytes) -> None:
    assert not is_clip(first)
