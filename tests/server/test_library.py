from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affetto.errors import Misuse
from affetto.listening.gathering import Gathered
from affetto.music.scanning import Event, FailedFile, GoneFile, ScannedFile, Stamp, Surveyed
from affetto.server.app import create_app
from affetto.server.scanning import ScanDesk
from affetto.settings import Settings
from affetto.store.database import Database
from affetto.store.tracks import ShelvedFile, TrackShelf
from affetto.track import Track, TrackFeatures, TrackUri
from affetto.wiring import House
from music.sounds import A_MAJOR, chord, tag, write
from server.conftest import HERE, NOON, PLACES, Clock, assert_problem

STAMP = Stamp(1, 1)


def titles(told: dict[str, Any]) -> list[str]:
    return [track["title"] for track in told["tracks"]]


# ---------------------------------------------------------------- the map


def test_the_map_shows_every_track_in_the_order_of_the_list(client: TestClient) -> None:
    told = client.get("/api/library/map").json()
    tracks = client.get("/api/tracks").json()
    assert told["total"] == len(PLACES) == len(told["valence"])
    assert told["edition"] == tracks["edition"]
    for row, track in zip(tracks["rows"], tracks["tracks"], strict=True):
        assert told["valence"][row] == round(1000 * track["valence"])
        assert told["arousal"][row] == round(1000 * track["arousal"])
        assert told["valence_sd"][row] == told["arousal_sd"][row] == 100


