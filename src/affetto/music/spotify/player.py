"""Spotify as a player: a device of the listener's plays, steered from here.

It never blends two tracks, which Spotify's terms forbid, and takes only Spotify's own
tracks, so no queue ever mixes them with another service's.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from typing import TYPE_CHECKING, Final

from affetto.errors import Misuse
from affetto.music.provider import Sounding
from affetto.music.spotify.calls import Calls
from affetto.music.spotify.links import CONTEXTS, kind_of
from affetto.music.spotify.shapes import Device, Playback, devices
from affetto.music.spotify.troubles import (
    NoDevice,
    NotAnswering,
    NotThere,
    Restricted,
    SpotifyTrouble,
    no_device,
)
from affetto.track import Track, TrackUri

if TYPE_CHECKING:
    import spotipy

LOOK_EVERY_S: Final = 5.0  # Spotify counts how often it is asked
LATE_S: Final = 12.0  # before its end, what comes next is handed over
LOST_AFTER: Final = 3  # looks in a row that failed
JUMP_S: Final = 3.0  # a place that differs by more was sought
# Where to play when nothing is awake and nothing was chosen, best first.
_KINDS: Final = ("Computer", "Smartphone", "Speaker")


class SpotifyPlayer:
    """Plays on the device that was chosen, else where Spotify plays, else on one it wakes."""

    def __init__(self, calls: Calls, *, look_every_s: float = LOOK_EVERY_S) -> None:
        self._calls = calls
        self._look_every_s = look_every_s
        self._ours: set[str] = set()  # what we put on since the last stop
        self._next: str | None = None
        self._news = asyncio.Event()
        self.chosen: str | None = None  # a device's id

    # -- Player -------------------------------------------------------------------------

    async def play(self, track: Track, *, position_s: float = 0.0) -> None:
        """Start this track now. Raises Misuse for one that is not Spotify's."""
        await self.put_on([_own(track.uri)], position_s=position_s)

    async def follow(self, track: Track | None, *, crossfade_s: float = 0.0) -> None:
        """Let this track come next, without any blending.

        It is handed over shortly before the end of the one that sounds, since Spotify takes
        nothing out of its queue again. For that somebody has to look: ``now`` or ``changes``.
        """
        self._next = _own(track.uri) if track is not None else None

    async def pause(self) -> None:
        """Fall silent, keeping the place."""
        with contextlib.suppress(NoDevice, Restricted):  # it is silent already
            await self._calls.ask(lambda s: s.pause_playback())
        self._news.set()

    async def resume(self) -> None:
        """Go on, waking a device if none is awake; nothing when nothing was put on."""
        if not self._ours:
            return
        with contextlib.suppress(Restricted):  # it plays already
            await self.go_on()

    async def stop(self) -> None:
        """Fall silent and forget the track."""
        await self.pause()
        self._ours.clear()
        self._next = None

    async def seek(self, position_s: float) -> None:
        """Go to this second of the track."""
        with contextlib.suppress(NoDevice):
            await self._calls.ask(lambda s: s.seek_track(max(0, round(position_s * 1000))))
        self._news.set()

    async def set_volume(self, volume: float) -> None:
        """As loud as this; nothing on a device whose volume only its owner sets."""
        percent = round(100 * min(1.0, max(0.0, volume)))
        with contextlib.suppress(NoDevice, Restricted):
            await self._calls.ask(lambda s: s.volume(percent))
        self._news.set()

    async def now(self) -> Sounding:
        """What it does now, as far as we put it on."""
        playback = await self.playback()
        song = playback.song
        if song is None or song.uri not in self._ours:
            return Sounding(uri=None, playing=False, volume=_volume(playback))
        return Sounding(
            uri=TrackUri(song.uri),
            playing=playback.playing,
            position_s=playback.position_s,
            duration_s=song.duration_s or None,
            volume=_volume(playback),
        )

    async def changes(self) -> AsyncGenerator[Sounding, None]:
        """What it does now, and again after every change; it is looked for now and then."""
        last = await self.now()
        yield last
        failed = 0
        looked_at = asyncio.get_running_loop().time()
        while True:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), self._look_every_s)
            try:
                new = await self.now()
                failed = 0
            except NotAnswering:
                failed += 1
                if failed >= LOST_AFTER:
                    raise
                continue
            before, looked_at = looked_at, asyncio.get_running_loop().time()
            if _differs(last, new, looked_at - before):
                yield new
            last = new

    # -- beyond it ----------------------------------------------------------------------

    def forget(self) -> None:
        """Forget what was put on and where, without a word to Spotify."""
        self._ours.clear()
        self._next = self.chosen = None

    async def put_on(
        self, uris: Sequence[str] = (), *, context: str = "", position_s: float = 0.0
    ) -> None:
        """Play these tracks, or an album, artist or playlist, in place of whatever sounds."""
        if context and kind_of(context) not in CONTEXTS:
            raise _not_ours(context)
        position_ms = round(position_s * 1000) or None

        def start(spotify: spotipy.Spotify, device: str | None) -> None:
            if context:
                spotify.start_playback(device, context_uri=context)
            else:
                spotify.start_playback(device, uris=list(uris), position_ms=position_ms)

        await self._on_some_device(start)
        self._ours, self._next = set(uris), None
        self._news.set()

    async def go_on(self) -> None:
        """Go on with whatever rests at Spotify, waking a device if none is awake."""
        await self._on_some_device(lambda spotify, device: spotify.start_playback(device))
        self._news.set()

    async def skip(self, *, back: bool = False) -> None:
        """To the next track of what plays at Spotify, or to the one before."""
        await self._calls.ask(lambda s: s.previous_track() if back else s.next_track())
        self._news.set()

    async def queue(self, uri: str) -> None:
        """Put a track behind the one that sounds; Spotify cannot take it back."""
        await self._calls.ask(lambda s: s.add_to_queue(_own(uri)))
        self._ours.add(uri)

    async def devices(self) -> list[Device]:
        """What could play, as far as it is awake."""
        return devices(await self._calls.ask(lambda s: s.devices()))

    async def choose(self, device: str) -> None:
        """Let it sound on this device, at once if something plays."""
        await self._calls.ask(lambda s: s.transfer_playback(device, force_play=False))
        self.chosen = device
        self._news.set()

    async def playback(self) -> Playback:
        """What Spotify does now, whoever put it on."""
        told = Playback.told(await self._calls.ask(lambda s: s.current_playback()))
        await self._hand_over(told)
        return told

    async def _hand_over(self, told: Playback) -> None:
        song, following = told.song, self._next
        if following is None or song is None or song.uri not in self._ours or not told.playing:
            return
        if song.duration_s - told.position_s > LATE_S:
            return
        self._next = None
        await self.queue(following)

    async def _on_some_device(self, start: _Start) -> None:
        """Where it was chosen or where Spotify plays; else on a device that is woken."""
        await self._calls.in_time(self._started(start))

    async def _started(self, start: _Start) -> None:
        try:
            await self._calls.ask(lambda s: start(s, self.chosen))
            return
        except (NoDevice, NotThere):
            self.chosen = None
        device = _best(await self.devices())
        await self._calls.ask(lambda s: s.transfer_playback(device.id, force_play=False))
        await self._calls.ask(lambda s: start(s, device.id))


