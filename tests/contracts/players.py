"""What every Player must do, whoever wrote it.

A provider's own tests subclass ``PlayerContract`` and give the fixtures ``player`` and
``tracks`` (two tracks it can play), and say in ``sounding`` how to tell what sounds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from affetto.music.provider import Player, Sounding
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

    def test_it_says_what_it_plays(self, player: Player, tracks: Sequence[Track]) -> None:
        async def story() -> tuple[Sounding, Sounding, Sounding]:
            silent = await player.now()
            await player.play(tracks[0])
            sounding = await player.now()
            await player.pause()
            return silent, sounding, await player.now()

        silent, sounding, resting = asyncio.run(story())
        assert silent.uri is None and not silent.playing
        assert sounding.uri == tracks[0].uri and sounding.playing
        assert resting.uri == tracks[0].uri and not resting.playing

    def test_it_goes_to_a_place_in_the_track(self, player: Player, tracks: Sequence[Track]) -> None:
        async def story() -> tuple[float, float]:
            await player.play(tracks[0])
            await player.seek(2.0)
            sought = (await player.now()).position_s
            await player.play(tracks[1], position_s=1.0)
            return sought, (await player.now()).position_s

        sought, begun = asyncio.run(story())
        assert sought == pytest.approx(2.0, abs=0.6)
        assert begun == pytest.approx(1.0, abs=0.6)

    def test_its_changes_are_told_whoever_makes_them(
        self, player: Player, tracks: Sequence[Track]
    ) -> None:
        async def story() -> list[Sounding]:
            heard: list[Sounding] = []
            changes = player.changes()
            heard.append(await anext(changes))
            await player.play(tracks[0])
            while heard[-1].uri != tracks[0].uri:
                heard.append(await asyncio.wait_for(anext(changes), 5))
            await player.pause()
            while heard[-1].playing:
                heard.append(await asyncio.wait_for(anext(changes), 5))
            await changes.aclose()
            return heard

        heard = asyncio.run(story())
        assert heard[0].uri is None and heard[-1].uri == tracks[0].uri

    def test_a_volume_is_kept_where_it_can_be_set(
        self, player: Player, tracks: Sequence[Track]
    ) -> None:
        async def story() -> float | None:
            await player.play(tracks[0])
            await player.set_volume(0.4)
            return (await player.now()).volume

        volume = asyncio.run(story())
        assert volume is None or volume == pytest.approx(0.4, abs=0.02)
