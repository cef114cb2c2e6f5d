"""affetto lists show | add | remove | import | export: well-known songs for each emotion."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.cli.guiding import Guided

if TYPE_CHECKING:
    from affetto.music.curated import CuratedSong, Lists, SongKey, Taken
    from affetto.track import Track

app = typer.Typer(
    cls=Guided,
    help="Show and edit the lists of well-known songs.",
    epilog="Example: affetto lists show happy --links",
    no_args_is_help=True,
    add_completion=False,
)

_NOTHING: Final[Mapping[Any, Any]] = {}

Emotion = Annotated[
    str,
    typer.Argument(
        metavar="EMOTION", help="angry, disgust, fear, happy, sad, surprise or neutral."
    ),
]
Title = Annotated[str, typer.Argument(metavar="TITLE", help="Title of the song.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@app.command(short_help="Show a list of songs, and why each belongs.")
def show(
    emotion: Annotated[
        str | None,
        typer.Argument(metavar="EMOTION", help="Which list; left out, all seven are counted."),
    ] = None,
    service: Annotated[
        str | None,
        typer.Option(help="Service that links open in, such as spotify; see `song_service`."),
    ] = None,
    links: Annotated[
        bool, typer.Option("--links", help="Print the address that finds each song.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Most songs to show of a list; left out, all.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a list of songs, why each belongs, and which of them you own.

    Example: affetto lists show happy --links
    """
    from affetto.emotion import EXPRESSIONS
    from affetto.music.curated import emotion_called, service_called

    lists, preferred = _lists()
    service = service_called(service or preferred)
    named = [emotion_called(emotion)] if emotion else list(EXPRESSIONS)
    each = [lists.songs(name) for name in named]
    songs = [song for one in each for song in one]
    first = [song for one in each for song in one[:limit]]
    found = _owned(songs)
    if as_json:
        told = [as_record(song, found, service, own=lists.is_own(song)) for song in first]
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    if emotion is None:
        for line in _counts(songs, found):
            typer.echo(line)
        return
    for song in first:
        typer.echo(_named(song, _marks(song, found, own=lists.is_own(song))))
        if song.because:
            typer.echo(f"    {song.because}")
        if links:
            typer.echo(f"    {as_record(song, found, service)['link']}")
    if len(first) < len(songs):
        typer.echo(f"{len(first)} of {len(songs)} songs; --limit shows more.", err=True)


