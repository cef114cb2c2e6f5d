"""The two usual mistakes, made on purpose and in small, beside the honest figure.

One net, one seed, one set of faces, all from Training. Honest: a fifth of the faces is put
aside first, copies of one picture on one side. The first mistake fills up the rare classes
with jittered copies and splits at random afterwards, so that a picture's copies stand on both
sides. The second scores the net on what it has learnt from.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from affetto_training.augment import augment, plain
from affetto_training.config import Config
from affetto_training.fer2013 import SIDE, Faces, hold_out, without_twins
from affetto_training.layouts import layout_of, read_splits
from affetto_training.loop import logits_of, optimiser_of, rate_at
from affetto_training.nets import ExpressionNet, build
from affetto_training.scores import score


@dataclass(frozen=True)
class Plan:
    """How small: 4,000 faces and thirty epochs are minutes on one core."""

    images: int = 4000
    epochs: int = 30
    side: int = 32  # pixels
    widths: tuple[int, ...] = (12, 24, 48, 96)
    seed: int = 7


def with_copies(faces: Faces, seed: int) -> Faces:
    """Every class as large as the largest, by jittered copies of its own faces."""
    rng = torch.Generator().manual_seed(seed)
    most = max(faces.counts().values())
    extra = [
        rows[torch.randint(len(rows), (most - len(rows),), generator=rng).numpy()]
        for rows in (np.flatnonzero(faces.labels == n) for n in range(len(faces.names)))
        if 0 < len(rows) < most
    ]
    rows = np.concatenate([np.empty(0, np.int64), *extra])
    copies = augment(torch.from_numpy(faces.pixels[rows]), SIDE, rng)[:, 0]
    return Faces(
        np.concatenate([faces.pixels, (copies * 255).round().to(torch.uint8).numpy()]),
        np.concatenate([faces.labels, faces.labels[rows]]),
        np.concatenate([faces.ballots, faces.ballots[rows]]),
        faces.names,
    )


def split_at_random(faces: Faces, share: float, seed: int) -> tuple[Faces, Faces]:
    """The mistake itself: whatever was copied from whatever."""
    order = np.random.default_rng(seed).permutation(len(faces))
    cut = round(len(faces) * share)
    return faces.only(order[cut:]), faces.only(order[:cut])


def fit(faces: Faces, plan: Plan) -> ExpressionNet:
    """A small net that has seen these faces ``plan.epochs`` times, as they are."""
    config = Config(widths=plan.widths, dropout=0.0, seed=plan.seed, batch=32)
    torch.manual_seed(plan.seed)
    net = build(config).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = optimiser_of(net, config)
    images, labels = torch.from_numpy(faces.pixels), torch.from_numpy(faces.labels)
    rng = torch.Generator().manual_seed(plan.seed)
    per_epoch = max(1, len(faces) // config.batch)
    for epoch in range(plan.epochs):
        net.train()
        order = torch.randperm(len(faces), generator=rng)
        for k in range(per_epoch):
            for group in optimiser.param_groups:
                group["lr"] = rate_at((epoch + k / per_epoch) / plan.epochs, config)
            rows = order[k * config.batch : (k + 1) * config.batch]
            loss = F.cross_entropy(net(plain(images[rows], plan.side))[0], labels[rows])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    assert isinstance(net, ExpressionNet)
    return net


def figures(net: ExpressionNet, faces: Faces, plan: Plan) -> dict[str, Any]:
    """What the net scores on these faces."""
    logits, _ = logits_of(net, torch.from_numpy(faces.pixels), plan.side)
    found = score(F.softmax(logits.double(), 1).numpy(), faces).rounded()
    return {key: found[key] for key in ("n", "accuracy", "ci95", "macro_f1")}


def make_mistakes(data: Path, plan: Plan = Plan()) -> dict[str, Any]:
    """Both mistakes and the honest figure, from the same faces of Training.

    Both nets also read the same unseen fifth, which tells what each is really worth.
    """
    started = time.process_time()
    training, _, others = read_splits(data)
    training = without_twins(training, *others)
    chosen = np.random.default_rng(plan.seed).permutation(len(training))[: plan.images]
    training = training.only(np.sort(chosen))
    known, unseen = hold_out(training, len(np.unique(training.twins)) // 5, plan.seed)
    honest = fit(known, plan)
    filled = with_copies(known, plan.seed)
    learnt, mixed = split_at_random(filled, 0.2, plan.seed)
    leaked = fit(learnt, plan)
    return {
        "seed": plan.seed,
        "side": plan.side,
        "epochs": plan.epochs,
        "parameters": sum(p.numel() for p in honest.parameters()),
        "data": str(layout_of(data)),
        "data_hash": training.digest,
        "images": len(training),
        "honest": {"learnt_from": len(known), **figures(honest, unseen, plan)},
        "augment_then_split": {
            "learnt_from": len(learnt),
            "copies": len(filled) - len(known),
            **figures(leaked, mixed, plan),
            "unseen": figures(leaked, unseen, plan),
        },
        "training_accuracy": figures(honest, known, plan),
        "cpu_s": round(time.process_time() - started),
    }
