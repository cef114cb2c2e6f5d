"""Generated cover art: safe, small, steady, and in the colours of the mood."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from affetto.music.covers import cover_svg
from affetto.music.demo import demo_tracks
from affetto.track import Track, TrackFeatures, TrackUri

ALLOWED = {
    "svg", "defs", "linearGradient", "stop", "path", "circle", "g", "clipPath", "rect", "ellipse",
}  # fmt: skip


def painted(valence: float, arousal: float, name: str = "a") -> bytes:
    features = TrackFeatures(valence=valence, arousal=arousal)
    return cover_svg(Track(TrackUri(f"local:{name}"), "A title", features=features))


def channels(svg: bytes) -> list[tuple[int, int, int]]:
    return [
        (int(found[:2], 16), int(found[2:4], 16), int(found[4:], 16))
        for found in re.findall(r"#([0-9a-f]{6})", svg.decode())
    ]


def warmth(svg: bytes) -> float:
    return sum(red - blue for red, _, blue in channels(svg))


@pytest.mark.parametrize("track", demo_tracks(), ids=lambda track: track.title)
def test_a_cover_is_small_valid_and_holds_nothing_but_shapes(track: Track) -> None:
    svg = cover_svg(track)
    assert len(svg) <= 6000
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "0 0 400 400"
    for element in root.iter():
        assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in ALLOWED
        assert not (element.text or "").strip()
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)


def test_the_same_track_keeps_its_picture_and_no_other_has_it() -> None:
    tracks = demo_tracks()
    assert len({cover_svg(track) for track in tracks}) == len(tracks)
    assert [cover_svg(track) for track in tracks] == [cover_svg(track) for track in tracks]
    same_mood = {painted(0.5, 0.5, str(number)) for number in range(200)}
    assert len(same_mood) == 200


def test_a_track_of_unknown_mood_has_a_picture_too() -> None:
    svg = cover_svg(Track(TrackUri("local:unknown"), "Unknown"))
    assert ElementTree.fromstring(svg).tag.endswith("svg")


def test_delight_is_painted_warmer_than_sorrow() -> None:
    for number in range(10):
        assert warmth(painted(0.8, 0.5, str(number))) > warmth(painted(-0.7, -0.5, str(number)))


def test_awake_music_is_painted_more_vividly_than_drowsy() -> None:
    def vividness(svg: bytes) -> float:
        colours = channels(svg)
        return sum(max(c) - min(c) for c in colours) / len(colours)

    for number in range(10):
        assert vividness(painted(-0.5, 0.9, str(number))) > vividness(
            painted(-0.5, -0.9, str(number))
        )


@pytest.mark.parametrize("valence", [-1.0, 0.0, 1.0])
@pytest.mark.parametrize("arousal", [-1.0, 0.0, 1.0])
def test_the_corners_of_the_map_can_be_painted(valence: float, arousal: float) -> None:
    for number in range(8):
        assert len(painted(valence, arousal, str(number))) <= 6000
