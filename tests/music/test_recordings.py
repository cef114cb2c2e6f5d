from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from affetto.music import recordings
from affetto.music.hearing import RATE
from affetto.music.recordings import (
    Recording,
    difference,
    same_recording,
    songs,
    sound_print,
)
from music.sounds import tune, write

SECONDS = 30.0


def printed(sound: np.ndarray) -> str:
    """The print of a piece: all of a short one, else ten seconds about its quarters."""
    starts = list(range(0, len(sound), 10 * RATE))
    if len(sound) > 31 * RATE:
        starts = [int(share * len(sound)) - 5 * RATE for share in (0.25, 0.5, 0.75)]
    return sound_print([sound[start : start + 10 * RATE] for start in starts])


def of(sound: np.ndarray, **known: object) -> Recording:
    base = Recording("local:1", "One", "Nina", len(sound) / RATE, printed(sound), None)
    return replace(base, **known)  # type: ignore[arg-type]


ORIGINAL = tune(1)


def encoded(folder: Path, ending: str) -> np.ndarray:
    path = write(folder / f"a{ending}", ORIGINAL, RATE)
    sound, rate = soundfile.read(path, dtype="float32")
    return np.asarray(soxr.resample(sound, rate, RATE))


def mastered(sound: np.ndarray) -> np.ndarray:
    """Brighter, fuller, louder and pressed together."""
    spectrum, pitch = np.fft.rfft(sound), np.fft.rfftfreq(len(sound), 1 / RATE)
    tilt = np.interp(np.log2(np.maximum(pitch, 50)), np.log2([50, 700, 8000]), [4, 0, 5])
    louder = np.fft.irfft(spectrum * 10 ** (tilt / 20), len(sound))
    return np.tanh(3 * louder / np.abs(louder).max()).astype(np.float32)


@pytest.mark.parametrize("ending", [".mp3", ".ogg", ".flac"])
def test_a_recording_is_known_again_in_another_format(tmp_path: Path, ending: str) -> None:
    assert same_recording(of(ORIGINAL), of(encoded(tmp_path, ending)))


