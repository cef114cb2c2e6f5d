"""Our seven lists, held to what they promise."""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import date
from importlib.resources import files
from statistics import mean

import pytest
import yaml

from affetto.emotion import EXPRESSIONS
from affetto.errors import Misuse
from affetto.music.curated import CuratedSong, as_tracks, emotion_called, load, owned
from affetto.music.curated.song import plain
from affetto.track import Track, TrackUri

each_emotion = pytest.mark.parametrize("emotion", EXPRESSIONS)


@each_emotion
def test_every_emotion_has_many_songs_from_many_people_times_and_places(emotion: str) -> None:
    songs = load(emotion)
    assert len(songs) >= 40
    assert len({song.artist for song in songs}) >= 25
    assert len({song.year // 10 for song in songs if song.year}) >= 4
    assert len({song.language for song in songs}) >= 5
    assert len({song.region for song in songs}) >= 5
    assert max(Counter(song.region for song in songs).values()) <= len(songs) * 0.6


@each_emotion
def test_every_song_says_all_there_is_to_say(emotion: str) -> None:
    for song in load(emotion):
        assert song.emotion == emotion
        assert song.title and song.artist and song.language and song.region, song
        assert song.year is not None and 1900 <= song.year <= date.today().year, song
        assert -1 <= song.valence <= 1 and -1 <= song.arousal <= 1, song
        assert (
            song.language == "instrumental"
            or song.language[0].isupper()
            or (song.language == "invented")
        ), song


@each_emotion
def test_no_judgement_is_left_to_the_default(emotion: str) -> None:
    text = files("affetto.music.curated").joinpath(f"{emotion}.yaml").read_text(encoding="utf-8")
    said = {"title", "artist", "year", "language", "region", "valence", "arousal", "because"}
    for entry in yaml.safe_load(text)["songs"]:
        assert set(entry) - {"explicit"} == said, entry


@each_emotion
def test_every_reason_is_one_short_sentence_without_words_of_the_song(emotion: str) -> None:
    for song in load(emotion):
        because = song.because
        assert because[0].isupper() and because.endswith("."), song
        assert because.count(".") == 1 and 20 <= len(because) <= 110, song
        assert not re.search(r"[\"“”«»„‘`]", because), song
        assert "!" not in because, song


@each_emotion
def test_songs_lie_where_the_emotion_lies(emotion: str) -> None:
    songs = load(emotion)
    fits = {
        "happy": lambda s: s.valence > 0.3,
        "sad": lambda s: s.valence < 0 and s.arousal < 0.3,
        "angry": lambda s: s.valence < 0 and s.arousal > 0.2,
        "fear": lambda s: s.valence < 0,
        "disgust": lambda s: s.valence < 0,
        "surprise": lambda s: s.arousal > 0,
        "neutral": lambda s: math.hypot(s.valence, s.arousal) <= 0.6,
    }[emotion]
    assert [song.title for song in songs if not fits(song)] == []
    middle = EXPRESSIONS[emotion]
    assert abs(mean(song.valence for song in songs) - middle.valence) < 0.3
    assert abs(mean(song.arousal for song in songs) - middle.arousal) < 0.25


def test_no_song_stands_in_two_lists() -> None:
    counted = Counter(song.key for emotion in EXPRESSIONS for song in load(emotion))
    assert [key for key, times in counted.items() if times > 1] == []


def test_a_word_that_is_no_emotion_is_met_with_the_nearest() -> None:
    assert emotion_called(" Happy ") == "happy"
    with pytest.raises(Misuse, match="Did you mean happy") as caught:
        emotion_called("hapy")
    assert "neutral" in caught.value.remedy


def test_as_tracks_they_carry_our_judgement_and_our_doubt() -> None:
    tracks = as_tracks("sad")
    assert len(tracks) == len(load("sad"))
    assert len({track.uri for track in tracks}) == len(tracks)
    for track, song in zip(tracks, load("sad"), strict=True):
        assert track.provider == "list"
        assert track.features is not None
        assert (track.features.valence, track.features.arousal) == (song.valence, song.arousal)
        assert track.features.valence_sd == track.features.arousal_sd == 0.25
        assert track.features.sources == ("list",)


# -- the same song in the listener's library -------------------------------------------


def song(title: str, artist: str) -> CuratedSong:
    return CuratedSong("happy", title, artist, 0.5, 0.5)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("Yesterday", "The Beatles"), ("YESTERDAY", "Beatles")),
        (("Yesterday", "The Beatles"), ("Yesterday - Remastered 2009", "The Beatles")),
        (("Yesterday", "The Beatles"), ("Yesterday (2009 Remaster) [Mono]", "The Beatles")),
        (("Hoppípolla", "Sigur Rós"), ("Hoppipolla", "Sigur Ros")),
        (("Ironic", "Alanis Morissette"), ("Ironic", "Alanis Morissette feat. Somebody")),
        (("B.O.B", "OutKast"), ("BOB", "Outkast")),
        (("Don't Stop Me Now", "Queen"), ("Don’t Stop Me Now", "Queen")),
        (
            ("(I Can't Get No) Satisfaction", "The Rolling Stones"),
            ("Satisfaction", "Rolling Stones"),
        ),
        (("Three Little Birds", "Bob Marley and the Wailers"),
         ("Three Little Birds", "Bob Marley & The Wailers")),
        (("Nur", "فيروز"), ("Nur", "فيروز")),
        (("がく", "坂本九"), ("がく", "坂本九")),
    ],
)  # fmt: skip
def test_a_file_of_the_listener_is_known_as_the_song(
    ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    track = Track(TrackUri("local:1"), *theirs)
    (found,) = owned([track], [song(*ours)]).values()
    assert found is track


@pytest.mark.parametrize(
    ("title", "artist"),
    [
        ("Yesterday", "Some Cover Band"),
        ("Yesterday", ""),
        ("Yesterday Once More", "The Beatles"),
        ("", "The Beatles"),
    ],
)
def test_another_song_is_not_mistaken_for_it(title: str, artist: str) -> None:
    track = Track(TrackUri("local:1"), title, artist)
    assert owned([track], [song("Yesterday", "The Beatles")]) == {}


def test_letters_that_differ_by_a_voicing_mark_stay_apart() -> None:
    assert plain("がく") != plain("かく")
    assert plain("É") == plain("e")
    assert plain("???") == "???"
