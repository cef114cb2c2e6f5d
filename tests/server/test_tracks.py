from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from affetto import wiring
from affetto.errors import UnreadableSound
from affetto.music.curve import Curve
from affetto.wiring import House
from server.conftest import PLACES, SOUND, assert_problem

AUDIO = "/api/tracks/memory:happy/audio"
COVER = "/api/tracks/memory:happy/cover"


def test_the_library_is_listed_in_order(client: TestClient) -> None:
    told = client.get("/api/tracks").json()
    assert told["total"] == len(PLACES)
    artists = [track["artist"] for track in told["tracks"]]
    assert artists == sorted(artists)


def test_the_library_comes_in_pages(client: TestClient) -> None:
    everything = client.get("/api/tracks").json()["tracks"]
    pages = [
        client.get("/api/tracks", params={"offset": n, "limit": 4}).json() for n in (0, 4, 8, 12)
    ]
    assert [track for page in pages for track in page["tracks"]] == everything
    assert {page["total"] for page in pages} == {10}


def test_words_find_tracks(client: TestClient) -> None:
    told = client.get("/api/tracks", params={"q": "the HAPPY"}).json()
    assert [track["title"] for track in told["tracks"]] == ["Happy"]
    none = client.get("/api/tracks", params={"q": "zzz"}).json()
    assert (none["total"], none["rows"], none["tracks"]) == (0, [], [])


def test_what_is_found_says_where_in_the_library_it_stands(client: TestClient) -> None:
    everything = client.get("/api/tracks").json()["tracks"]
    found = client.get("/api/tracks", params={"q": "ful"}).json()
    assert [everything[row] for row in found["rows"]] == found["tracks"]
    assert found["total"] == 2


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "offset=-1", "limit=x"])
def test_pages_that_make_no_sense_are_refused(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"/api/tracks?{query}"), 422)


def test_one_track_is_told(client: TestClient) -> None:
    told = client.get("/api/tracks/memory:calm").json()
    assert told["title"] == "Calm" and told["mood"] == "calm"
    assert told["tempo_bpm"] == 100 and told["key"] is None


@pytest.mark.parametrize("tail", ["", "/audio", "/cover"])
def test_a_track_there_is_not_is_not_found(client: TestClient, tail: str) -> None:
    assert_problem(client.get(f"/api/tracks/memory:nope{tail}"), 404, "no track")
    assert_problem(client.get(f"/api/tracks/local:../../etc/passwd{tail}"), 404)


def test_the_whole_sound_is_sent(client: TestClient) -> None:
    response = client.get(AUDIO)
    assert response.status_code == 200
    assert response.content == SOUND
    assert response.headers["content-type"] == "audio/flac"
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["content-length"] == str(len(SOUND))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=10000-", 10000, len(SOUND) - 1),
        ("bytes=0-", 0, len(SOUND) - 1),
        ("bytes=-256", len(SOUND) - 256, len(SOUND) - 1),
        ("bytes=10000-99999", 10000, len(SOUND) - 1),
        ("bytes=-99999", 0, len(SOUND) - 1),
    ],
)
def test_a_part_of_the_sound_is_sent(client: TestClient, asked: str, first: int, last: int) -> None:
    response = client.get(AUDIO, headers={"range": asked})
    assert response.status_code == 206
    assert response.content == SOUND[first : last + 1]
    assert response.headers["content-range"] == f"bytes {first}-{last}/{len(SOUND)}"


def test_a_part_beyond_the_end_cannot_be_had(client: TestClient) -> None:
    response = client.get(AUDIO, headers={"range": f"bytes={len(SOUND)}-"})
    assert response.status_code == 416
    assert response.headers["content-range"] == f"bytes */{len(SOUND)}"


@pytest.mark.parametrize(
    "asked", ["bytes=9-2", "bytes=-", "bytes=a-b", "seconds=1-2", "bytes=0-1,4-5", "nonsense"]
)
def test_a_range_that_makes_no_sense_gets_the_whole(client: TestClient, asked: str) -> None:
    response = client.get(AUDIO, headers={"range": asked})
    assert response.status_code == 200 and response.content == SOUND


