"""Following the listener's music folder while the server runs.

Only a folder that was scanned before is followed: to begin is the listener's to say. One
worker listens, with what processor time others leave. Trouble is logged with its remedy,
and followed by another try; it never reaches the page or the music.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from affetto.errors import AffettoError
from affetto.wiring import House

if TYPE_CHECKING:
    from affetto.listening.gathering import Gathered

log = logging.getLogger(__name__)

AGAIN_S: Final = 60.0  # after trouble, or while the folder was not scanned


class Follower:
    """Keeps the shelf like the music folder of the settings, in a thread of its own."""

    def __init__(
        self,
        house: House,
        *,
        watch: Callable[..., None] | None = None,
        again_s: float = AGAIN_S,
    ) -> None:
        """``watch`` takes the place of ``watch_into``, in tests."""
        self._house = house
        self._watch = watch
        self._again_s = again_s
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Follow the folder from now on, or once it is scanned, if the settings say so."""
        settings = self._house.settings
        follows = self._thread is not None and self._thread.is_alive()
        if settings.watch_music and "local" in settings.providers and not follows:
            self._stop = threading.Event()
            # A daemon: a disk that hangs must not keep the server from ending.
            thread = threading.Thread(
                target=self._run, args=(self._stop,), name="affetto-follow", daemon=True
            )
            thread.start()
            self._thread = thread

    def end(self, within_s: float) -> None:
        """Stop after the file it is at; what was heard is kept."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(within_s)

    # -- inside -------------------------------------------------------------------------

    def _run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                if self._was_scanned():
                    self._watch_folder(stop)
            except AffettoError as error:
                log.warning("the music folder is not followed for a while: %s", error)
            except Exception:
                log.exception(
                    "following the music folder broke off and is tried again in %.0f s; "
                    "watch_music = false in affetto.toml turns it off",
                    self._again_s,
                )
            stop.wait(self._again_s)

    def _was_scanned(self) -> bool:
        return bool(self._house.shelf.stamps(self._house.settings.music_dir.resolve()))

    def _watch_folder(self, stop: threading.Event) -> None:
        from affetto.listening.watching import watch_into
        from affetto.music.scanning import hear_file_aside

        watch = self._watch or watch_into
        watch(
            self._house.shelf,
            self._house.settings.music_dir,
            now=self._house.now,
            stop=stop,
            workers=1,
            listen=hear_file_aside,
            on_change=_tell_change,
            on_trouble=_tell_trouble,
        )


def _tell_change(gathered: Gathered) -> None:
    log.info(
        "the music folder changed: %d heard, %d gone, %d failed",
        gathered.heard,
        gathered.gone,
        len(gathered.failed),
    )


def _tell_trouble(error: AffettoError) -> None:
    log.warning("the music folder cannot be followed until this is mended: %s", error)
