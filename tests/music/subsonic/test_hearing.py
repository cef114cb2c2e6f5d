"""Hearing a server's songs: fetched one by one, heard, kept, and lent to the library."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from affetto.cli import library_hear
from affetto.cli.main import app
from affetto.errors import Misuse, ServiceTrouble
from affetto.listening import distant as room
from affetto.listening.distant import Event, HeardAfar, Listed, hear_into
from affetto.listening.gathering import scan_into
from affetto.music import distant
from affetto.music.distant import HeardLibrary, HeardTrack, UnheardTrack, hear_from
from affetto.music.memory import MemoryLibrary
from affetto.music.provider import Library, Sound, connect
from affetto.music.scanning import FailedFile, ScannedFile, Stamp, hear_file
from affetto.settings import Settings
from affetto.store.database import Database
from affetto.store.distant import DistantShelf
from affetto.store.tracks import TrackShelf
from affetto.track import Track, TrackFeatures, TrackUri
from affetto.wiring import House
from music.sounds import HEARD_RATE, tune, write
from music.subsonic.fake import Failed, FakeServer, song
from subsonic_kit import Supysonic

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fresh_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files go; none may be left when the test is over."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.rglob("*")) == []


@pytest.fixture
def musical(fake: FakeServer) -> FakeServer:
    """The fake with three songs that quick ears take for music."""
    fake.sounds = {f"s{n}": b"music" + bytes([n]) * 5000 for n in range(3)}
    return fake


def quick_ears(path: str) -> ScannedFile | FailedFile:
    """Takes what begins with "music" for a calm piece, without listening through it."""
    data = Path(path).read_bytes()
    if not data.startswith(b"music"):
        return FailedFile(path, Stamp(1, 1), "This is no music.", "Choose a song.")
    calm = TrackFeatures(0.5, -0.5, loudness_db=-20.0)
    return ScannedFile(
        path, Stamp(1, len(data)), Track(TrackUri("local:x"), "As tagged", features=calm)
    )


def library_of(server: FakeServer | Supysonic) -> Library:
    library = connect("subsonic", server.settings).library
    assert library is not None
    return library


def hear_all(
    database: Database,
    server: FakeServer | Supysonic,
    on_event: Callable[[Event], None] | None = None,
    *,
    ears: Callable[[str], ScannedFile | FailedFile] = quick_ears,
) -> HeardAfar:
    def here(folder: Path, track: Track) -> HeardTrack | UnheardTrack:
        library = library_of(server)
        return asyncio.run(hear_from(library, folder, track, pause_s=0.0, listen=ears))

    return hear_into(
        database,
        "subsonic",
        library_of(server),
        here,
        now=lambda: NOON,
        workers=0,
        on_event=on_event,
    )


def kept(database: Database) -> dict[str, Track]:
    return {t.title: t for t in DistantShelf(database).tracks().get("subsonic", {}).values()}


def test_the_songs_of_a_real_server_get_moods_from_their_sound(
    database: Database, supysonic: Supysonic
) -> None:
    told = hear_all(database, supysonic, ears=hear_file)
    assert (told.heard, told.failed) == (4, [])
    for track in kept(database).values():
        assert track.features is not None
        assert "sound" in track.features.sources
        assert track.features.loudness_db is not None
    assert kept(database)["Two Song"].artist == "Someone"


def test_the_library_of_the_house_shows_what_was_heard(
    database: Database, musical: FakeServer, tmp_path: Path
) -> None:
    house = House(
        Settings(data_dir=tmp_path / "data", demo=False, providers=("memory",)),
        database=database,
        libraries={"subsonic": library_of(musical)},
        look_again_s=0.0,
    )

    async def story() -> tuple[Track | None, Track | None]:
        uri = TrackUri("subsonic:s1")
        before = await house.track(uri)
        await asyncio.to_thread(hear_all, database, musical)
        await house.collection()
        for _ in range(200):
            after = await house.track(uri)
            if after is not None and after.features is not None:
                break
            await asyncio.sleep(0.01)
        return before, after

    before, after = asyncio.run(story())
    house.close()
    assert before is not None and before.features is None
    assert after is not None and after.features is not None
    assert after.features.sources == ("sound",)
    assert after.title == "Song 1"


def test_nothing_is_heard_twice(database: Database, musical: FakeServer) -> None:
    assert hear_all(database, musical).heard == 3
    fetched = musical.methods().count("stream")
    again = hear_all(database, musical)
    assert (again.heard, again.unchanged, again.failed) == (0, 3, [])
    assert musical.methods().count("stream") == fetched


@pytest.mark.parametrize("change", [{"duration": 999}, {"title": "Song 1 of another server"}])
def test_a_song_that_has_changed_is_heard_again_and_its_mood_not_shown_before(
    database: Database, musical: FakeServer, change: dict[str, object]
) -> None:
    hear_all(database, musical)
    musical.songs[1] |= change
    heard = DistantShelf(database).tracks()["subsonic"]
    shown = HeardLibrary(library_of(musical), heard)
    features = {t.uri: t.features for t in asyncio.run(shown.search(""))}
    assert features[TrackUri("subsonic:s1")] is None
    assert features[TrackUri("subsonic:s0")] is not None
    assert hear_all(database, musical).heard == 1


def test_a_better_analysis_hears_everything_again(
    database: Database, musical: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear_all(database, musical)
    monkeypatch.setattr(room, "heard_with", lambda: "better ears")
    assert hear_all(database, musical).heard == 3


def test_one_song_that_is_no_sound_stops_nothing_and_is_not_tried_again(
    database: Database, musical: FakeServer
) -> None:
    musical.sounds["s1"] = b"<html>not music</html>" * 100
    told = hear_all(database, musical)
    assert told.heard == 2
    (failed,) = told.failed
    assert failed.track.title == "Song 1" and failed.problem and failed.remedy
    assert set(kept(database)) == {"Song 0", "Song 2"}
    again = hear_all(database, musical)
    assert (again.heard, again.unchanged, again.still_failing) == (0, 2, 1)
    assert TrackShelf(database).failures() == []  # those are of files


def test_a_server_that_breaks_off_is_asked_again(database: Database, musical: FakeServer) -> None:
    answers = iter([(503, {}, b""), (200, {"Content-Length": "99999"}, b"short")])

    def stumbling(query: dict[str, list[str]]) -> object:
        answer = next(answers, None)
        if answer is None:
            del musical.instead["stream"]
            return musical._stream(musical._song(query["id"][0]), "raw", None)
        return answer

    musical.instead["stream"] = stumbling  # type: ignore[assignment]
    assert hear_all(database, musical).heard == 3


def test_a_song_that_is_gone_meanwhile_is_tried_the_next_time(
    database: Database, musical: FakeServer
) -> None:
    def stream(query: dict[str, list[str]]) -> object:
        if query["id"] == ["s1"]:
            raise Failed(0, "Disk asleep")
        return musical._stream(musical._song(query["id"][0]), "raw", None)

    musical.instead["stream"] = stream  # type: ignore[assignment]
    told = hear_all(database, musical)
    assert told.heard == 2 and [one.passing for one in told.failed] == [True]
    del musical.instead["stream"]
    assert hear_all(database, musical).heard == 1


def test_a_server_that_is_lost_ends_it_and_what_was_heard_is_kept(
    database: Database, musical: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "ENOUGH_LOST", 2)
    musical.songs = [song(n) for n in range(20)]
    heard = []

    def lose(event: Event) -> None:
        if isinstance(event, HeardTrack):
            heard.append(event)
            musical.instead["stream"] = lambda _: (503, {}, b"")

    with pytest.raises(ServiceTrouble, match="too much to do"):
        hear_all(database, musical, lose)
    assert len(heard) == len(kept(database)) == 1
    del musical.instead["stream"]
    musical.songs = musical.songs[:3]
    assert hear_all(database, musical).heard == 2


def test_an_interruption_keeps_what_was_heard(database: Database, musical: FakeServer) -> None:
    def interrupt(event: Event) -> None:
        if isinstance(event, HeardTrack):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hear_all(database, musical, interrupt)
    assert len(kept(database)) == 1
    assert hear_all(database, musical).heard == 2


def test_songs_that_left_the_server_are_forgotten_but_never_all_at_once(
    database: Database, musical: FakeServer
) -> None:
    hear_all(database, musical)
    songs, musical.songs = musical.songs, []
    musical.instead["getAlbumList2"] = lambda _: {}
    assert hear_all(database, musical).gone == 0  # a disk that is not connected looks like that
    musical.songs = songs[:2]
    assert hear_all(database, musical).gone == 1
    assert set(kept(database)) == {"Song 0", "Song 1"}


def test_a_song_too_large_to_fetch_is_told(
    database: Database, musical: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distant, "LARGEST", 1000)
    told = hear_all(database, musical)
    assert told.heard == 0
    assert "MB" in told.failed[0].problem


def test_a_library_that_hands_out_no_sound_is_told(database: Database) -> None:
    library = MemoryLibrary([Track(TrackUri("memory:a"), "A")])
    with pytest.raises(Misuse, match="library scan"):
        hear_into(database, "memory", library, _never, now=lambda: NOON, workers=0)


def test_a_file_that_lies_here_after_all_is_heard_where_it_lies(tmp_path: Path) -> None:
    file = tmp_path / "song.mp3"
    file.write_bytes(b"music here")
    track = Track(TrackUri("memory:a"), "A")
    library = MemoryLibrary([track], {track.uri: Sound(file, "audio/mpeg")})
    (tmp_path / "fetched").mkdir()
    heard = asyncio.run(hear_from(library, tmp_path / "fetched", track, listen=quick_ears))
    assert isinstance(heard, HeardTrack) and heard.track.features is not None
    assert file.exists()


def _never(folder: Path, track: Track) -> HeardTrack:
    raise AssertionError("nothing is to be heard")


def test_how_many_there_are_is_told_first(database: Database, musical: FakeServer) -> None:
    events: list[Event] = []
    hear_all(database, musical, events.append)
    assert events[0] == Listed(3, 0, 3)
    assert [type(event) for event in events[1:]] == [HeardTrack] * 3


def test_the_same_recording_on_the_disk_and_on_a_server_is_one_song(
    database: Database, fake: FakeServer, tmp_path: Path
) -> None:
    (tmp_path / "music").mkdir()
    file = write(tmp_path / "music" / "same.flac", tune(3), HEARD_RATE)
    fake.songs = [song(0, suffix="flac", contentType="audio/flac", duration=30)]
    fake.sounds["s0"] = file.read_bytes()
    scan_into(TrackShelf(database), tmp_path / "music", now=lambda: NOON, workers=0)
    hear_all(database, fake, ears=hear_file)
    (here,) = TrackShelf(database).tracks()
    (there,) = kept(database).values()
    assert here.song == there.song != ""


def test_a_worker_answers_whatever_goes_wrong(musical: FakeServer, tmp_path: Path) -> None:
    track = Track(TrackUri("subsonic:s0"), "Song 0")
    unsound = distant.hear_track("subsonic", musical.settings, tmp_path, track)
    assert isinstance(unsound, UnheardTrack) and not unsound.passing
    for provider, settings in (("subsonic", {}), ("nosuch", {}), ("memory", {})):
        answer = distant.hear_track(provider, settings, tmp_path, track)
        assert isinstance(answer, UnheardTrack) and answer.problem and answer.remedy
    broken = distant.hear_track("subsonic", musical.settings, tmp_path / "gone", track)
    assert isinstance(broken, UnheardTrack) and broken.passing


# -- at the command line --------------------------------------------------------------


def types(tmp_path: Path, settings: dict[str, str], *words: str) -> tuple[int, str, str]:
    env = {
        "AFFETTO_DATA_DIR": str(tmp_path / "data"),
        "AFFETTO_DEMO": "false",
        "AFFETTO_PROVIDERS": '["subsonic"]',
        **{f"AFFETTO_PROVIDER__SUBSONIC__{key.upper()}": value for key, value in settings.items()},
    }
    result = CliRunner().invoke(app, ["library", "hear", *words], env=env)
    return result.exit_code, result.stdout, result.stderr


def test_a_listener_has_a_servers_songs_heard(
    supysonic: Supysonic, tmp_path: Path, fresh_folder: Path
) -> None:
    code, out, _ = types(tmp_path, supysonic.settings, "subsonic", "--workers", "1", "--json")
    assert code == 0
    told = json.loads(out)
    assert (told["heard"], told["failed"]) == (4, [])
    code, out, _ = types(tmp_path, supysonic.settings, "subsonic")
    assert code == 0 and "0 heard · 4 unchanged" in out


def test_a_listener_is_told_what_failed_and_why() -> None:
    failed = [
        UnheardTrack(
            Track(TrackUri(f"subsonic:{n}"), f"Song {n}", "Somebody"), "It is broken.", "Mend it."
        )
        for n in range(12)
    ]
    told = HeardAfar(heard=1, failed=failed, still_failing=2)
    out = "\n".join(library_hear._as_words("subsonic", told, 61.0))
    assert "1 heard" in out and "12 failed" in out and "2 failed before" in out
    assert "It is broken. Mend it.\n  Somebody - Song 0\n" in out
    assert "… and 2 more; --json names them all." in out


def test_a_listener_without_that_server_is_told_to_connect_it(tmp_path: Path) -> None:
    for name in ("mpd", "demo"):
        code, _, err = types(tmp_path, {}, name)
        assert code == 1 and "not connected here" in err
    code, _, err = types(tmp_path, {"url": "nonsense"}, "subsonic")
    assert code == 2 and "sign in" in err
