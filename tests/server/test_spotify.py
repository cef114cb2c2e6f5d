"""Spotify through the server's door: connect, play for a mood, and leave no trace of it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from affetto.server.app import create_app
from affetto.settings import Settings
from affetto.store.keyring import add_key
from affetto.wiring import House
from server.conftest import HERE, agree, assert_problem
from spotify_kit import CLIENT_ID, SONGS, FakeSpotify

SONG = f"spotify:track:{1:022d}"
OPEN = "https://open.spotify.com/"


@pytest.fixture
def spotify() -> Iterator[FakeSpotify]:
    with FakeSpotify() as fake:
        # Some songs of our own lists are there, the others are not.
        fake.tracks[SONG]["name"] = "Happy"
        fake.tracks[SONG]["artists"][0]["name"] = "Pharrell Williams"
        yield fake
    assert fake.strayed == []


@pytest.fixture
def settings(tmp_path: Path, spotify: FakeSpotify) -> Settings:
    return Settings(
        data_dir=tmp_path / "data",
        demo=False,
        providers=("memory",),
        provider={"spotify": spotify.settings},
    )


@contextmanager
def opened(open_again: Callable[[], House], static: Path) -> Iterator[TestClient]:
    with (
        open_again() as house,
        TestClient(create_app(house, static=static), base_url=HERE) as client,
    ):
        yield client


def sign_in(client: TestClient) -> httpx.Response:
    """What a listener's browser does."""
    url = client.post("/api/spotify/connect", json={"client_id": CLIENT_ID}).json()["url"]
    back = httpx.get(url).headers["location"]
    assert back.startswith(f"{HERE}/api/spotify/callback?")
    return client.get(back, follow_redirects=False)


@pytest.fixture
def connected(client: TestClient) -> TestClient:
    answer = sign_in(client)
    assert answer.status_code == 303 and answer.headers["location"] == f"{HERE}/#spotify"
    return client


def state(client: TestClient) -> dict[str, object]:
    told: dict[str, object] = client.get("/api/spotify").json()
    return told


# -- the connection ---------------------------------------------------------------------


def test_before_anything_it_says_what_to_enter_at_spotify(client: TestClient) -> None:
    told = state(client)
    assert told["connected"] is False and told["until"] is None
    assert told["redirect"] == f"{HERE}/api/spotify/callback"


def test_after_the_sign_in_it_is_connected_for_six_months(connected: TestClient) -> None:
    told = state(connected)
    assert told["connected"] is True and told["client_id"] == CLIENT_ID
    assert told["until"] and told["trouble"] is None


def test_whoever_says_no_at_spotify_is_told_what_next(
    client: TestClient, spotify: FakeSpotify
) -> None:
    spotify.denies = True
    assert sign_in(client).status_code == 303
    told = state(client)
    assert told["connected"] is False
    assert "Nothing was allowed" in told["trouble"]["problem"]  # type: ignore[index]


def test_a_page_elsewhere_cannot_slip_its_own_account_in(client: TestClient) -> None:
    """A callback that nobody here began (login CSRF) connects nothing."""
    client.get("/api/spotify/callback?state=forged&code=theirs", follow_redirects=False)
    told = state(client)
    assert told["connected"] is False
    assert "no sign-in that is open" in told["trouble"]["problem"]  # type: ignore[index]


def test_a_page_elsewhere_cannot_set_a_trouble_or_clear_one(
    client: TestClient, spotify: FakeSpotify
) -> None:
    foreign = "/api/spotify/callback?error=access_denied&state=forged"
    client.get(foreign, follow_redirects=False)
    assert state(client)["trouble"] is None
    spotify.denies = True
    sign_in(client)
    client.get(foreign, follow_redirects=False)
    assert state(client)["trouble"] is not None


def test_a_sign_in_leads_back_only_to_this_machine(
    client: TestClient, spotify: FakeSpotify
) -> None:
    answer = client.post(
        "/api/spotify/connect", json={"client_id": CLIENT_ID}, headers={"host": "example.org"}
    )
    assert answer.status_code == 403


def test_the_sign_in_lies_sealed_and_goes_when_one_disconnects(
    connected: TestClient, settings: Settings
) -> None:
    def on_the_disk() -> bytes:
        return b"".join(p.read_bytes() for p in settings.data_dir.glob("affetto.db*"))

    token = connected.app.state.spotify.account.sign_in.grant().refresh_token  # type: ignore[attr-defined]
    assert token.encode() not in on_the_disk()
    with connected.app.state.house.database.reading() as session:  # type: ignore[attr-defined]
        sealed = session.execute(text("select sealed from sealed_tokens")).scalar_one()
    assert sealed.encode() in on_the_disk()
    assert connected.delete("/api/spotify").status_code == 204
    assert state(connected)["connected"] is False
    assert sealed.encode() not in on_the_disk()
    assert_problem(connected.get("/api/spotify/devices"), 409, "not connected")
    with connected.app.state.house.database.reading() as session:  # type: ignore[attr-defined]
        assert session.execute(text("select count(*) from sealed_tokens")).scalar_one() == 0


