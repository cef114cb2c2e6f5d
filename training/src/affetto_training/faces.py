"""Train the expression net: configuration, augmentation, loop, export, scores.

    python -m affetto_training.faces train training/configs/faces-v1.toml --data DIR --out RUN
    python -m affetto_training.faces export RUN --to expression.onnx
    python -m affetto_training.faces evaluate --data FILE.parquet --model expression.onnx

Data is FER2013 (Goodfellow et al. 2013, arXiv 1307.0414) with the FER+ votes
(Barsoum et al. 2016, arXiv 1608.01041). Only Training is learnt from; PublicTest is
scored once, on the exported file; twins of PublicTest images leave Training first.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from affetto_training.fer2013 import (
    FER2013_LABELS,
    SIDE,
    Faces,
    hold_out,
    read_parquet,
    without_twins,
)
from affetto_training.nets import ExpressionNet

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
    mixup: float = 0.0  # Beta(m, m) of Zhang et al. 2018; 0 = none
    balance: float = 0.0  # a class of n images is drawn as often as if it had n^(1 - b)
    ema: float = 0.998
    held_out: int = 1200  # training images kept back for temperature and watching
    data_limit: int = 0  # 0 = all; tests use 64

    @classmethod
    def read(cls, path: Path) -> Config:
        values: dict[str, Any] = tomllib.loads(path.read_text())
        values["widths"] = tuple(values.get("widths", cls.widths))
        values["phases"] = tuple(tuple(p) for p in values.get("phases", cls.phases))
        return cls(**values)


# -- augmentation ------------------------------------------------------------------


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


# -- loop ---------------------------------------------------------------------------


@dataclass
class Progress:
    """What a checkpoint holds beside the weights; the curve is the run's diary."""

    step: int = 0
    epoch: int = 0
    cpu_s: float = 0.0
    curve: list[dict[str, float]] = field(default_factory=list)


def order_of(labels: Tensor, balance: float, rng: torch.Generator) -> Tensor:
    """Which images an epoch sees, (n,): each once, or rare classes more often."""
    if balance == 0:
        return torch.randperm(len(labels), generator=rng)
    counts = torch.bincount(labels).clamp_min(1).double()
    weights = counts[labels] ** -balance
    return torch.multinomial(weights, len(labels), replacement=True, generator=rng)


def mixed(*parts: Tensor, share: float, rng: torch.Generator) -> list[Tensor]:
    """Each row of each part blended with the same other row, ``share`` of its own."""
    other = torch.randperm(len(parts[0]), generator=rng)
    return [share * part + (1 - share) * part[other] for part in parts]


def loss_of(
    outputs: tuple[Tensor, Tensor], labels: Tensor, votes: Tensor, config: Config
) -> Tensor:
    """Both heads' cross-entropy; labels float32 (n, 7) and votes (n, 9) are shares."""
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
    images, numbers = torch.from_numpy(training.pixels), torch.from_numpy(training.labels)
    labels = F.one_hot(numbers, len(FER2013_LABELS)).float()
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
        blends = np.random.default_rng((config.seed, epoch))
        order = order_of(numbers, config.balance, rng)
        net.train()
        started, seen, running = time.process_time(), 0, 0.0
        for k in range(per_epoch):
            done = progress.step / total
            scale = min(done / config.warm_up, 0.5 * (1 + math.cos(math.pi * done)))
            for group in optimiser.param_groups:
                group["lr"] = config.learning_rate * max(scale, 1e-3)
            rows = order[k * config.batch : (k + 1) * config.batch]
            x = augment(images[rows], sides[epoch], rng).to(memory_format=torch.channels_last)
            y, crowd = labels[rows], votes[rows]
            if config.mixup:
                share = float(blends.beta(config.mixup, config.mixup))
                x, y, crowd = mixed(x, y, crowd, share=share, rng=rng)
            loss = loss_of(net(x), y, crowd, config)
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
        checkpoint.with_suffix(".part").replace(checkpoint)
        if max_steps is not None and progress.step >= max_steps:
            break
    return progress


# -- export and scores ---------------------------------------------------------------


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature that makes held-out confidences honest (Guo et al. 2017)."""
    log_t = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([log_t], lr=0.2, max_iter=60)

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = F.cross_entropy(logits / log_t.exp(), labels)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return float(log_t.detach().exp())


@dataclass(frozen=True)
class Scores:
    """How well a model reads face crops it never saw."""

    n: int
    accuracy: float
    ci95: tuple[float, float]  # Wilson
    macro_f1: float
    ece: float  # 15 equal-width bins
    ferplus_accuracy: float  # against the plurality of the votes, seven expressions
    ferplus_n: int
    confusion: list[list[int]]  # rows true, columns read


def score(probabilities: npt.NDArray[np.float64], faces: Faces) -> Scores:
    """Score probabilities (n, 7) in FER2013 order against labels and votes."""
    read, true, n = probabilities.argmax(1), faces.labels, len(faces)
    confusion = np.zeros((7, 7), int)
    np.add.at(confusion, (true, read), 1)
    hit = confusion.diagonal()
    f1 = 2 * hit / np.maximum(1, confusion.sum(0) + confusion.sum(1))
    accuracy, z = float((read == true).mean()), 1.96
    centre = (accuracy + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(accuracy * (1 - accuracy) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    confidence, right = probabilities.max(1), read == true
    bins = np.minimum((confidence * 15).astype(int), 14)
    ece = sum(abs(confidence[bins == b].sum() - right[bins == b].sum()) / n for b in range(15))
    # FER+ order: neutral happiness surprise sadness anger disgust fear contempt unclear
    to_fer2013 = np.array([6, 3, 5, 4, 0, 1, 2, -1, -1])
    top = faces.votes.max(1, keepdims=True)
    plain_win = ((faces.votes == top).sum(1) == 1) & (top[:, 0] > 0)
    crowd = to_fer2013[faces.votes.argmax(1)]
    voted = plain_win & (crowd >= 0)
    return Scores(
        n=n,
        accuracy=accuracy,
        ci95=(centre - half, centre + half),
        macro_f1=float(f1.mean()),
        ece=float(ece),
        ferplus_accuracy=float((read[voted] == crowd[voted]).mean()) if voted.any() else 0.0,
        ferplus_n=int(voted.sum()),
        confusion=confusion.tolist(),
    )


def read_with(model: Path, faces: Faces, temperature: float) -> npt.NDArray[np.float64]:
    """Probabilities (n, 7) of an exported model, one crop at a time as the product does."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    images = faces.pixels[:, None].astype(np.float32) / 255
    logits = np.concatenate(
        [
            session.run(["logits"], {"image": images[i : i + 64]})[0]
            for i in range(0, len(images), 64)
        ]
    ).astype(np.float64)
    logits = logits / temperature
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True))


