"""Which song of a table is which track: what a table knows of popularity, lent to files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from affetto.music.tables.values import same_name, song_name
from affetto.track import Track


def lent(tracks: Sequence[Track], songs: Iterable[tuple[str, str, int]]) -> list[Track]:
    """The tracks, those without a popularity with that of the song they are.

    ``songs`` are artist, title and popularity. They are the same song when artist and
    title are alike but for case, accents and signs; failing that, when the titles are
    alike without what only a release adds. Of several the most popular counts.
    """
    wanted: dict[str, set[str]] = {}
    for track in tracks:
        if track.popularity is None and track.artist:
            titles = wanted.setdefault(same_name(track.artist), set())
            titles.update((same_name(track.title), song_name(track.title)))
    known: dict[tuple[str, str], int] = {}
    released: dict[tuple[str, str], int] = {}
    for artist, title, popularity in songs if wanted else ():
        name = same_name(artist)
        titles = wanted.get(name, set())
        if not titles:
            continue
        for found, called in ((known, same_name(title)), (released, song_name(title))):
            if called in titles:
                found[name, called] = max(popularity, found.get((name, called), 0))
    return [_with(track, known, released) for track in tracks]


def unheard(songs: Sequence[Track], tracks: Sequence[Track]) -> list[Track]:
    """The songs that are not among the tracks by name, none of them twice."""
    seen = {(same_name(track.artist), same_name(track.title)) for track in tracks}
    found = []
    for song in songs:
        name = (same_name(song.artist), same_name(song.title))
        if not song.artist or name not in seen:
            seen.add(name)
            found.append(song)
    return found


def _with(
    track: Track, known: dict[tuple[str, str], int], released: dict[tuple[str, str], int]
) -> Track:
    if track.popularity is not None or not track.artist:
        return track
    artist = same_name(track.artist)
    popularity = known.get((artist, same_name(track.title)))
    if popularity is None:
        popularity = released.get((artist, song_name(track.title)))
    return track if popularity is None else replace(track, popularity=popularity)
