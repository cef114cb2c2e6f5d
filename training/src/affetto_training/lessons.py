"""What a net is shown while it learns, and what it is told that it saw."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor
from torch.nn import functional as F

from affetto_training.augment import augment, clips, mirrored, plain, worn
from affetto_training.config import Config
from affetto_training.fer2013 import SIDE, Faces
from affetto_training.views import Views

# Crops (n, 1, side, side) or clips of them, labels (n, classes), votes (n, 9), all float32.
Lesson = tuple[Tensor, Tensor, Tensor]


class Lessons(Protocol):
    """Rows of Training as a net is shown them."""

    teachers: tuple[str, ...]  # other nets whose opinion is in what it is told

    def draw(self, rows: Tensor, side: int, rng: torch.Generator) -> Lesson:
        """The faces numbered ``rows`` (n,), jittered anew each time."""
        ...


class FromRaters:
    """Each face with its official label and the shares of its FER+ votes.

    Single crops are jittered on the device ``where``, which a GPU does in no time.
    """

    teachers: tuple[str, ...] = ()

    def __init__(self, faces: Faces, config: Config, where: torch.device) -> None:
        self._config = config
        images = torch.from_numpy(faces.pixels)
        self._images = images if config.frames > 1 else images.to(where)
        self._labels = F.one_hot(torch.from_numpy(faces.labels), config.classes).float()
        self._votes = torch.from_numpy(faces.votes)

    def draw(self, rows: Tensor, side: int, rng: torch.Generator) -> Lesson:
        images = self._images[rows.to(self._images.device)]
        return self._shown(images, side, rng), self._labels[rows], self._votes[rows]

    def _shown(self, images: Tensor, side: int, rng: torch.Generator) -> Tensor:
        if self._config.frames > 1:
            return clips(images, side, self._config.frames, rng)
        if self._config.augment == "none":
            return plain(images, side)
        jitter = augment if self._config.augment == "webcam" else mirrored
        return jitter(images, side, rng)


class FromTeachers:
    """Each face as its teachers saw it, with what they said mixed into what raters said.

    A teacher who reads exactly the picture that the pupil reads teaches best (Beyer et
    al. 2022, arXiv 2106.05237), so the jittered views are kept, not only the answers.
    Only what a poor lens takes away is the pupil's alone: it learns how much of the answer
    is then still to be seen. A face nobody could read (``Views.hidden``) has no label, and
    its votes say "unclear".
    """

    def __init__(self, faces: Faces, config: Config, views: Path) -> None:
        self._views = Views.read(views, faces)
        self.teachers = self._views.teachers
        self._share = config.taught
        self._labels = F.one_hot(torch.from_numpy(faces.labels), config.classes).float()
        self._votes = torch.from_numpy(faces.votes)

    def draw(self, rows: Tensor, side: int, rng: torch.Generator) -> Lesson:
        which = torch.randint(len(self._views.pixels), (len(rows),), generator=rng)
        at = (which, rows)
        x = self._views.pixels[at].unsqueeze(1).float() / 255
        turned = torch.rand(len(x), 1, 1, 1, generator=rng) < 0.5
        x = worn(torch.where(turned, x.flip(3), x), rng)
        if side != SIDE:
            x = F.interpolate(x, size=(side, side), mode="bilinear", antialias=True)
        share, hidden = self._share, self._views.hidden[at].float().unsqueeze(1)
        asked = self._votes[rows].sum(1, keepdim=True) > 0
        taught = self._views.votes[at].float()
        labels = torch.lerp(self._labels[rows], self._views.labels[at].float(), share)
        votes = torch.where(asked, torch.lerp(self._votes[rows], taught, share), taught)
        unclear = F.one_hot(torch.tensor(votes.shape[1] - 1), votes.shape[1]).float()
        return x, labels * (1 - hidden), torch.lerp(votes, unclear, hidden)
