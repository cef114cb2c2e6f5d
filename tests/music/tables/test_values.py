from __future__ import annotations

import math

import numpy as np
import pytest

from affetto.music.tables.values import (
    is_missing,
    key_of,
    mode_of,
    numbers,
    same_name,
    song_name,
    text,
)


def test_numbers_come_out_of_any_writing() -> None:
    found, wrong = numbers(["0.5", " 0,25 ", "", "NaN", "n/a", "45%", "-7.5 dB", None])
    assert found.tolist()[:2] == [0.5, 0.25] and found.tolist()[5:7] == [45, -7.5]
    assert np.isnan(found[[2, 3, 4, 7]]).all() and wrong == 0


def test_what_is_no_finite_number_is_counted_and_unknown() -> None:
    found, wrong = numbers(["inf", "-inf", "1e999", "=1+1", "abc", "1e308"])
    assert wrong == 5 and found[5] == 1e308
    assert np.isnan(found[:5]).all()
    found, wrong = numbers([math.inf, math.nan, 2.0])
    assert wrong == 1 and found[2] == 2.0


def test_years_and_clock_times_are_understood_in_their_columns() -> None:
    years, wrong = numbers(["1982-10-27", "2007", "Feb 1999", "x"], "year")
    assert years.tolist()[:3] == [1982, 2007, 1999] and wrong == 1
    times, _ = numbers(["3:05", "1:02:03", "200"], "duration")
    assert times.tolist() == [185, 3723, 200]


@pytest.mark.parametrize(
    ("cell", "clean"),
    [
        ("  Two\n words ", "Two words"),
        ("a\x1b[31m\x00b", "a [31m b"),
        ("['A', \"B's\"]", "A, B's"),
        ("['broken", "['broken"),
        ("\u202eturned", "turned"),
        ("שלום עולם", "שלום עולם"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("x" * 5000, "x" * 300),
        (None, ""),
        (math.nan, ""),
        (1999.0, "1999"),
        (12, "12"),
        ("NaN", ""),
        ("None", "None"),
    ],
)
def test_text_is_one_clean_line(cell: object, clean: str) -> None:
    assert text(cell) == clean


@pytest.mark.parametrize(
    ("key", "mode", "name"),
    [
        ("5", "1", "F"), (6.0, 0, "F# minor"), ("C#", "Minor", "C# minor"), ("Bb maj", "", "Bb"),
        ("Am", None, "A minor"), ("-1", "1", None), ("99", "1", None), ("", "1", None),
        ("what", "1", None), ("0", None, "C"),
    ],
)  # fmt: skip
def test_keys_are_named(key: object, mode: object, name: str | None) -> None:
    assert key_of(key, mode) == name


@pytest.mark.parametrize(
    ("key", "mode", "told"),
    [
        ("5", "1", 1.0), (6.0, 0, 0.0), (6, False, 0.0), ("C#", "Minor", 0.0), ("Am", None, 0.0),
        ("Bb maj", "", 1.0), ("0", None, None), ("5", "", None), ("A", None, None), ("", 1, 1.0),
    ],
)  # fmt: skip
def test_a_mode_nobody_told_is_not_made_up(key: object, mode: object, told: float | None) -> None:
    assert mode_of(key, mode) == told


def test_names_are_compared_without_case_accents_and_signs() -> None:
    assert same_name("BEYONCÉ") == same_name("Beyonce")
    assert same_name("Don’t Stop") == same_name("Don't  stop")
    assert same_name("北国の春") == "北国の春" and same_name("!!!") == "!!!"
    assert same_name("Song (Live)") != same_name("Song")


def test_a_release_adds_nothing_to_the_name_of_a_song() -> None:
    for release in ("Help! (Remastered 2009)", "Help! - 2009 Remaster", "Help! feat. Anyone"):
        assert song_name(release) == song_name("Help!")
    assert song_name("(1999)") == "1999"


def test_a_float_that_is_none_is_missing() -> None:
    assert is_missing(math.nan) and is_missing(None) and is_missing(" - ") and not is_missing(0.0)