def test_who_has_the_map_is_not_sent_it_again(client: TestClient) -> None:
    first = client.get("/api/library/map")
    assert first.headers["content-encoding"] == "gzip"
    held = {"if-none-match": first.headers["etag"]}
    again = client.get("/api/library/map", headers=held)
    assert again.status_code == 304 and again.content == b""
    plain = client.get("/api/library/map", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.json() == first.json()


@pytest.fixture
def own(tmp_path: Path, fresh_database: Path) -> Iterator[House]:
    """A house of the listener's own files, none of them scanned yet."""
    (tmp_path / "Music").mkdir()
    settings = Settings(
        data_dir=tmp_path, music_dir=tmp_path / "Music", demo=False, providers=("local",)
    )
    settings.database_file.write_bytes(fresh_database.read_bytes())
    with House(
        settings,
        database=Database.at(settings.database_file),
        libraries={},
        clock=Clock(),
        look_again_s=0,
    ) as house:
        yield house


@pytest.fixture
def ours(own: House, static: Path) -> Iterator[TestClient]:
    with TestClient(create_app(own, static=static), base_url=HERE) as client:
        yield client


def shelve(house: House, *files: ShelvedFile) -> None:
    TrackShelf(house.database).save(files, now=NOON)


def kept(name: str, features: TrackFeatures | None) -> ShelvedFile:
    uri = TrackUri(f"local:{name}")
    return ShelvedFile(uri, f"/music/{name}.flac", STAMP, Track(uri, name, features=features))


def test_a_track_nobody_has_listened_to_has_no_place(own: House, ours: TestClient) -> None:
    shelve(own, kept("heard", TrackFeatures(0.25, -0.5, 0.2, 0.1)), kept("unheard", None))
    told = ours.get("/api/library/map").json()
    assert told["valence"] == [250, None] and told["arousal"] == [-500, None]
    assert told["valence_sd"] == [200, None] and told["arousal_sd"] == [100, None]
    near = ours.get("/api/library/near", params={"valence": -1, "arousal": 1}).json()
    assert titles(near) == ["heard"]


def test_a_changed_library_is_another_edition(own: House, ours: TestClient) -> None:
    before = ours.get("/api/library/map")
    assert before.json()["total"] == 0
    shelve(own, kept("new", TrackFeatures(0.1, 0.1)))
    after = ours.get("/api/library/map", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200 and after.json()["total"] == 1
    assert after.json()["edition"] != before.json()["edition"]


# ------------------------------------------------------- near and alike


def test_the_tracks_near_a_place_come_nearest_first(client: TestClient) -> None:
    told = client.get(
        "/api/library/near", params={"valence": -0.65, "arousal": -0.45, "limit": 3}
    ).json()
    assert set(titles(told)[:2]) == {"Sad", "Gloomy"}
    assert told["total"] == 3 and len(told["rows"]) == 3
    everything = client.get("/api/tracks").json()["tracks"]
    assert [everything[row] for row in told["rows"]] == told["tracks"]


def test_a_tempo_leaves_out_what_is_slower_or_faster(client: TestClient) -> None:
    place = {"valence": 0, "arousal": 0}
    slow = client.get("/api/library/near", params={**place, "tempo_to": 99}).json()
    assert slow["tracks"] == []
    both = client.get("/api/library/near", params={**place, "tempo_from": 99, "tempo_to": 101})
    assert both.json()["total"] == len(PLACES)


@pytest.mark.parametrize("query", ["", "valence=2&arousal=0", "valence=nan&arousal=0"])
def test_a_place_off_the_map_is_refused(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"/api/library/near?{query}"), 422)


def test_like_this_one_leaves_out_the_track_itself(client: TestClient) -> None:
    told = client.get("/api/tracks/memory:happy/like", params={"limit": 1}).json()
    assert titles(told) == ["Joyful"]
    assert_problem(client.get("/api/tracks/memory:nope/like"), 404)


def test_nothing_sounds_like_what_nobody_has_listened_to(own: House, ours: TestClient) -> None:
    shelve(own, kept("heard", TrackFeatures(0.25, -0.5)), kept("unheard", None))
    assert ours.get("/api/tracks/local:unheard/like").json()["tracks"] == []


# ----------------------------------------------------------------- scanning


class Script:
    """A scan that takes its steps when the test says so."""

    def __init__(self, *events: Event, end: Exception | None = None) -> None:
        self.events = events
        self.end = end
        self.go = threading.Semaphore(0)
        self.scans = 0

    def __call__(self, tell: Callable[[Event], None]) -> Gathered:
        self.scans += 1
        for event in self.events:
            self.go.acquire(timeout=10)
            tell(event)
        if self.end is not None:
            raise self.end
        return Gathered()

    def soon(self) -> None:
        """Take one more step a little later."""
        threading.Timer(0.2, self.go.release).start()


def heard(name: str) -> ScannedFile:
    return ScannedFile(f"/m/{name}.mp3", STAMP, Track(TrackUri(f"local:{name}"), name))


def until(client: TestClient, **wanted: object) -> dict[str, Any]:
    """Ask until the scan stands as wanted."""
    for _ in range(500):
        told: dict[str, Any] = client.get("/api/library/scan").json()
        if all(told[key] == value for key, value in wanted.items()):
            return told
        time.sleep(0.01)
    raise AssertionError(told)


def scripted(house: House, static: Path, script: Script) -> TestClient:
    app = create_app(house, static=static)
    app.state.scans = ScanDesk(house, scan=script)
    return TestClient(app, base_url=HERE)


def test_a_scan_tells_how_far_it_is(own: House, static: Path) -> None:
    failed = FailedFile("/m/x.mp3", STAMP, "No sound.", "Save it again.")
    script = Script(
        Surveyed(6, 1, 5, {".m4a": 2}), heard("a"), failed, GoneFile("/m/o.mp3"), heard("b")
    )
    with scripted(own, static, script) as client:
        assert client.get("/api/library/scan").json()["state"] == "idle"
        assert client.post("/api/library/scan").status_code == 202
        script.go.release(1)
        told = until(client, state="listening")
        assert (told["files"], told["unchanged"], told["to_hear"]) == (6, 1, 5)
        assert told["passed_over"] == {".m4a": 2} and told["left_s"] is None
        script.go.release(3)
        told = until(client, heard=1, failed=1, gone=1)
        assert told["title"] == "a"
        # Asked again, by a page opened anew: the same scan, not a second one.
        again = client.post("/api/library/scan")
        assert again.status_code == 202 and again.json()["heard"] == 1
        script.go.release(1)
        told = until(client, state="done")
        assert told["heard"] == 2 and told["title"] == "" and script.scans == 1


def test_the_time_left_is_told_once_it_can_be(own: House, static: Path) -> None:
    script = Script(Surveyed(9, 0, 9), *(heard(str(n)) for n in range(9)))
    with scripted(own, static, script) as client:
        client.post("/api/library/scan")
        script.go.release(4)
        left = until(client, heard=3)["left_s"]
        assert left is not None and 0 <= left < 60
        script.go.release(9)
        assert until(client, state="done")["left_s"] is None


def test_a_stopped_scan_can_be_begun_again(own: House, static: Path) -> None:
    script = Script(Surveyed(3, 0, 3), heard("a"), heard("b"), heard("c"))
    with scripted(own, static, script) as client:
        client.post("/api/library/scan")
        script.go.release(2)
        until(client, heard=1)
        script.soon()
        assert client.delete("/api/library/scan").json()["state"] == "stopped"
        script.go.release(9)
        client.post("/api/library/scan")
        assert until(client, state="done")["heard"] == 3


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (Misuse("The disk is full.", remedy="Make room."), "The disk is full."),
        (RuntimeError("a bug"), "broke off"),
    ],
)
def test_a_scan_that_fails_says_why(own: House, static: Path, end: Exception, words: str) -> None:
    script = Script(end=end)
    with scripted(own, static, script) as client:
        client.post("/api/library/scan")
        told = until(client, state="failed")
        assert words in told["problem"]["problem"] and told["problem"]["remedy"]


