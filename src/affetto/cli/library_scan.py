"""``affetto library scan``: listen to a folder and keep what was heard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.cli.naming import named
from affetto.cli.progress import INTERRUPTED, ListeningBar, listening_bar
from affetto.cli.shelf import files, open_shelf, reasons, troubles

if TYPE_CHECKING:
    from affetto.listening.gathering import Gathered
    from affetto.music.scanning import Event

_NAMED: Final = 10  # files named under one problem; --json names all


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
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
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
        _draw(bar, event)

    with open_shelf() as shelf, listening_bar() as bar:
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


def _draw(bar: ListeningBar, event: Event) -> None:
    from affetto.music.scanning import FailedFile, ScannedFile, Surveyed

    match event:
        case Surveyed():
            bar.begin(event.to_hear)
        case ScannedFile():
            bar.heard(event.track.title)
        case FailedFile():
            bar.heard()


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
    for line in reasons([*gathered.shut, *gathered.failed], most=_NAMED):
        yield line if line.startswith(" ") else f"\n{line}"


def _as_data(top: Path, gathered: Gathered, seconds: float) -> dict[str, Any]:
    from affetto.music.tags import shown

    return {
        "folder": shown(top),
        "new": gathered.new,
        "changed": gathered.changed,
        "heard_again": gathered.again,
        "unchanged": gathered.unchanged,
        "gone": gathered.gone,
        "failed": troubles(gathered.failed),
        "still_unreadable": troubles(gathered.still_unreadable),
        "folders_not_opened": troubles(gathered.shut),
        "passed_over": dict(gathered.passed_over),
        "not_played_by_browsers": dict(gathered.unplayable),
        "seconds": round(seconds, 2),
    }


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)} min {int(seconds % 60)} s"
