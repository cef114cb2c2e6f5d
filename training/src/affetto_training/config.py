"""One run we stand behind: a TOML file holds these names."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from affetto.errors import Misuse


@dataclass(frozen=True)
class Config:
    """What a run is made of. The defaults are the flagship's; a file says what differs."""

    name: str = "faces-v1"
    row: str = ""  # the earlier system this run is set beside
    claim: float = 0.0  # the accuracy that system claimed, a share; 0 = it claimed none
    seed: int = 7
    net: str = "expression"  # one of affetto_training.nets.NETS
    classes: int = 7  # 7, or 4: angry, happy, sad, calm
    widths: tuple[int, ...] = (24, 48, 96, 224)  # of the expression net
    dropout: float = 0.15
    mirrored: bool = False  # the expression net answers for a crop and its mirror image
    frames: int = 1  # more than one: the net reads clips
    weights: str = ""  # of a pre-trained body: a name on a hub, or a folder
    frozen: int = 0  # how many of its first stages keep those weights
    begins_with: str = ""  # a run beside this one whose averaged weights it begins with
    views: str = ""  # a folder beside the run: what teachers said of Training
    credit: str = ""  # what the card must say of those it learnt from
    taught: float = 0.0  # share of their opinion; the rest is what raters said
    # (side in pixels, epochs): small images first, since most of learning is coarse.
    phases: tuple[tuple[int, int], ...] = ((32, 20), (48, 12))
    batch: int = 64
    optimiser: str = "adamw"  # or "adam"
    schedule: str = "cosine"  # or "constant"
    learning_rate: float = 3e-3
    weight_decay: float = 0.02
    warm_up: float = 0.08  # share of all steps
    augment: str = "webcam"  # or "mirror", or "none"
    label_smoothing: float = 0.05
    votes_weight: float = 0.5  # weight of the FER+ head beside the official labels
    mixup: float = 0.0  # Beta(m, m) of Zhang et al. 2018; 0 = none
    balance: float = 0.0  # a class of n images is drawn as often as if it had n^(1 - b)
    precision: str = "float32"  # or "bfloat16": what a CPU multiplies in, 1.6 times as fast
    ema: float = 0.998  # 0 = the weights as they are
    held_out: int = 1200  # training images kept back for temperature and watching
    data_limit: int = 0  # 0 = all; tests use 64
    shortened_from: int = 0  # epochs of the plan that this run was cut from; 0 = not cut

    def __post_init__(self) -> None:
        choices = {
            "classes": (7, 4),
            "optimiser": ("adamw", "adam"),
            "schedule": ("cosine", "constant"),
            "augment": ("webcam", "mirror", "none"),
            "precision": ("float32", "bfloat16"),
        }
        if bool(self.views) != (self.taught > 0):
            raise Misuse(
                "views and taught go together.",
                remedy="Name the teachers' views and give a share above 0, or neither.",
            )
        for name, allowed in choices.items():
            if getattr(self, name) not in allowed:
                raise Misuse(
                    f"{name} = {getattr(self, name)!r} is not known.",
                    remedy=f"Choose from {', '.join(map(str, allowed))}.",
                )

    @property
    def epochs(self) -> int:
        return sum(epochs for _, epochs in self.phases)

    @property
    def planned(self) -> int:
        """How many epochs it takes to stand behind the run."""
        return max(self.epochs, self.shortened_from)

    def lasting(self, epochs: int) -> Config:
        """The same for so many epochs: later phases are cut first, the last is drawn out."""
        if epochs < 1:
            raise Misuse("A run needs an epoch to learn in.", remedy="Ask for one at least.")
        phases, left = [], epochs
        for side, count in self.phases:
            phases.append((side, min(count, left)))
            left -= phases[-1][1]
        phases[-1] = (phases[-1][0], phases[-1][1] + left)
        return replace(
            self,
            phases=tuple(phase for phase in phases if phase[1]),
            shortened_from=self.planned if epochs < self.planned else 0,
        )

    def retrained_for(self, epochs: int) -> Config:
        """The same anew for as many epochs as were best: a plan of its own, ``NAME-best``."""
        again = replace(self.lasting(epochs), shortened_from=self.shortened_from)
        return replace(again, name=f"{self.name}-best")

    @classmethod
    def read(cls, path: Path) -> Config:
        """Read a TOML file; Misuse names what cannot be read, or means nothing here."""
        try:
            values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise Misuse(
                f"{path} is no configuration we can read: {error}.",
                remedy="Name one of the files in training/configs, or mend it.",
            ) from error
        unknown = sorted(set(values) - {f.name for f in fields(cls)})
        if unknown:
            raise Misuse(
                f"{path.name} sets {unknown[0]!r}, which no run has.",
                remedy="Check its spelling against affetto_training/config.py.",
            )
        try:  # as JSON, whose lists may become tuples; a number in quotes stays words
            return TypeAdapter(cls).validate_json(json.dumps(values, default=str), strict=True)
        except ValidationError as error:
            found = error.errors()[0]
            wrong = found["loc"][0]
            raise Misuse(
                f"{path.name} sets {wrong} to what it cannot be: {found['msg']}.",
                remedy=f"Write it as the default is written, {wrong} = "
                f"{json.dumps(getattr(cls, str(wrong)))}, or leave it out.",
            ) from error
