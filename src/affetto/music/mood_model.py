"""From what was measured and heard of a piece to its valence and arousal, and how sure.

A sparse Gaussian process (Quiñonero-Candela & Rasmussen, JMLR 6, 2005): a piece is
judged by the landmarks it resembles, in its ``cues`` and in what the ``ear`` heard, and by
a straight line through the cues where it resembles none. Landmarks are pieces that nobody
made, on the axes along which rated excerpts differ most; what listeners said is in their
weights, which are far fewer than the ratings, so that no excerpt and no rating can be had
back. How far a piece is from what was rated widens the blur. ``affetto_training.sounds``
fits it.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from affetto.errors import ModelMissing
from affetto.inference.card import ModelCard
from affetto.inference.shelf import MODELS
from affetto.music.hearing import Floats, Sounding

Numbers = npt.NDArray[np.float64]

FILE: Final = MODELS / "music-mood.npz"
FARTHEST: Final = 4.0  # spreads from the usual beyond which a value says no more

CUES: Final = (
    "loudness",  # dB
    "dynamics",  # dB
    "brightness",  # log2 Hz
    "rolloff",  # log2 Hz
    "flatness",  # log10
    "crossings",  # log2 Hz
    "onset rate",  # a second
    "onset strength",
    "tempo",  # octaves above 120 bpm; 0 when it cannot be told
    "pulse",
    "majorness",
    "key strength",
    "third",
    "pitch spread",  # nats
    "roughness",  # log10
    "flux",
    "flux sd",
    "quiet share",
    "slow beat",
    "fast beat",
)
ARRAYS: Final = ("usual", "spread", "landmarks", "weights", "means", "settled", "scale")


def cues(sounding: Sounding) -> Floats:
    """What the model weighs of the measurements, in the order of ``CUES``: (20,)."""
    tempo = np.log2((sounding.tempo_bpm or 120.0) / 120.0)
    values = (
        sounding.loudness_db,
        sounding.dynamics_db,
        np.log2(max(sounding.brightness_hz, 50.0)),
        np.log2(max(sounding.rolloff_hz, 50.0)),
        np.log10(sounding.flatness + 1e-6),
        np.log2(max(sounding.crossings_hz, 50.0)),
        sounding.onset_rate_hz,
        sounding.onset_strength,
        tempo,
        sounding.pulse,
        sounding.majorness,
        sounding.key_strength,
        sounding.third,
        sounding.pitch_spread,
        np.log10(sounding.roughness + 1e-3),
        sounding.flux,
        sounding.flux_sd,
        sounding.quiet_share,
        sounding.slow_beat,
        sounding.fast_beat,
    )
    return np.array(values, dtype=np.float32)


class Likeness(NamedTuple):
    """What makes two pieces alike: parts of the whole, which is 1 for the usual piece."""

    by_cues: float
    by_ear: float
    by_line: float
    length: float  # how far likeness reaches, in spreads a dimension

    def between(self, some: Numbers, others: Numbers) -> Numbers:
        """Likeness of each of ``some`` (n, d) with each of ``others`` (m, d): (n, m).

        Standardised; the cues come first, then what the ear heard.
        """
        cut = len(CUES)
        line = some[:, :cut] @ others[:, :cut].T / cut
        return np.asarray(
            self.by_cues * self._near(some[:, :cut], others[:, :cut])
            + self.by_ear * self._near(some[:, cut:], others[:, cut:])
            + self.by_line * line
        )

    def itself(self, some: Numbers) -> Numbers:
        """Likeness of each with itself: (n,)."""
        square = np.square(some[:, : len(CUES)]).mean(axis=1)
        return np.asarray(self.by_cues + self.by_ear + self.by_line * square)

    def _near(self, some: Numbers, others: Numbers) -> Numbers:
        width = max(1, some.shape[1])
        apart = np.square(some).sum(axis=1)[:, None] - 2 * some @ others.T
        apart = apart + np.square(others).sum(axis=1)
        return np.asarray(np.exp(-np.maximum(apart, 0) / (2 * self.length**2 * width)))


@dataclass(frozen=True, slots=True)
class MoodModel:
    """A fitted model. The landmarks are ``n``, a piece's numbers ``d``."""

    likeness: Likeness
    noise: float  # variance of a rating, where 1 is that of moods
    usual: Numbers  # (d,)
    spread: Numbers  # (d,)
    landmarks: Numbers  # (n, d), standardised
    weights: Numbers  # (n, 2): valence, arousal
    means: Numbers  # (2,)
    settled: Numbers  # (n, n): how much was learnt there, taken from the blur
    scale: Numbers  # (2,), what a blur of 1 is worth

    def tell(self, pieces: npt.NDArray[Any]) -> Numbers:
        """Valence, arousal and the standard deviation of each, for pieces (m, d): (m, 4)."""
        given = np.asarray(pieces, np.float64)
        given = np.clip((given - self.usual) / self.spread, -FARTHEST, FARTHEST)
        alike = self.likeness.between(given, self.landmarks)
        moods = np.clip(alike @ self.weights + self.means, -1, 1)
        unsure = self.likeness.itself(given) - ((alike @ self.settled) * alike).sum(axis=1)
        blur = np.sqrt(np.maximum(unsure, 0) + self.noise)
        return np.concatenate([moods, blur[:, None] * self.scale], axis=1)

    @classmethod
    def read(cls, path: Path) -> tuple[Self, ModelCard]:
        """The model in ``path`` and the card inside; ModelMissing when it is none."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as told:
                kept = {name: told[name] for name in told.files}
            card = ModelCard.parse(bytes(kept["card"]).decode())
            model = cls(
                Likeness(*map(float, kept["likeness"])),
                float(kept["noise"]),
                *(kept[name].astype(np.float64) for name in ARRAYS),
            )
        except (
            *(OSError, EOFError, ValueError, KeyError, TypeError, IndexError),
            *(zipfile.BadZipFile, zlib.error),
        ) as error:
            raise ModelMissing(
                f"The model {path.name} cannot be read ({error}).", remedy="Reinstall affetto."
            ) from error
        return model, card

    def write(self, path: Path, card: ModelCard) -> None:
        """Write the model and its card; numbers are kept as float32."""
        np.savez_compressed(
            path,
            card=np.frombuffer(json.dumps(json.loads(card.text)).encode(), np.uint8),
            likeness=np.array(self.likeness),
            noise=np.array(self.noise),
            **{name: getattr(self, name).astype(np.float32) for name in ARRAYS},
        )


@cache
def shipped() -> tuple[MoodModel, ModelCard]:
    """The model in the package and its card."""
    return MoodModel.read(FILE)
