"""Curated lists of songs: for each of the seven emotions, what people know and why it fits.

A curated song is a suggestion to open in one's own service, and a seed for taste. It is
judged, not heard, and cannot be played unless the listener's library holds it (``owned``).
"""

from affetto.music.curated.links import SERVICES, link, service_called
from affetto.music.curated.lists import Lists, Taken, as_tracks, load
from affetto.music.curated.rows import BadSheet
from affetto.music.curated.sheets import ENDINGS, Sheet, read_sheet, read_sheet_of, write_sheet
from affetto.music.curated.song import CuratedSong, SongKey, emotion_called, owned

__all__ = [
    "ENDINGS",
    "SERVICES",
    "BadSheet",
    "CuratedSong",
    "Lists",
    "Sheet",
    "SongKey",
    "Taken",
    "as_tracks",
    "emotion_called",
    "link",
    "load",
    "owned",
    "read_sheet",
    "read_sheet_of",
    "service_called",
    "write_sheet",
]