def test_the_connection_outlives_a_restart(
    open_again: Callable[[], House], static: Path, spotify: FakeSpotify
) -> None:
    with opened(open_again, static) as client:
        sign_in(client)
    with opened(open_again, static) as client:
        assert state(client)["connected"] is True
        assert len(client.get("/api/spotify/devices").json()["devices"]) == 2


def test_with_another_key_it_asks_for_a_new_sign_in(
    open_again: Callable[[], House], static: Path, settings: Settings
) -> None:
    with opened(open_again, static) as client:
        sign_in(client)
    settings.key_file.unlink()
    add_key(settings.key_file)
    with opened(open_again, static) as client:
        told = state(client)
        assert told["connected"] is False
        assert "sign in to your music services again" in told["trouble"]["remedy"]  # type: ignore[index]
        assert_problem(client.get("/api/spotify/saved"), 409, "does not open")
        assert play(client, uri=SONG)["trouble"]
        sign_in(client)
        assert state(client)["connected"] is True


# -- playing ----------------------------------------------------------------------------


def play(client: TestClient, **what: object) -> dict[str, object]:
    begun = time.monotonic()
    answer = client.post("/api/spotify/play", json=what)
    assert time.monotonic() - begun < 2.0
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


def test_a_mood_plays_the_words_the_listener_typed_for_it(
    connected: TestClient, spotify: FakeSpotify
) -> None:
    words = {"calm": "paper boats", "sad": f"{OPEN}playlist/37i9dQ?si=x"}
    put = connected.put("/api/spotify/presets", json={"words": words})
    links = {one["mood"]: one["link"] for one in put.json()["presets"]}
    assert links["calm"] == f"{OPEN}search/paper%20boats"
    assert links["sad"] == f"{OPEN}playlist/37i9dQ"
    assert connected.get("/api/spotify/presets").json() == put.json()
    told = play(connected, mood="calm")
    assert told["trouble"] is None and spotify.titles() == ["Paper Boats"]
    play(connected, mood="sad")
    assert spotify.context == "spotify:playlist:37i9dQ"


def test_without_words_a_moods_own_list_plays_and_misses_are_listed(
    connected: TestClient, spotify: FakeSpotify
) -> None:
    connected.app.state.house.song_lists.take(_only_two(), replace=True)  # type: ignore[attr-defined]
    told = play(connected, mood="happy")
    listed = told["listed"]
    assert [song["title"] for song in listed["found"]] == ["Happy"]  # type: ignore[index]
    (missed,) = listed["missed"]  # type: ignore[index]
    assert missed["title"] == "Nowhere" and missed["link"].startswith(f"{OPEN}search/")
    assert spotify.titles() == ["Happy"]
    assert state(connected)["listed"] == listed
    made = connected.post("/api/spotify/playlist", json={"of": "played", "name": "Evening"}).json()
    assert made["new"] and made["songs"] == 1


def _only_two():  # type: ignore[no-untyped-def]
    from affetto.music.curated import CuratedSong, Sheet, load

    first = next(song for song in load("happy") if song.title == "Happy")
    return Sheet((first, CuratedSong("happy", "Nowhere", "Nobody", 0.8, 0.5)))


def test_without_a_mood_it_plays_where_the_session_leads(
    connected: TestClient, spotify: FakeSpotify
) -> None:
    assert_problem(connected.post("/api/spotify/play", json={}), 409, "mood is not known")
    connected.put("/api/spotify/presets", json={"words": {"angry": "boats"}})
    place = {"valence": -0.5, "arousal": 0.6}
    connected.post("/api/sessions", json={"goal": "match", **place})
    assert play(connected)["mood"] == "angry"
    assert spotify.titles() == ["Paper Boats"]


def test_with_no_device_the_answer_says_what_to_do_and_brings_a_link(
    connected: TestClient, spotify: FakeSpotify
) -> None:
    connected.put("/api/spotify/presets", json={"words": {"calm": "boats"}})
    spotify.devices.clear()
    told = play(connected, mood="calm")
    assert "Open the Spotify app" in told["trouble"]["remedy"]  # type: ignore[index]
    assert told["link"] == f"{OPEN}search/boats"


def test_not_connected_at_all_the_link_is_still_there(client: TestClient) -> None:
    told = play(client, mood="happy")
    assert "not connected" in told["trouble"]["problem"]  # type: ignore[index]
    assert told["link"] == OPEN  # the mood itself is not told to Spotify
    presets = client.get("/api/spotify/presets").json()["presets"]
    assert [one["link"] for one in presets] == [OPEN] * 8


