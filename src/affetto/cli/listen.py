"""``affetto listen``: start music that fits, from the terminal.

Without ``--player`` the page makes the sound: a server that runs is told what to play;
where none runs, this one serves until Ctrl-C. With ``--player NAME`` a provider's
player sounds and no page is needed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.choice import Answer, Goal
from affetto.emotion import Affect, EmotionReading
from affetto.errors import AffettoError, Misuse

if TYPE_CHECKING:
    from affetto.music.provider import Player
    from affetto.server import wire
    from affetto.server.desk import SessionDesk
    from affetto.settings import Settings

ANSWER_WITHIN_S: Final = 5.0
UNKNOWN_LENGTH_S: Final = 180.0  # how long a track plays whose length nobody knows


class ServerSilent(AffettoError):
    """A server that was there and does not answer as ours would."""


def listen(
    goal: Annotated[
        str,
        typer.Option(
            "--goal", "--toward", help="Where the music should lead: match, lift, calm or focus."
        ),
    ] = "match",
    mood: Annotated[
        str | None, typer.Option(help="How you feel: calm, happy, sad, angry, fear …")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="V,A", help="How you feel, on the mood map: --at=0.5,-0.2."),
    ] = None,
    photo: Annotated[Path | None, typer.Option(help="Photo of your face to read.")] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0, help="Stop after so many minutes (with --player).")
    ] = None,
    player: Annotated[
        str | None, typer.Option(help="Provider that makes the sound; left out, the page does.")
    ] = None,
) -> None:
    """Start music that fits how you feel, and lead it where you want.

    Example: affetto listen --mood sad --toward lift
    """
    from affetto.cli.feelings import feeling
    from affetto.settings import load

    settings = load()
    felt = feeling(photo, mood, at)
    aim = _goal(goal)
    wanted = player or settings.player
    if wanted != "page":
        _with_player(settings, wanted, aim, felt, minutes)
        return
    if minutes is not None:
        raise Misuse(
            "The page plays until it is closed.",
            remedy="Leave --minutes out, or name a player with --player.",
        )
    url = running_server(settings)
    if url is None:
        _serve_here(settings, aim, felt)
        return
    session = tell_server(url, aim, felt)
    _announce(session["playing"], url)


def _goal(goal: str) -> Goal:
    try:
        return Goal(goal.casefold())
    except ValueError:
        names = ", ".join(one.value for one in Goal)
        raise Misuse(f"{goal!r} is no goal.", remedy=f"Choose one of {names}.") from None


def _announce(playing: dict[str, Any] | None, url: str) -> None:
    if playing is not None:
        typer.echo(f"{playing['track']['title']}: {playing['because']}")
        typer.echo(f"It plays in the page: {url}")
    else:
        typer.echo(f"Say how you feel in the page, and it plays: {url}")


# -- a server that runs already ---------------------------------------------------------


def running_server(settings: Settings) -> str | None:
    """The address of an Affetto that answers on this machine, or None."""
    import httpx

    from affetto.server.running import RunningServer

    noted = RunningServer.noted(settings.data_dir)
    if noted is None:
        return None
    try:
        answer = httpx.get(f"{noted.url}/api/house", timeout=ANSWER_WITHIN_S, trust_env=False)
    except httpx.HTTPError:
        return None  # it was stopped the hard way; its note stayed
    return noted.url if answer.status_code == 200 and "goals" in answer.text else None


def tell_server(url: str, goal: Goal, felt: Affect | EmotionReading | None) -> dict[str, Any]:
    """Aim the running session, or start one; returns it as the server tells it."""
    import httpx

    with httpx.Client(base_url=url, timeout=ANSWER_WITHIN_S, trust_env=False) as client:

        def ask(method: str, path: str, body: object = None) -> dict[str, Any]:
            try:
                answer = client.request(method, f"/api/sessions{path}", json=body)
                told: dict[str, Any] = answer.json()
            except (httpx.HTTPError, ValueError) as error:
                raise ServerSilent(
                    f"The server at {url} does not answer.",
                    remedy="Start it again with `affetto serve`.",
                ) from error
            if answer.is_success:
                return told
            if answer.status_code == 404:
                return {}
            raise ServerSilent(str(told.get("problem")), remedy=str(told.get("remedy")))

        session = ask("GET", "/current")
        if session:
            session = ask("PATCH", f"/{session['id']}", {"goal": goal.value})
        else:
            session = ask("POST", "", {"goal": goal.value})
        here = f"/{session['id']}"
        if isinstance(felt, EmotionReading):
            session = ask("POST", f"{here}/readings", _as_body(felt))
        elif felt is not None:
            place = {"valence": felt.valence, "arousal": felt.arousal}
            session = ask("POST", f"{here}/touch", place)
        return session


def _as_body(reading: EmotionReading) -> dict[str, Any]:
    return {
        "valence": reading.valence,
        "arousal": reading.arousal,
        "covariance": list(reading.covariance),
        "confidence": reading.confidence,
        "source": reading.source,
        "probabilities": dict(reading.probabilities),
    }


# -- a server of our own ------------------------------------------------------------------


def _serve_here(settings: Settings, goal: Goal, felt: Affect | EmotionReading | None) -> None:
    from affetto.cli.serve import serve_until_stopped

    async def begin(desk: SessionDesk, url: str) -> None:
        session = await open_session(desk, goal, felt)
        playing = session.model_dump()["playing"]
        _announce(playing, url)
        typer.echo("Ctrl-C stops.", err=True)

    serve_until_stopped(settings, insist=False, begin=begin)


async def open_session(
    desk: SessionDesk, goal: Goal, felt: Affect | EmotionReading | None
) -> wire.Session:
    """Begin a session with what is known of the listener."""
    if isinstance(felt, EmotionReading):
        session = await desk.start(goal, None)
        return await desk.feel(session.id, felt)
    return await desk.start(goal, felt)


# -- a provider's player --------------------------------------------------------------------


def _with_player(
    settings: Settings,
    name: str,
    goal: Goal,
    felt: Affect | EmotionReading | None,
    minutes: float | None,
) -> None:
    import asyncio

    from affetto.server.desk import SessionDesk
    from affetto.wiring import open_house

    with open_house(settings) as house:
        player = house.player(name)
        desk = SessionDesk(house)
        asyncio.run(
            play_through(
                desk, player, goal, felt, minutes=minutes, sleep=asyncio.sleep, tell=typer.echo
            )
        )


async def play_through(
    desk: SessionDesk,
    player: Player,
    goal: Goal,
    felt: Affect | EmotionReading | None,
    *,
    minutes: float | None,
    sleep: Callable[[float], Awaitable[object]],
    tell: Callable[[str], object],
) -> None:
    """Play one choice after the other until the minutes are over or it is cancelled.

    A track that has begun is played to its end. The player falls silent in any case.
    """
    session = await open_session(desk, goal, felt)
    if session.playing is None:  # nothing is known of the mood: any music will do
        session = await desk.next(session.id, Answer.SKIPPED, 0.0, None)
    left_s = minutes * 60 if minutes is not None else None
    try:
        while session.playing is not None:
            told = session.playing
            track = await desk.track(told.track.id)
            tell(f"{track.title}: {told.because}")
            await player.play(track)
            length_s = track.duration_s or UNKNOWN_LENGTH_S
            await sleep(length_s)
            if left_s is not None:
                left_s -= length_s
                if left_s <= 0:
                    break
            session = await desk.next(session.id, Answer.FINISHED, length_s, track.uri)
    finally:
        await player.stop()
        await desk.end(session.id)
