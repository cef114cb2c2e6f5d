from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

import pytest

from affetto.errors import AffettoError, NothingToPlay
from affetto.music.curated import CuratedSong
from affetto.music.spotify import create
from affetto.music.spotify.account import SpotifyAccount, Writing
from affetto.music.spotify.grants import MemoryKeeper
from affetto.music.spotify.links import uri_in, web_link
from affetto.music.spotify.searching import LookUp
from affetto.music.spotify.troubles import AskedTooMuch, NoDevice, SpotifyTrouble
from affetto.store.database import StoreTrouble
from affetto.track import Track, TrackUri
from music.spotify.conftest import granted
from spotify_kit import FakeSpotify

LISTED = [
    CuratedSong("happy", title, artist, 0.8, 0.5)
    for title, artist in (
        ("Harbour Lights", "Test Pilots"),  # there as a remaster, with "The"
        ("Slow Lantern", "Ada Example"),
        ("Paper Boats", "Somebody Else"),  # there by another artist
        ('A "Song": of Signs', "No:body"),
    )
]


def play(account: SpotifyAccount, listed: Sequence[CuratedSong] = LISTED) -> LookUp:
    return asyncio.run(account.play_list(listed, random.Random(1)))


def test_a_list_plays_what_is_there_and_names_what_is_not(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    look_up = play(account)
    assert look_up.done and look_up.trouble is None
    assert {s.title for s in look_up.found} == {"Harbour Lights (Remastered 2011)", "Slow Lantern"}
    assert {s.title for s in look_up.missed} == {"Paper Boats", 'A "Song": of Signs'}
    assert sorted(spotify.titles()) == ["Harbour Lights (Remastered 2011)", "Slow Lantern"]
    assert spotify.is_playing and spotify.queue == []  # nothing that another mood must outlast


def test_a_song_is_searched_for_once_an_hour(account: SpotifyAccount, spotify: FakeSpotify) -> None:
    play(account)
    searches = spotify.asked.count("GET /search")
    assert searches == len(LISTED)
    play(account)
    assert spotify.asked.count("GET /search") == searches


def test_a_long_list_costs_ten_searches(account: SpotifyAccount, spotify: FakeSpotify) -> None:
    many = [CuratedSong("happy", f"Song {n}", "Nobody", 0.0, 0.0) for n in range(40)]
    with pytest.raises(SpotifyTrouble, match="None of these songs"):
        play(account, many)
    assert spotify.asked.count("GET /search") == 10


def test_a_slow_look_up_goes_on_behind_the_page(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.plan("/search", 200, body={"tracks": {"items": []}}, wait_s=0.2, times=2)
    spotify.contract = None  # that answer lacks what the contract wants
    account.patience_s = 0.1

    async def story() -> tuple[LookUp, bool]:
        look_up = await account.play_list(LISTED, random.Random(1))
        then = look_up.done
        assert account._looking is not None
        await account._looking
        return look_up, then

    look_up, then = asyncio.run(asyncio.wait_for(story(), 8))
    assert not then and spotify.is_playing
    assert len(look_up.found) + len(look_up.missed) == len(LISTED)


def test_a_list_that_finds_no_device_is_not_done_before_that_is_told(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.devices.clear()
    account.patience_s = 0.0  # the page goes on at once, and looks until it is done

    async def story() -> AffettoError | None:
        look_up = await account.play_list(LISTED, random.Random(1))
        for _ in range(10_000):
            if look_up.done:
                break
            await asyncio.sleep(0.001)
        return look_up.trouble

    assert isinstance(asyncio.run(story()), NoDevice)


def test_a_quota_that_ends_in_the_middle_is_told(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.say("/search", 429, "Too many requests", "QUOTA_EXCEEDED")
    with pytest.raises(AskedTooMuch):
        play(account)
    assert account.look_up is not None and account.look_up.done
    assert not spotify.is_playing


def test_what_was_found_before_a_fault_is_played(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    known = LISTED[0]
    play(account, [known])
    spotify.sleep()
    spotify.say("/search", 503, "Service unavailable")
    look_up = LookUp((known, *LISTED[2:]))
    asyncio.run(account._look_and_play(look_up))
    assert [song.artist for song in look_up.found] == ["The Test Pilots"]
    assert spotify.is_playing


def test_words_of_ones_own_play_what_spotify_finds_for_them(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    asyncio.run(account.play_words("test pilots"))
    assert spotify.titles() == ["Harbour Lights (Remastered 2011)", "Paper Boats"]
    with pytest.raises(NothingToPlay, match="no song for 'xyzzy'"):
        asyncio.run(account.play_words("xyzzy"))


def test_a_playlist_link_is_played_whole(account: SpotifyAccount, spotify: FakeSpotify) -> None:
    asyncio.run(account.play_link("spotify:playlist:37i9dQ"))
    assert spotify.context == "spotify:playlist:37i9dQ" and spotify.is_playing


def test_the_saved_songs_come_page_by_page(account: SpotifyAccount, spotify: FakeSpotify) -> None:
    songs, more = asyncio.run(account.saved(0, 2))
    assert [song.title for song in songs] == ["Harbour Lights (Remastered 2011)", "Slow Lantern"]
    assert more
    assert not asyncio.run(account.saved(2, 2))[1]
    assert songs[0].link == f"https://open.spotify.com/track/{0:022d}"


def test_a_song_is_put_into_the_queue(account: SpotifyAccount, spotify: FakeSpotify) -> None:
    async def story() -> None:
        await account.play_words("boats")
        await account.player.queue(f"spotify:track:{1:022d}")
        await account.player.skip()

    asyncio.run(story())
    assert spotify.titles() == ["Slow Lantern"]


def keep(account: SpotifyAccount, of: str, wanted: Sequence[CuratedSong] | None = None) -> Writing:
    return asyncio.run(account.keep(of, "Evening", wanted))


def test_what_was_put_on_becomes_a_private_playlist_and_then_is_kept_up_to_date(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    asyncio.run(account.play_words("lantern"))
    made = keep(account, "played")
    ((name, playlist),) = spotify.playlists.items()
    assert made.new and made.link == f"https://open.spotify.com/playlist/{name}"
    assert playlist["name"] == "Evening" and playlist["public"] is False
    assert len(playlist["uris"]) == made.songs == 1
    asyncio.run(account.play_words("boats"))
    assert not keep(account, "played").new
    assert len(spotify.playlists) == 1 and len(spotify.playlists[name]["uris"]) == 2


def test_a_playlist_that_was_deleted_is_made_anew(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    keep(account, "happy", LISTED)
    spotify.playlists.clear()
    again = keep(account, "happy", LISTED)
    assert again.new and len(again.look_up.missed) == 2
    assert len(spotify.playlists) == 1


def test_a_playlist_left_off_for_other_music_says_so(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    account.patience_s = 0.05
    spotify.plan("/search", 503, wait_s=0.3)

    async def story() -> Writing:
        writing = await account.keep("happy", "Evening", LISTED)
        spotify.recover()
        await account.play_link("spotify:playlist:37i9dQ")
        return writing

    writing = asyncio.run(story())
    assert writing.trouble is not None and "Ask for it again" in writing.trouble.remedy


def test_an_empty_playlist_is_not_made(account: SpotifyAccount, spotify: FakeSpotify) -> None:
    with pytest.raises(NothingToPlay):
        keep(account, "played")
    assert spotify.playlists == {}


def test_a_kept_sign_in_that_cannot_be_read_is_told_wherever_it_is_needed(
    account: SpotifyAccount, keeper: MemoryKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise StoreTrouble("The disk is full.", remedy="Make room.")

    monkeypatch.setattr(keeper, "load", full)
    with pytest.raises(StoreTrouble):
        play(account)
    assert account.look_up is not None and account.look_up.done
    with pytest.raises(StoreTrouble):
        keep(account, "happy", LISTED)
    assert account.writing is not None and isinstance(account.writing.trouble, StoreTrouble)


def test_disconnecting_forgets_what_was_read_there(account: SpotifyAccount) -> None:
    async def story() -> None:
        await account.play_list(LISTED, random.Random(1))
        await account.player.follow(Track(TrackUri(f"spotify:track:{1:022d}"), "Next"))
        await account.disconnect()

    asyncio.run(story())
    assert account.player._ours == set() and account.player._next is None
    assert account.put_on == [] and account.look_up is None
    assert account.searching._known == {}


def test_songs_put_on_while_one_disconnects_are_not_kept(account: SpotifyAccount) -> None:
    async def story() -> None:
        put_on = account.player.put_on

        async def put_on_and_disconnect(uris: Sequence[str]) -> None:
            await put_on(uris)
            await account.disconnect()

        account.player.put_on = put_on_and_disconnect  # type: ignore[method-assign, assignment]
        await account.play_words("harbour")

    asyncio.run(story())
    assert account.put_on == []


def test_the_test_button_says_what_works(account: SpotifyAccount, spotify: FakeSpotify) -> None:
    from affetto.music.spotify.checking import SpotifyConnection

    connection = SpotifyConnection(account)
    checks = asyncio.run(connection.check())
    assert [one.name for one in checks] == ["sign in", "search", "devices", "saved songs"]
    assert all(one.works for one in checks)
    spotify.devices.clear()
    awake = asyncio.run(connection.check())[2]
    assert awake.works is False and "Open the Spotify app" in awake.remedy
    asyncio.run(account.disconnect())
    (signed_in,) = asyncio.run(connection.check())
    assert signed_in.works is False and signed_in.remedy


def test_it_is_a_player_and_no_library(spotify: FakeSpotify) -> None:
    provider = create({"grant": granted(spotify).to_text(), **spotify.settings})
    assert provider.library is None and provider.player is not None
    assert provider.connection is not None
    assert all(one.works for one in asyncio.run(provider.connection.check()))


@pytest.mark.parametrize(
    ("pasted", "uri"),
    [
        ("https://open.spotify.com/playlist/37i9dQ?si=abc", "spotify:playlist:37i9dQ"),
        ("open.spotify.com/intl-de/album/4aawyAB", "spotify:album:4aawyAB"),
        (" spotify:track:123 ", "spotify:track:123"),
        ("https://example.org/playlist/37i9dQ", None),
        ("https://open.spotify.com.example.org/playlist/37i9dQ", None),
        ("quiet piano", None),
    ],
)
def test_a_pasted_link_is_told_from_words(pasted: str, uri: str | None) -> None:
    assert uri_in(pasted) == uri
    if uri:
        assert uri_in(web_link(uri)) == uri


def test_a_keeper_in_memory_forgets() -> None:
    keeper = MemoryKeeper()
    assert keeper.load() is None
