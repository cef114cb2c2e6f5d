"""From a written piece to every note its band plays.

The tune is stated, answered along the chords, ornamented and brought home; strong and
long notes are pulled to the nearest chord tone, so it never rubs against its harmony.
Chords move by the smallest steps. The same piece always gives the same notes.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from affetto.music.bands import BANDS, Part
from affetto.music.score import MODES, Chord, Piece, Step, chords_of, semitones, tune_of

# Letters: intro, A, B, return, end. The longest that stays under the limit is played.
_FORMS: Final = (
    (("I", 4), ("A", 8), ("B", 8), ("R", 8), ("B", 8), ("E", 2)),
    (("I", 4), ("A", 8), ("B", 8), ("R", 8), ("E", 2)),
    (("I", 2), ("A", 8), ("B", 4), ("R", 8), ("E", 2)),
    (("I", 2), ("A", 4), ("B", 4), ("R", 4), ("E", 2)),
    (("I", 1), ("A", 4), ("B", 4), ("R", 4), ("E", 1)),
)
_LONGEST_S: Final = 68.0
_INTENSITY: Final = {"I": 0.8, "A": 0.86, "B": 1.0, "R": 0.94, "E": 0.74}
_STRENGTH: Final = {"X": 1.0, "x": 0.78, "o": 0.52}
_MACHINES: Final = frozenset({"synthwave", "synthwave_slow", "ritual", "ritual_run"})


@dataclass(frozen=True, slots=True)
class Note:
    """One sound event; ``pitch`` is MIDI (60 is middle C), 0 for drums."""

    start_s: float
    seconds: float
    pitch: int
    velocity: float  # (0, 1]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in time, with its chords in equal shares."""

    section: str
    place: int  # in its section
    of: int  # bars in its section
    start_s: float
    beat_s: float
    chords: tuple[Chord, ...]
    is_last: bool = False

    def chord_at(self, beat: float, beats: int) -> Chord:
        """The chord sounding ``beat`` beats into the bar."""
        share = min(len(self.chords) - 1, int(beat / beats * len(self.chords)))
        return self.chords[max(0, share)]


def tail_s(piece: Piece) -> float:
    """How long the last chord rings after its bar, in seconds."""
    return 2.2 + 1.4 * (1 - piece.arousal) / 2


def bars_of(piece: Piece) -> list[Bar]:
    """The whole form, in time; quiet pieces slow down at the end."""
    beat_s = 60 / piece.tempo_bpm
    form = next(
        (
            form
            for form in _FORMS
            if sum(n for _, n in form) * piece.beats * beat_s <= _LONGEST_S
        ),
        _FORMS[-1],
    )  # fmt: skip
    a, b = (chords_of(piece, written) for written in (piece.chords_a, piece.chords_b))
    home = next((t for t in piece.chords_a.split() if t[0] == "1" and "/" not in t), "19")
    close = [a[-1], chords_of(piece, home)[0]]
    bars: list[Bar] = []
    now = 0.05
    for section, length in form:
        chords = {"B": b, "E": close[-length:]}.get(section, a)
        for place in range(length):
            slower = 1.0
            if section == "E":
                slower = 1 + (0.06 + 0.05 * place) * (1 - piece.arousal)
            last = section == "E" and place == length - 1
            bar = Bar(section, place, length, now, beat_s * slower,
                      tuple(chords[place % len(chords)]), last)  # fmt: skip
            bars.append(bar)
            now += piece.beats * bar.beat_s
    return bars


def duration_s(piece: Piece) -> float:
    """Length of the recording, exactly."""
    last = bars_of(piece)[-1]
    return round(last.start_s + piece.beats * last.beat_s + tail_s(piece), 2)


def arrange(piece: Piece) -> list[tuple[Part, list[Note]]]:
    """Every part of the piece's band with its notes, in time order."""
    bars = bars_of(piece)
    seed = zlib.crc32(piece.slug.encode())
    played = []
    for number, part in enumerate(BANDS[piece.band].parts):
        rng = np.random.default_rng((seed, number))
        notes = sorted(_play(piece, part, bars, rng), key=lambda note: note.start_s)
        if notes:
            played.append((part, notes))
    return played