def test_a_player_that_holds_the_sound_is_not_sent_it_again(client: TestClient) -> None:
    etag = client.get(AUDIO).headers["etag"]
    response = client.get(AUDIO, headers={"if-none-match": f'"other", {etag}'})
    assert response.status_code == 304 and response.content == b""
    assert response.headers["etag"] == etag
    assert client.get(AUDIO, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_file_that_changed_is_sent_whole(client: TestClient) -> None:
    etag = client.get(AUDIO).headers["etag"]
    part = {"range": "bytes=0-9", "if-range": etag}
    assert client.get(AUDIO, headers=part).status_code == 206
    part["if-range"] = '"an older one"'
    response = client.get(AUDIO, headers=part)
    assert response.status_code == 200 and response.content == SOUND


def test_the_head_tells_and_sends_nothing(client: TestClient) -> None:
    response = client.head(AUDIO)
    assert response.status_code == 200 and response.content == b""
    assert response.headers["content-length"] == str(len(SOUND))
    part = client.head(AUDIO, headers={"range": "bytes=0-9"})
    assert part.status_code == 206 and part.headers["content-length"] == "10"
    assert client.head(COVER).status_code == 200


def test_a_track_that_sounds_elsewhere_says_so(client: TestClient) -> None:
    assert_problem(client.get("/api/tracks/memory:steady/audio"), 404, "not on this machine")


def test_a_file_that_went_away_says_so(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "music" / "sound.flac").unlink()
    assert_problem(client.get(AUDIO), 404, "is gone", "library scan")


def test_a_file_that_became_a_folder_says_so(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "music" / "sound.flac").unlink()
    (tmp_path / "music" / "sound.flac").mkdir()
    assert_problem(client.get(AUDIO), 404, "is gone")


def test_a_cover_can_do_nothing_but_be_seen(client: TestClient) -> None:
    response = client.get(COVER)
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/svg+xml"
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script" not in policy
    etag = response.headers["etag"]
    assert client.get(COVER, headers={"if-none-match": etag}).status_code == 304


def test_a_track_without_a_cover_says_so(client: TestClient) -> None:
    assert_problem(client.get("/api/tracks/memory:sad/cover"), 404, "no picture")


# ------------------------------------------------------------- over time

CURVE = "/api/tracks/memory:happy/curve"


class Ear:
    """Listens through nothing and remembers how often it was asked."""

    def __init__(self) -> None:
        self.heard: list[Path] = []
        self.trouble: Exception | None = None

    def __call__(self, path: Path) -> Curve:
        self.heard.append(path)
        if self.trouble is not None:
            raise self.trouble
        return Curve(
            6.0, (3.0, 9.0), (0.12345, 0.5), (0.0, -0.5), (0.3, 0.3), (0.2, 0.2), (-20.0, -9.0)
        )


@pytest.fixture
def ear(house: House) -> Ear:
    ear = Ear()
    house._listen_through = ear
    return ear


def test_a_tracks_course_is_told_and_listened_to_once(client: TestClient, ear: Ear) -> None:
    told = client.get(CURVE).json()
    assert told["times_s"] == [3.0, 9.0] and told["step_s"] == 6.0
    assert told["valence"] == [0.123, 0.5] and told["arousal_sd"] == [0.2, 0.2]
    assert client.get(CURVE).json() == told
    assert len(ear.heard) == 1


def test_a_file_that_changed_is_listened_to_again(
    client: TestClient, ear: Ear, tmp_path: Path
) -> None:
    client.get(CURVE)
    (tmp_path / "music" / "sound.flac").write_bytes(SOUND + b"more")
    client.get(CURVE)
    assert len(ear.heard) == 2


def test_only_the_courses_asked_for_last_are_kept(
    client: TestClient, ear: Ear, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(wiring, "CURVES_KEPT", 1)
    client.get(CURVE)
    (tmp_path / "music" / "sound.flac").write_bytes(SOUND + b"more")
    client.get(CURVE)
    (tmp_path / "music" / "sound.flac").write_bytes(SOUND + b"even more")
    client.get(CURVE)
    assert len(client.app.state.house._curves) == 1  # type: ignore[attr-defined]


def test_a_course_that_cannot_be_had_says_why(client: TestClient, ear: Ear, tmp_path: Path) -> None:
    ear.trouble = UnreadableSound("The file holds no sound.", remedy="Save it again.")
    assert_problem(client.get(CURVE), 404, "holds no sound")
    ear.trouble = PermissionError("no")
    assert_problem(client.get(CURVE), 404, "not on this machine")
    ear.trouble = None
    assert client.get(CURVE).status_code == 200  # what failed is tried again
    assert_problem(client.get("/api/tracks/memory:steady/curve"), 404, "not on this machine")
    assert_problem(client.get("/api/tracks/memory:nope/curve"), 404, "no track")
    (tmp_path / "music" / "sound.flac").unlink()
    assert_problem(client.get(CURVE), 404)
