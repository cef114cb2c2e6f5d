"""``affetto library show``: the scanned music, and the files that could not be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.cli.shelf import files, open_shelf, reasons, troubles

if TYPE_CHECKING:
    from affetto.track import Track

_WIDE: Final = 100  # columns of a terminal that has room for tempo, key and sources too
_NARROW: Final = 5  # columns of the table where it has not


def show(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="Words of the title, artist or album."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most tracks to show.")] = 50,
    only_failed: Annotated[
        bool, typer.Option("--failed", help="Show the files that could not be read, and why.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Show the scanned music and how it sounds.

    Example: affetto library show nina simone --limit 10
    """
    if only_failed:
        _show_failed(words or [], limit, as_json=as_json)
        return
    import asyncio

    from affetto.music.local import LocalLibrary

    with open_shelf() as shelf:
        tracks = shelf.tracks()
        found = asyncio.run(
            LocalLibrary({}, tracks).search(" ".join(words or []), limit=len(tracks))
        )
        paths = shelf.paths() if as_json else {}
    shown_tracks = found[:limit]
    if as_json:
        entries = [_as_data(track, str(paths[track.uri])) for track in shown_tracks]
        typer.echo(json.dumps(entries, indent=2))
        return
    if shown_tracks:
        _print_table(shown_tracks)
    if not tracks:
        typer.echo("Nothing was scanned yet. Start with: affetto library scan FOLDER", err=True)
    elif len(found) > limit:
        typer.echo(f"{limit} of {len(found)} tracks; --limit shows more.", err=True)
    elif not found:
        typer.echo("No track holds all of these words. Try fewer of them.", err=True)


def _show_failed(words: Sequence[str], limit: int, *, as_json: bool) -> None:
    """The files that could not be read and whose path holds all ``words``."""
    with open_shelf() as shelf:
        failures = shelf.failures()
    found = [
        one for one in failures if all(word.casefold() in one.path.casefold() for word in words)
    ]
    if as_json:
        typer.echo(json.dumps(troubles(found[:limit]), indent=2))
        return
    for line in reasons(found[:limit]):
        typer.echo(line)
    if not failures:
        typer.echo("Every file that was scanned could be read.", err=True)
    elif len(found) > limit:
        typer.echo(f"{limit} of {files(len(found))}; --limit shows more.", err=True)
    elif not found:
        typer.echo("No path among them holds all of these words. Try fewer of them.", err=True)


def _as_data(track: Track, path: str) -> dict[str, Any]:
    from dataclasses import asdict

    from affetto.emotion import mood_of
    from affetto.music.tags import as_text

    entry = asdict(track)
    features = entry.pop("features") or {}
    mood = mood_of(track.features) if track.features else None
    return {**entry, "path": as_text(path), "mood": mood, **features}


def _print_table(tracks: Sequence[Track]) -> None:
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        console.width = 140  # a pipe has no width; 80 would cut every title
    wide = console.width >= _WIDE
    rows = [_cells(track) for track in tracks]
    names = ["Title", "Artist", "Mood", "Valence", "Arousal", "Tempo", "Key", "From"]
    if not wide:
        rows, names = [row[:_NARROW] for row in rows], names[:_NARROW]
    # What is left of the line is for title and artist; a long name gives way, never a number.
    longest = [max(cell_len(row[k]) for row in (names, *rows)) for k in range(len(names))]
    left = max(24, console.width - sum(longest[2:]) - 2 * len(names))
    artist = min(longest[1], max(left // 2, left - longest[0]))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, width in zip(names, (left - artist, artist, *longest[2:]), strict=True):
        number = name in ("Valence", "Arousal", "Tempo")
        table.add_column(
            name,
            overflow="ellipsis",
            no_wrap=True,
            max_width=width,
            justify="right" if number else "left",
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _cells(track: Track) -> tuple[str, ...]:
    from affetto.emotion import mood_word

    heard = track.features
    if heard is None:
        return (track.title, track.artist, "?", "?", "?", "?", "?", "")
    return (
        track.title,
        track.artist,
        mood_word(heard),
        f"{heard.valence:+.2f} ± {heard.valence_sd:.2f}",
        f"{heard.arousal:+.2f} ± {heard.arousal_sd:.2f}",
        f"{heard.tempo_bpm:.0f}" if heard.tempo_bpm else "?",
        heard.key or "?",
        ", ".join(heard.sources),
    )
