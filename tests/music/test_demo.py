"""The demo library: is it music, is it what it says, and does it survive a bad disk?"""

from __future__ import annotations

import asyncio
import errno
import itertools
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from tinytag import TinyTag

from affetto.emotion import mood_of
from affetto.errors import AffettoError
from affetto.music import demo
from affetto.music.arranging import (
    Bar,
    Note,
    arrange,
    bars_of,
    duration_s,
    lightness,
    tail_s,
    tune,
)
from affetto.music.bands import BANDS
from affetto.music.demo import DemoLibrary, demo_tracks, file_name, generate, record_to
from affetto.music.mixing import CEILING, loudness, record
from affetto.music.score import MODES, PIECES, Piece, chords_of, semitones, tune_of
from affetto.music.synth import RATE, Audio
from affetto.track import TrackUri

every_piece = pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.slug)
BY_TITLE = {piece.title: piece for piece in PIECES}
SHORT = [BY_TITLE["Last Bus, Empty"], BY_TITLE["Long Corridor"], BY_TITLE["First Bicycle"]]


def rank_correlation(a: list[float], b: list[float]) -> float:
    ranks = [np.argsort(np.argsort(values)) for values in (a, b)]
    return float(np.corrcoef(*ranks)[0, 1])


def melody(piece: Piece) -> list[tuple[Bar, Note]]:
    part = next(part for part in BANDS[piece.band].parts if part.role == "tune")
    return tune(piece, piece.lead_middle or part.middle, bars_of(piece))


def shape(piece: Piece) -> tuple[tuple[int, float], ...]:
    """A melody freed of key and tempo: steps between notes, and lengths in beats."""
    notes = melody(piece)
    return tuple(
        (after.pitch - note.pitch, round(note.seconds / bar.beat_s, 2))
        for (bar, note), (_, after) in itertools.pairwise(notes)
    )


@pytest.fixture(scope="module")
def heard() -> dict[str, Audio]:
    """Ten recordings from all over the map."""
    return {piece.title: record(piece) for piece in PIECES[::3]}


# The collection


def test_every_quarter_of_the_map_has_at_least_six_pieces_well_apart() -> None:
    for mood in ("angry", "happy", "sad", "calm"):
        points = [piece.affect for piece in PIECES if mood_of(piece.affect) == mood]
        assert len(points) >= 6
        assert np.ptp([p.valence for p in points]) >= 0.5
        assert np.ptp([p.arousal for p in points]) >= 0.5
        assert min(a.distance(b) for a, b in itertools.combinations(points, 2)) > 0.1


def test_no_two_pieces_share_melody_tempo_or_key_together() -> None:
    assert len({piece.tempo_bpm for piece in PIECES}) == len(PIECES)
    assert len({(piece.tonic, piece.mode) for piece in PIECES}) > 20
    melodies = {piece.title: shape(piece) for piece in PIECES}
    for (one, first), (other, second) in itertools.combinations(melodies.items(), 2):
        assert first[:8] != second[:8], f"{one} begins like {other}"


def test_enough_bands_play_that_an_evening_need_not_repeat_one() -> None:
    for mood in ("angry", "happy", "sad", "calm"):
        artists = [piece.artist for piece in PIECES if mood_of(piece.affect) == mood]
        assert len(set(artists)) >= 3
    assert len({piece.artist for piece in PIECES}) >= 8
    assert len({piece.band for piece in PIECES}) >= 12


def test_fast_pieces_are_the_awake_ones_and_bright_harmony_the_pleasant() -> None:
    arousal = [piece.arousal for piece in PIECES]
    density = [
        sum(len(notes) for _, notes in arrange(piece)) / duration_s(piece) for piece in PIECES
    ]
    assert rank_correlation([piece.tempo_bpm for piece in PIECES], arousal) > 0.8
    assert rank_correlation(density, arousal) > 0.8
    valence = [piece.valence for piece in PIECES]
    assert np.corrcoef([lightness(piece) for piece in PIECES], valence)[0, 1] > 0.8


