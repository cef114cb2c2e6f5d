"""The shelf of scanned music: what each file is, how it sounds, or why it is unreadable.

These rows are no one's in particular: they say what lies on the disk, not who heard it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote_from_bytes, unquote_to_bytes

from sqlalchemy import ColumnElement, Row, delete, insert, select, update
from sqlalchemy.orm import Session

from affetto.store.database import Database
from affetto.store.tables import RevisionRow, TrackRow
from affetto.track import Track, TrackFeatures, TrackUri

_REVISION: Final = "tracks"
UNCOMPARED: Final = "?"  # in place of a song, until the recording was compared with others
_LOSSLESS: Final = (".flac", ".wav", ".aif", ".aiff")
_LOT: Final = 500  # names in one statement; SQLite's old limit is 999
# A database keeps Unicode; a file name on Linux need not be any. Such a path is kept
# percent-encoded behind this, which no absolute path begins with.
_BYTES: Final = "file-bytes:"


@dataclass(frozen=True, slots=True)
class ShelvedFile:
    """One scanned file: a track, or the reason why there is none."""

    uri: TrackUri
    path: str  # absolute
    stamp: tuple[int, int]  # mtime_ns, size
    track: Track | None
    problem: str | None = None
    remedy: str | None = None
    heard_with: str = ""  # which analysis listened
    sound_print: str = ""  # tells the recording again; "" where nothing does


@dataclass(frozen=True, slots=True)
class ShelvedPrint:
    """What tells whether two files hold the same recording."""

    uri: TrackUri
    title: str
    artist: str
    duration_s: float
    sound_print: str
    song: str | None  # None before it was compared with the others


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be listened to."""

    path: str  # absolute
    problem: str
    remedy: str


