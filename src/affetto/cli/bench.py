"""``affetto bench``: how fast this machine reads a picture and chooses a track.

``timed`` is the measuring itself; other benchmarks use it too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from affetto.recommending.fit import Candidates

TRACKS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Timing:
    """What a number of rounds took, in ms: wall times, and the processor's own."""

    what: str
    rounds: int
    median_ms: float
    p95_ms: float
    cpu_ms: float  # median
    cpu_p95_ms: float

    @property
    def line(self) -> str:
        """The timing as a line for people."""
        return (
            f"{self.what:<44} median {self.median_ms:8.2f} ms   p95 {self.p95_ms:8.2f} ms   "
            f"CPU {self.cpu_ms:8.2f} ms"
        )


def timed(what: str, work: Callable[[], object], *, rounds: int, warm_up: int = 3) -> Timing:
    """Run ``work`` again and again; the first ``warm_up`` rounds do not count."""
    for _ in range(warm_up):
        work()
    wall: list[float] = []
    cpu: list[float] = []
    for _ in range(rounds):
        wall_began, cpu_began = time.perf_counter(), time.process_time()
        work()
        wall.append((time.perf_counter() - wall_began) * 1000)
        cpu.append((time.process_time() - cpu_began) * 1000)
    return Timing(
        what,
        rounds,
        quantile(wall, 0.5),
        quantile(wall, 0.95),
        quantile(cpu, 0.5),
        quantile(cpu, 0.95),
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def peak_memory_mb() -> float | None:
    """The most memory this process has held, in MB; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def bench(
    photo: Annotated[
        Path | None, typer.Option(help="Photo of a face to read; left out, an empty wall.")
    ] = None,
    rounds: Annotated[int, typer.Option(min=1, max=10_000, help="Rounds of each measure.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Measure how fast this machine is.

    Example: affetto bench --photo me.jpg
    """
    timings = [measure_import(), *measure_reading(photo, rounds=rounds), measure_choosing(rounds)]
    memory = peak_memory_mb()
    if as_json:
        told = {"timings": [asdict(timing) for timing in timings], "peak_memory_mb": memory}
        typer.echo(json.dumps(told, indent=2))
        return
    for timing in timings:
        typer.echo(timing.line)
    if memory is not None:
        typer.echo(f"{'most memory held':<44} {memory:.0f} MB")


def measure_import(rounds: int = 5) -> Timing:
    """``import affetto`` in a fresh interpreter, less the interpreter's own start."""

    def started(code: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env=dict(os.environ))
        return (time.perf_counter() - began) * 1000

    started("import affetto")
    bare = quantile([started("") for _ in range(rounds)], 0.5)
    wall = [max(0.0, started("import affetto") - bare) for _ in range(rounds)]
    # The interpreter runs in another process, so its time is all we know.
    median, p95 = quantile(wall, 0.5), quantile(wall, 0.95)
    return Timing("import affetto", rounds, median, p95, median, p95)


def measure_reading(photo: Path | None, *, rounds: int) -> list[Timing]:
    """A photo's bytes to its faces, as one photo and as one frame of many."""
    from affetto.senses.camera import open_picture
    from affetto.senses.face import FaceReader

    if photo is not None:
        open_picture(photo)  # says what is wrong with it, if anything is
    data = photo.read_bytes() if photo is not None else _wall()
    reader = FaceReader()
    count = len(reader.faces(open_picture(data)))
    named = f"{count} {'face' if count == 1 else 'faces'}"
    return [
        timed(
            f"read a photo ({named})",
            lambda: reader.faces(open_picture(data), thorough=True),
            rounds=rounds,
        ),
        timed(
            f"read a camera frame ({named})",
            lambda: reader.faces(open_picture(data), thorough=False),
            rounds=rounds,
        ),
    ]


def _wall() -> bytes:
    """A 640 × 480 JPEG of a wall: light falls on it, and nobody is there."""
    import numpy as np
    import simplejpeg

    rng = np.random.default_rng(0)
    light = np.linspace(90, 190, 640)[None, :, None] + rng.normal(0, 4, (480, 640, 3))
    pixels = np.ascontiguousarray(light.clip(0, 255).astype(np.uint8))
    encoded: bytes = simplejpeg.encode_jpeg(pixels, quality=85)
    return encoded


def measure_choosing(rounds: int) -> Timing:
    """One track out of 100,000, for a different mood each time."""
    import numpy as np

    from affetto.choice import Goal
    from affetto.emotion import Affect, Covariance
    from affetto.recommending.recommender import Wish, choose
    from affetto.recommending.taste import Taste

    candidates = large_library(TRACKS)
    rng = np.random.default_rng(1)
    taste = Taste()

    def one() -> None:
        place = Affect(*rng.uniform(-1, 1, 2))
        wish = Wish(
            goal=Goal.MATCH,
            mood=place,
            target=place,
            around=Covariance(0.04, 0.0, 0.04),
            heard=[candidates.tracks[0].uri],
            barred=frozenset(),
        )
        choose(candidates, wish, taste=taste, rng=rng)

    return timed(f"choose from {TRACKS:,} tracks", one, rounds=rounds)


def large_library(count: int) -> Candidates:
    """``count`` made-up tracks all over the map, ten to an artist."""
    import numpy as np

    from affetto.recommending.fit import Candidates
    from affetto.track import Track, TrackFeatures, TrackUri

    places = np.random.default_rng(0).uniform(-1, 1, (count, 2))
    return Candidates(
        [
            Track(
                TrackUri(f"bench:{number}"),
                f"Track {number}",
                artist=f"Artist {number // 10}",
                duration_s=180.0,
                features=TrackFeatures(float(valence), float(arousal)),
            )
            for number, (valence, arousal) in enumerate(places)
        ]
    )
