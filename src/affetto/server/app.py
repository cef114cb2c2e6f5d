"""The web door: one application for one house."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute

from affetto import __version__
from affetto.server import live
from affetto.server.access import HEADERS, Access
from affetto.server.atlas import Atlas
from affetto.server.desk import SessionDesk
from affetto.server.listens import ListenDesk
from affetto.server.lookout import Lookout
from affetto.server.memory import MemoryDesk
from affetto.server.models import serve_models
from affetto.server.outlets import Outlets
from affetto.server.page import STATIC, serve_page
from affetto.server.plays import PlayDesk
from affetto.server.popularity import PopularTable
from affetto.server.problems import ProblemResponse, answer_with_problems
from affetto.server.routes import (
    account,
    history,
    library,
    listenbrainz,
    listening,
    lists,
    me,
    playlists,
    policies,
    providers,
    senses,
    spotify,
    tracks,
    youtube,
)
from affetto.server.scanning import ScanDesk
from affetto.server.spotifying import SpotifyDesk
from affetto.server.youtubing import YouTubeDesk
from affetto.wiring import House

log = logging.getLogger(__name__)

_ABOUT = (
    "Music that fits how you feel. Every error is application/problem+json with a `problem` "
    "and a `remedy`. `WS /api/live?session=ID` tells the session at every change and takes "
    "camera frames; without `session` it waits for the next one to begin."
)


def create_app(house: House, *, static: Path = STATIC) -> FastAPI:
    """The application that serves ``house``; it closes the house when it stops."""
    app = describe()
    app.state.house = house
    app.state.desk = SessionDesk(house)
    app.state.memory = MemoryDesk(house, app.state.desk)
    app.state.outlets = Outlets(house, app.state.desk)
    app.state.atlas = Atlas(house)
    app.state.popular = PopularTable(house)
    app.state.spotify = SpotifyDesk(house, app.state.desk)
    app.state.scans = ScanDesk(house)
    app.state.listens = ListenDesk(house, app.state.desk)
    app.state.plays = PlayDesk(house, app.state.desk)
    app.state.lookout = Lookout(house)
    app.state.youtube = YouTubeDesk(house, app.state.desk)
    serve_models(app, house, static)
    serve_page(app, static)
    return app


def describe() -> FastAPI:
    """The interface without a house behind it: enough to be documented."""
    app = FastAPI(
        title="Affetto",
        version=__version__,
        description=_ABOUT,
        openapi_url="/api/openapi.json",
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        separate_input_output_schemas=False,
        lifespan=_lifespan,
    )
    answer_with_problems(app)

    @app.exception_handler(Exception)
    async def surprise(request: Request, error: Exception) -> ProblemResponse:
        # Outside ``Access``, so it brings the headers itself.
        response = ProblemResponse(
            500,
            "Something went wrong inside Affetto.",
            "Try again; if it stays, the server's log says more.",
        )
        response.headers.update(HEADERS)
        return response

    music = (library, tracks, lists, playlists, providers, listenbrainz, youtube, spotify)
    for room in (account, me, history, senses, listening, policies, *music, live):
        app.include_router(room.router)
    app.add_middleware(Access)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    house: House | None = getattr(app.state, "house", None)
    if house is not None:
        app.state.scans.follow()
        await app.state.outlets.begin()
        await app.state.listens.begin()
        app.state.plays.begin()
        app.state.lookout.begin()
    yield
    if house is not None:
        await app.state.lookout.close()
        await app.state.plays.close()
        await app.state.listens.close()
        await app.state.youtube.close()
        await app.state.spotify.close()
        await app.state.outlets.end()
        await house.connections.close()
        await asyncio.to_thread(app.state.scans.close)
        house.close()


def _operation_id(route: APIRoute) -> str:
    """``start_session`` → ``startSession``: a tidy name in a generated client."""
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)