if TYPE_CHECKING:
    from collections.abc import Callable

    _Start = Callable[[spotipy.Spotify, str | None], None]


def _best(awake: Sequence[Device]) -> Device:
    """The device to wake; NoDevice when there is none, Restricted when none takes commands."""
    if not awake:
        raise no_device()
    usable = [device for device in awake if device.usable]
    if not usable:
        raise Restricted(
            f"{awake[0].name} takes no commands from elsewhere.",
            remedy="Open the Spotify app on a phone or computer, and choose that.",
        )
    order = {kind: place for place, kind in enumerate(_KINDS)}
    return min(usable, key=lambda one: (not one.active, order.get(one.kind, len(order))))


def _own(uri: str) -> str:
    if kind_of(uri) != "track":
        raise _not_ours(uri)
    return uri


def _not_ours(uri: str) -> SpotifyTrouble | Misuse:
    return Misuse(
        f"Spotify cannot play {uri[:80]!r}: it is not of Spotify.",
        remedy="Choose another player for this music, or search for the song at Spotify.",
    )


def _volume(playback: Playback) -> float | None:
    return playback.device.volume if playback.device is not None else None


def _differs(last: Sounding, new: Sounding, passed_s: float) -> bool:
    """Whether more changed than the time."""
    if (last.uri, last.playing, last.volume) != (new.uri, new.playing, new.volume):
        return True
    expected_s = last.position_s + (passed_s if last.playing else 0.0)
    return abs(new.position_s - expected_s) > JUMP_S
