from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from affetto.emotion import EXPRESSIONS, Affect, EmotionReading, affect_of
from affetto.music.memory import MemoryLibrary
from affetto.music.provider import Cover, Sound
from affetto.senses.face import Doubt, Look, SeenFace, UnreadFace
from affetto.senses.sense import ImageFrame
from affetto.server.app import create_app
from affetto.server.consent import CONSENT_TEXTS
from affetto.settings import Settings
from affetto.store.database import Database
from affetto.track import Track, TrackFeatures, TrackUri
from affetto.wiring import House

HERE = "http://127.0.0.1:8765"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SOUND = bytes(range(256)) * 40  # 10,240 bytes

PLACES = {
    "happy": Affect(0.7, 0.5),
    "joyful": Affect(0.8, 0.6),
    "calm": Affect(0.5, -0.5),
    "restful": Affect(0.4, -0.7),
    "sad": Affect(-0.6, -0.4),
    "gloomy": Affect(-0.7, -0.5),
    "angry": Affect(-0.6, 0.6),
    "tense": Affect(-0.5, 0.7),
    "plain": Affect(0.0, 0.0),
    "steady": Affect(0.1, -0.1),
}


class Clock:
    """Time that stands until somebody moves it."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def wait(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class FakeFaces:
    """Sees the faces it is told to, and remembers how often it looked."""

    def __init__(self) -> None:
        self.expressions: list[str] = ["happy"]
        self.confidence = 0.9
        self.doubt: Doubt | None = None  # of the largest face
        self.looks: list[bool] = []
        self.before_looking: Callable[[], None] = lambda: None

    def look(self, frame: ImageFrame, *, thorough: bool = True, most: int | None = None) -> Look:
        self.looks.append(thorough)
        self.before_looking()
        if self.doubt is not None:
            others = len(self.expressions) - 1
            return Look((), (UnreadFace((10, 20, 100, 100), self.doubt),), others)
        read = [
            self._face(name, 100 - 10 * n, frame) for n, name in enumerate(self.expressions[:most])
        ]
        return Look(tuple(read), others=len(self.expressions) - len(read))

    def _face(self, name: str, size: int, frame: ImageFrame) -> SeenFace:
        sure = {e: 0.88 if e == name else 0.02 for e in EXPRESSIONS}
        affect, covariance = affect_of(sure)
        reading = EmotionReading(
            affect.valence, affect.arousal, self.confidence, "face", frame.at, covariance, sure
        )
        return SeenFace((10, 20, size, size), sure, reading)


def memory_library(folder: Path) -> MemoryLibrary:
    """Ten pieces over the whole map; all but "steady" sound."""
    path = folder / "sound.flac"
    path.write_bytes(SOUND)
    tracks = [
        Track(
            TrackUri(f"memory:{name}"),
            name.title(),
            artist=f"The {name.title()}s",
            duration_s=60.0,
            features=TrackFeatures(
                place.valence,
                place.arousal,
                0.1,
                0.1,
                tempo_bpm=100.0,
                energy=(place.arousal + 1) / 2,
            ),
        )
        for name, place in PLACES.items()
    ]
    return MemoryLibrary(
        tracks,
        sounds={t.uri: Sound(path, "audio/flac") for t in tracks if t.title != "Steady"},
        covers={
            TrackUri("memory:happy"): Cover(
                b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"
            )
        },
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def faces() -> FakeFaces:
    return FakeFaces()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", demo=False, providers=("memory",))


@pytest.fixture
def open_again(
    tmp_path: Path, settings: Settings, faces: FakeFaces, clock: Clock, fresh_database: Path
) -> Callable[[], House]:
    """Opens the house; called twice, it is the same house after a restart."""
    settings.data_dir.mkdir()
    shutil.copy(fresh_database, settings.database_file)
    (tmp_path / "music").mkdir()
    library = memory_library(tmp_path / "music")

    def opened() -> House:
        database = Database.at(settings.database_file)
        database.migrate()
        return House(
            settings,
            database=database,
            libraries={"memory": library},
            faces=faces,
            clock=clock,
        )

    return opened


@pytest.fixture
def house(open_again: Callable[[], House]) -> Iterator[House]:
    with open_again() as house:
        yield house


@pytest.fixture
def static(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>affetto</title>" + " " * 500)
    (folder / "assets" / "index-abc123.js").write_text("export const a = 1;\n" * 100)
    (folder / "assets" / "font-abc123.woff2").write_bytes(b"wOF2" + bytes(100))
    return folder


@pytest.fixture
def client(house: House, static: Path) -> Iterator[TestClient]:
    with TestClient(create_app(house, static=static), base_url=HERE) as client:
        yield client


def picture(width: int = 64, height: int = 48, kind: str = "JPEG") -> bytes:
    """A small grey picture."""
    file = BytesIO()
    Image.fromarray(np.full((height, width, 3), 128, np.uint8)).save(file, kind)
    return file.getvalue()


def agree(client: TestClient, sensor: str, *, given: bool = True) -> None:
    response = client.put(
        "/api/consents",
        json={"sensor": sensor, "version": CONSENT_TEXTS[sensor].version, "given": given},
    )
    assert response.status_code == 200, response.text


def assert_problem(response, status: int, *words: str) -> None:  # type: ignore[no-untyped-def]
    """The one shape of every error."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert set(body) == {"title", "status", "problem", "remedy"}
    assert body["status"] == status
    for sentence in (body["problem"], body["remedy"]):
        assert sentence[0].isupper() or sentence[0].isalnum()
        assert sentence.endswith("."), sentence
    for word in words:
        assert word in body["problem"] + body["remedy"], body


def happy_reading(**changes: object) -> dict[str, object]:
    return {"valence": 0.8, "arousal": 0.5, "confidence": 0.9, "source": "face", **changes}
