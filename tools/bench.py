"""How fast, how much memory: each figure beside its bar and a limit of this machine.

    make bench                      a table for people
    make bench ARGS=--markdown      the same for a page

The face is scikit-image's astronaut (NASA, public domain) as a 640 × 480 JPEG. CPU times
are the process's own, so a busy machine disturbs them little; wall times are as they
come. Every part runs in a process of its own, so its peak memory is its own too.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import numpy as np

import house
from affetto.cli.bench import (
    TRACKS,
    large_library,
    measure_choosing,
    peak_memory_mb,
    quantile,
    timed,
)

if TYPE_CHECKING:
    from long_kit import Server

# One thread each, as the models run; NumPy reads it as it wakes.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
ROUNDS = 100


@dataclass
class Row:
    """One figure. Times in ms; None where a figure makes no sense."""

    what: str
    median: float | None = None
    p95: float | None = None
    cpu: float | None = None
    cpu_p95: float | None = None
    peak_mb: float | None = None
    bar: str = ""
    met: bool | None = None
    beside: str = ""


def portrait(width: int = 640, height: int = 480) -> bytes:
    """The astronaut's head and shoulders as a JPEG of usual quality."""
    from PIL import Image
    from skimage.data import astronaut

    picture = Image.fromarray(astronaut()).crop((0, 0, 512, 384)).resize((width, height))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


# -- limits of this machine -----------------------------------------------------------


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


# -- parts ----------------------------------------------------------------------------


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


def choosing() -> list[Row]:
    """One track out of 100,000, beside the plainest search NumPy can make."""
    told = measure_choosing(ROUNDS)
    peak = peak_memory_mb()
    library = large_library(TRACKS)
    rng = np.random.default_rng(2)

    def nearest() -> int:
        valence, arousal = rng.uniform(-1, 1, 2).astype(np.float32)
        away = (library.valence - valence) ** 2 + (library.arousal - arousal) ** 2
        return int(np.argmin(away))

    plain = timed("", nearest, rounds=ROUNDS)
    return [
        Row(f"choose from {TRACKS:,} tracks", told.median_ms, told.p95_ms, told.cpu_ms,
            told.cpu_p95_ms, peak, "5 ms", told.median_ms <= 5,
            f"nearest point by NumPy, no blur, taste or variety: {plain.median_ms:.2f}"),
    ]  # fmt: skip


def starting() -> list[Row]:
    """``import affetto`` and ``affetto --help``, each in new interpreters."""

    def cpu_ms(code: str) -> float:
        timer = "import time; b = time.process_time()\n{}\nprint('\\n', time.process_time() - b)"
        done = subprocess.run(
            [sys.executable, "-c", timer.format(code)], capture_output=True, text=True, check=True
        )
        return float(done.stdout.split()[-1]) * 1000

    help_code = (
        "import contextlib, io, sys; sys.argv = ['affetto', '--help']\n"
        "from affetto.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main()"
    )
    rows = []
    beside = statistics.median(cpu_ms("import numpy") for _ in range(9))
    for what, code, bar in (
        ("import affetto", "import affetto", 150),
        ("affetto --help", help_code, 400),
    ):
        times = [cpu_ms(code) for _ in range(9)]
        middle = statistics.median(times)
        rows.append(
            Row(what, cpu=middle, bar=f"CPU {bar} ms", met=middle <= bar,
                beside=f"import numpy: {beside:.0f}")
        )  # fmt: skip
    return rows


def serving() -> list[Row]:
    """The server as its own process: start, page, reads, and the live line."""
    from long_kit import Server, agree, cpu_ms

    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        try:
            server.start()  # composes the demo music, once
            server.kill()
            started, cpu = [], []
            for _ in range(5):
                begun = time.perf_counter()
                server.start()
                with server.client() as client:
                    client.get("/").raise_for_status()
                started.append((time.perf_counter() - begun) * 1000)
                cpu.append(cpu_ms(server.pid))
                server.kill()
            server.start()
            bare = quantile([bare_server_ms() for _ in range(3)], 0.5)
            rows = [
                Row("process start to 200 on /", quantile(started, 0.5), max(started),
                    quantile(cpu, 0.5), bar="3000 ms", met=max(started) <= 3000,
                    beside=f"an empty FastAPI application: {bare:.0f}"),
            ]  # fmt: skip
            with server.client() as client:
                agree(client, "photo-server", "camera-server")
                rows += [first_load(client), *reads(client, server), live(client, server)]
                rows += [frames(client, server, *size) for size in ((320, 240), (640, 480))]
                rows += [many_lines(client, server), hostile(client, server)]
            return rows
        finally:
            server.kill()


