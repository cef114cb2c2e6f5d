"""``affetto read`` of clips: the timeline in words, as JSON, as a chart, as a drawn clip."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

import clips_kit
import faces_kit
from affetto.cli.main import app
from affetto.cli.reading import clips
from affetto.cli.reading.chart import chart
from affetto.cli.reading.words import clock, second_in_words
from affetto.emotion import Covariance, EmotionReading
from affetto.senses.timeline import Second, Why
from faces_kit import NOON

pytestmark = pytest.mark.usefixtures("opinion")


@pytest.fixture
def gif(tmp_path: Path) -> Path:
    """A face for a second, then nobody for two: needs no optional part."""
    wall = np.full((240, 320, 3), 120, np.uint8)
    return clips_kit.animation(tmp_path / "c.gif", [clips_kit.portrait(), wall], [1000, 2000])


@pytest.fixture
def mp4(tmp_path: Path) -> Path:
    """A face for two seconds."""
    return clips_kit.video(tmp_path / "c.mp4", [clips_kit.portrait()] * 10, a_second=5)


def affetto(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, words)])


def second(
    number: int, expression: str = "happy", confidence: float = 0.9, why: Why | None = None
) -> Second:
    shares = {expression: 0.9, "neutral" if expression != "neutral" else "sad": 0.1}
    reading = EmotionReading(
        0.5,
        -0.25,
        confidence,
        "face",
        NOON + timedelta(seconds=number),
        Covariance(0.09, 0, 0.04),
        shares,
    )
    return Second(number, 5, 0 if why else 5, 1, None if why else reading, why)


# -- words ----------------------------------------------------------------------------------


def test_each_second_is_a_line_and_a_gap_says_why(gif: Path) -> None:
    told = affetto(gif, "--timeline")
    assert told.exit_code == 0, told.stderr
    head, *lines = told.stdout.splitlines()
    assert head == f"{gif}:"
    assert [line.split()[:2] for line in lines] == [
        ["0:00", "happy"],
        ["0:01", "nobody"],
        ["0:02", "nobody"],
    ]


def test_a_line_tells_how_sure_and_where_on_the_map() -> None:
    line = second_in_words(second(75))
    assert line.split() == [
        "1:15",
        "happy",
        "90",
        "%",
        "sure",
        "valence",
        "+0.50",
        "arousal",
        "-0.25",
    ]
    assert "perhaps afraid" in second_in_words(second(0, "fear", 0.2))
    assert second_in_words(second(3, why="dark")).split(maxsplit=1)[1] == "too dark to read"
    assert (clock(59), clock(3723)) == ("0:59", "1:02:03")


def test_a_video_is_read_second_by_second_without_being_asked(mp4: Path) -> None:
    told = affetto(mp4)
    assert told.exit_code == 0, told.stderr
    assert [line.split()[0] for line in told.stdout.splitlines()[1:]] == ["0:00", "0:01"]


def test_a_gif_is_a_picture_unless_asked(gif: Path) -> None:
    assert "your face looks happy" in affetto(gif).stdout


# -- records --------------------------------------------------------------------------------


def test_the_record_of_a_clip_holds_what_a_machine_was_promised(gif: Path) -> None:
    told = affetto(gif, "--timeline", "--json")
    record = json.loads(told.stdout)
    assert set(record) == {"path", "seconds", "error"} and record["error"] is None
    first, second, _ = record["seconds"]
    assert set(first) == {
        "second", "expression", "valence", "arousal", "covariance", "confidence",
        "probabilities", "why", "looks", "read", "faces",
    }  # fmt: skip
    assert (first["second"], first["looks"], first["read"], first["faces"]) == (0, 5, 5, 1)
    assert first["expression"] == "happy" and len(first["covariance"]) == 3
    assert sum(first["probabilities"].values()) == pytest.approx(1, abs=1e-3)
    assert second["why"] == "nobody" and second["valence"] is None and second["read"] == 0


def test_a_clip_cut_short_is_told_as_far_as_it_goes_and_ends_in_1(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    noise = [rng.integers(0, 255, (48, 64, 3), np.uint8) for _ in range(60)]
    path = clips_kit.video(tmp_path / "c.mp4", noise, movflags="faststart")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 6 // 10])
    told = affetto(path, "--json")
    record = json.loads(told.stdout)
    assert told.exit_code == 1
    assert "cut short" in record["error"]["problem"] and record["error"]["remedy"]
    assert 2 <= len(record["seconds"]) < 6
    assert "cut short" in affetto(path).stderr


def test_sound_alone_and_an_empty_file_are_told(tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    told = affetto(empty, "--timeline")
    assert told.exit_code == 1 and "empty" in told.stderr
    told = affetto(clips_kit.sound(tmp_path / "s.mp4"))
    assert told.exit_code == 1 and "only sound" in told.stderr


def test_a_still_photo_among_clips_is_read_as_a_photo(gif: Path, tmp_path: Path) -> None:
    (tmp_path / "me.jpg").write_bytes(faces_kit.encoded(faces_kit.astronaut()))
    told = affetto(gif, tmp_path / "me.jpg", "--timeline")
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith(f"{gif}:\n   0:00")
    assert "me.jpg: your face looks happy" in told.stdout


# -- charts ---------------------------------------------------------------------------------


def test_the_timeline_is_drawn(gif: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.png"
    assert affetto(gif, "--timeline", "--plot", target).exit_code == 0
    with Image.open(target) as image:
        assert (image.format, image.size) == ("PNG", (1600, 960))
        assert len(image.convert("RGB").getcolors(2**24) or []) > 50


def test_a_gap_looks_unlike_anything_that_was_read() -> None:
    whole = chart([second(k) for k in range(4)], "x")
    gap = chart([second(0), second(1, why="dark"), second(2, why="dark"), second(3)], "x")
    same = np.abs(np.asarray(whole).astype(int) - np.asarray(gap)).sum(2) == 0
    panel = slice(170, 430)
    assert same[panel, 200:500].all()  # the seconds that were read are as they were
    assert same[panel, 540:1190].mean() < 0.5


@pytest.mark.parametrize("count", [1, 40, 4000])
def test_a_chart_of_any_length_can_be_drawn(count: int) -> None:
    rows = [
        second(k, "sad" if k % 7 else "fear", 0.9 if k % 5 else 0.2, None if k % 11 else "turned")
        for k in range(1, count + 1)
    ]
    assert chart(rows, "How the face in " + "a very long name " * 20 + "looks").size == (1600, 960)


def test_only_the_timeline_of_one_clip_can_be_plotted(gif: Path, tmp_path: Path) -> None:
    for words in ([gif], [gif, gif, "--timeline"]):
        told = affetto(*words, "--plot", tmp_path / "out.png")
        assert told.exit_code == 2 and "one clip" in told.stderr
    told = affetto(gif, "--timeline", "--plot", tmp_path / "out.gif")
    assert told.exit_code == 2 and "ends in .png" in told.stderr


# -- drawn clips ----------------------------------------------------------------------------


def test_a_clip_is_drawn_with_boxes_at_the_times_it_had(tmp_path: Path) -> None:
    av = clips_kit.pyav()
    starts = [0.0, 0.1, 0.5, 0.6, 1.4]
    path = clips_kit.video(tmp_path / "c.mp4", [clips_kit.portrait()] * 5, starts_s=starts)
    target = tmp_path / "out.mp4"
    told = affetto(path, "--overlay", target)
    assert told.exit_code == 0, told.stderr
    with av.open(str(target)) as container:
        assert not container.streams.audio
        assert not {"location", "com.apple.quicktime.location.ISO6709"} & set(container.metadata)
        shown = list(container.decode(video=0))
    assert [round(one.time, 2) for one in shown] == pytest.approx(starts)
    change = np.abs(shown[0].to_ndarray(format="rgb24").astype(int) - clips_kit.portrait()).mean(2)
    assert change[45:110, 100:190].max() > 60  # a box about the face
    assert change[180:, :60].max() < 60  # and nothing where there is none


def test_a_clip_is_drawn_where_only_the_plainest_codec_is_there(
    tmp_path: Path, mp4: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clips, "_CODECS", ("a codec nobody has", "mpeg4"))
    assert affetto(mp4, "--overlay", tmp_path / "out.mp4").exit_code == 0
    with clips_kit.pyav().open(str(tmp_path / "out.mp4")) as container:
        assert sum(1 for _ in container.decode(video=0)) == 10


def test_a_clip_that_breaks_off_is_drawn_as_far_as_it_goes(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    noise = [rng.integers(0, 255, (48, 64, 3), np.uint8) for _ in range(60)]
    path = clips_kit.video(tmp_path / "c.mp4", noise, movflags="faststart")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 6 // 10])
    told = affetto(path, "--overlay", tmp_path / "out.mp4")
    assert told.exit_code == 1 and "cut short" in told.stderr
    with clips_kit.pyav().open(str(tmp_path / "out.mp4")) as container:
        assert 20 < sum(1 for _ in container.decode(video=0)) < 60


def test_a_drawing_that_cannot_be_written_says_so(
    mp4: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_av: object, made: Any, *rest: object) -> None:
        made.add_stream("mpeg4", rate=10)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(clips, "_encode", full)
    told = affetto(mp4, "--overlay", tmp_path / "out.mp4")
    assert told.exit_code == 1 and "could not be written" in told.stderr
    assert not list(tmp_path.glob("*out*"))


def test_how_far_it_is_can_be_shown(
    mp4: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clips, "bar_wanted", lambda: True)
    assert "Reading: 2/" in affetto(mp4, "--json").stderr


def test_a_clip_of_odd_size_and_a_gif_can_be_drawn(gif: Path, tmp_path: Path) -> None:
    av = clips_kit.pyav()
    odd = clips_kit.animation(
        tmp_path / "odd.gif", [clips_kit.portrait()[:239, :317]] * 2, [200] * 2
    )
    assert affetto(odd, "--timeline", "--overlay", tmp_path / "odd.mp4").exit_code == 0
    with av.open(str(tmp_path / "odd.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (634, 478)  # a small picture grows


def test_a_clip_is_not_drawn_into_a_picture_nor_a_picture_into_a_clip(
    gif: Path, tmp_path: Path
) -> None:
    told = affetto(gif, "--timeline", "--overlay", tmp_path / "out.jpg")
    assert told.exit_code == 2 and "ends in .mp4" in told.stderr
    told = affetto(gif, "--overlay", tmp_path / "out.mp4")
    assert told.exit_code == 2 and ".jpg" in told.stderr


def test_a_clip_that_cannot_be_read_leaves_no_drawing_behind(tmp_path: Path) -> None:
    path = tmp_path / "c.mp4"
    path.write_bytes(b"\0\0\0\x20ftypisom" + bytes(400))
    told = affetto(path, "--overlay", tmp_path / "out.mp4", "--plot", tmp_path / "out.png")
    assert told.exit_code == 1
    assert [p.name for p in tmp_path.iterdir()] == ["c.mp4"]
