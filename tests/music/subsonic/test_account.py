from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from affetto.errors import Misuse, NotFound, ServiceTrouble
from affetto.music.provider import Provider, connect
from affetto.music.subsonic import account as room
from affetto.music.subsonic.account import Account
from affetto.music.subsonic.connection import SubsonicConnection
from affetto.track import Track, TrackUri
from music.subsonic.fake import Failed, FakeServer, song
from subsonic_kit import Supysonic

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def account_of(provider: Provider) -> Account:
    assert isinstance(provider.connection, SubsonicConnection)
    return provider.connection.account


def uris_of(provider: Provider) -> Sequence[TrackUri]:
    assert provider.library is not None
    return [track.uri for track in asyncio.run(provider.library.search(""))]


def raw(provider: Provider, method: str, **params: object) -> Any:
    return asyncio.run(account_of(provider)._client.ask(method, **params))


@pytest.fixture
def real(supysonic: Supysonic) -> Provider:
    return connect("subsonic", supysonic.settings)


def run(*steps: Coroutine[Any, Any, Any]) -> list[Any]:
    async def story() -> list[Any]:
        return [await step for step in steps]

    return asyncio.run(story())


def test_a_song_may_be_starred_twice_and_unstarred_twice(real: Provider) -> None:
    account, uri = account_of(real), uris_of(real)[0]
    run(account.star(uri), account.star(uri))
    assert [one["id"] for one in raw(real, "getStarred2")["starred2"]["song"]] == [
        uri.partition(":")[2]
    ]
    run(account.unstar(uri), account.unstar(uri))
    assert "song" not in raw(real, "getStarred2").get("starred2", {})


def test_a_star_for_a_song_that_is_not_there_is_a_fault(real: Provider) -> None:
    account = account_of(real)
    nowhere = TrackUri("subsonic:00000000-0000-0000-0000-000000000000")
    for step in (account.star(nowhere), account.rate(nowhere, 4)):
        with pytest.raises(ServiceTrouble):
            run(step)


def test_a_rating_is_kept_and_taken_off_again(real: Provider) -> None:
    account, uri = account_of(real), uris_of(real)[0]
    song_id = uri.partition(":")[2]
    run(account.rate(uri, 4))
    assert raw(real, "getSong", id=song_id)["song"]["userRating"] == 4
    run(account.rate(uri, 0))
    assert "userRating" not in raw(real, "getSong", id=song_id)["song"]


@pytest.mark.parametrize("stars", [-1, 6])
def test_a_rating_off_the_scale_is_refused(real: Provider, stars: int) -> None:
    with pytest.raises(Misuse, match="1 to 5"):
        run(account_of(real).rate(TrackUri("subsonic:x"), stars))


def test_a_real_server_takes_plays_more_than_once(real: Provider) -> None:
    account, uri = account_of(real), uris_of(real)[1]
    run(account.now_playing(uri), account.played(uri, NOON))
    run(account.played(uri, NOON))


def test_plays_carry_their_time_and_what_plays_now_does_not(fake: FakeServer) -> None:
    account = account_of(connect("subsonic", fake.settings))
    uri = TrackUri("subsonic:s1")
    run(account.now_playing(uri), account.played(uri, NOON))
    now, then = [query for method, query in fake.asked if method == "scrobble"]
    assert now["submission"] == ["false"] and "time" not in now
    assert then["submission"] == ["true"]
    assert then["time"] == [str(int(NOON.timestamp() * 1000))]


def test_a_playlist_comes_back_as_it_was_sent(real: Provider) -> None:
    account, uris = account_of(real), uris_of(real)
    order = [uris[2], uris[0], uris[2]]
    made, _ = run(account.create_playlist("Evening, 'calm' & ✨", order), account.playlists())
    try:
        assert made.songs == 3
        (tracks,) = run(account.playlist(made.id))
        assert [track.uri for track in tracks] == order
        run(account.update_playlist(made.id, [uris[1]], name="Night"))
        (lists,) = run(account.playlists())
        assert [(one.id, one.name, one.songs) for one in lists] == [(made.id, "Night", 1)]
        run(account.update_playlist(made.id, []))
        assert run(account.playlist(made.id)) == [[]]
    finally:
        run(account.delete_playlist(made.id))
    assert run(account.playlists()) == [[]]


def test_a_queue_is_kept_there_and_replaced_only_when_asked(real: Provider) -> None:
    assert real.library is not None and real.playlists is not None
    one, two, *_ = asyncio.run(real.library.search(""))
    other = Track(TrackUri("local:rain"), "Rain")
    assert asyncio.run(real.playlists.save("Dusk", [one, other, two])) == [other]
    with pytest.raises(Misuse, match="already"):
        asyncio.run(real.playlists.save("Dusk", [two]))
    asyncio.run(real.playlists.save("Dusk", [two], replace=True))
    account = account_of(real)
    [kept] = [one for one in asyncio.run(account.playlists()) if one.name == "Dusk"]
    assert [track.uri for track in asyncio.run(account.playlist(kept.id))] == [two.uri]
    asyncio.run(account.delete_playlist(kept.id))
    with pytest.raises(Misuse, match="none of these songs"):
        asyncio.run(real.playlists.save("Dusk", [other]))


def test_two_playlists_of_one_name_are_told_apart(real: Provider) -> None:
    account, uris = account_of(real), uris_of(real)
    first, second = run(
        account.create_playlist("Same", uris[:1]), account.create_playlist("Same", uris[1:2])
    )
    try:
        assert first.id != second.id
        (tracks,) = run(account.playlist(second.id))
        assert [track.uri for track in tracks] == uris[1:2]
    finally:
        run(account.delete_playlist(first.id), account.delete_playlist(second.id))


def test_a_long_playlist_is_sent_in_lots(fake: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LOT", 4)
    fake.songs = [song(n) for n in range(11)]
    account = account_of(connect("subsonic", fake.settings))
    uris = [TrackUri(f"subsonic:s{n}") for n in range(11)]
    (made,) = run(account.create_playlist("Long", uris))
    assert fake.playlists[made.id][1] == [f"s{n}" for n in range(11)]
    run(account.update_playlist(made.id, uris[::-1]))
    assert fake.playlists[made.id][1] == [f"s{n}" for n in reversed(range(11))]
    run(account.update_playlist(made.id, []))
    assert fake.playlists[made.id][1] == []
    longest = max(len(values) for _, query in fake.asked for values in query.values())
    assert longest == 4


def test_a_playlist_that_vanishes_is_told(fake: FakeServer) -> None:
    fake.instead["createPlaylist"] = lambda _: {}
    with pytest.raises(NotFound, match="does not list it"):
        run(account_of(connect("subsonic", fake.settings)).create_playlist("Gone", []))


def test_an_unstar_that_fails_is_a_fault_while_the_star_stays(fake: FakeServer) -> None:
    def no(_: object) -> dict[str, Any]:
        raise Failed(0, "Out of order")

    fake.songs = [song(1, starred="2026-01-01T00:00:00Z")]
    fake.instead["unstar"] = no
    account = account_of(connect("subsonic", fake.settings))
    with pytest.raises(ServiceTrouble, match="Out of order"):
        run(account.unstar(TrackUri("subsonic:s1")))
    fake.songs = [song(1)]
    run(account.unstar(TrackUri("subsonic:s1")))


def test_a_track_of_another_library_is_no_song_of_this_server(real: Provider) -> None:
    with pytest.raises(NotFound, match="no song of this music server"):
        run(account_of(real).star(TrackUri("local:0123")))
