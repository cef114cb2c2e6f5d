"""Spotify: connect it, choose where it sounds, play what fits a mood, disconnect it.

Nothing that Spotify answers goes further than the page that asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from affetto.errors import AffettoError, NothingToPlay, ServiceTrouble
from affetto.listening.presets import PLACES, Presets
from affetto.music.curated import CuratedSong
from affetto.music.spotify.account import Writing
from affetto.music.spotify.links import web_link
from affetto.music.spotify.searching import LookUp
from affetto.music.spotify.shapes import Song
from affetto.music.spotify.troubles import SignInNeeded, not_signed_in
from affetto.server import wire
from affetto.server.problems import Refused, told
from affetto.server.spotifying import SpotifyDesk, search_link, way_out

router = APIRouter(prefix="/api/spotify", tags=["spotify"])

SHEET: Final = "#spotify"  # where the page opens our sheet
PAGE: Final = 20  # saved songs at a time


def _desk(request: Request) -> SpotifyDesk:
    desk: SpotifyDesk = request.app.state.spotify
    return desk


TheSpotify = Annotated[SpotifyDesk, Depends(_desk)]


async def _connected(desk: TheSpotify) -> SpotifyDesk:
    """The desk, once there is a sign-in; without one nothing is asked of Spotify."""
    try:
        if await desk.account.grant() is None:
            raise not_signed_in()
    except SignInNeeded as needed:
        raise Refused(needed.problem, remedy=needed.remedy, status=409) from needed
    return desk


Connected = Annotated[SpotifyDesk, Depends(_connected)]


# -- the connection ---------------------------------------------------------------------


@router.get("", responses=told(503))
async def get_spotify(desk: TheSpotify, request: Request) -> wire.SpotifyState:
    """What is known of the connection. Spotify is not asked."""
    account, trouble = desk.account, desk.trouble
    grant = None
    try:
        grant = await account.grant()
    except AffettoError as error:  # sealed with a key that is gone
        trouble = error
    return wire.SpotifyState(
        connected=grant is not None,
        client_id=grant.client_id if grant else desk.own_client_id,
        redirect=_redirect(request),
        until=datetime.fromtimestamp(grant.until, UTC) if grant else None,
        listed=_list(account.look_up) if account.look_up else None,
        playlist=_playlist(account.writing) if account.writing else None,
        put_on=len(account.put_on),
        trouble=_trouble(trouble),
    )


@router.post("/connect", responses=told(400, 403, 413, 422, 503))
async def connect_spotify(
    desk: TheSpotify, request: Request, given: wire.SpotifyConnect
) -> wire.SpotifySignIn:
    """Begin to sign in: the listener goes to the address, and comes back connected."""
    back = str(request.base_url)
    return wire.SpotifySignIn(
        url=await desk.account.begin(given.client_id, _redirect(request), back)
    )


@router.get(
    "/callback",
    status_code=303,
    response_class=RedirectResponse,
    responses={303: {"description": "To the page, which tells what came of it."}, **told(422)},
)
async def finish_spotify(
    desk: TheSpotify,
    request: Request,
    state: Annotated[str | None, Query(max_length=200)] = None,
    code: Annotated[str | None, Query(max_length=2000)] = None,
    error: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Where Spotify sends the listener back to, with a code for the sign-in that was begun."""
    back = await desk.finish(state, code, error)
    return RedirectResponse(f"{back or request.base_url}{SHEET}", status_code=303)


@router.delete("", status_code=204, responses=told(403, 503))
async def disconnect_spotify(desk: TheSpotify) -> Response:
    """Delete the sign-in and all that was read with it; presets stay."""
    await desk.disconnect()
    return Response(status_code=204)


# -- where and what ---------------------------------------------------------------------


@router.get("/devices", responses=told(409, 502, 503))
async def get_spotify_devices(desk: Connected) -> wire.SpotifyDevices:
    """The listener's devices that are awake."""
    return await _devices(desk)


@router.put("/device", responses=told(400, 403, 409, 413, 422, 502, 503))
async def set_spotify_device(desk: Connected, given: wire.SpotifyChoose) -> wire.SpotifyDevices:
    """Let it sound there, at once if something plays."""
    await desk.account.player.choose(given.device)
    return await _devices(desk)


@router.post("/play", responses=told(400, 403, 409, 413, 422, 502, 503))
async def play_spotify(desk: TheSpotify, given: wire.SpotifyPlay) -> wire.SpotifyPlayed:
    """Play what fits a mood, waking a device if none is awake.

    When Spotify does not play it, the answer says why and brings a link that does.
    """
    mood, words, link = None, "", ""
    listed: LookUp | None = None
    trouble: AffettoError | None = None
    if given.uri is None:
        mood = given.mood or await desk.mood_ahead()
        words = (await desk.presets()).words(mood)
    link = web_link(given.uri) if given.uri else way_out(words)
    try:
        if given.uri is not None:
            await desk.account.play_link(given.uri)
        else:
            listed = await desk.play(mood or "", words)
    except (ServiceTrouble, NothingToPlay) as error:
        trouble, listed = error, desk.account.look_up
    return wire.SpotifyPlayed(
        mood=mood,
        words=words,
        link=link,
        listed=_list(listed) if listed else None,
        trouble=_trouble(trouble),
    )