def bare_server_ms() -> float:
    """Start of the same web framework with nothing in it, to its first answer."""
    code = (
        "import socket, sys, uvicorn, fastapi; app = fastapi.FastAPI()\n"
        "app.get('/')(lambda: {})\n"
        "uvicorn.run(app, port=int(sys.argv[1]), log_level='error')"
    )
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    running = subprocess.Popen([sys.executable, "-c", code, str(port)])
    try:
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/", timeout=2).raise_for_status()
                return (time.perf_counter() - begun) * 1000
            except httpx.TransportError:
                time.sleep(0.01)
    finally:
        running.kill()
        running.wait()


def first_load(client: httpx.Client) -> Row:
    """Bytes over the wire until the page stands: it, and all that it names."""

    def fetch(path: str) -> tuple[int, str]:
        with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
            answer.raise_for_status()
            raw = b"".join(answer.iter_raw())
        text = client.get(path).text if path.endswith((".css", "/", ".html")) else ""
        return len(raw), text

    total, seen, waiting = 0, set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        size, text = fetch(path)
        total += size
        waiting += re.findall(r"""(?:src|href)="(/[^"]+)""", text)
        waiting += re.findall(r"""url\(["']?(/[^)"']+)""", text)
    return Row(
        f"page's first load: {total / 1000:.0f} kB in {len(seen)} files",
        bar="300 kB",
        met=total <= 300_000,
        beside="before any consent; no request to another address",
    )


def reads(client: httpx.Client, server: Server) -> list[Row]:
    """Photos read over HTTP, and what the server's memory is after a hundred."""
    from long_kit import cpu_ms, resident_mb

    photo = portrait()

    def read() -> None:
        answer = client.post("/api/read", content=photo, headers={"content-type": "image/jpeg"})
        assert answer.json()["faces"], answer.text

    told = timed("", read, rounds=ROUNDS, warm_up=3)
    begun = cpu_ms(server.pid)
    for _ in range(ROUNDS):
        read()
    ended = cpu_ms(server.pid)
    each = (ended - begun) / ROUNDS if begun is not None and ended is not None else None
    a_second = 1000 / each if each else None
    empty = timed("", lambda: client.get("/api/consents"), rounds=ROUNDS)
    memory = resident_mb(server.pid)
    return [
        Row("photo over HTTP", told.median_ms, told.p95_ms,
            beside=f"an answer from the database alone: {empty.median_ms:.1f}"),
        Row("photo over HTTP, of the server's core", cpu=each, bar="90 a core-second",
            met=a_second >= 90 if a_second else None,
            beside=f"{a_second:.0f} a core-second" if a_second else "not told by this system"),
        Row("server after 100 reads", peak_mb=memory, bar="250 MB", met=memory <= 250),
    ]  # fmt: skip


