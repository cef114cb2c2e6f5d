from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from affetto.music.spotify import addresses
from affetto.music.spotify.account import SpotifyAccount
from affetto.music.spotify.grants import Grant, MemoryKeeper
from spotify_kit import CLIENT_ID, FakeSpotify

if TYPE_CHECKING:
    from spotify_contract import Contract

FILE = "spotify-openapi.yaml"


def contract_file() -> Path | None:
    """The description of the whole interface, if it is at hand."""
    folder = os.environ.get("AFFETTO_DATA")
    path = Path(folder) / FILE if folder else None
    return path if path is not None and path.is_file() else None


@pytest.fixture(scope="session")
def contract() -> Contract | None:
    file = contract_file()
    if file is None:
        return None
    from spotify_contract import Contract  # brings a checker that takes a while to come

    return Contract(file)


@pytest.fixture
def spotify(contract: Contract | None) -> Iterator[FakeSpotify]:
    """The stand-in; whatever a test does, we must not stray from development mode."""
    if contract is not None:
        contract.broken.clear()
    with FakeSpotify(contract) as fake:
        yield fake
    assert fake.strayed == []
    assert contract is None or contract.broken == []


def granted(spotify: FakeSpotify) -> Grant:
    told = spotify.tokens()
    return Grant(
        CLIENT_ID, told["access_token"], told["refresh_token"], time.time() + 3600, time.time()
    )


@pytest.fixture
def keeper(spotify: FakeSpotify) -> MemoryKeeper:
    return MemoryKeeper(granted(spotify))


@pytest.fixture
def account(spotify: FakeSpotify, keeper: MemoryKeeper) -> SpotifyAccount:
    """Signed in, with a clock that follows Spotify's, and more patience than a page has."""
    account = SpotifyAccount(
        keeper, addresses=addresses(spotify.settings), look_every_s=0.05, clock=spotify.now
    )
    account.patience_s = 30.0
    return account