def _play(piece: Piece, part: Part, bars: list[Bar], rng: np.random.Generator) -> Iterator[Note]:
    raw = {
        "tune": lambda: tune(piece, piece.lead_middle or part.middle, bars),
        "answer": lambda: _answer(piece, part, bars),
        "held": lambda: _held(piece, part, bars),
        "chords": lambda: _figure(piece, part, bars),
        "arpeggio": lambda: _figure(piece, part, bars),
        "bass": lambda: _figure(piece, part, bars),
        "drums": lambda: _figure(piece, part, bars),
    }[part.role]()
    loose = 0.003 if piece.band in _MACHINES else 0.011 - 0.005 * piece.arousal
    strength = 0.5 + 0.28 * (piece.arousal + 1) / 2
    for bar, note in raw:
        if not _plays(part, bar):
            continue
        arch = 1 + 0.1 * math.sin(math.pi * ((bar.place % 4) + 0.5) / 4)
        rise = 0.8 + 0.2 * (bar.place + 1) / bar.of if bar.section == "I" else 1.0
        level = strength * arch * rise * _INTENSITY[bar.section] * note.velocity
        yield Note(
            max(0.0, note.start_s + loose * float(np.clip(rng.standard_normal(), -2, 2))),
            note.seconds,
            note.pitch,
            float(np.clip(level * (1 + 0.07 * rng.standard_normal()), 0.05, 1.0)),
        )


def _plays(part: Part, bar: Bar) -> bool:
    late = bar.section.lower() in part.sections and 2 * bar.place >= bar.of
    return late or bar.section in part.sections


