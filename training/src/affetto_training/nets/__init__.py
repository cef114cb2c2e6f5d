"""The nets we train, each read top to bottom; a configuration names one.

Input float32 (n, 1, h, w), grey in [0, 1], or clips (n, frames, 1, h, w). Each returns
logits of the classes (n, classes), and those of the FER+ votes (n, 9) where it has a head
for them, else None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from torch import nn

from affetto.errors import Misuse
from affetto_training.nets.expression import ExpressionNet, Residual

if TYPE_CHECKING:
    from affetto_training.config import Config

__all__ = ["NETS", "ExpressionNet", "Residual", "build", "made_of"]

NETS: Final[Mapping[str, Callable[[Config], nn.Module]]] = {
    "expression": lambda c: ExpressionNet(c.widths, c.dropout, c.classes),
}


def build(config: Config, *, made_of: Mapping[str, Any] | None = None) -> nn.Module:
    """The net a configuration names; ``made_of`` is what a checkpoint says of its body."""
    if config.net not in NETS:
        raise Misuse(
            f"There is no net called {config.net!r}.", remedy=f"Choose from {', '.join(NETS)}."
        )
    return NETS[config.net](config)


def made_of(net: nn.Module) -> dict[str, Any]:
    """What a checkpoint must keep to build the same net again: nothing for our own."""
    return {}
