"""A session that plays through a provider's player, told by what a listener notices."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from affetto.choice import Aim, Answer
from affetto.emotion import Affect
from affetto.errors import Misuse, NotFound, NothingToPlay, ServiceTrouble
from affetto.music.memory import MemoryLibrary, MemoryPlayer
from affetto.music.provider import Provider, Sounding
from affetto.server import wire
from affetto.server.desk import SessionDesk
from affetto.server.driving import SETTLED_S
from affetto.server.outlets import GIVE_UP_S, Outlets
from affetto.track import Track, TrackUri
from affetto.wiring import House
from server.conftest import Clock

CALM = Affect(0.5, -0.5)
ELSEWHERE = Sounding(None, playing=True)


@dataclass
class Time:
    """Seconds that pass when somebody waits, or when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


@dataclass
class Fragile(MemoryPlayer):
    """A player that can be lost, be restarted, and refuse a track."""

    lost: bool = False
    refuses: set[str] = field(default_factory=set)
    taken: bool = False  # somebody plays something else on it
    breaking: bool = False  # whoever listens to it is cut off, once
    blend_s: float = 0.0

    async def play(self, track: Track, *, position_s: float = 0.0) -> None:
        self._must_be_there()
        if track.title in self.refuses:
            raise ServiceTrouble(f"{track.title} is nothing for me.", remedy="Try another.")
        self.taken = False
        await super().play(track, position_s=position_s)

    async def follow(self, track: Track | None, *, crossfade_s: float = 0.0) -> None:
        await super().follow(track)
        self.blend_s = crossfade_s

    async def now(self) -> Sounding:
        self._must_be_there()
        return ELSEWHERE if self.taken else await super().now()

    async def changes(self) -> AsyncGenerator[Sounding, None]:
        async for one in super().changes():
            self._must_be_there()
            if self.breaking:
                self.breaking = False
                raise ServiceTrouble("The conversation broke off.", remedy="Wait.")
            yield one

    async def lose(self) -> None:
        """It is gone, and whoever listened to it notices."""
        self.lost = True
        for news in self._watching:
            news.put_nowait(Sounding(None, playing=False))

    def come_back(self) -> None:
        """It is there again, and knows of nothing."""
        self.lost, self.playing, self.next, self.paused = False, None, None, False

    def go_on(self, position_s: float) -> None:
        """It has come to its next track and to this second of it, which nobody is told."""
        self.playing, self.next, self.position_s = self.next, None, position_s

    async def break_off(self) -> None:
        """The conversation with it breaks off, and can be begun again."""
        self.breaking = True
        await self._tell()

    async def take_for_something_else(self) -> None:
        self.taken = True
        await self._tell()

    def _must_be_there(self) -> None:
        if self.lost:
            raise ServiceTrouble("The player does not answer.", remedy="Turn it on.")


@dataclass
class Room:
    """A session in a player, as a listener has it before them."""

    house: House
    desk: SessionDesk
    outlets: Outlets
    player: Fragile
    time: Time

    async def session(self) -> wire.Session:
        session = await self.desk.current()
        assert session is not None
        return session

    async def title(self) -> str:
        playing = (await self.session()).playing
        assert playing is not None
        return playing.track.title

    async def answers(self) -> list[tuple[str, Answer]]:
        log = self.house.history.answers(self.house.listener)
        return [(one.track_uri, one.answer) for one in log]

    async def until(self, true: Callable[[], object]) -> None:
        """Let everything happen that follows by itself, until something is true."""
        for _ in range(4000):
            told = true()
            if await told if isinstance(told, Awaitable) else told:
                return
            await asyncio.sleep(0.005)
        raise AssertionError("it never came true")

    async def plays(self, title: str) -> None:
        await self.until(
            lambda: (
                self.player.playing is not None
                and self.player.playing.title == title
                and not self.player.paused
            )
        )
        self.time.now += SETTLED_S

    async def follows(self) -> str:
        """The title of what comes next, once the player knows it."""

        async def known() -> bool:
            queue = (await self.session()).queue
            return self.player.next is not None and self.player.next.uri == queue[0].track.id

        await self.until(known)
        assert self.player.next is not None
        return self.player.next.title

    async def session_plays(self, title: str) -> None:
        async def told() -> bool:
            return await self.title() == title

        await self.until(told)


Story = Callable[[Room], Awaitable[None]]


