from __future__ import annotations

import asyncio

import pytest

from affetto.errors import Misuse
from affetto.music.provider import Player, Sounding
from affetto.music.spotify.account import SpotifyAccount
from affetto.music.spotify.troubles import NoDevice, NotAnswering, Restricted
from affetto.track import Track, TrackUri
from contracts.players import PlayerContract
from spotify_kit import Device, FakeSpotify

HARBOUR, LANTERN, BOATS = (f"spotify:track:{n:022d}" for n in range(3))


def known(spotify: FakeSpotify, uri: str) -> Track:
    return Track(TrackUri(uri), spotify.tracks[uri]["name"])


class TestSpotify(PlayerContract):
    @pytest.fixture
    def player(self, account: SpotifyAccount, spotify: FakeSpotify) -> Player:
        self.spotify = spotify
        return account.player

    @pytest.fixture
    def tracks(self, spotify: FakeSpotify) -> list[Track]:
        return [known(spotify, uri) for uri in (HARBOUR, LANTERN)]

    def sounding(self, player: Player) -> Track | None:
        if not self.spotify.is_playing:
            return None
        return known(self.spotify, self.spotify.playing[0])


def test_a_sleeping_device_is_woken_then_it_plays(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.sleep()
    asyncio.run(account.player.put_on([HARBOUR]))
    assert spotify.is_playing
    awake = [device.name for device in spotify.devices if device.is_active]
    assert awake == ["Desk"]  # a computer before a speaker
    assert spotify.asked[-3:] == ["GET /me/player/devices", "PUT /me/player", "PUT /me/player/play"]


def test_it_plays_where_it_was_chosen_to(account: SpotifyAccount, spotify: FakeSpotify) -> None:
    async def story() -> None:
        await account.player.choose("kitchen")
        spotify.sleep()
        await account.player.put_on([HARBOUR])

    asyncio.run(story())
    assert [device.name for device in spotify.devices if device.is_active] == ["Kitchen"]


def test_a_chosen_device_that_has_gone_is_replaced(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    async def story() -> None:
        await account.player.choose("kitchen")
        del spotify.devices[0]
        await account.player.put_on([HARBOUR])

    asyncio.run(story())
    assert spotify.is_playing and account.player.chosen is None


def test_with_no_device_at_all_it_says_to_open_the_app(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.devices.clear()
    with pytest.raises(NoDevice) as caught:
        asyncio.run(account.player.put_on([HARBOUR]))
    assert "Open the Spotify app" in caught.value.remedy


def test_a_device_that_takes_no_commands_is_named(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.devices[:] = [Device("car", "Car", "Automobile", is_restricted=True)]
    with pytest.raises(Restricted, match="Car takes no commands"):
        asyncio.run(account.player.put_on([HARBOUR]))


def test_music_of_another_service_is_never_mixed_in(account: SpotifyAccount) -> None:
    mine = Track(TrackUri("local:song"), "Song")
    for act in (account.player.play(mine), account.player.follow(mine)):
        with pytest.raises(Misuse, match="not of Spotify"):
            asyncio.run(act)


def test_what_follows_is_handed_over_just_before_the_end_and_never_blended(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    player = account.player

    async def story() -> tuple[int, Sounding, Sounding]:
        await player.play(known(spotify, HARBOUR))
        await player.follow(known(spotify, BOATS), crossfade_s=8.0)
        await player.follow(known(spotify, LANTERN), crossfade_s=8.0)
        await player.now()
        early = len(spotify.queue)
        await player.seek(175.0)
        before = await player.now()
        assert spotify.queue == [LANTERN]  # the last that was named, once
        spotify.shift_s += 6.0
        return early, before, await player.now()

    early, before, after = asyncio.run(story())
    assert early == 0
    assert before.uri == HARBOUR and after.uri == LANTERN
    assert after.position_s == pytest.approx(1.0, abs=0.6)


def test_what_somebody_else_plays_is_none_of_ours(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.put_on(BOATS)
    assert asyncio.run(account.player.now()).uri is None


def test_a_volume_that_cannot_be_set_is_left_alone(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.devices[1].supports_volume = False

    async def story() -> Sounding:
        await account.player.put_on([HARBOUR])
        await account.player.set_volume(0.1)
        return await account.player.now()

    assert asyncio.run(story()).volume is None


def test_one_missed_look_is_no_loss_and_three_are(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    async def story() -> None:
        changes = account.player.changes()
        await anext(changes)
        spotify.say("/me/player$", 503, "Service unavailable", times=1)
        await account.player.put_on([HARBOUR])
        assert (await asyncio.wait_for(anext(changes), 5)).uri == HARBOUR
        spotify.say("/me/player$", 503, "Service unavailable")
        with pytest.raises(NotAnswering):
            await asyncio.wait_for(anext(changes), 5)

    asyncio.run(story())
