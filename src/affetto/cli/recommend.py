"""``affetto recommend``: name tracks that fit a feeling."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.errors import Misuse

if TYPE_CHECKING:
    from affetto.choice import Choice
    from affetto.emotion import Affect, EmotionReading
    from affetto.track import Track, TrackUri
    from affetto.wiring import House

_MOST_SONGS: Final = 2000  # of imported tables, nearest to one place
_WIDEST: Final = 40  # of a title or an artist in a table
_SILENT: Final = frozenset({"table", "list"})  # providers of names without sound

_NO_SOUND: Final = "no sound here"
_NAMES_ONLY: Final = (
    "There is nothing to play here, so these are songs of the tables you imported. "
    "For your own music: affetto library scan FOLDER; for songs with links, add --lists."
)
_NOTHING_HERE: Final = (
    "There is nothing to play here, so these are well-known songs to open elsewhere. "
    "For your own music: affetto library scan FOLDER"
)
_ONLY_DEMO: Final = (
    "These are pieces that Affetto composed itself. For well-known songs to open elsewhere, "
    "add --lists"
)
_PLAYLIST: Final = "Recommended by Affetto"
_OR_IMPORTED: Final = "; for songs of the tables you imported, add --imported."


def recommend(
    photo: Annotated[Path | None, typer.Option(help="Photo of a face to read.")] = None,
    mood: Annotated[
        str | None, typer.Option(help="A mood or expression: calm, happy, sad, angry, fear …")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="V,A", help="Place on the mood map, such as --at=0.5,-0.2."),
    ] = None,
    goal: Annotated[
        str | None,
        typer.Option(
            help="Where the music should lead: match, lift, calm, focus or sleep [match]."
        ),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Let the emotion map say where: mirror or regulate; see affetto policy show.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many tracks.")] = 5,
    seed: Annotated[
        int | None, typer.Option(help="Number that makes the answer the same each time.")
    ] = None,
    from_lists: Annotated[
        bool,
        typer.Option(
            "--lists", help="Suggest well-known songs, with links to open them elsewhere."
        ),
    ] = False,
    imported: Annotated[
        bool,
        typer.Option(
            "--imported", help="Name songs of imported tables too, which have no sound here."
        ),
    ] = False,
    five: Annotated[
        bool,
        typer.Option(
            "--five",
            help="The earlier systems' way: five songs of the mood by chance, you pick one, the "
            "rest of the mood is ranked by how alike it is.",
        ),
    ] = False,
    pick: Annotated[
        int | None,
        typer.Option(
            min=1, max=5, help="With --five and the --seed it told: which one; asked otherwise."
        ),
    ] = None,
    as_table: Annotated[
        bool,
        typer.Option(
            "--table",
            help="Print columns, the most popular first, and say of each whether it plays here; "
            "songs of imported tables are among them.",
        ),
    ] = False,
    playlist: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Save them too, as a playlist: .m3u8, .xspf or .jspf."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a playlist that is there.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Name tracks that fit a feeling and play here: your own music, or the demo's.

    Songs of imported tables have no sound here: --imported and --table name them too, marked
    as such. Where there is nothing to play, well-known songs are suggested, with links.

    Example: affetto recommend --mood sad --goal lift
    """
    from affetto.cli.feelings import feeling
    from affetto.cli.playlist import check, keep
    from affetto.cli.policy import by_policy
    from affetto.listening import once
    from affetto.settings import load

    if playlist is not None:
        check(playlist, force=force)
    if as_table and as_json:
        raise Misuse("A table cannot be JSON.", remedy="Use one of --table and --json.")
    if from_lists and imported:
        raise Misuse(
            "Songs come from the lists or from imported tables, not from both.",
            remedy="Use one of --lists and --imported.",
        )
    felt = feeling(photo, mood, at)
    if felt is None:
        raise Misuse("No feeling was given.", remedy="Say one with --mood, --at or --photo.")
    if five or pick is not None:
        if not five or as_table or from_lists or (goal, policy, playlist) != (None, None, None):
            raise Misuse(
                "--five draws, asks and ranks by itself, and --pick belongs to it.",
                remedy="Use --five with a feeling, --seed, --pick, --imported and --json alone.",
            )
        from affetto.cli.five import five_songs

        own, songs = _tracks([_place(felt)], with_songs=imported)
        five_songs(
            [*own, *songs] if imported or not own else own, felt, pick, seed, as_json=as_json
        )
        return
    if goal is not None and policy is not None:
        raise Misuse(
            "A goal and a policy both say where to.", remedy="Use one of --goal and --policy."
        )
    aim = once.aim_called(goal or "match") if policy is None else by_policy(policy, felt)
    places = once.aims(felt, goal=aim, limit=limit)
    silent_too = imported or as_table
    own, songs = _tracks(places[-1:] if as_table else places, with_songs=silent_too)
    tracks = [*own, *songs] if silent_too or not own else own
    if from_lists or not tracks:
        from affetto.cli.suggesting import show, suggest

        if not from_lists:
            typer.echo(_NOTHING_HERE, err=True)
        suggested = suggest(felt, mood, goal=aim, limit=limit, seed=seed, tracks=own)
        show(suggested, as_table=as_table, as_json=as_json)
        if playlist is not None:
            keep(playlist, _PLAYLIST, [one.owned or one.choice.track for one in suggested], load())
        return
    if as_table:
        choices = once.most_popular(felt, goal=aim, tracks=tracks, limit=limit)
    else:
        choices = once.recommend(felt, goal=aim, tracks=tracks, limit=limit, seed=seed)
    if as_json:
        typer.echo(json.dumps([as_record(choice) for choice in choices], indent=2))
    elif as_table:
        for line in table(choices):
            typer.echo(line)
    else:
        for number, choice in enumerate(choices, 1):
            typer.echo(f"{number}. {named(choice.track)}: {choice.because}")
        if all(track.provider == "demo" for track in tracks):
            typer.echo(_ONLY_DEMO + (_OR_IMPORTED if songs else "."), err=True)
    if not own:
        typer.echo(_NAMES_ONLY, err=True)
    if playlist is not None:
        keep(playlist, _PLAYLIST, [choice.track for choice in choices], load())