def test_the_list_of_tracks_makes_no_sound_and_loads_no_decoder() -> None:
    code = (
        "import sys, time; from affetto.music.demo import demo_tracks;"
        "start = time.process_time(); tracks = demo_tracks();"
        "print(len(tracks), time.process_time() - start, 'soundfile' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, seconds, loaded = said.stdout.split()
    assert int(count) == len(PIECES)
    assert float(seconds) < 0.05
    assert loaded == "False"


def test_a_track_tells_what_the_score_says() -> None:
    track = next(track for track in demo_tracks() if track.title == "Grey Harbour")
    assert track.uri == "demo:grey-harbour"
    assert (track.artist, track.album) == ("Harbour Quartet", "Affetto demo")
    assert track.features is not None
    assert (track.features.key, track.features.tempo_bpm) == ("C minor", 64.0)
    assert track.features.valence_sd == track.features.arousal_sd == 0.15
    assert len({track.uri for track in demo_tracks()}) == len(PIECES)


# The writing


@every_piece
def test_a_piece_lasts_between_45_and_75_seconds(piece: Piece) -> None:
    assert 45 <= duration_s(piece) <= 75


@every_piece
def test_tunes_fill_their_two_bars_and_progressions_their_phrases(piece: Piece) -> None:
    for written in (piece.tune_a, piece.tune_b):
        assert sum(step.beats for step in tune_of(written)) == 2 * piece.beats
    for written in (piece.chords_a, piece.chords_b):
        assert len(chords_of(piece, written)) == 4


@every_piece
def test_the_melody_stays_in_the_scale_of_its_chord_and_never_rubs_for_long(piece: Piece) -> None:
    for bar, note in melody(piece):
        chord = bar.chord_at((note.start_s - bar.start_s) / bar.beat_s + 0.01, piece.beats)
        tone = (note.pitch - piece.tonic_class) % 12
        assert tone in {semitone % 12 for semitone in chord.scale}
        if note.seconds / bar.beat_s > 1.4:
            assert tone in {other % 12 for other in chord.tones}
            assert not any((tone - other) % 12 == 1 for other in chord.tones)


@every_piece
def test_accompaniment_keeps_to_the_chord_it_belongs_to(piece: Piece) -> None:
    bars = bars_of(piece)
    for part, notes in arrange(piece):
        if part.role not in ("chords", "arpeggio", "bass"):
            continue
        for note in notes:
            bar = max(
                (b for b in bars if b.start_s <= note.start_s + 0.045), key=lambda b: b.start_s
            )
            allowed = {
                (piece.tonic_class + tone) % 12
                for chord in bar.chords
                for tone in (*chord.tones, chord.bass)
            }
            assert note.pitch % 12 in allowed


@every_piece
def test_the_opening_idea_returns_and_the_end_comes_home(piece: Piece) -> None:
    sections = [bar.section for bar in bars_of(piece)]
    assert sections[0] == "I"
    assert sections[-1] == "E"
    assert {"A", "B", "R"} <= set(sections)
    last_bar, last = melody(piece)[-1]
    assert last_bar.is_last
    assert (last.pitch - piece.tonic_class) % 12 in {tone % 12 for tone in last_bar.chords[0].tones}


def test_degrees_below_and_above_the_octave_are_read_right() -> None:
    major = MODES["major"]
    assert [semitones(degree, major) for degree in (0, 1, 7, 8, 10)] == [-1, 0, 11, 12, 16]


def test_a_raised_dominant_lends_its_leading_note_to_the_tune() -> None:
    piece = BY_TITLE["Grey Harbour"]
    dominant = chords_of(piece, "5+")[0][0]
    assert dominant.tones == (7, 11, 14)
    assert 11 in dominant.scale
    slash = chords_of(piece, "1/3 6s2,4s47")
    assert slash[0][0].bass == 3
    assert slash[1][0].tones == (8, 10, 15)
    assert slash[1][1].tones == (5, 10, 12, 15)


# The sound


def test_recordings_begin_and_end_in_silence_without_clipping_or_drift(
    heard: dict[str, Audio],
) -> None:
    for title, sound in heard.items():
        assert sound.dtype == np.float32, title
        assert sound.shape == (2, round(duration_s(BY_TITLE[title]) * RATE)), title
        assert np.isfinite(sound).all(), title
        assert 0.3 < np.abs(sound).max() <= CEILING + 1e-6, title
        assert np.abs(sound[:, :3]).max() < 1e-3, title
        assert np.abs(sound[:, -300:]).max() < 1e-3, title
        assert np.abs(sound.mean(axis=1)).max() < 1e-4, title
        assert np.abs(np.diff(sound, axis=1)).max() < 0.6, f"{title} clicks"


def test_recordings_are_level_with_calm_ones_a_little_quieter(heard: dict[str, Audio]) -> None:
    for title, sound in heard.items():
        assert -19.0 < loudness(sound) < -15.0, title
    levels = [loudness(sound) for sound in heard.values()]
    arousal = [BY_TITLE[title].arousal for title in heard]
    assert rank_correlation(levels, arousal) > 0.8


def test_nothing_falls_silent_before_the_last_chord_has_rung(heard: dict[str, Audio]) -> None:
    for title, sound in heard.items():
        piece = BY_TITLE[title]
        until = sound.shape[1] - round(tail_s(piece) * RATE)
        tenth = RATE // 10
        blocks = sound[:, : until // tenth * tenth].reshape(2, -1, tenth)
        level = 20 * np.log10(np.sqrt((blocks**2).mean(axis=(0, 2))) + 1e-9)
        assert (level[5:] > -50).all(), title


def test_recordings_are_wide_but_still_sound_in_mono(heard: dict[str, Audio]) -> None:
    for title, (left, right) in heard.items():
        together = float(np.corrcoef(left, right)[0, 1])
        assert 0.05 < together < 0.98, title


def test_what_is_heard_is_livelier_the_more_awake_a_piece_is_meant(
    heard: dict[str, Audio],
) -> None:
    def stir(sound: Audio) -> float:
        """How much new sound starts: mean rise of the log spectrum from frame to frame."""
        mono = sound.mean(axis=0)
        frames = mono[: len(mono) // 1024 * 1024].reshape(-1, 1024) * np.hanning(1024)
        spectrum = np.log1p(100 * np.abs(np.fft.rfft(frames, axis=1)))
        return float(np.maximum(0, np.diff(spectrum, axis=0)).mean())

    arousal = [BY_TITLE[title].arousal for title in heard]
    assert rank_correlation([stir(sound) for sound in heard.values()], arousal) > 0.8


def test_what_is_heard_leans_to_the_major_third_the_more_pleasant_a_piece_is_meant(
    heard: dict[str, Audio],
) -> None:
    def major(title: str, sound: Audio) -> float:
        mono = sound.mean(axis=0)
        frames = mono[: len(mono) // 8192 * 8192].reshape(-1, 8192) * np.hanning(8192)
        power = (np.abs(np.fft.rfft(frames, axis=1)) ** 2).mean(axis=0)
        hz = np.fft.rfftfreq(8192, 1 / RATE)
        kept = (hz > 100) & (hz < 2000)
        place = 69 + 12 * np.log2(hz[kept] / 440) - BY_TITLE[title].tonic_class
        third = [power[kept][np.abs((place - tone + 6) % 12 - 6) < 0.3].sum() for tone in (4, 3)]
        return float((third[0] - third[1]) / sum(third))

    valence = [BY_TITLE[title].valence for title in heard]
    assert np.corrcoef([major(t, s) for t, s in heard.items()], valence)[0, 1] > 0.8


def test_the_analyser_hears_pieces_as_awake_as_they_are_meant(heard: dict[str, Audio]) -> None:
    import soxr

    from affetto.music import analysis, hearing

    told = []
    for sound in heard.values():
        mono = soxr.resample(sound.mean(axis=0), RATE, hearing.RATE)
        parts = [mono[int(share * len(mono)) :][: 6 * hearing.RATE] for share in (0.25, 0.6)]
        told.append(analysis.estimate(parts, hearing.measure(parts)).arousal)
    meant = [BY_TITLE[title].arousal for title in heard]
    assert np.corrcoef(told, meant)[0, 1] > 0.8


def test_the_same_piece_always_sounds_the_same(heard: dict[str, Audio]) -> None:
    title = "Low Tide"
    assert np.array_equal(record(BY_TITLE[title]), heard[title])


# The files


def test_generating_makes_playable_tagged_files_and_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    generate(tmp_path / "new", pieces=SHORT, on_progress=lambda *said: told.append(said))
    assert [done for done, _, _ in told] == [1, 2, 3]
    assert {total for _, total, _ in told} == {3}
    assert {title for _, _, title in told} == {piece.title for piece in SHORT}
    for piece in SHORT:
        path = tmp_path / "new" / file_name(piece)
        info = soundfile.info(path)
        assert (info.format, info.channels, info.samplerate) == ("OGG", 2, RATE)
        assert info.duration == pytest.approx(duration_s(piece), abs=0.1)
        assert np.abs(soundfile.read(path)[0]).max() < 1.0
        tag = TinyTag.get(path)
        assert (tag.title, tag.artist, tag.album) == (piece.title, piece.artist, "Affetto demo")
    assert len(list((tmp_path / "new").iterdir())) == 3


def test_a_second_run_renders_nothing_and_a_stopped_one_goes_on(tmp_path: Path) -> None:
    def stop(done: int, total: int, title: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(tmp_path, pieces=SHORT[:2], workers=1, on_progress=stop)
    first = list(tmp_path.iterdir())
    assert [path.suffix for path in first] == [".ogg"]
    made_at = first[0].stat().st_mtime_ns
    told: list[int] = []
    generate(tmp_path, pieces=SHORT[:2], workers=1, on_progress=lambda d, n, t: told.append(d))
    assert told == [2]
    generate(tmp_path, pieces=SHORT[:2], on_progress=lambda d, n, t: told.append(d))
    assert told == [2]
    assert first[0].stat().st_mtime_ns == made_at


def test_old_editions_and_abandoned_parts_are_cleared_and_nothing_else(tmp_path: Path) -> None:
    old = tmp_path / "low-tide-0123abcd.ogg"
    dead = tmp_path / ".low-tide-0123abcd.ogg.77.part"
    busy = tmp_path / ".paper-boats-0123abcd.ogg.78.part"
    mine = tmp_path / "low-tide-demo-tape.ogg"
    for path in (old, dead, busy, mine):
        path.write_bytes(b"x")
    os.utime(dead, (1, 1))
    generate(tmp_path, pieces=[])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([busy.name, mine.name])


def test_a_changed_score_gets_a_new_file_name() -> None:
    piece = PIECES[0]
    changed = Piece(
        **{name: getattr(piece, name) for name in Piece.__slots__ if name != "tempo_bpm"},
        tempo_bpm=piece.tempo_bpm + 1,
    )
    assert file_name(changed) != file_name(piece)
    assert file_name(changed).startswith("low-tide-")


def test_a_full_disk_is_told_with_its_remedy_and_leaves_nothing_half_written(
    tmp_path: Path,
) -> None:
    def write(path: Path, data: bytes) -> None:
        path.write_bytes(data[:1000])
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(AffettoError, match="full") as caught:
        record_to(tmp_path, SHORT[0], write=write)
    assert "Free 40 MB" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_folder_is_told_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("in the way")
    with pytest.raises(AffettoError, match="cannot be written") as caught:
        generate(path, pieces=SHORT[:1])
    assert "choose another" in caught.value.remedy


def test_a_failure_in_a_worker_comes_home_with_its_remedy(tmp_path: Path) -> None:
    for piece in SHORT:  # a folder where the file should be cannot be replaced by it
        (tmp_path / file_name(piece)).mkdir()
    with pytest.raises(AffettoError, match="cannot be written"):
        generate(tmp_path, pieces=SHORT[:2])
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part"))


# The library


def test_search_finds_by_title_artist_and_album_in_any_case(tmp_path: Path) -> None:
    library = DemoLibrary(tmp_path)
    assert len(asyncio.run(library.search(""))) == len(PIECES)
    assert [t.title for t in asyncio.run(library.search("TIDE low"))] == ["Low Tide"]
    assert len(asyncio.run(library.search("iron larch"))) == 3
    assert len(asyncio.run(library.search("demo", limit=5))) == 5
    assert asyncio.run(library.search("nothing like it")) == []


def test_a_piece_sounds_only_once_it_has_been_recorded(tmp_path: Path) -> None:
    provider = demo.create({"folder": str(tmp_path)})
    assert provider.name == "demo"
    library = provider.library
    assert library is not None
    uri = TrackUri("demo:low-tide")
    assert asyncio.run(library.sound(uri)) is None
    path = tmp_path / file_name(PIECES[0])
    path.write_bytes(b"sound")
    sound = asyncio.run(library.sound(uri))
    assert sound is not None
    assert (sound.path, sound.mime) == (path, "audio/ogg")
    assert asyncio.run(library.sound(TrackUri("demo:none"))) is None


def test_every_piece_has_a_cover_and_strangers_have_none(tmp_path: Path) -> None:
    library = DemoLibrary(tmp_path)
    cover = asyncio.run(library.cover(TrackUri("demo:low-tide")))
    assert cover is not None
    assert cover.mime == "image/svg+xml"
    assert asyncio.run(library.cover(TrackUri("local:low-tide"))) is None


def test_without_a_folder_the_recordings_go_to_the_listeners_cache() -> None:
    provider = demo.create({})
    assert provider.library is not None
    assert provider.player is None
