"""Pictures as a webcam would have taken them: single faces, and clips made of one."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from affetto_training.fer2013 import SIDE


def augment(images: Tensor, side: int, rng: torch.Generator) -> Tensor:
    """uint8 (n, 48, 48) → float32 (n, 1, side, side) in [0, 1], jittered, where images are.

    What a webcam does to a face: turned a little, nearer or farther, off centre,
    mirrored, under a lamp from one side, a hand in front, a little noise. Chance is
    drawn on the CPU, so that a seed means the same on every device.
    """
    n, where = len(images), images.device

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
    grid = F.affine_grid(theta.to(where), [n, 1, side, side], align_corners=False)
    x = F.grid_sample(x, grid, mode="bilinear", padding_mode="border", align_corners=False)
    # light: gamma, and a ramp across the face
    x = x.clamp_min(1e-3) ** torch.exp(uniform(-0.35, 0.35, 1, 1, 1)).to(where)
    ramp = torch.linspace(-1, 1, side).view(1, 1, 1, side) * uniform(-0.25, 0.25, 1, 1, 1)
    grain = torch.randn(x.shape, generator=rng) * uniform(0, 0.03, 1, 1, 1)
    x = x * (1 + ramp.to(where)) + grain.to(where)
    # a hand or hair: one grey box on a fifth of the faces
    boxes = torch.full((n, 1, side, side), -1.0)
    for i in torch.nonzero(torch.rand(n, generator=rng) < 0.2).flatten().tolist():
        high, wide = torch.randint(side // 8, side // 3, (2,), generator=rng).tolist()
        top = int(torch.randint(0, side - high, (1,), generator=rng))
        left = int(torch.randint(0, side - wide, (1,), generator=rng))
        boxes[i, :, top : top + high, left : left + wide] = float(torch.rand(1, generator=rng))
    boxes = boxes.to(where)
    return torch.where(boxes < 0, x, boxes).clamp(0, 1)


def hide(x: Tensor, rng: torch.Generator) -> Tensor:
    """Faces nobody could read any more: float32 (n, 1, side, side) in [0, 1], the same back.

    A third each: something before the mouth, the eyes or everything; too little light;
    too much blur. What covers is flat, striped, or another face's pixels upside down.
    """
    n, side = len(x), x.shape[-1]
    if n == 0:
        return x
    kind = torch.randint(3, (n,), generator=rng)
    level = torch.rand(n, 1, 1, 1, generator=rng)
    down = torch.linspace(0, 1, side).view(1, 1, side, 1)
    # covered: from an edge that leaves only forehead and eyes, or only mouth and chin
    part = torch.randint(3, (n, 1, 1, 1), generator=rng)
    below, above = down > 0.42 + 0.13 * level, down < 0.48 + 0.12 * level
    everything = torch.ones_like(below) & (down > 0.1 * level)
    cover = torch.where(part == 0, below, torch.where(part == 1, above, everything))
    stripes = 0.5 + 0.5 * torch.sin(down * 40 * torch.rand(n, 1, 1, 1, generator=rng))
    cloth = torch.rand(n, 3, 1, 1, generator=rng)
    stuff = torch.stack(
        [
            cloth[:, :1].expand_as(x),
            (cloth[:, 1:2] * 0.7 + 0.3 * stripes * cloth[:, 2:]).expand_as(x),
            x.flip(0, 2),
        ]
    )[torch.randint(3, (n,), generator=rng), torch.arange(n)]
    stuff = stuff + torch.randn(x.shape, generator=rng) * 0.03
    covered = torch.where(cover.expand_as(x), stuff, x)
    dark = x * (0.01 + 0.04 * level) + torch.randn(x.shape, generator=rng) * 0.015
    small = F.interpolate(x, size=(5, 5), mode="bilinear", antialias=True)
    blurred = F.interpolate(small, size=(side, side), mode="bicubic")
    hidden = torch.stack([covered, dark, blurred])[kind, torch.arange(n)]
    return hidden.clamp(0, 1)


def worn(x: Tensor, rng: torch.Generator) -> Tensor:
    """Faces from a cheap lens or far away: float32 (n, 1, side, side) in [0, 1].

    One in nine each is blurred, shrunk and enlarged again, or grainy; how much is one
    draw a batch for the first two, since a batch shares its kernel.
    """
    n, side = len(x), x.shape[-1]
    kind = torch.randint(9, (n,), generator=rng)
    sigma, small, grain = torch.rand(3, generator=rng).tolist()
    reach = torch.arange(-6, 7, dtype=torch.float32)
    kernel = torch.exp(-0.5 * (reach / (0.4 + 1.8 * sigma)) ** 2)
    kernel = (kernel / kernel.sum()).view(1, 1, 1, -1)
    padded = F.pad(x[kind == 0], (6, 6, 6, 6), mode="replicate")
    x[kind == 0] = F.conv2d(F.conv2d(padded, kernel), kernel.transpose(2, 3))
    few = round(side * (0.25 + 0.55 * small))
    shrunk = F.interpolate(x[kind == 1], size=(few, few), mode="bilinear", antialias=True)
    x[kind == 1] = F.interpolate(shrunk, size=(side, side), mode="bilinear")
    noise = torch.randn(x[kind == 2].shape, generator=rng) * (0.02 + 0.12 * grain)
    x[kind == 2] += noise
    return x.clamp(0, 1)


def plain(images: Tensor, side: int = SIDE) -> Tensor:
    """uint8 (n, 48, 48) → float32 (n, 1, side, side) in [0, 1], nothing else."""
    x = images.unsqueeze(1).float() / 255
    if side == SIDE:
        return x
    return F.interpolate(x, size=(side, side), mode="bilinear", antialias=True)


def mirrored(images: Tensor, side: int, rng: torch.Generator) -> Tensor:
    """Like ``plain``, every other face mirrored: all the jitter that earlier systems used."""
    x = plain(images, side)
    turned = torch.rand(len(x), 1, 1, 1, generator=rng) < 0.5
    return torch.where(turned.to(x.device), x.flip(3), x)


def clips(images: Tensor, side: int, frames: int, rng: torch.Generator) -> Tensor:
    """uint8 (n, 48, 48) → clips float32 (n, frames, 1, side, side) in [0, 1].

    Each clip is one face that drifts: place, size, turn and light go from one draw to
    another with a tremor, every frame has noise of its own, and in one of six something
    passes before the lens, so that no single frame can be trusted.
    """
    n = len(images)

    def path(reach: float, tremor: float) -> Tensor:
        start, end = ((torch.rand(2, n, 1, generator=rng) * 2 - 1) * reach).unbind()
        drift = torch.lerp(start, end, torch.linspace(0, 1, frames).expand(n, frames))
        return drift + torch.randn(n, frames, generator=rng) * tremor

    turn, zoom = path(0.2, 0.03), torch.exp(path(0.12, 0.02))
    mirror = torch.where(torch.rand(n, 1, generator=rng) < 0.5, -1.0, 1.0)
    cos, sin = torch.cos(turn) * zoom, torch.sin(turn) * zoom
    theta = torch.stack(
        [
            torch.stack([cos * mirror, -sin, path(0.15, 0.03)], 2),
            torch.stack([sin * mirror, cos, path(0.15, 0.03)], 2),
        ],
        2,
    ).flatten(0, 1)
    x = (images.unsqueeze(1).float() / 255).repeat_interleave(frames, 0)
    grid = F.affine_grid(theta, [n * frames, 1, side, side], align_corners=False)
    x = F.grid_sample(x, grid, mode="bilinear", padding_mode="border", align_corners=False)
    x = x * torch.exp(path(0.3, 0.05)).reshape(-1, 1, 1, 1)
    grain = torch.rand(n, 1, generator=rng).expand(n, frames).reshape(-1, 1, 1, 1) * 0.12
    x = x + torch.randn(x.shape, generator=rng) * grain
    covered = torch.rand(n * frames, 1, 1, 1, generator=rng) < 1 / 6
    edge = torch.randint(side // 4, 3 * side // 4, (n * frames, 1, 1, 1), generator=rng)
    below = torch.arange(side).view(1, 1, side, 1) >= edge
    x = torch.where(covered & below, torch.rand(n * frames, 1, 1, 1, generator=rng), x)
    return x.clamp(0, 1).reshape(n, frames, 1, side, side)
