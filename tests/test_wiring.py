from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from affetto.errors import Misuse, NotFound
from affetto.music.memory import MemoryLibrary, MemoryPlayer
from affetto.senses.face import Look
from affetto.settings import Settings
from affetto.store.database import Database, StoreTrouble
from affetto.store.tracks import ShelvedFile, TrackShelf
from affetto.track import Track, TrackFeatures, TrackUri
from affetto.wiring import House, make_folder, open_database, open_house, prepare_demo

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def settings(tmp_path: Path, **given: object) -> Settings:
    return Settings(data_dir=tmp_path / "data", **{"demo": False, **given})  # type: ignore[arg-type]


def shelved(folder: Path, name: str) -> ShelvedFile:
    path = folder / f"{name}.flac"
    track = Track(
        TrackUri(f"local:{name:0>16}"), name, features=TrackFeatures(0.5, 0.5), duration_s=60
    )
    return ShelvedFile(uri=track.uri, path=str(path), stamp=(1, 2), track=track)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(settings(tmp_path)) as house:
        yield house


def test_a_house_opens_with_what_is_installed(tmp_path: Path) -> None:
    given = settings(tmp_path, demo=True, providers=("local", "memory"))
    with open_house(given) as house:
        tracks = asyncio.run(house.tracks())
        assert house.has_demo
        assert {track.provider for track in tracks} == {"demo", "memory"}
        assert isinstance(house.player("memory"), MemoryPlayer)
        assert (tmp_path / "data" / "affetto.db").is_file()


def test_music_scanned_meanwhile_is_found_without_a_restart(
    tmp_path: Path,
) -> None:
    given = settings(tmp_path)

    async def listen(house: House) -> None:
        assert await house.tracks() == ()
        before = await house.candidates()
        assert await house.candidates() is before  # nothing changed: the very same
        TrackShelf(house.database).save([shelved(tmp_path, "one")], now=NOON)
        [track] = await house.tracks()
        assert track.title == "one"
        assert await house.candidates() is not before
        assert await house.track(track.uri) == track
        assert await house.sound(track.uri) is None  # the file was never there

    database = open_database(given)
    with House(given, database=database, libraries={}, look_again_s=0.0) as house:
        asyncio.run(listen(house))


def test_nobody_waits_while_a_changed_library_is_made_anew(tmp_path: Path) -> None:
    async def listen() -> None:
        gathered, go_on = asyncio.Event(), asyncio.Event()
        go_on.set()

        class Slow(MemoryLibrary):
            async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
                gathered.set()
                await go_on.wait()
                return await super().search(words, limit=limit)

        with House(
            given, database=open_database(given), libraries={"slow": Slow()}, look_again_s=0.0
        ) as house:
            assert await house.tracks() == ()
            go_on.clear()
            gathered.clear()
            TrackShelf(house.database).save([shelved(tmp_path, "one")], now=NOON)
            for _ in range(3):
                assert await asyncio.wait_for(house.tracks(), 5) == ()
            assert gathered.is_set()
            go_on.set()
            assert house._collector.renewing is not None
            await house._collector.renewing
            assert [track.title for track in await house.tracks()] == ["one"]

    given = settings(tmp_path)
    asyncio.run(asyncio.wait_for(listen(), 20))


def test_the_library_stays_when_it_cannot_be_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def listen(house: House) -> None:
        [track] = await house.tracks()
        TrackShelf(house.database).save([shelved(tmp_path, "two")], now=NOON)
        with house.database.session() as raw:
            raw.connection().exec_driver_sql("ALTER TABLE tracks RENAME TO elsewhere")
        assert await house.tracks() == (track,)
        assert "the library stays as it was" in caplog.text
        with house.database.session() as raw:
            raw.connection().exec_driver_sql("ALTER TABLE elsewhere RENAME TO tracks")
        assert len(await house.tracks()) == 2

    given = settings(tmp_path)
    with House(given, database=open_database(given), libraries={}, look_again_s=0.0) as house:
        TrackShelf(house.database).save([shelved(tmp_path, "one")], now=NOON)
        asyncio.run(listen(house))


def test_the_library_is_not_looked_at_all_the_time(house: House, tmp_path: Path) -> None:
    async def listen() -> None:
        assert await house.tracks() == ()
        TrackShelf(house.database).save([shelved(tmp_path, "one")], now=NOON)
        assert await house.tracks() == ()  # within the same second

    asyncio.run(listen())


def test_many_askers_at_once_open_the_library_once(tmp_path: Path) -> None:
    asked = 0

    class Counting(MemoryLibrary):
        async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
            nonlocal asked
            asked += 1
            await asyncio.sleep(0.01)
            return await super().search(words, limit=limit)

    given = settings(tmp_path, providers=())
    with House(given, database=open_database(given), libraries={"memory": Counting()}) as house:

        async def ask() -> None:
            await asyncio.gather(*(house.tracks() for _ in range(10)))

        asyncio.run(ask())
    assert asked == 1


