from __future__ import annotations

import asyncio

import pytest

from affetto.errors import Misuse
from affetto.music.memory import MemoryPlayer, create
from affetto.music.provider import connect
from affetto.track import Track, TrackUri

ONE, TWO = (Track(TrackUri(f"memory:{name}"), name) for name in ("One", "Two"))


def test_the_player_remembers_everything_it_played() -> None:
    player = MemoryPlayer()

    async def story() -> None:
        await player.play(ONE)
        await player.play(TWO)
        await player.pause()

    asyncio.run(story())
    assert player.played == [ONE, TWO]
    assert player.playing == TWO
    assert player.paused


def test_a_pause_in_silence_is_no_pause() -> None:
    player = MemoryPlayer()
    asyncio.run(player.pause())
    assert not player.paused


def test_connecting_brings_one_track_for_each_mood_and_a_player() -> None:
    provider = connect("memory", {"calm": "Low tide"})
    assert provider.library is not None
    assert isinstance(provider.player, MemoryPlayer)
    tracks = asyncio.run(provider.library.search(""))
    assert {track.title for track in tracks} == {"Angry", "Happy", "Sad", "Low tide"}
    assert all(track.features for track in tracks)


def test_a_slip_in_a_setting_is_named() -> None:
    with pytest.raises(Misuse, match="'calme'") as caught:
        create({"calme": "x"})
    assert "calm" in caught.value.remedy