def _place(felt: Affect | EmotionReading) -> Affect:
    from affetto.emotion import Affect

    return Affect(felt.valence, felt.arousal)


def _tracks(
    places: Sequence[Affect | None], *, with_songs: bool
) -> tuple[list[Track], list[Track]]:
    """All there is to play, and the imported songs that lie nearest to the places.

    When they are not wanted and there is something to play, one song stands for all.
    """
    import asyncio

    from affetto.settings import load
    from affetto.wiring import open_house

    async def gathered(house: House) -> tuple[list[Track], list[Track]]:
        own = list(await house.tracks())
        songs: dict[TrackUri, Track] = {}
        most = _MOST_SONGS if with_songs or not own else 1
        for place in places:
            found = await house.songs(near=place, limit=most)
            songs.update((song.uri, song) for song in found)
        return _by_plays(own, house.history.plays(house.listener)), list(songs.values())

    with open_house(load()) as house:
        return asyncio.run(gathered(house))


def _by_plays(tracks: Sequence[Track], plays: Mapping[str, int]) -> list[Track]:
    """Tracks of which no table knows a popularity get that of the listener's own plays.

    100 is the track that was put on most; one that never was stays unknown.
    """
    from dataclasses import replace

    most = max(plays.values(), default=0)
    return [
        replace(track, popularity=max(1, round(100 * plays[track.uri] / most)))
        if track.popularity is None and track.uri in plays
        else track
        for track in tracks
    ]


def as_record(choice: Choice) -> dict[str, Any]:
    """What ``--json`` prints of one choice."""
    from affetto.emotion import mood_of

    track, features = choice.track, choice.track.features
    return {
        "uri": track.uri,
        "title": track.title,
        "artist": track.artist,
        "mood": mood_of(features) if features else None,
        "valence": round(features.valence, 4) if features else None,
        "arousal": round(features.arousal, 4) if features else None,
        "target": {
            "valence": round(choice.target.valence, 4),
            "arousal": round(choice.target.arousal, 4),
        },
        "popularity": track.popularity,
        "playable": _plays_here(track),
        "because": choice.because,
    }


def table(choices: Sequence[Choice]) -> list[str]:
    """Columns name, artist, mood, popularity and whether it plays here, as wide as needed."""
    from affetto.emotion import mood_word

    rows = [("name", "artist", "mood", "popularity", "plays here")]
    for choice in choices:
        track = choice.track
        rows.append(
            (
                _cut(track.title),
                _cut(track.artist),
                mood_word(track.features) if track.features else "?",
                "?" if track.popularity is None else str(track.popularity),
                "yes" if _plays_here(track) else "no",
            )
        )
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    return [
        "  ".join(
            [
                *(
                    cell + " " * (width - _width(cell))
                    for cell, width in zip(row, widths, strict=False)
                ),
                row[3].rjust(len(rows[0][3])),
                row[4],
            ]
        )
        for row in rows
    ]


def _cut(text: str) -> str:
    from rich.cells import set_cell_size

    fits = _width(text) <= _WIDEST
    return text if fits else set_cell_size(text, _WIDEST - 1).rstrip() + "…"


def _width(text: str) -> int:
    """Columns of the terminal: a Chinese sign takes two."""
    from rich.cells import cell_len

    return cell_len(text)


def named(track: Track) -> str:
    """A track's title and artist, and whether there is no sound of it."""
    told = (track.title, track.artist, "" if _plays_here(track) else _NO_SOUND)
    return " · ".join(part for part in told if part)


def _plays_here(track: Track) -> bool:
    """Whether there is a sound of it: songs of tables and lists are known by name alone."""
    return track.provider not in _SILENT
