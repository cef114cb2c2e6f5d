"""The seven lists: ours, with what the listener changed.

Ours lie in the package and never change there. A listener's edits lie in a folder of
theirs, one file for each emotion, and win: songs they added or changed, names they
removed, and the order they put them in. A new edition of ours reaches them without
undoing an edit; what is new in it comes last where they have an order of their own.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from affetto.emotion import EXPRESSIONS
from affetto.errors import AffettoError, Misuse, NotFound
from affetto.music.curated.entries import Removed
from affetto.music.curated.sheets import Sheet, parse_sheet, read_sheet, write_sheet
from affetto.music.curated.song import CuratedSong, SongKey, emotion_called, plain
from affetto.track import Track

_HEAD: Final = (
    "# Your edits of the list for {}: songs you added or changed, and names you removed.\n"
    "# Remarks above the first entry stay; those further down go when Affetto writes here.\n"
)


@cache
def load(emotion: str) -> tuple[CuratedSong, ...]:
    """Our list for one of the seven emotions, as it came with Affetto."""
    name = f"{emotion_called(emotion)}.yaml"
    text = files("affetto.music.curated").joinpath(name).read_text(encoding="utf-8")
    return parse_sheet(text, name).songs


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, in songs."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0


class Lists:
    """The lists as one listener has them; ``folder`` need not exist before the first edit.

    Every method raises BadSheet when the file of an edited list cannot be read, and then
    leaves it as it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, emotion: str) -> Path:
        """Where the listener's edits of a list lie."""
        return self.folder / f"{emotion_called(emotion)}.yaml"

    def songs(self, emotion: str) -> tuple[CuratedSong, ...]:
        """One list: in the listener's order, else ours in our order and then theirs."""
        return _merged(load(emotion_called(emotion)), self._edits(emotion))

    def all_songs(self) -> tuple[CuratedSong, ...]:
        """All seven lists, one after the other."""
        return tuple(song for emotion in EXPRESSIONS for song in self.songs(emotion))

    def is_own(self, song: CuratedSong) -> bool:
        """Whether the listener added or changed this song."""
        return song not in load(song.emotion)

    def is_edited(self, emotion: str) -> bool:
        """Whether a list differs from ours."""
        return self.songs(emotion) != load(emotion_called(emotion))

    def known(self, song: CuratedSong) -> CuratedSong | None:
        """The entry of this song in its list, or in ours when the listener removed it."""
        entries = (*self.songs(song.emotion), *load(song.emotion))
        return next((one for one in entries if one.key == song.key), None)

    def add(self, song: CuratedSong) -> Taken:
        """Put a song into its list, or in place of the entry that has its title and artist."""
        return self.take(Sheet((song,)))

    def remove(self, emotion: str, title: str, artist: str = "") -> CuratedSong:
        """Take a song out of a list and return it.

        Raises NotFound naming the nearest title, and Misuse when several artists have one
        of that title and none is named.
        """
        song = self.find(emotion, title, artist)
        after = {one.key: one for one in self.songs(emotion) if one.key != song.key}
        self._keep(song.emotion, after)
        return song

    def change(self, title: str, artist: str, song: CuratedSong) -> None:
        """Put ``song`` in the place of another of its list. Errors as ``remove``, and Misuse
        where its new name is that of a third."""
        old = self.find(song.emotion, title, artist)
        before = {one.key: one for one in self.songs(song.emotion)}
        if song.key != old.key and song.key in before:
            raise Misuse(
                f"The list for {song.emotion} already has {song.title!r} by {song.artist}.",
                remedy="Change that one, or give this one another name; nothing was changed.",
            )
        after = {song.key if k == old.key else k: song if k == old.key else one
                 for k, one in before.items()}  # fmt: skip
        self._keep(song.emotion, after, ordered=song.key != old.key)

    def move(self, emotion: str, title: str, artist: str, to: int) -> None:
        """Put a song at place ``to``, from 0; past the end is the end. Errors as ``remove``."""
        song = self.find(emotion, title, artist)
        rest = [one for one in self.songs(emotion) if one.key != song.key]
        rest.insert(max(0, to), song)
        self._keep(song.emotion, {one.key: one for one in rest}, ordered=True)

    def reset(self, emotion: str) -> None:
        """Have a list as it came with Affetto; the listener's edits of it are gone."""
        try:
            self.file(emotion).unlink(missing_ok=True)
        except OSError as error:
            raise AffettoError(
                f"The list {self.file(emotion)} could not be removed ({error.strerror}).",
                remedy="Check who may write there; the list is as it was.",
            ) from error

    def find(self, emotion: str, title: str, artist: str = "") -> CuratedSong:
        """The song of this title (and artist, when given) in a list; errors as ``remove``."""
        songs = self.songs(emotion)
        found = [
            song
            for song in songs
            if song.key.title == plain(title) and (not artist or song.key.artist == plain(artist))
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise Misuse(
                f"There are {len(found)} songs called {title!r} in the list for {emotion}.",
                remedy=f"Say whose: {', '.join(song.artist for song in found)}.",
            )
        near = get_close_matches(plain(title), [song.key.title for song in songs], n=1)
        meant = [f"{song.title!r} by {song.artist}" for song in songs if song.key.title in near]
        raise NotFound(
            f"There is no {title!r}{f' by {artist}' if artist else ''} "
            f"in the list for {emotion_called(emotion)}.",
            remedy=f"Did you mean {meant[0]}?"
            if meant
            else f"See what is there with `affetto lists show {emotion_called(emotion)}`.",
        )

    def take(self, sheet: Sheet, *, replace: bool = False) -> Taken:
        """Take a sheet in: its songs are added or win, its removed names go.

        With ``replace`` each list the sheet speaks of holds exactly its songs afterwards.
        Nothing is written unless every list concerned could be read.
        """
        emotions = {song.emotion for song in sheet.songs}
        emotions |= {name.emotion for name in sheet.removed}
        counted = Taken()
        ready: list[tuple[str, Sheet]] = []
        for emotion in EXPRESSIONS:
            if emotion not in emotions:
                continue
            before = {song.key: song for song in self.songs(emotion)}
            said = {song.key: song for song in sheet.songs if song.emotion == emotion}
            gone = {one.key for one in sheet.removed if one.emotion == emotion} - set(said)
            wanted = said if replace else {**before, **said}
            after = {key: song for key, song in wanted.items() if key not in gone}
            counted = _sum(counted, _difference(before, after, said))
            ordered = replace or bool(self._edits(emotion).order)
            ready.append((emotion, _edits_for(emotion, after, ordered=ordered)))
        for emotion, edits in ready:
            self._write(emotion, edits)
        return counted

    def _keep(
        self, emotion: str, after: dict[SongKey, CuratedSong], *, ordered: bool = False
    ) -> None:
        ordered = ordered or bool(self._edits(emotion).order)
        self._write(emotion, _edits_for(emotion, after, ordered=ordered))

    def _edits(self, emotion: str) -> Sheet:
        path = self.file(emotion)
        return read_sheet(path, emotion=emotion) if path.exists() else Sheet()

    def _write(self, emotion: str, edits: Sheet) -> None:
        path = self.file(emotion)
        text = write_sheet(edits, ".yaml", head=_head(path) or _HEAD.format(emotion))
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            raise AffettoError(
                f"The list {path} could not be written ({error.strerror or error}).",
                remedy="Free some space, or check who may write there; the list is as it was.",
            ) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def as_tracks(emotion: str, lists: Lists | None = None) -> list[Track]:
    """A list as seeds for taste: tracks with our judgement, which cannot be played."""
    songs = lists.songs(emotion) if lists else load(emotion_called(emotion))
    return [song.as_track() for song in songs]


def _merged(ours: Sequence[CuratedSong], edits: Sheet) -> tuple[CuratedSong, ...]:
    own = {song.key: song for song in edits.songs}
    gone = {name.key for name in edits.removed} - set(own)
    kept = [own.pop(song.key, song) for song in ours if song.key not in gone]
    kept += own.values()
    place = {name.key: number for number, name in enumerate(edits.order)}
    return tuple(sorted(kept, key=lambda song: place.get(song.key, len(place))))


def _edits_for(emotion: str, wanted: dict[SongKey, CuratedSong], *, ordered: bool = False) -> Sheet:
    """The edits that make our list the wanted one, ``ordered`` also in its order."""
    ours = {song.key: song for song in load(emotion)}
    songs = tuple(song for key, song in wanted.items() if ours.get(key) != song)
    removed = tuple(
        Removed(emotion, song.title, song.artist) for key, song in ours.items() if key not in wanted
    )
    edits = Sheet(songs, removed)
    if not ordered or [song.key for song in _merged(load(emotion), edits)] == list(wanted):
        return edits
    names = (Removed(emotion, song.title, song.artist) for song in wanted.values())
    return dataclasses.replace(edits, order=tuple(names))


def _difference(
    before: dict[SongKey, CuratedSong],
    after: dict[SongKey, CuratedSong],
    said: Iterable[SongKey],
) -> Taken:
    named = [key for key in said if key in after]
    return Taken(
        added=sum(key not in before for key in named),
        changed=sum(key in before and before[key] != after[key] for key in named),
        unchanged=sum(before.get(key) == after[key] for key in named),
        removed=sum(key not in after for key in before),
    )


def _sum(one: Taken, other: Taken) -> Taken:
    return Taken(
        one.added + other.added,
        one.changed + other.changed,
        one.unchanged + other.unchanged,
        one.removed + other.removed,
    )


def _head(path: Path) -> str:
    """The remarks at the top of a file, to be kept."""
    if not path.exists():
        return ""
    lines = []
    for line in path.read_text(encoding="utf-8-sig").splitlines(keepends=True):
        if line.strip() and not line.startswith("#"):
            break
        lines.append(line)
    return "".join(lines)
