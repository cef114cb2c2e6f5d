"""Going through a folder of music: what is new, what changed, what is gone.

``scan`` tells what it finds, one event at a time and as it comes, so that whoever keeps
the answers can keep them in small lots: a scan cut short loses only what was not kept,
and the next one goes on from there. Nothing that a file or a folder is can stop it.
"""

# Paths stay text here: there may be 100,000, and each needs little more than a stat.
# ruff: noqa: PTH116, PTH118, PTH122, PTH114

from __future__ import annotations

import hashlib
import os
import stat as modes
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from affetto.errors import AffettoError, Misuse, UnreadableSound
from affetto.music import workers as crew
from affetto.music.playing import PLAYED
from affetto.music.tags import read_tags, shown
from affetto.track import Track, TrackUri

ENDINGS: Final = frozenset({".mp3", ".flac", ".ogg", ".oga", ".opus", ".wav", ".aif", ".aiff"})
# Heard where PyAV is installed; elsewhere passed over, but not in silence.
AV_ENDINGS: Final = frozenset(
    {".m4a", ".m4b", ".m4p", ".aac", ".wma", ".ape", ".wv", ".mpc", ".dsf", ".mka", ".tta"}
)
_MOST_WORKERS: Final = 8
_ASIDE: Final = 15  # how much a worker gives way, of 19


class Stamp(NamedTuple):
    """What tells that a file has not changed."""

    mtime_ns: int
    size: int


