"""Limits of this machine, and what a net asks of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from affetto.cli.bench import timed


def gigaflops() -> float:
    """The most float32 arithmetic one core does a second, in 1e9: a 768 × 768 product.

    By NumPy or by ONNX Runtime, whichever is faster here: not both know every processor.
    """
    import onnxruntime
    from onnx import TensorProto, helper

    side = 768
    a = np.ones((side, side), np.float32)
    told = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [side, side]) for name in "abc"]
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["a", "b"], ["c"])], "product", told[:2], told[2:]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    both = (lambda: a @ a, lambda: session.run(None, {"a": a, "b": a}))
    best = min(timed("", work, rounds=10).cpu_ms for work in both for _ in range(4))
    return 2 * side**3 / best / 1e6


def megaflops(model: Path) -> float:
    """Multiplications and additions in a net's convolutions and products, in 1e6."""
    import onnx

    graph = onnx.shape_inference.infer_shapes(onnx.load(model)).graph
    shapes = {
        value.name: [d.dim_value or 1 for d in value.type.tensor_type.shape.dim]
        for value in (*graph.input, *graph.value_info, *graph.output)
    }
    weights = {w.name: list(w.dims) for w in graph.initializer}
    for node in graph.node:  # kept small, and made float32 on the way
        if node.op_type in ("Cast", "DequantizeLinear") and node.input[0] in weights:
            weights[node.output[0]] = weights[node.input[0]]
    total = 0
    for node in graph.node:
        if node.op_type in ("Conv", "Gemm", "MatMul") and node.input[1] in weights:
            kernel = weights[node.input[1]]
            outputs = int(np.prod(shapes[node.output[0]]))
            inner = kernel[1:] if node.op_type == "Conv" else [min(kernel)]
            if node.op_type != "Conv":
                inner = [int(np.prod(kernel)) // shapes[node.output[0]][-1]]
            total += 2 * outputs * int(np.prod(inner))
    return total / 1e6
