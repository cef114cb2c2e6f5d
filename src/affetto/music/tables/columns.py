"""What the columns of a song table mean, told by their names alone, never the file's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from itertools import zip_longest
from typing import Final

from affetto.errors import Misuse, UnreadableTable

# What we call a column, and what others call it: the first that is there is used. In the
# 42,305-row genre table `title` names a playlist, so `song_name` comes before it.
TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("track_id", "id", "spotify_id", "spotify_track_id", "song_id", "uri", "track_uri"),
    "title": (
        "song_name", "track_name", "name", "title", "song", "track", "song_title", "track_title",
    ),
    "artist": (
        "artist", "artist_name", "artists", "track_artist", "artists_name", "artist_names",
        "artist_s", "performer", "singer",
    ),
    "album": ("album", "album_name", "track_album_name", "release"),
    "genre": ("genre", "track_genre", "genres", "top_genre", "playlist_genre"),
    "mood": ("mood", "mood_label", "emotion"),
    "key": ("key", "track_key"),
    "mode": ("mode", "audio_mode"),
}  # fmt: skip
NUMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    "year": (
        "year", "release_year", "release_date", "released", "album_release_date",
        "track_album_release_date", "date",
    ),
    "popularity": ("popularity", "track_popularity", "song_popularity", "song_hotttnesss"),
    "duration": (
        "duration_ms", "duration_s", "length", "duration", "length_ms", "length_s",
        "song_duration_ms", "track_duration_ms", "duration_seconds", "duration_min", "length_min",
    ),
    "valence": ("spotify_valence", "audio_valence", "valence"),
    "energy": ("energy",),
    "danceability": ("danceability",),
    "loudness": ("loudness", "loudness_db"),
    "speechiness": ("speechiness",),
    "acousticness": ("acousticness",),
    "instrumentalness": ("instrumentalness",),
    "liveness": ("liveness",),
    "tempo": ("tempo", "tempo_bpm", "bpm", "beats_per_minute"),
    "time_signature": ("time_signature",),
    "vocal": ("vocal",),
    "mood_valence": ("valence", "mood_valence", "valence_mean"),
    "mood_arousal": ("arousal", "mood_arousal", "arousal_mean"),
    "mood_valence_sd": ("valence_sd", "valence_std"),
    "mood_arousal_sd": ("arousal_sd", "arousal_std"),
}  # fmt: skip
SPOTIFY: Final = (
    "danceability", "energy", "key", "loudness", "mode", "speechiness", "acousticness",
    "instrumentalness", "liveness", "valence", "tempo", "time_signature",
)  # fmt: skip
MOOD_TABLE: Final = frozenset(
    {
        "name", "album", "artist", "id", "release_date", "popularity", "length", "danceability",
        "acousticness", "energy", "instrumentalness", "liveness", "valence", "loudness",
        "speechiness", "tempo", "key", "time_signature", "mood",
    }
)  # fmt: skip
GENRE_TABLE: Final = frozenset(
    {
        "danceability", "energy", "key", "loudness", "mode", "speechiness", "acousticness",
        "instrumentalness", "liveness", "valence", "tempo", "type", "id", "uri", "track_href",
        "analysis_url", "duration_ms", "time_signature", "genre", "song_name", "unnamed_0",
        "title",
    }
)  # fmt: skip
_NEAR: Final = 0.8  # how alike a misspelt name must be, as difflib counts
_WORD: Final = 0.6  # and each of its words
_NEEDED: Final = ("title", "artist", "popularity", "valence", "energy")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column is what."""

    kind: str  # in words, such as "mood table"
    places: Mapping[str, int]  # our name -> which column of the file
    header: tuple[str, ...]  # as the file has it
    unused: tuple[str, ...]
    doubled: tuple[str, ...]  # names that are there twice; the first counts
    guesses: Mapping[str, str]  # an unused column -> the name it comes near to


def layout_of(
    header: Sequence[str], *, named: Mapping[str, str] | None = None, songs: str = ""
) -> Layout:
    """Tell what each column of ``header`` is; ``named`` says it for some (ours -> theirs).

    ``songs`` names the layout where the file's kind already tells it. Raises Misuse for a
    name in ``named`` that is not there and UnreadableTable when a needed column is missing,
    both with the nearest match.
    """
    plain = [normal(name) for name in header]
    first: dict[str, int] = {}
    for place, name in enumerate(plain):
        first.setdefault(name, place)
    given = _given(named or {}, header, first)
    places = dict(given)
    taken = set(given.values())
    every = {**TEXTS, **NUMBERS}
    has_arousal = "mood_arousal" in given or any(name in first for name in NUMBERS["mood_arousal"])
    for ours, aliases in every.items():
        if ours in places or (ours.startswith("mood_") and not has_arousal):
            continue
        if ours == "valence" and has_arousal:  # then `valence` goes with `arousal`
            aliases = tuple(name for name in aliases if name != "valence")
        free = [first[a] for a in aliases if a in first and first[a] not in taken]
        if free:
            places[ours] = free[0]
            taken.add(free[0])
    doubled = sorted({header[p] for p, name in enumerate(plain) if first[name] != p and name})
    unused = [name for place, name in enumerate(header) if place not in taken]
    missing = [o for o in every if o not in places and not o.startswith("mood_")]
    guesses = _guesses(unused, missing)
    _check(places, guesses, header)
    return Layout(
        songs or _kind(set(plain), places),
        places,
        tuple(header),
        tuple(unused),
        tuple(doubled),
        guesses,
    )