def export(run: Path, data: Path, to: Path) -> Scores:
    """Write ``to`` (ONNX) and its card from a run's averaged weights.

    The temperature comes from the images held out of Training; PublicTest is only
    scored. Fails when the file and the net disagree by more than half precision can.
    """
    import onnx

    from affetto_training.export import card_of, to_onnx

    saved = torch.load(run / "last.pt", weights_only=False)
    config = Config(**saved["config"])
    net = ExpressionNet(config.widths, config.dropout)
    net.load_state_dict(saved["average"])
    net.eval()
    public = read_parquet(data, "PublicTest")
    training = without_twins(read_parquet(data, "Training"), public)
    _, held = hold_out(training, config.held_out, config.seed)
    temperature = fit_temperature(
        logits_of(net, torch.from_numpy(held.pixels)), torch.from_numpy(held.labels)
    )
    onnx.save(to_onnx(net), str(to))
    part = held.only(np.arange(min(256, len(held))))
    expected = F.softmax(logits_of(net, torch.from_numpy(part.pixels)) / temperature, 1).numpy()
    gap = float(np.abs(read_with(to, part, temperature) - expected).max())
    if gap > 0.02:
        raise SystemExit(f"{to} disagrees with its net by {gap:.3f}; nothing was shipped.")
    scores = score(read_with(to, public, temperature), public)
    clean = public.only(~np.isin(public.twins, read_parquet(data, "Training").twins))
    no_twins = score(read_with(to, clean, temperature), clean)
    progress = saved["progress"]
    card = card_of(
        to,
        version=config.name,
        temperature=temperature,
        data=(
            f"FER2013 Training, {len(training) - len(held)} images after removing the twins of "
            f"PublicTest, with FER+ votes; {len(held)} more held out for the temperature."
        ),
        scores={
            "PublicTest": {k: _rounded(v) for k, v in asdict(scores).items()},
            "PublicTest without twins": {
                "n": no_twins.n,
                "accuracy": round(no_twins.accuracy, 4),
                "macro_f1": round(no_twins.macro_f1, 4),
            },
            "training": {
                "epochs": progress["epoch"],
                "cpu_s": round(progress["cpu_s"]),
                "seed": config.seed,
            },
        },
        notes=(
            "Reads an expression, which is not a feeling. FER2013 is posed and found "
            "photographs of faces, labelled by few people: ten other raters agree with its "
            "labels for about 64 in 100. No labelled groups of age, gender or skin were "
            "available, so nothing is claimed about them."
        ),
    )
    card.write(to.with_name(f"{to.stem}.card.json"))
    return scores


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, tuple):
        return [round(v, 4) for v in value]
    return value


def main(arguments: list[str] | None = None) -> int:
    """Train, export or evaluate; each command prints what it did."""
    parser = argparse.ArgumentParser(
        prog="python -m affetto_training.faces", description="Train and score the expression net."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("train", help="train a net from a TOML configuration")
    run.add_argument("config", type=Path)
    run.add_argument("--data", type=Path, required=True, help="FER2013 with FER+ votes (parquet)")
    run.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    run.add_argument("--threads", type=int, default=0, help="CPU threads (0 = all)")
    ship = commands.add_parser("export", help="write ONNX and card from a run")
    ship.add_argument("run", type=Path)
    ship.add_argument("--data", type=Path, required=True, help="FER2013 with FER+ votes (parquet)")
    ship.add_argument("--to", type=Path, required=True, help="the ONNX file to write")
    judge = commands.add_parser("evaluate", help="score an exported model on face crops")
    judge.add_argument("--data", type=Path, required=True, help="FER2013 with FER+ votes (parquet)")
    judge.add_argument("--split", default="PublicTest")
    judge.add_argument("--model", type=Path, help="ONNX file (default: the one in the package)")
    options = parser.parse_args(arguments)
    if options.command == "train":
        if options.threads:
            torch.set_num_threads(options.threads)
        train(Config.read(options.config), options.data, options.out)
    elif options.command == "export":
        print(json.dumps(asdict(export(options.run, options.data, options.to))))
    else:
        from affetto.inference import shelf
        from affetto.inference.card import ModelCard

        model, card = (
            (options.model, ModelCard.read(options.model.with_suffix(".card.json")))
            if options.model
            else shelf.find("expression")
        )
        faces = read_parquet(options.data, options.split)
        print(json.dumps(asdict(score(read_with(model, faces, card.temperature), faces))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
