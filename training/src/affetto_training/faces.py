"""Train the expression net: data, model, loop, export, read top to bottom.

    python -m affetto_training.faces train training/configs/faces-v1.toml --data DIR --out RUN
    python -m affetto_training.faces export RUN --to expression.onnx
    python -m affetto_training.faces evaluate --data FILE.parquet --model expression.onnx

Data is FER2013 (Goodfellow et al. 2013, arXiv 1307.0414) with the FER+ votes
(Barsoum et al. 2016, arXiv 1608.01041). Only Training is learnt from; PublicTest is
scored once, on the exported file; twins of PublicTest images leave Training first.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import math
import os
import sys
import time
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F

# The order in which FER2013 numbers its labels. It travels in the data and in the
# model's card; code that decodes a model reads it from there, never from here.
FER2013_LABELS: Final = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
FERPLUS_VOTES: Final = (
    "neutral", "happiness", "surprise", "sadness", "anger",
    "disgust", "fear", "contempt", "unknown", "NF",
)  # fmt: skip
SIDE: Final = 48  # pixels; FER2013's native crop


# -- configuration ------------------------------------------------------------------


@dataclass(frozen=True)
class Config:
    """One run we stand behind; a TOML file holds the same names."""

    name: str = "faces-v1"
    seed: int = 7
    widths: tuple[int, ...] = (24, 48, 96, 224)
    dropout: float = 0.15
    # (side in pixels, epochs): small images first, since most of learning is coarse.
    phases: tuple[tuple[int, int], ...] = ((32, 20), (48, 12))
    batch: int = 64
    learning_rate: float = 3e-3
    weight_decay: float = 0.02
    warm_up: float = 0.08  # share of all steps
    label_smoothing: float = 0.05
    votes_weight: float = 0.5  # weight of the FER+ head beside the official labels
    ema: float = 0.998
    held_out: int = 1200  # training images kept back for temperature and watching
    data_limit: int = 0  # 0 = all; tests use 64

    @classmethod
    def read(cls, path: Path) -> Config:
        values: dict[str, Any] = tomllib.loads(path.read_text())
        values["widths"] = tuple(values.get("widths", cls.widths))
        values["phases"] = tuple(tuple(p) for p in values.get("phases", cls.phases))
        return cls(**values)


# -- data ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Faces:
    """Face crops with their labels.

    pixels uint8 (n, 48, 48) grey; labels int64 (n,) in FER2013 order; votes float32
    (n, 9): share of raters for the eight FER+ expressions and "unclear" (unknown and
    not-a-face together), rows of zeros where nobody voted; twins: sha1 of the pixels.
    """

    pixels: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    votes: npt.NDArray[np.float32]
    twins: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.labels)

    def only(self, keep: npt.NDArray[Any]) -> Faces:
        return Faces(self.pixels[keep], self.labels[keep], self.votes[keep], self.twins[keep])


def read_parquet(path: Path, split: str) -> Faces:
    """Read one split of the parquet file described in docs/training.md."""
    table = pq.read_table(path, filters=[("split", "==", split)])
    rows = table.to_pydict()
    pixels = np.stack(
        [np.asarray(Image.open(io.BytesIO(b)).convert("L"), np.uint8) for b in rows["jpeg"]]
    )
    raw = np.array(
        [[rows[f"fp_{v}"][i] or 0 for v in FERPLUS_VOTES] for i in range(len(pixels))], np.float32
    )
    votes = np.concatenate([raw[:, :8], raw[:, 8:].sum(1, keepdims=True)], axis=1)
    total = votes.sum(1, keepdims=True)
    votes = np.divide(votes, total, out=np.zeros_like(votes), where=total > 0)
    twins = np.array([hashlib.sha1(p.tobytes()).hexdigest() for p in pixels])
    return Faces(pixels, np.array(rows["label"], np.int64), votes, twins)


def without_twins(training: Faces, *others: Faces) -> Faces:
    """Training without any image that also stands, pixel for pixel, in another split.

    Blank images go too: thirteen of FER2013's are one flat grey.
    """
    known = set[str]().union(*(set(o.twins.tolist()) for o in others))
    keep = np.array([t not in known for t in training.twins])
    keep &= training.pixels.reshape(len(training), -1).std(1) > 1.0
    return training.only(keep)


def hold_out(faces: Faces, count: int, seed: int) -> tuple[Faces, Faces]:
    """Split off about ``count`` images; copies of one image stay on one side."""
    order = np.random.default_rng(seed).permutation(np.unique(faces.twins))
    chosen = set(order[:count].tolist())
    held = np.array([t in chosen for t in faces.twins])
    return faces.only(~held), faces.only(held)


def augment(images: Tensor, side: int, rng: torch.Generator) -> Tensor:
    """uint8 (n, 48, 48) → float32 (n, 1, side, side) in [0, 1], jittered.

    What a webcam does to a face: turned a little, nearer or farther, off centre,
    mirrored, under a lamp from one side, a hand in front, a little noise.
    """
    n = len(images)

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return torch.rand(n, *shape, generator=rng) * (high - low) + low

    turn, zoom = uniform(-0.22, 0.22), uniform(0.85, 1.14)
    mirror = torch.where(torch.rand(n, generator=rng) < 0.5, -1.0, 1.0)
    cos, sin = torch.cos(turn) * zoom, torch.sin(turn) * zoom
    theta = torch.stack(
        [
            torch.stack([cos * mirror, -sin, uniform(-0.18, 0.18)], 1),
            torch.stack([sin * mirror, cos, uniform(-0.18, 0.18)], 1),
        ],
        1,
    )
    x = images.unsqueeze(1).float() / 255
    grid = F.affine_grid(theta, [n, 1, side, side], align_corners=False)
    x = F.grid_sample(x, grid, mode="bilinear", padding_mode="border", align_corners=False)
    # light: gamma, and a ramp across the face
    x = x.clamp_min(1e-3) ** torch.exp(uniform(-0.35, 0.35, 1, 1, 1))
    ramp = torch.linspace(-1, 1, side).view(1, 1, 1, side) * uniform(-0.25, 0.25, 1, 1, 1)
    x = x * (1 + ramp) + torch.randn(x.shape, generator=rng) * uniform(0, 0.03, 1, 1, 1)
    # a hand or hair: one grey box on a fifth of the faces
    for i in torch.nonzero(torch.rand(n, generator=rng) < 0.2).flatten().tolist():
        high, wide = torch.randint(side // 8, side // 3, (2,), generator=rng).tolist()
        top = int(torch.randint(0, side - high, (1,), generator=rng))
        left = int(torch.randint(0, side - wide, (1,), generator=rng))
        x[i, :, top : top + high, left : left + wide] = float(torch.rand(1, generator=rng))
    return x.clamp(0, 1)


def plain(images: Tensor, side: int = SIDE) -> Tensor:
    """uint8 (n, 48, 48) → float32 (n, 1, side, side) in [0, 1], nothing else."""
    x = images.unsqueeze(1).float() / 255
    if side == SIDE:
        return x
    return F.interpolate(x, size=(side, side), mode="bilinear", antialias=True)


# -- model --------------------------------------------------------------------------


def conv(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """x + f(x), f two convolutions."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(conv(width, width), conv(width, width))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)  # type: ignore[no-any-return]


