"""The shapes that cross the wire, and the one shape every error has.

Values come in through here and nowhere else, so unknown fields are refused and every
number is held to its range. Going out, each shape is made from the house's own words
by a function in ``server.telling``. Each module holds the shapes of one subject.
"""

from affetto.server.wire.aims import Achieved, Aim, Planned, Wish
from affetto.server.wire.consent import Consent, ConsentText, Sensor, SetConsent
from affetto.server.wire.feelings import Face, Heard, Mood, PictureReading, Unread
from affetto.server.wire.house import House, Model, ModelAnswers, ModelFile, Scores, Sensing
from affetto.server.wire.learned import (
    BadLine,
    Effects,
    Estimate,
    Export,
    Imported,
    Leading,
    Learned,
    Liked,
    LoggedAnswer,
    LoggedChoice,
    Never,
    Preferences,
    SetNever,
    Statement,
    UsualMood,
)
from affetto.server.wire.listening import (
    AimSession,
    Choice,
    GiveAnswer,
    Move,
    Next,
    Pin,
    Play,
    Reading,
    Remove,
    Session,
    StartSession,
    Term,
    Touch,
)
from affetto.server.wire.lists import ListCount, ListedSong, SongList, SongLists
from affetto.server.wire.live import Ping, PongEvent, ReadingEvent, SessionEvent
from affetto.server.wire.policies import PolicyMap, PolicyRow
from affetto.server.wire.scanning import FailedFile, FailedFiles, Scan
from affetto.server.wire.tracks import (
    Curve,
    LibraryMap,
    RankedTrack,
    Ranking,
    Track,
    Tracks,
)
from affetto.server.wire.values import Point, Problem, Shape, Trouble

__all__ = [
    "Achieved",
    "Aim",
    "AimSession",
    "BadLine",
    "Choice",
    "Consent",
    "ConsentText",
    "Curve",
    "Effects",
    "Estimate",
    "Export",
    "Face",
    "FailedFile",
    "FailedFiles",
    "GiveAnswer",
    "Heard",
    "House",
    "Imported",
    "Leading",
    "Learned",
    "LibraryMap",
    "Liked",
    "ListCount",
    "ListedSong",
    "LoggedAnswer",
    "LoggedChoice",
    "Model",
    "ModelAnswers",
    "ModelFile",
    "Mood",
    "Move",
    "Never",
    "Next",
    "PictureReading",
    "Pin",
    "Ping",
    "Planned",
    "Play",
    "Point",
    "PolicyMap",
    "PolicyRow",
    "PongEvent",
    "Preferences",
    "Problem",
    "RankedTrack",
    "Ranking",
    "Reading",
    "ReadingEvent",
    "Remove",
    "Scan",
    "Scores",
    "Sensing",
    "Sensor",
    "Session",
    "SessionEvent",
    "SetConsent",
    "SetNever",
    "Shape",
    "SongList",
    "SongLists",
    "StartSession",
    "Statement",
    "Term",
    "Touch",
    "Track",
    "Tracks",
    "Trouble",
    "Unread",
    "UsualMood",
    "Wish",
]
