from __future__ import annotations

import asyncio
import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from affetto.choice import Aim, Answer
from affetto.cli.listen import ServerSilent, play_through, tell_server
from affetto.cli.serve import running_server
from affetto.emotion import Affect, EmotionReading
from affetto.music.memory import MemoryLibrary, MemoryPlayer
from affetto.server.desk import SessionDesk
from affetto.server.running import RunningServer
from affetto.settings import Settings
from affetto.track import Track, TrackFeatures, TrackUri
from affetto.wiring import House, open_database
from cli.doors import Terminal

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CALM = Affect(0.5, -0.5)


class Times:
    """Sleeps at once and remembers how long it would have been."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if len(self.slept) > 50:
            raise asyncio.CancelledError


def piece(n: int, affect: float) -> Track:
    return Track(
        TrackUri(f"memory:{n}"),
        f"Piece {n}",
        artist=f"Band {n}",
        duration_s=60.0 if n else 0.0,
        features=TrackFeatures(affect, affect),
    )


@contextmanager
def house_with(tracks: list[Track], data: Path) -> Iterator[House]:
    settings = Settings(data_dir=data, demo=False, providers=())
    libraries = {"memory": MemoryLibrary(tracks)}
    with House(settings, database=open_database(settings), libraries=libraries) as house:
        yield house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with house_with([piece(n, 0.1 * n - 0.5) for n in range(10)], tmp_path) as house:
        yield house


def test_a_player_sounds_until_the_minutes_are_over(house: House) -> None:
    player, times, told = MemoryPlayer(), Times(), []
    asyncio.run(
        play_through(
            SessionDesk(house), player, Aim(minutes=2.5), Affect(0.3, 0.3),
            sleep=times.sleep, tell=told.append,
        )
    )  # fmt: skip
    assert sum(times.slept) >= 150 and sum(times.slept[:-1]) < 150  # the last is played out
    assert len(player.played) == len(times.slept) == len(told)
    assert len({track.uri for track in player.played}) == len(player.played)
    assert player.playing is None  # silent at the end
    assert told[0].startswith(f"{player.played[0].title}: ")
    answers = house.history.answers("home")
    assert [one.answer for one in answers] == [Answer.FINISHED] * (len(player.played) - 1)


def test_any_music_will_do_when_nothing_is_known(house: House) -> None:
    player = MemoryPlayer()
    asyncio.run(
        play_through(
            SessionDesk(house), player, Aim(minutes=0), None,
            sleep=Times().sleep, tell=lambda _: None,
        )
    )  # fmt: skip
    assert len(player.played) == 1


def test_a_reading_chooses_the_music_too(tmp_path: Path) -> None:
    player = MemoryPlayer()
    # Near-ties take turns by chance, so there are none: one fits a smile, one never does.
    with house_with([piece(0, -0.9), piece(1, 0.9)], tmp_path) as house:
        smile = EmotionReading(0.4, 0.4, 0.9, "face", house.now())
        asyncio.run(
            play_through(
                SessionDesk(house), player, Aim(minutes=0), smile,
                sleep=Times().sleep, tell=lambda _: None,
            )
        )  # fmt: skip
    assert [track.title for track in player.played] == ["Piece 1"]


def test_ctrl_c_silences_the_player(house: House) -> None:
    player = MemoryPlayer()
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(
            play_through(
                SessionDesk(house), player, Aim(), CALM,
                sleep=Times().sleep, tell=lambda _: None,
            )
        )  # fmt: skip
    assert player.playing is None and len(player.played) == 51


def test_a_player_that_does_not_fall_silent_still_ends_the_session(house: House) -> None:
    class Stuck(MemoryPlayer):
        async def stop(self) -> None:
            raise OSError("stuck")

    with pytest.raises(OSError, match="stuck"):
        asyncio.run(
            play_through(
                SessionDesk(house), Stuck(), Aim(minutes=0), CALM,
                sleep=Times().sleep, tell=lambda _: None,
            )
        )  # fmt: skip
    assert house.history.running("home") is None


def test_a_player_there_is_not_is_said_plainly(terminal: Terminal) -> None:
    told = terminal.types("listen", "--mood", "calm", "--player", "nowhere")
    assert told.exit_code == 1 and "nowhere" in told.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
def test_a_named_player_plays_until_ctrl_c(terminal: Terminal) -> None:
    process = terminal.starts("listen", "--mood", "calm", "--player", "memory")
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Calm: ")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=10)
    finally:
        process.kill()
        process.communicate()
    assert (process.returncode, err) == (130, "Stopped.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--toward", "up"), "nowhere"),
        (("--mood", "hungry"), "no mood"),
        (("--minutes", "0.5"), "cannot be planned"),
    ],
)
def test_what_makes_no_sense_is_misuse(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    told = terminal.types("listen", *words)
    assert told.exit_code == 2 and said in told.stderr


def test_a_running_server_is_told_what_to_play(terminal: Terminal) -> None:
    process = terminal.starts("serve", "--no-open")
    try:
        assert process.stdout is not None
        url = process.stdout.readline().split()[3]
        settings = Settings(data_dir=terminal.folder)
        assert running_server(settings) == url

        told = terminal.types("listen")
        assert told.exit_code == 0, told.output
        assert told.stdout == f"Say how you feel in the page, and it plays: {url}\n"

        told = terminal.types("listen", "--mood", "sad", "--toward", "lift")
        assert told.exit_code == 0, told.output
        assert told.stdout.splitlines()[1] == f"It plays in the page: {url}"

        assert tell_server(url, {}, None)["goal"] == "lift"  # nobody asked for another

        told = terminal.types("listen", "--minutes", "20", "--intent", "comfort")
        assert told.exit_code == 0, told.output
        aim = tell_server(url, {}, None)["aim"]
        assert (aim["goal"], aim["intent"], aim["minutes"]) == ("lift", "comfort", 20)
        assert terminal.types("listen", "--toward", "0.2,-0.4").exit_code == 0
        aim = tell_server(url, {}, None)["aim"]
        assert aim["place"] == {"valence": 0.2, "arousal": -0.4}
        assert (aim["goal"], aim["minutes"]) == ("place", 20)

        smile = EmotionReading(0.8, 0.5, 0.9, "face", NOON, probabilities={"happy": 1.0})
        session = tell_server(url, {"goal": "calm"}, smile)
        assert session["goal"] == "calm" and session["heard"]["expression"] == "happy"
        assert session["playing"] is not None
    finally:
        process.kill()
        process.communicate()
    assert running_server(settings) is None  # its note stayed, and it is gone
    with pytest.raises(ServerSilent, match="does not answer"):
        tell_server(url, {"goal": "calm"}, None)


@contextmanager
def server_that_answers(answer: Callable[[str, str], tuple[int, object]]) -> Iterator[str]:
    """A server at the address given; ``answer`` takes verb and path, gives status and JSON."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            status, told = answer(self.command, self.path)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        do_POST = do_PATCH = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("queue", [[], [{"track": {"title": "Dawn"}, "because": "It is bright."}]])