def normal(name: str) -> str:
    """A column's name without case, signs and spaces: "Valence." and "valence" are one."""
    return re.sub(r"[^0-9a-z]+", "_", name.casefold()).strip("_")


def _given(
    named: Mapping[str, str], header: Sequence[str], first: Mapping[str, int]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for ours, theirs in named.items():
        if ours not in TEXTS and ours not in NUMBERS:
            near = get_close_matches(ours, [*TEXTS, *NUMBERS], n=1, cutoff=0.6)
            raise Misuse(
                f"We have no column called `{ours}`.",
                remedy=f"Did you mean `{near[0]}`?" if near else _ours(),
            )
        place = first.get(normal(theirs))
        if place is None:
            near = get_close_matches(normal(theirs), list(first), n=1, cutoff=0.6)
            raise Misuse(
                f"There is no column `{theirs}` in the file.",
                remedy=f"Did you mean `{header[first[near[0]]]}`?"
                if near
                else f"Its columns are {listed(header)}.",
            )
        found[ours] = place
    return found


def _guesses(unused: Sequence[str], missing: Sequence[str]) -> dict[str, str]:
    """For each unused column the missing one whose name it nearly has."""
    names = {alias: ours for ours in missing for alias in {**TEXTS, **NUMBERS}[ours]}
    found = {}
    for theirs in unused[:500]:  # nobody misspells thousands
        near = get_close_matches(normal(theirs), list(names), n=1, cutoff=_NEAR)
        if near and len(near[0]) > 3 and _word_by_word(normal(theirs), near[0]):
            found[theirs] = names[near[0]]
    return found


def _word_by_word(one: str, other: str) -> bool:
    """Whether each word is a slip of its fellow: `artist_id` is no misspelt `artist_s`."""
    pairs = list(zip_longest(one.split("_"), other.split("_"), fillvalue=""))
    return all(SequenceMatcher(None, *pair).ratio() >= _WORD for pair in pairs)


def _check(places: Mapping[str, int], guesses: Mapping[str, str], header: Sequence[str]) -> None:
    for theirs, ours in guesses.items():
        if ours in _NEEDED and ours not in places:
            pair = f"{ours}={theirs}"
            raise UnreadableTable(
                f"The column `{theirs}` is none that we know. Did you mean `{ours}`?",
                remedy="Say so with --column "
                + (f'"{pair}"' if " " in pair else pair)
                + ", or rename it in the file.",
            )
    features = [name for name in SPOTIFY if name in places]
    if "title" not in places and len(features) < 3:
        raise UnreadableTable(
            f"No column holds the titles of songs; the columns are {listed(header)}.",
            remedy="Name the one that does, such as --column title=HEADER, or call it `title`.",
        )
    told = {"mood", "mood_arousal", "popularity", "energy", "valence", "genre", "tempo"}
    if "title" in places and not told & set(places):
        raise UnreadableTable(
            f"The columns say nothing of how the songs sound: {listed(header)}.",
            remedy="Give at least `valence` and `energy`, a `mood`, or a `popularity`.",
        )


def _kind(plain: set[str], places: Mapping[str, int]) -> str:
    if plain == MOOD_TABLE:
        return "mood table of 19 columns"
    if plain == GENRE_TABLE:
        return "genre table of 22 columns"
    if plain and plain <= GENRE_TABLE and "title" in places:
        return f"genre table, {len(plain)} of its 22 columns"
    if "title" not in places:
        return "features without names"
    if "mood_arousal" in places:
        return "songs with valence and arousal"
    if "energy" in places and "valence" in places:
        return "songs with Spotify-style features"
    return "songs without features of sound"


def listed(names: Sequence[str], most: int = 8) -> str:
    """The first few names, and how many more there are."""
    shown = ", ".join(f"`{name[:40]}`" for name in names[:most]) or "none"
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"


def _ours() -> str:
    return "The names are " + ", ".join([*TEXTS, *NUMBERS]) + "."
