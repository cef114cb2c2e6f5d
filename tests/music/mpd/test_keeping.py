from __future__ import annotations

import asyncio

import pytest

from affetto.errors import Misuse, NotFound, ServiceTrouble
from affetto.music.mpd import MpdProvider, create
from affetto.music.mpd.library import MpdLibrary
from affetto.music.mpd.playlists import StoredPlaylists
from affetto.track import Track, TrackFeatures, TrackUri
from mpd_kit import PASSWORD, Mpd

ELSEWHERE = Track(TrackUri("local:1234"), "Elsewhere")
LOST = Track(TrackUri("mpd:lost.flac"), "Lost")


@pytest.fixture
def stored(provider: MpdProvider, mpd: Mpd) -> StoredPlaylists:
    for path in (mpd.home / "playlists").iterdir():
        path.unlink()
    assert provider.playlists is not None
    return provider.playlists


@pytest.fixture
def library(provider: MpdProvider) -> MpdLibrary:
    assert isinstance(provider.library, MpdLibrary)
    return provider.library


# -- playlists ------------------------------------------------------------------------


def test_a_queue_is_saved_and_loaded_in_its_order(
    stored: StoredPlaylists, songs: dict[str, Track], mpd: Mpd
) -> None:
    queue = [songs[title] for title in ("Short Two", "Ünë Long One", "Short One")]

    async def story() -> None:
        assert await stored.save("Évening", [*queue[:2], ELSEWHERE, LOST, queue[2]]) == [
            ELSEWHERE,
            LOST,
        ]
        assert await stored.names() == ["Évening"]
        assert await stored.load("Évening") == queue

    asyncio.run(story())
    assert "file: Short Two.flac" in mpd.does('listplaylist "Évening"')


def test_a_playlist_is_replaced_only_when_that_was_said_and_the_new_one_is_whole(
    stored: StoredPlaylists, songs: dict[str, Track]
) -> None:
    one, two = [songs["Short One"]], [songs["Short Two"]]

    async def story() -> None:
        await stored.save("Mine", one)
        with pytest.raises(Misuse, match="already"):
            await stored.save("Mine", two)
        with pytest.raises(Misuse, match="none of these"):
            await stored.save("Mine", [LOST, ELSEWHERE], replace=True)
        assert await stored.load("Mine") == one
        await stored.save("Mine", two, replace=True)
        assert (await stored.names(), await stored.load("Mine")) == (["Mine"], two)
        await stored.delete("Mine")
        assert await stored.names() == []

    asyncio.run(story())


def test_a_playlist_left_half_saved_is_not_in_the_way(
    stored: StoredPlaylists, songs: dict[str, Track], mpd: Mpd
) -> None:
    mpd.does('playlistadd "Mine (being saved)" "Short One.ogg"')
    asyncio.run(stored.save("Mine", [songs["Short Two"]]))
    assert asyncio.run(stored.load("Mine")) == [songs["Short Two"]]


def test_a_name_mpd_cannot_keep_is_told(stored: StoredPlaylists, songs: dict[str, Track]) -> None:
    for name in ("a/b", "two\nlines", "", "x" * 5000):
        with pytest.raises(Misuse, match="one line without /"):
            asyncio.run(stored.save(name, [songs["Short One"]]))


def test_a_playlist_that_is_not_there_is_told(stored: StoredPlaylists) -> None:
    for ask in (stored.load, stored.delete):
        with pytest.raises(NotFound, match="no playlist called “Nosuch”"):
            asyncio.run(ask("Nosuch"))


def test_an_mpd_that_stores_no_playlists_says_how_it_would(locked: Mpd) -> None:
    provider = create({**locked.settings, "password": PASSWORD})
    assert provider.playlists is not None and provider.connection is not None
    with pytest.raises(ServiceTrouble, match="playlist_directory"):
        asyncio.run(provider.playlists.names())
    asyncio.run(provider.connection.close())


# -- moods ----------------------------------------------------------------------------


def test_a_mood_is_kept_with_the_song_and_read_back_with_wide_doubt(
    library: MpdLibrary, songs: dict[str, Track], mpd: Mpd
) -> None:
    heard = TrackFeatures(0.3125, -0.5, valence_sd=0.1, arousal_sd=0.1)

    async def story() -> Track:
        moods = {songs["Short One"].uri: heard, LOST.uri: heard, ELSEWHERE.uri: heard}
        assert await library.keep_moods(moods) == 1
        assert await library.keep_moods(moods) == 1  # again: there is nothing to write
        (found,) = await library.search("short one")
        return found

    found = asyncio.run(story())
    assert found.features is not None
    assert (found.features.valence, found.features.arousal) == pytest.approx(
        (0.312, -0.5), abs=1e-3
    )
    assert min(found.features.valence_sd, found.features.arousal_sd) >= 0.35
    assert found.features.sources == ("stickers",)
    assert "sticker: affetto-valence=0.312" in mpd.does('sticker list song "Short One.ogg"')


def test_a_sticker_that_is_no_mood_is_none(library: MpdLibrary, mpd: Mpd) -> None:
    for value in ("loud", "7", "nan", ""):
        mpd.does(
            f'sticker set song "Short Two.flac" affetto-valence "{value}"',
            'sticker set song "Short Two.flac" affetto-arousal "0.5"',
        )
        (found,) = asyncio.run(library.search("short two"))
        assert found.features is None


def test_an_mpd_without_stickers_says_how_it_would_have_them(locked: Mpd) -> None:
    provider = create({**locked.settings, "password": PASSWORD})
    assert isinstance(provider.library, MpdLibrary) and provider.connection is not None
    with pytest.raises(ServiceTrouble, match="sticker_file"):
        asyncio.run(provider.library.keep_moods({LOST.uri: TrackFeatures(0, 0)}))
    assert list(asyncio.run(provider.library.search(""))) == []
    asyncio.run(provider.connection.close())
