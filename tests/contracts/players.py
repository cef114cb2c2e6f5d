"""What every Player must do, whoever wrote it.

A provider's own tests subclass ``PlayerContract`` and give the fixtures ``player`` and
``tracks`` (two tracks it can play), and say in ``sounding`` how to tell what sounds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from affetto.music.provider import Player
from affetto.track import Track


class PlayerContract:
    """The suite."""

    def sounding(self, player: Player) -> Track | None:
        """What sounds now; None for silence."""
        raise NotImplementedError

    def test_a_track_sounds_when_played(self, player: Player, tracks: Sequence[Track]) -> None:
        asyncio.run(player.play(tracks[0]))
        assert self.sounding(player) == tracks[0]

    def test_the_next_track_takes_the_place_of_the_one_before(
        self, player: Player, tracks: Sequence[Track]
    ) -> None:
        async def story() -> None:
            await player.play(tracks[0])
            await player.play(tracks[1])

        asyncio.run(story())
        assert self.sounding(player) == tracks[1]

    def test_a_pause_is_silent_and_going_on_is_not(
        self, player: Player, tracks: Sequence[Track]
    ) -> None:
        async def paused() -> None:
            await player.play(tracks[0])
            await player.pause()

        asyncio.run(paused())
        assert self.sounding(player) is None
        asyncio.run(player.resume())
        assert self.sounding(player) == tracks[0]

    def test_stopping_is_silent(self, player: Player, tracks: Sequence[Track]) -> None:
        async def story() -> None:
            await player.play(tracks[0])
            await player.stop()

        asyncio.run(story())
        assert self.sounding(player) is None

    def test_a_track_played_after_a_pause_sounds(
        self, player: Player, tracks: Sequence[Track]
    ) -> None:
        async def story() -> None:
            await player.play(tracks[0])
            await player.pause()
            await player.play(tracks[1])

        asyncio.run(story())
        assert self.sounding(player) == tracks[1]

    def test_pausing_going_on_and_stopping_in_silence_do_no_harm(self, player: Player) -> None:
        async def story() -> None:
            await player.pause()
            await player.resume()
            await player.stop()
            await player.stop()

        asyncio.run(story())
        assert self.sounding(player) is None
