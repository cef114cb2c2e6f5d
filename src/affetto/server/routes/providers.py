"""Where music lives: connect a provider, try it, let it go; and where the music sounds."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Final

from fastapi import APIRouter, Path, Response

from affetto.connections import Connected, in_words
from affetto.music.provider import Check, Description, provider_names
from affetto.server import wire
from affetto.server.problems import Refused, told
from affetto.server.routes import TheDesk, TheHouse, TheOutlets
from affetto.wiring import House

router = APIRouter(prefix="/api", tags=["providers"])

Name = Annotated[str, Path(min_length=1, max_length=64)]

# Not for listeners to connect here: the demo is a setting, the own files are scanned, the
# provider in memory is for tests and examples, and Spotify has a sheet of its own.
NOT_OFFERED: Final = frozenset({"demo", "local", "memory", "spotify"})


@router.get("/providers", responses=told(503))
async def get_providers(house: TheHouse) -> wire.Providers:
    """Every provider: what it is, what it asks, whether it is connected, how it goes."""
    connected = house.connections.in_use
    offered = [name for name in provider_names() if name not in NOT_OFFERED]
    collection = await house.collection()
    counted = Counter(track.provider for track in collection.tracks)
    return wire.Providers(
        providers=[
            _provider(
                name,
                house.connections.description(name),
                connected.get(name),
                counted[name],
                collection.failed.get(name),
            )
            for name in dict.fromkeys([*connected, *offered])
            if name != "demo"
        ]
    )


@router.post("/providers/look", responses=told(403, 503))
async def look_again(house: TheHouse) -> wire.Looked:
    """Ask every place for its songs once more. What plays and comes next stays as it is."""
    before = {track.uri for track in await house.tracks()}
    now = {track.uri for track in (await house.looked_through()).tracks}
    return wire.Looked(tracks=len(now), new=len(now - before), gone=len(before - now))


@router.post("/providers/{name}/connect", responses=told(400, 403, 404, 409, 413, 422, 502, 503))
async def connect_provider(
    house: TheHouse, outlets: TheOutlets, name: Name, wish: wire.Connect
) -> wire.Checks:
    """Try it, and keep it when all of it works; its music is in the library at once.

    When something does not work nothing is kept, unless it is asked for with ``anyway``.
    """
    _changeable(house, name)
    connected, checks = await house.connections.connect(name, wish.settings, anyway=wish.anyway)
    if connected:
        await house.look_again()
        await outlets.renewed(name)
    return wire.Checks(connected=connected, checks=[_check(one) for one in checks])


@router.post("/providers/{name}/test", responses=told(400, 403, 404, 413, 422, 502, 503))
async def test_provider(house: TheHouse, name: Name, wish: wire.TryOut) -> wire.Checks:
    """Try everything of it once, and keep nothing."""
    checks = await house.connections.test(name, wish.settings)
    return wire.Checks(
        connected=name in house.connections.in_use, checks=[_check(one) for one in checks]
    )


@router.delete("/providers/{name}", status_code=204, responses=told(403, 404, 409, 422, 503))
async def disconnect_provider(
    house: TheHouse, desk: TheDesk, outlets: TheOutlets, name: Name
) -> Response:
    """Let it go: its music leaves the library, and its settings and secrets are deleted.

    What was heard of its tracks goes too. A session goes on with what else there is.
    """
    _changeable(house, name)
    if outlets.outlet == name:
        await outlets.sound_in(None)
    await house.connections.disconnect(name)
    await house.looked_through()
    await desk.go_on_without(name)
    return Response(status_code=204)


@router.get("/sounds", responses=told(503))
async def get_sounds(outlets: TheOutlets) -> wire.Sounds:
    """Where the music sounds, and what the player there does."""
    return outlets.told()


@router.put("/sounds", responses=told(400, 403, 404, 409, 413, 422, 502, 503))
async def set_sounds(outlets: TheOutlets, wish: wire.SoundIn) -> wire.Sounds:
    """Let the music sound in a provider's player from now on, or in the page.

    What plays goes on at the same place.
    """
    return await outlets.sound_in(wish.outlet, playing=wish.playing, position_s=wish.position_s)


@router.patch("/sounds", responses=told(400, 403, 409, 413, 422, 502, 503))
async def steer_sounds(outlets: TheOutlets, wish: wire.Steer) -> wire.Sounds:
    """Tell the player to play, to rest, where to go in the track, how loud to be."""
    return await outlets.steer(wish.playing, wish.position_s, wish.volume)


def _changeable(house: House, name: str) -> None:
    connected = house.connections.in_use.get(name)
    if connected is not None and not connected.kept:
        raise Refused(
            f"{house.connections.title(name)} is named in your settings file.",
            remedy="Change it in affetto.toml, then start Affetto again.",
            status=409,
        )
    if connected is None and name in NOT_OFFERED - {"memory"}:
        raise Refused(
            f"The provider {name!r} is not connected here.",
            remedy="Your own files are scanned in the library, the demo is a setting, and Spotify "
            "has a sheet of its own.",
            status=409,
        )


def _provider(
    name: str,
    description: Description,
    connected: Connected | None,
    tracks: int,
    failed: Exception | None,
) -> wire.Provider:
    settings = connected.settings if connected is not None else {}
    provider = connected.provider if connected is not None else None
    trouble = connected.trouble if connected is not None else None
    if trouble is None and failed is not None:
        trouble = in_words(name, failed)
    return wire.Provider(
        name=name,
        title=description.title,
        summary=description.summary,
        asks=[
            wire.Asked(
                name=one.name,
                label=one.label,
                secret=one.secret,
                default=one.default,
                help=one.help,
                needed=one.needed,
            )
            for one in description.asks
        ],
        state="off" if connected is None else "trouble" if trouble is not None else "on",
        named_in_file=connected is not None and not connected.kept,
        settings={
            one.name: settings[one.name]
            for one in description.asks
            if not one.secret and one.name in settings
        },
        kept=[one.name for one in description.asks if one.secret and one.name in settings],
        library=provider is not None and provider.library is not None,
        player=provider is not None and provider.player is not None,
        tracks=tracks,
        trouble=wire.Trouble(problem=trouble.problem, remedy=trouble.remedy) if trouble else None,
    )


def _check(told: Check) -> wire.Check:
    return wire.Check(name=told.name, works=told.works, says=told.says, remedy=told.remedy)
