"""YouTube: connect it, make a playlist there of what was chosen, disconnect it."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import PlainTextResponse

from affetto.errors import AffettoError
from affetto.music.curated import link
from affetto.music.youtube import Made
from affetto.server.problems import told
from affetto.server.wire import Trouble
from affetto.server.wire.youtube import (
    KeepYouTubePlaylist,
    YouTubeConnect,
    YouTubeMissed,
    YouTubePlaylist,
    YouTubeSignIn,
    YouTubeState,
)
from affetto.server.youtubing import YouTubeDesk

router = APIRouter(prefix="/api/youtube", tags=["music"])

_BACK: Final = "Close this window and go back to Affetto."


def _desk(request: Request) -> YouTubeDesk:
    desk: YouTubeDesk = request.app.state.youtube
    return desk


TheYouTube = Annotated[YouTubeDesk, Depends(_desk)]


@router.get("", responses=told(503))
async def get_you_tube(desk: TheYouTube, request: Request) -> YouTubeState:
    """What is known of the connection, and how far the playlist is. Google is not asked."""
    connected, trouble = False, desk.trouble
    try:
        connected = await desk.grant() is not None
    except AffettoError as error:  # sealed with a key that is gone
        trouble = error
    return YouTubeState(
        connected=connected,
        redirect=_redirect(request),
        trouble=_trouble(trouble),
        playlist=_playlist(desk.made) if desk.made is not None else None,
    )


@router.post("/connect", responses=told(400, 403, 413, 422, 503))
async def connect_you_tube(
    desk: TheYouTube, request: Request, given: YouTubeConnect
) -> YouTubeSignIn:
    """Begin to sign in: the listener goes to the address, and comes back connected."""
    secret = given.client_secret.get_secret_value().strip()
    return YouTubeSignIn(url=desk.begin(given.client_id, secret, _redirect(request)))


@router.get(
    "/callback",
    response_class=PlainTextResponse,
    responses={
        403: {"description": "Not connected, and why", "content": {"text/plain": {}}},
        **told(422),
    },
)
async def finish_you_tube(
    desk: TheYouTube,
    state: Annotated[str | None, Query(max_length=200)] = None,
    code: Annotated[str | None, Query(max_length=2000)] = None,
    error: Annotated[str | None, Query(max_length=200)] = None,
) -> PlainTextResponse:
    """Where Google sends the listener back to, with a code for the sign-in that was begun."""
    trouble = await desk.finish(state, code, error)
    if trouble is None:
        return PlainTextResponse(f"YouTube is connected. {_BACK}")
    said = f"{trouble.problem} {trouble.remedy}"
    return PlainTextResponse(f"YouTube is not connected. {said} {_BACK}", status_code=403)


@router.delete("", status_code=204, responses=told(403, 503))
async def disconnect_you_tube(desk: TheYouTube) -> Response:
    """Delete the sign-in; playlists that were made stay at YouTube."""
    await desk.disconnect()
    return Response(status_code=204)


@router.post("/playlists", status_code=202, responses=told(400, 403, 404, 409, 413, 422, 503))
async def make_you_tube_playlist(desk: TheYouTube, given: KeepYouTubePlaylist) -> YouTubePlaylist:
    """Begin to make a private playlist; ``GET /api/youtube`` tells how far it is."""
    return _playlist(await desk.make(given.of))


def _redirect(request: Request) -> str:
    """Where to come back to, by number: Google takes no "localhost"."""
    base = urlsplit(str(request.base_url))
    host = "[::1]" if base.hostname == "::1" else "127.0.0.1"
    return f"http://{host}{f':{base.port}' if base.port else ''}/api/youtube/callback"


def _playlist(made: Made) -> YouTubePlaylist:
    return YouTubePlaylist(
        title=made.title,
        total=made.total,
        added=made.added,
        missed=[
            YouTubeMissed(
                title=one.title,
                artist=one.artist,
                why=one.why,
                link=link(one.title, one.artist, "youtube"),
            )
            for one in made.missed
        ],
        left=made.left,
        url=made.url,
        finished=made.finished,
        trouble=_trouble(made.trouble),
    )


def _trouble(trouble: AffettoError | None) -> Trouble | None:
    return Trouble(problem=trouble.problem, remedy=trouble.remedy) if trouble is not None else None
