"""Mood, valence and arousal in a file's own tags: planned, written, undone.

A file is never written in place: a changed copy takes its place, and what is needed to
restore the bytes is on the disk before that.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import stat as modes
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, Final

from affetto.emotion import MOODS, mood_of
from affetto.music.tagging import flac, id3, ogg
from affetto.music.tagging.replacing import failed, lasting, opened, replace
from affetto.music.tagging.splices import Splice, Untaggable, digest, inverse, spliced, whole
from affetto.music.tags import MARK
from affetto.track import TrackFeatures

MOOD: Final = "MOOD"
VALENCE: Final = "VALENCE"
AROUSAL: Final = "AROUSAL"
_RECORD: Final = ".undo.json"


@dataclass(frozen=True, slots=True)
class TagPlan:
    """What would be written into one file."""

    path: Path
    values: Mapping[str, str]  # by the tags' names; empty when all stands there already
    kept: str = ""  # the mood the file names itself, which is left as it is


@dataclass(frozen=True, slots=True)
class Restored:
    """A file that holds its old bytes again."""

    path: Path


def values_of(features: TrackFeatures) -> dict[str, str]:
    """What a track's tags would say of it."""
    return {
        MOOD: mood_of(features),
        VALENCE: f"{features.valence:.2f}",
        AROUSAL: f"{features.arousal:.2f}",
        MARK: "mood valence arousal",
    }


def plan(path: Path, features: TrackFeatures) -> TagPlan:
    """What would be written into the file at ``path``; the file is only read.

    What the file says itself of mood, valence or arousal is the listener's, and is not
    written over. Raises Untaggable, saying why, when the file cannot take tags.
    """
    _check(path)
    values = values_of(features)
    with opened(path) as file:
        there = {name: _writer(file).own_words(file).get(name) for name in values}
    ours = set((there[MARK] or "").upper().split())
    if there[MOOD] not in MOODS:  # a word we never write, whatever the mark says
        ours.discard(MOOD)
    kept = {name for name in (MOOD, VALENCE, AROUSAL) if there[name] and name not in ours}
    values = {name: value for name, value in values.items() if name not in kept}
    values[MARK] = " ".join(name.casefold() for name in values if name != MARK)
    own = there[MOOD] if MOOD in kept else None
    needed = values if any(there[name] != value for name, value in values.items()) else {}
    if not values[MARK]:
        needed = {}  # all of it is the listener's own
    return TagPlan(path, needed, own or "")


def write(planned: TagPlan, undo_folder: Path) -> None:
    """Write what was planned; what undoes it is kept in ``undo_folder``.

    The file's time changes, as with any change. Raises Untaggable, the file being left
    as it was, when it cannot be written.
    """
    path = _check(planned.path)
    if not planned.values:
        return
    with opened(path) as file:
        splices = _writer(file).change(file, planned.values)
        before, after = digest(whole(file)), digest(spliced(file, splices))
    layers = _layers(undo_folder, path)
    if layers and layers[-1].before == before:
        layers.pop()  # that write was cut short before it began
    elif layers and layers[-1].after != before:
        layers = []  # changed by somebody else since: what was before that is gone
    layers.append(_Layer(before, after, path.stat().st_mtime_ns, tuple(inverse(splices))))
    _keep(undo_folder, path, layers)
    replace(path, splices, after)


def undo(path: Path, undo_folder: Path) -> Restored:
    """Give the file its old bytes and its old time back.

    Raises Untaggable when it was changed by somebody else since, and leaves it so.
    """
    layers = _layers(undo_folder, path)
    if layers and not os.path.lexists(path):
        raise Untaggable(
            "The file is not where its tags were written: it was moved, renamed or deleted.",
            remedy="Put it back there, undo its tags, and move it afterwards; what undoes them "
            "is kept until then.",
        )
    _check(path)
    while layers:
        layer = layers[-1]
        with opened(path) as file:
            now = digest(whole(file))
        if now == layer.after:
            replace(path, layer.back, layer.before, mtime_ns=layer.mtime_ns)
        elif now != layer.before:  # else the write was cut short before it began
            raise Untaggable(
                "The file was changed since its tags were written.",
                remedy="It is left as it is, tags and all; remove them with a tag editor.",
            )
        layers.pop()
        _keep(undo_folder, path, layers)
    return Restored(path)


