from __future__ import annotations

import pytest

from affetto.music.memory import MemoryPlayer
from affetto.music.provider import Player
from affetto.track import Track, TrackUri
from contracts.players import PlayerContract


class TestMemory(PlayerContract):
    @pytest.fixture
    def player(self) -> Player:
        return MemoryPlayer()

    @pytest.fixture
    def tracks(self) -> list[Track]:
        return [Track(TrackUri(f"memory:{name}"), name) for name in ("One", "Two")]

    def sounding(self, player: Player) -> Track | None:
        assert isinstance(player, MemoryPlayer)
        return None if player.paused else player.playing
