"""The addresses of the interface, by what they are about."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from affetto.server.atlas import Atlas
from affetto.server.desk import SessionDesk
from affetto.server.memory import MemoryDesk
from affetto.server.outlets import Outlets
from affetto.server.popularity import PopularTable
from affetto.server.scanning import ScanDesk
from affetto.wiring import House


def _house(connection: HTTPConnection) -> House:
    house: House = connection.app.state.house
    return house


def _desk(connection: HTTPConnection) -> SessionDesk:
    desk: SessionDesk = connection.app.state.desk
    return desk


def _atlas(connection: HTTPConnection) -> Atlas:
    atlas: Atlas = connection.app.state.atlas
    return atlas


def _scans(connection: HTTPConnection) -> ScanDesk:
    scans: ScanDesk = connection.app.state.scans
    return scans


def _memory(connection: HTTPConnection) -> MemoryDesk:
    memory: MemoryDesk = connection.app.state.memory
    return memory


def _popular(connection: HTTPConnection) -> PopularTable:
    popular: PopularTable = connection.app.state.popular
    return popular


def _outlets(connection: HTTPConnection) -> Outlets:
    outlets: Outlets = connection.app.state.outlets
    return outlets


TheHouse = Annotated[House, Depends(_house)]
TheDesk = Annotated[SessionDesk, Depends(_desk)]
TheAtlas = Annotated[Atlas, Depends(_atlas)]
TheMemory = Annotated[MemoryDesk, Depends(_memory)]
ThePopular = Annotated[PopularTable, Depends(_popular)]
TheOutlets = Annotated[Outlets, Depends(_outlets)]
TheScans = Annotated[ScanDesk, Depends(_scans)]
