"""The demo library's imaginary bands: who plays what, and with which figure.

A figure is written in sixteenths, one character each, bar by bar: ``X`` strong, ``x``
plain, ``o`` soft, ``.`` nothing. In a bass figure ``R``, ``5``, ``8`` and ``3`` are the
chord's bass note, fifth, octave and third; in an arpeggio a digit is the place in the
voiced chord, counted up from 0. Figures for three beats have 12 characters a bar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Role: TypeAlias = Literal["tune", "answer", "chords", "held", "arpeggio", "bass", "drums"]


@dataclass(frozen=True, slots=True)
class Part:
    """One player: what they sound like, what they do, where they stand in the mix."""

    role: Role
    voice: str  # a name in synth.VOICES, or in synth.DRUMS for drums
    level_db: float  # loudness against the tune's
    figure: str = ""
    middle: int = 60  # MIDI pitch the part keeps near
    pan: float = 0.0
    room: float = 0.25  # share sent to the room
    sections: str = "IABRE"  # intro, A, B, return, end; a small letter: its second half only
    echo: float = 0.0
    ducked: bool = False  # makes way for the kick
    trembling: bool = False
    notes: int = 4  # most notes of a chord it takes


@dataclass(frozen=True, slots=True)
class Band:
    """Players and the room they share."""

    parts: tuple[Part, ...]
    room_s: float  # time to fall by 60 dB
    damping_hz: float
    top_hz: float = 15_000.0  # the whole mix is duller above this


def _drums(level_db: float, room: float, sections: str, **figures: str) -> tuple[Part, ...]:
    """A drum kit. A figure may name its own sections first: "aBR:x...x..."."""
    pans = {"hat": 0.25, "shaker": -0.35, "rim": -0.2, "tom": -0.3, "clap": 0.1}
    lower = {"hat": -12.0, "shaker": -11.0, "rim": -8.0, "crash": -8.0, "snare": -3.0,
             "clap": -5.0, "softsnare": -4.0}  # fmt: skip
    return tuple(
        Part("drums", name, level_db + lower.get(name, 0.0), written.split(":")[-1], 0,
             pans.get(name, 0.0), 0.02 if name in ("kick", "heart") else room,
             written.split(":")[0] if ":" in written else sections)
        for name, written in figures.items()
    )  # fmt: skip


# fmt: off
BANDS: Final[Mapping[str, Band]] = {
    "drift": Band((
        Part("held", "pad", -3, middle=57, room=.5),
        Part("held", "air", -12, middle=74, room=.6, sections="BRE"),
        Part("bass", "sub", -7, "R...............", 38, room=.1),
        Part("arpeggio", "vibes", -10, "0...2...1...3...", 69, .35, .6, "ABR", echo=.4),
        Part("tune", "bell", -2, "", 79, -.15, .55, "ABRE", echo=.45),
    ), 3.4, 2600),
    "solo_piano": Band((
        Part("bass", "felt", -5, "R...............", 43, -.15, .3),
        Part("arpeggio", "felt", -6, "0.1.2.3.2.1.2.1.0.2.1.3.2.1.3.2.", 57, -.1, .3),
        Part("chords", "felt", -9, "o...............", 62, .05, .35, "BRE", notes=3),
        Part("tune", "felt", 0, "", 75, .15, .35, "ABRE"),
        Part("answer", "felt", -9, "", 82, .25, .5, "R"),
    ), 2.4, 2800, 11_000),
    "folk": Band((
        Part("bass", "upright", -6, "R...........", 41, 0, .15),
        Part("arpeggio", "nylon", -4, "0.2.3.2.1.2.0.3.2.1.2.3.", 58, -.35, .25),
        Part("held", "cello", -11, middle=50, pan=.25, room=.45, sections="BRE", notes=1),
        Part("tune", "steel", 0, "", 74, .2, .3, "ABRE"),
        Part("answer", "vibes", -9, "", 79, .4, .5, "BR"),
    ), 1.9, 3200),
    "folk_run": Band((
        Part("bass", "upright", -4, "R.....5.8...R.5.", 41, 0, .12, "iABRE"),
        Part("arpeggio", "nylon", -4, "0213203102132031", 60, -.4, .2),
        Part("chords", "uke", -7, "x..xx.x.x..xx.xx", 66, .4, .2, "iaBR"),
        Part("tune", "whistle", 0, "", 77, .1, .35, "ABRE"),
        Part("answer", "steel", -6, "", 74, .3, .3, "BR"),
        *_drums(-4, .15, "ABR", kick="aBR:x.......x.......", clap="bR:....x.......x...",
                shaker="x.oxx.oxx.oxx.ox"),
    ), 1.5, 3600),
    "lofi": Band((
        Part("bass", "upright", -2, "R.....5...R.3...", 38, 0, .08, "ABRE"),
        Part("chords", "epiano", -2, "x.....o....x....", 60, -.1, .3, trembling=True),
        Part("held", "air", -14, middle=72, room=.5, sections="BRE"),
        Part("tune", "vibes", 0, "", 76, .2, .4, "ABRE", echo=.3),
        *_drums(-2, .12, "ABR", heart="x......x..x.....", softsnare="....x.......x..o",
                hat="aBR:o.x.o.xoo.x.o.x."),
    ), 1.6, 2400, 6500),
    "mallets_slow": Band((
        Part("bass", "sub", -7, "R.......5.......", 40, 0, .1),
        Part("arpeggio", "vibes", -5, "0.1.2.3.1.2.3.2.", 64, -.4, .45),
        Part("arpeggio", "marimba", -5, "..2...0...3...1.", 57, .4, .35, "ABR"),
        Part("held", "strings", -10, middle=60, room=.5, sections="BRE"),
        Part("tune", "felt", 0, "", 76, .05, .4, "ABRE"),
    ), 2.8, 2900),
    "mallets_fast": Band((
        Part("bass", "synthbass", -4, "R..R..R.R..R..8.", 40, 0, .08, "iABRE"),
        Part("arpeggio", "marimba", -3, "0213021302130213", 66, -.5, .2),
        Part("arpeggio", "marimba", -4, "3.12.31.23.12.3.", 72, .5, .2, "iaBR"),
        Part("chords", "vibes", -8, "x.....x.....x...", 64, .1, .35, "BRE"),
        Part("tune", "bell", 1, "", 81, -.1, .35, "ABRE", echo=.25),
        *_drums(-4, .15, "ABR", kick="aBR:x.....x...x.....", shaker="xoxoxoxoxoxoxoxo",
                        rim="bR:....x.......x..o"),
    ), 1.7, 4000),
    "quartet_slow": Band((
        Part("bass", "cello", -6, "R...............", 43, .35, .4),
        Part("held", "strings", -5, middle=60, room=.45),
        Part("arpeggio", "felt", -9, "0...1...2...1...", 60, -.2, .4, "AR"),
        Part("tune", "violin", 0, "", 75, -.25, .45, "ABRE"),
        Part("answer", "cello", -6, "", 62, .3, .45, "BR"),
    ), 2.6, 3200),
    "quartet_run": Band((
        Part("bass", "picked", -4, "R...R...R...R.5.", 43, .3, .2),
        Part("chords", "spiccato", -2, "X.xoX.xoX.xoXoxo", 56, .3, .3, notes=3),
        Part("arpeggio", "spiccato", -3, "0121032101210321", 62, -.35, .3, "ABR"),
        Part("held", "strings", -9, middle=58, room=.4, sections="BRE"),
        Part("tune", "violin", 0, "", 77, -.2, .35, "ABRE"),
        Part("answer", "cello", -5, "", 60, .35, .35, "BR"),
        *_drums(-6, .3, "BR", rim="x...x...x...x.o.", taiko="x...........x..."),
    ), 1.9, 3600),
    "bossa": Band((
        Part("bass", "upright", -2, "R.....5.5.....R.", 40, 0, .1),
        Part("chords", "nylon", -2, "x..x..x...x..x..", 60, -.3, .2),
        Part("held", "air", -14, middle=74, room=.5, sections="BRE"),
        Part("tune", "whistle", 0, "", 76, .1, .35, "ABRE"),
        Part("answer", "epiano", -7, "", 72, .35, .35, "BR", trembling=True),
        *_drums(-5, .12, "ABRE", heart="x.....xxx.....xx", rim="aBRE:x..x..x...x..x..",
                        shaker="xoxoxoxoxoxoxoxo"),
    ), 1.4, 3400),
    "synthwave": Band((
        Part("bass", "synthbass", -1, "R.RRR.RRR.RRR.R8", 38, 0, .04),
        Part("held", "pad", -6, middle=57, room=.4, ducked=True),
        Part("arpeggio", "arpsynth", -6, "0213021302130213", 62, -.4, .3, "ABRE", echo=.35,
                     ducked=True),
        Part("tune", "lead", 0, "", 76, .1, .35, "ABRE", echo=.3),
        *_drums(1, .2, "ABR", kick="AbR:X...X...X...X...", snare="abR:....X.......X...",
                        hat="..x...x...x...xo"),
    ), 2.0, 3800),
    "synthwave_slow": Band((
        Part("bass", "synthbass", -2, "R.....R...R...8.", 38, 0, .05, "ABRE"),
        Part("held", "pad", -4, middle=60, room=.45, ducked=True),
        Part("chords", "epiano", -7, "x.....x...x.....", 64, .3, .3, "BR", trembling=True),
        Part("arpeggio", "arpsynth", -8, "0.2.1.3.0.2.1.3.", 70, -.4, .35, echo=.4, ducked=True),
        Part("tune", "lead", 0, "", 74, .1, .4, "ABRE", echo=.35),
        *_drums(0, .2, "ABR", kick="X.....x...x.....", clap="....x.......x...",
                        hat="aBR:x.o.x.o.x.o.x.oo"),
    ), 2.2, 3200),
    "rock": Band((
        Part("bass", "picked", -2, "R.RRR.RRR.RRR.RR", 36, 0, .04),
        Part("chords", "power", -1, "X.xxX.xxX..xX.xx", 45, -.6, .1, notes=1),
        Part("chords", "power", -1, "X.xxX.xxX..xX.xx", 45, .6, .1, "iAbRE", notes=1),
        Part("chords", "steel", -9, "x...x...x...x...", 60, .2, .25, "BR"),
        Part("tune", "lead", 0, "", 74, 0, .25, "ABRE", echo=.2),
        *_drums(1.5, .14, "ABRE", kick="X..xX...X.x.X...", snare="....X.......X..o",
                        hat="x.x.x.x.x.x.x.x."),
        *_drums(2, .3, "BR", crash="X...............".ljust(64, ".")),
    ), 1.1, 4200),
    "rock_run": Band((
        Part("bass", "picked", -2, "R.R.R.R.R.R.R.R.", 38, 0, .04),
        Part("chords", "power", -2, "X.o.o.o.X.o.o.x.", 48, -.6, .1, "ABRE", notes=1),
        Part("chords", "power", -2, "X.....x.X.....x.", 48, .6, .1, "BRE", notes=1),
        Part("arpeggio", "steel", -5, "0213021302130213", 64, .3, .2),
        Part("tune", "lead", 0, "", 76, -.05, .3, "ABRE", echo=.3),
        *_drums(1.5, .14, "ABRE", kick="X.....x.X.......", snare="aBRE:....X.......X...",
                        hat="x.x.x.x.x.x.x.x."),
    ), 1.3, 4000),
    "ritual": Band((
        Part("bass", "synthbass", -2, "R..RR..RR..RR.R.", 36, 0, .05),
        Part("held", "strings", -8, middle=55, room=.4, sections="BRE"),
        Part("chords", "spiccato", -3, "..x...x...x...xo", 60, .4, .25, "aBR", notes=3),
        Part("tune", "brass", 0, "", 60, -.1, .35, "ABRE"),
        Part("answer", "bell", -9, "", 79, .3, .5, "BR", echo=.4),
        *_drums(1, .3, "IABR", hat="x.xox.xox.xox.xx", taiko="X.....x.X..x....",
                tom="aBR:...x..x....x..xx",
                        rim="bR:x.xxx.xxx.xxx.xx"),
    ), 2.2, 2600),
    "ritual_run": Band((
        Part("bass", "synthbass", -2, "RRRRRRRRRRRRRR88", 36, 0, .04),
        Part("chords", "power", -3, "X..X..X...X..X..", 45, .5, .12, "BRE", notes=1),
        Part("arpeggio", "arpsynth", -6, "0120120101201201", 64, -.5, .2, "ABR"),
        Part("tune", "lead", 0, "", 72, 0, .3, "ABRE", echo=.25),
        *_drums(1.5, .2, "IABR", kick="IAbR:X...X...X...X...", taiko="X..x..x.X..x..xx",
                        snare="aBR:....X.......X.xx",
                hat="xxxxxxxxxxxxxxxx"),
    ), 1.5, 3600),
    "drone": Band((
        Part("bass", "sub", -5, "R...............", 39, 0, .15),
        Part("held", "strings", -4, middle=55, room=.6),
        Part("held", "air", -10, middle=70, room=.7, sections="BRE"),
        Part("tune", "cello", 0, "", 60, -.1, .6, "ABRE"),
        Part("answer", "bell", -10, "", 82, .3, .7, "BR", echo=.4),
        *_drums(-4, .3, "ABR", heart="x..o............"),
    ), 3.4, 2000, 8000),
    "parade": Band((
        Part("bass", "picked", -3, "R...5...R...5.3.", 41, 0, .08, "iABRE"),
        Part("chords", "uke", -4, "x..xx.xxx..xx.xx", 67, -.4, .15),
        Part("chords", "brass", -6, "x.....x.x.......", 62, .35, .25, "BR", notes=3),
        Part("tune", "whistle", 0, "", 79, .05, .3, "ABRE"),
        Part("answer", "bell", -7, "", 84, .3, .35, "BR"),
        *_drums(1, .16, "ABRE", kick="X...x...X...x...", snare="....x.......x.oo",
                        clap="aBR:....x.......x...",
                hat="..x...x...x...x."),
    ), 1.3, 4200),
}
# fmt: on
