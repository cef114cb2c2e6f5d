"""The mood of a song as stickers: notes that MPD keeps beside its database.

Two to a song, ``affetto-valence`` and ``affetto-arousal``, each a plain number in [-1, 1],
so that other programs can sort and compare by them. How sure we were is not kept: other
programs and other hands may have written them since, and so they are read back with wide
standard deviations, those of a mood that somebody named in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from affetto.errors import ServiceTrouble
from affetto.music.mpd.conversation import NOT_THERE, Refused
from affetto.music.mpd.daemon import Daemon
from affetto.music.mpd.songs import file_of, number
from affetto.track import TrackFeatures, TrackUri

VALENCE: Final = "affetto-valence"
AROUSAL: Final = "affetto-arousal"
VALENCE_SD: Final = 0.38  # as in affetto.music.evidence
AROUSAL_SD: Final = 0.40
_LAST_DIGIT: Final = 0.001  # of a mood, as it is written


class MoodStickers:
    """Moods written beside MPD's database, and read from there."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    async def read(self) -> Mapping[str, TrackFeatures]:
        """The mood of every song that has one, by MPD's name of its file.

        Empty where MPD keeps no stickers. Raises ServiceTrouble.
        """
        if not await self._daemon.offers("sticker"):
            return {}
        try:
            valences = await self._all(VALENCE)
            arousals = await self._all(AROUSAL)
        except Refused:  # Mopidy names the command and does not do it
            return {}
        return {
            file: TrackFeatures(
                valences[file], arousals[file], VALENCE_SD, AROUSAL_SD, sources=("stickers",)
            )
            for file in valences.keys() & arousals.keys()
        }

    async def write(self, moods: Mapping[TrackUri, TrackFeatures]) -> int:
        """Keep these moods, in place of those kept before; songs MPD lacks are passed over.

        How many were kept. Raises ServiceTrouble where MPD keeps no stickers.
        """
        known, kept = await self.read(), 0
        for uri, mood in moods.items():
            file = file_of(uri)
            if file in known and _alike(known[file], mood):
                kept += 1  # MPD writes each to the disk by itself, which takes its time
                continue
            values = ((VALENCE, mood.valence), (AROUSAL, mood.arousal))
            try:
                await self._daemon.ask_all(
                    [("sticker", "set", "song", file, name, f"{x:.3f}") for name, x in values]
                )
            except Refused as refusal:
                if refusal.code == NOT_THERE:
                    continue
                raise ServiceTrouble(
                    f"The MPD at {self._daemon.place} keeps no stickers: {refusal.words}.",
                    remedy="Name a sticker_file in its mpd.conf and start it again.",
                ) from refusal
            kept += 1
        return kept

    async def _all(self, name: str) -> dict[str, float]:
        """Every believable value of one sticker, by file."""
        found = await self._daemon.ask("sticker", "find", "song", "", name)
        values: dict[str, float] = {}
        for song in found.items("file"):
            told = number(song.get("sticker", [""])[0].removeprefix(f"{name}="))
            if told is not None and -1 <= told <= 1:
                values[song["file"][0]] = told
        return values


def _alike(one: TrackFeatures, other: TrackFeatures) -> bool:
    """Whether two moods are written alike."""
    apart = (one.valence - other.valence, one.arousal - other.arousal)
    return max(map(abs, apart)) < _LAST_DIGIT
