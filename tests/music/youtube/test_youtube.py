"""A playlist at YouTube: the sign-in, the quota, and what goes wrong on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from affetto.errors import Misuse
from affetto.music.youtube import App, Grant, Made, SignIn, YouTubeAccount, costs, make
from affetto.music.youtube.account import open_client
from affetto.music.youtube.troubles import SignInNeeded, YouTubeTrouble
from music.fake_youtube import CLIENT, SECRET, FakeYouTube

APP = App(CLIENT, SECRET)
BACK = "http://127.0.0.1:8765/api/youtube/callback"
SONGS = [("Low Tide", "Élan"), ("Paper Boats", "Shore"), ("Rain", ""), ("Sunrise", "Élan")]


@dataclass
class Listener:
    """Somebody with an account at the fake, and a clock."""

    fake: FakeYouTube = field(default_factory=FakeYouTube)
    time: float = 1_000_000.0
    kept: list[Grant] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    told: list[Made] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = open_client(self.fake)
        self.sign_in = SignIn(self.http, lambda: self.time)

    async def signs_in(self, app: App = APP) -> Grant:
        came_back = self.fake.agrees(self.sign_in.begin(app, BACK))
        return await self.sign_in.finish(came_back["state"], came_back["code"])

    async def makes(self, songs: list[tuple[str, str]] = SONGS, title: str = "Evening") -> Made:
        grant = await self.signs_in()
        return await make(self.account(grant), title, songs, self.told.append)

    def account(self, grant: Grant) -> YouTubeAccount:
        async def keep(new: Grant) -> None:
            self.kept.append(new)

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)

        return YouTubeAccount(
            self.http, self.sign_in, grant, keep, clock=lambda: self.time, sleep=sleep
        )


@pytest.fixture
def listener() -> Listener:
    return Listener()


def test_the_queue_becomes_a_private_playlist_in_its_order(listener: Listener) -> None:
    made = asyncio.run(listener.makes(title="<Evening>"))
    assert listener.fake.songs == ["Élan Low Tide", "Shore Paper Boats", "Rain", "Élan Sunrise"]
    assert (made.added, made.missed, made.left, made.trouble) == (4, (), 0, None)
    assert made.finished
    assert made.url == "https://www.youtube.com/playlist?list=PL0"
    assert [one.added for one in listener.told] == [0, 1, 2, 3, 4, 4]
    assert 10_000 - listener.fake.units == costs(4) == 650


def test_private_and_missing_videos_are_named_and_the_rest_goes_on(listener: Listener) -> None:
    listener.fake.private.add("Élan Low Tide")
    listener.fake.unknown.add("Rain")
    made = asyncio.run(listener.makes())
    assert listener.fake.songs == ["Shore Paper Boats", "Élan Sunrise"]
    assert [(one.title, one.why) for one in made.missed] == [
        (
            "Low Tide",
            "YouTube did not take this song: its video is private, deleted or closed to playlists.",
        ),
        ("Rain", "YouTube found no video of it."),
    ]
    assert (made.left, made.trouble) == (0, None)


def test_when_the_quota_is_spent_what_is_made_stays_and_the_rest_is_told(
    listener: Listener,
) -> None:
    listener.fake.units = costs(2) + 20
    made = asyncio.run(listener.makes())
    assert listener.fake.songs == ["Élan Low Tide", "Shore Paper Boats"]
    assert (made.added, made.left, made.finished) == (2, 2, True)
    assert made.url
    assert made.trouble is not None
    assert "midnight, Pacific time" in made.trouble.remedy


def test_a_token_that_ends_is_renewed_unnoticed(listener: Listener) -> None:
    async def later() -> Made:
        grant = await listener.signs_in()
        listener.time += 3_590  # nearly over: renewed before it is used
        account = listener.account(grant)
        made = await make(account, "One", SONGS[:1], listener.told.append)
        assert made.trouble is None
        listener.fake.lets_tokens_end()  # earlier than it said
        return await make(account, "Two", SONGS[:2], listener.told.append)

    made = asyncio.run(later())
    assert (made.added, made.trouble) == (2, None)
    assert len(listener.kept) == 2


def test_a_sign_in_that_ran_out_says_to_connect_again(listener: Listener) -> None:
    async def days_later() -> Made:
        grant = await listener.signs_in()
        listener.fake.refresh, listener.time = "", listener.time + 8 * 86_400
        return await make(listener.account(grant), "x", SONGS, listener.told.append)

    made = asyncio.run(days_later())
    assert isinstance(made.trouble, SignInNeeded)
    assert "Connect YouTube again" in made.trouble.remedy
    assert made.url == ""


def test_what_fails_in_passing_is_asked_once_more(listener: Listener) -> None:
    listener.fake.passing = 1
    made = asyncio.run(listener.makes())
    assert (made.added, made.trouble) == (4, None)
    assert listener.slept == [1.0]


def test_a_lost_answer_makes_no_second_playlist(listener: Listener) -> None:
    async def lost() -> Made:
        grant = await listener.signs_in()
        listener.fake.away = True
        return await make(listener.account(grant), "x", SONGS, listener.told.append)

    made = asyncio.run(lost())
    assert made.trouble is not None
    assert "does not answer" in made.trouble.problem
    assert listener.slept == []


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        ((403, "accessNotConfigured"), "Switch on"),
        ((401, "youtubeSignupRequired"), "Make a channel"),
        ((403, "youtubeSignupRequired"), "Make a channel"),
        ((403, "insufficientPermissions"), "leave the box ticked"),
        ((403, "maxPlaylistExceeded"), "Delete a playlist"),
        ((429, "rateLimitExceeded"), "in a minute"),
        ((500, "backendError"), "later"),
        ((400, "something new"), "try again"),
    ],
)
def test_each_refusal_names_its_remedy(
    listener: Listener, reason: tuple[int, str], remedy: str
) -> None:
    listener.fake.reason = reason
    made = asyncio.run(listener.makes())
    assert made.trouble is not None
    assert remedy in made.trouble.remedy
    assert (made.added, made.left) == (0, 4)


def test_only_as_many_songs_are_tried_as_a_day_allows(listener: Listener) -> None:
    made = asyncio.run(listener.makes([(f"Song {n}", "Élan") for n in range(80)]))
    assert (made.total, made.added, made.trouble) == (60, 60, None)


# -- the sign-in -------------------------------------------------------------------------


def finishing(state: Callable[[str], str]) -> Callable[[Listener], None]:
    async def run(listener: Listener) -> None:
        came_back = listener.fake.agrees(listener.sign_in.begin(APP, BACK))
        await listener.sign_in.finish(state(came_back["state"]), came_back["code"])

    return lambda listener: asyncio.run(run(listener))


def test_a_sign_in_that_was_not_begun_here_is_not_taken(listener: Listener) -> None:
    with pytest.raises(Misuse, match="no sign-in that is open"):
        finishing(lambda state: state + "x")(listener)
    with pytest.raises(Misuse, match="no sign-in that is open"):
        finishing(lambda _: "")(listener)


def test_a_sign_in_is_taken_once_and_not_too_late(listener: Listener) -> None:
    first = listener.fake.agrees(listener.sign_in.begin(APP, BACK))
    asyncio.run(listener.sign_in.finish(first["state"], first["code"]))
    with pytest.raises(Misuse):
        asyncio.run(listener.sign_in.finish(first["state"], first["code"]))
    late = listener.fake.agrees(listener.sign_in.begin(APP, BACK))
    listener.time += 601
    with pytest.raises(Misuse):
        asyncio.run(listener.sign_in.finish(late["state"], late["code"]))


def test_a_code_without_its_proof_is_worth_nothing(listener: Listener) -> None:
    stolen = listener.fake.agrees(listener.sign_in.begin(APP, BACK))["code"]
    other = listener.fake.agrees(listener.sign_in.begin(APP, BACK))["state"]
    with pytest.raises(SignInNeeded):
        asyncio.run(listener.sign_in.finish(other, stolen))


def test_a_wrong_client_is_told_with_where_to_look(listener: Listener) -> None:
    with pytest.raises(YouTubeTrouble, match="client ID and secret"):
        asyncio.run(listener.signs_in(App(CLIENT, "wrong")))
