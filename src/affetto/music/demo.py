"""The demo library: our own music, so that the first minute needs no account and no files.

The pieces are written in ``score``, arranged for the bands of ``bands`` and played by
``synth``. ``generate`` records them once into a cache folder; all else is cheap.
"""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from hashlib import blake2s
from io import BytesIO
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import Final

from affetto.errors import AffettoError
from affetto.music.arranging import duration_s
from affetto.music.bands import BANDS
from affetto.music.covers import cover_svg
from affetto.music.provider import Cover, Provider, Sound
from affetto.music.score import INTENT_SD, PIECES, Piece
from affetto.track import Track, TrackFeatures, TrackUri

ALBUM: Final = "Affetto demo"
WORKERS: Final = 2
_EDITION: Final = 1  # raise when the instruments or the mixing change what is heard
_ABANDONED_S: Final = 600.0
_WRITE_FRAMES: Final = 32_768  # some libsndfile versions overflow the stack on one long write

Progress = Callable[[int, int, str], None]  # pieces done, pieces in all, title


@cache
def demo_tracks() -> tuple[Track, ...]:
    """Every demo piece as a track. Makes no sound: mood, tempo and key are as written."""
    return tuple(_track(piece) for piece in PIECES)


def missing(folder: Path, pieces: Sequence[Piece] = PIECES) -> list[Piece]:
    """The pieces not yet recorded in ``folder``."""
    return [piece for piece in pieces if not (folder / file_name(piece)).is_file()]


def file_name(piece: Piece) -> str:
    """The recording's name, which changes when the piece, its band or our edition does."""
    written = repr((_EDITION, piece, BANDS[piece.band])).encode()
    return f"{piece.slug}-{blake2s(written, digest_size=4).hexdigest()}.ogg"


def generate(
    folder: Path,
    *,
    on_progress: Progress | None = None,
    workers: int = WORKERS,
    pieces: Sequence[Piece] = PIECES,
) -> None:
    """Record the missing pieces into ``folder`` as Ogg Vorbis, about 25 MB in all.

    Each file appears whole or not at all, so a stopped run resumes where it was.
    ``on_progress`` hears of every piece as it is finished. Raises AffettoError when the
    folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    todo = missing(folder, pieces)
    done = len(pieces) - len(todo)

    def finished(piece: Piece) -> None:
        nonlocal done
        done += 1
        if on_progress:
            on_progress(done, len(pieces), piece.title)

    if len(todo) > 1 and workers > 1:
        try:
            _together(folder, todo, min(workers, len(todo)), finished)
        except (BrokenProcessPool, OSError, ImportError):  # no processes to be had here
            todo = missing(folder, pieces)
            done = len(pieces) - len(todo)
    for piece in todo:
        if not (folder / file_name(piece)).is_file():
            record_to(folder, piece)
            finished(piece)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def record_to(folder: Path, piece: Piece, *, write: Callable[[Path, bytes], None] = _write) -> None:
    """Record one piece into ``folder``, atomically. Raises AffettoError."""
    data = _encoded(piece)
    part = folder / f".{file_name(piece)}.{os.getpid()}.part"
    try:
        write(part, data)
        part.replace(folder / file_name(piece))
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        part.unlink(missing_ok=True)


class DemoLibrary:
    """The demo pieces as a library; those not yet recorded cannot sound."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pieces = {_uri(piece): piece for piece in PIECES}
        self._tracks = {track.uri: track for track in demo_tracks()}

    async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
        """Tracks whose title, artist or album hold every word."""
        wanted = words.casefold().split()
        found = [
            track
            for track in demo_tracks()
            if all(
                word in f"{track.title} {track.artist} {track.album}".casefold() for word in wanted
            )
        ]
        return found[:limit]

    async def sound(self, uri: TrackUri) -> Sound | None:
        """The recording, or None when it has not been made."""
        piece = self._pieces.get(uri)
        if piece is None:
            return None
        path = self._folder / file_name(piece)
        return Sound(path, "audio/ogg") if path.is_file() else None

    async def cover(self, uri: TrackUri) -> Cover | None:
        """The picture drawn from the track's mood."""
        track = self._tracks.get(uri)
        return Cover(cover_svg(track), "image/svg+xml") if track else None


def create(settings: Mapping[str, str]) -> Provider:
    """The provider ``demo``; ``settings["folder"]`` is where the recordings are kept."""
    folder = settings.get("folder")
    if folder is None:
        from platformdirs import user_cache_path

        return Provider("demo", library=DemoLibrary(user_cache_path("affetto") / "demo"))
    return Provider("demo", library=DemoLibrary(Path(folder).expanduser()))


def _uri(piece: Piece) -> TrackUri:
    return TrackUri(f"demo:{piece.slug}")


def _track(piece: Piece) -> Track:
    return Track(
        uri=_uri(piece),
        title=piece.title,
        artist=piece.artist,
        album=ALBUM,
        genre=piece.genre,
        duration_s=duration_s(piece),
        features=TrackFeatures(
            valence=piece.valence,
            arousal=piece.arousal,
            valence_sd=INTENT_SD,
            arousal_sd=INTENT_SD,
            tempo_bpm=float(piece.tempo_bpm),
            key=piece.key,
            sources=("score",),  # as it was composed, not as it was heard
        ),
    )


def _together(
    folder: Path, todo: Sequence[Piece], workers: int, finished: Callable[[Piece], None]
) -> None:
    # Spawned, not forked: the same on every system, and safe beside a server's threads.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_settle_worker)
    try:
        jobs = {pool.submit(record_to, folder, piece): piece for piece in todo}
        for job in as_completed(jobs):
            job.result()
            finished(jobs[job])
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _settle_worker() -> None:
    """Let the parent answer Ctrl-C, and do not outlive it when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _encoded(piece: Piece) -> bytes:
    import soundfile

    from affetto.music.mixing import record
    from affetto.music.synth import RATE

    frames = record(piece).T
    memory = BytesIO()
    with soundfile.SoundFile(
        memory, "w", samplerate=RATE, channels=2, format="OGG", subtype="VORBIS"
    ) as file:
        file.title, file.artist, file.album = piece.title, piece.artist, ALBUM
        for start in range(0, len(frames), _WRITE_FRAMES):
            file.write(frames[start : start + _WRITE_FRAMES])
    return memory.getvalue()


def _clear(folder: Path) -> None:
    """Remove what killed runs and earlier editions left, and nothing else."""
    current = {file_name(piece) for piece in PIECES}
    for piece in PIECES:
        for path in folder.glob(f"{piece.slug}-{'[0-9a-f]' * 8}.ogg"):
            if path.is_file() and path.name not in current:
                path.unlink(missing_ok=True)
        for path in folder.glob(f".{piece.slug}-*.part"):
            if time.time() - path.stat().st_mtime > _ABANDONED_S:
                path.unlink(missing_ok=True)


def _unwritable(folder: Path, error: OSError) -> AffettoError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
        return AffettoError(
            f"The disk that holds {folder} is full, so the demo music cannot be kept.",
            remedy="Free 40 MB there and start again; the pieces already made are kept.",
        )
    return AffettoError(
        f"The demo music cannot be written to {folder}: {error.strerror or error}.",
        remedy="Make the folder writable, or choose another for the demo music.",
    )
