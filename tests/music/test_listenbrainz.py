from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from affetto.errors import ServiceTrouble
from affetto.music.listenbrainz import (
    Listen,
    ListenBrainz,
    NotTaken,
    TokenRefused,
    TooMany,
    counts,
    metadata,
    tellable,
)
from affetto.track import Track, TrackFeatures, TrackUri
from music.fake_listenbrainz import KNOWN, FakeListenBrainz

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TRACK = Track(
    TrackUri("local:1"),
    "Low Tide",
    "Élan",
    album="Shore",
    duration_s=200.0,
    features=TrackFeatures(0.3, -0.4),
)


@pytest.mark.parametrize(
    ("heard_s", "duration_s", "counted"),
    [
        (99.9, 200.0, False),
        (100.0, 200.0, True),
        (239.0, 900.0, False),
        (240.0, 900.0, True),  # four minutes of a long one
        (239.0, 0.0, False),
        (240.0, 0.0, True),  # of one whose length nobody knows
        (0.0, 0.0, False),
    ],
)
def test_a_track_was_heard_after_half_of_it_or_four_minutes(
    heard_s: float, duration_s: float, counted: bool
) -> None:
    assert counts(heard_s, duration_s) is counted


def test_what_is_told_of_a_track_is_its_name_and_length_and_nothing_of_its_mood() -> None:
    told = metadata(TRACK)
    assert set(told) == {"track_name", "artist_name", "release_name", "additional_info"}
    assert set(told["additional_info"]) == {
        "media_player", "submission_client", "submission_client_version", "duration_ms",
    }  # fmt: skip
    assert told["additional_info"]["duration_ms"] == 200_000


def test_nothing_of_spotify_and_nothing_without_an_artist_is_told() -> None:
    assert tellable(TRACK)
    assert not tellable(Track(TrackUri("local:2"), "Untitled"))
    assert not tellable(Track(TrackUri("spotify:track:1"), "Low Tide", "Élan"))


def test_heard_tracks_arrive_once_however_often_they_are_sent() -> None:
    fake = FakeListenBrainz()
    listens = [Listen(TRACK, NOON + timedelta(minutes=4 * n)) for n in range(3)]

    async def tell() -> str:
        service = ListenBrainz(KNOWN, transport=fake)
        user = await service.user()
        await service.playing(TRACK)
        await service.submit(listens[:1])
        await service.submit(listens)
        await service.close()
        return user

    assert asyncio.run(tell()) == "lowtide"
    assert len(fake.listens) == 3
    assert fake.now == ["Low Tide"]
    assert min(fake.listens)[0] == int(NOON.timestamp())


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        (401, TokenRefused, "Copy the user token"),
        (400, NotTaken, "left out"),
        (500, ServiceTrouble, "waits"),
    ],
)
def test_each_refusal_is_told_with_a_remedy(
    status: int, error: type[ServiceTrouble], said: str
) -> None:
    fake = FakeListenBrainz()
    fake.status = status
    service = ListenBrainz(KNOWN, transport=fake)
    with pytest.raises(error, match=said):
        asyncio.run(service.submit([Listen(TRACK, NOON)]))


def test_a_lost_network_and_too_many_requests_are_told_apart() -> None:
    fake = FakeListenBrainz()
    service = ListenBrainz(KNOWN, transport=fake)
    fake.away = True
    with pytest.raises(ServiceTrouble, match="does not answer"):
        asyncio.run(service.user())
    fake.away, fake.remaining, fake.reset_in_s = False, 1, 9
    asyncio.run(service.submit([Listen(TRACK, NOON)]))
    assert service.rest_s == 9  # the last one it takes for now
    with pytest.raises(TooMany) as told:
        asyncio.run(service.submit([Listen(TRACK, NOON)]))
    assert told.value.wait_s == 9


def test_a_wrong_token_is_told_with_where_to_find_the_right_one() -> None:
    service = ListenBrainz("another", transport=FakeListenBrainz())
    with pytest.raises(TokenRefused, match="listenbrainz"):
        asyncio.run(service.user())


def test_a_token_that_no_request_can_carry_is_told_as_a_wrong_one() -> None:
    for token in ("mañana", "two\nlines"):
        with pytest.raises(TokenRefused):
            ListenBrainz(token)
