from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from affetto.cli.doctor import Finding, Health, examine
from affetto.server.running import bind
from affetto.settings import Settings
from affetto.store.keyring import Keyring
from affetto.store.tracks import ShelvedFile, TrackShelf
from affetto.track import Track, TrackUri
from affetto.wiring import open_database
from cli.doors import Terminal

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def looked(tmp_path: Path, **given: object) -> dict[str, Finding]:
    settings = Settings(data_dir=tmp_path / "data", **{"port": 0, **given})  # type: ignore[arg-type]
    return {finding.what: finding for finding in examine(settings)}


def test_a_fresh_house_is_well_or_not_there_yet(tmp_path: Path) -> None:
    found = looked(tmp_path)
    for what in ("Python", "parts", "data folder", "database", "keys", "port", "ffmpeg"):
        assert found[what].health is Health.WELL, found[what]
    for what in ("library", "demo music"):
        assert found[what].health is Health.LATER, found[what]
        assert found[what].remedy


@pytest.mark.parametrize(("there", "health"), [(True, Health.WELL), (False, Health.LATER)])
def test_videos_are_an_extra_and_nothing_is_broken_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, health: Health
) -> None:
    monkeypatch.setitem(sys.modules, "av", ModuleType("av") if there else None)
    found = looked(tmp_path)["videos"]
    assert found.health is health
    assert there or 'pip install "affetto[video]"' in found.remedy


def test_every_finding_that_is_not_well_has_a_remedy(tmp_path: Path) -> None:
    for finding in looked(tmp_path).values():
        if finding.health is not Health.WELL:
            assert finding.remedy, finding


def test_the_library_is_counted(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    database = open_database(settings)
    track = Track(TrackUri("local:1"), "One")
    TrackShelf(database).save(
        [
            ShelvedFile(track.uri, "/music/one.flac", (1, 1), track),
            ShelvedFile(TrackUri("local:2"), "/music/two.mp3", (1, 0), None, "Empty.", "Copy it."),
        ],
        now=NOON,
    )
    database.close()
    library = looked(tmp_path)["library"]
    assert library.health is Health.WELL
    assert library.told == "1 tracks, 1 files that could not be read."


def test_a_damaged_database_is_ill_and_hides_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "affetto.db").write_bytes(b"not a database" * 1000)
    found = looked(tmp_path)
    assert found["database"].health is Health.ILL and "damaged" in found["database"].told
    assert found["keys"].health is Health.WELL and "port" in found


def test_damaged_keys_are_ill(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "keys").write_text("gibberish\n")
    assert looked(tmp_path)["keys"].health is Health.ILL
    Keyring.in_file(tmp_path / "data" / "other")
    (tmp_path / "data" / "other").replace(tmp_path / "data" / "keys")
    assert looked(tmp_path)["keys"].told == "in order."
    key = (tmp_path / "data" / "keys").read_text().strip()
    assert looked(tmp_path, token_keys=key)["keys"].told == "given in the settings."


def test_a_folder_in_the_way_is_ill(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    assert looked(tmp_path)["data folder"].health is Health.ILL


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_a_folder_that_cannot_be_written_is_ill() -> None:
    settings = Settings(data_dir=Path("/proc"), port=0)
    found = {finding.what: finding for finding in examine(settings)}
    assert found["data folder"].health is Health.ILL
    assert found["database"].health is Health.ILL


def test_a_provider_that_is_not_there_is_ill(tmp_path: Path) -> None:
    found = looked(tmp_path, providers=("local", "memory", "nowhere"))
    assert found["provider memory"].health is Health.WELL
    assert found["provider nowhere"].health is Health.ILL


def test_a_taken_port_is_no_illness(tmp_path: Path) -> None:
    with bind("127.0.0.1", 0) as taken:
        found = looked(tmp_path, port=taken.getsockname()[1])
    assert found["port"].health is Health.LATER


def test_a_running_server_is_found(terminal: Terminal) -> None:
    process = terminal.starts("serve", "--no-open")
    try:
        assert process.stdout is not None
        url = process.stdout.readline().split()[3]
        told = terminal.types("doctor")
        assert f"server: runs at {url}." in told.stdout
    finally:
        process.kill()
        process.communicate()


def test_the_doctor_exits_1_when_something_is_ill(terminal: Terminal) -> None:
    terminal.folder.mkdir()
    (terminal.folder / "keys").write_text("gibberish\n")
    told = terminal.types("doctor")
    assert told.exit_code == 1
    assert "fail  keys: " in told.stdout and "backup" in told.stdout


def test_machines_get_the_same_as_json(terminal: Terminal) -> None:
    told = terminal.types("doctor", "--json")
    findings = json.loads(told.stdout)
    assert {"what", "health", "told", "remedy"} == set(findings[0])
    assert told.exit_code == (1 if any(f["health"] == "fail" for f in findings) else 0)