def live(client: httpx.Client, server: Server) -> Row:
    """A camera frame sent, to the message that the queue is another, in new sessions."""
    from websockets.sync.client import connect

    photo, queue_ms, reading_ms = portrait(), [], []
    for _ in range(ROUNDS // 2):
        session = client.post("/api/sessions", json={}).json()
        address = f"ws://127.0.0.1:{server.port}/api/live?session={session['id']}"
        with connect(address, compression=None) as line:
            json.loads(line.recv(10))  # the session as it is
            begun = time.perf_counter()
            line.send(photo)
            changed = read = False
            while not (changed and read):
                told: dict[str, Any] = json.loads(line.recv(10))
                took = (time.perf_counter() - begun) * 1000
                if told["type"] == "reading":
                    assert told["face"], told
                    read = True
                    reading_ms.append(told["ms"])
                elif told["type"] == "session" and told["session"]["queue"] != session["queue"]:
                    changed = True
                    queue_ms.append(took)
    return Row(
        "camera frame to queue change",
        quantile(queue_ms, 0.5),
        quantile(queue_ms, 0.95),
        beside=f"of which reading the frame: {quantile(reading_ms, 0.5):.1f}",
    )


def frames(client: httpx.Client, server: Server, width: int, height: int) -> Row:
    """Camera frames read on one live line: what each takes of the server's processor."""
    from websockets.sync.client import connect

    from long_kit import busy_ms

    frame, cpu, wall = portrait(width, height), [], []
    session = client.post("/api/sessions", json={}).json()
    address = f"ws://127.0.0.1:{server.port}/api/live?session={session['id']}"
    with connect(address, compression=None) as line:
        for _ in range(2 * ROUNDS):
            begun, before = time.perf_counter(), busy_ms(server.pid)
            line.send(frame)
            while (told := json.loads(line.recv(10)))["type"] != "reading":
                pass
            assert told["face"], told
            wall.append((time.perf_counter() - begun) * 1000)
            after = busy_ms(server.pid)
            if before is not None and after is not None:
                cpu.append(after - before)
    what = f"camera frame on the live line, {width} × {height}"
    if not cpu:
        return Row(what, quantile(wall, 0.5), quantile(wall, 0.95))
    mean = statistics.mean(cpu)
    return Row(
        what, quantile(wall, 0.5), quantile(wall, 0.95), mean,
        bar="90 a core-second", met=1000 / mean >= 90,
        beside=f"{1000 / mean:.0f} a core-second; CPU median {quantile(cpu, 0.5):.1f}, "
        f"p95 {quantile(cpu, 0.95):.1f}",
    )  # fmt: skip


LINES, RATE, LASTING_S = 4, 2.0, 30.0


def many_lines(client: httpx.Client, server: Server) -> Row:
    """Four pages that send two frames a second each, for half a minute, to their answers."""
    from websockets.sync.client import connect

    frame = portrait()
    session = client.post("/api/sessions", json={}).json()
    address = f"ws://127.0.0.1:{server.port}/api/live?session={session['id']}"
    wall: list[float] = []

    def one_page(number: int) -> None:
        with connect(address, compression=None) as line:
            begun = time.perf_counter() + number / LINES / RATE  # not all at one instant
            for k in range(round(LASTING_S * RATE)):
                time.sleep(max(0.0, begun + k / RATE - time.perf_counter()))
                sent = time.perf_counter()
                line.send(frame)
                while (told := json.loads(line.recv(10)))["type"] != "reading":
                    pass
                assert told["face"], told
                wall.append((time.perf_counter() - sent) * 1000)

    with ThreadPoolExecutor(LINES) as pages:
        list(pages.map(one_page, range(LINES)))
    p99 = quantile(wall, 0.99)
    return Row(
        f"camera frame to answer, {LINES} pages × {RATE:g} a second",
        quantile(wall, 0.5), quantile(wall, 0.95),
        bar="p99 60 ms", met=p99 <= 60, beside=f"p99 {p99:.1f}, most {max(wall):.1f}",
    )  # fmt: skip


def hostile(client: httpx.Client, server: Server) -> Row:
    """A frame whose header says 60,000 × 60,000, to its refusal."""
    from websockets.sync.client import connect

    frame = portrait()
    at = frame.index(b"\xff\xc0") + 5
    frame = frame[:at] + struct.pack(">HH", 60_000, 60_000) + frame[at + 4 :]
    session = client.post("/api/sessions", json={}).json()
    address = f"ws://127.0.0.1:{server.port}/api/live?session={session['id']}"
    wall = []
    with connect(address, compression=None) as line:
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            line.send(frame)
            while (told := json.loads(line.recv(10)))["type"] != "reading":
                pass
            assert told["problem"], told
            wall.append((time.perf_counter() - begun) * 1000)
    return Row("frame of 60,000 × 60,000 refused", quantile(wall, 0.5), quantile(wall, 0.95),
               bar="most 50 ms", met=max(wall) <= 50, beside=f"most {max(wall):.1f}")  # fmt: skip


def page() -> list[Row]:
    """Reading on the device, in a real browser before a fake camera that shows the astronaut."""
    import browser
    import setup

    found = browser.find()
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "page.json"
        named = {"AFFETTO_BROWSER": str(found)} if found else {}
        house.run(
            [setup.find_npm(), "exec", "--", "playwright", "test",
             "--config", "playwright.bench.config.ts"],
            cwd=house.WEB,
            env={"AFFETTO_BENCH_TO": str(to), **named},
            remedy="The lines above say what the browser could not do.",
        )  # fmt: skip
        told = json.loads(to.read_text())
    frames, cold, warm = (told[name] for name in ("frames", "cold", "warm"))
    middle = quantile(frames, 0.5)
    rows = [
        Row("page: camera frame to reading, on the device", middle, quantile(frames, 0.95),
            told["cpu"], bar="30 ms", met=middle <= 30,
            beside=f"{len(frames)} frames, {told['rate']:.1f} a second; CPU is the whole page's, "
            "its picture, music and all"),
        Row("page: camera click to first reading, nothing kept", quantile(cold, 0.5), max(cold),
            bar="6000 ms", met=max(cold) <= 6000, beside=f"of {len(cold)}; most, not p95"),
        Row("page: camera click to first reading, kept", quantile(warm, 0.5), max(warm),
            bar="3000 ms", met=max(warm) <= 3000, beside=f"of {len(warm)}; most, not p95"),
    ]  # fmt: skip
    for stage, count in told["bytes"].items():
        rows.append(Row(f"page: fetched, {stage}: {count / 1000:.0f} kB", beside="over the wire"))
    (first, last), minutes = told["heap"], told["minutes"]
    growth = last / first - 1
    resident = told["resident"]
    beside = f"from {first:.1f} MB"
    if None not in resident:
        beside += f"; the page's processes {resident[0]:.0f} to {resident[1]:.0f} MB"
    rows.append(
        Row(f"page: heap after {minutes:g} minutes of sensing: {100 * growth:+.1f} %",
            peak_mb=last, bar="+10 %", met=growth <= 0.1, beside=beside)
    )  # fmt: skip
    return rows


# -- the table ------------------------------------------------------------------------

PARTS: dict[str, Callable[[], list[Row]]] = {
    "reading": reading,
    "choosing": choosing,
    "serving": serving,
    "starting": starting,
    "page": page,
}
HEAD = ("what", "median ms", "p95 ms", "CPU ms", "CPU p95", "memory MB", "bar", "met", "beside")


def cells(row: Row) -> tuple[str, ...]:
    """A row as text."""

    def number(value: float | None) -> str:
        return "" if value is None else f"{value:.2f}" if value < 10 else f"{value:.0f}"

    met = {None: "", True: "yes", False: "no"}[row.met]
    figures = (number(v) for v in (row.median, row.p95, row.cpu, row.cpu_p95, row.peak_mb))
    return (row.what, *figures, row.bar, met, row.beside)


def show(rows: list[Row], markdown: bool) -> None:
    """Print the table."""
    lines = [HEAD, *(cells(row) for row in rows)]
    if markdown:
        for number, line in enumerate(lines):
            print(f"| {' | '.join(line)} |")
            if number == 0:
                print("|" + " --- |" * len(HEAD))
        return
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD) - 1)]
    for line in lines:
        first = line[0].ljust(widths[0])
        middle = (text.rjust(width) for text, width in zip(line[1:-1], widths[1:], strict=True))
        print("  ".join((first, *middle, line[-1])).rstrip())


def main() -> int:
    """Measure every part; 1 when a bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="a table for a page")
    parser.add_argument("--part", choices=PARTS, help="one part only, as JSON")
    options = parser.parse_args()
    if options.part:
        print(json.dumps([asdict(row) for row in PARTS[options.part]()]))
        return 0
    rows: list[Row] = []
    for part in PARTS:
        with house.step(f"measuring: {part}"):
            told = house.run(
                [sys.executable, __file__, "--part", part],
                remedy="The lines above say what could not be measured.",
                env={**ONE_THREAD, "PYTHONPATH": str(house.ROOT / "tests")},
            )
        rows += [Row(**row) for row in json.loads(told.splitlines()[-1])]
    print()
    show(rows, options.markdown)
    missed = [row.what for row in rows if row.met is False]
    print(f"\n{'Missed: ' + '; '.join(missed) if missed else 'Every bar is met.'}")
    return 1 if missed else 0


if __name__ == "__main__":
    house.main(main)
