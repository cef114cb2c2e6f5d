from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from affetto.errors import Misuse
from affetto.music.spotify.account import SpotifyAccount
from affetto.music.spotify.grants import Grant, MemoryKeeper
from affetto.music.spotify.troubles import RanOut, SignInNeeded
from spotify_kit import CLIENT_ID, HOUR_S, SIX_MONTHS_S, FakeSpotify

REDIRECT = "http://127.0.0.1:8765/api/spotify/callback"
HOME = "http://127.0.0.1:8765/"


def came_back(url: str) -> dict[str, str]:
    """What the browser brings back from Spotify."""
    answer = httpx.get(url)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith(REDIRECT)
    return {k: v[0] for k, v in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def begin(account: SpotifyAccount, client_id: str = CLIENT_ID) -> str:
    return asyncio.run(account.begin(client_id, REDIRECT, HOME))


def _asked(spotify: FakeSpotify, what: str) -> None:
    """Wait until Spotify is asked this."""
    while what not in spotify.asked:
        time.sleep(0.005)


def test_after_signing_in_spotify_is_connected(
    account: SpotifyAccount, keeper: MemoryKeeper
) -> None:
    keeper.forget()
    brought = came_back(begin(account))
    assert asyncio.run(account.finish(brought["state"], brought["code"])) == HOME
    grant = keeper.load()
    assert grant is not None and grant.client_id == CLIENT_ID
    assert grant.until - time.time() == pytest.approx(182 * 24 * HOUR_S, abs=10)


def test_the_browser_never_sees_the_verifier(account: SpotifyAccount) -> None:
    asked = parse_qs(urlsplit(begin(account)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert "code_verifier" not in asked
    assert len(asked["state"][0]) >= 32


def test_a_sign_in_that_was_not_begun_here_is_not_taken(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    brought = came_back(begin(account))
    asked = len(spotify.asked)
    with pytest.raises(Misuse, match="no sign-in that is open"):
        asyncio.run(account.finish("somebody else's", brought["code"]))
    assert len(spotify.asked) == asked  # its code was not even tried


def test_a_sign_in_counts_once(account: SpotifyAccount) -> None:
    brought = came_back(begin(account))
    asyncio.run(account.finish(brought["state"], brought["code"]))
    with pytest.raises(Misuse):
        asyncio.run(account.finish(brought["state"], brought["code"]))


def test_a_sign_in_left_open_for_long_is_begun_anew(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    brought = came_back(begin(account))
    spotify.shift_s += 601
    with pytest.raises(Misuse, match="no sign-in that is open"):
        asyncio.run(account.finish(brought["state"], brought["code"]))


def test_a_wrong_code_connects_nothing(account: SpotifyAccount, keeper: MemoryKeeper) -> None:
    keeper.forget()
    brought = came_back(begin(account))
    with pytest.raises(SignInNeeded) as caught:
        asyncio.run(account.finish(brought["state"], "made up"))
    assert "redirect URI" in caught.value.remedy
    assert keeper.load() is None


def test_a_client_id_that_spotify_does_not_know_is_named(
    account: SpotifyAccount, keeper: MemoryKeeper, spotify: FakeSpotify
) -> None:
    grant = keeper.load()
    assert grant is not None
    keeper.save(replace(grant, client_id="f" * 32, expires_at=0.0))
    with pytest.raises(SignInNeeded, match="does not know this Client ID"):
        asyncio.run(account.player.devices())


def test_an_hour_later_it_goes_on_by_itself(
    account: SpotifyAccount, keeper: MemoryKeeper, spotify: FakeSpotify
) -> None:
    first = keeper.load()
    spotify.shift_s += HOUR_S
    assert len(asyncio.run(account.player.devices())) == 2
    second = keeper.load()
    assert first is not None and second is not None
    assert second.refresh_token != first.refresh_token  # the new one is kept
    assert second.since == first.since  # and the six months go on from the sign-in


def test_401_a_token_withdrawn_before_its_time_is_replaced_once(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.withdraw_access()
    assert len(asyncio.run(account.player.devices())) == 2
    assert spotify.asked.count("POST /api/token") == 1


def test_calls_at_once_renew_the_sign_in_once(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    """A second renewal with the same refresh token would end the sign-in."""
    spotify.shift_s += HOUR_S

    async def story() -> None:
        await asyncio.gather(*(account.player.devices() for _ in range(5)))

    asyncio.run(story())
    assert spotify.asked.count("POST /api/token") == 1


def test_after_six_months_the_token_is_deleted_and_a_new_sign_in_asked_for(
    account: SpotifyAccount, keeper: MemoryKeeper, spotify: FakeSpotify
) -> None:
    spotify.shift_s += SIX_MONTHS_S + HOUR_S
    with pytest.raises(RanOut, match="six months") as caught:
        asyncio.run(account.player.devices())
    assert "Connect Spotify again" in caught.value.remedy
    assert keeper.load() is None
    asked = len(spotify.asked)
    with pytest.raises(SignInNeeded):
        asyncio.run(account.player.devices())
    assert len(spotify.asked) == asked  # nothing is asked any more
    brought = came_back(begin(account))  # and a new sign-in is not ignored
    asyncio.run(account.finish(brought["state"], brought["code"]))
    assert len(asyncio.run(account.player.devices())) == 2


def test_a_token_endpoint_in_trouble_costs_no_sign_in(
    account: SpotifyAccount, keeper: MemoryKeeper, spotify: FakeSpotify
) -> None:
    spotify.shift_s += HOUR_S
    spotify.plan("/api/token", 503, body={"error": "server_error"})
    with pytest.raises(Exception, match="fault of its own"):
        asyncio.run(account.player.devices())
    assert keeper.load() is not None


def test_disconnecting_deletes_all_of_it(account: SpotifyAccount, keeper: MemoryKeeper) -> None:
    begun = came_back(begin(account))
    asyncio.run(account.disconnect())
    assert keeper.load() is None
    with pytest.raises(Misuse):  # a sign-in under way no longer counts
        asyncio.run(account.finish(begun["state"], begun["code"]))


def test_disconnecting_counts_more_than_a_sign_in_that_comes_back_meanwhile(
    account: SpotifyAccount, keeper: MemoryKeeper, spotify: FakeSpotify
) -> None:
    brought = came_back(begin(account))
    spotify.plan("/api/token", 200, body=spotify.tokens(), wait_s=0.3)

    async def story() -> None:
        finishing = asyncio.create_task(account.finish(brought["state"], brought["code"]))
        await asyncio.to_thread(_asked, spotify, "POST /api/token")
        await account.disconnect()
        with pytest.raises(Misuse, match="disconnected while"):
            await finishing

    asyncio.run(asyncio.wait_for(story(), 5))
    assert keeper.load() is None


def test_a_sign_in_under_way_tells_no_secret_when_it_is_printed(account: SpotifyAccount) -> None:
    begin(account)
    (begun,) = account.sign_in._begun.values()
    assert begun.verifier and begun.verifier not in repr(begun)


def test_a_grant_tells_nothing_when_it_is_printed() -> None:
    grant = Grant("id", "the access", "the refresh", 0.0, 0.0)
    assert "the " not in repr(grant)
    assert Grant.from_text(grant.to_text()) == grant
    assert Grant.from_text("{}") is None and Grant.from_text("no JSON") is None


def test_no_token_is_ever_in_the_log(
    account: SpotifyAccount,
    keeper: MemoryKeeper,
    spotify: FakeSpotify,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    caplog.set_level("DEBUG", logger="spotipy")
    spotify.shift_s += HOUR_S
    asyncio.run(account.player.devices())
    brought = came_back(begin(account))
    asyncio.run(account.finish(brought["state"], brought["code"]))
    grant = keeper.load()
    assert grant is not None
    ours = [one for one in caplog.records if not one.name.startswith("http")]  # but the test's
    said = "\n".join(one.getMessage() for one in ours)
    assert "access-" not in said and "refresh-" not in said and brought["code"] not in said
