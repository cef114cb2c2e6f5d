"""Turn the two BlazeFace nets of MediaPipe from TensorFlow Lite into plain ONNX.

    python tools/build_detector.py [--from FOLDER] [--to FOLDER]

``face-detector-near`` is the short-range net, ``face-detector`` the full-range one. The
weights are Google's (MediaPipe, Apache-2.0) and come with the npm package
``@mediapipe/face_detection``; no copy of them is kept in this repository. Each ONNX file
holds the same net, float16 weights widened to float32, in the channel order that
onnxruntime likes: input ``image`` float32 (1, 3, side, side), RGB in [-1, 1]; outputs
``boxes`` float32 (1, n, 16) and ``scores`` float32 (1, n, 1), as in the original; the
cards give side and n.

Run again, it does nothing when the outputs are there and came from these sources. The
same source gives the same bytes, so the card beside an output can name its sha256.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from affetto.errors import AffettoError, ModelMissing
from affetto.inference.card import ModelCard

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCES: Final = ROOT / "web/node_modules/@mediapipe/face_detection"
TARGETS: Final = ROOT / "src/affetto/inference/models"
DETECTORS: Final = ("face-detector-near", "face-detector")

OPSET: Final = 17  # read by every onnxruntime from 1.13 on
IR_VERSION: Final = 8

Array = npt.NDArray[Any]


def main(arguments: list[str] | None = None) -> int:
    """Build both detectors; 0 when they are there afterwards."""
    parser = argparse.ArgumentParser(
        prog="build_detector", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--from", dest="sources", type=Path, default=SOURCES, metavar="FOLDER")
    parser.add_argument("--to", dest="targets", type=Path, default=TARGETS, metavar="FOLDER")
    options = parser.parse_args(arguments)
    for name in DETECTORS:
        card = ModelCard.read(TARGETS / f"{name}.card.json")
        target = options.targets / f"{name}.onnx"
        try:
            built = build(options.sources / card.source["file"], target, card)
        except AffettoError as error:
            print(f"{error.problem} {error.remedy}", file=sys.stderr)
            return 1
        print(f"{target.name}: {'built' if built else 'already there'}", file=sys.stderr)
    return 0


def build(source: Path, target: Path, card: ModelCard) -> bool:
    """Write ``target`` unless it already holds what ``card`` describes. True if written."""
    if target.is_file() and _sha256(target.read_bytes()) == card.sha256:
        return False
    if not source.is_file():
        raise ModelMissing(
            f"The face detector's source {source} is not there.",
            remedy="Run `npm ci` in the folder web, or name its folder with --from.",
        )
    original = source.read_bytes()
    expected = card.source.get("sha256")
    if _sha256(original) != expected:
        raise ModelMissing(
            f"{source} is not the file the detector is built from (its checksum differs).",
            remedy="Run `npm ci` in the folder web, which fetches the pinned version.",
        )
    converted = convert(original)
    if _sha256(converted) != card.sha256:
        raise ModelMissing(
            "The converted detector is not the one its card describes: "
            f"it has sha256 {_sha256(converted)}.",
            remedy="If tools/build_detector.py was changed on purpose, put that in the card.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_bytes(converted)
    part.replace(target)
    return True


def convert(original: bytes) -> bytes:
    """The bytes of an ONNX model that computes what the TensorFlow Lite model computes.

    Raises AffettoError when the model holds an operation this converter does not know.
    """
    try:
        import onnx
        import tflite
    except ImportError as error:
        raise AffettoError(
            f"The converter needs the Python package {error.name}, which is not installed.",
            remedy="Run `make run`, or `pip install --group build` with pip 25.1 or newer.",
        ) from error
    graph = tflite.Model.GetRootAs(original, 0)
    return _Converter(graph, tflite, onnx).written()


class _Converter:
    """Walks the operations once, in order, which TensorFlow Lite keeps topological."""

    def __init__(self, model: Any, tflite: Any, onnx: Any) -> None:
        self.model, self.tflite, self.onnx = model, tflite, onnx
        self.graph = model.Subgraphs(0)
        self.nodes: list[Any] = []
        self.weights: dict[str, Array] = {}
        self.constants: dict[int, Array] = {}  # tensor index → value, channels last
        self.names: dict[int, str] = {}  # tensor index → name of its value in ONNX
        self.names_of_operations = {
            number: name
            for name, number in vars(tflite.BuiltinOperator).items()
            if isinstance(number, int)
        }

    # -- reading ------------------------------------------------------------------------

    def operations(self) -> Iterator[tuple[str, Any, list[int], list[int]]]:
        for k in range(self.graph.OperatorsLength()):
            operation = self.graph.Operators(k)
            code = self.model.OperatorCodes(operation.OpcodeIndex())
            number = max(code.BuiltinCode(), code.DeprecatedBuiltinCode())
            yield (
                self.names_of_operations[number],
                operation,
                [int(i) for i in operation.InputsAsNumpy()],
                [int(i) for i in operation.OutputsAsNumpy()],
            )

    def shape(self, index: int) -> list[int]:
        return [int(n) for n in self.graph.Tensors(index).ShapeAsNumpy()]

    def constant(self, index: int) -> Array:
        """The value of a tensor that is known before anything runs."""
        if index not in self.constants:
            tensor = self.graph.Tensors(index)
            kinds = {
                self.tflite.TensorType.FLOAT16: np.float16,
                self.tflite.TensorType.FLOAT32: np.float32,
                self.tflite.TensorType.INT32: np.int32,
            }
            raw = self.model.Buffers(tensor.Buffer()).DataAsNumpy()
            self.constants[index] = raw.view(kinds[tensor.Type()]).reshape(self.shape(index))
        return self.constants[index]

    def options(self, operation: Any, kind: str) -> Any:
        options = getattr(self.tflite, kind)()
        table = operation.BuiltinOptions()
        options.Init(table.Bytes, table.Pos)
        return options

    # -- writing ------------------------------------------------------------------------

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        node = self.onnx.NodeProto(op_type=kind, name=output, input=inputs, output=[output])
        for name, value in sorted(attributes.items()):
            node.attribute.append(self.onnx.helper.make_attribute(name, value))
        self.nodes.append(node)
        return output

    def weight(self, name: str, value: Array) -> str:
        self.weights[name] = np.ascontiguousarray(value)
        return name

    def written(self) -> bytes:
        (image,) = (int(i) for i in self.graph.InputsAsNumpy())
        self.names[image] = "image"
        for name, operation, inputs, outputs in self.operations():
            step = getattr(self, f"_{name.lower()}", None)
            if step is None:
                raise AffettoError(
                    f"The detector holds the operation {name}, which the converter does not know.",
                    remedy="Use the files that the cards name, not the sparse one.",
                )
            step(operation, inputs, outputs[0])
        outputs = {
            16: "boxes",
            1: "scores",
        }
        infos = []
        for index in (int(i) for i in self.graph.OutputsAsNumpy()):
            shape = self.shape(index)
            name = outputs[shape[-1]]
            self.add("Identity", [self.names[index]], name)
            infos.append(self._value(name, shape))
        _, high, wide, colours = self.shape(image)
        helper = self.onnx.numpy_helper
        graph = self.onnx.GraphProto(
            name="face-detector",
            node=self.nodes,
            input=[self._value("image", [1, colours, high, wide])],
            output=sorted(infos, key=lambda info: str(info.name)),
            initializer=[helper.from_array(v, name=n) for n, v in self.weights.items()],
        )
        proto = self.onnx.ModelProto(
            ir_version=IR_VERSION,
            producer_name="affetto",
            graph=graph,
            opset_import=[self.onnx.OperatorSetIdProto(domain="", version=OPSET)],
        )
        self.onnx.checker.check_model(proto)
        return bytes(proto.SerializeToString(deterministic=True))

    def _value(self, name: str, shape: list[int]) -> Any:
        return self.onnx.helper.make_tensor_value_info(name, self.onnx.TensorProto.FLOAT, shape)

    # -- the operations -----------------------------------------------------------------

    def _dequantize(self, operation: Any, inputs: list[int], output: int) -> None:
        self.constants[output] = self.constant(inputs[0]).astype(np.float32)

    def _conv_2d(self, operation: Any, inputs: list[int], output: int) -> None:
        options = self.options(operation, "Conv2DOptions")
        kernel = self.constant(inputs[1]).transpose(0, 3, 1, 2)  # OHWI → OIHW
        self._convolve(options, inputs, output, kernel, group=1)

    def _depthwise_conv_2d(self, operation: Any, inputs: list[int], output: int) -> None:
        options = self.options(operation, "DepthwiseConv2DOptions")
        kernel = self.constant(inputs[1]).transpose(3, 0, 1, 2)  # 1HWC → C1HW
        self._convolve(options, inputs, output, kernel, group=len(kernel))

    def _convolve(
        self, options: Any, inputs: list[int], output: int, kernel: Array, *, group: int
    ) -> None:
        size, stride = kernel.shape[2:], (options.StrideH(), options.StrideW())
        if (options.DilationHFactor(), options.DilationWFactor()) != (1, 1):
            raise AffettoError(
                "The detector holds a dilated convolution, which the converter does not know.",
                remedy="Use the files that the cards name.",
            )
        name = f"t{output}"
        self.names[output] = self.add(
            "Conv",
            [
                self.names[inputs[0]],
                self.weight(f"{name}.kernel", kernel),
                self.weight(f"{name}.bias", self.constant(inputs[2])),
            ],
            name,
            kernel_shape=list(size),
            strides=list(stride),
            pads=self._pads(options, self.shape(inputs[0])[1:3], size, stride),
            group=group,
        )
        self._activate(options, output)

    def _pads(
        self, options: Any, extent: list[int], size: tuple[int, ...], stride: tuple[int, int]
    ) -> list[int]:
        """Padding (top, left, bottom, right); SAME puts the odd pixel below and right."""
        if options.Padding() == self.tflite.Padding.VALID:
            return [0, 0, 0, 0]
        whole = [
            max(0, (-(-n // s) - 1) * s + k - n)
            for n, s, k in zip(extent, stride, size, strict=True)
        ]
        return [whole[0] // 2, whole[1] // 2, whole[0] - whole[0] // 2, whole[1] - whole[1] // 2]

    def _activate(self, options: Any, output: int) -> None:
        kind = options.FusedActivationFunction()
        known = self.tflite.ActivationFunctionType
        if kind == known.RELU:
            self.names[output] = self.add("Relu", [self.names[output]], f"t{output}.relu")
        elif kind != known.NONE:
            raise AffettoError(
                f"The detector holds the activation number {kind}, which the converter lacks.",
                remedy="Use the files that the cards name.",
            )

    def _max_pool_2d(self, operation: Any, inputs: list[int], output: int) -> None:
        options = self.options(operation, "Pool2DOptions")
        size = (options.FilterHeight(), options.FilterWidth())
        stride = (options.StrideH(), options.StrideW())
        self.names[output] = self.add(
            "MaxPool",
            [self.names[inputs[0]]],
            f"t{output}",
            kernel_shape=list(size),
            strides=list(stride),
            pads=self._pads(options, self.shape(inputs[0])[1:3], size, stride),
        )
        self._activate(options, output)

    def _relu(self, operation: Any, inputs: list[int], output: int) -> None:
        self.names[output] = self.add("Relu", [self.names[inputs[0]]], f"t{output}")

    def _prelu(self, operation: Any, inputs: list[int], output: int) -> None:
        slope = self.constant(inputs[1]).reshape(-1, 1, 1)
        weight = self.weight(f"t{output}.slope", slope)
        self.names[output] = self.add("PRelu", [self.names[inputs[0]], weight], f"t{output}")

    def _add(self, operation: Any, inputs: list[int], output: int) -> None:
        names = [self.names[i] for i in inputs]
        self.names[output] = self.add("Add", names, f"t{output}")
        self._activate(self.options(operation, "AddOptions"), output)

    def _pad(self, operation: Any, inputs: list[int], output: int) -> None:
        before, after = self.constant(inputs[1])[[0, 3, 1, 2]].T  # NHWC → NCHW
        pads = self.weight(f"t{output}.pads", np.concatenate([before, after]).astype(np.int64))
        self.names[output] = self.add("Pad", [self.names[inputs[0]], pads], f"t{output}")

    def _resize_bilinear(self, operation: Any, inputs: list[int], output: int) -> None:
        options = self.options(operation, "ResizeBilinearOptions")
        way = "asymmetric"
        if options.HalfPixelCenters():
            way = "half_pixel"
        elif options.AlignCorners():
            way = "align_corners"
        _, high, wide, _ = self.shape(inputs[0])
        _, new_high, new_wide, _ = self.shape(output)
        scales = np.array([1, 1, new_high / high, new_wide / wide], np.float32)
        self.names[output] = self.add(
            "Resize",
            [self.names[inputs[0]], "", self.weight(f"t{output}.scales", scales)],
            f"t{output}",
            mode="linear",
            coordinate_transformation_mode=way,
        )

    def _reshape(self, operation: Any, inputs: list[int], output: int) -> None:
        last = self.add("Transpose", [self.names[inputs[0]]], f"t{output}.last", perm=[0, 2, 3, 1])
        shape = self.weight(f"t{output}.shape", np.array(self.shape(output), np.int64))
        self.names[output] = self.add("Reshape", [last, shape], f"t{output}")

    def _concatenation(self, operation: Any, inputs: list[int], output: int) -> None:
        options = self.options(operation, "ConcatenationOptions")
        axis = options.Axis() % len(self.shape(output))
        if len(self.shape(output)) == 4:
            axis = (0, 2, 3, 1)[axis]
        names = [self.names[i] for i in inputs]
        self.names[output] = self.add("Concat", names, f"t{output}", axis=axis)
        self._activate(options, output)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
