"""What holds for a crowd of simulated listeners, and in what crowds may differ.

Sizes are in units of the map ([-1, 1] each axis) and of satisfaction ([0, 1]). What SiTunes
tells comes from ``calibrate``; what it cannot tell is a choice, and marked as one. Each
scenario changes what its line says and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from affetto.errors import Misuse


@dataclass(frozen=True, slots=True)
class Scenario:
    """One crowd, in the sizes that its listeners are drawn with.

    "(SiTunes)" marks a size from the table of ``calibrate``; the others are choices.
    """

    line: str  # what is different here, as one sentence

    # What music does to a mood, per track heard to its end; each listener differs by the sd.
    liking_moves_valence: float = 0.30  # per unit of satisfaction (SiTunes: 0.50, told together)
    liking_sd: float = 0.15  # (SiTunes: 0.26)
    energy_moves_arousal: float = 0.16  # per unit of the true place (SiTunes: 0.138 of the tag)
    energy_sd: float = 0.10  # (SiTunes: 0.12)
    brightness_moves_valence: float = 0.026  # per unit of true place (SiTunes: 0.018 of the tag)
    brightness_sd: float = 0.05  # (SiTunes: 0.09, mostly noise)
    only_from_near: bool = False  # music moves a mood only when it meets it

    # What is liked, as standard deviations of satisfaction among tracks drawn at random.
    feature_taste: float = 0.180  # a listener's own, told by features: a choice
    feature_common: float = 0.077  # everybody's, told by features (SiTunes)
    track_taste: float = 0.120  # a listener's own that no feature tells: a choice
    track_common: float = 0.071  # everybody's that no feature tells: a choice
    occasion: float = 0.116  # the same listener and track at another time (SiTunes)
    popular: float = 0.02  # mean liking per standard deviation of popularity: a choice
    mismatch: float = 0.016  # less liked per unit of distance from the mood (SiTunes)
    mismatch_sd: float = 0.07  # (SiTunes)
    wandering: float = 0.02  # share of own taste that is new with every session: a choice

    # What can be known.
    brightness_tag: float = 0.7  # correlation of a tag of valence with the true place: a choice
    energy_tag: float = 0.85  # the same of energy: a choice
    sensor_sd: float = 0.22  # of a reading, each axis: a choice
    missing: float = 0.25  # share of moments without a reading: a choice


USUAL: Final = Scenario("As measured, with tastes that features tell more of than in the study.")

SCENARIOS: Final[Mapping[str, Scenario]] = MappingProxyType(
    {
        "usual": USUAL,
        "empty tags": replace(
            USUAL,
            line="Tags of valence carry no information, and valence moves no mood.",
            brightness_tag=0.0,
            brightness_moves_valence=0.0,
        ),
        "contrary": replace(
            USUAL,
            line="What we believe beforehand is wrong: the unpopular is liked, energy calms, "
            "liking barely moves valence and a track's own valence does.",
            popular=-0.06,
            energy_moves_arousal=-0.16,
            liking_moves_valence=0.08,
            liking_sd=0.05,
            brightness_moves_valence=0.20,
        ),
        "strong music": replace(
            USUAL,
            line="Energy and valence of a track move a mood two and a half times as far.",
            energy_moves_arousal=0.40,
            brightness_moves_valence=0.065,
        ),
        "poor sensor": replace(
            USUAL,
            line="Six readings in ten are missing, the others twice as wrong.",
            sensor_sd=0.45,
            missing=0.6,
        ),
        "matchers": replace(
            USUAL,
            line="Nearly everybody dislikes what is unlike their mood.",
            mismatch=0.15,
        ),
        "iso believers": replace(
            USUAL,
            line="Music moves a mood only when it meets it, and then draws it along.",
            only_from_near=True,
        ),
        "wanderers": replace(
            USUAL,
            line="A tenth of everybody's own taste is new with every session.",
            wandering=0.10,
        ),
        "strangers' songs": replace(
            USUAL,
            line="Tastes split as in the study, whose songs nobody knew: features tell little, "
            "and everybody agrees on much.",
            feature_taste=0.071,
            feature_common=0.077,
            track_taste=0.100,
            track_common=0.118,
            popular=0.0,
        ),
    }
)


def scenario_called(name: str) -> Scenario:
    """The scenario of this name; Misuse names those there are."""
    if name not in SCENARIOS:
        raise Misuse(
            f"There is no scenario called {name!r}.",
            remedy=f"Choose among {', '.join(SCENARIOS)}.",
        )
    return SCENARIOS[name]
