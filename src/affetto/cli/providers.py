"""``affetto providers``: connect the places where music lives, try them, let them go."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

import typer

from affetto.cli.guiding import Guided
from affetto.errors import AffettoError, Misuse

if TYPE_CHECKING:
    from affetto.music.provider import Asked, Check
    from affetto.wiring import House

ANSWER_WITHIN_S: Final = 30.0  # a check ends within 10 s
LISTED_WITHIN_S: Final = 600.0  # a hundred thousand songs, page by page
Answer = TypeVar("Answer")

app = typer.Typer(
    cls=Guided,
    help="Connect the places where music lives.",
    epilog="Example: affetto providers connect subsonic",
    no_args_is_help=True,
    add_completion=False,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The provider, as `list` names it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@app.callback()
def _providers() -> None:
    """Connect the places where music lives."""


@app.command("list", short_help="Name every provider and say which are connected.")
def list_providers(as_json: AsJson = False) -> None:
    """Name every provider that is installed, and say which are connected.

    Example: affetto providers list
    """
    from affetto.music.provider import provider_names

    async def look(house: House) -> list[dict[str, str]]:
        connections = house.connections
        rows = []
        for name in sorted({*provider_names(), *connections.in_use}):
            connected = connections.in_use.get(name)
            if connected is None:
                state = "not connected"
            elif connected.trouble is not None:
                state = f"does not work: {connected.trouble.problem}"
            else:
                state = "connected" if connected.kept else "in the settings file"
            rows.append({"name": name, "title": connections.title(name), "state": state})
        return rows

    rows = _at_home(look)
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    wide = max(len(row["name"]) for row in rows)
    for row in rows:
        typer.echo(f"{row['name']:<{wide}}  {row['state']}: {row['title']}")


@app.command("connect", short_help="Connect a provider; what it asks is asked for.")
def connect(
    name: Name,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="One of its settings, for scripts."),
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Keep it although not all of it works.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Connect a provider: it is tried first, and what does not work is not kept.

    What it has to be told is asked for, passwords without showing them. Left empty, one
    that is kept already stays. Secrets are kept sealed.

    Example: affetto providers connect mpd --set host=127.0.0.1
    """
    from affetto.music.provider import described

    settings = _complete(described(name).asks, _parted(given or []))
    told = _tell(
        "POST",
        f"/api/providers/{name}/connect",
        {"settings": settings, "anyway": anyway},
        lambda house: house.connections.connect(name, settings, anyway=anyway),
    )
    connected, checks = _checked(told)
    _show(checks, as_json)
    if not connected:
        raise AffettoError(
            f"{name} does not work yet, so nothing was kept.",
            remedy="Mend what is named above, or add --anyway.",
        )
    typer.echo(f"{name} is connected.", err=True)


@app.command("test", short_help="Try everything of a provider once.")
def test(name: Name, as_json: AsJson = False) -> None:
    """Try everything of a connected provider once, and say what to do.

    Example: affetto providers test mpd
    """
    checks = _at_home(lambda house: house.connections.test(name))
    _show([_row(check) for check in checks], as_json)
    if any(check.works is False for check in checks):
        raise typer.Exit(1)


@app.command("look", short_help="Look for new songs in every connected place.")
def look(as_json: AsJson = False) -> None:
    """Ask every connected place for its songs once more; a server that runs has them at once.

    It looks by itself every minute, where a place says that something has changed.

    Example: affetto providers look
    """
    told = _tell("POST", "/api/providers/look", None, _looked, within_s=LISTED_WITHIN_S)
    if as_json:
        typer.echo(json.dumps(told, indent=2))
        return
    songs = "1 song" if told["tracks"] == 1 else f"{told['tracks']:,} songs"
    typer.echo(f"{songs}: {told['new']} new, {told['gone']} gone.")


@app.command("disconnect", short_help="Let a provider go, and forget what it was told.")
def disconnect(name: Name) -> None:
    """Let a provider go; its settings, passwords and tokens are deleted.

    Example: affetto providers disconnect mpd
    """
    _tell(
        "DELETE", f"/api/providers/{name}", None, lambda house: house.connections.disconnect(name)
    )
    typer.echo(f"{name} is disconnected.", err=True)


# -- asking -----------------------------------------------------------------------------------


def _parted(given: Sequence[str]) -> dict[str, str]:
    parted = [one.partition("=") for one in given]
    for key, sign, _ in parted:
        if not key or not sign:
            raise Misuse(
                f"The setting {key!r} has no value.", remedy="Write it as --set host=127.0.0.1."
            )
    return {key: value for key, _, value in parted}


def _complete(asks: Sequence[Asked], given: dict[str, str]) -> dict[str, str]:
    """What was given, and the answers to what was not; nothing is asked when all is said."""
    if given:
        return given
    return {
        asked.name: typer.prompt(
            asked.label + (f" ({asked.help.rstrip('.')})" if asked.help else ""),
            default="" if asked.secret else asked.default,
            hide_input=asked.secret,
            show_default=bool(asked.default) and not asked.secret,
            err=True,
        )
        for asked in asks
    }


def _row(check: Check) -> dict[str, Any]:
    return {
        "name": check.name,
        "works": check.works,
        "says": check.says,
        "remedy": check.remedy,
    }


def _checked(told: Any) -> tuple[bool, list[dict[str, Any]]]:
    if isinstance(told, dict):  # a server's answer
        return bool(told["connected"]), list(told["checks"])
    connected, checks = told
    return connected, [_row(check) for check in checks]


def _show(checks: Sequence[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(checks, indent=2))
        return
    marks = {True: "ok", False: "fail", None: "none"}
    for check in checks:
        typer.echo(f"{marks[check['works']]:<6}{check['name']}: {check['says']}")
        if check["remedy"]:
            typer.echo(f"      {check['remedy']}")


# -- doing ------------------------------------------------------------------------------------


def _at_home(act: Callable[[House], Awaitable[Answer]]) -> Answer:
    """Do it in a house of our own."""
    from affetto.settings import load
    from affetto.wiring import open_house

    async def done(house: House) -> Answer:
        try:
            return await act(house)
        finally:
            await house.connections.close()

    with open_house(load()) as house:
        return asyncio.run(done(house))


async def _looked(house: House) -> dict[str, int]:
    """As a server tells it; without one there is no before."""
    return {"tracks": len(await house.tracks()), "new": 0, "gone": 0}


def _tell(
    method: str,
    path: str,
    body: Any,
    act: Callable[[House], Awaitable[Any]],
    *,
    within_s: float = ANSWER_WITHIN_S,
) -> Any:
    """Tell the server that runs, so that it counts at once; else do it here."""
    from affetto.cli.serve import running_server
    from affetto.settings import load

    url = running_server(load())
    if url is None:
        return _at_home(act)
    import httpx

    from affetto.cli.listen import ServerSilent

    try:
        answer = httpx.request(method, f"{url}{path}", json=body, timeout=within_s, trust_env=False)
        told = answer.json() if answer.content else None
    except (httpx.HTTPError, ValueError) as error:
        raise ServerSilent(
            f"The server at {url} does not answer.", remedy="Stop it, and try again."
        ) from error
    if answer.is_success:
        return told
    problem = told if isinstance(told, dict) else {}
    raise Misuse(
        str(problem.get("problem", "The server did not do that.")),
        remedy=str(problem.get("remedy", "Look at the server's messages.")),
    )
