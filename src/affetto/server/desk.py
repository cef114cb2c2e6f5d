"""The desk where sessions are kept: one running session per listener.

Everything that changes a session goes through ``_change``: one at a time, off the
event loop, written to the database before it is answered, then told to every open
page. A change that cannot be kept is undone, so page, memory and disk agree.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import anyio

from affetto.choice import Aim, Answer, Feedback
from affetto.emotion import Affect, EmotionReading
from affetto.errors import NotFound
from affetto.server import keeping, telling, wire
from affetto.server.consent import agreed
from affetto.server.mailbox import Mailbox
from affetto.store.history import Kind, Saying
from affetto.track import Track, TrackUri
from affetto.wiring import House

if TYPE_CHECKING:
    from affetto.listening.learning import Learning
    from affetto.listening.session import ListeningSession
    from affetto.recommending.fit import Candidates

log = logging.getLogger(__name__)

# Camera readings come several a second. What they change in the belief alone is
# written at most this often; a changed queue is written at once.
BELIEF_KEPT_S: Final = 5.0
KEEP_READINGS: Final[wire.Sensor] = "keep-readings"

Act = Callable[["ListeningSession", datetime], Feedback | None]
# What was learned and the running session with its record, if one runs, to the disk.
Keep = Callable[[dict[str, Any], tuple[str, dict[str, Any]] | None, datetime], None]


@dataclass
class _Running:
    """A session on the desk."""

    id: str
    session: ListeningSession
    stocked: Candidates
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    pages: set[Mailbox] = field(default_factory=set)
    kept_at: float = field(default_factory=time.monotonic)
    over: bool = False
    said: dict[int | None, datetime] = field(default_factory=dict)  # by the act it was said in


class SessionDesk:
    """Starts sessions, finds them again after a restart, and lets pages watch."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._running: _Running | None = None
        self._door = asyncio.Lock()  # starting, restoring, ending
        self._begun = asyncio.Event()
        self._restored = False

    def now(self) -> datetime:
        """The house's time."""
        return self._house.now()

    async def track(self, uri: str) -> Track:
        """One track of the library; NotFound when it has left."""
        track = await self._house.track(TrackUri(uri))
        if track is None:
            raise NotFound(
                f"The track {uri!r} is no longer in the library.",
                remedy="Go on to the next one.",
            )
        return track

    # -- beginning and ending -----------------------------------------------------------

    async def start(self, aim: Aim, affect: Affect | None) -> wire.Session:
        """Begin a session; the one before ends. Music starts if the mood is given."""
        from affetto.listening.session import ListeningSession

        candidates = await self._house.candidates()
        listener, history = self._house.listener, self._house.history
        may_keep = agreed(await self._house.consents(), KEEP_READINGS)

        def begin() -> tuple[ListeningSession, str]:
            now = self.now()
            session = ListeningSession(
                candidates,
                seed=secrets.randbits(32),
                now=now,
                aim=aim,
                learning=keeping.learned(self._house),
                preferences=keeping.preferences(self._house),
                heard_before=keeping.heard_before(self._house),
                ahead=self._house.settings.queue_ahead,
            )
            if affect is not None:
                session.touch(affect, now)
                session.start(now)
            session_id = uuid4().hex
            history.begin(
                listener,
                session_id,
                aim.goal.value,
                session.to_record(),
                now,
                put_on=keeping.put_on(session, now, may_keep),
                said=Saying(Kind.TOUCH, affect, now) if affect and may_keep else None,
            )
            return session, session_id

        async with self._door:
            session, session_id = await asyncio.to_thread(begin)
            before, self._running = self._running, _Running(session_id, session, candidates)
            self._restored = True
            self._begun.set()
            if before is not None:
                _close(before)
            return self._told(self._running)

    async def end(self, session_id: str, position_s: float | None = None) -> None:
        """End a session for good; the track that plays has come to ``position_s``, if known."""
        running = await self._find(session_id)
        async with self._door, running.lock:
            _must_go_on(running)
            await asyncio.to_thread(
                self._house.history.end,
                self._house.listener,
                running.id,
                self.now(),
                left_at_s=position_s,
            )
            _close(running)
            if self._running is running:
                self._running = None
                self._begun.clear()

    # -- looking ------------------------------------------------------------------------

    async def current(self) -> wire.Session | None:
        """The running session; None when nobody listens."""
        running = await self._now_running()
        if running is None:
            return None
        try:
            return await self.show(running.id)
        except NotFound:  # it ended in between
            return None

    async def begun(self) -> str:
        """The running session's id; waits until one runs."""
        while (running := await self._now_running()) is None:
            await self._begun.wait()
        return running.id

    async def show(self, session_id: str) -> wire.Session:
        """One session as it is now."""
        running = await self._find(session_id)
        async with running.lock:
            _must_go_on(running)
            return self._told(running)

    @asynccontextmanager
    async def watched(self, session_id: str) -> AsyncIterator[Mailbox]:
        """A mailbox that gets the session now and after every change."""
        running = await self._find(session_id)
        mailbox = Mailbox()
        async with running.lock:
            _must_go_on(running)
            mailbox.put(self._told(running))
            running.pages.add(mailbox)
        try:
            yield mailbox
        finally:
            running.pages.discard(mailbox)

    # -- changing -----------------------------------------------------------------------

    async def aim(self, session_id: str, change: Callable[[Aim], Aim]) -> wire.Session:
        """Change where the music should go."""
        return await self._change(session_id, lambda s, now: s.aim(change(s.aimed), now))

    async def touch(self, session_id: str, affect: Affect) -> wire.Session:
        """Take the listener's own word; music starts if none plays."""

        def act(session: ListeningSession, now: datetime) -> None:
            session.touch(affect, now)
            session.start(now)

        return await self._change(session_id, act, said=(Kind.TOUCH, affect))

    async def feel(self, session_id: str, reading: EmotionReading) -> wire.Session:
        """Take a reading; music starts once a mood is known."""

        def act(session: ListeningSession, now: datetime) -> None:
            session.feel(reading, now)
            state = session.snapshot(now)
            if state.playing is None and state.mood is not None:
                session.start(now)

        return await self._change(session_id, act, reading=reading)

    async def correct(self, session_id: str) -> wire.Session:
        """ "Not how I feel"."""
        corrected = (Kind.CORRECTION, None)
        return await self._change(session_id, lambda s, now: s.correct(now), said=corrected)

    async def next(
        self, session_id: str, answer: Answer, position_s: float, playing: TrackUri | None
    ) -> wire.Session:
        """Go on, once for each track that was playing."""

        def act(session: ListeningSession, now: datetime) -> Feedback | None:
            state = session.snapshot(now)
            if playing is None and state.playing is not None:
                return None  # asked before anything played, and twice
            return session.next(answer, position_s, now, playing=playing)

        return await self._change(session_id, act)

    async def play(self, session_id: str, uri: TrackUri) -> wire.Session:
        """Put on the track the listener picked."""
        return await self._change(session_id, lambda s, now: s.play(uri, now))

    async def answer(
        self,
        session_id: str,
        answer: Answer,
        uri: TrackUri,
        position_s: float,
        *,
        whole_artist: bool = False,
    ) -> wire.Session:
        """Take what the listener says of a track, or "never" of its whole artist."""

        def act(session: ListeningSession, now: datetime) -> Feedback | None:
            if whole_artist and answer is Answer.NEVER:
                return session.never_artist(uri, position_s, now)
            return session.answer(answer, uri, position_s, now)

        return await self._change(session_id, act)

    async def pin(self, session_id: str, uri: TrackUri, pinned: bool) -> wire.Session:
        """Keep a track of the queue where it is, or let it go."""
        return await self._change(session_id, lambda s, _: s.pin(uri, pinned))

    async def remove(self, session_id: str, uri: TrackUri) -> wire.Session:
        """Take a track out of the queue."""
        return await self._change(session_id, lambda s, now: s.remove(uri, now))

    async def move(self, session_id: str, uri: TrackUri, to: int) -> wire.Session:
        """Put a track at another place of the queue."""
        return await self._change(session_id, lambda s, _: s.move(uri, to))

    async def undo(self, session_id: str) -> wire.Session:
        """Take back the listener's last act, on the disk too; nothing, when there is none."""

        def act(session: ListeningSession, _: datetime) -> None:
            session.undo()

        return await self._change(session_id, act, undoes=True)

    async def restock(self) -> wire.Session | None:
        """Let the running session choose from what there is now; None when none runs."""
        running = await self._now_running()
        return await self._change(running.id, lambda _session, _now: None) if running else None

    async def make_way(self, session_id: str, uri: TrackUri) -> wire.Session:
        """Go on to what comes next, because this track, which plays, cannot be heard."""
        return await self._change(session_id, lambda s, now: s.make_way(uri, now))

    async def go_on_without(self, provider: str) -> None:
        """Go on with what else there is: a provider was let go of, with its tracks."""
        session = await self.restock()
        uri = TrackUri(session.playing.track.id) if session and session.playing else None
        if session is not None and uri is not None and uri.partition(":")[0] == provider:
            await self.make_way(session.id, uri)

    async def apart(
        self,
        act: Callable[[ListeningSession, datetime], None],
        keep: Keep,
        *,
        idle: Callable[[Learning], None] | None = None,
    ) -> None:
        """Change what is known of the listener by something that is no answer.

        In the running session by ``act``; when none runs, ``idle`` changes what was learned.
        """
        await self._now_running()
        may_keep = agreed(await self._house.consents(), KEEP_READINGS)
        async with self._door:
            running = self._running
            if running is None:
                with anyio.CancelScope(shield=True):
                    await asyncio.to_thread(self._do_idle, idle, keep)
                return
            async with running.lock:
                with anyio.CancelScope(shield=True):
                    await asyncio.to_thread(self._do_apart, running, act, keep, may_keep)
                told = self._told(running)
                for page in running.pages:
                    page.put(told)

    async def learning(self) -> Learning:
        """What was learned of the listener so far, to be looked at."""
        running = await self._now_running()
        if running is not None:
            async with running.lock:
                return await asyncio.to_thread(running.session.learning.at_rest)
        from affetto.listening.learning import Learning

        return await asyncio.to_thread(keeping.learned, self._house) or Learning()

    def _do_idle(self, idle: Callable[[Learning], None] | None, keep: Keep) -> None:
        from affetto.listening.learning import Learning

        learning = keeping.learned(self._house) or Learning()
        if idle is not None:
            idle(learning)
        keep(learning.at_rest().to_record(), None, self.now())

    def _do_apart(
        self,
        running: _Running,
        act: Callable[[ListeningSession, datetime], None],
        keep: Keep,
        may_keep: bool,
    ) -> None:
        now, session = self.now(), running.session
        before = session.mark()
        try:
            act(session, now)
            keep(keeping.learned_by(session, may_keep), (running.id, session.to_record()), now)
        except BaseException:
            session.back_to(before)
            raise

    async def _change(
        self,
        session_id: str,
        act: Act,
        *,
        reading: EmotionReading | None = None,
        said: tuple[Kind, Affect | None] | None = None,
        undoes: bool = False,
    ) -> wire.Session:
        running = await self._find(session_id)
        candidates = await self._house.candidates()
        may_keep = agreed(await self._house.consents(), KEEP_READINGS)
        async with running.lock:
            _must_go_on(running)
            # A page that leaves takes no change back that a thread is about to keep.
            with anyio.CancelScope(shield=True):
                last = running.session.last_act
                saying = Saying(*said, self.now()) if said and may_keep else None
                unsaid = running.said.pop(last, None) if undoes else None
                await asyncio.to_thread(
                    self._do, running, act, candidates, reading, may_keep, saying, unsaid
                )
                if saying is not None:
                    running.said[running.session.last_act] = saying.at
            told = self._told(running)
            for page in running.pages:
                page.put(told)
            return told

    def _do(
        self,
        running: _Running,
        act: Act,
        candidates: Candidates,
        reading: EmotionReading | None,
        may_keep: bool,
        said: Saying | None,
        unsaid: datetime | None,
    ) -> None:
        """One change, kept before it counts. Runs in a worker thread, one at a time."""
        now = self.now()
        session = running.session
        readings = [reading] if reading is not None and may_keep else []
        before, logged, queue = session.mark(), session.logged, session.queued
        try:
            if running.stocked is not candidates:
                session.stock(candidates, now)
                running.stocked = candidates
            feedback = act(session, now)
            put_on, answered = (a - b for a, b in zip(session.logged, logged, strict=True))
            undone = put_on < 0 or answered < 0
            only_belief = (
                reading is not None
                and not put_on
                and not readings
                and session.queued == queue
                and time.monotonic() - running.kept_at < BELIEF_KEPT_S
            )
            if only_belief:
                return
            self._house.history.keep(
                self._house.listener,
                running.id,
                session.aimed.goal.value,
                session.to_record(),
                now,
                put_on=keeping.put_on(session, now, may_keep) if put_on > 0 else None,
                achieved=keeping.achieved(session, now) if put_on > 0 and may_keep else None,
                feedback=feedback,
                learned=keeping.learned_by(session, may_keep) if feedback or undone else None,
                readings=readings,
                said=said,
                unsaid=unsaid,
                back_to=session.logged if undone else None,
            )
            running.kept_at = time.monotonic()
        except BaseException:
            session.back_to(before)
            raise

    # -- inside -------------------------------------------------------------------------

    def _told(self, running: _Running) -> wire.Session:
        return telling.session(running.id, running.session.snapshot(self.now()))

    async def _find(self, session_id: str) -> _Running:
        running = await self._now_running()
        if running is None or running.id != session_id:
            raise _gone(session_id)
        return running

    async def _now_running(self) -> _Running | None:
        """The session on the desk, taken up again once after a restart."""
        if not self._restored:
            candidates = await self._house.candidates()
            async with self._door:
                if not self._restored:
                    self._running = await asyncio.to_thread(self._restore, candidates)
                    self._restored = True
        return self._running

    def _restore(self, candidates: Candidates) -> _Running | None:
        from affetto.listening.session import ListeningSession

        kept = self._house.history.running(self._house.listener)
        if kept is None:
            return None
        try:
            session = ListeningSession.from_record(
                kept.record,
                candidates,
                preferences=keeping.preferences(self._house),
                heard_before=keeping.heard_before(self._house, but=kept.id),
            )
        except (KeyError, TypeError, ValueError) as error:
            # Written by another version: the listener starts afresh, nothing else is lost.
            log.warning("the last session cannot be taken up again: %r", error)
            return None
        return _Running(kept.id, session, candidates)


def _close(running: _Running) -> None:
    running.over = True
    for page in running.pages:
        page.close()


def _must_go_on(running: _Running) -> None:
    """Raise NotFound when the session ended while its lock was waited for."""
    if running.over:
        raise _gone(running.id)


def _gone(session_id: str) -> NotFound:
    return NotFound(
        f"There is no running session {session_id[:40]!r}.",
        remedy="Start a new one, or ask for the current one.",
    )
