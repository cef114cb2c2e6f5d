from __future__ import annotations

from pathlib import Path

import pytest

from affetto.music import local, memory
from affetto.music.catalogue import Catalogue
from affetto.music.provider import Library, Sound, connect
from affetto.music.scanning import ScannedFile, scan
from affetto.track import Track, TrackFeatures, TrackUri
from contracts.libraries import LibraryContract
from music.sounds import A_MAJOR, FORMATS, PNG, chord, tag, with_cover, write

PIECE = chord(A_MAJOR, 0.5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("music")
    for i, ending in enumerate(FORMATS):
        path = write(root / f"{i}{ending}", PIECE)
        if i:
            tag(path, title=f"Song no{i}", artist="Someone", album="Things")
    with_cover(root / "1.flac", PNG)
    return root


class TestMemory(LibraryContract):
    @pytest.fixture
    def library(self, folder: Path) -> Library:
        tracks = [
            Track(TrackUri("memory:a"), "First", "Someone", features=TrackFeatures(0.5, 0.5)),
            Track(TrackUri("memory:b"), "Second", "Another"),
        ]
        sound = Sound(folder / "1.flac", "audio/flac")
        return memory.MemoryLibrary(tracks, {tracks[0].uri: sound})


class TestMemoryByName(LibraryContract):
    @pytest.fixture
    def library(self) -> Library:
        provider = connect("memory")
        assert provider.library is not None
        return provider.library


@pytest.fixture(scope="module")
def scanned(folder: Path) -> Library:
    found = [one for one in scan(folder, known={}, workers=0) if isinstance(one, ScannedFile)]
    files = {one.track.uri: Path(one.path) for one in found}
    return local.LocalLibrary(files, [one.track for one in found])


class TestScannedFolder(LibraryContract):
    @pytest.fixture
    def library(self, scanned: Library) -> Library:
        return scanned


class TestFolderByName(LibraryContract):
    @pytest.fixture
    def library(self, folder: Path) -> Library:
        provider = connect("local", {"folder": str(folder)})
        assert provider.library is not None
        return provider.library


class TestCatalogue(LibraryContract):
    @pytest.fixture
    def library(self, folder: Path) -> Library:
        here = local.create({"folder": str(folder)}).library
        made_up = memory.create({}).library
        assert here is not None
        assert made_up is not None
        return Catalogue({"memory": made_up, "local": here})


class TestDemo(LibraryContract):
    @pytest.fixture
    def library(self, tmp_path: Path) -> Library:
        # Nothing is generated here: without its files the demo has no sound to hand out.
        provider = connect("demo", {"folder": str(tmp_path)})
        assert provider.library is not None
        return provider.library
