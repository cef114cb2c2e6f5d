"""Playing on the machine where MPD runs.

MPD's own queue holds two songs at most, the one that sounds and the one that follows: what
comes after those is decided when it is needed, and a queue full of plans would be in the
way of everybody else who uses that MPD.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator
from typing import Final

from affetto.errors import NotFound, ServiceTrouble
from affetto.music.mpd.conversation import NOT_THERE, Command, Refused
from affetto.music.mpd.daemon import Daemon
from affetto.music.mpd.songs import file_of, number, uri_of
from affetto.music.provider import Sounding
from affetto.track import Track

# Parts of MPD whose changes are changes of ours: what sounds, how loud, what is queued.
_HEARD: Final = ("player", "mixer", "playlist")
_STILL_THERE_S: Final = 30.0  # a machine that was switched off says no goodbye
_PLAINLY: Final = tuple((name, "0") for name in ("random", "repeat", "single", "consume"))
_LOOKS: Final = 5  # at whether a song that was begun can be played
_LOOK_AGAIN_S: Final = 0.02
_BEFORE_THE_END_S: Final = 0.5  # MPD stops when it is sent past the end of a song


class MpdPlayer:
    """MPD as a player."""

    def __init__(
        self, daemon: Daemon, *, blends: bool = True, still_there_s: float = _STILL_THERE_S
    ) -> None:
        """``blends``: its crossfade is ours to set; else it stays as its owner has set it."""
        self._daemon = daemon
        self._blends = blends
        self._still_there_s = still_there_s
        self._crossfade: str | None = None  # as its owner had it; None: as it is now

    async def play(self, track: Track, *, position_s: float = 0.0) -> None:
        """Start this track now, in place of whatever sounds.

        Raises NotFound for a track that MPD does not have, ServiceTrouble when MPD does not
        answer or cannot make it sound; what sounded before goes on where it was not found.
        """
        length = number((await self._daemon.ask("status")).get("playlistlength"))
        begin: Command = ("play", "0")
        if position_s > 0:
            begin = ("seek", "0", _second(position_s, track.duration_s or None))
        # All at once: other programs see the one queue, then the other. What sounds goes before
        # the new one begins: Mopidy takes a while to change, and what is dropped then is the
        # one it changes from. Somebody may have set MPD to shuffle, or to stop after a song.
        others: list[Command] = [("delete", "1:")] if length else []
        try:
            await self._daemon.ask_all([("addid", _file(track), "0"), *others, *_PLAINLY, begin])
            problem = await self._problem()
        except Refused as refusal:
            _must_be_taken(refusal, track)
            problem = refusal.words
        if problem:
            raise ServiceTrouble(
                f"MPD cannot play “{track.title}”: {problem}.",
                remedy="See that the file is there and that an output in mpd.conf works; "
                "`mpc update` lets MPD look at its files again.",
            )

    async def follow(self, track: Track | None, *, crossfade_s: float = 0.0) -> None:
        """Let this track come after the one that sounds, in place of any named before.

        MPD blends by whole seconds, Mopidy not at all. ``give_back`` undoes what is set
        for it. Raises as ``play``.
        """
        status, queue = await self._daemon.ask_all([("status",), ("playlistinfo",)])
        sounds = status.get("songid") if status.get("state") in ("play", "pause") else ""
        # The new one is there before the others go: should the song that sounds end just now,
        # and one that is to go begin, MPD goes on to the new one.
        commands: list[Command] = [("addid", _file(track))] if track is not None else []
        commands += [("deleteid", song) for song in queue.all("Id") if song != sounds]
        try:
            if commands:
                await self._daemon.ask_all(commands)
        except Refused as refusal:
            if track is not None:
                _must_be_taken(refusal, track)
        if self._blends:
            await self._blend(status.get("xfade") or "0", round(max(0.0, min(crossfade_s, 60.0))))

    async def pause(self) -> None:
        """Fall silent, keeping the place."""
        await self._if_it_can("pause", "1")

    async def resume(self) -> None:
        """Go on from where ``pause`` left off."""
        await self._if_it_can("pause", "0")

    async def stop(self) -> None:
        """Fall silent and forget the track."""
        await self._daemon.ask_all([("stop",), ("clear",)])
        await self.give_back()

    async def give_back(self) -> None:
        """Set the crossfade as its owner had it."""
        own, self._crossfade = self._crossfade, None
        if own is not None:
            await self._if_it_can("crossfade", own)

    async def seek(self, position_s: float) -> None:
        """Go to this second of the track; nothing where nothing sounds or rests."""
        now = await self.now()
        if now.uri is not None:
            await self._if_it_can("seekcur", _second(position_s, now.duration_s))

    async def set_volume(self, volume: float) -> None:
        """As loud as this, [0, 1]; nothing where MPD has no mixer."""
        await self._if_it_can("setvol", str(round(100 * min(1.0, max(0.0, volume)))))

    async def now(self) -> Sounding:
        """What MPD does now, whoever asked it to."""
        status, song = await self._daemon.ask_all([("status",), ("currentsong",)])
        volume = number(status.get("volume"))
        heard = None if volume is None or volume < 0 else volume / 100
        if status.get("state") not in ("play", "pause") or not song.get("file"):
            return Sounding(None, playing=False, volume=heard)
        return Sounding(
            uri_of(song.get("file")),
            playing=status.get("state") == "play",
            position_s=number(status.get("elapsed")) or 0.0,
            duration_s=number(status.get("duration") or song.get("Time")),
            volume=heard,
        )

    async def changes(self) -> AsyncGenerator[Sounding, None]:
        """What MPD does now, and again after every change, whoever made it.

        Raises ServiceTrouble when MPD is lost; asked again, it finds it when it is back.
        """
        conversation = await self._daemon.another()
        try:
            yield await self.now()
            while True:
                await conversation.say(" ".join(("idle", *_HEARD)))
                try:
                    async with asyncio.timeout(self._still_there_s):
                        changed = await conversation.changed()
                except TimeoutError:
                    async with asyncio.timeout(self._daemon.answer_s):
                        await conversation.say("noidle")
                        changed = await conversation.changed()
                if changed:
                    yield await self.now()
        except (OSError, Refused) as error:
            raise self._daemon.lost(error) from error
        finally:
            conversation.close()

    async def _blend(self, now: str, seconds: int) -> None:
        if now != str(seconds):
            if self._crossfade is None:
                self._crossfade = now
            await self._if_it_can("crossfade", str(seconds))

    async def _problem(self) -> str:
        """Why MPD fell silent just after it began; "" while it plays.

        It may begin before it has opened the file: it has, once it can tell how the sound
        is made. Mopidy never tells, so that is not waited for long.
        """
        for _ in range(_LOOKS):
            status = await self._daemon.ask("status")
            if status.get("error") or status.get("audio"):
                return status.get("error")
            await asyncio.sleep(_LOOK_AGAIN_S)
        return ""

    async def _if_it_can(self, *command: str) -> None:
        """Ask for what MPD may decline without harm: there is no mixer, nothing sounds."""
        try:
            await self._daemon.ask(*command)
        except Refused:
            return


def _file(track: Track) -> str:
    """What MPD calls a track. Raises NotFound for one of another provider."""
    file = file_of(track.uri)
    if not file:
        raise _not_there(track)
    return file


def _must_be_taken(refusal: Refused, track: Track) -> None:
    """Raise when MPD refused to put a track into its queue."""
    if refusal.command != "addid":
        return
    if refusal.code == NOT_THERE:
        raise _not_there(track) from refusal
    raise ServiceTrouble(
        f"MPD did not take “{track.title}”: {refusal.words}.",
        remedy="Look into MPD's log for the reason, or choose another track.",
    ) from refusal


def _not_there(track: Track) -> NotFound:
    return NotFound(
        f"MPD has no “{track.title}” ({track.uri}).",
        remedy="Let MPD look at its files again (`mpc update`), or choose another track.",
    )


def _second(position_s: float, duration_s: float | None) -> str:
    """A place in a track as MPD takes it."""
    end = math.inf if duration_s is None else max(0.0, duration_s - _BEFORE_THE_END_S)
    return f"{min(max(0.0, position_s), end):.3f}"
