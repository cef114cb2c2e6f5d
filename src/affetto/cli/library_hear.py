"""``affetto library hear``: listen to the songs of a music server and keep what was heard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.cli.progress import INTERRUPTED, ListeningBar, listening_bar

if TYPE_CHECKING:
    from affetto.connections import Connected
    from affetto.listening.distant import Event, HeardAfar
    from affetto.music.distant import UnheardTrack
    from affetto.music.provider import KeepsMoods, Library
    from affetto.wiring import House

_NAMED: Final = 10  # tracks named under one problem; --json names all


def hear(
    provider: Annotated[
        str, typer.Argument(metavar="PROVIDER", help="A connected provider, such as subsonic.")
    ],
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, max=64, help="Processes that listen; left out, one for each core (at most 4)."
        ),
    ] = None,
    moods: Annotated[
        bool,
        typer.Option(
            "--moods", help="Then keep the moods on the server, for its other programs (MPD)."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Listen to the songs of a music server and keep what was heard.

    Each song is fetched, heard and let go of; nothing is heard twice. Stop it whenever you
    like: the same command goes on from there. A song that fails is named, the rest go on.

    Example: affetto library hear subsonic
    """
    import time
    from functools import partial

    from affetto.listening.distant import hear_into
    from affetto.music.distant import HeardTrack, hear_track
    from affetto.settings import load
    from affetto.wiring import open_house

    began = time.monotonic()
    kept = 0

    def tell(event: Event) -> None:
        nonlocal kept
        kept += isinstance(event, HeardTrack)
        _draw(bar, event)

    with open_house(load()) as house, listening_bar() as bar:
        connected = _connected(house, provider)
        library = house.connections.libraries[provider]
        keeper = _keeper(provider, library) if moods else None
        try:
            told = hear_into(
                house.database,
                provider,
                library,
                partial(hear_track, provider, dict(connected.settings)),
                now=house.now,
                workers=workers,
                on_event=tell,
            )
        except KeyboardInterrupt:
            songs = "1 song was" if kept == 1 else f"{kept} songs were"
            typer.echo(
                f"Stopped. {songs} heard and kept; the same command goes on from there.", err=True
            )
            raise typer.Exit(INTERRUPTED) from None
        if keeper is not None:
            on_server = _keep_moods(house, provider, keeper)
            typer.echo(f"Moods kept by {provider}: {on_server}.", err=True)
    seconds = time.monotonic() - began
    if as_json:
        typer.echo(json.dumps(_as_data(provider, told, seconds), indent=2))
    else:
        typer.echo("\n".join(_as_words(provider, told, seconds)))


def _connected(house: House, provider: str) -> Connected:
    """The provider in use that has a library; says why when there is none."""
    from affetto.errors import NotFound

    connected = house.connections.in_use.get(provider)
    if connected is not None and connected.trouble is not None:
        raise connected.trouble
    if connected is None or provider not in house.connections.libraries or provider == "demo":
        raise NotFound(
            f"{provider!r} is not connected here, or has no songs to be heard this way.",
            remedy="Connect it in the page or name it in affetto.toml; music in a folder is heard "
            "with `affetto library scan FOLDER`.",
        )
    return connected


def _keeper(provider: str, library: Library) -> KeepsMoods:
    """The library as one that keeps moods. Raises Misuse for one that does not."""
    from affetto.errors import Misuse
    from affetto.music.provider import KeepsMoods

    if isinstance(library, KeepsMoods):
        return library
    raise Misuse(
        f"{provider!r} has no place for moods.",
        remedy="Leave out --moods; what is heard is kept here in any case.",
    )


def _keep_moods(house: House, provider: str, keeper: KeepsMoods) -> int:
    """Tell the server every mood that was heard; how many it keeps."""
    import asyncio

    from affetto.store.distant import DistantShelf

    heard = DistantShelf(house.database).tracks().get(provider, {})
    moods = {uri: t.features for uri, t in heard.items() if t.features is not None}
    return asyncio.run(keeper.keep_moods(moods))


def _draw(bar: ListeningBar, event: Event) -> None:
    from affetto.listening.distant import Listed

    if isinstance(event, Listed):
        bar.begin(event.to_hear)
    else:
        bar.heard(event.track.title)


def _as_words(provider: str, told: HeardAfar, seconds: float) -> Iterator[str]:
    yield f"Listened to the songs of {provider} for {seconds:.0f} s."
    counts = {
        "heard": told.heard,
        "unchanged": told.unchanged,
        "gone": told.gone,
        "failed": len(told.failed),
    }
    if told.still_failing:
        counts["failed before and not tried again"] = told.still_failing
    yield "  " + " · ".join(f"{count} {name}" for name, count in counts.items())
    reasons: dict[tuple[str, str], list[UnheardTrack]] = {}
    for one in told.failed:
        reasons.setdefault((one.problem, one.remedy), []).append(one)
    for (problem, remedy), tracks in reasons.items():
        yield f"\n{problem} {remedy}"
        for one in tracks[:_NAMED]:
            yield f"  {_named(one)}"
        if len(tracks) > _NAMED:
            yield f"  … and {len(tracks) - _NAMED} more; --json names them all."


def _named(one: UnheardTrack) -> str:
    return " - ".join(filter(None, (one.track.artist, one.track.title)))


def _as_data(provider: str, told: HeardAfar, seconds: float) -> dict[str, Any]:
    return {
        "provider": provider,
        "heard": told.heard,
        "unchanged": told.unchanged,
        "gone": told.gone,
        "failed": [
            {
                "uri": one.track.uri,
                "title": _named(one),
                "problem": one.problem,
                "remedy": one.remedy,
                "tried_again_next_time": one.passing,
            }
            for one in told.failed
        ],
        "failed_before": told.still_failing,
        "seconds": round(seconds, 2),
    }
