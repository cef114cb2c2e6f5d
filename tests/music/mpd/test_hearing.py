from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from affetto.cli.main import app
from affetto.errors import Misuse
from affetto.listening.distant import hear_into
from affetto.music.distant import HeardTrack, hear_track
from affetto.music.mpd import MpdProvider, create
from affetto.music.scanning import heard_with
from affetto.store.database import Database
from affetto.store.distant import DistantShelf, ShelvedTrack
from affetto.track import Track, TrackFeatures
from mpd_kit import Mpd

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def types(tmp_path: Path, settings: dict[str, str], *words: str) -> tuple[int, str, str]:
    env = {
        "AFFETTO_DATA_DIR": str(tmp_path),
        "AFFETTO_DEMO": "false",
        "AFFETTO_PROVIDERS": '["mpd", "memory"]',
        **{f"AFFETTO_PROVIDER__MPD__{key.upper()}": value for key, value in settings.items()},
    }
    result = CliRunner().invoke(app, ["library", "hear", *words], env=env)
    return result.exit_code, result.stdout, result.stderr


def test_a_song_whose_file_can_be_read_here_is_heard_where_it_lies(
    mpd: Mpd, songs: dict[str, Track], tmp_path: Path
) -> None:
    settings = {**mpd.settings, "music_dir": str(mpd.music)}
    answer = hear_track("mpd", settings, tmp_path, songs["Ünë Long One"])
    assert isinstance(answer, HeardTrack) and answer.track.features is not None
    assert (mpd.music / "Someone" / "Thïngs" / "Long One.flac").is_file()
    assert list(tmp_path.iterdir()) == []


def test_what_was_heard_is_kept_with_mpd_for_its_other_programs(
    mpd: Mpd, songs: dict[str, Track], database: Database, tmp_path: Path
) -> None:
    heard = TrackFeatures(0.25, -0.5)
    shelf = DistantShelf(database)
    known = [replace(track, features=heard) for track in songs.values()]
    shelf.save([ShelvedTrack(track, heard_with=heard_with()) for track in known], now=NOON)
    code, out, err = types(tmp_path, mpd.settings, "mpd", "--moods")
    assert code == 0 and "6 unchanged" in out and "Moods kept by mpd: 6." in err
    elsewhere = create(mpd.settings)
    assert elsewhere.library is not None and elsewhere.connection is not None
    found = asyncio.run(elsewhere.library.search(""))
    asyncio.run(elsewhere.connection.close())
    mpd.forget_moods()
    assert [t.features.arousal for t in found if t.features] == [-0.5] * 6


def test_songs_that_cannot_be_read_from_here_are_not_heard(
    provider: MpdProvider, database: Database
) -> None:
    assert provider.library is not None
    with pytest.raises(Misuse, match="music_dir"):
        hear_into(database, "mpd", provider.library, _never, now=lambda: NOON, workers=0)


def test_a_server_without_a_place_for_moods_says_so_before_anything_is_heard(
    tmp_path: Path,
) -> None:
    code, _, err = types(tmp_path, {}, "memory", "--moods")
    assert code == 2 and "no place for moods" in err


def _never(folder: Path, track: Track) -> HeardTrack:
    raise AssertionError("nothing is to be heard")
