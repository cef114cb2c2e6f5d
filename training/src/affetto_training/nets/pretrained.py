"""ResNet50 and ResNet50V2, with weights that were learnt on ImageNet when we can have them.

The bodies come from ``transformers``: ResNet, and BiT (Kolesnikov et al. 2020, arXiv
1912.11370), which is ResNet50V2 with groups in place of batches. Weights are named as on
a hub, or are a folder on this disk; without them the net starts from chance and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

SCRATCH: Final = "from scratch"
# Mean and spread of the colours that each family's weights expect.
COLOURS: Final = {
    "resnet50": ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "resnet50v2": ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
}


def _family(kind: str) -> tuple[Any, Any]:
    if kind == "resnet50":
        from transformers import ResNetConfig, ResNetModel

        return ResNetConfig, ResNetModel
    from transformers import BitConfig, BitModel

    return BitConfig, BitModel


class PretrainedNet(nn.Module):
    """A body of ``kind`` under a new last layer; grey goes in as three equal colours.

    ``weights`` is what the body was made from: a name, or "from scratch". ``plan`` is a
    body's own configuration: given one from a checkpoint, nothing is fetched.
    """

    def __init__(
        self,
        kind: str,
        classes: int,
        dropout: float,
        *,
        weights: str = "",
        frozen: int = 0,
        plan: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        configuration, model = _family(kind)
        self.weights = weights if plan and weights else SCRATCH
        self.body: Any = None
        if weights and plan is None:
            here = Path(weights).is_dir()
            try:
                self.body = model.from_pretrained(weights, local_files_only=here)
                self.weights = weights
            except (OSError, ValueError) as error:
                reason = str(error).splitlines()[0]
                print(f"no weights {weights!r}: training {SCRATCH} ({reason})", flush=True)
        if self.body is None:
            self.body = model(configuration(**plan) if plan else configuration())
        self.plan: dict[str, Any] = self.body.config.to_dict()
        self.frozen = frozen if self.weights != SCRATCH else 0
        self.labels = nn.Sequential(
            nn.Dropout(dropout), nn.Linear(self.plan["hidden_sizes"][-1], classes)
        )
        self.colours = torch.tensor(COLOURS[kind])
        for part in self._frozen_parts():
            part.requires_grad_(False)

    def _frozen_parts(self) -> list[nn.Module]:
        """The stem and the first ``frozen`` stages: edges and textures are edges anywhere."""
        if self.frozen == 0:
            return []
        return [self.body.embedder, *self.body.encoder.stages[: self.frozen]]

    def train(self, mode: bool = True) -> PretrainedNet:
        super().train(mode)
        for part in self._frozen_parts():
            part.eval()  # its running means stay as they came
        return self

    def forward(self, x: Tensor) -> tuple[Tensor, None]:
        mean, spread = self.colours.to(x).view(2, 1, 3, 1, 1)
        return self.labels(self.body((x - mean) / spread).pooler_output.flatten(1)), None