# Of a file that failed for a reason that lies outside it: tried again at every scan.
UNSEEN: Final = Stamp(-1, -1)
# Of a file that an older analysis listened to: heard again.
OUTDATED: Final = Stamp(-2, -2)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The folder has been walked through; listening begins. Always the first event."""

    files: int  # sound files found
    unchanged: int  # known, with the same stamp
    to_hear: int
    passed_over: Mapping[str, int] = field(default_factory=dict)  # ending -> files, for PyAV
    unplayable: Mapping[str, int] = field(default_factory=dict)  # ending -> files, in the page
    settling: int = 0  # changed so lately that somebody may still be writing them


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A file was listened to."""

    path: str  # absolute
    stamp: Stamp
    track: Track
    sound_print: str = ""  # tells the recording again


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file could not be listened to."""

    path: str  # absolute
    stamp: Stamp  # UNSEEN when the next scan should try again
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class FailedFolder:
    """A folder could not be looked into. What is known of its files stays known."""

    path: str  # absolute
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class GoneFile:
    """A known file is no longer there."""

    path: str  # absolute


Event = Surveyed | ScannedFile | FailedFile | FailedFolder | GoneFile


def local_uri(path: str) -> TrackUri:
    """The name of the file at the absolute ``path``: the same for as long as it lies there."""
    return TrackUri("local:" + hashlib.blake2s(os.fsencode(path), digest_size=8).hexdigest())


def folder_at(root: Path) -> Path:
    """``root``, absolute and without links.

    Raises Misuse when it is no folder that can be looked into.
    """
    try:
        absolute = root.expanduser().resolve(strict=True)
        with os.scandir(absolute) as entries:
            next(entries, None)
    except (FileNotFoundError, RuntimeError) as error:  # RuntimeError: a loop, or no home
        raise Misuse(
            f"There is no folder {shown(root)}.",
            remedy="Check the spelling, or connect the disk it lies on.",
        ) from error
    except NotADirectoryError as error:
        raise Misuse(
            f"{shown(root)} is not a folder.", remedy="Name the folder the music lies in."
        ) from error
    except OSError as error:
        raise Misuse(
            f"The folder {shown(root)} cannot be opened: {_reason(error)}.",
            remedy="Give your account permission to read it, or name another folder.",
        ) from error
    return absolute


def scan(
    root: Path,
    *,
    known: Mapping[str, Stamp],
    workers: int | None = None,
    listen: Callable[[str], ScannedFile | FailedFile] | None = None,
    all_gone: bool = False,
    settling_since_ns: int | None = None,
) -> Generator[Event, None, None]:
    """Go through the folder ``root`` and everything below it.

    ``known`` holds the stamps of the files met before, by absolute path; those that
    did not change yield nothing. Hidden files and folders are passed over; links are
    followed, each folder once. ``workers`` processes listen (default: one a core, at
    most 8); 0 listens in this process, where a crashing decoder would end it.
    ``listen`` takes the place of ``hear_file``; workers must be able to import it.
    Files changed after ``settling_since_ns`` (of the system's clock) are left to the next
    scan, unless they claim to come from the future.

    Raises Misuse when ``root`` cannot be looked into, and when it holds no music where
    there was some: a disk that is not connected looks just like that. ``all_gone`` says
    that it is true.
    """
    top = folder_at(root)
    survey = _Survey(known, settling_since_ns)
    for event in survey.walk(top):
        if isinstance(event, Surveyed) and not event.files and not all_gone:
            _doubt_emptiness(top, survey)
        yield event
    yield from _gone(top, survey)
    work = listen or hear_file
    if workers == 0:
        yield from map(work, survey.to_hear)
        return
    count = workers or min(_MOST_WORKERS, os.cpu_count() or 1)
    for path, answer in crew.work_through(survey.to_hear, work, workers=count):
        if isinstance(answer, crew.Died):
            yield FailedFile(path, _stamp(path), answer.problem, answer.remedy)
        else:
            yield answer


def heard_with() -> str:
    """The name of the analysis that listens now; what another one heard is heard again."""
    from affetto.music.analysis import ANALYSIS
    from affetto.music.evidence import EVIDENCE
    from affetto.music.recordings import PRINT

    return f"{ANALYSIS}, {EVIDENCE}, {PRINT}"


def sound_files(root: Path) -> list[str]:
    """The sound files below ``root``, by absolute path, as ``scan`` would meet them."""
    survey = _Survey({})
    for _ in survey.walk(folder_at(root)):
        pass
    return survey.to_hear


def hear_file(path: str) -> ScannedFile | FailedFile:
    """Listen to one file and read its tags; never raises for what the file is."""
    from affetto.music.analysis import analyse
    from affetto.music.evidence import weigh
    from affetto.music.lyrics import beside
    from affetto.music.recordings import sound_print

    stamp = _stamp(path)
    try:
        heard = analyse(Path(path))
        tags = read_tags(Path(path))
        features = weigh(heard.features, tags, beside(Path(path)))
        known_by = sound_print(heard.excerpts)
    except UnreadableSound as error:
        return FailedFile(path, stamp, error.problem, error.remedy)
    except FileNotFoundError:
        return _missing(path)
    except OSError as error:
        return _unopened(path, error)
    except AffettoError as error:  # not the file's fault: a part of the package is missing
        return FailedFile(path, UNSEEN, error.problem, error.remedy)
    except MemoryError:
        return FailedFile(
            path,
            UNSEEN,
            "There was not enough memory to listen to this file.",
            "Close other programs, or scan with fewer workers.",
        )
    except Exception as error:  # a bug of ours must not cost the listener the scan
        return FailedFile(
            path,
            stamp,
            f"Listening to the file failed ({type(error).__name__}: {error}).",
            "Please report this with the file's format; the other files are not affected.",
        )
    track = Track(
        uri=local_uri(path),
        title=tags.title,
        artist=tags.artist,
        album=tags.album,
        genre=tags.genre,
        year=tags.year,
        duration_s=round(heard.duration_s, 3),
        features=features,
    )
    return ScannedFile(path, stamp, track, known_by)


def hear_file_aside(path: str) -> ScannedFile | FailedFile:
    """``hear_file`` with the processor time that others leave, from a worker of its own."""
    if hasattr(os, "nice"):  # Windows has no such word
        with suppress(OSError):
            os.nice(_ASIDE - os.nice(0))
    return hear_file(path)


def available() -> bool:
    """Whether PyAV is here, for the kinds of sound that need it."""
    return find_spec("av") is not None


class _Survey:
    """What a walk found: files to hear, files unchanged, folders that stayed shut."""

    def __init__(self, known: Mapping[str, Stamp], settling_since_ns: int | None = None) -> None:
        self.known = known
        self.settling = 0
        self._settling_since_ns = settling_since_ns
        self.found: set[str] = set()
        self.shut: list[str] = []
        self.to_hear: list[str] = []
        self.passed_over: dict[str, int] = {}
        self.unplayable: dict[str, int] = {}
        self._endings = ENDINGS | AV_ENDINGS if available() else ENDINGS
        self.unchanged = 0
        self._troubles: list[FailedFile | FailedFolder] = []
        self._visited: set[tuple[int, int]] = set()

    def walk(self, top: Path) -> Iterator[Event]:
        folders = [str(top)]
        while folders:
            # Last in, first out, in the order of names: an album's files stay together.
            folders.extend(reversed(self._look_into(folders.pop())))
        yield Surveyed(
            len(self.found),
            self.unchanged,
            len(self.to_hear),
            self.passed_over,
            self.unplayable,
            self.settling,
        )
        yield from self._troubles

    def _look_into(self, folder: str) -> list[str]:
        """Note a folder's files; return the folders in it."""
        try:
            here = os.stat(folder)
            if (here.st_dev, here.st_ino) in self._visited:
                return []  # met before, by another link or by a loop of links
            self._visited.add((here.st_dev, here.st_ino))
            with os.scandir(folder) as entries:
                names = sorted(entry.name for entry in entries)
        except OSError as error:
            self.shut.append(folder)
            self._troubles.append(
                FailedFolder(
                    folder,
                    f"The folder cannot be opened: {_reason(error)}.",
                    "Give your account permission to read it, then scan again.",
                )
            )
            return []
        below = []
        for name in names:
            if not name.startswith("."):
                path = os.path.join(folder, name)
                if self._is_folder(path):
                    below.append(path)
        return below

    def _is_folder(self, path: str) -> bool:
        """Whether ``path`` is a folder; a sound file is noted on the way."""
        ending = os.path.splitext(path)[1].lower()
        try:
            status = os.stat(path)
        except OSError as error:
            if ending in self._endings:
                self.found.add(path)
                gone = isinstance(error, FileNotFoundError)
                self._troubles.append(_missing(path) if gone else _unopened(path, error))
            return False
        if modes.S_ISDIR(status.st_mode):
            return True
        if not modes.S_ISREG(status.st_mode):
            return False  # a pipe or a device: opening one could wait for ever
        if ending in self._endings:
            self.found.add(path)
            if ending not in PLAYED:
                self.unplayable[ending] = self.unplayable.get(ending, 0) + 1
            if self.known.get(path) == (status.st_mtime_ns, status.st_size):
                self.unchanged += 1
            elif self._settles(status.st_mtime_ns):
                self.settling += 1
            else:
                self.to_hear.append(path)
        elif ending in AV_ENDINGS:
            self.passed_over[ending] = self.passed_over.get(ending, 0) + 1
            if path in self.known:
                self.found.add(path)  # heard while PyAV was here: not gone
        return False

    def _settles(self, mtime_ns: int) -> bool:
        since = self._settling_since_ns
        return since is not None and since < mtime_ns <= time.time_ns()


def _gone(top: Path, survey: _Survey) -> Iterator[GoneFile]:
    """Known files below ``top`` that were not met, unless their folder stayed shut."""
    shut: Sequence[str] = survey.shut
    for path in survey.known:
        if path in survey.found or not _below(path, str(top)):
            continue
        if not any(_below(path, folder) for folder in shut):
            yield GoneFile(path)


def _doubt_emptiness(top: Path, survey: _Survey) -> None:
    missing = sum(1 for _ in _gone(top, survey))
    if missing:
        files = "1 file was" if missing == 1 else f"{missing} files were"
        raise Misuse(
            f"There is no music in {shown(top)} any more, where {files} known.",
            remedy="Connect the disk it lies on and scan again; if the music is gone for good, "
            "scan with --gone.",
        )


def _below(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip("/\\") + os.sep)


def _stamp(path: str) -> Stamp:
    try:
        status = os.stat(path)
    except OSError:
        return UNSEEN
    return Stamp(status.st_mtime_ns, status.st_size)


def _missing(path: str) -> FailedFile:
    if os.path.islink(path):
        return FailedFile(
            path,
            UNSEEN,
            "The link points at a file that is not there.",
            "Connect the disk it points to, or remove the link.",
        )
    return FailedFile(
        path,
        UNSEEN,
        "The file disappeared during the scan.",
        "Scan again when nothing moves the files.",
    )


def _unopened(path: str, error: OSError) -> FailedFile:
    return FailedFile(
        path,
        UNSEEN,
        f"The file cannot be opened: {_reason(error)}.",
        "Give your account permission to read it, then scan again.",
    )


def _reason(error: OSError) -> str:
    """The system's own words, such as "permission denied"."""
    words = (error.strerror or type(error).__name__).strip().rstrip(".")
    return words[:1].lower() + words[1:]
