"""A photo and a camera frame, read."""

from __future__ import annotations

import io

import numpy as np

from affetto.cli.bench import peak_memory_mb, timed
from benches.machine import gigaflops, megaflops
from benches.table import ROUNDS, Row


def portrait(width: int = 640, height: int = 480) -> bytes:
    """The astronaut's head and shoulders as a JPEG of usual quality."""
    from PIL import Image
    from skimage.data import astronaut

    picture = Image.fromarray(astronaut()).crop((0, 0, 512, 384)).resize((width, height))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def reading() -> list[Row]:
    """A photo's bytes to its reading, and to a camera frame's; and with the Haar cascade."""
    from PIL import Image

    from affetto.inference import shelf
    from affetto.senses.camera import open_picture
    from affetto.senses.face import FaceReader
    from affetto.senses.haar_finder import HaarFinder

    data, reader = portrait(), FaceReader()
    assert reader.faces(open_picture(data)), "the astronaut's face was not found"
    photo = timed("", lambda: reader.faces(open_picture(data), thorough=True), rounds=ROUNDS)
    frame = timed("", lambda: reader.faces(open_picture(data), thorough=False), rounds=ROUNDS)
    peak = peak_memory_mb()
    decoding = timed("", lambda: Image.open(io.BytesIO(data)).convert("RGB"), rounds=ROUNDS)
    speed = gigaflops()

    def floor(detector: str) -> str:
        flops = sum(megaflops(shelf.find(name)[0]) for name in (detector, "expression"))
        return (
            f"Pillow decodes alone {decoding.cpu_ms:.1f}; the two nets' arithmetic, "
            f"{flops:.0f} MFLOP at {speed:.0f} GFLOP/s, {flops / speed:.1f}"
        )

    import cv2

    cv2.setNumThreads(1)
    earlier = FaceReader(finder=HaarFinder())
    count = len(earlier.look(open_picture(data)).faces)
    haar = timed("", lambda: earlier.faces(open_picture(data)), rounds=ROUNDS)
    return [
        Row("photo to reading", photo.median_ms, photo.p95_ms, photo.cpu_ms, photo.cpu_p95_ms,
            peak, "CPU 11 ms", photo.cpu_ms <= 11, floor("face-detector")),
        Row("the same by Haar and our net", haar.median_ms, haar.p95_ms, haar.cpu_ms,
            haar.cpu_p95_ms, beside=f"found {count} to read; scale 1.3, neighbours 5, one thread"),
        Row("camera frame to reading", frame.median_ms, frame.p95_ms, frame.cpu_ms,
            frame.cpu_p95_ms, peak, beside=floor("face-detector-near")),
        expression_alone(speed),
    ]  # fmt: skip


def expression_alone(speed: float) -> Row:
    """The expression net on one face that is cut out already, beside its arithmetic."""
    from affetto.inference import shelf
    from affetto.inference.runner import OnnxRunner

    path, card = shelf.find("expression")
    shape = [side if isinstance(side, int) else 1 for side in card.input.shape]
    face = np.random.default_rng(0).uniform(*card.input.range, shape).astype(np.float32)
    runner = OnnxRunner(path, card)
    alone = timed("", lambda: runner.run(face), rounds=3 * ROUNDS, warm_up=10)
    flops = megaflops(path)
    floor = f"its arithmetic, {flops:.0f} MFLOP at {speed:.0f} GFLOP/s: {flops / speed:.2f}"
    return Row("expression net alone, one face", alone.median_ms, alone.p95_ms, alone.cpu_ms,
               alone.cpu_p95_ms, bar="CPU 3 ms", met=alone.cpu_ms <= 3, beside=floor)  # fmt: skip
