"""Leaving Spotify alone: once it asked for that, or failed to answer again and again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from affetto.music.spotify.troubles import SpotifyTrouble


class Breaker:
    """Closed while all is well; open, it lets nothing through until the rest is over."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._until = 0.0
        self._why: SpotifyTrouble | None = None
        self._strikes = 0

    def check(self) -> None:
        """Raise the trouble that opened it, while it is open."""
        with self._lock:
            left_s = self._until - self._clock()
            if self._why is not None and left_s > 0:
                raise self._why.after(left_s)

    def failed(self, trouble: SpotifyTrouble) -> None:
        """Take note of a trouble; it opens when there were enough of them."""
        if not trouble.strikes:
            self.answered()  # a no is an answer
            return
        with self._lock:
            self._strikes += 1
            if self._strikes >= trouble.strikes:
                self._until = max(self._until, self._clock() + trouble.rest_s)
                self._why = trouble

    def answered(self) -> None:
        """Take note that Spotify answered."""
        with self._lock:
            self._strikes = 0
