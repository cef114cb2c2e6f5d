"""``affetto serve``: the page, on this machine."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Final

import typer

from affetto.cli.progress import progress
from affetto.errors import Misuse

if TYPE_CHECKING:
    from affetto.server.desk import SessionDesk
    from affetto.settings import Settings

ANSWER_WITHIN_S: Final = 5.0

Begin = Callable[["SessionDesk", str], Awaitable[None]]


def serve(
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help="Port to serve on (default 8765, or a free one if it is taken).",
        ),
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="Address to serve on; only this machine's own, for now.")
    ] = None,
    open_page: Annotated[
        bool | None, typer.Option("--open/--no-open", help="Open the page in a browser, or not.")
    ] = None,
) -> None:
    """Open the page and play. Ctrl-C stops.

    Example: affetto serve --port 9000
    """
    settings = _settings(port=port, host=host, open_browser=open_page)
    url = running_server(settings)
    if url is not None:  # two servers on one data folder would each hold half the truth
        typer.echo(f"Affetto plays already at {url}")
        if settings.open_browser:
            open_in_browser(url)
        return

    async def begin(_desk: SessionDesk, url: str) -> None:
        typer.echo(f"Affetto plays at {url} (Ctrl-C stops)")

    serve_until_stopped(settings, insist=port is not None, begin=begin)


def _settings(*, host: str | None, **options: int | bool | None) -> Settings:
    """The settings in force under these options; one left out is None.

    Raises Misuse that speaks of the option where the option is what is wrong.
    """
    from affetto.settings import load

    given = {name: value for name, value in options.items() if value is not None}
    if host is None:
        return load(**given)
    try:
        return load(host=host, **given)
    except Misuse as error:
        load(**given)  # says so, when something else is wrong
        raise Misuse(error.problem, remedy="Leave --host out, or use --host 127.0.0.1.") from error


def running_server(settings: Settings) -> str | None:
    """The address of the server of this data folder, if it answers, or None."""
    from affetto.server.running import RunningServer

    noted = RunningServer.noted(settings.data_dir)
    if noted is None:
        return None
    import httpx  # most starts need none

    try:
        answer = httpx.get(f"{noted.url}/api/house", timeout=ANSWER_WITHIN_S, trust_env=False)
    except httpx.HTTPError:
        return None  # it was stopped the hard way; its note stayed
    return noted.url if answer.status_code == 200 and "goals" in answer.text else None


def serve_until_stopped(settings: Settings, *, insist: bool, begin: Begin) -> None:
    """Serve until Ctrl-C; ``begin`` runs once the page answers.

    Unless ``insist``, a taken port is said aloud and a free one used.
    """
    from affetto.server import running
    from affetto.wiring import open_house, prepare_demo

    place = _bind(settings.host, settings.port, insist=insist)
    try:
        if settings.demo:
            with progress("Composing the demo music") as show:
                prepare_demo(settings, on_progress=show)
        house = open_house(settings)
    except BaseException:
        place.close()
        raise

    async def ready(desk: SessionDesk, url: str) -> None:
        await begin(desk, url)
        if settings.open_browser:
            open_in_browser(url)

    running.run(house, place, settings=settings, on_ready=ready)
    typer.echo("Affetto has stopped.", err=True)


def _bind(host: str, port: int, *, insist: bool) -> socket.socket:
    from affetto.server import running

    try:
        return running.bind(host, port)
    except running.PortTaken:
        if insist:
            raise
        place = running.bind(host, 0)
        typer.echo(f"Port {port} is taken, so Affetto uses {place.getsockname()[1]}.", err=True)
        return place


def open_in_browser(url: str, environment: Mapping[str, str] = os.environ) -> None:
    """Open ``url`` if this machine has a browser with a screen; say nothing if not."""
    import threading
    import webbrowser

    if sys.platform not in ("win32", "darwin") and not (
        environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    ):
        return  # a text browser would take the terminal away

    def show() -> None:
        with suppress(webbrowser.Error):
            webbrowser.open(url)

    threading.Thread(target=show, daemon=True).start()
