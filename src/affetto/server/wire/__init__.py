"""The shapes that cross the wire, and the one shape every error has.

Values come in through here and nowhere else, so unknown fields are refused and every
number is held to its range. Going out, each shape is made from the house's own words
by a function in ``server.telling``. Each module holds the shapes of one subject.
"""

from affetto.server.wire.consent import Consent, ConsentText, Sensor, SetConsent
from affetto.server.wire.feelings import Face, Heard, Mood, PictureReading, Unread
from affetto.server.wire.house import House, Model, ModelAnswers, ModelFile, Scores, Sensing
from affetto.server.wire.listening import (
    AimSession,
    Choice,
    GiveAnswer,
    Next,
    Play,
    Reading,
    Session,
    StartSession,
    Touch,
)
from affetto.server.wire.lists import ListCount, ListedSong, SongList, SongLists
from affetto.server.wire.live import Ping, PongEvent, ReadingEvent, SessionEvent
from affetto.server.wire.scanning import FailedFile, FailedFiles, Scan
from affetto.server.wire.tracks import Curve, LibraryMap, Track, Tracks
from affetto.server.wire.values import Point, Problem, Shape, Trouble

__all__ = [
    "AimSession",
    "Choice",
    "Consent",
    "ConsentText",
    "Curve",
    "Face",
    "FailedFile",
    "FailedFiles",
    "GiveAnswer",
    "Heard",
    "House",
    "LibraryMap",
    "ListCount",
    "ListedSong",
    "Model",
    "ModelAnswers",
    "ModelFile",
    "Mood",
    "Next",
    "PictureReading",
    "Ping",
    "Play",
    "Point",
    "PongEvent",
    "Problem",
    "Reading",
    "ReadingEvent",
    "Scan",
    "Scores",
    "Sensing",
    "Sensor",
    "Session",
    "SessionEvent",
    "SetConsent",
    "Shape",
    "SongList",
    "SongLists",
    "StartSession",
    "Touch",
    "Track",
    "Tracks",
    "Trouble",
    "Unread",
]
