"""The nets we train, each read top to bottom; a configuration names one.

Input float32 (n, 1, h, w), grey in [0, 1], or clips (n, frames, 1, h, w). Each returns
logits of the classes (n, classes), and those of the FER+ votes (n, 9) where it has a head
for them, else None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from torch import Tensor, nn

from affetto.errors import Misuse
from affetto_training.nets.clip import ClipMean, ClipNet
from affetto_training.nets.densenet import DenseNet
from affetto_training.nets.expression import ExpressionNet, Residual
from affetto_training.nets.inception import InceptionNet
from affetto_training.nets.mobilenet import MobileNet
from affetto_training.nets.pretrained import COLOURS, PretrainedNet
from affetto_training.nets.resnet import ResNet
from affetto_training.nets.vgg import FourClassNet, VggNet
from affetto_training.nets.xception import XceptionNet, XceptionResNet

if TYPE_CHECKING:
    from affetto_training.config import Config

__all__ = ["NETS", "ExpressionNet", "Residual", "build", "made_of"]

NETS: Final[Mapping[str, Callable[[Config], nn.Module]]] = {
    "expression": lambda c: ExpressionNet(c.widths, c.dropout, c.classes, mirrored=c.mirrored),
    "mobilenet": lambda c: MobileNet(c.dropout, c.classes, weights=c.weights),
    "vgg": lambda c: VggNet(c.classes, c.dropout),
    "resnet": lambda c: ResNet(c.classes, c.dropout),
    "four-class": lambda c: FourClassNet(c.classes),
    "inception": lambda c: InceptionNet(c.classes, c.dropout),
    "densenet": lambda c: DenseNet(c.classes, c.dropout),
    "xception": lambda c: XceptionNet(c.classes, c.dropout),
    "xception-resnet": lambda c: XceptionResNet(c.classes, c.dropout),
    "cnn-lstm": lambda c: ClipNet(c.classes, c.dropout),
    "cnn-mean": lambda c: ClipMean(c.classes, c.dropout),
    **{
        kind: lambda c, kind=kind: PretrainedNet(  # type: ignore[misc]
            kind, c.classes, c.dropout, weights=c.weights, frozen=c.frozen
        )
        for kind in COLOURS
    },
}


def build(config: Config, *, made_of: Mapping[str, Any] | None = None) -> nn.Module:
    """The net a configuration names; ``made_of`` is what a checkpoint says of its body."""
    if config.net not in NETS:
        raise Misuse(
            f"There is no net called {config.net!r}.", remedy=f"Choose from {', '.join(NETS)}."
        )
    if made_of and config.net == "mobilenet":
        net = MobileNet(config.dropout, config.classes)
        net.weights = str(made_of["weights"])
        return net
    if made_of:
        return PretrainedNet(
            config.net, config.classes, config.dropout, frozen=config.frozen, **made_of
        )
    return NETS[config.net](config)


def made_of(net: nn.Module) -> dict[str, Any]:
    """What a checkpoint must keep to build the same net again: nothing for our own."""
    if isinstance(net, PretrainedNet):
        return {"weights": net.weights, "plan": net.plan}
    return {"weights": net.weights} if isinstance(net, MobileNet) else {}


def settle(net: nn.Module, images: Tensor) -> None:
    """Let a new net look at images (n, 1, h, w) once before it learns, if it wants to."""
    if isinstance(net, MobileNet):
        net.settle(images)
