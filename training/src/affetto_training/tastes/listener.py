"""One simulated listener: a mood that goes its own way, a taste, and answers.

All chance is drawn when the listener is made, once for every moment, so that two ways of
choosing meet the same listener in the same moods with the same luck, whatever they play.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from affetto_training.tastes.catalogue import STYLES, Floats, Music
from affetto_training.tastes.scenarios import Scenario

GOALS: Final = ("match", "uplift", "calm", "focus")
PLACES: Final = {"uplift": (0.7, 0.3), "calm": (0.4, -0.6), "focus": (0.2, 0.0)}

# From SiTunes (see calibrate): half the residual variance is taken for the reports' own noise.
USUAL_MOOD: Final = (0.37, -0.08)
USUAL_MOOD_SD: Final = (0.13, 0.15)  # between listeners
START_SD: Final = (0.30, 0.31)  # from one session's start to the next
INERTIA, INERTIA_SD = (0.65, 0.62), 0.10  # share of a mood that is left a track later
LIFE_SD: Final = (0.13, 0.165)  # what moves a mood in one track beside music
PLEASED: Final = 0.05  # mean satisfaction with a track drawn at random, less one half
PLEASED_SD: Final = 0.08  # between listeners

# Choices. SiTunes cannot tell them: its listeners were asked to hear the songs out.
TIRED: Final = 0.25  # satisfaction lost when a track comes again at once
RESTS: Final = 0.93  # share of that left after one more track
RESTS_OVERNIGHT: Final = 0.6  # and after one more session
SKIPS_BELOW, SKIPS_STEEPLY = 0.38, 7.0  # satisfaction at which half skip
HALF_HEARD: Final = 0.35  # a skipped track moves a mood as much less
ASKED_FROM: Final = {"uplift": (-1.0, 0.0), "calm": (-0.5, 1.0)}  # START_SD: lifted when low
FITS_SAID: Final = 0.15  # share of tracks after which "fits" or "not now" is said
REACH: Final = 1.2  # map units from the goal at which a mood is worth nothing
ARRIVED: Final = 0.30  # within this of the goal it is reached (choosing.md, metric list)
DRAWN: Final = 0.35  # share of the way to a track that it draws a mood that it meets,
NEARBY: Final = 0.6  # falling off with distance as a bell of this width
# A logistic bends what lies beyond its middle: spreads are widened to come out as stated.
_UNBENT: Final = 1.1


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of one track: what the listener shows, and what only the judge sees."""

    skipped: bool
    completion: float  # [0, 1]
    liked: bool
    disliked: bool
    fits_mood: bool | None
    satisfaction: float  # [0, 1], hidden
    distance: float  # of the true mood from the goal afterwards, hidden

    @property
    def reward(self) -> float:
        """Half satisfaction, half closeness of the mood to the goal, [0, 1]."""
        return 0.5 * self.satisfaction + 0.5 * max(0.0, 1.0 - self.distance / REACH)

    @property
    def feedback(self) -> dict[str, Any]:
        """What a way of choosing is told."""
        return {
            "skipped": self.skipped,
            "completion": self.completion,
            "liked": self.liked,
            "disliked": self.disliked,
            "fits_mood": self.fits_mood,
        }


@dataclass(frozen=True)
class Common:
    """What a crowd shares: mean tastes for sounds (7,) and styles (STYLES,), in satisfaction."""

    sounds: Floats
    styles: Floats

    @classmethod
    def drawn(cls, scenario: Scenario, rng: np.random.Generator) -> Common:
        """Half the common variance lies in sounds, half in styles, but for popularity."""
        each = scenario.feature_common / math.sqrt(2.0)
        sounds = np.append(rng.normal(size=6) * each / math.sqrt(6.0), scenario.popular)
        return cls(sounds, rng.normal(size=STYLES) * each / math.sqrt(_SHARED))


_SHARED: Final = 1.0 - 1.4 / STYLES  # variance of one style's indicator, summed over styles