def tune(piece: Piece, middle: int, bars: Sequence[Bar]) -> list[tuple[Bar, Note]]:
    """The melody, phrase by phrase of two bars, around MIDI pitch ``middle``."""
    base = piece.tonic_class + 12 * round((middle - 7 - piece.tonic_class) / 12)
    out: list[tuple[Bar, Note]] = []
    for first, bar in enumerate(bars):
        if bar.section == "E":
            if bar.is_last:
                last = out[-1][1].pitch - base
                chord = bar.chords[0]
                homes = chord.tones[:1] if len(chord.tones) == 3 else chord.tones[1:3]
                smooth = [tone for tone in homes if not _rubs(tone, chord)] or homes
                steps = (_nearest(0, tone - last) for tone in smooth)
                home = last + min(steps, key=abs)
                seconds = piece.beats * bar.beat_s + 0.25 * tail_s(piece)
                out.append((bar, Note(bar.start_s, seconds, base + home, 0.85)))
            continue
        if bar.section == "I" or bar.place % 2:
            continue
        pair = bars[first : first + 2]
        beat = 0.0
        before: tuple[int, int] | None = None  # as written, as sung
        for step in _phrase(piece, bar):
            where = pair[min(1, int(beat // piece.beats))]
            inside = beat - piece.beats * (where is pair[1])
            if step.degree is not None:
                chord = where.chord_at(inside, piece.beats)
                high = semitones(step.degree, chord.scale)
                strong = step.beats >= 1.5 or (inside % 2 == 0 and step.beats >= 1)
                sung = high
                if strong or (step.beats >= 1 and _rubs(high, chord)):
                    moved = before is not None and before[0] != high
                    sung = _nearest_tone(high, chord, before[1] if before and moved else None)
                before = (high, sung)
                pitch = base + sung
                seconds = step.beats * where.beat_s * (0.97 if step.beats < 2 else 0.9)
                start = where.start_s + _swung(inside, piece.swing) * where.beat_s
                weight = 1.0 if inside == 0 else 0.9 if strong else 0.78
                out.append((where, Note(start, seconds, pitch, weight)))
            beat += step.beats
    return out


def _phrase(piece: Piece, bar: Bar) -> list[Step]:
    """The motif as this phrase has it: stated, answered, ornamented or brought home."""
    steps = tune_of(piece.tune_b if bar.section == "B" else piece.tune_a)
    turn, turns = bar.place // 2, bar.of // 2
    if turn == turns - 1:
        return _brought_home(steps, home=5 if bar.section == "B" else 1)
    if turn == 1:
        down = -1 if bar.section == "B" else 1
        return [Step(s.degree + down if s.degree is not None else None, s.beats) for s in steps]
    if turn == 2 or bar.section == "R":
        return _ornamented(steps)
    return steps


def _brought_home(steps: list[Step], home: int) -> list[Step]:
    """End on ``home`` in the octave nearest to where the tune was, held long."""
    kept, spare = list(steps), 0.0
    while kept and (spare < 2 or kept[-1].degree is None):
        spare += kept.pop().beats
    near = next((s.degree for s in reversed(kept) if s.degree is not None), home)
    goal = min((home - 7, home, home + 7), key=lambda degree: abs(degree - near))
    return [*kept, Step(goal, spare)]


def _ornamented(steps: list[Step]) -> list[Step]:
    """Fill the first long note with a turn over its upper neighbour."""
    for place, step in enumerate(steps):
        if step.degree is not None and step.beats >= 1.5:
            turn = [
                Step(step.degree, step.beats - 1),
                Step(step.degree + 1, 0.5),
                Step(step.degree, 0.5),
            ]
            return [*steps[:place], *turn, *steps[place + 1 :]]
    return steps


def _nearest_tone(high: int, chord: Chord, but_not: int | None = None) -> int:
    """The chord tone nearest to ``high`` (semitones above the tonic), below when tied.

    Tones that rub count as four semitones farther, and ``but_not`` as two: the pitch just
    sung, when the tune was written to move on.
    """
    return min(
        (_nearest(high, tone) for tone in chord.tones),
        key=lambda tone: (
            abs(tone - high) + 4 * _rubs(tone, chord) + 2 * (tone == but_not),
            tone,
        ),
    )


def _rubs(tone: int, chord: Chord) -> bool:
    """A semitone above a tone of the chord, as the root is over a major seventh."""
    return any((tone - other) % 12 == 1 for other in chord.tones)


def _nearest(high: int, tone: int) -> int:
    """``tone`` in the octave nearest to ``high``."""
    return high + (tone - high + 6) % 12 - 6


def _answer(piece: Piece, part: Part, bars: list[Bar]) -> list[tuple[Bar, Note]]:
    """Two chord tones in the second half of every long note of the tune."""
    out = []
    for bar, note in tune(piece, part.middle, bars):
        beats = note.seconds / bar.beat_s
        if beats < 1.6 or bar.is_last:
            continue
        inside = (note.start_s - bar.start_s) / bar.beat_s
        length = beats / 4
        for turn in range(2):
            beat = inside + beats / 2 + turn * length
            chord = bar.chord_at(beat, piece.beats)
            tones = _voiced(chord, piece, part.middle, 3, None)
            pitch = tones[2 - turn if note.pitch > tones[1] else turn + 1]
            start = bar.start_s + beat * bar.beat_s
            out.append((bar, Note(start, length * bar.beat_s * 1.2, pitch, 0.8 - 0.12 * turn)))
    return out


def _held(piece: Piece, part: Part, bars: list[Bar]) -> list[tuple[Bar, Note]]:
    """Each chord held until the next; tones in common are tied over."""
    out: list[tuple[Bar, Note]] = []
    voiced: list[int] | None = None
    sounding: dict[int, int] = {}  # pitch: place in out
    for bar in bars:
        if not _plays(part, bar):
            sounding = {}
            continue
        share = piece.beats * bar.beat_s / len(bar.chords)
        for turn, chord in enumerate(bar.chords):
            voiced = _voiced(chord, piece, part.middle, part.notes, voiced)
            now: dict[int, int] = {}
            for pitch in voiced:
                seconds = share + (0.7 * tail_s(piece) if bar.is_last else 0.0)
                if pitch in sounding and bar.place != 0:
                    home, note = out[sounding[pitch]]
                    out[sounding[pitch]] = (
                        home,
                        Note(note.start_s, note.seconds + seconds, pitch, note.velocity),
                    )
                    now[pitch] = sounding[pitch]
                else:
                    now[pitch] = len(out)
                    out.append((bar, Note(bar.start_s + turn * share, seconds, pitch, 0.85)))
            sounding = now
    return out


def _figure(piece: Piece, part: Part, bars: list[Bar]) -> list[tuple[Bar, Note]]:
    """A written figure, laid over the chords bar by bar."""
    out: list[tuple[Bar, Note]] = []
    steps = piece.beats * 4
    voiced: list[int] | None = None
    for bar in bars:
        begin = bar.place * steps % len(part.figure)
        figure = part.figure[begin : begin + steps]
        if part.role == "drums":
            figure = _fill(part.voice, figure, bar)
        last_chord: Chord | None = None
        for step, sign in enumerate(figure):
            if sign == "." or (bar.is_last and step and part.role != "arpeggio"):
                continue
            beat = step / 4
            chord = bar.chord_at(beat, piece.beats)
            if chord is not last_chord:
                voiced = _voiced(chord, piece, part.middle, part.notes, voiced)
                last_chord = chord
            start = bar.start_s + _swung(beat, piece.swing) * bar.beat_s
            seconds = _until_next(figure, step) / 4 * bar.beat_s
            if part.role == "arpeggio":
                seconds = max(seconds, min(1.2, 2 * seconds))
            if bar.is_last:
                seconds = piece.beats * bar.beat_s + 0.7 * tail_s(piece) - beat * bar.beat_s
            accent = 1.0 if step == 0 else 0.92 if step % 4 == 0 else 0.82
            assert voiced is not None
            for turn, pitch in enumerate(_pitches(sign, part, chord, piece, voiced)):
                strum = 0.011 * turn if part.role == "chords" and part.voice != "power" else 0.0
                weight = _STRENGTH.get(sign, accent)
                out.append((bar, Note(start + strum, seconds, pitch, weight)))
    return out


def _fill(voice: str, figure: str, bar: Bar) -> str:
    """Drummers mark the end of a section."""
    if bar.place == bar.of - 1 and bar.of >= 4 and bar.section != "E" and len(figure) == 16:
        if voice in ("snare", "softsnare", "tom", "taiko"):
            return figure[:12] + ("x.xX" if voice == "snare" else "o.xx")
        if voice == "crash":
            return "." * 16
    return figure


def _pitches(
    sign: str, part: Part, chord: Chord, piece: Piece, voiced: Sequence[int]
) -> Sequence[int]:
    if part.role == "drums":
        return (0,)
    if part.role == "chords":
        return voiced
    if part.role == "arpeggio":
        octave, place = divmod(int(sign), len(voiced))
        return (voiced[place] + 12 * octave,)
    low = piece.tonic_class + chord.bass
    root = low + 12 * round((part.middle - low) / 12)
    above = {"3": 1, "5": 2}.get(sign)
    if above is None:
        return (root + (12 if sign == "8" else 0),)
    return (root + (chord.tones[above] - chord.bass) % 12,)


def _until_next(figure: str, step: int) -> int:
    """Sixteenths from ``step`` to the next stroke or the bar's end."""
    return next((n for n, s in enumerate(figure[step + 1 :], 1) if s != "."), len(figure) - step)


def _swung(beat: float, swing: float) -> float:
    """Every second sixteenth comes late by ``swing`` of a sixteenth."""
    return beat + swing / 4 if round(beat * 4) % 2 and (beat * 4) % 1 == 0 else beat


def _voiced(
    chord: Chord, piece: Piece, middle: int, most: int, before: Sequence[int] | None
) -> list[int]:
    """Up to ``most`` tones near ``middle``, moving least from the chord ``before``."""
    tones = list(chord.tones)
    if most == 1:
        tones = tones[:1]
    elif len(tones) > most:  # the bass has the root; then the fifth can go
        tones = tones[1:] if len(tones) - most == 1 else [tones[1], *tones[3:]]
    classes = sorted({(piece.tonic_class + tone) % 12 for tone in tones})
    best: tuple[float, list[int]] | None = None
    for turn in range(len(classes)):
        close = [c + 12 * (place < turn) for place, c in enumerate(classes)]
        close = sorted(close)
        centre = sum(close) / len(close)
        shift = 12 * round((middle - centre) / 12)
        pitches = [pitch + shift for pitch in close]
        cost = 0.4 * abs(centre + shift - middle)
        if before is not None and len(before) == len(pitches):
            cost += sum(abs(p - q) for p, q in zip(pitches, before, strict=True))
        if any(high - low == 1 for low, high in pairwise(pitches)):
            cost += 4.0  # a bare semitone rubs
        if best is None or cost < best[0]:
            best = (cost, pitches)
    assert best is not None
    return best[1]


def lightness(piece: Piece) -> float:
    """How bright the harmony is, in [0, 1]: the share of major thirds under the chords.

    Each chord counts once; a chord without a third counts by the mode's own.
    """
    own = float(MODES[piece.mode][2] == 4)
    shares = []
    for written in (piece.chords_a, piece.chords_b):
        for bar in chords_of(piece, written):
            for chord in bar:
                intervals = {(tone - chord.tones[0]) % 12 for tone in chord.tones}
                shares.append(1.0 if 4 in intervals else 0.0 if 3 in intervals else own)
    return 0.5 * own + 0.5 * sum(shares) / len(shares)
