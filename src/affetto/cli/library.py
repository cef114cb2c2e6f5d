"""affetto library scan | show | tag | import: the listener's own music."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.cli.library_import import import_table
from affetto.cli.library_tag import tag
from affetto.cli.library_watch import watch
from affetto.cli.naming import named
from affetto.cli.shelf import files, open_shelf

if TYPE_CHECKING:
    from affetto.listening.gathering import Gathered
    from affetto.music.scanning import Event, FailedFile, FailedFolder
    from affetto.store.tracks import Unreadable
    from affetto.track import Track

    Trouble = FailedFile | FailedFolder | Unreadable

app = typer.Typer(help="Scan and show your own music.", no_args_is_help=True, add_completion=False)
app.command("import")(import_table)

_WIDE: Final = 100  # columns of a terminal that has room for tempo, key and sources too
_NARROW: Final = 5  # columns of the table where it has not
_NAMED: Final = 10  # files named under one problem; --json names all
INTERRUPTED: Final = 130  # the shell's exit code for Ctrl-C

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@app.command()
def scan(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", parser=named, help="Folder your music lies in.")
    ],
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, max=64, help="Processes that listen; left out, one for each core (at most 8)."
        ),
    ] = None,
    all_gone: Annotated[
        bool,
        typer.Option("--gone", help="Believe it when all the music of the folder is gone."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Listen to the music in a folder and keep what was heard.

    Only new and changed files are listened to; stop it whenever you like, the next scan
    goes on from there. A file that cannot be read is named, and the rest go on.

    Example: affetto library scan ~/Music
    """
    import time
    from datetime import UTC, datetime

    from affetto.listening.gathering import scan_into
    from affetto.music.scanning import ScannedFile, folder_at

    top = folder_at(folder)  # before a database is made for nothing
    began = time.monotonic()
    kept = 0

    def tell(event: Event) -> None:
        nonlocal kept
        kept += isinstance(event, ScannedFile)
        draw(event)

    with open_shelf() as shelf, _progress() as draw:
        try:
            gathered = scan_into(
                shelf,
                top,
                now=lambda: datetime.now(UTC),
                workers=workers,
                on_event=tell,
                all_gone=all_gone,
            )
        except KeyboardInterrupt:
            typer.echo(
                f"Stopped. {files(kept)} heard in this scan {'is' if kept == 1 else 'are'} "
                "kept; the same command goes on from there.",
                err=True,
            )
            raise typer.Exit(INTERRUPTED) from None
    seconds = time.monotonic() - began
    if as_json:
        typer.echo(json.dumps(_as_data(top, gathered, seconds), indent=2))
    else:
        typer.echo("\n".join(_as_words(top, gathered, seconds)))


