"""``affetto recommend``: name tracks that fit a feeling."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.errors import Misuse

if TYPE_CHECKING:
    from affetto.choice import Choice
    from affetto.track import Track

_NOTHING_HERE: Final = (
    "There is nothing to play here, so these are well-known songs to open elsewhere. "
    "For your own music: affetto library scan FOLDER"
)
_ONLY_DEMO: Final = (
    "These are pieces that Affetto composed itself. For well-known songs to open elsewhere, "
    "add --lists."
)


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
        str, typer.Option(help="Where the music should lead: match, lift, calm or focus.")
    ] = "match",
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
    as_table: Annotated[bool, typer.Option("--table", help="Print a table.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Name tracks that fit a feeling, from the demo music and your scanned library.

    Where there is nothing to play, well-known songs are suggested, with links.

    Example: affetto recommend --mood sad --goal lift
    """
    from affetto.cli.feelings import feeling
    from affetto.listening import once

    if as_table and as_json:
        raise Misuse("A table cannot be JSON.", remedy="Use one of --table and --json.")
    felt = feeling(photo, mood, at)
    if felt is None:
        raise Misuse("No feeling was given.", remedy="Say one with --mood, --at or --photo.")
    tracks = _tracks()
    if from_lists or not tracks:
        from affetto.cli.suggesting import show, suggest

        if not from_lists:
            typer.echo(_NOTHING_HERE, err=True)
        suggested = suggest(felt, mood, goal=goal, limit=limit, seed=seed, tracks=tracks)
        show(suggested, as_table=as_table, as_json=as_json)
        return
    choices = once.recommend(felt, goal=goal, tracks=tracks, limit=limit, seed=seed)
    if as_json:
        typer.echo(json.dumps([as_record(choice) for choice in choices], indent=2))
    elif as_table:
        for line in table(choices):
            typer.echo(line)
    else:
        for number, choice in enumerate(choices, 1):
            typer.echo(f"{number}. {_named(choice.track)}: {choice.because}")
        if all(track.provider == "demo" for track in tracks):
            typer.echo(_ONLY_DEMO, err=True)


def _tracks() -> Sequence[Track]:
    import asyncio

    from affetto.settings import load
    from affetto.wiring import open_house

    with open_house(load()) as house:
        return asyncio.run(house.tracks())


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
        "because": choice.because,
    }


def table(choices: Sequence[Choice]) -> list[str]:
    """Columns name, artist, mood and why, as wide as they need to be."""
    rows = [("name", "artist", "mood", "why")]
    for choice in choices:
        record = as_record(choice)
        rows.append(
            (choice.track.title, choice.track.artist, record["mood"] or "?", choice.because)
        )
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    ]


def _named(track: Track) -> str:
    return f"{track.title} · {track.artist}" if track.artist else track.title