class ExpressionNet(nn.Module):
    """A nine-layer residual net after D. Page's ResNet-9, with two heads.

    Input float32 (n, 1, h, w), grey in [0, 1]; each crop is standardised inside, so
    a dim room and a bright one look alike. Returns logits of the official labels
    (n, 7) and of the FER+ votes (n, 9).
    """

    def __init__(self, widths: tuple[int, ...], dropout: float) -> None:
        super().__init__()
        layers: list[nn.Module] = [conv(1, widths[0])]
        for before, width in zip(widths[:-1], widths[1:], strict=True):
            layers += [nn.MaxPool2d(2), conv(before, width), Residual(width)]
        self.body = nn.Sequential(*layers)
        self.drop = nn.Dropout(dropout)
        self.labels = nn.Linear(2 * widths[-1], len(FER2013_LABELS))
        self.votes = nn.Linear(2 * widths[-1], 9)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        mean = x.mean((2, 3), keepdim=True)
        spread = ((x - mean) ** 2).mean((2, 3), keepdim=True).sqrt()
        x = self.body((x - mean) / (spread + 0.02))
        x = self.drop(torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1))
        return self.labels(x), self.votes(x)


# -- loop ---------------------------------------------------------------------------


@dataclass
class Progress:
    """What a checkpoint holds beside the weights; the curve is the run's diary."""

    step: int = 0
    epoch: int = 0
    cpu_s: float = 0.0
    curve: list[dict[str, float]] = field(default_factory=list)


def loss_of(
    outputs: tuple[Tensor, Tensor], labels: Tensor, votes: Tensor, config: Config
) -> Tensor:
    official = F.cross_entropy(outputs[0], labels, label_smoothing=config.label_smoothing)
    crowd = -(votes * F.log_softmax(outputs[1], 1)).sum(1).mean()
    return official + config.votes_weight * crowd


@torch.no_grad()
def logits_of(net: nn.Module, images: Tensor, side: int = SIDE) -> Tensor:
    net.eval()
    return torch.cat([net(plain(part, side))[0] for part in images.split(256)])


