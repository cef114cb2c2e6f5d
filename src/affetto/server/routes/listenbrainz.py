"""Telling ListenBrainz what was heard: how it stands, connect, disconnect."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from starlette.requests import HTTPConnection

from affetto.server.listens import ListenDesk
from affetto.server.problems import told
from affetto.server.wire.listenbrainz import ConnectListenBrainz, ListenBrainz

router = APIRouter(prefix="/api/listenbrainz", tags=["music"])


def _listens(connection: HTTPConnection) -> ListenDesk:
    listens: ListenDesk = connection.app.state.listens
    return listens


TheListens = Annotated[ListenDesk, Depends(_listens)]


@router.get("", responses=told(503))
async def get_listen_brainz(listens: TheListens) -> ListenBrainz:
    """Whether what is heard is told there, what waits, and the text to agree to."""
    return await listens.told()


@router.put("", responses=told(400, 403, 409, 413, 422, 502, 503))
async def connect_listen_brainz(listens: TheListens, given: ConnectListenBrainz) -> ListenBrainz:
    """Agree, and tell what is heard from now on; the token is tried first, then sealed."""
    return await listens.connect(given.token.get_secret_value().strip(), given.version)


@router.delete("", status_code=204, responses=told(403, 503))
async def disconnect_listen_brainz(listens: TheListens) -> Response:
    """Tell nothing more; the token is deleted."""
    await listens.disconnect()
    return Response(status_code=204)
