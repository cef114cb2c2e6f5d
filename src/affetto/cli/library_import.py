"""``affetto library import``: songs from a table, known by name, mood and popularity."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.cli.naming import named
from affetto.errors import Misuse, NotFound

if TYPE_CHECKING:
    from affetto.store.songs import SongShelf

_NEXT: Final = (
    "They have no sound here; to name those that fit: "
    "affetto recommend --mood happy --imported (or --table)"
)


def import_table(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", parser=named, help="CSV (also .gz), Parquet or HDF5 table of songs."
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=HEADER", help="Which column is what, such as title=Track; repeatable."
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help='Table model that tells moods, or "median" for the median rule; '
            "left out, the one that is installed.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Report what would be done, and keep nothing.")
    ] = False,
    forget: Annotated[
        str | None,
        typer.Option(metavar="FILE|all", help="Take the songs of a table off again, or of all."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Bring in the songs of a table: their names, moods and popularity.

    The columns are understood by their names. What is cleaned is counted and printed. The
    songs have no sound: they are recommended by name, and lend their popularity to your
    own files.

    Example: affetto library import songs.csv --dry-run
    """
    if (file is None) == (forget is None):
        raise Misuse(
            "Name one table to import, or one to forget.",
            remedy="Such as `affetto library import songs.csv`, or `--forget songs.csv`.",
        )
    if forget is not None:
        _forget(forget, as_json=as_json)
        return
    assert file is not None
    from datetime import UTC, datetime

    from affetto.listening.importing import import_into
    from affetto.music.tables.opening import open_table

    open_table(file)  # before a database is made for nothing
    pairs = _pairs(column or [])
    with _shelf(unless=dry_run) as shelf, _progress() as tell:
        report = import_into(
            shelf, file, now=datetime.now(UTC), model=model, named=pairs, tell=tell
        )
    if as_json:
        typer.echo(json.dumps(report.as_data(), indent=2))
        return
    typer.echo("\n".join(report.as_words()))
    if not report.kept:
        typer.echo("No row has a title, so there is nothing to recommend by name.", err=True)
    elif not dry_run:
        typer.echo(_NEXT)


def _pairs(columns: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in columns:
        ours, sign, theirs = one.partition("=")
        if not (ours.strip() and sign and theirs.strip()):
            raise Misuse(
                f"{one!r} does not say which column is what.",
                remedy="Write it like --column title=Track.",
            )
        found[ours.strip()] = theirs.strip()
    return found


def _forget(which: str, *, as_json: bool) -> None:
    with _shelf() as shelf:
        assert shelf is not None
        path = None if which == "all" else named(which).absolute()
        tables = shelf.tables()
        count = shelf.forget(path)
    if path is not None and not count and str(path) not in {table.path for table in tables}:
        known = ", ".join(table.path for table in tables)
        raise NotFound(
            f"No songs came from {path}.",
            remedy=f"Imported are: {known}." if known else "No table was imported.",
        )
    if as_json:
        typer.echo(json.dumps({"forgotten": count}))
    else:
        typer.echo(f"{count:,} {'song was' if count == 1 else 'songs were'} forgotten.")


@contextmanager
def _shelf(*, unless: bool = False) -> Iterator[SongShelf | None]:
    if unless:
        yield None
        return
    from affetto.settings import load
    from affetto.store.songs import SongShelf
    from affetto.wiring import open_database

    database = open_database(load())
    try:
        yield SongShelf(database)
    finally:
        database.close()


@contextmanager
def _progress() -> Iterator[Any]:
    """A bar on the terminal, called with what is done and how much, that says how long it
    will take. Silent where nobody watches."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    from affetto.listening.importing import READING

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        tasks: dict[str, Any] = {}

        def tell(what: str, done: float) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what.capitalize(), total=1.0)
            progress.update(tasks[what], completed=done)

        tell(READING, 0.0)  # the first lot of a big table takes a while
        yield tell