def train(config: Config, data: Path, out: Path, *, max_steps: int | None = None) -> Progress:
    """Train, writing ``last.pt`` every epoch; started again, it goes on from there.

    The same seed gives the same run: every epoch draws from its own generator, so a
    run killed and resumed sees the batches it would have seen.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    public = read_parquet(data, "PublicTest")
    training, held = hold_out(
        without_twins(read_parquet(data, "Training"), public), config.held_out, config.seed
    )
    if config.data_limit:
        training, held = (
            training.only(np.arange(min(config.data_limit, len(training)))),
            held.only(np.arange(min(config.data_limit, len(held)))),
        )
    images, labels = torch.from_numpy(training.pixels), torch.from_numpy(training.labels)
    votes = torch.from_numpy(training.votes)
    held_images, held_labels = torch.from_numpy(held.pixels), torch.from_numpy(held.labels)

    net = ExpressionNet(config.widths, config.dropout).to(memory_format=torch.channels_last)
    average = ExpressionNet(config.widths, config.dropout)
    average.load_state_dict(net.state_dict())
    decayed = [p for p in net.parameters() if p.ndim > 1]
    others = [p for p in net.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": config.weight_decay},
            {"params": others, "weight_decay": 0.0},
        ],
        lr=config.learning_rate,
        betas=(0.9, 0.99),
    )
    per_epoch = max(1, len(training) // config.batch)
    sides = [side for side, epochs in config.phases for _ in range(epochs)]
    total = per_epoch * len(sides)
    progress = Progress()
    checkpoint = out / "last.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=False)
        if saved["config"] != asdict(config):
            raise SystemExit(f"{checkpoint} belongs to another configuration; use another --out.")
        net.load_state_dict(saved["net"])
        average.load_state_dict(saved["average"])
        optimiser.load_state_dict(saved["optimiser"])
        progress = Progress(**saved["progress"])
        print(f"resumed at epoch {progress.epoch}", flush=True)

    for epoch in range(progress.epoch, len(sides)):
        rng = torch.Generator().manual_seed(config.seed * 1000 + epoch)
        torch.manual_seed(config.seed * 1000 + epoch)  # dropout
        order = torch.randperm(len(training), generator=rng)
        net.train()
        started, seen, running = time.process_time(), 0, 0.0
        for k in range(per_epoch):
            done = progress.step / total
            scale = min(done / config.warm_up, 0.5 * (1 + math.cos(math.pi * done)))
            for group in optimiser.param_groups:
                group["lr"] = config.learning_rate * max(scale, 1e-3)
            rows = order[k * config.batch : (k + 1) * config.batch]
            x = augment(images[rows], sides[epoch], rng).to(memory_format=torch.channels_last)
            loss = loss_of(net(x), labels[rows], votes[rows], config)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            with torch.no_grad():
                keep = min(config.ema, (1 + progress.step) / (10 + progress.step))
                for kept, new in zip(
                    average.state_dict().values(), net.state_dict().values(), strict=True
                ):
                    if kept.dtype.is_floating_point:
                        kept.lerp_(new, 1 - keep)
                    else:
                        kept.copy_(new)
            progress.step += 1
            seen += len(rows)
            running += float(loss.detach()) * len(rows)
            if max_steps is not None and progress.step >= max_steps:
                break
        progress.epoch = epoch + 1
        progress.cpu_s += time.process_time() - started
        guess = logits_of(average, held_images, sides[epoch])
        progress.curve.append(
            {
                "epoch": epoch + 1,
                "side": sides[epoch],
                "train_loss": running / max(1, seen),
                "held_out_loss": float(F.cross_entropy(guess, held_labels)),
                "held_out_accuracy": float((guess.argmax(1) == held_labels).float().mean()),
                "cpu_s": progress.cpu_s,
            }
        )
        print(json.dumps(progress.curve[-1]), flush=True)
        state = {
            "config": asdict(config),
            "net": net.state_dict(),
            "average": average.state_dict(),
            "optimiser": optimiser.state_dict(),
            "progress": asdict(progress),
        }
        torch.save(state, checkpoint.with_suffix(".part"))
        os.replace(checkpoint.with_suffix(".part"), checkpoint)
        if max_steps is not None and progress.step >= max_steps:
            break
    return progress


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="affetto_training.faces", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("train", help="train a net from a TOML configuration")
    run.add_argument("config", type=Path)
    run.add_argument("--data", type=Path, required=True, help="FER2013 with FER+ votes (parquet)")
    run.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    run.add_argument("--threads", type=int, default=0, help="CPU threads (0 = all)")
    options = parser.parse_args(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    train(Config.read(options.config), options.data, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