def test_a_silent_library_leaves_the_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Silent(MemoryLibrary):
        async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
            raise OSError("no route to host")

    given = settings(tmp_path, providers=())
    track = Track(TrackUri("memory:a"), "A")
    libraries = {"silent": Silent(), "memory": MemoryLibrary([track])}
    with House(given, database=open_database(given), libraries=libraries) as house:
        assert asyncio.run(house.tracks()) == (track,)
    assert "silent" in caplog.text


def test_a_provider_that_fails_is_left_out_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    given = settings(tmp_path, providers=("memory", "nowhere"))
    with caplog.at_level(logging.WARNING), open_house(given) as house:
        assert len(asyncio.run(house.tracks())) == 4
    assert "nowhere" in caplog.text


def test_a_player_is_made_for_whoever_asks(house: House) -> None:
    assert isinstance(house.player("memory"), MemoryPlayer)
    with pytest.raises(NotFound):
        house.player("nowhere")
    for silent in ("local", "demo"):
        with pytest.raises(NotFound, match="no player"):
            house.player(silent)


def test_a_provider_set_wrongly_is_misuse(tmp_path: Path) -> None:
    given = settings(tmp_path, provider={"memory": {"nonsense": "x"}})
    with open_house(given) as house, pytest.raises(Misuse):
        house.player("memory")


def test_the_keys_are_made_when_first_needed(house: House, tmp_path: Path) -> None:
    assert not (tmp_path / "data" / "keys").exists()
    sealed = house.keyring.seal("secret")
    assert (tmp_path / "data" / "keys").is_file()
    assert house.keyring.open(sealed) == "secret"


def test_keys_from_the_settings_leave_no_file(tmp_path: Path) -> None:
    from cryptography.fernet import Fernet

    given = settings(tmp_path, token_keys=Fernet.generate_key().decode())
    with open_house(given) as house:
        assert house.keyring.open(house.keyring.seal("secret")) == "secret"
    assert not (tmp_path / "data" / "keys").exists()


def test_the_database_may_lie_elsewhere(tmp_path: Path) -> None:
    given = settings(tmp_path, database_url=f"sqlite:///{(tmp_path / 'other.db').as_posix()}")
    with open_house(given):
        assert (tmp_path / "other.db").is_file()
        assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way")
    with pytest.raises(StoreTrouble, match="cannot be made") as caught:
        open_house(settings(tmp_path))
    assert "AFFETTO_DATA_DIR" in caught.value.remedy
    with pytest.raises(StoreTrouble):
        make_folder(tmp_path / "data" / "demo")


def test_a_damaged_database_stops_the_opening_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "affetto.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreTrouble, match="damaged"):
        open_house(settings(tmp_path))


def test_a_real_picture_is_looked_at_by_whoever_reads_faces(tmp_path: Path) -> None:
    from io import BytesIO

    from PIL import Image

    from affetto.errors import UnreadablePicture

    class Nobody:
        def look(self, frame: object, *, thorough: bool = True, most: int | None = None) -> Look:
            return Look(())

    file = BytesIO()
    Image.new("RGB", (30, 20)).save(file, "PNG")
    given = settings(tmp_path)
    with House(given, database=open_database(given), libraries={}, faces=Nobody()) as house:  # type: ignore[arg-type]
        seen = asyncio.run(house.look(file.getvalue(), thorough=True))
        assert (seen.face, seen.others, seen.width, seen.height) == (None, 0, 30, 20)
        with pytest.raises(UnreadablePicture):
            asyncio.run(house.look(b"no picture", thorough=True))


def test_only_the_missing_demo_music_is_composed_and_told(tmp_path: Path) -> None:
    from affetto.music.demo import PIECES, file_name

    given = settings(tmp_path, demo=True)
    given.demo_dir.mkdir(parents=True)
    for piece in PIECES[1:]:
        (given.demo_dir / file_name(piece)).write_bytes(b"composed before")
    told: list[tuple[int, int, str]] = []
    prepare_demo(given, on_progress=lambda *news: told.append(news))
    assert told == [(len(PIECES), len(PIECES), PIECES[0].title)]
    assert (given.demo_dir / file_name(PIECES[0])).stat().st_size > 10_000
    told.clear()
    prepare_demo(given, on_progress=lambda *news: told.append(news))
    assert told == []


def test_a_closed_house_can_be_opened_again(tmp_path: Path) -> None:
    for _ in range(2):
        with open_house(settings(tmp_path)) as house:
            asyncio.run(house.set_consent("camera", "v1", given=True))
    with open_house(settings(tmp_path)) as house:
        assert asyncio.run(house.consents())["camera"].given


def test_the_consents_are_read_once(tmp_path: Path) -> None:
    given = settings(tmp_path)
    database: Database = open_database(given)
    with House(given, database=database, libraries={}) as house:

        async def ask() -> None:
            await house.consents()
            house.listeners.set_consent(house.listener, "camera", "v1", NOON, given=True)
            assert "camera" not in await house.consents()
            await house.set_consent("photo", "v1", given=True)
            assert (await house.consents())["photo"].given

        asyncio.run(ask())
