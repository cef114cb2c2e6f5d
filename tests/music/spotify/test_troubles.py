"""Each thing that goes wrong at Spotify: what is said, what to do, and never longer than 2 s."""

from __future__ import annotations

import asyncio
import pickle
import time
from typing import Any

import pytest

from affetto.music.spotify import addresses
from affetto.music.spotify.account import SpotifyAccount
from affetto.music.spotify.breaker import Breaker
from affetto.music.spotify.grants import MemoryKeeper
from affetto.music.spotify.troubles import (
    AskedTooMuch,
    NotAnswering,
    SpotifyTrouble,
    not_signed_in,
    refused,
)
from music.spotify.conftest import granted
from spotify_kit import FakeSpotify

HARBOUR = "spotify:track:" + "0" * 22
DAY_S = 86_400
WAIT_S = 2.0


class Clock:
    """Time that stands until it is moved."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def account(spotify: FakeSpotify, clock: Clock) -> SpotifyAccount:
    keeper = MemoryKeeper(granted(spotify))
    where = addresses(spotify.settings)
    return SpotifyAccount(keeper, addresses=where, breaker=Breaker(clock))


def trouble(account: SpotifyAccount) -> SpotifyTrouble:
    """What goes wrong when a song is put on, told within two seconds."""
    begun = time.monotonic()
    with pytest.raises(SpotifyTrouble) as caught:
        asyncio.run(account.player.put_on([HARBOUR]))
    assert time.monotonic() - begun < WAIT_S
    error = caught.value
    for sentence in (error.problem, error.remedy):
        assert sentence[0].isupper() and sentence.endswith(".")
    return error


def test_403_without_premium_the_links_are_the_way_out(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.premium = False
    error = trouble(account)
    assert "Premium" in error.problem and "links" in error.remedy
    assert asyncio.run(account.searching.by_words("boats"))  # the rest still works


def test_403_not_on_the_list_of_users_names_who_can_add_them(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.listed = False
    error = trouble(account)
    assert "not on the list" in error.problem and "User Management" in error.remedy


def test_403_for_an_app_whose_owner_lost_premium(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.say("/play", 403, "The app owner needs an active Premium subscription")
    assert "owner of this Client ID" in trouble(account).problem


def test_404_no_device_says_to_open_the_app(account: SpotifyAccount, spotify: FakeSpotify) -> None:
    spotify.devices.clear()
    error = trouble(account)
    assert "No device" in error.problem and "Open the Spotify app" in error.remedy


def test_429_for_a_day_is_told_at_once_and_spotify_left_alone_for_that_day(
    account: SpotifyAccount, spotify: FakeSpotify, clock: Clock
) -> None:
    spotify.say("/play", 429, "API rate limit exceeded", headers={"Retry-After": str(DAY_S)})
    error = trouble(account)
    assert isinstance(error, AskedTooMuch) and "about 24 hours" in error.remedy
    spotify.recover()
    asked = len(spotify.asked)
    clock.time = DAY_S - 3600
    assert "about 1 hour" in trouble(account).remedy  # the time that is left
    assert len(spotify.asked) == asked
    clock.time = DAY_S + 1
    asyncio.run(account.player.put_on([HARBOUR]))
    assert spotify.is_playing


def test_429_a_used_up_quota_is_left_alone_for_a_quarter_of_an_hour(
    account: SpotifyAccount, spotify: FakeSpotify, clock: Clock
) -> None:
    spotify.say("/play", 429, "Too many requests", "QUOTA_EXCEEDED")
    error = trouble(account)
    assert "quota" in error.problem and "about 15 minutes" in error.remedy
    spotify.recover()
    clock.time = 14 * 60
    trouble(account)
    clock.time = 15 * 60 + 1
    asyncio.run(account.player.put_on([HARBOUR]))


@pytest.mark.parametrize("status", [500, 502, 503])
def test_5xx_is_spotifys_own_fault_and_after_two_it_is_left_alone(
    account: SpotifyAccount, spotify: FakeSpotify, clock: Clock, status: int
) -> None:
    spotify.plan("/play", status, body=b"<html>no JSON")
    assert "fault of its own" in trouble(account).problem
    trouble(account)
    asked = len(spotify.asked)
    trouble(account)
    assert len(spotify.asked) == asked
    spotify.recover()
    clock.time = 31
    asyncio.run(account.player.put_on([HARBOUR]))


@pytest.mark.parametrize(
    "how",
    [{"wait_s": 30.0}, {"drip": True}, {}],
    ids=["never answers", "answers a byte now and then", "hangs up"],
)
def test_a_timeout_is_told_within_two_seconds(
    account: SpotifyAccount, spotify: FakeSpotify, how: dict[str, Any]
) -> None:
    spotify.plan("/play", **how)
    error = trouble(account)
    assert isinstance(error, NotAnswering) and "half a minute" in error.remedy


def test_an_act_of_several_slow_calls_ends_within_two_seconds_too(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    """As one slow call does; here with a shorter patience, for the test's sake."""
    account.calls.hard_s = 0.5
    no = {"error": {"status": 404, "message": "No active device"}}
    spotify.plan("/play", 404, body=no, wait_s=0.3)
    spotify.plan("/devices", 200, body={"devices": []}, wait_s=0.3)
    assert isinstance(trouble(account), NotAnswering)


def test_with_nobody_at_the_address_it_says_so(clock: Clock) -> None:
    keeper = MemoryKeeper()
    where = addresses({"api": "http://127.0.0.1:9/v1/", "accounts": "http://127.0.0.1:9/"})
    account = SpotifyAccount(keeper, addresses=where, breaker=Breaker(clock))
    assert "not connected" in trouble(account).problem
    from affetto.music.spotify.grants import Grant

    keeper.save(Grant("id", "access", "refresh", time.time() + 3600, time.time()))
    assert isinstance(trouble(account), NotAnswering)


def test_an_answer_of_another_shape_is_a_trouble_and_no_crash(
    account: SpotifyAccount, spotify: FakeSpotify
) -> None:
    spotify.contract = None  # what is answered here is wrong on purpose
    for body in ([], "text", {"error": "words"}, {"devices": "many"}, b"\xff", None):
        spotify.recover()
        spotify.plan("/devices", 200, body=body)
        assert asyncio.run(account.player.devices()) == []
    spotify.recover()
    spotify.plan("/devices", 400, body=[])
    with pytest.raises(SpotifyTrouble):
        asyncio.run(account.player.devices())


@pytest.mark.parametrize(
    ("status", "reason", "said", "word"),
    [
        (403, "", "Insufficient client scope", "does not cover"),
        (403, "", "Forbidden", "forbids"),
        (404, "", "Resource not found", "does not have that"),
        (400, "", "Bad request", "code 400"),
        (429, "", "", "asked too much"),
    ],
)
def test_every_other_no_has_its_words(status: int, reason: str, said: str, word: str) -> None:
    assert word in refused(status, reason, said).problem


def test_a_trouble_travels_between_processes() -> None:
    for error in (not_signed_in(), refused(429, "", "", "7"), refused(500, "", "")):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), again.problem) == (type(error), error.problem)
