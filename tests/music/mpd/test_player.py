from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from affetto.errors import NotFound, ServiceTrouble
from affetto.music.mpd import MpdProvider, create
from affetto.music.provider import Player, Sounding
from affetto.track import Track, TrackUri
from contracts.players import PlayerContract
from mpd_kit import SHORT_S, Mpd

ONE, TWO = "Someone/Thïngs/Long One.flac", "Someone/Thïngs/Long Two.ogg"


@pytest.fixture
def player(provider: MpdProvider) -> Player:
    assert provider.player is not None
    return provider.player


@pytest.fixture
def tracks(songs: dict[str, Track]) -> Sequence[Track]:
    return songs["Ünë Long One"], songs["Ünë Long Two"]


@pytest.fixture
def shorts(songs: dict[str, Track]) -> Sequence[Track]:
    return songs["Short One"], songs["Short Two"], songs["Short Three"]


class TestMpd(PlayerContract):
    def sounding(self, player: Player) -> Track | None:
        now = asyncio.run(player.now())
        names = {"mpd:" + ONE: "Ünë Long One", "mpd:" + TWO: "Ünë Long Two"}
        if not now.playing or now.uri is None:
            return None
        return self.known[names[now.uri]]

    @pytest.fixture(autouse=True)
    def _known(self, songs: dict[str, Track]) -> None:
        self.known = songs


def test_one_song_follows_the_other_and_only_these_two_lie_in_the_queue(
    player: Player, shorts: Sequence[Track], mpd: Mpd
) -> None:
    queues: list[list[str]] = []

    async def story() -> list[str | None]:
        loop = asyncio.get_running_loop()
        heard: list[str | None] = []
        changes = player.changes()
        await player.play(shorts[0])
        await player.follow(shorts[2])
        await player.follow(shorts[1])
        to_come = [shorts[2], None]
        begun = loop.time()
        async for now in changes:
            if now.uri != (heard[-1] if heard else ""):
                heard.append(now.uri)
                if now.uri is None and len(heard) > 1:
                    break
                if now.uri in (shorts[1].uri, shorts[2].uri):
                    await player.follow(to_come.pop(0))
                queues.append(await asyncio.to_thread(mpd.queue))
        await changes.aclose()
        assert 3 * SHORT_S - 0.3 < loop.time() - begun < 3 * SHORT_S + 1.5
        return heard

    heard = asyncio.run(asyncio.wait_for(story(), 15))
    assert [uri for uri in heard if uri] == [track.uri for track in shorts]
    names = [track.uri.removeprefix("mpd:") for track in shorts]
    assert queues[-2:] == [names[1:], names[2:]]


def test_nothing_follows_when_nothing_is_to_follow(
    player: Player, tracks: Sequence[Track], mpd: Mpd
) -> None:
    async def story() -> None:
        await player.play(tracks[0])
        await player.follow(tracks[1])
        await player.follow(None)

    asyncio.run(story())
    assert mpd.queue() == [ONE]


def test_songs_are_blended_as_long_as_was_asked(
    player: Player, tracks: Sequence[Track], mpd: Mpd
) -> None:
    async def story(crossfade_s: float) -> None:
        await player.play(tracks[0])
        await player.follow(tracks[1], crossfade_s=crossfade_s)

    asyncio.run(story(3.6))
    assert "xfade: 4" in mpd.does("status")
    asyncio.run(story(0))
    assert not any(line.startswith("xfade") for line in mpd.does("status"))


def test_the_crossfade_is_as_its_owner_had_it_once_the_music_is_over(
    provider: MpdProvider, player: Player, tracks: Sequence[Track], mpd: Mpd
) -> None:
    def crossfade() -> list[str]:
        return [line for line in mpd.does("status") if line.startswith("xfade")]

    async def story() -> None:
        mpd.does("crossfade 7")
        await player.play(tracks[0])
        await player.follow(tracks[1], crossfade_s=2)
        await player.follow(tracks[0], crossfade_s=5)
        assert crossfade() == ["xfade: 5"]
        await player.stop()
        assert crossfade() == ["xfade: 7"]
        await player.follow(tracks[1], crossfade_s=2)
        assert provider.connection is not None
        await provider.connection.close()
        assert crossfade() == ["xfade: 7"]

    asyncio.run(story())
    untouched = create({**mpd.settings, "crossfade": "no"}).player
    assert untouched is not None
    asyncio.run(untouched.follow(tracks[1], crossfade_s=2))
    assert crossfade() == ["xfade: 7"]


