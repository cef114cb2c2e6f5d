from __future__ import annotations

from affetto.music.tables.popularity import lent, unheard
from affetto.track import Track, TrackUri

TABLE = [
    ("Beyoncé", "Halo", 80),
    ("BEYONCE", "halo!", 90),
    ("The Beatles", "Help!", 75),
    ("The Beatles", "Help! (Live)", 10),
    ("Someone", "Halo", 5),
]


def own(title: str, artist: str, popularity: int | None = None) -> Track:
    return Track(TrackUri(f"local:{title}{artist}"), title, artist, popularity=popularity)


def test_a_file_borrows_the_popularity_of_the_song_it_is() -> None:
    tracks = [
        own("Halo", "Beyonce"),
        own("Help! (Remastered 2009)", "the beatles"),
        own("Help! (Live)", "The Beatles"),
        own("Halo", "Nobody"),
        own("Halo", ""),
        own("Halo", "Someone", popularity=0),
    ]
    assert [track.popularity for track in lent(tracks, TABLE)] == [90, 75, 10, None, None, 0]


def test_without_files_or_songs_nothing_changes() -> None:
    assert lent([], TABLE) == []
    assert lent([own("Halo", "X")], []) == [own("Halo", "X")]


def test_a_song_that_can_be_heard_is_not_offered_again_by_name() -> None:
    songs = [own("Halo", "Beyoncé"), own("Other", "A"), own("OTHER", "a"), own("Other", "")]
    found = unheard(songs, [own("halo", "BEYONCE")])
    assert [(song.title, song.artist) for song in found] == [("Other", "A"), ("Other", "")]