@app.command(short_help="Add a song to a list, or change what is said of it.")
def add(
    emotion: Emotion,
    title: Title,
    artist: Annotated[str, typer.Argument(metavar="ARTIST", help="Who sings or plays it.")],
    year: Annotated[int | None, typer.Option(help="Year of first release.")] = None,
    language: Annotated[str | None, typer.Option(help='Language, or "instrumental".')] = None,
    region: Annotated[str | None, typer.Option(help="Where the artist is from.")] = None,
    valence: Annotated[
        float | None,
        typer.Option(min=-1, max=1, help="Unpleasant -1 to pleasant 1; left out, the emotion's."),
    ] = None,
    arousal: Annotated[
        float | None,
        typer.Option(min=-1, max=1, help="Drowsy -1 to wide awake 1; left out, the emotion's."),
    ] = None,
    because: Annotated[str | None, typer.Option(help="Why it belongs, in one sentence.")] = None,
    explicit: Annotated[
        bool | None, typer.Option("--explicit/--clean", help="Whether its words are explicit.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add a song to a list, bring back one you removed, or change what is said of it.

    What is left out stays as the list has it.

    Example: affetto lists add happy "Walking on Sunshine" "Katrina and the Waves"
    """
    from affetto.music.curated.entries import song_of
    from affetto.music.curated.rows import Row

    lists, service = _lists()
    said = {
        "title": title,
        "artist": artist,
        "year": year,
        "language": language,
        "region": region,
        "valence": valence,
        "arousal": arousal,
        "because": because,
        "explicit": explicit,
    }
    words = {name: str(value) for name, value in said.items() if value is not None}
    song = song_of(Row("The song", words), "the command", emotion)
    if (known := lists.known(song)) is not None:
        told = {name: getattr(song, name) for name in words if name not in {"title", "artist"}}
        song = replace(known, **told)
    taken = lists.add(song)
    if as_json:
        record = as_record(song, _NOTHING, service, own=lists.is_own(song))
        typer.echo(json.dumps({**record, **asdict(taken)}, indent=2, ensure_ascii=False))
    else:
        done = "Added" if taken.added else "Changed" if taken.changed else "Already there:"
        typer.echo(f"{done} {_named(song)}.")


@app.command(short_help="Take a song out of a list.")
def remove(
    emotion: Emotion,
    title: Title,
    artist: Annotated[
        str, typer.Argument(metavar="ARTIST", help="Needed when several have that title.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Take a song out of a list; `affetto lists add` brings it back.

    Example: affetto lists remove happy "Happy"
    """
    lists, service = _lists()
    song = lists.remove(emotion, title, artist)
    if as_json:
        record = as_record(song, _NOTHING, service)
        typer.echo(json.dumps(record, indent=2, ensure_ascii=False))
    else:
        typer.echo(f"Removed {_named(song)}.")


@app.command("import", short_help="Take songs from a file into your lists.")
def take_in(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .yaml, .csv or .json file of songs.")
    ],
    emotion: Annotated[
        str | None, typer.Option(help="The list for songs of the file that name none.")
    ] = None,
    exactly: Annotated[
        bool,
        typer.Option("--replace", help="Make each list it speaks of exactly what the file says."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take songs from a file into your lists; where both have a song, the file wins.

    A file with a mistake in it is refused whole and the line is named.

    Example: affetto lists import my-songs.csv --emotion happy
    """
    from affetto.music.curated import read_sheet

    lists, _ = _lists()
    taken = lists.take(read_sheet(file, emotion=emotion), replace=exactly)
    if as_json:
        typer.echo(json.dumps(asdict(taken), indent=2))
    else:
        typer.echo(_as_words(taken))


@app.command(short_help="Write your lists to a file.")
def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to: a .yaml, .csv or .json file.")
    ],
    emotion: Annotated[str | None, typer.Option(help="Which list; left out, all seven.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write your lists to a file that `affetto lists import` reads again.

    Example: affetto lists export songs.csv
    """
    from affetto.cli.reading.saving import claim, whole
    from affetto.music.curated import ENDINGS, Sheet, write_sheet

    lists, _ = _lists()
    songs = lists.songs(emotion) if emotion else lists.all_songs()
    claim(file, "affetto lists export", ENDINGS, (), force)
    with whole(file) as part:
        part.write_text(
            write_sheet(Sheet(songs), file.suffix.casefold()), encoding="utf-8", newline=""
        )
    if as_json:
        typer.echo(json.dumps({"file": str(file), "songs": len(songs)}, indent=2))
    else:
        typer.echo(f"Wrote {len(songs)} songs to {file}.", err=True)


def as_record(
    song: CuratedSong, found: Mapping[SongKey, Track], service: str, *, own: bool = False
) -> dict[str, Any]:
    """What ``--json`` prints of one song."""
    from affetto.music.curated import link

    track = found.get(song.key)
    return {
        **asdict(song),
        "edited": own,
        "owned": track.uri if track else None,
        "service": service,
        "link": link(song.title, song.artist, service),
    }


def _lists() -> tuple[Lists, str]:
    """The listener's lists, and the service their links open in."""
    from affetto.music.curated import Lists
    from affetto.settings import load

    settings = load()
    return Lists(settings.lists_dir), settings.song_service


def _owned(songs: Sequence[CuratedSong]) -> dict[SongKey, Track]:
    """The songs that the scanned library holds."""
    from affetto.music.curated import owned
    from affetto.settings import load
    from affetto.store.tracks import TrackShelf
    from affetto.wiring import open_database

    database = open_database(load())
    try:
        return owned(TrackShelf(database).tracks(), songs)
    finally:
        database.close()


def _named(song: CuratedSong, marks: Sequence[str] = ()) -> str:
    parts = [song.title, song.artist]
    parts += [str(song.year)] if song.year is not None else []
    parts += [part for part in (song.language, song.region) if part]
    return " · ".join([*parts, *marks])


def _marks(song: CuratedSong, found: Mapping[SongKey, Track], *, own: bool) -> list[str]:
    told = {"yours": own, "explicit": song.explicit, "in your library": song.key in found}
    return [mark for mark, true in told.items() if true]


def _counts(songs: Sequence[CuratedSong], found: Mapping[SongKey, Track]) -> list[str]:
    from affetto.emotion import EXPRESSIONS

    lines = []
    for emotion in EXPRESSIONS:
        its = [song for song in songs if song.emotion == emotion]
        have = sum(song.key in found for song in its)
        owned = f", {have} in your library" if have else ""
        lines.append(f"{emotion:<9} {len(its)} songs{owned}")
    return lines


def _as_words(taken: Taken) -> str:
    told = {
        "added": taken.added,
        "changed": taken.changed,
        "unchanged": taken.unchanged,
        "removed": taken.removed,
    }
    return " · ".join(f"{count} {name}" for name, count in told.items())