@app.command()
def show(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="Words of the title, artist or album."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most tracks to show.")] = 50,
    only_failed: Annotated[
        bool, typer.Option("--failed", help="Show the files that could not be read, and why.")
    ] = False,
    as_json: AsJson = False,
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
        entries = [_track_as_data(track, str(paths[track.uri])) for track in shown_tracks]
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


app.command()(watch)
app.command()(tag)


def _show_failed(words: Sequence[str], limit: int, *, as_json: bool) -> None:
    """The files that could not be read and whose path holds all ``words``."""
    with open_shelf() as shelf:
        failures = shelf.failures()
    found = [
        one for one in failures if all(word.casefold() in one.path.casefold() for word in words)
    ]
    if as_json:
        typer.echo(json.dumps(_troubles(found[:limit]), indent=2))
        return
    for line in _reasons(found[:limit]):
        typer.echo(line)
    if not failures:
        typer.echo("Every file that was scanned could be read.", err=True)
    elif len(found) > limit:
        typer.echo(f"{limit} of {files(len(found))}; --limit shows more.", err=True)
    elif not found:
        typer.echo("No path among them holds all of these words. Try fewer of them.", err=True)


@contextmanager
def _progress() -> Iterator[Any]:
    """A bar on the terminal: called with each event. Silent where nobody watches."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    from affetto.music.scanning import FailedFile, ScannedFile, Surveyed

    console = Console(stderr=True)
    columns = (
        TextColumn("Listening"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[title]}", markup=False),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("listening", total=None, title="")

        def tell(event: Event) -> None:
            match event:
                case Surveyed():
                    progress.update(task, total=event.to_hear)
                case ScannedFile():
                    progress.update(task, advance=1, title=event.track.title[:40])
                case FailedFile():
                    progress.update(task, advance=1)

        yield tell


def _as_words(top: Path, gathered: Gathered, seconds: float) -> Iterator[str]:
    from affetto.music.tags import shown

    yield f"Scanned {shown(top)} in {_time(seconds)}."
    counts = {
        "new": gathered.new,
        "changed": gathered.changed,
        "unchanged": gathered.unchanged,
        "gone": gathered.gone,
        "failed": len(gathered.failed),
    }
    if gathered.again:
        counts["heard again, since Affetto hears better now"] = gathered.again
    yield "  " + " · ".join(f"{count} {name}" for name, count in counts.items())
    if gathered.passed_over:
        kinds = ", ".join(f"{n} {ending}" for ending, n in gathered.passed_over.most_common())
        yield (f"  Passed over: {kinds}. They need PyAV to be heard: pip install 'affetto[video]'")
    if gathered.unplayable:
        kinds = ", ".join(f"{n} {ending}" for ending, n in gathered.unplayable.most_common())
        yield f"  Heard, but not queued, since browsers do not play them: {kinds}."
    still = len(gathered.still_unreadable)
    if still:
        yield (
            f"  {files(still)} met before {'is' if still == 1 else 'are'} still unreadable; "
            "see why with: affetto library show --failed"
        )
    if not (sum(counts.values()) or gathered.passed_over or gathered.shut):
        yield "  There is no music here; name the folder your music lies in."
    for line in _reasons([*gathered.shut, *gathered.failed], most=_NAMED):
        yield line if line.startswith(" ") else f"\n{line}"


def _reasons(troubles: Sequence[Trouble], most: int | None = None) -> Iterator[str]:
    """Each problem with its remedy, then the paths that have it, indented."""
    from affetto.music.tags import shown

    reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for trouble in troubles:
        reasons[trouble.problem, trouble.remedy].append(trouble.path)
    for (problem, remedy), paths in reasons.items():
        yield f"{problem} {remedy}"
        for path in paths[:most]:
            yield f"  {shown(path)}"
        if most is not None and len(paths) > most:
            yield f"  … and {len(paths) - most} more; --json names them all."


def _troubles(found: Sequence[Trouble]) -> list[dict[str, str]]:
    from affetto.music.tags import shown

    return [
        {"path": shown(one.path), "problem": one.problem, "remedy": one.remedy} for one in found
    ]


def _as_data(top: Path, gathered: Gathered, seconds: float) -> dict[str, Any]:
    from affetto.music.tags import shown

    return {
        "folder": shown(top),
        "new": gathered.new,
        "changed": gathered.changed,
        "heard_again": gathered.again,
        "unchanged": gathered.unchanged,
        "gone": gathered.gone,
        "failed": _troubles(gathered.failed),
        "still_unreadable": _troubles(gathered.still_unreadable),
        "folders_not_opened": _troubles(gathered.shut),
        "passed_over": dict(gathered.passed_over),
        "not_played_by_browsers": dict(gathered.unplayable),
        "seconds": round(seconds, 2),
    }


def _track_as_data(track: Track, path: str) -> dict[str, Any]:
    from dataclasses import asdict

    from affetto.emotion import mood_of
    from affetto.music.tags import shown

    entry = asdict(track)
    features = entry.pop("features") or {}
    mood = mood_of(track.features) if track.features else None
    return {**entry, "path": shown(path), "mood": mood, **features}


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
    from affetto.emotion import mood_of

    heard = track.features
    if heard is None:
        return (track.title, track.artist, "?", "?", "?", "?", "?", "")
    return (
        track.title,
        track.artist,
        mood_of(heard),
        f"{heard.valence:+.2f} ± {heard.valence_sd:.2f}",
        f"{heard.arousal:+.2f} ± {heard.arousal_sd:.2f}",
        f"{heard.tempo_bpm:.0f}" if heard.tempo_bpm else "?",
        heard.key or "?",
        ", ".join(heard.sources),
    )


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)} min {int(seconds % 60)} s"
