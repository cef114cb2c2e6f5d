"""Let trained nets look at jittered views of Training and say what they see: ``Views``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from affetto_training.augment import augment, hide
from affetto_training.config import Config
from affetto_training.fer2013 import SIDE
from affetto_training.loop import read_run, sets_of

HIDDEN = 0.06  # of the faces in each view cannot be read


@torch.no_grad()
def said(teachers: Sequence[tuple[nn.Module, int]], crops: Tensor) -> tuple[Tensor, Tensor]:
    """The mean of the teachers' shares, labels (n, classes) and votes (n, 9).

    Each teacher is a net and the side it reads best at; ``crops`` float32 (n, 1, 48, 48).
    """
    answers = []
    for net, side in teachers:
        x = crops
        if side != SIDE:
            x = F.interpolate(crops, size=(side, side), mode="bilinear", antialias=True)
        labels, votes = net(x)
        answers.append((labels.softmax(1), votes.softmax(1)))
    labels, votes = (torch.stack(part).mean(0) for part in zip(*answers, strict=True))
    return labels, votes


def make_views(config: Config, data: Path, teachers: Sequence[Path], out: Path, count: int) -> int:
    """Write ``count`` views for the run that ``config`` describes; how many are new.

    A view that is there is left alone, so a stopped command goes on where it was.
    """
    out.mkdir(parents=True, exist_ok=True)
    training, _, _ = sets_of(config, data)
    images = torch.from_numpy(training.pixels)
    nets, names = [], []
    for run in teachers:
        taught, net, saved = read_run(run)
        began = (saved.get("made_of") or {}).get("weights", "random weights")
        names.append(f"{taught.name}, from {began}")
        nets.append((net.to(memory_format=torch.channels_last), taught.phases[-1][0]))  # type: ignore[call-overload]
    made = 0
    for number in range(count):
        file = out / f"view-{number}.npz"
        if file.exists():
            continue
        rng = torch.Generator().manual_seed(config.seed * 7919 + number)
        pixels, labels, votes = [], [], []
        hidden = torch.rand(len(images), generator=rng) < HIDDEN
        for part, concealed in zip(torch.split(images, 256), torch.split(hidden, 256), strict=True):
            x = augment(part, SIDE, rng)
            x[concealed] = hide(x[concealed], rng)
            kept = (x * 255).round().to(torch.uint8)
            pixels.append(kept.squeeze(1))
            first, second = said(nets, kept.float() / 255)
            labels.append(first.half())
            votes.append(second.half())
        with file.with_suffix(".part").open("wb") as to:
            np.savez(
                to,
                of=training.digest,
                teachers=np.array(names),
                pixels=torch.cat(pixels).numpy(),
                labels=torch.cat(labels).numpy(),
                votes=torch.cat(votes).numpy(),
                hidden=hidden.numpy(),
            )
        file.with_suffix(".part").replace(file)
        made += 1
        print(f"view {number + 1} of {count}", flush=True)
    return made
