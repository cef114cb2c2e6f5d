"""``affetto history import``: let what you played elsewhere speak for your taste."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.cli.guiding import Guided
from affetto.cli.naming import named
from affetto.errors import Misuse

if TYPE_CHECKING:
    from affetto.settings import Settings

PATIENCE_S: Final = 60.0  # for a server to read and match a long history

app = typer.Typer(
    cls=Guided,
    help="Bring in what you played elsewhere.",
    epilog="Example: affetto history import listens.jsonl",
    no_args_is_help=True,
    add_completion=False,
)


@app.callback()
def _history() -> None:
    """Bring in what you played elsewhere."""


@app.command("import", short_help="Bring in a ListenBrainz or Last.fm export.")
def import_history(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", parser=named, help="ListenBrainz export (JSON), or Last.fm CSV."
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Bring in a listening history: weak evidence for the tracks you have here.

    Plays are matched by artist and title. Lines that cannot be read are named. The file
    itself is not kept.

    Example: affetto history import listens.jsonl
    """
    from affetto.settings import load

    told = _take_in(load(), _bytes_of(file))
    if as_json:
        typer.echo(json.dumps(told, indent=2))
        return
    of = _counted(told["tracks"], "track") if told["tracks"] else "tracks"
    typer.echo(
        f"{_counted(told['plays'], 'play')} read; {told['matched']} of them "
        f"{'is' if told['matched'] == 1 else 'are'} of {of} you have here."
    )
    if told["bad"]:
        typer.echo(f"{_counted(told['bad'], 'line')} could not be read:", err=True)
        for line in told["bad_lines"]:
            typer.echo(f"  line {line['line']}: {line['problem']}", err=True)
    if not told["tracks"]:
        typer.echo("Nothing was learned: none of them is in your library.")


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _bytes_of(file: Path) -> bytes:
    from affetto.listening.plays import MOST_BYTES

    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)  # one more tells that it is too large
    except OSError as error:
        raise Misuse(
            f"The history {file} cannot be read ({error.strerror}).",
            remedy="Check its name and that you may read it.",
        ) from error


def _take_in(settings: Settings, data: bytes) -> dict[str, Any]:
    """Give it to the server that runs, so that it counts at once; else take it in here."""
    import asyncio

    from affetto.cli.serve import running_server
    from affetto.server import recalling
    from affetto.server.desk import SessionDesk
    from affetto.server.memory import MemoryDesk
    from affetto.wiring import open_house

    url = running_server(settings)
    if url is not None:
        return _tell(url, data)
    with open_house(settings) as house:
        desk = MemoryDesk(house, SessionDesk(house))
        return recalling.imported(*asyncio.run(desk.take_in(data))).model_dump()


def _tell(url: str, data: bytes) -> dict[str, Any]:
    import httpx

    from affetto.cli.listen import ServerSilent

    try:
        answer = httpx.post(
            f"{url}/api/me/history", content=data, timeout=PATIENCE_S, trust_env=False
        )
        told = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise ServerSilent(
            f"The server at {url} does not answer.", remedy="Stop it, and import again."
        ) from error
    if answer.is_success and isinstance(told, dict):
        return told
    problem = told if isinstance(told, dict) else {}
    raise Misuse(
        str(problem.get("problem", "The server did not take the history.")),
        remedy=str(problem.get("remedy", "Look at the server's messages.")),
    )
