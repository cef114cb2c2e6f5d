from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from affetto.connections import Connections, tried
from affetto.errors import Misuse, NotFound, ServiceTrouble
from affetto.music.memory import MemoryLibrary, MemoryPlayer
from affetto.music.provider import Asked, Check, Description, Provider
from affetto.settings import Settings
from affetto.track import Track, TrackFeatures, TrackUri
from affetto.wiring import House, open_database, open_house

RAIN = Track(TrackUri("radio:rain"), "Rain", "Somebody", duration_s=60.0)
ASKS = (Asked("url", "Address"), Asked("password", "Password", secret=True))


@dataclass
class Line:
    """A connection that works or not, and remembers that it was closed."""

    works: bool = True
    closed: bool = False

    async def check(self) -> Sequence[Check]:
        return [Check("sign in", self.works, "Signed in." if self.works else "It said no.")]

    async def close(self) -> None:
        self.closed = True


@dataclass
class Radio:
    """A service that providers can be made of."""

    works: bool = True
    made: list[Mapping[str, str]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def make(self, name: str, settings: Mapping[str, str]) -> Provider:
        if not settings.get("url"):
            raise Misuse("The radio was given no address.", remedy="Name its address.")
        self.made.append(dict(settings))
        self.lines.append(Line(self.works))
        return Provider(name, MemoryLibrary([RAIN]), MemoryPlayer(), self.lines[-1])

    def describe(self, name: str) -> Description:
        return Description("Radio", asks=ASKS)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    settings = Settings(data_dir=tmp_path / "data", demo=False)
    with House(settings, database=open_database(settings), libraries={}, look_again_s=0.0) as house:
        yield house


@pytest.fixture
def radio(house: House) -> Radio:
    radio = Radio()
    house.connections = opened(house, radio)
    return radio


def opened(house: House, radio: Radio) -> Connections:
    """The connections as they are after a start."""
    from affetto.store.connections import KeptConnections

    connections = Connections(
        KeptConnections(house.database),
        house.listener,
        keyring=lambda: house.keyring,
        now=house.now,
        make=radio.make,
        describe=radio.describe,
    )
    connections.open_kept()
    return connections


GIVEN = {"url": "http://nas", "password": "hush"}


def test_a_library_that_is_connected_is_heard_at_once_and_gone_when_let_go(
    house: House, radio: Radio
) -> None:
    async def story() -> None:
        assert await house.tracks() == ()
        connected, checks = await house.connections.connect("radio", GIVEN)
        assert connected and [check.name for check in checks] == ["sign in"]
        assert await house.tracks() == (RAIN,)
        assert isinstance(house.player("radio"), MemoryPlayer)
        await house.connections.disconnect("radio")
        assert await house.tracks() == ()
        assert radio.lines[0].closed

    asyncio.run(story())


def test_it_is_still_connected_after_a_start_with_its_secrets(house: House, radio: Radio) -> None:
    asyncio.run(house.connections.connect("radio", GIVEN))
    again = Radio()
    assert list(opened(house, again).libraries) == ["radio"]
    assert again.made == [GIVEN]


def test_what_does_not_work_is_not_kept_unless_asked(house: House, radio: Radio) -> None:
    async def story() -> None:
        radio.works = False
        connected, [check] = await house.connections.connect("radio", GIVEN)
        assert not connected and check.works is False and radio.lines[0].closed
        assert not house.connections.in_use and not opened(house, Radio()).in_use
        connected, _ = await house.connections.connect("radio", GIVEN, anyway=True)
        assert connected and "radio" in house.connections.in_use

    asyncio.run(story())


def test_a_secret_left_empty_is_the_one_that_is_kept_for_the_same_address(
    house: House, radio: Radio
) -> None:
    async def story() -> None:
        await house.connections.connect("radio", GIVEN)
        await house.connections.connect("radio", {"url": GIVEN["url"], "password": ""})
        await house.connections.test("radio", {"url": "http://elsewhere"})

    asyncio.run(story())
    assert radio.made[1:] == [GIVEN, {"url": "http://elsewhere"}]
    assert [line.closed for line in radio.lines] == [True, False, True]


def test_a_test_keeps_nothing(house: House, radio: Radio) -> None:
    async def story() -> None:
        [check] = await house.connections.test("radio", GIVEN)
        assert check.works and not house.connections.in_use
        with pytest.raises(NotFound, match="not connected"):
            await house.connections.test("radio")
        with pytest.raises(NotFound, match="not connected"):
            await house.connections.disconnect("radio")
        with pytest.raises(Misuse, match="no address"):
            await house.connections.connect("radio", {"url": "  "})

    asyncio.run(story())


def test_whatever_a_stranger_raises_while_it_is_made_is_said_in_words(
    house: House, radio: Radio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(name: str, settings: Mapping[str, str]) -> Provider:
        raise KeyError("rooms")

    monkeypatch.setattr(house.connections, "_make", odd)
    with pytest.raises(ServiceTrouble, match="KeyError: 'rooms'"):
        asyncio.run(house.connections.connect("radio", GIVEN))


def test_a_new_token_is_kept_and_the_provider_goes_on(house: House, radio: Radio) -> None:
    async def story() -> None:
        await house.connections.keep("radio", {"token": "lost"})  # not connected: nothing
        await house.connections.connect("radio", GIVEN)
        revision = house.connections.revision
        await house.connections.keep("radio", {"token": "new"})
        assert house.connections.revision == revision

    asyncio.run(story())
    again = Radio()
    opened(house, again)
    assert again.made == [{**GIVEN, "token": "new"}]


def test_a_provider_of_the_settings_file_is_changed_there(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", demo=False, providers=("memory",))
    with open_house(settings) as house:
        for act in (
            house.connections.connect("memory", {}),
            house.connections.disconnect("memory"),
        ):
            with pytest.raises(Misuse, match="settings file"):
                asyncio.run(act)
        assert all(c.works for c in asyncio.run(house.connections.test("memory")))


def test_a_provider_that_was_uninstalled_is_shown_with_its_trouble(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    radio = Radio()
    house.connections = opened(house, radio)
    asyncio.run(house.connections.connect("radio", GIVEN))

    def gone(name: str, settings: Mapping[str, str]) -> Provider:
        raise NotFound("There is no such provider.", remedy="Install it.")

    with caplog.at_level(logging.WARNING):
        again = Radio()
        again.make = gone  # type: ignore[method-assign]
        connections = opened(house, again)
    assert "radio" in caplog.text
    [check] = asyncio.run(connections.test("radio"))
    assert (check.works, check.remedy) == (False, "Install it.")
    asyncio.run(connections.disconnect("radio"))
    assert not connections.in_use


def test_secrets_of_another_key_keep_nothing_else_from_working(
    house: House, radio: Radio, caplog: pytest.LogCaptureFixture
) -> None:
    asyncio.run(house.connections.connect("radio", GIVEN))
    house.settings.key_file.unlink()
    house._keyring = None
    connections = opened(house, Radio())
    assert not connections.libraries
    [check] = asyncio.run(connections.test("radio"))
    assert check.works is False and "key" in check.says
    connected, _ = asyncio.run(connections.connect("radio", GIVEN))  # told anew, it works again
    assert connected


def test_a_library_that_fails_is_passed_over_and_said(house: House, radio: Radio) -> None:
    class Down(MemoryLibrary):
        async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
            raise ServiceTrouble("The radio does not answer.", remedy="Turn it on.")

    async def story() -> None:
        house.connections.give(Provider("memory", MemoryLibrary([RAIN])))
        house.connections.give(Provider("down", Down()))
        collection = await house.collection()
        assert collection.tracks == (RAIN,)
        assert str(collection.failed["down"]) == "The radio does not answer. Turn it on."
        [check] = await tried(Provider("down", Down()))
        assert (check.works, check.remedy) == (False, "Turn it on.")

    asyncio.run(story())


def test_a_player_with_a_library_is_given_only_tracks_of_that_one(
    house: House, radio: Radio
) -> None:
    heard = Track(
        TrackUri("memory:rain"), "Rain", "Somebody", duration_s=60.0, features=TrackFeatures(0, 0)
    )

    async def story() -> None:
        house.connections.give(
            Provider("memory", MemoryLibrary([heard, Track(TrackUri("memory:x"), "X")]))
        )
        await house.connections.connect("radio", GIVEN)
        assert len((await house.candidates()).tracks) == 2  # the song once, in the page
        house.outlet = "radio"
        [only] = (await house.candidates()).tracks
        assert only.uri == RAIN.uri
        assert only.features == heard.features  # lent by the copy that was listened to
        assert await house.candidates() is await house.candidates()
        found = await house.track(RAIN.uri)
        assert found is not None and found.uri == RAIN.uri
        house.outlet = None
        assert len((await house.candidates()).tracks) == 2

    asyncio.run(story())


def test_whatever_a_stranger_raises_is_said_in_words() -> None:
    class Odd(MemoryLibrary):
        async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
            raise ZeroDivisionError("division by zero")

    [check] = asyncio.run(tried(Provider("odd", Odd())))
    assert check.works is False
    assert "ZeroDivisionError: division by zero." in check.says and check.remedy