def test_what_another_program_does_is_told(
    player: Player, tracks: Sequence[Track], mpd: Mpd
) -> None:
    async def story() -> list[Sounding]:
        heard = []
        changes = player.changes()
        heard.append(await anext(changes))
        for command in (f'addid "{ONE}"', "play", "seekcur 2", "setvol 30", "pause 1", "stop"):
            await asyncio.to_thread(mpd.does, command)
            heard.append(await asyncio.wait_for(anext(changes), 5))
        await changes.aclose()
        return heard

    silent, added, playing, sought, quieter, resting, stopped = asyncio.run(story())
    assert (silent.uri, added.uri) == (None, None)
    assert playing.uri == tracks[0].uri and playing.playing and playing.duration_s == 4.0
    assert sought.position_s == pytest.approx(2, abs=0.5)
    assert quieter.volume == 0.3
    assert resting.uri == tracks[0].uri and not resting.playing
    assert stopped.uri is None


def test_playing_puts_shuffle_and_repeat_out_of_the_way(
    player: Player, tracks: Sequence[Track], mpd: Mpd
) -> None:
    mpd.does("random 1", "repeat 1", "single 1", "consume 1")
    asyncio.run(player.play(tracks[0]))
    assert {"random: 0", "repeat: 0", "single: 0", "consume: 0"} <= set(mpd.does("status"))


def test_a_song_mpd_does_not_have_disturbs_nothing(
    player: Player, tracks: Sequence[Track], mpd: Mpd
) -> None:
    async def story() -> None:
        await player.play(tracks[0])
        await player.follow(tracks[1])
        for uri in ("mpd:nosuch.flac", "local:1234", "mpd:", "mpd:a\nstop"):
            for asked in (player.play, player.follow):
                with pytest.raises(NotFound, match="mpc update"):
                    await asked(Track(TrackUri(uri), "Gone"))

    asyncio.run(story())
    assert mpd.queue() == [ONE, TWO]
    assert "state: play" in mpd.does("status")


def test_a_file_that_went_away_is_named(player: Player, shorts: Sequence[Track], mpd: Mpd) -> None:
    file = mpd.music / "Short Two.flac"
    aside = file.rename(mpd.home / "aside.flac")
    try:
        with pytest.raises(ServiceTrouble, match=r"cannot play “Short Two”.*No such file"):
            asyncio.run(player.play(shorts[1]))
    finally:
        aside.rename(file)


def test_going_past_the_end_goes_to_the_end(player: Player, tracks: Sequence[Track]) -> None:
    async def story() -> tuple[Sounding, Sounding]:
        await player.play(tracks[0], position_s=1000)
        begun = await player.now()
        await player.seek(0.5)
        await player.seek(2000)
        return begun, await player.now()

    for now in asyncio.run(story()):
        assert now.playing and 3.4 < now.position_s < 4.0


def test_loudness_stays_within_bounds(player: Player, tracks: Sequence[Track]) -> None:
    async def story(volume: float) -> float | None:
        await player.set_volume(volume)
        return (await player.now()).volume

    assert [asyncio.run(story(v)) for v in (1.7, -1, 0.25)] == [1.0, 0.0, 0.25]


def test_it_goes_on_when_mpd_is_started_again(
    player: Player, tracks: Sequence[Track], mpd: Mpd
) -> None:
    async def story() -> tuple[Sounding, Sounding, list[str]]:
        changes = player.changes()
        await anext(changes)
        await player.play(tracks[0])
        await player.follow(tracks[1])
        troubles: list[str] = []
        await asyncio.to_thread(mpd.stop)
        with pytest.raises(ServiceTrouble, match="broke off"):
            while True:
                await asyncio.wait_for(anext(changes), 5)
        for ask in (player.now(), player.resume(), player.play(tracks[1])):
            with pytest.raises(ServiceTrouble) as told:
                await asyncio.wait_for(ask, 1)
            troubles.append(told.value.remedy)
        await asyncio.to_thread(mpd.start)
        back = await again(player)
        changes = player.changes()
        first = await asyncio.wait_for(anext(changes), 5)
        await player.play(tracks[1])
        while first.uri != tracks[1].uri:
            first = await asyncio.wait_for(anext(changes), 5)
        await changes.aclose()
        return back, first, troubles

    back, first, troubles = asyncio.run(story())
    assert all("Start MPD" in remedy for remedy in troubles)
    assert back.uri == tracks[0].uri  # MPD kept its queue
    assert first.playing
    assert mpd.queue() == [TWO]


async def again(player: Player) -> Sounding:
    """What it does, as soon as it answers: it asks at most every two seconds."""
    for _ in range(400):
        try:
            return await player.now()
        except ServiceTrouble:
            await asyncio.sleep(0.05)
    raise AssertionError("it did not come back")
