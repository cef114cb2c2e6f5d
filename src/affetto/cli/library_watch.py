"""affetto library watch: a folder followed until Ctrl-C."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affetto.cli.naming import named
from affetto.cli.shelf import files, open_shelf

if TYPE_CHECKING:
    from affetto.errors import AffettoError
    from affetto.listening.gathering import Gathered


def watch(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", parser=named, help="Folder your music lies in.")
    ],
    every: Annotated[float, typer.Option(min=0.5, help="Seconds between two looks.")] = 4.0,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, max=64, help="Processes that listen; left out, one for each core (at most 8)."
        ),
    ] = None,
) -> None:
    """Scan a folder and go on following it: what changes there is heard. Ctrl-C stops.

    A disk that is not connected is waited for, and costs nothing that was heard.

    Example: affetto library watch ~/Music
    """
    import threading
    from datetime import UTC, datetime

    from affetto.listening.watching import watch_into
    from affetto.music.scanning import folder_at
    from affetto.music.tags import shown

    top = folder_at(folder)
    typer.echo(f"Following {shown(top)} (Ctrl-C stops).", err=True)
    with open_shelf() as shelf:
        try:
            watch_into(
                shelf,
                top,
                now=lambda: datetime.now(UTC),
                stop=threading.Event(),
                workers=workers,
                on_change=_say_change,
                on_trouble=_say_trouble,
                every_s=every,
            )
        except KeyboardInterrupt:
            typer.echo("Stopped; what was heard is kept.", err=True)


def _say_change(gathered: Gathered) -> None:
    from affetto.music.tags import shown

    counts = {
        "new": gathered.new,
        "changed": gathered.changed,
        "heard again": gathered.again,
        "gone": gathered.gone,
        "failed": len(gathered.failed),
    }
    told = " · ".join(f"{count} {name}" for name, count in counts.items() if count)
    typer.echo(f"{told}; {files(gathered.unchanged)} unchanged")
    for one in gathered.failed:
        typer.echo(f"  {shown(one.path)}: {one.problem} {one.remedy}", err=True)


def _say_trouble(error: AffettoError) -> None:
    typer.echo(f"{error.problem} Waiting until it is there again.", err=True)
