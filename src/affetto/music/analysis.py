"""A sound file becomes an estimate of its mood, with how far to trust it.

A file is heard in excerpts reached by seeking (three of ten seconds, for a song), so
a ten-minute piece costs what a short one does. ``hearing`` measures them, the ``ear``
listens to three seconds of each, and ``mood_model`` tells valence and arousal of both.

The ratings it learned from are of what music expresses, by listeners in Poland, and the
recordings are Western: blues, classical, country, disco, hip-hop, jazz, metal, pop,
reggae, rock. Other music may be judged worse; docs/ideas/hearing-a-mood.md has the
figures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from affetto.music.decoding import Sound, opened, undecodable
from affetto.music.hearing import Floats, Sounding, measure
from affetto.track import TrackFeatures

# Names what is heard and how: files heard under another name are heard again by a scan.
ANALYSIS: Final = "sound-v3"

EXCERPT_S: Final = 10.0
EXCERPTS: Final = (0.25, 0.5, 0.75)  # where the middles lie, as shares of the whole

UNSURE_SD: Final = 0.6  # of a piece too short or too quiet to judge
SHORTEST_S: Final = 1.0  # what is shorter may be a piece's beginning, but is no piece
FORCE: Final = ("loudness", "onset strength", "onset rate", "brightness", "flux")


@dataclass(frozen=True, slots=True)
class Heard:
    """A file that was listened to."""

    features: TrackFeatures
    duration_s: float
    sounding: Sounding
    excerpts: tuple[Floats, ...] = ()  # what was listened to; a scan takes their print


def analyse(path: Path) -> Heard:
    """Listen to the file at ``path``: mp3, flac, ogg, opus or wav.

    Raises UnreadableSound when it holds no sound that can be decoded, ModelMissing when
    the package is incomplete, and OSError when the system will not hand the file over.
    """
    with opened(path) as sound:
        excerpts = _excerpts(sound)
    sounding = measure(excerpts)
    return Heard(estimate(excerpts, sounding), sound.duration_s, sounding, tuple(excerpts))


def estimate(
    excerpts: Sequence[Floats], sounding: Sounding, *, patches: int | None = None
) -> TrackFeatures:
    """The mood of a piece from its excerpts and what was measured of them.

    ``patches`` is how many the ear may listen to; None leaves it the usual number.
    """
    if sounding.silent:
        return TrackFeatures(
            valence=0.0,
            arousal=-0.5,
            valence_sd=UNSURE_SD,
            arousal_sd=UNSURE_SD,
            loudness_db=sounding.loudness_db,
        )
    from affetto.music.ear import MOST_PATCHES, listen
    from affetto.music.hearing import RATE
    from affetto.music.mood_model import CUES, cues, shipped

    model, _ = shipped()
    measured = cues(sounding)
    heard = listen(excerpts, most=patches or MOST_PATCHES)
    told = model.tell(np.concatenate([measured, heard])[None])[0]
    least_sd = UNSURE_SD if sum(map(len, excerpts)) < SHORTEST_S * RATE else 0.0
    at = [CUES.index(name) for name in FORCE]
    force = float(np.mean((measured[at] - model.usual[at]) / model.spread[at]))
    return TrackFeatures(
        valence=round(float(told[0]), 4),
        arousal=round(float(told[1]), 4),
        valence_sd=round(max(least_sd, float(told[2])), 4),
        arousal_sd=round(max(least_sd, float(told[3])), 4),
        tempo_bpm=sounding.tempo_bpm and round(sounding.tempo_bpm, 1),
        key=sounding.key,
        loudness_db=round(sounding.loudness_db, 1),
        brightness_hz=round(sounding.brightness_hz, 1),
        # Where it stands among the rated excerpts, were they spread as a bell curve.
        energy=round(0.5 * (1 + math.erf(force / math.sqrt(2))), 3),
    )


def _excerpts(sound: Sound) -> list[Floats]:
    """Where a piece is heard: all of a short one, else about its quarters."""
    whole = sound.duration_s
    if not whole:
        starts = [0.0]
    elif whole <= len(EXCERPTS) * EXCERPT_S:
        starts = [float(start) for start in np.arange(0.0, whole, EXCERPT_S)]
    else:
        starts = [share * whole - EXCERPT_S / 2 for share in EXCERPTS]
    heard = [sound.span(start, EXCERPT_S) for start in starts]
    excerpts = [one for one in heard if len(one)]
    if not excerpts:
        raise undecodable()
    return excerpts
