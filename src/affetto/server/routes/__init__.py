"""The addresses of the interface, by what they are about."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from affetto.server.desk import SessionDesk
from affetto.wiring import House


def _house(connection: HTTPConnection) -> House:
    house: House = connection.app.state.house
    return house


def _desk(connection: HTTPConnection) -> SessionDesk:
    desk: SessionDesk = connection.app.state.desk
    return desk


TheHouse = Annotated[House, Depends(_house)]
TheDesk = Annotated[SessionDesk, Depends(_desk)]
