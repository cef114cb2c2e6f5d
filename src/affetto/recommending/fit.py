"""How near a track's features come to a target on the mood map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from affetto.emotion import Affect, Covariance
from affetto.track import Track

Floats = npt.NDArray[np.float32]

# A track nobody has analysed could lie anywhere: the middle, with the map's own sd.
UNKNOWN_SD: Final = 0.6


class Candidates:
    """Tracks laid out for fast choosing; built once per change of the library.

    100,000 tracks take about 5 MB beside the tracks themselves.
    """

    def __init__(self, tracks: Sequence[Track]) -> None:
        self.tracks = tuple(tracks)
        features = [t.features for t in self.tracks]
        self.valence = np.array([f.valence if f else 0.0 for f in features], np.float32)
        self.arousal = np.array([f.arousal if f else 0.0 for f in features], np.float32)
        self.valence_var = np.array(
            [f.valence_sd**2 if f else UNKNOWN_SD**2 for f in features], np.float32
        )
        self.arousal_var = np.array(
            [f.arousal_sd**2 if f else UNKNOWN_SD**2 for f in features], np.float32
        )
        self.row = {t.uri: i for i, t in enumerate(self.tracks)}
        codes: dict[str, int] = {}
        self._codes = codes
        # A track without an artist shares its artist with no other.
        names = [t.artist.casefold() or f"\0{t.uri}" for t in self.tracks]
        self.artist = np.array([codes.setdefault(name, len(codes)) for name in names], np.int32)

    def __len__(self) -> int:
        return len(self.tracks)

    def artist_code(self, name: str) -> int | None:
        """The number that stands for an artist in ``artist``; None if not here."""
        return self._codes.get(name.casefold())

    def nearest(self, target: Affect) -> int:
        """The row whose place lies nearest to ``target``, however sure it is."""
        dv, da = self.valence - target.valence, self.arousal - target.arousal
        return int(np.argmin(dv * dv + da * da))

    def misfit(self, target: Affect, around: Covariance) -> Floats:
        """How badly each track fits, float32 (n,); lower is better.

        The negative log-likelihood, up to a constant, that track and target are the
        same point, both being uncertain: half the precision-weighted squared distance
        plus half the log-determinant. The distance alone would call the vaguest track
        the best match for everything; the determinant is what that vagueness costs.
        """
        dv, da = self.valence - target.valence, self.arousal - target.arousal
        vv, aa = self.valence_var + around.vv, self.arousal_var + around.aa
        va = np.float32(around.va)
        det = vv * aa - va * va
        squared = (aa * dv * dv - 2 * va * dv * da + vv * da * da) / det
        return np.asarray(0.5 * (squared + np.log(det)), np.float32)
