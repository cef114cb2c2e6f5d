"""The training loop: data, net, steps, checkpoint, curve."""

from __future__ import annotations

import copy
import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from affetto.errors import Misuse
from affetto_training import nets
from affetto_training.augment import clips, plain
from affetto_training.config import Config
from affetto_training.fer2013 import FOUR, SIDE, Faces, hold_out, without_twins
from affetto_training.layouts import read_splits
from affetto_training.lessons import FromRaters, FromTeachers, Lessons


@dataclass
class Progress:
    """What a checkpoint holds beside the weights; the curve is the run's diary."""

    step: int = 0
    epoch: int = 0
    cpu_s: float = 0.0
    curve: list[dict[str, float]] = field(default_factory=list)


def device_of(name: str = "auto") -> torch.device:
    """The device that ``name`` asks for; "auto" is a CUDA GPU where there is one."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name.startswith("cuda") and not torch.cuda.is_available():
        raise Misuse(
            f"There is no CUDA GPU here for --device {name}.",
            remedy="Leave the option out, or say --device cpu.",
        )
    return torch.device(name)


def sets_of(config: Config, data: Path) -> tuple[Faces, Faces, Faces]:
    """What a run learns from, what it watches, and what scores it once it is done.

    Twins of every other split leave Training first; the watched images are Training's.
    """
    training, scoring, others = read_splits(data)
    training = without_twins(training, *others)
    if config.classes == len(FOUR):
        training, scoring = training.seen_as(FOUR), scoring.seen_as(FOUR)
    training, held = hold_out(training, config.held_out, config.seed)
    if config.data_limit:
        training, held = (
            part.only(np.arange(len(part)) < config.data_limit) for part in (training, held)
        )
    return training, held, scoring


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
    return [share * part + (1 - share) * part[other.to(part.device)] for part in parts]


def loss_of(
    outputs: tuple[Tensor, Tensor | None], labels: Tensor, votes: Tensor, config: Config
) -> Tensor:
    """Cross-entropy of each head; labels (n, classes) and votes (n, 9) are float32 shares."""
    official = F.cross_entropy(outputs[0], labels, label_smoothing=config.label_smoothing)
    if outputs[1] is None:
        return official
    crowd = -(votes * F.log_softmax(outputs[1], 1)).sum(1).mean()
    return official + config.votes_weight * crowd


@torch.no_grad()
def logits_of(
    net: nn.Module, images: Tensor, side: int = SIDE, frames: int = 1
) -> tuple[Tensor, Tensor | None]:
    """Logits of faces as they are: labels (n, classes), and votes (n, 9) if there is a head.

    Of clips, always the same clips of the same faces. Wherever the net is, they are float32
    and come back to the CPU.
    """
    net.eval()
    device = next(net.parameters()).device
    rng = torch.Generator().manual_seed(1)
    parts = (
        plain(part, side) if frames == 1 else clips(part, side, frames, rng)
        for part in torch.split(images, 256 // frames)
    )
    heads = list(zip(*(net(part.to(device)) for part in parts), strict=True))
    return torch.cat(heads[0]).cpu(), None if heads[1][0] is None else torch.cat(heads[1]).cpu()


def optimiser_of(net: nn.Module, config: Config) -> torch.optim.Optimizer:
    """Weights decay; biases and normalisations do not. Frozen weights are left out."""
    learnt = [p for p in net.parameters() if p.requires_grad]
    if config.optimiser == "adam":
        return torch.optim.Adam(learnt, lr=config.learning_rate)
    groups = [
        {"params": [p for p in learnt if p.ndim > 1], "weight_decay": config.weight_decay},
        {"params": [p for p in learnt if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate, betas=(0.9, 0.99))


def rate_at(done: float, config: Config) -> float:
    """The learning rate after a share ``done`` of all steps."""
    rise = done / config.warm_up if config.warm_up else 1.0
    fall = 0.5 * (1 + math.cos(math.pi * done)) if config.schedule == "cosine" else 1.0
    return config.learning_rate * max(min(rise, fall), 1e-3)


@torch.no_grad()
def follow(average: nn.Module, net: nn.Module, keep: float) -> None:
    """Move the averaged weights towards the net's."""
    pairs = zip(average.state_dict().values(), net.state_dict().values(), strict=True)
    for kept, new in pairs:
        if kept.dtype.is_floating_point:
            kept.lerp_(new, 1 - keep)
        else:
            kept.copy_(new)


def read_run(run: Path) -> tuple[Config, nn.Module, dict[str, Any]]:
    """A run's configuration, its net with the averaged weights, and its whole checkpoint."""
    checkpoint = run / "last.pt"
    if not checkpoint.exists():
        raise Misuse(
            f"{run} holds no run.", remedy="Train one first, with the command train and --out."
        )
    saved = torch.load(checkpoint, map_location="cpu", weights_only=False)
    config = Config(**saved["config"])
    net = nets.build(config, made_of=saved.get("made_of"))
    net.load_state_dict(saved["average"])
    net.eval()
    return config, net, saved