@router.get("/playing", responses=told(409, 502, 503))
async def get_spotify_playing(desk: Connected) -> wire.SpotifyPlaying:
    """What Spotify does now. Ask at most every five seconds: Spotify counts."""
    now = await desk.account.player.playback()
    device = now.device
    return wire.SpotifyPlaying(
        song=_song(now.song) if now.song else None,
        playing=now.playing,
        position_s=now.position_s,
        device=device.name if device else "",
        volume=device.volume if device else None,
    )


@router.post("/transport", status_code=204, responses=told(400, 403, 409, 413, 422, 502, 503))
async def steer_spotify(desk: Connected, given: wire.SpotifyAct) -> Response:
    """Pause, go on, skip, seek, or make it louder or softer."""
    player = desk.account.player
    if given.do == "pause":
        await player.pause()
    elif given.do == "resume":
        await player.go_on()
    elif given.do in ("next", "previous"):
        await player.skip(back=given.do == "previous")
    elif given.do == "seek":
        await player.seek(given.position_s)
    else:
        await player.set_volume(given.volume)
    return Response(status_code=204)


@router.post("/queue", status_code=204, responses=told(400, 403, 409, 413, 422, 502, 503))
async def queue_spotify(desk: Connected, given: wire.SpotifyQueue) -> Response:
    """Put a song behind the one that sounds. Spotify takes nothing out again."""
    await desk.account.player.queue(given.uri)
    return Response(status_code=204)


@router.get("/saved", responses=told(409, 422, 502, 503))
async def get_spotify_saved(
    desk: Connected, offset: Annotated[int, Query(ge=0, le=100_000)] = 0
) -> wire.SpotifySongs:
    """Twenty of the listener's saved songs, newest first."""
    songs, more = await desk.account.saved(offset, PAGE)
    return wire.SpotifySongs(songs=[_song(song) for song in songs], more=more)


# -- presets and playlists --------------------------------------------------------------


@router.get("/presets", responses=told(503))
async def get_spotify_presets(desk: TheSpotify) -> wire.SpotifyPresets:
    """What is played for each mood, with links that need no account."""
    return _presets(await desk.presets())


@router.put("/presets", responses=told(400, 403, 413, 422, 503))
async def set_spotify_presets(
    desk: TheSpotify, given: wire.SetSpotifyPresets
) -> wire.SpotifyPresets:
    """Say what is to be played for each mood."""
    presets = Presets({str(mood): words for mood, words in given.words.items()})
    await desk.prefer(presets)
    return _presets(presets)


@router.post("/playlist", responses=told(400, 403, 409, 413, 422, 502, 503))
async def keep_spotify_playlist(
    desk: Connected, given: wire.KeepSpotifyPlaylist
) -> wire.SpotifyPlaylist:
    """Make a private playlist, or bring the one made of the same before up to date."""
    return _playlist(await desk.keep(given.of, given.name))


# -- into the shapes of the wire --------------------------------------------------------


def _redirect(request: Request) -> str:
    """Spotify takes this machine's address only as a number, and only over http here."""
    host = "[::1]" if request.url.hostname == "::1" else "127.0.0.1"
    return f"http://{host}:{request.url.port or 80}/api/spotify/callback"


async def _devices(desk: SpotifyDesk) -> wire.SpotifyDevices:
    awake = await desk.account.player.devices()
    chosen = desk.account.player.chosen
    return wire.SpotifyDevices(
        devices=[
            wire.SpotifyDevice(
                id=one.id,
                name=one.name,
                kind=one.kind,
                active=one.active,
                usable=one.usable,
                chosen=one.id == chosen,
            )
            for one in awake
        ]
    )


def _song(song: Song) -> wire.SpotifySong:
    return wire.SpotifySong(
        uri=song.uri,
        title=song.title,
        artist=song.artist,
        album=song.album,
        duration_s=song.duration_s,
        link=song.link,
    )


def _missed(songs: Sequence[CuratedSong]) -> list[wire.SpotifyMissed]:
    return [
        wire.SpotifyMissed(title=one.title, artist=one.artist, link=search_link(one))
        for one in songs
    ]


def _list(look_up: LookUp) -> wire.SpotifyList:
    return wire.SpotifyList(
        wanted=len(look_up.wanted),
        found=[_song(song) for song in look_up.found],
        missed=_missed(look_up.missed),
        done=look_up.done,
        trouble=_trouble(look_up.trouble),
    )


def _playlist(writing: Writing) -> wire.SpotifyPlaylist:
    return wire.SpotifyPlaylist(
        name=writing.name,
        link=writing.link,
        new=writing.new,
        songs=writing.songs,
        wanted=_list(writing.look_up),
        trouble=_trouble(writing.trouble),
    )


def _presets(presets: Presets) -> wire.SpotifyPresets:
    return wire.SpotifyPresets(
        presets=[
            wire.SpotifyPreset(
                mood=mood, words=presets.words(mood), link=way_out(presets.words(mood))
            )
            for mood in PLACES
        ]
    )


def _trouble(error: AffettoError | None) -> wire.Trouble | None:
    if error is None:
        return None
    return wire.Trouble(problem=error.problem, remedy=error.remedy)
