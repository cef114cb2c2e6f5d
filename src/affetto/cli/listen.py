"""``affetto listen``: start music that fits, from the terminal.

Without ``--player`` the page makes the sound: a server that runs is told what to play;
where none runs, this one serves until Ctrl-C. With ``--player NAME`` a provider's
player sounds and no page is needed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from affetto.choice import Aim, Answer, Goal
from affetto.cli.serve import running_server
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


class _NoSession(ServerSilent):
    """The server knows no such session."""


def listen(
    toward: Annotated[
        str | None,
        typer.Option(
            "--toward",
            "--goal",
            metavar="WHERE",
            help="Where the music should lead: match, lift, calm, focus or sleep, a mood such as "
            "happy or drowsy, or a place V,A (left out, where the running session leads; match "
            "for a new one).",
        ),
    ] = None,
    intent: Annotated[
        str | None,
        typer.Option(
            help="What the music is for: keep, rest, intensify, distract, release, think, "
            "comfort or go."
        ),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Let the emotion map say where to lead: mirror or regulate; see affetto policy "
            "show.",
        ),
    ] = None,
    mood: Annotated[
        str | None, typer.Option(help="How you feel: calm, happy, sad, angry, fear …")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="V,A", help="How you feel, on the mood map: --at=0.5,-0.2."),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="WHERE", help="How you feel, either way: tense, -0.6,0.6."),
    ] = None,
    photo: Annotated[Path | None, typer.Option(help="Photo of your face to read.")] = None,
    minutes: Annotated[
        float | None,
        typer.Option(
            min=0,
            help="How long the way there may take, 1 to 600; with --player it also stops then.",
        ),
    ] = None,
    player: Annotated[
        str | None, typer.Option(help="Provider that makes the sound; left out, the page does.")
    ] = None,
    dry: Annotated[
        bool, typer.Option("--dry-run", help="Show the journey that would be played, no more.")
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(
            min=0, help="With --dry-run: number that lets near-ties take turns, the same each time."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --dry-run: print JSON for machines.")
    ] = False,
    playlist: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="With --dry-run: save the journey too, as a playlist: .m3u8, .xspf or .jspf.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a playlist that is there.")
    ] = False,
) -> None:
    """Start music that fits how you feel, and lead it where you want.

    Example: affetto listen --from tense --toward calm --minutes 30
    """
    from affetto.cli.feelings import feeling
    from affetto.cli.journey import aim_of, dry_run, place_from
    from affetto.cli.playlist import check, keep
    from affetto.cli.policy import by_policy
    from affetto.settings import load

    if start is not None and (mood, at, photo) != (None, None, None):
        raise Misuse(
            "A feeling was given in more than one way.",
            remedy="Use one of --from, --mood, --at and --photo.",
        )
    if not dry and (as_json or seed is not None or playlist is not None):
        raise Misuse(
            "--seed, --json and --playlist are for a journey that is only shown.",
            remedy="Add --dry-run.",
        )
    if playlist is not None:
        check(playlist, force=force)
    if policy is not None and (toward, intent) != (None, None):
        raise Misuse(
            "A policy says itself where to lead, and what for.",
            remedy="Use --policy, or --toward and --intent.",
        )
    if minutes is not None and not 1 <= minutes <= 600:
        raise Misuse(
            f"A journey of {minutes:g} minutes cannot be planned.",
            remedy="Give 1 to 600 minutes, or leave --minutes out.",
        )
    aim = aim_of(toward, intent, minutes)
    settings = load()
    felt = feeling(photo, mood, at) if start is None else place_from(start)
    if policy is not None:
        aim = by_policy(policy, felt, minutes)
    if dry:
        tracks = dry_run(settings, aim, felt, seed=seed, as_json=as_json)
        if playlist is not None:
            keep(playlist, "Journey planned by Affetto", tracks, settings)
        return
    wanted = player or settings.player
    if wanted != "page":
        _with_player(settings, wanted, aim, felt)
        return
    url = running_server(settings)
    if url is None:
        _serve_here(settings, aim, felt)
        return
    said = {"goal": toward or policy, "intent": intent, "minutes": minutes}
    _announce(
        tell_server(url, _wish(aim, {k for k, v in said.items() if v is not None}), felt), url
    )


def _wish(aim: Aim, said: Set[str]) -> dict[str, Any]:
    """What of an aim was said, as the server takes it; a goal said anew ends a drawn way."""
    place = aim.place
    wish: dict[str, Any] = {}
    if "goal" in said:
        wish = {
            "goal": aim.goal.value,
            "place": {"valence": place.valence, "arousal": place.arousal} if place else None,
            "way": [],
        }
    if said & {"goal", "intent"}:
        wish["row"] = aim.row or None
        wish["intent"] = aim.intent.value if aim.intent else None
    if "minutes" in said:
        wish["minutes"] = aim.minutes
    return wish


def _announce(session: dict[str, Any], url: str) -> None:
    playing, queue = session["playing"], session.get("queue")
    if playing is None:
        typer.echo(f"Say how you feel in the page, and it plays: {url}")
        return
    if session.get("behind"):  # a track that has begun is not cut off
        typer.echo(f"Now, chosen before: {playing['track']['title']}.")
        if queue:
            title, because = queue[0]["track"]["title"], queue[0]["because"]
            typer.echo(f"Next, for your new wish: {title}: {because}")
            typer.echo("It plays when this one ends, or skip now.")
    else:
        typer.echo(f"{playing['track']['title']}: {playing['because']}")
    typer.echo(f"It plays in the page: {url}")


# -- a server that runs already ---------------------------------------------------------


def tell_server(
    url: str, wish: Mapping[str, Any], felt: Affect | EmotionReading | None
) -> dict[str, Any]:
    """Aim the running session, or start one; returns it as the server tells it.

    What the ``wish`` does not say a running session keeps. Raises ServerSilent.
    """
    import httpx

    with httpx.Client(base_url=url, timeout=ANSWER_WITHIN_S, trust_env=False) as client:

        def ask(method: str, path: str, body: object = None) -> dict[str, Any]:
            try:
                answer = client.request(method, f"/api/sessions{path}", json=body)
                told = answer.json()
            except (httpx.HTTPError, ValueError) as error:
                raise _silent(url) from error
            if told is None and answer.is_success:  # nobody listens yet
                raise _NoSession("Nobody is listening.", remedy="Start a session.")
            if not isinstance(told, dict):
                raise _silent(url)
            if answer.status_code == 404:
                raise _NoSession(str(told.get("problem")), remedy=str(told.get("remedy")))
            if not answer.is_success:
                raise ServerSilent(str(told.get("problem")), remedy=str(told.get("remedy")))
            if not {"id", "playing"} <= told.keys():
                raise _silent(url)
            return told

        try:
            return _told(ask, wish, felt)
        except _NoSession:  # it ended between two of our questions
            return _told(ask, wish, felt)


def _told(
    ask: Callable[..., dict[str, Any]],
    wish: Mapping[str, Any],
    felt: Affect | EmotionReading | None,
) -> dict[str, Any]:
    try:
        session = ask("GET", "/current")
    except _NoSession:
        session = ask("POST", "", {"goal": Goal.MATCH.value, **wish})
    else:
        if wish:
            body = {**(session.get("aim") or {}), **wish}
            session = ask("PATCH", f"/{session['id']}", body)
    here = f"/{session['id']}"
    if isinstance(felt, EmotionReading):
        return ask("POST", f"{here}/readings", _as_body(felt))
    if felt is not None:
        return ask("POST", f"{here}/touch", {"valence": felt.valence, "arousal": felt.arousal})
    return session


def _silent(url: str) -> ServerSilent:
    return ServerSilent(
        f"The server at {url} does not answer as Affetto does.",
        remedy="Start it again with `affetto serve`.",
    )


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


def _serve_here(settings: Settings, aim: Aim, felt: Affect | EmotionReading | None) -> None:
    from affetto.cli.serve import serve_until_stopped

    async def begin(desk: SessionDesk, url: str) -> None:
        session = await open_session(desk, aim, felt)
        _announce(session.model_dump(), url)
        typer.echo("Ctrl-C stops.", err=True)

    serve_until_stopped(settings, insist=False, begin=begin)


async def open_session(
    desk: SessionDesk, aim: Aim, felt: Affect | EmotionReading | None
) -> wire.Session:
    """Begin a session with what is known of the listener."""
    if isinstance(felt, EmotionReading):
        session = await desk.start(aim, None)
        return await desk.feel(session.id, felt)
    return await desk.start(aim, felt)


# -- a provider's player --------------------------------------------------------------------


def _with_player(
    settings: Settings, name: str, aim: Aim, felt: Affect | EmotionReading | None
) -> None:
    import asyncio

    from affetto.server.desk import SessionDesk
    from affetto.wiring import open_house

    with open_house(settings) as house:
        player = house.player(name)
        desk = SessionDesk(house)
        asyncio.run(play_through(desk, player, aim, felt, sleep=asyncio.sleep, tell=typer.echo))


async def play_through(
    desk: SessionDesk,
    player: Player,
    aim: Aim,
    felt: Affect | EmotionReading | None,
    *,
    sleep: Callable[[float], Awaitable[object]],
    tell: Callable[[str], object],
) -> None:
    """Play one choice after the other until the aim's minutes are over or it is cancelled.

    A track that has begun is played to its end. The player falls silent and the session
    ends in any case, also when one of the two fails.
    """
    session = await open_session(desk, aim, felt)
    left_s = aim.minutes * 60 if aim.minutes is not None else None
    heard_s: float | None = None  # of the track that plays last
    try:
        if session.playing is None:  # nothing is known of the mood: any music will do
            session = await desk.next(session.id, Answer.SKIPPED, 0.0, None)
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
                    heard_s = length_s
                    break
            session = await desk.next(session.id, Answer.FINISHED, length_s, track.uri)
    finally:
        try:
            await player.stop()
        finally:
            await desk.end(session.id, heard_s)