def train(
    config: Config,
    data: Path,
    out: Path,
    *,
    max_steps: int | None = None,
    cpu_s: float = math.inf,
    device: str = "auto",
    told: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Train, writing ``last.pt`` every epoch; started again, it goes on from there.

    The same seed gives the same run: every epoch draws from its own generator, so a
    run killed and resumed sees the batches it would have seen. It stops after the
    epoch in which it has used ``cpu_s`` CPU-seconds. A CUDA GPU computes in half
    precision with scaled gradients, a CPU in ``precision``. ``told`` hears of every epoch
    once its checkpoint is written, and of a resumed run before it goes on.
    """
    where = device_of(device)
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    training, held, _ = sets_of(config, data)
    numbers = torch.from_numpy(training.labels)
    lessons: Lessons
    if config.views:
        lessons = FromTeachers(training, config, out.parent / config.views)
    else:
        lessons = FromRaters(training, config, where)
    held_images, held_labels = torch.from_numpy(held.pixels), torch.from_numpy(held.labels)

    checkpoint = out / "last.pt"
    saved = (
        torch.load(checkpoint, map_location="cpu", weights_only=False)
        if checkpoint.exists()
        else {}
    )
    if saved and Config(**saved["config"]) != config:
        raise SystemExit(f"{checkpoint} belongs to another configuration; use another --out.")
    if saved and saved.get("data", training.digest) != training.digest:
        raise SystemExit(f"{checkpoint} has learnt from other data; use another --out.")
    if saved and tuple(saved.get("teachers", ())) != lessons.teachers:
        raise SystemExit(f"{checkpoint} has learnt from other teachers; use another --out.")
    net = nets.build(config, made_of=saved.get("made_of"))
    net = net.to(where, memory_format=torch.channels_last)  # type: ignore[call-overload]
    if not saved:
        first = plain(torch.from_numpy(training.pixels[:512]), config.phases[0][0])
        nets.settle(net, first.to(where))
    if config.begins_with and not saved:
        earlier, begun, _ = read_run(out.parent / config.begins_with)
        if (earlier.seed, earlier.held_out) != (config.seed, config.held_out):
            print(f"{earlier.name} has learnt from images held out here", flush=True)
        net.load_state_dict(begun.state_dict())
    average = copy.deepcopy(net)
    optimiser = optimiser_of(net, config)
    half = where.type == "cuda"
    brief = torch.float16 if half else getattr(torch, config.precision)
    layout = torch.channels_last if config.frames == 1 else torch.preserve_format
    scaler = torch.amp.GradScaler(where.type, enabled=half)
    per_epoch = max(1, len(training) // config.batch)
    sides = [side for side, epochs in config.phases for _ in range(epochs)]
    progress = Progress()
    if saved:
        net.load_state_dict(saved["net"])
        average.load_state_dict(saved["average"])
        optimiser.load_state_dict(saved["optimiser"])
        scaler.load_state_dict(saved.get("scaler") or scaler.state_dict())
        progress = Progress(**saved["progress"])
        print(f"resumed at epoch {progress.epoch}", flush=True)
        told(progress)

    for epoch in range(progress.epoch, len(sides)):
        rng = torch.Generator().manual_seed(config.seed * 1000 + epoch)
        torch.manual_seed(config.seed * 1000 + epoch)  # dropout
        blends = np.random.default_rng((config.seed, epoch))
        order = order_of(numbers, config.balance, rng)
        net.train()
        started, seen, running = time.process_time(), 0, 0.0
        for k in range(per_epoch):
            for group in optimiser.param_groups:
                group["lr"] = rate_at(progress.step / (per_epoch * len(sides)), config)
            rows = order[k * config.batch : (k + 1) * config.batch]
            x, y, crowd = lessons.draw(rows, sides[epoch], rng)
            if config.mixup:
                share = float(blends.beta(config.mixup, config.mixup))
                x, y, crowd = mixed(x, y, crowd, share=share, rng=rng)
            with torch.autocast(where.type, brief, enabled=brief != torch.float32):
                loss = loss_of(
                    net(x.to(where, memory_format=layout)), y.to(where), crowd.to(where), config
                )
            optimiser.zero_grad(set_to_none=True)
            scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
            scaler.step(optimiser)
            scaler.update()
            follow(average, net, min(config.ema, (1 + progress.step) / (10 + progress.step)))
            progress.step += 1
            seen += len(rows)
            running += float(loss.detach()) * len(rows)
            if max_steps is not None and progress.step >= max_steps:
                break
        progress.epoch = epoch + 1
        progress.cpu_s += time.process_time() - started
        guess, _ = logits_of(average, held_images, sides[epoch], config.frames)
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
            "made_of": nets.made_of(net),
            "net": net.state_dict(),
            "average": average.state_dict(),
            "optimiser": optimiser.state_dict(),
            "scaler": scaler.state_dict(),
            "data": training.digest,
            "teachers": lessons.teachers,
            "device": torch.cuda.get_device_name(where) if half else "CPU",
            "progress": asdict(progress),
        }
        torch.save(state, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)
        told(progress)
        if progress.cpu_s >= cpu_s or (max_steps is not None and progress.step >= max_steps):
            break
    return progress
