"""Lists of songs as files: YAML to edit by hand, CSV for a spreadsheet, JSON for programs.

A sheet is read whole or refused whole; what is wrong is named with its line. All three
forms hold the same songs; YAML and JSON also the names a listener removed from ours, and
the order they put a list into.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from affetto.music.curated.entries import Removed, removed_of, song_of
from affetto.music.curated.rows import COLUMNS, BadSheet, bad, csv_rows, json_rows, yaml_rows
from affetto.music.curated.song import CuratedSong, SongKey, emotion_called

ENDINGS: Final = (".yaml", ".yml", ".csv", ".json")
MOST_BYTES: Final = 8_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says."""

    songs: tuple[CuratedSong, ...] = ()
    removed: tuple[Removed, ...] = ()
    order: tuple[Removed, ...] = ()  # of a listener's own: every name of the list; () = ours


def read_sheet(path: Path, *, emotion: str | None = None) -> Sheet:
    """Read a file by its ending; ``emotion`` is for songs that name none.

    Raises BadSheet when anything in it is wrong.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise BadSheet(
            f"The list {path.name} cannot be read ({error.strerror or error}).",
            remedy="Check the name, and that you may read the file.",
        ) from error
    if size > MOST_BYTES:
        raise BadSheet(
            f"The list {path.name} is larger than {MOST_BYTES // 1_000_000} MB.",
            remedy="Split it into smaller files.",
        )
    return read_sheet_of(data, path.name, emotion=emotion)


def read_sheet_of(data: bytes, name: str, *, emotion: str | None = None) -> Sheet:
    """What the bytes of a file called ``name`` say, as ``read_sheet``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadSheet(
            f"Line {line} of {name} is not UTF-8 text.",
            remedy="Save the file as UTF-8, then try again; nothing was changed.",
        ) from error
    return parse_sheet(text, name, emotion=emotion)


def parse_sheet(text: str, name: str, *, emotion: str | None = None) -> Sheet:
    """What ``text`` says, in the form that the ending of ``name`` tells. Raises BadSheet."""
    ending = Path(name).suffix.casefold()
    if ending not in ENDINGS:
        raise BadSheet(
            f"{name} is no list of songs we can read.",
            remedy=f"Give a file that ends in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.",
        )
    rows = {".csv": csv_rows, ".json": json_rows}.get(ending, yaml_rows)(text, name)
    given = emotion_called(emotion) if emotion else ""
    first: dict[tuple[str, SongKey], str] = {}
    songs = []
    for row in rows.songs:
        song = song_of(row, name, given or rows.emotion)
        before = first.setdefault((song.emotion, song.key), row.where)
        if before != row.where:
            raise bad(row.where, name, f"{song.title!r} stands there twice, first at "
                       f"{before.lower()}", "Remove one of the two")  # fmt: skip
        songs.append(song)
    removed = [removed_of(row, name, given or rows.emotion) for row in rows.removed]
    order = [removed_of(row, name, given or rows.emotion) for row in rows.order]
    return Sheet(tuple(songs), tuple(removed), tuple(order))


def write_sheet(sheet: Sheet, ending: str, *, head: str = "") -> str:
    """The sheet as text for a file with this ending. ``head`` is a comment, YAML only."""
    if ending == ".csv":
        memory = io.StringIO()
        writer = csv.DictWriter(memory, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_entry(song) for song in sheet.songs)
        return memory.getvalue()
    emotions = {song.emotion for song in sheet.songs}
    emotions |= {name.emotion for name in (*sheet.removed, *sheet.order)}
    data: dict[str, Any] = {}
    if len(emotions) == 1:
        (data["emotion"],) = emotions
    named = len(emotions) != 1
    data["songs"] = [_entry(song, named=named) for song in sheet.songs]
    for part, names in (("removed", sheet.removed), ("order", sheet.order)):
        if names:
            data[part] = [
                ({"emotion": one.emotion} if named else {})
                | {"title": one.title, "artist": one.artist}
                for one in names
            ]
    if ending == ".json":
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    import yaml

    told: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=96)
    return f"{head}{told}"


def _entry(song: CuratedSong, *, named: bool = True) -> dict[str, Any]:
    """The song by column, without what is not said."""
    values = {name: getattr(song, name) for name in COLUMNS}
    if not named:
        del values["emotion"]
    return {
        name: value
        for name, value in values.items()
        if value is not False and value not in (None, "")
    }