@pytest.fixture
def tell(house: House, clock: Clock) -> Callable[[Story], None]:
    """Tells a story in a room whose session sounds in a player."""

    async def told(story: Story, playing: bool = True) -> None:
        player, time = Fragile(), Time()
        library = house.connections.libraries["memory"]
        house.connections.give(Provider("memory", library, player))
        desk = SessionDesk(house)
        outlets = Outlets(house, desk, clock=time, sleep=time.sleep)
        await desk.start(Aim(), CALM)
        room = Room(house, desk, outlets, player, time)
        await outlets.sound_in("memory", playing=playing)
        try:
            if playing:
                await room.plays(await room.title())
            await story(room)
        finally:
            await outlets.end()

    return lambda story: asyncio.run(asyncio.wait_for(told(story), 30))


def test_the_player_plays_what_the_session_plays_and_knows_what_comes_next(
    tell: Callable[[Story], None],
) -> None:
    async def story(room: Room) -> None:
        first, second = await room.title(), await room.follows()
        told = room.outlets.told()
        assert (told.outlet, told.state, told.duration_s) == ("memory", "playing", 60.0)
        session = await room.session()
        await room.desk.next(session.id, Answer.SKIPPED, 5.0, session.playing.track.id)
        await room.plays(second)
        assert [track.title for track in room.player.played] == [first, second]

    tell(story)


def test_a_track_that_ends_there_is_finished_and_the_next_is_never_begun_twice(
    tell: Callable[[Story], None],
) -> None:
    async def story(room: Room) -> None:
        first = (await room.session()).playing.track.id
        second = await room.follows()
        room.time.now += 59
        await room.player.end()
        await room.session_plays(second)
        await room.follows()
        assert await room.answers() == [(first, Answer.FINISHED)]
        assert len(room.player.played) == 2  # the player went on by itself

    tell(story)


def test_a_player_is_asked_to_blend_for_as_long_as_the_moods_are_apart(
    tell: Callable[[Story], None],
) -> None:
    async def story(room: Room) -> None:
        await room.follows()
        session = await room.session()
        playing, following = session.playing.track, session.queue[0].track
        apart = math.dist(
            (playing.valence, playing.arousal), (following.valence, following.arousal)
        )
        assert room.player.blend_s == pytest.approx(2 + 6 * min(1, apart / 1.5))
        room.time.now += 60 - SETTLED_S - room.player.blend_s - 1
        await room.player.end()
        await room.session_plays(following.title)
        assert await room.answers() == [(playing.id, Answer.FINISHED)]  # it ended in the other

    tell(story)


def test_a_skip_at_the_player_is_one_skip(tell: Callable[[Story], None]) -> None:
    async def story(room: Room) -> None:
        first = (await room.session()).playing.track.id
        second = await room.follows()
        room.time.now += 20
        await room.player.end()
        await room.player.seek(1.0)
        await room.session_plays(second)
        await room.follows()
        [answer] = room.house.history.answers(room.house.listener)
        assert (answer.track_uri, answer.answer) == (first, Answer.SKIPPED)
        assert answer.position_s == pytest.approx(20 + SETTLED_S, abs=0.1)

    tell(story)


def test_a_queue_that_ran_dry_at_the_end_of_a_track_goes_on(tell: Callable[[Story], None]) -> None:
    async def story(room: Room) -> None:
        second = await room.follows()
        room.time.now += 60
        room.player.next = None  # somebody cleared the player's queue
        await room.player.end()
        await room.plays(second)
        assert [answer for _, answer in await room.answers()] == [Answer.FINISHED]

    tell(story)


def test_stopping_at_the_player_is_a_pause_and_play_takes_it_up_there(
    tell: Callable[[Story], None],
) -> None:
    async def story(room: Room) -> None:
        title = await room.title()
        room.time.now += 20
        await room.player.stop()
        await room.until(lambda: room.outlets.told().state == "resting")
        assert await room.title() == title and await room.answers() == []
        await room.outlets.steer(True, None, None)
        assert room.player.playing is not None and room.player.playing.title == title
        assert room.player.position_s == pytest.approx(20 + SETTLED_S, abs=0.1)

    tell(story)


def test_whoever_takes_the_player_for_something_else_is_left_alone(
    tell: Callable[[Story], None],
) -> None:
    async def story(room: Room) -> None:
        await room.player.take_for_something_else()
        await room.until(lambda: room.outlets.told().state == "resting")
        assert len(room.player.played) == 1 and await room.answers() == []

    tell(story)


