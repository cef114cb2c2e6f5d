"""How a track's mood moves from its beginning to its end, a few seconds at a time.

The whole file is decoded once, step by step, and nothing of it is kept but a point a
step. A long mix is not heard whole: its steps are wider, and each is judged by the
``STEP_S`` seconds in its middle, reached by seeking.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from affetto.music.analysis import estimate
from affetto.music.decoding import opened, undecodable
from affetto.music.hearing import measure

STEP_S: Final = 6.0  # as long as what listeners rated
MOST_POINTS: Final = 240


@dataclass(frozen=True, slots=True)
class Curve:
    """One value a step, in order. Valence and arousal lie in [-1, 1]."""

    step_s: float
    times_s: tuple[float, ...]  # the steps' middles
    valence: tuple[float, ...]
    arousal: tuple[float, ...]
    valence_sd: tuple[float, ...]
    arousal_sd: tuple[float, ...]
    loudness_db: tuple[float, ...]  # RMS, dB below full scale


def curve(path: Path) -> Curve:
    """Listen through the file at ``path``.

    A step in which nothing can be decoded is left out. Raises UnreadableSound when that
    holds for all of them, and OSError when the system will not hand the file over.
    """
    rows = []
    with opened(path) as sound:
        length_s = sound.duration_s or MOST_POINTS * STEP_S
        step_s = max(STEP_S, length_s / MOST_POINTS)
        for number in range(max(1, round(length_s / step_s))):
            start_s = number * step_s + (step_s - STEP_S) / 2
            samples = sound.span(start_s, STEP_S)
            if not len(samples):
                continue
            told = estimate([samples], measure([samples]), patches=1)
            rows.append(
                (
                    round((number + 0.5) * step_s, 2),
                    told.valence,
                    told.arousal,
                    told.valence_sd,
                    told.arousal_sd,
                    told.loudness_db or 0.0,
                )
            )
    if not rows:
        raise undecodable()
    return Curve(round(step_s, 3), *zip(*rows, strict=True))