class Luck:
    """Every draw of one listener's life, (sessions, moments, ...)."""

    def __init__(self, rng: np.random.Generator, sessions: int, tracks: int) -> None:
        self.start = rng.normal(size=(sessions, 2))
        self.goal = rng.integers(len(GOALS), size=sessions)
        self.wander_sounds = rng.normal(size=(sessions, 7))
        self.wander_styles = rng.normal(size=(sessions, STYLES))
        self.read = rng.random((sessions, tracks + 1))
        self.sensor = rng.normal(size=(sessions, tracks + 1, 2))
        self.occasion = rng.normal(size=(sessions, tracks))
        self.life = rng.normal(size=(sessions, tracks, 2))
        self.answers = rng.random((sessions, tracks, 5))  # skip, like, dislike, asked, fits
        self.stays = rng.beta(9.0, 1.0, (sessions, tracks))
        self.leaves = rng.beta(1.2, 4.0, (sessions, tracks))


class Listener:
    """One listener of a scenario, from the first session to the last."""

    def __init__(
        self,
        music: Music,
        scenario: Scenario,
        common: Common,
        rng: np.random.Generator,
        *,
        sessions: int,
        tracks: int,
    ) -> None:
        self._music, self._scenario, self._common = music, scenario, common
        n = music.catalogue.n
        self._usual = tuple(rng.normal(USUAL_MOOD, USUAL_MOOD_SD).tolist())
        self._inertia = tuple(np.clip(rng.normal(INERTIA, INERTIA_SD), 0.3, 0.9).tolist())
        s = scenario
        self._liking = rng.normal(s.liking_moves_valence, s.liking_sd)
        self._energy = rng.normal(s.energy_moves_arousal, s.energy_sd)
        self._brightness = rng.normal(s.brightness_moves_valence, s.brightness_sd)
        self._mismatch = rng.normal(s.mismatch, s.mismatch_sd)
        self._pleased = PLEASED + PLEASED_SD * rng.normal()
        each = s.feature_taste / math.sqrt(2.0)
        self._sounds_sd, self._styles_sd = each / math.sqrt(7.0), each / math.sqrt(_SHARED)
        self._sounds = self._sounds_sd * rng.normal(size=7)
        self._styles = self._styles_sd * rng.normal(size=STYLES)
        self._own = s.track_common * music.agreed + s.track_taste * rng.normal(size=n)
        self._luck = Luck(rng, sessions, tracks)
        self._tired = np.zeros(n)
        self._session, self._track = -1, 0

    def begin(self) -> None:
        """A new session: a mood, a goal, some rest, and a taste that may have moved on."""
        self._session, self._track = self._session + 1, 0
        j, luck = self._session, self._luck
        self.goal = GOALS[luck.goal[j]]
        off = luck.start[j] + ASKED_FROM.get(self.goal, (0.0, 0.0))
        self.mood = (
            _on_the_map(self._usual[0] + START_SD[0] * off[0]),
            _on_the_map(self._usual[1] + START_SD[1] * off[1]),
        )
        self.target = PLACES.get(self.goal, self.mood)
        self._tired *= RESTS_OVERNIGHT
        new = self._scenario.wandering
        if j and new:
            keep, add = math.sqrt(1.0 - new), math.sqrt(new)
            self._sounds = keep * self._sounds + add * self._sounds_sd * luck.wander_sounds[j]
            self._styles = keep * self._styles + add * self._styles_sd * luck.wander_styles[j]
        music, common = self._music, self._common
        self._likes = self._own + music.sounds @ (self._sounds + common.sounds)
        self._likes += music.styles @ (self._styles + common.styles)

    def reading(self) -> tuple[float, float] | None:
        """What the sensor says now; None when it sees nothing."""
        at = self._session, self._track
        if self._luck.read[at] < self._scenario.missing:
            return None
        off = self._scenario.sensor_sd * self._luck.sensor[at]
        return _on_the_map(self.mood[0] + off[0]), _on_the_map(self.mood[1] + off[1])

    def hear(self, track: int) -> Heard:
        """Play one track: the mood moves on, and the listener answers."""
        j, t = self._session, self._track
        s, luck = self._scenario, self._luck
        wish = self._wish(track) + s.occasion * luck.occasion[j, t]
        pleased = 1.0 / (1.0 + math.exp(-4.0 * (self._pleased + _UNBENT * wish)))
        skip, like, dislike, asked, fits = luck.answers[j, t]
        skipped = bool(skip < 1.0 / (1.0 + math.exp(SKIPS_STEEPLY * (pleased - SKIPS_BELOW))))
        place = self._music.place[track]
        aim = self.mood if self.goal == "match" else self.target
        off = math.hypot(place[0] - aim[0], place[1] - aim[1])
        moved = self._moved(place[0], place[1], pleased, HALF_HEARD if skipped else 1.0)
        self.mood = (
            _on_the_map(moved[0] + LIFE_SD[0] * luck.life[j, t, 0]),
            _on_the_map(moved[1] + LIFE_SD[1] * luck.life[j, t, 1]),
        )
        self._tired *= RESTS
        self._tired[track] += TIRED
        self._track += 1
        return Heard(
            skipped=skipped,
            completion=float((luck.leaves if skipped else luck.stays)[j, t]),
            liked=bool(not skipped and like < pleased - 0.6),
            disliked=bool(skipped and dislike < 0.3 - pleased),
            fits_mood=bool(fits < 1.0 / (1.0 + math.exp(4.0 * (off - 0.8))))
            if asked < FITS_SAID
            else None,
            satisfaction=pleased,
            distance=self._distance(*self.mood),
        )

    # -- what nobody but the oracle, and who is asked to pick, may know ------------------

    def expected(self) -> Floats:
        """The reward of every track now, to be expected by whoever knows everything, (n,)."""
        pleased = self.pleasure()
        place = self._music.place
        stays = 1.0 / (1.0 + np.exp(-SKIPS_STEEPLY * (pleased - SKIPS_BELOW)))
        heard = stays + HALF_HEARD * (1.0 - stays)
        valence, arousal = self._moved(place[:, 0], place[:, 1], pleased, heard)
        away = np.hypot(
            np.clip(valence, -1.0, 1.0) - self.target[0],
            np.clip(arousal, -1.0, 1.0) - self.target[1],
        )
        return np.asarray(0.5 * pleased + 0.5 * np.maximum(0.0, 1.0 - away / REACH))

    def pleasure(self) -> Floats:
        """The satisfaction with every track now, but for the occasion, (n,)."""
        wish = self._likes - self._tired
        if self._mismatch:
            place = self._music.place
            away = np.hypot(place[:, 0] - self.mood[0], place[:, 1] - self.mood[1])
            wish = wish - self._mismatch * (away - 0.7)
        return np.asarray(1.0 / (1.0 + np.exp(-4.0 * (self._pleased + _UNBENT * wish))))

    def _wish(self, track: int) -> float:
        place = self._music.place[track]
        away = math.hypot(place[0] - self.mood[0], place[1] - self.mood[1])
        return float(self._likes[track] - self._tired[track] - self._mismatch * (away - 0.7))

    def _moved(self, valence: Any, arousal: Any, pleased: Any, heard: Any) -> tuple[Any, Any]:
        """Where the mood goes by itself and by a track there; numbers or arrays."""
        v, a = (
            u + keep * (m - u)
            for u, keep, m in zip(self._usual, self._inertia, self.mood, strict=True)
        )
        up = self._liking * (pleased - 0.5) + self._brightness * valence
        awake = self._energy * arousal
        if self._scenario.only_from_near:
            dv, da = valence - self.mood[0], arousal - self.mood[1]
            near = np.exp(-(dv * dv + da * da) / (2.0 * NEARBY * NEARBY))
            up = self._liking * (pleased - 0.5) + DRAWN * near * dv
            awake = DRAWN * near * da
        return v + heard * up, a + heard * awake

    def _distance(self, valence: float, arousal: float) -> float:
        return math.hypot(valence - self.target[0], arousal - self.target[1])


def _on_the_map(x: float) -> float:
    return min(1.0, max(-1.0, float(x)))