def test_what_plays_is_steered(connected: TestClient, spotify: FakeSpotify) -> None:
    play(connected, uri=SONG)

    def act(**what: object) -> None:
        answer = connected.post("/api/spotify/transport", json=what)
        assert answer.status_code == 204, answer.text

    act(do="volume", volume=0.25)
    act(do="seek", position_s=30.0)
    act(do="pause")
    now = connected.get("/api/spotify/playing").json()
    assert (now["song"]["title"], now["playing"], now["volume"]) == ("Happy", False, 0.25)
    assert now["position_s"] == pytest.approx(30.0, abs=0.1) and now["device"] == "Desk"
    act(do="resume")
    queued = connected.post("/api/spotify/queue", json={"uri": f"spotify:track:{2:022d}"})
    assert queued.status_code == 204
    act(do="next")
    assert spotify.titles() == ["Paper Boats"] and spotify.is_playing
    act(do="previous")


def test_a_device_is_chosen_from_those_awake(connected: TestClient, spotify: FakeSpotify) -> None:
    awake = connected.put("/api/spotify/device", json={"device": "kitchen"}).json()["devices"]
    assert {one["name"]: one["chosen"] for one in awake} == {"Kitchen": True, "Desk": False}
    play(connected, uri=SONG)
    assert [one.name for one in spotify.devices if one.is_active] == ["Kitchen"]
    assert_problem(connected.put("/api/spotify/device", json={"device": "gone"}), 502, "device")


def test_saved_songs_are_shown(connected: TestClient) -> None:
    told = connected.get("/api/spotify/saved").json()
    assert len(told["songs"]) == 3 and told["more"] is False


def test_a_session_becomes_a_playlist_by_title_and_artist(
    connected: TestClient, spotify: FakeSpotify
) -> None:
    asked = {"of": "session", "name": "Tonight"}
    assert_problem(connected.post("/api/spotify/playlist", json=asked), 409, "No session")
    connected.post("/api/sessions", json={"valence": 0.7, "arousal": 0.5})
    answer = connected.post("/api/spotify/playlist", json=asked)
    assert_problem(answer, 409, "None of these songs")  # the house's own pieces are not there
    for told in spotify.tracks.values():
        told["name"], told["artists"][0]["name"] = "Happy", "The Happys"
    connected.app.state.spotify.account.searching.forget()  # type: ignore[attr-defined]
    made = connected.post("/api/spotify/playlist", json=asked).json()
    assert made["songs"] == 1 and made["wanted"]["missed"]


@pytest.mark.parametrize(
    "what",
    [
        {"mood": "hungry"},
        {"uri": "spotify:show:1"},
        {"uri": "file:///etc/passwd"},
    ],
)
def test_nonsense_is_refused(client: TestClient, what: dict[str, str]) -> None:
    assert_problem(client.post("/api/spotify/play", json=what), 422)


# -- the terms --------------------------------------------------------------------------


def test_nothing_read_through_spotify_is_kept_or_learned_from(
    connected: TestClient, spotify: FakeSpotify, settings: Settings
) -> None:
    """The whole database and every answer about the listener, after an evening with Spotify."""
    agree(connected, "keep-readings")
    session = connected.post("/api/sessions", json={"valence": 0.7, "arousal": 0.5}).json()
    before = connected.get("/api/me/export").json()
    connected.put("/api/spotify/presets", json={"words": {"happy": "boats", "calm": "rain"}})
    play(connected, mood="happy")
    play(connected)
    connected.get("/api/spotify/saved")
    connected.get("/api/spotify/playing")
    connected.post("/api/spotify/playlist", json={"of": "played"})
    after = connected.get("/api/me/export").json()
    for told in (before, after):
        told.pop("exported_at", None)
    assert after["learned"] == before["learned"]
    assert after["choices"] == before["choices"] and after["answers"] == before["answers"]
    shown = connected.get(f"/api/sessions/{session['id']}").text
    assert "spotify" not in shown.lower()
    whole = b"".join(p.read_bytes() for p in settings.data_dir.rglob("*") if p.is_file())
    titles = [title.partition(" (")[0] for title, _, _ in SONGS] + ["Pharrell"]
    assert [t for t in titles if t.encode() in whole] == []
    assert not re.search(rb"spotify:(track|playlist)", whole)


def test_disconnecting_keeps_the_words_that_are_the_listeners_own(connected: TestClient) -> None:
    connected.put("/api/spotify/presets", json={"words": {"calm": "rain"}})
    connected.delete("/api/spotify")
    presets = connected.get("/api/spotify/presets").json()["presets"]
    assert {one["mood"]: one["words"] for one in presets}["calm"] == "rain"