def test_a_track_of_ours_picked_at_the_player_is_what_the_session_plays(
    tell: Callable[[Story], None],
) -> None:
    async def story(room: Room) -> None:
        queue = (await room.session()).queue
        await room.follows()
        third = await room.desk.track(queue[2].track.id)
        await room.player.play(third)
        await room.session_plays(third.title)
        assert await room.answers() == []

    tell(story)


def test_pause_place_and_volume_go_both_ways(tell: Callable[[Story], None]) -> None:
    async def story(room: Room) -> None:
        await room.outlets.steer(False, None, None)
        assert room.player.paused and room.outlets.told().state == "resting"
        await room.outlets.steer(True, 30.0, 0.5)
        assert (room.player.paused, room.player.position_s) == (False, 30.0)
        assert room.player.volume == room.outlets.told().volume == 0.5
        assert room.outlets.told().position_s == 30.0
        room.time.now += 2 * SETTLED_S
        assert room.outlets.told().position_s == 30.0 + 2 * SETTLED_S

        await room.player.pause()
        await room.until(lambda: room.outlets.told().state == "resting")
        await room.player.seek(12.0)
        await room.until(lambda: room.outlets.told().position_s == 12.0)
        await room.player.set_volume(0.2)
        await room.until(lambda: room.outlets.told().volume == 0.2)
        await room.player.resume()
        await room.until(lambda: room.outlets.told().state == "playing")

    tell(story)


def test_every_change_there_is_told_to_every_page(tell: Callable[[Story], None]) -> None:
    async def story(room: Room) -> None:
        async with room.outlets.watched() as one, room.outlets.watched() as other:
            await room.player.pause()
            for page in (one, other):
                while (await page.get()).state != "resting":
                    pass

    tell(story)


def test_a_player_that_is_restarted_goes_on_in_the_same_track(
    tell: Callable[[Story], None],
) -> None:
    async def story(room: Room) -> None:
        title = await room.title()
        room.time.now += 18
        await room.player.lose()
        await room.until(lambda: room.outlets.told().state == "waiting")
        trouble = room.outlets.told().trouble
        assert trouble is not None and trouble.remedy == "Turn it on."
        room.player.come_back()
        await room.plays(title)
        assert room.player.position_s == pytest.approx(18 + SETTLED_S, abs=0.1)
        assert room.outlets.told().state == "playing"
        assert room.outlets.told().trouble is None
        await room.follows()
        assert await room.answers() == []

    tell(story)


@pytest.mark.parametrize(("heard_s", "answer"), [(56, Answer.FINISHED), (20, Answer.SKIPPED)])
def test_a_player_that_went_on_while_the_line_was_broken_plays_no_song_twice(
    tell: Callable[[Story], None], heard_s: float, answer: Answer
) -> None:
    async def story(room: Room) -> None:
        first, second = (await room.session()).playing.track.id, await room.follows()
        room.time.now += heard_s
        room.player.go_on(1.0)
        await room.player.break_off()
        await room.session_plays(second)
        await room.follows()
        assert await room.answers() == [(first, answer)]
        assert len(room.player.played) == 1  # it was begun once, by us, and never again

    tell(story)


def test_a_player_that_stays_away_leaves_the_music_to_the_page(
    tell: Callable[[Story], None],
) -> None:
    async def story(room: Room) -> None:
        title, began = await room.title(), room.time.now
        room.time.now += 18
        await room.player.lose()
        await room.until(lambda: room.outlets.outlet is None)
        assert room.time.now - began >= GIVE_UP_S
        told = room.outlets.told()
        assert (told.outlet, told.state) == (None, "playing")  # the page is to go on
        assert told.position_s == pytest.approx(18 + SETTLED_S, abs=0.1)
        assert told.trouble is not None and "does not answer" in told.trouble.problem
        assert await room.title() == title and room.house.outlet is None

    tell(story)


def test_a_track_the_player_refuses_is_passed_over(tell: Callable[[Story], None]) -> None:
    async def story(room: Room) -> None:
        queue = (await room.session()).queue
        room.player.refuses = {queue[0].track.title}
        session = await room.session()
        await room.desk.next(session.id, Answer.SKIPPED, 5.0, session.playing.track.id)
        await room.until(lambda: len(room.player.played) == 2 and room.player.playing is not None)
        assert room.player.playing.title not in room.player.refuses
        assert room.player.playing.title == await room.title()
        assert await room.answers() == [(session.playing.track.id, Answer.SKIPPED)]  # no other

    tell(story)


