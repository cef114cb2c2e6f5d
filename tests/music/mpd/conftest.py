from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

import pytest

from affetto.music.mpd import MpdProvider, create
from affetto.track import Track
from mpd_kit import PASSWORD, Mpd, write_songs


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mpd]:
    folder = tmp_path_factory.mktemp("mpd")
    mpd = Mpd(folder / "home", write_songs(folder / "music"))
    mpd.start()
    yield mpd
    mpd.stop()


@pytest.fixture
def mpd(started: Mpd) -> Mpd:
    """A real one, shared by all tests: silent and empty at the start of each."""
    started.does("clear", "setvol 100", "crossfade 0", "random 0", "clearerror")
    return started


@pytest.fixture(scope="session")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mpd]:
    """One that lets nobody in without a password, has no song and keeps nothing."""
    folder = tmp_path_factory.mktemp("locked")
    (folder / "music").mkdir()
    quoted = PASSWORD.replace('"', '\\"')
    rights = (
        f'password "{quoted}@read,add,control,admin"',
        'password "looker@read"',
        'default_permissions ""',
    )
    mpd = Mpd(folder / "home", folder / "music", *rights, keeps=False)
    mpd.start()
    yield mpd
    mpd.stop()


@pytest.fixture
def provider(mpd: Mpd) -> Iterator[MpdProvider]:
    made = create(mpd.settings)
    yield made
    assert made.connection is not None
    asyncio.run(made.connection.close())


@pytest.fixture
def songs(provider: MpdProvider) -> dict[str, Track]:
    """Every song MPD has, by title."""
    assert provider.library is not None
    found: Sequence[Track] = asyncio.run(provider.library.search(""))
    return {track.title: track for track in found}