class TrackShelf:
    """The scanned tracks in one database. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self, files: Sequence[ShelvedFile], gone: Sequence[str] = (), *, now: datetime
    ) -> None:
        """Put these files on the shelf and take the ``gone`` paths off: all or nothing.

        Raises StoreTrouble when the disk is full or the database cannot be written;
        what was saved before stays.
        """
        if not files and not gone:
            return
        latest = {file.uri: file for file in files}  # the last word on a file counts
        with self._database.session() as session:
            for uris in in_lots(latest):
                session.execute(delete(TrackRow).where(TrackRow.uri.in_(uris)))
            for paths in in_lots(_as_kept(path) for path in gone):
                session.execute(delete(TrackRow).where(TrackRow.path.in_(paths)))
            if latest:
                session.execute(insert(TrackRow), [_row(file, now) for file in latest.values()])
            turn_the_page(session)

    def restamp(self, path: str, known: tuple[int, int], stamp: tuple[int, int]) -> None:
        """Take the file at ``path``, kept with the stamp ``known``, for heard with ``stamp``.

        For changes that leave the sound as it is; a file kept with another stamp has to
        be heard again all the same.
        """
        with self._database.session() as session:
            session.execute(
                update(TrackRow)
                .where(TrackRow.path == _as_kept(path))
                .where(TrackRow.mtime_ns == known[0], TrackRow.size == known[1])
                .values(mtime_ns=stamp[0], size=stamp[1])
            )

    def stamps(self, root: Path) -> dict[str, tuple[int, int]]:
        """The stamp of each file known below ``root`` (absolute), by absolute path."""
        with self._database.reading() as session:
            rows = session.execute(select(TrackRow.path, TrackRow.mtime_ns, TrackRow.size))
            known = ((_as_named(path), (mtime, size)) for path, mtime, size in rows if path)
            return {path: stamp for path, stamp in known if _is_below(path, root)}

    def heard_otherwise(self, root: Path, heard_with: str) -> set[str]:
        """The files below ``root`` (absolute) that another analysis listened to."""
        with self._database.reading() as session:
            rows = session.execute(select(TrackRow.path).where(TrackRow.heard_with != heard_with))
            named = (_as_named(path) for (path,) in rows if path)
            return {path for path in named if _is_below(path, root)}

    def tracks(self) -> list[Track]:
        """Every track that could be listened to, in the order of the folders.

        Of the files of one song the better one comes first: lossless before others, then
        the larger.
        """
        tracks: list[Track] = []
        copies = defaultdict(list)
        of_file = [TrackRow.__table__.c.path, TrackRow.__table__.c.size]
        with self._database.reading() as session:
            rows = session.execute(
                select(*track_columns(), *of_file)
                .where(TrackRow.problem.is_(None), TrackRow.path.is_not(None))
                .order_by(TrackRow.path)
            )
            for place, row in enumerate(rows):
                track = track_of(row)
                tracks.append(track)
                if track.song:
                    copies[track.song].append((not _is_lossless(row.path), -row.size, place))
        for of_song in copies.values():
            better_first = [tracks[place] for _, _, place in sorted(of_song)]
            for (_, _, place), track in zip(of_song, better_first, strict=True):
                tracks[place] = track
        return tracks

    def has_uncompared(self) -> bool:
        """Whether there are recordings that were not compared with the others yet."""
        with self._database.reading() as session:
            waiting = select(TrackRow.uri).where(TrackRow.song == UNCOMPARED).limit(1)
            return session.scalar(waiting) is not None

    def prints(self) -> Iterator[ShelvedPrint]:
        """What tells recordings apart, in the order of their length, a few at a time."""
        columns = (
            TrackRow.uri, TrackRow.title, TrackRow.artist, TrackRow.duration_s,
            TrackRow.sound_print, TrackRow.song,
        )  # fmt: skip
        with self._database.reading() as session:
            rows = session.execute(
                select(*columns)
                .where(TrackRow.sound_print != "")
                .order_by(TrackRow.duration_s, TrackRow.uri)
                .execution_options(yield_per=_LOT)
            )
            for uri, title, artist, duration_s, sound_print, song in rows:
                known = None if song == UNCOMPARED else song
                yield ShelvedPrint(TrackUri(uri), title, artist, duration_s, sound_print, known)

    def name_songs(
        self, songs: Mapping[str, str], renamed: Mapping[str, str], *, compared: Iterable[str]
    ) -> None:
        """Keep which song each recording is, by URI, and which URIs were ``compared``.

        ``renamed`` songs, old to new, turned out to be one with another. Recordings that
        came onto the shelf meanwhile go on waiting.
        """
        with self._database.session() as session:
            for old, new in renamed.items():
                session.execute(update(TrackRow).where(TrackRow.song == old).values(song=new))
            for uri, song in songs.items():
                session.execute(update(TrackRow).where(TrackRow.uri == uri).values(song=song))
            for uris in in_lots(compared):
                session.execute(
                    update(TrackRow)
                    .where(TrackRow.uri.in_(uris), TrackRow.song == UNCOMPARED)
                    .values(song="")
                )
            if songs or renamed:
                turn_the_page(session)

    def paths(self) -> dict[TrackUri, Path]:
        """Where the file of each track lies."""
        with self._database.reading() as session:
            rows = session.execute(
                select(TrackRow.uri, TrackRow.path).where(TrackRow.problem.is_(None))
            )
            return {TrackUri(uri): Path(_as_named(path)) for uri, path in rows if path}

    def failures(self, root: Path | None = None) -> list[Unreadable]:
        """Every file (below ``root``, absolute) that could not be listened to, and why."""
        with self._database.reading() as session:
            rows = session.execute(
                select(TrackRow.path, TrackRow.problem, TrackRow.remedy)
                .where(TrackRow.problem.is_not(None), TrackRow.path.is_not(None))
                .order_by(TrackRow.path)
            )
            every = [
                Unreadable(_as_named(path or ""), problem or "", remedy or "")
                for path, problem, remedy in rows
            ]
        return [one for one in every if root is None or _is_below(one.path, root)]

    def version(self) -> int:
        """A number that grows with every change, also one made by another process."""
        with self._database.reading() as session:
            number = session.scalar(select(RevisionRow.number).where(RevisionRow.name == _REVISION))
            return number or 0


_TRACK: Final = frozenset(
    {
        "uri", "title", "artist", "album", "genre", "year", "duration_s", "valence", "arousal",
        "valence_sd", "arousal_sd", "tempo_bpm", "key", "loudness_db", "brightness_hz",
        "energy", "vocal", "sources", "popularity", "song",
    }
)  # fmt: skip


def turn_the_page(session: Session) -> None:
    """Let everybody who looks know that the shelf has changed."""
    turned = session.execute(
        update(RevisionRow)
        .where(RevisionRow.name == _REVISION)
        .values(number=RevisionRow.number + 1)
        .returning(RevisionRow.number)
    )
    if turned.scalar_one_or_none() is None:
        session.add(RevisionRow(name=_REVISION, number=1))


def _row(file: ShelvedFile, now: datetime) -> dict[str, Any]:
    return {
        **row_of(file.track or Track(file.uri, "")),
        "path": _as_kept(file.path),
        "mtime_ns": file.stamp[0],
        "size": file.stamp[1],
        "problem": file.problem,
        "remedy": file.remedy,
        "heard_with": file.heard_with,
        "sound_print": file.sound_print,
        **({"song": UNCOMPARED} if file.sound_print else {}),
        "scanned_at": now,
    }


def row_of(track: Track) -> dict[str, Any]:
    """The columns that tell a track, by name; ``track_of`` reads them back."""
    heard = track.features
    return {
        "uri": track.uri,
        "provider": track.provider,
        "title": track.title,
        "artist": track.artist,
        "album": track.album,
        "genre": track.genre,
        "year": track.year,
        "duration_s": track.duration_s,
        "valence": heard and heard.valence,
        "arousal": heard and heard.arousal,
        "valence_sd": heard and heard.valence_sd,
        "arousal_sd": heard and heard.arousal_sd,
        "tempo_bpm": heard and heard.tempo_bpm,
        "key": heard and heard.key,
        "loudness_db": heard and heard.loudness_db,
        "brightness_hz": heard and heard.brightness_hz,
        "energy": heard and heard.energy,
        "vocal": heard and heard.vocal,
        "sources": ",".join(heard.sources) if heard else "",
        "popularity": track.popularity,
        "song": track.song,
    }


def track_columns() -> list[ColumnElement[Any]]:
    """What ``track_of`` needs of a row."""
    return [column for column in TrackRow.__table__.columns if column.name in _TRACK]


def track_of(row: Row[Any]) -> Track:
    """The track that a row tells of."""
    features = None
    if row.valence is not None and row.arousal is not None:
        features = TrackFeatures(
            valence=row.valence,
            arousal=row.arousal,
            valence_sd=row.valence_sd,
            arousal_sd=row.arousal_sd,
            tempo_bpm=row.tempo_bpm,
            key=row.key,
            loudness_db=row.loudness_db,
            brightness_hz=row.brightness_hz,
            energy=row.energy,
            vocal=row.vocal,
            sources=tuple(row.sources.split(",")) if row.sources else ("sound",),
        )
    return Track(
        uri=TrackUri(row.uri),
        title=row.title,
        artist=row.artist,
        album=row.album,
        genre=row.genre,
        year=row.year,
        duration_s=row.duration_s,
        features=features,
        popularity=row.popularity,
        song="" if row.song == UNCOMPARED else row.song,
    )


def _is_lossless(path: str | None) -> bool:
    return (path or "").lower().endswith(_LOSSLESS)


def _is_below(path: str, root: Path) -> bool:
    return path.startswith(str(root).rstrip("/\\") + os.sep)


def in_lots(values: Iterable[str]) -> Iterator[list[str]]:
    """The values in lists short enough for one statement."""
    left = iter(values)
    while lot := list(islice(left, _LOT)):
        yield lot


def _as_kept(path: str) -> str:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return _BYTES + quote_from_bytes(os.fsencode(path))
    return path


def _as_named(kept: str) -> str:
    if kept.startswith(_BYTES):
        return os.fsdecode(unquote_to_bytes(kept.removeprefix(_BYTES)))
    return kept