def written_files(undo_folder: Path) -> list[Path]:
    """The files whose tags can be undone."""
    paths = []
    for record in sorted(undo_folder.glob(f"*{_RECORD}")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            paths.append(_path_in(json.loads(record.read_text("utf-8"))))
    return sorted(paths)


@dataclass(frozen=True, slots=True)
class _Layer:
    """One write, and how to turn it back."""

    before: str  # SHA-256 of the file
    after: str
    mtime_ns: int  # before
    back: tuple[Splice, ...]


def _writer(file: BinaryIO) -> ModuleType:
    """What writes tags into this kind of file, by its first bytes."""
    file.seek(0)
    head = file.read(12)
    if head.startswith(b"fLaC"):
        return flac
    if head.startswith(b"OggS"):
        return ogg
    if head.startswith(b"ID3"):
        file.seek(id3.end_of(head))
        if file.read(4) == b"fLaC":
            raise Untaggable(
                "The file is a flac behind an mp3's tags.",
                remedy="Remove the ID3 tags with a tag editor, then try again.",
            )
        return id3
    if head[:1] == b"\xff" and head[1:2] >= b"\xe0" and head[1] & 0x06:  # else AAC, not mp3
        return id3
    raise Untaggable(
        "Tags are written into mp3, flac, ogg and opus files only.",
        remedy="This file keeps its mood in Affetto alone; nothing is lost.",
    )


def _check(path: Path) -> Path:
    """``path``, when it is a file that may be replaced by a changed copy."""
    try:
        status = path.lstat()
    except OSError as error:
        raise failed(error) from error
    if modes.S_ISLNK(status.st_mode):
        raise Untaggable(
            "The file is a link.", remedy="Scan the folder it points to, and tag the file there."
        )
    if not modes.S_ISREG(status.st_mode):
        raise Untaggable("It is no ordinary file.", remedy="Leave it as it is.")
    if not (status.st_mode & modes.S_IWUSR and os.access(path, os.W_OK)):
        raise Untaggable(
            "The file is read-only.", remedy="Give your account permission to write it."
        )
    if status.st_nlink > 1:
        raise Untaggable(
            "The file has several names (hard links), and a changed copy would have one.",
            remedy="Copy it to a file of its own, then try again.",
        )
    return path


def _layers(folder: Path, path: Path) -> list[_Layer]:
    """The writes that can be undone, the last one last; Untaggable for a damaged record."""
    record = _record(folder, path)
    try:
        told = json.loads(record.read_text("utf-8"))
        return [
            _Layer(
                one["before"],
                one["after"],
                one["mtime_ns"],
                tuple(
                    Splice(at, base64.b64decode(old), base64.b64decode(new))
                    for at, old, new in one["back"]
                ),
            )
            for one in told["layers"]
        ]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Untaggable(
            f"What undoes the last change, {record}, cannot be read.",
            remedy="Mend its permissions, or move it away: the file then keeps the tags it has.",
        ) from error


def _keep(folder: Path, path: Path, layers: Sequence[_Layer]) -> None:
    """Write the file's record, on the disk when this returns; none when it is as it was."""
    record = _record(folder, path)
    if not layers:
        record.unlink(missing_ok=True)
        return
    told = {
        "path": base64.b64encode(os.fsencode(path)).decode(),
        "layers": [
            {
                "before": layer.before,
                "after": layer.after,
                "mtime_ns": layer.mtime_ns,
                "back": [
                    [at, base64.b64encode(old).decode(), base64.b64encode(new).decode()]
                    for at, old, new in layer.back
                ],
            }
            for layer in layers
        ],
    }
    part = record.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            json.dump(told, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(record)
        lasting(folder)  # the music may lie on another disk, which is not written in step
    except OSError as error:
        raise Untaggable(
            f"What undoes the change cannot be kept in {folder} ({error.strerror}).",
            remedy="Free some space there, or mend its permissions; the file is as it was.",
        ) from error


def _record(folder: Path, path: Path) -> Path:
    name = hashlib.blake2s(os.fsencode(path), digest_size=16).hexdigest()
    return folder / f"{name}{_RECORD}"


def _path_in(told: Mapping[str, Any]) -> Path:
    return Path(os.fsdecode(base64.b64decode(told["path"])))
