from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

import pytest

from affetto.music.mpd import MpdProvider, create
from affetto.music.provider import Library, Player
from affetto.track import Track
from contracts.libraries import LibraryContract, search
from contracts.players import PlayerContract
from music.mpd.fake_door import SONGS, Door


@pytest.fixture
def door() -> Iterator[Door]:
    opened = Door()
    yield opened
    opened.close()


@pytest.fixture
def mopidy(door: Door) -> Iterator[MpdProvider]:
    made = create({"port": str(door.port)})
    yield made
    assert made.connection is not None
    asyncio.run(made.connection.close())


class TestLibrary(LibraryContract):
    @pytest.fixture
    def library(self, mopidy: MpdProvider) -> Library:
        assert mopidy.library is not None
        return mopidy.library


class TestPlayer(PlayerContract):
    @pytest.fixture
    def player(self, mopidy: MpdProvider) -> Player:
        assert mopidy.player is not None
        return mopidy.player

    @pytest.fixture
    def tracks(self, mopidy: MpdProvider) -> Sequence[Track]:
        assert mopidy.library is not None
        self.known = search(mopidy.library, "")
        return self.known[:2]

    def sounding(self, player: Player) -> Track | None:
        now = asyncio.run(player.now())
        if not now.playing:
            return None
        return next(track for track in self.known if track.uri == now.uri)

    def test_its_changes_are_told_whoever_makes_them(self) -> None:  # type: ignore[override]
        """The door has no changes to tell; the real one does."""


def test_each_song_is_found_once_though_many_folders_hold_it(mopidy: MpdProvider) -> None:
    assert mopidy.library is not None
    found = search(mopidy.library, "")
    assert {track.uri for track in found} == {f"mpd:{file}" for file in SONGS}
    assert len(found) == len(SONGS)
    assert found[0].duration_s == 200


def test_what_it_does_not_do_is_left_out(mopidy: MpdProvider, door: Door) -> None:
    async def story() -> None:
        assert mopidy.library is not None and mopidy.player is not None
        one, two, three = await mopidy.library.search("song")
        await mopidy.player.play(one)
        await mopidy.player.follow(two, crossfade_s=5)
        await mopidy.player.follow(three, crossfade_s=5)
        await mopidy.player.set_volume(0.5)
        assert await mopidy.library.cover(one.uri) is None

    asyncio.run(story())
    assert [*door.queue.values()] == ["local:track:One.flac", "local:track:Three.flac"]


def test_the_check_says_what_it_does_not_offer(mopidy: MpdProvider) -> None:
    assert mopidy.connection is not None
    checks = {check.name: check for check in asyncio.run(mopidy.connection.check())}
    assert checks["database"].works and "not said how much" in checks["database"].says
    assert checks["stickers"].works is None
    assert checks["output"].works is None


def test_a_muted_mopidy_is_told(mopidy: MpdProvider, door: Door) -> None:
    assert mopidy.connection is not None
    door.muted = True
    checks = {check.name: check for check in asyncio.run(mopidy.connection.check())}
    assert checks["output"].works is False and "muted" in checks["output"].says
