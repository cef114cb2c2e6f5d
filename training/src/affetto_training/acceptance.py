"""The doors by which the music side is judged, on music and listeners it has never met."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto_training.tastes.engine import Policy

__all__ = ["Policy", "table_mood", "track_mood"]

UNKNOWN_SD: Final = 0.6  # of a mood that could not be told


def track_mood(paths: Sequence[str | Path]) -> npt.NDArray[np.float64]:
    """The mood of each sound file, as the shipped analyser hears it: (n, 4).

    Columns: valence, arousal, and the standard deviation of each; moods lie in [-1, 1].
    A file that cannot be read is 0, 0 with a wide deviation, never an exception; only a
    part of Affetto that is missing raises (AffettoError), since it would spoil all of them.
    """
    from affetto.errors import UnreadableSound
    from affetto.music.analysis import analyse

    moods = np.tile([0.0, 0.0, UNKNOWN_SD, UNKNOWN_SD], (len(paths), 1))
    for row, path in zip(moods, paths, strict=True):
        try:
            told = analyse(Path(os.fsdecode(path))).features
        except (UnreadableSound, OSError, ValueError, TypeError):
            continue  # ValueError and TypeError: a name no system takes, or none at all
        row[:] = told.valence, told.arousal, told.valence_sd, told.arousal_sd
    return moods


def table_mood(rows: Sequence[Mapping[str, Any]]) -> npt.NDArray[np.float64]:
    """The mood of each row of a song table, from its features: (n, 4).

    Columns as ``track_mood`` gives them. Features are named as streaming services name
    them; one that is missing, None or nonsense is filled in from the others and widens the
    deviation. A row without any is told the middle of all songs and a wide deviation.
    """
    from affetto_training.songs.table_model import table_mood as told

    return told(rows)
