"""affetto playlist queue | session | list | show: playlists as files for other players."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affetto.cli.guiding import Guided
from affetto.cli.naming import named
from affetto.errors import Misuse

if TYPE_CHECKING:
    from affetto.music.playlists import Playlist
    from affetto.settings import Settings
    from affetto.track import Track
    from affetto.wiring import House

app = typer.Typer(
    cls=Guided,
    help="Save what was chosen as a playlist for other players.",
    epilog="Example: affetto playlist queue evening.m3u8",
    no_args_is_help=True,
    add_completion=False,
)

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", parser=named, help="Where to: a file ending in .m3u8, .xspf or .jspf."
    ),
]
Relative = Annotated[
    bool, typer.Option("--relative", help="Name files as seen from the playlist's folder.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@app.command(short_help="Save what plays and what comes next.")
def queue(
    file: File, relative: Relative = False, force: Force = False, as_json: AsJson = False
) -> None:
    """Save what plays and what comes next.

    Example: affetto playlist queue evening.m3u8
    """
    from affetto.server import playlists
    from affetto.server.desk import SessionDesk

    check(file, force=force)
    _save(
        file,
        lambda house: playlists.of_queue(house, SessionDesk(house)),
        relative=relative,
        as_json=as_json,
    )


@app.command(short_help="Save what was put on in a session.")
def session(
    file: File,
    of: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Which session; left out, the latest one."),
    ] = None,
    relative: Relative = False,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Save what was put on in a session, each track once.

    Example: affetto playlist session yesterday.xspf
    """
    from affetto.server import playlists

    check(file, force=force)
    _save(
        file,
        lambda house: playlists.of_session(house, of),
        relative=relative,
        as_json=as_json,
    )


@app.command("list", short_help="Save a list of well-known songs.")
def of_list(
    emotion: Annotated[
        str,
        typer.Argument(
            metavar="EMOTION", help="angry, disgust, fear, happy, sad, surprise or neutral."
        ),
    ],
    file: File,
    relative: Relative = False,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Save a list of well-known songs: your own files, and links that find the others.

    Example: affetto playlist list happy happy.xspf
    """
    from affetto.music.curated import emotion_called
    from affetto.server import playlists

    check(file, force=force)
    name = emotion_called(emotion)
    _save(file, lambda house: playlists.of_list(house, name), relative=relative, as_json=as_json)


@app.command(short_help="Show what a playlist holds.")
def show(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", parser=named, help="A .m3u8, .m3u, .xspf or .jspf file."),
    ],
    as_json: AsJson = False,
) -> None:
    """Show what a playlist holds, whoever made it.

    Example: affetto playlist show evening.m3u8
    """
    from dataclasses import asdict

    from affetto.music.playlists import read_playlist

    playlist = read_playlist(file)
    if as_json:
        songs = [asdict(entry) for entry in playlist.entries]
        told = {"title": playlist.title, "songs": songs}
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for number, entry in enumerate(playlist.entries, 1):
        known = [entry.title or entry.location, entry.artist, entry.album]
        typer.echo(f"{number}. {' · '.join(part for part in known if part)}")
    if not playlist.entries:
        typer.echo("It holds no songs.", err=True)


def check(file: Path, *, force: bool) -> None:
    """Make sure, before any work, that a playlist may be written there; Misuse otherwise."""
    from affetto.cli.reading.saving import claim
    from affetto.music.playlists import format_of

    format_of(file)
    claim(file, "A playlist", (), (), force)


def keep(file: Path, title: str, tracks: Iterable[Track], settings: Settings) -> None:
    """Write tracks that a command has named into a playlist."""
    from affetto.music.playlists import made_of

    def make(house: House) -> Awaitable[Playlist]:
        service = settings.song_service
        return made_of(title, tracks, house.sound, service=service, date=house.now())

    _save(file, make, settings=settings)


def _save(
    file: Path,
    make: Callable[[House], Awaitable[Playlist]],
    *,
    relative: bool = False,
    as_json: bool = False,
    settings: Settings | None = None,
) -> None:
    import asyncio

    from affetto.music.playlists import format_of, write_playlist
    from affetto.settings import load
    from affetto.wiring import open_house

    async def made(house: House) -> Playlist:
        return await make(house)

    with open_house(settings or load()) as house:
        playlist = asyncio.run(made(house))
    if not format_of(file).holds(playlist):
        raise Misuse(
            "None of these songs is a file on this machine.",
            remedy="Give the playlist a name ending in .xspf or .jspf, which can hold names.",
        )
    songs = write_playlist(file, playlist, relative=relative)
    left = len(playlist.entries) - songs
    if as_json:
        typer.echo(json.dumps({"file": str(file), "songs": songs, "left_out": left}, indent=2))
        return
    typer.echo(f"Wrote {songs} {'song' if songs == 1 else 'songs'} to {file}.", err=True)
    if left:
        typer.echo(
            f"{left} without a file here {'is' if left == 1 else 'are'} left out; "
            ".xspf and .jspf hold names too.",
            err=True,
        )