def test_what_plays_on_from_an_older_wish_is_told_from_what_comes_next(
    terminal: Terminal, queue: list[object]
) -> None:
    old = {"track": {"title": "Dusk"}, "because": "It is sad."}
    session = {"id": "s1", "playing": old, "queue": queue, "behind": True}

    def answer(_verb: str, path: str) -> tuple[int, object]:
        return 200, {"goals": []} if path == "/api/house" else session

    with server_that_answers(answer) as url:
        terminal.folder.mkdir()
        RunningServer(url, 1).note(terminal.folder)
        told = terminal.types("listen", "--mood", "happy", "--goal", "lift")
    assert told.exit_code == 0, told.output
    coming = [
        "Next, for your new wish: Dawn: It is bright.",
        "It plays when this one ends, or skip now.",
    ]
    assert told.stdout.splitlines() == [
        "Now, chosen before: Dusk.",
        *(coming if queue else []),
        f"It plays in the page: {url}",
    ]


def test_a_note_of_something_else_is_not_followed(terminal: Terminal) -> None:
    with server_that_answers(lambda *_: (200, "a web server of another kind")) as url:
        terminal.folder.mkdir()
        RunningServer(url, 1).note(terminal.folder)
        assert running_server(Settings(data_dir=terminal.folder)) is None


def test_a_session_that_ends_meanwhile_is_followed_by_a_new_one() -> None:
    asked: list[str] = []
    there = {"id": "s2", "playing": None}

    def answer(verb: str, path: str) -> tuple[int, object]:
        asked.append(f"{verb} {path.removeprefix('/api/sessions')}")
        gone = (404, {"problem": "It ended.", "remedy": "Start a new one."})
        if verb == "GET":
            return 200, {"id": "s1", "playing": None} if len(asked) == 1 else None
        return gone if "s1" in path else (200, there)

    with server_that_answers(answer) as url:
        assert tell_server(url, {}, CALM) == there
    assert asked == ["GET /current", "POST /s1/touch", "GET /current", "POST ", "POST /s2/touch"]


@pytest.mark.parametrize("told", ["hello", {}, [1], {"problem": "?"}])
def test_a_server_that_answers_oddly_is_said_plainly(told: object) -> None:
    odd = "does not answer as Affetto does"
    with (
        server_that_answers(lambda *_: (200, told)) as url,
        pytest.raises(ServerSilent, match=odd),
    ):
        tell_server(url, {"goal": "calm"}, CALM)


def test_a_server_that_forgets_every_session_is_said_plainly() -> None:
    def answer(verb: str, path: str) -> tuple[int, object]:
        if verb == "POST" and path == "/api/sessions":
            return 201, {"id": "s1", "playing": None}
        return 404, {"problem": "It ended.", "remedy": "Start a new one."}

    with server_that_answers(answer) as url, pytest.raises(ServerSilent, match="It ended"):
        tell_server(url, {}, CALM)


def test_where_no_server_runs_this_one_serves(terminal: Terminal) -> None:
    process = terminal.starts("listen", "--mood", "calm")
    try:
        assert process.stdout is not None
        reason, link = process.stdout.readline(), process.stdout.readline()
        assert reason.endswith(".\n")
        assert link.startswith("It plays in the page: http://127.0.0.1:")
    finally:
        process.kill()
        process.communicate()