@pytest.mark.parametrize(
    "copy",
    [
        3 * ORIGINAL,
        ORIGINAL[RATE // 2 :],
        np.concatenate([np.zeros(int(0.7 * RATE), np.float32), ORIGINAL]),
        mastered(ORIGINAL),
        mastered(ORIGINAL[RATE // 3 :]),
    ],
    ids=["louder", "cut by half a second", "a pause before it", "remastered", "remastered and cut"],
)
def test_a_recording_is_known_again_louder_cut_or_remastered(copy: np.ndarray) -> None:
    assert same_recording(of(ORIGINAL), of(copy))
    assert same_recording(of(ORIGINAL), of(copy, title="One (Remastered 2011)"))


def test_two_songs_by_one_artist_stay_two_even_when_tags_and_length_agree() -> None:
    for seed in range(2, 8):
        assert not same_recording(of(ORIGINAL), of(tune(seed)))


def test_another_performance_takes_another_time_and_stays_another_recording() -> None:
    assert not same_recording(of(tune(1, 90)), of(tune(1, 90 * 1.05, swing=1.05)))


def test_a_live_version_of_another_length_stays_a_song_of_its_own() -> None:
    live = of(np.concatenate([ORIGINAL, ORIGINAL[: 5 * RATE]]))
    assert not same_recording(of(ORIGINAL), live)
    # Nor one that is told to be live, however alike it sounds.
    assert not same_recording(of(ORIGINAL), of(ORIGINAL, title="One (Live at Montreux)"))
    assert not same_recording(of(ORIGINAL), of(ORIGINAL, title="One - Acoustic Version"))


def test_what_is_said_of_copies_does_not_part_them() -> None:
    for title in ("ONE - Remastered 2009", "One (feat. Nat)", "Óne [Mono]", "One (Album Version)"):
        assert same_recording(of(ORIGINAL), of(mastered(ORIGINAL), title=title))


def test_an_untagged_copy_is_known_by_its_sound_alone(tmp_path: Path) -> None:
    untagged = of(encoded(tmp_path, ".mp3"), title="track 07", artist="")
    assert same_recording(of(ORIGINAL), untagged)
    assert not same_recording(of(ORIGINAL), replace(untagged, duration_s=SECONDS + 2))


def test_silence_and_moments_are_never_taken_for_one_another() -> None:
    assert printed(np.zeros(30 * RATE, np.float32)) == ""
    assert printed(ORIGINAL[: 2 * RATE]) == ""
    assert sound_print([]) == ""
    assert difference(printed(ORIGINAL), "") == 1.0
    quiet = of(np.zeros(30 * RATE, np.float32))
    assert not same_recording(quiet, quiet)
    assert songs([quiet, replace(quiet, uri="local:2")]).of == {}


def test_a_pause_in_one_excerpt_leaves_the_others_to_tell_by() -> None:
    paused = ORIGINAL.copy()
    paused[10 * RATE : 20 * RATE] = 0
    assert same_recording(of(paused), of(mastered(paused)))


def shelf_of(*kinds: str, song: str | None = None) -> list[Recording]:
    """Recordings "A1", "A2", "B1" …: the same letter is the same recording."""
    prints = {letter: printed(tune(ord(letter), 12)) for letter in {kind[0] for kind in kinds}}
    return [Recording(kind, kind, "", 12.0, prints[kind[0]], song) for kind in kinds]


def test_each_song_is_found_once_among_many() -> None:
    found = songs(shelf_of("A1", "B1", "A2", "C1", "B2", "A3"))
    assert found.renamed == {}
    songs_of = {letter: {found.of[uri] for uri in found.of if uri[0] == letter} for letter in "AB"}
    assert sorted(found.of) == ["A1", "A2", "A3", "B1", "B2"]
    assert [len(names) for names in songs_of.values()] == [1, 1]
    assert songs_of["A"] != songs_of["B"]


def test_of_many_copies_each_is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told = printed(ORIGINAL)
    copies = [Recording(f"local:{n}", f"Copy {n}", "", SECONDS, told, None) for n in range(40)]
    compared = []

    def counted(one: str, other: str) -> float:
        compared.append(one)
        return difference(one, other)

    monkeypatch.setattr(recordings, "difference", counted)
    assert len(set(songs(copies).of.values())) == 1
    assert len(compared) == len(copies) - 1


def test_a_new_copy_joins_the_song_that_is_known() -> None:
    known = shelf_of("A1", "A2", song="A1")
    assert songs(known).of == {}  # compared before: not again
    found = songs([*known, *shelf_of("A3")])
    assert found.of["A3"] == "A1" and set(found.of.values()) == {"A1"}


def test_two_songs_that_turn_out_to_be_one_get_one_name() -> None:
    old = [*shelf_of("A1", song="x"), *shelf_of("A2", song="y")]
    found = songs([*old, *shelf_of("A3")])
    [(gone, stays)] = found.renamed.items()
    assert {gone, stays} == {"x", "y"}
    assert set(found.of.values()) == {stays}


def test_a_large_library_finds_what_a_comparison_of_all_pairs_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from affetto.music import recordings

    monkeypatch.setattr(recordings, "_AT_ONCE", 2)
    rng = random.Random(3)
    few = [of(tune(seed, 12)) for seed in range(6)]
    many = sorted(
        (
            replace(rng.choice(few), uri=f"u{i}", title=f"t{i}", duration_s=rng.uniform(10, 20))
            for i in range(60)
        ),
        key=lambda one: one.duration_s,
    )
    found = songs(many)
    pairs = [(a, b) for i, a in enumerate(many) for b in many[:i] if same_recording(a, b)]
    assert pairs
    assert all(found.of[a.uri] == found.of[b.uri] for a, b in pairs)
    assert set(found.of) == {one.uri for pair in pairs for one in pair}
