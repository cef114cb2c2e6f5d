"""Every net trains for two steps on 64 made-up faces, and comes back from its checkpoint."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch (installed when CI=true)")
pytest.importorskip("pyarrow", reason="training reads parquet")
pytest.importorskip("transformers", reason="two nets have bodies from transformers")

import torch
from torch import nn

from affetto.errors import Misuse
from affetto_training import nets
from affetto_training.config import Config
from affetto_training.evaluate import measure
from affetto_training.export import export
from affetto_training.loop import read_run, train
from affetto_training.nets import mobilenet
from affetto_training.nets.mobilenet import MobileNet

pytestmark = pytest.mark.training

TINY = Config(
    name="tiny", widths=(4, 8), phases=((48, 2),), batch=32, held_out=8, data_limit=64, dropout=0.1
)
OWN = sorted(set(nets.NETS) - {"resnet50", "resnet50v2"})


def config_of(net: str) -> Config:
    frames = 3 if net.startswith("cnn-") else 1
    return replace(TINY, net=net, frames=frames, classes=4 if net == "four-class" else 7)


@pytest.fixture(scope="module", params=["resnet50", "resnet50v2"])
def hub(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple:
    """A tiny model repository of one family, as a hub would hand it out."""
    from transformers import (
        BitConfig,
        BitForImageClassification,
        ResNetConfig,
        ResNetForImageClassification,
    )

    torch.manual_seed(5)
    small = {"embedding_size": 32, "hidden_sizes": [32, 64], "depths": [1, 1]}
    whole = (
        ResNetForImageClassification(ResNetConfig(**small))
        if request.param == "resnet50"
        else BitForImageClassification(BitConfig(**small, num_groups=4))
    )
    folder = tmp_path_factory.mktemp(request.param)
    whole.save_pretrained(folder)
    return request.param, folder, whole.base_model


@pytest.mark.parametrize("net", OWN)
def test_each_net_takes_two_steps_and_is_read_back_the_same(
    net: str, data: Path, tmp_path: Path
) -> None:
    config = config_of(net)
    progress = train(config, data, tmp_path, max_steps=2)
    assert progress.step == 2
    assert np.isfinite(progress.curve[-1]["train_loss"])
    found = measure(tmp_path, data)
    assert found["n"] == (9 if config.classes == 4 else 16)
    assert len(found["confusion"]) == config.classes
    _, again, saved = read_run(tmp_path)
    for kept, read in zip(saved["average"].values(), again.state_dict().values(), strict=True):
        assert torch.equal(kept, read)


def test_the_net_of_four_classes_is_the_one_described() -> None:
    net = nets.build(config_of("four-class"))
    layers = [
        (type(m).__name__, getattr(m, "out_channels", getattr(m, "out_features", None)))
        for m in net.modules()
        if isinstance(m, nn.Conv2d | nn.Linear | nn.MaxPool2d)
    ]
    assert layers == [
        ("Conv2d", 32), ("Conv2d", 64), ("MaxPool2d", None), ("Conv2d", 128), ("MaxPool2d", None),
        ("Conv2d", 128), ("MaxPool2d", None), ("Linear", 1024), ("Linear", 4),
    ]  # fmt: skip
    assert [m.p for m in net.modules() if isinstance(m, nn.Dropout)] == [0.25, 0.25, 0.5]


def test_a_clip_is_remembered_in_order_where_its_mean_knows_none() -> None:
    torch.manual_seed(0)
    clip = torch.rand(2, 5, 1, 32, 32)
    for name, ordered in (("cnn-lstm", True), ("cnn-mean", False)):
        net = nets.build(config_of(name)).eval()
        forwards, backwards = net(clip)[0], net(clip.flip(1))[0]
        assert torch.allclose(forwards, backwards, atol=1e-5) is not ordered
    assert torch.allclose(forwards.exp().sum(1), torch.ones(2), atol=1e-5)


def test_the_flagship_s_checkpoints_keep_their_names() -> None:
    keys = set(nets.build(TINY).state_dict())
    assert {"body.0.0.weight", "body.2.1.running_var", "body.3.body.1.0.weight"} <= keys
    assert {"labels.weight", "labels.bias", "votes.weight", "votes.bias"} <= keys


def test_weights_by_name_fill_the_body_and_stay_where_they_are_frozen(
    hub: tuple, data: Path, tmp_path: Path
) -> None:
    kind, folder, model = hub
    config = replace(TINY, net=kind, weights=str(folder), frozen=1, phases=((32, 2),))
    fresh = nets.build(config)
    for name, value in model.state_dict().items():
        assert torch.equal(fresh.body.state_dict()[name], value)
    train(config, data, tmp_path, max_steps=2)
    assert measure(tmp_path, data)["weights"] == str(folder)
    _, net, _ = read_run(tmp_path)
    before, after = model.state_dict(), net.body.state_dict()
    moved = {name for name in before if not torch.equal(before[name], after[name])}
    assert moved and all("stages.1" in n or n.startswith("norm") for n in moved)


def test_a_run_goes_on_after_its_weights_have_left_the_hub(
    hub: tuple, data: Path, tmp_path: Path
) -> None:
    kind, folder, _ = hub
    copy = tmp_path / "hub"
    shutil.copytree(folder, copy)
    config = replace(TINY, net=kind, weights=str(copy), frozen=1, phases=((32, 2),))
    train(config, data, tmp_path / "run", max_steps=2)
    shutil.rmtree(copy)
    assert train(config, data, tmp_path / "run").epoch == 2
    _, net, _ = read_run(tmp_path / "run")
    assert net.weights == str(copy) and net.frozen == 1


@pytest.mark.parametrize("kind", ["resnet50", "resnet50v2"])
def test_without_weights_to_be_had_the_run_says_from_scratch(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = str(tmp_path / "nowhere")
    net = nets.build(replace(TINY, net=kind, weights=nowhere, frozen=2))
    assert net.weights == "from scratch" and net.frozen == 0
    assert "training from scratch" in capsys.readouterr().out
    assert all(p.requires_grad for p in net.parameters())
    assert 23e6 < sum(p.numel() for p in net.parameters()) < 26e6  # fifty layers' worth
    assert net.eval()(torch.rand(1, 1, 32, 32))[0].shape == (1, 7)


def test_a_net_nobody_wrote_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(Misuse, match="cnn-lstm"):
        nets.build(replace(TINY, net="transformer"))


def test_only_the_expression_net_is_shipped(data: Path, tmp_path: Path) -> None:
    train(config_of("vgg"), data, tmp_path, max_steps=1)
    with pytest.raises(Misuse, match="only the expression net"):
        export(tmp_path, data, tmp_path / "x.onnx")


def written_graph(folder: Path, *, whole: bool = True) -> Path:
    """A MobileNet as TensorFlow.js keeps one: names and shapes in .json, numbers in .bin."""
    rng = np.random.default_rng(3)
    nodes, weights, numbers = [], [], []

    def add(name: str, *shape: int) -> str:
        kept = {"dtype": "float32", "quantization": {"dtype": "float16"}}
        weights.append({"name": name, "shape": shape, **kept})
        numbers.append(rng.normal(0, 0.2, shape).astype(np.float16).tobytes())
        return name

    def step(name: str, kind: str, constant: str) -> None:
        nodes.append({"name": f"{name}_bn/batchnorm_1/{kind}", "input": ["x", constant]})

    def full(name: str, side: int, inputs: int, outputs: int) -> None:
        step(name, "mul_1", add(f"{name}/kernel", side, side, inputs, outputs))
        step(name, "add_1", add(f"{name}/shift", outputs))

    full("conv1", 3, 3, 32)
    for k, (inputs, outputs, _) in enumerate(mobilenet.PAIRS, 1):
        add(f"conv_dw_{k}/depthwise_kernel", 3, 3, inputs, 1)
        step(f"conv_dw_{k}", "mul_1", add(f"conv_dw_{k}/scale", inputs))
        step(f"conv_dw_{k}", "add_1", add(f"conv_dw_{k}/shift", inputs))
        full(f"conv_pw_{k}", 1, inputs, outputs)
    (folder / "faces.bin").write_bytes(b"".join(numbers)[: None if whole else 1000])
    manifest = [{"paths": ["faces.bin"], "weights": weights}]
    file = folder / "faces.json"
    file.write_text(json.dumps({"modelTopology": {"node": nodes}, "weightsManifest": manifest}))
    return file


def test_a_mobilenet_begins_with_the_weights_it_is_given(tmp_path: Path) -> None:
    net = MobileNet(0.0, weights=str(written_graph(tmp_path)))
    assert net.weights == "faces"
    data = (tmp_path / "faces.bin").read_bytes()
    first = np.frombuffer(data, np.float16, 3 * 3 * 3 * 32).reshape(3, 3, 3, 32)
    assert np.array_equal(
        net.body[0][1].weight.detach().numpy(), first.transpose(3, 2, 0, 1).astype(np.float32)
    )
    images = torch.rand(8, 1, 96, 96, generator=torch.Generator().manual_seed(1))
    net.eval()
    before = [norm.weight.clone() for _, _, norm, _ in net.body]
    plain = images_through_convolutions(net, images)
    net.settle(images)
    assert not any(
        torch.equal(a, norm.weight) for a, (_, _, norm, _) in zip(before, net.body, strict=True)
    )
    settled = net.body(mobilenet._colours(images))
    assert torch.allclose(settled, plain, atol=1e-3), "settling must not change what it says"


def images_through_convolutions(net: MobileNet, x: torch.Tensor) -> torch.Tensor:
    """What the weights say by themselves, their normalisations folded in as they came."""
    x = mobilenet._colours(x)
    for pad, conv, _, active in net.body:
        x = active(conv(pad(x)))
    return x.detach()


def test_a_broken_file_of_weights_trains_from_scratch_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (tmp_path / "nowhere.json", written_graph(tmp_path, whole=False)):
        assert MobileNet(0.0, weights=str(file)).weights == "from scratch"
        assert "from scratch" in capsys.readouterr().out


def test_a_run_of_a_mobilenet_remembers_what_it_began_with(data: Path, tmp_path: Path) -> None:
    config = replace(config_of("mobilenet"), weights=str(written_graph(tmp_path)))
    train(config, data, tmp_path / "run", max_steps=1)
    assert measure(tmp_path / "run", data)["weights"] == "faces"