def test_a_server_that_stops_stops_its_scan(own: House, static: Path) -> None:
    script = Script(Surveyed(2, 0, 2), heard("a"), heard("b"))
    with scripted(own, static, script) as client:
        client.post("/api/library/scan")
        script.go.release(1)
        until(client, state="listening")
        script.soon()
    assert not any(thread.name == "affetto-scan" for thread in threading.enumerate())


def test_only_the_folder_of_the_settings_is_scanned(own: House, ours: TestClient) -> None:
    """A request names no folder: whoever reaches the server must not choose what it reads."""
    told = ours.get("/api/library/scan").json()
    assert told["folder"] == str(own.settings.music_dir) and told["problem"] is None
    operation = ours.get("/api/openapi.json").json()["paths"]["/api/library/scan"]["post"]
    assert "requestBody" not in operation and "parameters" not in operation


def test_a_missing_folder_is_told_before_anything_begins(own: House, ours: TestClient) -> None:
    own.settings.music_dir.rmdir()
    told = ours.get("/api/library/scan").json()
    assert told["state"] == "idle" and "music_dir" in told["problem"]["remedy"]
    assert_problem(ours.post("/api/library/scan"), 409, "There is no folder", "music_dir")


def test_without_local_music_there_is_nothing_to_scan(client: TestClient) -> None:
    assert_problem(client.post("/api/library/scan"), 409, '"local"')


def test_a_real_folder_is_scanned_and_its_failures_are_told(own: House, ours: TestClient) -> None:
    folder = own.settings.music_dir
    write(folder / "good.flac", chord(A_MAJOR, 2))
    tag(folder / "good.flac", title="Good", artist="A", album="B")
    (folder / "bad.mp3").write_bytes(b"this is no music" * 9)
    ours.post("/api/library/scan")
    for _ in range(600):
        told = ours.get("/api/library/scan").json()
        if told["state"] not in {"looking", "listening"}:
            break
        time.sleep(0.05)
    assert (told["state"], told["heard"], told["failed"]) == ("done", 1, 1), told
    assert titles(ours.get("/api/tracks").json()) == ["Good"]
    failed = ours.get("/api/library/failed").json()
    assert failed["total"] == 1
    assert failed["files"][0]["path"].endswith("bad.mp3") and failed["files"][0]["remedy"]


def test_five_songs_of_a_mood_are_offered_and_the_rest_is_ranked_by_the_pick(
    client: TestClient,
) -> None:
    five = client.get("/api/library/five", params={"mood": "happy", "seed": 3}).json()
    assert {one["mood"] for one in five["tracks"]} <= {
        "happy",
        "in the middle",
        "pleasant",
        "awake",
    }
    again = client.get("/api/library/five", params={"mood": "happy", "seed": 3}).json()
    assert again == five
    picked = "memory:happy"
    assert picked in {one["id"] for one in five["tracks"]}
    ranking = client.get(f"/api/library/five/{picked}").json()
    assert ranking["picked"]["id"] == picked and ranking["mood"] == "happy"
    assert ranking["of"] == len(five["tracks"]) - 1
    for listed, key, sign in (("by_cosine", "cosine", -1), ("by_distance", "distance", 1)):
        scores = [sign * one[key] for one in ranking[listed]]
        assert scores == sorted(scores) and scores
        assert picked not in {one["track"]["id"] for one in ranking[listed]}


def test_a_song_that_is_not_here_cannot_be_picked(client: TestClient) -> None:
    assert_problem(client.get("/api/library/five/memory:nowhere"), 404, "five")
    assert_problem(client.get("/api/library/five", params={"mood": "hungry"}), 422)
