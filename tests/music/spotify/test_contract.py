"""Our requests, and our stand-in's answers, held to the development-mode contract."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from affetto.music.curated import CuratedSong
from affetto.music.spotify.account import SpotifyAccount
from music.spotify.conftest import contract_file
from spotify_kit import FakeSpotify

if TYPE_CHECKING:
    from spotify_contract import Contract

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(contract_file() is None, reason="AFFETTO_DATA names no folder"),
]


@pytest.fixture
def held(contract: Contract | None) -> Contract:
    assert contract is not None
    return contract


def test_development_mode_has_half_of_the_whole_interface(held: Contract) -> None:
    assert len(held.whole) == 97 and len(held.allowed) == 49
    assert {"GET /search", "PUT /me/player/play", "POST /me/playlists"} <= held.allowed
    gone = {"GET /recommendations", "GET /audio-features", "GET /tracks"}
    assert gone <= held.whole and not gone & held.allowed


def test_all_that_we_ask_and_are_answered_keeps_to_it(
    held: Contract, account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    player = account.player
    songs = [CuratedSong("happy", "Slow Lantern", "Ada Example", 0.8, 0.5)]

    async def story() -> None:
        await player.devices()
        await player.playback()
        await player.choose("kitchen")
        await account.play_list(songs, random.Random(1))
        await account.play_link("spotify:playlist:37i9dQ")
        await player.put_on([f"spotify:track:{1:022d}"], position_s=2.0)
        for act in (player.pause(), player.go_on(), player.seek(3.0), player.set_volume(0.3)):
            await act
        await player.playback()
        await player.queue(f"spotify:track:{2:022d}")
        await player.skip()
        await player.skip(back=True)
        await account.saved(0, 20)
        await account.keep("played", "Evening")
        await account.keep("played", "Evening")
        await account.calls.ask(lambda s: s._get("me"))

    before = held.held
    asyncio.run(story())
    asked = {line.replace("PL" + "0" * 20, "{playlist_id}") for line in spotify.asked}
    assert asked <= held.allowed
    assert held.held - before == 2 * len(spotify.asked)
    assert held.broken == []
    spotify.sleep()
    spotify.say("/devices", 403, "Forbidden", times=1)
    with pytest.raises(Exception, match="forbids"):
        asyncio.run(player.devices())
    spotify.say("/devices", 429, "Too many requests", "QUOTA_EXCEEDED", times=1)
    with pytest.raises(Exception, match="quota"):
        asyncio.run(player.devices())


@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("GET", "/search", "q=calm&type=track&limit=11", b""),
        ("GET", "/search", "q=calm&type=track&limit=many", b""),
        ("GET", "/search", "type=track", b""),
        ("GET", "/recommendations", "", b""),
        ("PUT", "/me/player", "", b'{"device_ids": "one"}'),
        ("PUT", "/me/player/seek", "", b""),
    ],
)
def test_a_request_that_strays_is_noticed(
    held: Contract, method: str, path: str, query: str, body: bytes
) -> None:
    headers = {"Authorization": "Bearer any", "Content-Type": "application/json"}
    held.broken.clear()
    held.asked(method, path, query, headers, body)
    assert len(held.broken) == 1


def test_an_answer_that_strays_is_noticed(held: Contract) -> None:
    held.broken.clear()
    held.answered("GET", "/me/player/devices", 200, {"devices": [{"volume_percent": "loud"}]})
    held.answered("GET", "/me/player/devices", 201, {"devices": []})
    assert len(held.broken) == 2


def test_nothing_of_the_description_is_in_the_repository() -> None:
    file = contract_file()
    assert file is not None
    root = Path(__file__).parents[3]
    assert not list(root.glob("src/**/spotify-openapi*")) and not list(root.glob("tests/**/*.yaml"))
