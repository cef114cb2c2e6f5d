"""A listening history from elsewhere: read, and matched with the tracks that are here.

ListenBrainz exports its listens as JSON, one list or one listen a line (also inside
``{"payload": {"listens": …}}``, as its API gives them). Of Last.fm there are two kinds of
CSV: with a header that names ``artist`` and ``track``, or without one as artist, album,
track, date and time. A line that cannot be read is named and passed over, so another
table holds no play at all.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate
from typing import Any, Final

from affetto.errors import Misuse
from affetto.listening.learning import Learning
from affetto.music.tables.values import same_name, song_name
from affetto.track import Track, TrackUri

MOST_BYTES: Final = 50_000_000  # of one file: some 200,000 plays
MOST_NAMED: Final = 20  # bad lines that are told one by one
LONGEST: Final = 1000  # characters of a name


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be read, and why."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class Plays:
    """How often each song was played, by artist and title."""

    counts: Mapping[tuple[str, str], int]
    bad: int
    bad_lines: tuple[BadLine, ...]  # the first of them
    digest: str  # tells the same file again

    @property
    def total(self) -> int:
        """All plays that could be read."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Matched:
    """The plays of tracks that are here."""

    plays: int
    tracks: Mapping[TrackUri, int]
    artists: int


def read_plays(data: bytes) -> Plays:
    """The plays in a file. Raises Misuse when it is too large or holds none at all."""
    if len(data) > MOST_BYTES:
        raise Misuse(
            f"The history is larger than {MOST_BYTES // 1_000_000} MB.",
            remedy="Split it, and import the parts one after the other.",
        )
    text = data.decode("utf-8-sig", errors="replace")
    listens = _of_json(text) if text.lstrip()[:1] in ("[", "{") else _of_csv(text)
    counts: Counter[tuple[str, str]] = Counter()
    bad: list[BadLine] = []
    wrong = 0
    for line, song in listens:
        if isinstance(song, str):
            wrong += 1
            if len(bad) < MOST_NAMED:
                bad.append(BadLine(line, song))
        else:
            counts[song] += 1
    if not counts:
        raise Misuse(
            "There is no play in this file that could be read."
            + (f" Line {bad[0].line}: {bad[0].problem}" if bad else ""),
            remedy="Give the JSON that ListenBrainz exports, or the CSV of a Last.fm export: with "
            "a header that names artist and track, or with artist, album, track and date (such "
            "as 01 Jan 2024 10:00) on each line.",
        )
    return Plays(counts, wrong, tuple(bad), hashlib.sha256(data).hexdigest()[:16])


def match(plays: Plays, tracks: Sequence[Track]) -> Matched:
    """Which of these tracks were played, by artist and title but for case and signs.

    Failing that, titles are alike without what only a release adds ("Remastered 2011").
    """
    exact: dict[tuple[str, str], int] = {}
    loose: dict[tuple[str, str], int] = {}
    for (artist, title), count in plays.counts.items():
        name = same_name(artist)
        for found, called in ((exact, same_name(title)), (loose, song_name(title))):
            found[name, called] = found.get((name, called), 0) + count
    known: dict[TrackUri, int] = {}
    songs: dict[tuple[str, str], int] = {}  # recordings of one song share its plays
    for track in tracks:
        artist = same_name(track.artist)
        count = exact.get((artist, same_name(track.title)), 0)
        count = count or loose.get((artist, song_name(track.title)), 0)
        if artist and count:
            known[track.uri] = count
            songs[artist, song_name(track.title)] = count
    return Matched(sum(songs.values()), known, len({artist for artist, _ in songs}))


def take_in(learning: Learning, plays: Plays, matched: Matched, tracks: Iterable[Track]) -> None:
    """Let what was played elsewhere speak for it, weakly. Raises Misuse the second time."""
    if plays.digest in learning.imports:
        raise Misuse(
            "This history was imported before.", remedy="Import a newer one, or let it be."
        )
    learning.imports[plays.digest] = matched.plays
    for track in tracks:
        if track.uri in matched.tracks:
            learning.listener.taste.recall(track, matched.tracks[track.uri])


def _of_json(text: str) -> Iterator[tuple[int, tuple[str, str] | str]]:
    """Each listen with its line, or its number in one list."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                try:
                    yield number, _listen(json.loads(line))
                except (ValueError, RecursionError):
                    yield number, "It is no JSON."
        return
    if isinstance(whole, dict) and isinstance(whole.get("payload"), dict):
        whole = whole["payload"].get("listens", [])
    listens = whole if isinstance(whole, list) else [whole]
    for number, listen in enumerate(listens, start=1):
        yield number, _listen(listen)


def _listen(told: Any) -> tuple[str, str] | str:
    about = told.get("track_metadata", told) if isinstance(told, dict) else None
    if not isinstance(about, dict):
        return "It is no listen."
    return _song(about.get("artist_name"), about.get("track_name"))


def _of_csv(text: str) -> Iterator[tuple[int, tuple[str, str] | str]]:
    rows = csv.reader(io.StringIO(text))
    columns, named = (0, 2), False
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            names = [cell.strip().casefold() for cell in row]
            if rows.line_num == 1 and "artist" in names and "track" in names:
                columns, named = (names.index("artist"), names.index("track")), True
                continue
            if not named and not (len(row) == 4 and _is_moment(row[3])):
                yield rows.line_num, "It is not artist, album, track and date."
                continue
            if len(row) <= max(columns):
                yield rows.line_num, f"It has {len(row)} of the {max(columns) + 1} columns needed."
                continue
            yield rows.line_num, _song(row[columns[0]], row[columns[1]])
    except csv.Error as error:
        yield rows.line_num, f"It is no CSV ({error})."


def _is_moment(text: str) -> bool:
    """Whether it tells a day and a time: ``01 Jan 2024 10:00`` or ``2024-01-01 10:00``."""
    if ":" not in text:  # the day alone is when a song came out, not when it was played
        return False
    try:
        told = parsedate(text.replace(",", " "))
        return told is not None or bool(datetime.fromisoformat(text.strip()))
    except (ValueError, TypeError, IndexError):
        return False


def _song(artist: object, title: object) -> tuple[str, str] | str:
    if not (isinstance(artist, str) and artist.strip()):
        return "It names no artist."
    if not (isinstance(title, str) and title.strip()):
        return "It names no track."
    if len(artist) > LONGEST or len(title) > LONGEST:
        return f"A name is longer than {LONGEST} characters."
    return artist.strip(), title.strip()
