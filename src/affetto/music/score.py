"""The demo pieces as values: key, tempo, chords, tunes, and the mood their writer meant.

Chords are written as degrees of the piece's own mode ("1 6 4 5"), one a bar, or two to
a bar joined by a comma ("4,5"). After the degree: ``7`` adds the seventh, ``9`` the
seventh and ninth, ``6`` the sixth; ``s2`` and ``s4`` suspend the third; ``+`` raises it
(the major dominant of a minor key); ``/3`` puts that degree of the mode in the bass.

Tunes are two bars of ``degree:beats``; degree 1 is the tonic, 8 its octave, 0 the note
below, r a rest.

The mood is the writer's intention, set beside what tempo, mode and density usually
convey (Gabrielsson & Lindström in *Handbook of Music and Emotion*, 2010: fast, loud and
dense is aroused; major and consonant is pleasant). A listener may well differ, hence
``INTENT_SD``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from affetto.emotion import Affect

INTENT_SD: Final = 0.15

# Semitones above the tonic, from the brightest mode to the darkest.
MODES: Final[Mapping[str, tuple[int, ...]]] = {
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "major": (0, 2, 4, 5, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
}
TONICS: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


@dataclass(frozen=True, slots=True)
class Chord:
    """Tones in semitones above the tonic; ``scale`` is what a tune may use over it."""

    tones: tuple[int, ...]  # root first
    bass: int
    scale: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One note of a tune as written; ``degree`` None is a rest."""

    degree: int | None
    beats: float


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece as its writer left it; ``arranging`` makes notes of it."""

    title: str
    artist: str
    valence: float  # [-1, 1], as meant
    arousal: float
    tonic: str
    mode: str
    tempo_bpm: float
    band: str  # a name in ``bands.BANDS``
    chords_a: str
    chords_b: str
    tune_a: str
    tune_b: str
    genre: str
    beats: int = 4  # in a bar
    swing: float = 0.0  # 0 even, .33 triplets
    lead: str = ""  # another voice for the tune than the band's own
    lead_middle: int = 0  # and the MIDI pitch it keeps near

    @property
    def slug(self) -> str:
        """The title as it stands in the URI and the file name."""
        letters = "".join(c if c.isalnum() else "-" for c in self.title.lower() if c != "'")
        return "-".join(part for part in letters.split("-") if part)

    @property
    def affect(self) -> Affect:
        """The mood the piece is meant to have."""
        return Affect(self.valence, self.arousal)

    @property
    def tonic_class(self) -> int:
        """Semitones of the tonic above C."""
        return TONICS.index(self.tonic)

    @property
    def key(self) -> str:
        """ "D" or "A minor": the mode by its third, as listeners name keys."""
        return self.tonic if MODES[self.mode][2] == 4 else f"{self.tonic} minor"


def chords_of(piece: Piece, written: str) -> list[list[Chord]]:
    """The bars of a progression, each with its chords in order."""
    scale = MODES[piece.mode]
    return [[_chord(token, scale) for token in bar.split(",")] for bar in written.split()]


def tune_of(written: str) -> list[Step]:
    """The steps of a tune."""
    steps = []
    for token in written.split():
        degree, _, beats = token.partition(":")
        steps.append(Step(None if degree == "r" else int(degree), float(beats)))
    return steps


def semitones(degree: int, scale: tuple[int, ...]) -> int:
    """Semitones above the tonic of a degree, which may lie below 1 or above 7."""
    octave, step = divmod(degree - 1, 7)
    return 12 * octave + scale[step]


def _chord(token: str, scale: tuple[int, ...]) -> Chord:
    name, _, below = token.partition("/")
    root, colour = int(name[0]), name[1:]
    above = [0, 2, 4]
    if colour.startswith("s"):
        above[1] = {"s2": 1, "s4": 3}[colour[:2]]
        colour = colour[2:]
    if "+" in colour:  # raise the chord's third, and the scale with it
        third = (root + 1) % 7
        scale = tuple(tone + (place == third) for place, tone in enumerate(scale))
        colour = colour.replace("+", "")
    above += {"": [], "6": [5], "7": [6], "9": [6, 8]}[colour]
    tones = tuple(semitones(root + step, scale) for step in above)
    return Chord(tones, semitones(int(below), scale) if below else tones[0], scale)


# fmt: off
PIECES: Final[tuple[Piece, ...]] = (
    # Calm: pleasant and quiet.
    Piece("Low Tide", "The Slow Post", .45, -.75, "D", "lydian", 58, "drift",
          "19 2/1 19 57", "67 3 47 5s4",
          "5:3 3:1 4:2 2:2", "7:2 6:2 5:3 r:1", "ambient"),
    Piece("Paper Boats", "Marta Vale", .60, -.50, "F", "major", 66, "solo_piano",
          "19 67 47 5s4", "37 67 27 57",
          "3:1 5:1 8:1.5 7:.5 5:2 3:2", "6:1 5:.5 6:.5 8:2 5:1 3:1 2:2", "solo piano"),
    Piece("Linen and Light", "Kitefield", .70, -.28, "G", "major", 80, "folk",
          "1 4/1 1 5s4", "6 4 1/3 5",
          "3:1 5:1 6:1 5:2 3:1", "8:1.5 7:.5 6:1 5:1 6:1 3:1", "folk", beats=3),
    Piece("Window Seat, Rain", "Paper Lanterns", .35, -.36, "Eb", "major", 72, "lofi",
          "47 37 27 19", "69 27 47 5s47",
          "7:1.5 5:.5 6:1 3:1 5:3 r:1", "r:1 3:.5 5:.5 6:1 8:1 7:2 5:2", "lo-fi", swing=.22),
    Piece("Moth Lamp", "Northlight Ensemble", .25, -.60, "A", "lydian", 63, "mallets_slow",
          "17 2/1 67 37", "47 17/3 2 5s2",
          "5:.5 4:.5 5:1 7:2 6:1 5:1 3:2", "2:1 3:1 5:2 r:1 6:1 5:2", "minimal"),
    Piece("Orchard at Six", "Harbour Quartet", .82, -.55, "Bb", "major", 61, "quartet_slow",
          "1 3 4 5s4", "6 1/3 27 5",
          "1:1 3:1 5:1.5 6:.5 5:2 4:1 3:1", "8:2 7:1 6:1 5:1 6:1 5:2", "chamber"),
    Piece("Snow on the Aerial", "The Slow Post", .14, -.88, "E", "mixolydian", 52, "drift",
          "1s2 7 4/1 1s2", "57 4 7s2 1s2",
          "8:4 r:1 5:1 6:2", "5:3 4:1 3:2 r:2", "ambient", lead="felt", lead_middle=74),
    # Happy: pleasant and awake.
    Piece("First Bicycle", "Tin Parade", .90, .60, "C", "major", 134, "parade",
          "1 5/7 6 4", "4 1/3 27 5",
          "3:.5 4:.5 5:1 5:.5 6:.5 5:1 3:1 1:1 2:2",
          "6:1 6:.5 7:.5 8:1 6:1 5:1.5 3:.5 2:2", "indie pop"),
    Piece("Salt Market", "Casa Rumor", .62, .18, "A", "major", 108, "bossa",
          "19 67 29 57", "47 37 27 19",
          "5:1 6:.5 5:1 3:1.5 r:.5 2:.5 3:1 5:2",
          "7:1.5 6:.5 5:1 6:1 r:.5 5:.5 3:1 2:2", "bossa nova", beats=4),
    Piece("Sky Arcade", "Neon Orchard", .46, .62, "F#", "mixolydian", 124, "synthwave",
          "1 7 4 1s4", "6 4 7 1",
          "5:1 8:1 7:.5 5:.5 6:1 5:1.5 4:.5 3:1 1:1",
          "8:1.5 9:.5 10:1 8:1 7:1 5:1 6:2", "synthwave"),
    Piece("Kite Weather", "Kitefield", .76, .36, "D", "major", 118, "folk_run",
          "1 5/7 6 4", "4 1/3 5 6",
          "5:1 3:.5 5:.5 8:1 7:1 6:.5 5:.5 6:1.5 5:.5 3:1",
          "9:1 8:1 6:1 5:.5 6:.5 8:1.5 6:.5 5:2", "folk"),
    Piece("Bright Hours", "Northlight Ensemble", .56, .44, "E", "lydian", 128, "mallets_fast",
          "1 2/1 6 37", "47 2 67 5",
          "3:.5 5:.5 4:.5 5:.5 7:1 5:1 6:1.5 5:.5 2:2",
          "8:1 7:.5 5:.5 6:1 4:1 5:1 3:1 2:2", "minimal", lead="grand", lead_middle=76),
    Piece("Saturday Engines", "Iron Larch", .34, .86, "G", "mixolydian", 152, "rock",
          "1 7 4 1", "6 4 7 5",
          "1:.5 3:.5 5:1 5:.5 6:.5 8:1 7:1 5:1 4:1 3:1",
          "8:1 8:.5 7:.5 6:1 8:1 9:1.5 8:.5 7:2", "rock"),
    Piece("Confetti Hour", "Tin Parade", .80, .80, "Bb", "major", 146, "parade",
          "1 4 1/3 5", "6 4 27 5",
          "5:.5 5:.5 8:1 7:.5 8:.5 9:1 8:1 5:1 6:1 5:1",
          "10:1 9:.5 8:.5 9:1 7:1 8:.5 6:.5 5:1 6:2", "indie pop", lead="brass", lead_middle=73),
    # Tense: unpleasant and awake.
    Piece("Iron Weather", "Iron Larch", -.70, .86, "E", "phrygian", 148, "rock",
          "1 2 1 7", "6 7 2 2",
          "1:1 2:.5 1:.5 3:1 2:1 1:1.5 0:.5 1:2",
          "5:1 6:.5 5:.5 4:1 3:1 2:1.5 3:.5 2:2", "rock"),
    Piece("Undertow", "Neon Orchard", -.38, .48, "F#", "minor", 116, "synthwave",
          "1 6 3 7", "4 6 1 5",
          "1:1.5 3:.5 2:1 1:1 5:2 4:1 3:1",
          "6:1 5:.5 4:.5 5:1 3:1 4:1 2:1 1:2", "synthwave"),
    Piece("Last Train Running", "Iron Larch", -.46, .76, "D", "minor", 160, "rock_run",
          "1 6 7 4", "6 7 1 5+",
          "5:.5 5:.5 8:1 7:1 5:1 6:.5 5:.5 4:1 3:1 4:1",
          "8:1 9:1 10:1 9:.5 8:.5 7:1 6:1 5:2", "rock"),
    Piece("Wire and Thorn", "Veld & Ember", -.86, .60, "C", "phrygian", 132, "ritual",
          "1 1 2 1", "6 2 7 2",
          "1:.5 2:.5 1:1 r:1 5:1 4:.5 2:.5 1:3",
          "8:1 7:.5 6:.5 5:2 6:.5 5:.5 4:1 2:2", "dark electronic"),
    Piece("Static Bloom", "Neon Orchard", -.18, .22, "B", "dorian", 104, "synthwave_slow",
          "19 47 17 7", "67 37 47 5",
          "5:1 r:.5 4:.5 3:1 5:1 7:2 6:1 r:1",
          "9:1 8:1 7:1 5:1 6:1.5 5:.5 4:2", "synthwave"),
    Piece("The Clockmaker's Argument", "Harbour Quartet", -.54, .34, "G", "minor", 122,
          "quartet_run", "1 4/1 5+/7 1", "6 3 4 5+",
          "5:.5 4:.5 5:1 8:1 7:.5 8:.5 5:1 3:1 2:2",
          "8:1 7:.5 6:.5 5:1 6:1 4:1 3:.5 4:.5 2:2", "chamber"),
    Piece("Red Signal", "Veld & Ember", -.60, .95, "A", "phrygian", 166, "ritual_run",
          "1 2 1 7", "4 2 6 2",
          "5:1 5:.5 6:.5 5:1 4:1 2:1 3:.5 2:.5 1:2",
          "8:.5 8:.5 9:1 8:1 7:1 6:1 5:1 6:.5 5:.5 4:1", "dark electronic"),
    # Sad: unpleasant and quiet.
    Piece("Grey Harbour", "Harbour Quartet", -.60, -.40, "C", "minor", 64, "quartet_slow",
          "1 6 4 5+", "3 7 6 5+",
          "5:2 4:.5 3:.5 2:1 3:2 1:2", "8:1.5 7:.5 6:1 5:1 4:2 5:2", "chamber"),
    Piece("Letters Not Sent", "Marta Vale", -.75, -.56, "B", "minor", 60, "solo_piano",
          "19 67 47 5+", "67 37 47 1",
          "1:.5 2:.5 3:2 5:1 4:1 3:1 2:2", "8:1.5 7:.5 5:2 6:1 4:1 3:2", "solo piano"),
    Piece("The House After", "The Slow Post", -.50, -.85, "F", "minor", 50, "drift",
          "1 6/1 47 1s2", "67 3 4 1",
          "5:3 6:1 5:2 r:2", "3:2 2:2 1:2 r:2", "ambient", lead="cello", lead_middle=62),
    Piece("Long Corridor", "Northlight Ensemble", -.26, -.26, "E", "dorian", 76, "mallets_slow",
          "17 4/1 17 7", "67 3 27 5",
          "1:.5 2:.5 3:1 5:1 4:1 3:1 2:1 1:2", "7:1 5:1 6:2 5:1 3:1 4:2", "minimal",
          lead="epiano"),
    Piece("Last Bus, Empty", "Paper Lanterns", -.34, -.16, "C#", "minor", 84, "lofi",
          "47 17 67 5+7", "37 67 27 5+7",
          "3:1 5:.5 4:1.5 r:1 3:.5 2:.5 1:1 3:2", "r:.5 8:.5 7:1 5:2 6:1 5:.5 4:.5 2:2",
          "lo-fi", swing=.25, lead="felt"),
    Piece("Ash and Water", "Kitefield", -.84, -.32, "A", "minor", 70, "folk",
          "1 7 6 5+", "4 1 2/4 5+",
          "5:1.5 6:.5 5:1 3:2 2:1", "8:1 7:1 5:1 6:1.5 5:.5 4:1", "folk", beats=3,
          lead="violin"),
    Piece("Cold Radio", "Veld & Ember", -.92, -.68, "Eb", "phrygian", 55, "drone",
          "1 2/1 1 7", "6 2 4 1",
          "1:2 2:1 1:1 r:2 0:2", "5:2 4:1 2:1 1:3 r:1", "dark ambient"),
)
# fmt: on