def test_it_goes_back_to_the_page_at_the_same_place(tell: Callable[[Story], None]) -> None:
    async def story(room: Room) -> None:
        room.time.now += 18
        told = await room.outlets.sound_in(None)
        assert (told.outlet, told.state, told.trouble) == (None, "playing", None)
        assert told.position_s == pytest.approx(18 + SETTLED_S, abs=0.1)
        assert room.player.playing is None  # and never both at once
        with pytest.raises(Misuse, match="in the page"):
            await room.outlets.steer(True, None, None)

    tell(story)


def test_a_server_that_starts_again_finds_the_player_where_it_is(
    tell: Callable[[Story], None],
) -> None:
    async def story(room: Room) -> None:
        title = await room.title()
        await room.outlets.end()
        assert room.player.playing is not None and not room.player.paused  # it plays on
        desk = SessionDesk(room.house)
        again = Outlets(room.house, desk, clock=room.time, sleep=room.time.sleep)
        await again.begin()
        await room.until(lambda: again.told().state == "playing")
        assert again.outlet == "memory" and len(room.player.played) == 1
        assert await room.title() == title
        await again.end()

    tell(story)


def test_a_server_that_starts_again_goes_on_with_the_song_the_player_has_come_to(
    tell: Callable[[Story], None],
) -> None:
    async def story(room: Room) -> None:
        second = await room.follows()
        await room.outlets.end()
        room.player.go_on(7.0)
        desk = SessionDesk(room.house)
        again = Outlets(room.house, desk, clock=room.time, sleep=room.time.sleep)
        await again.begin()
        await room.until(lambda: again.told().state == "playing")
        playing = (await desk.current()).playing
        assert playing.track.title == second and playing.because != "You picked it."
        assert again.told().position_s == 7.0
        assert len(room.player.played) == 1 and await room.answers() == []
        await again.end()

    tell(story)


def test_the_end_of_a_session_is_silence_and_a_new_one_sounds_there(
    tell: Callable[[Story], None],
) -> None:
    async def story(room: Room) -> None:
        await room.desk.end((await room.session()).id)
        await room.until(lambda: room.player.playing is None)
        await room.desk.start(Aim(), CALM)
        await room.plays(await room.title())

    tell(story)


def test_a_player_that_is_not_there_is_not_chosen(house: House) -> None:
    async def story() -> None:
        lost = Fragile(lost=True)
        house.connections.give(Provider("lost", None, lost))
        house.connections.give(Provider("empty", MemoryLibrary(), MemoryPlayer()))
        outlets = Outlets(house, SessionDesk(house))
        with pytest.raises(NotFound, match="no player"):
            await outlets.sound_in("memory")
        with pytest.raises(ServiceTrouble):
            await outlets.sound_in("lost")
        with pytest.raises(NothingToPlay, match="is empty"):
            await outlets.sound_in("empty")
        assert outlets.outlet is None and house.outlet is None

    asyncio.run(story())


def test_a_track_of_another_library_makes_way_for_one_the_player_has(house: House) -> None:
    async def story() -> None:
        tracks = [track for track in await house.tracks() if track.title in ("Calm", "Sad")]
        own = [
            Track(
                uri=TrackUri(f"box:{track.title}"),
                title=f"Box {track.title}",
                duration_s=60.0,
                features=track.features,
            )
            for track in tracks
        ]
        player = MemoryPlayer()
        house.connections.give(Provider("box", MemoryLibrary(own), player))
        await house.look_again()
        desk = SessionDesk(house)
        session = await desk.start(Aim(), CALM)
        uri = next(track.uri for track in await house.tracks() if track.title == "Calm")
        await desk.play(session.id, uri)
        outlets = Outlets(house, desk)
        await outlets.sound_in("box", playing=True, position_s=9.0)
        for _ in range(2000):
            if player.playing is not None:
                break
            await asyncio.sleep(0.01)
        assert player.playing is not None and player.playing.title.startswith("Box")
        assert player.position_s == 0.0
        assert not house.history.answers(house.listener)  # nothing was skipped
        await outlets.end()

    asyncio.run(story())
