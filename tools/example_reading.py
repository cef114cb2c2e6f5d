"""Make the pictures in docs/how-to that show what `affetto read` draws.

.venv/bin/python tools/example_reading.py

The face is scikit-image's astronaut (NASA, public domain). The clip is made of that one
photograph: it comes nearer, the light goes and returns, she leaves and is back far away.
Run it again when the expression model changes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import house

TESTS = house.ROOT / "tests"
PICTURES = house.ROOT / "docs" / "screenshots"
A_SECOND = 5
WALL = (96, 104, 110)


def scenes() -> Iterator[np.ndarray]:
    """Eighteen seconds, 640 × 480."""
    from PIL import Image
    from skimage.data import astronaut

    face = Image.fromarray(astronaut()).crop((60, 0, 400, 255))

    def shown(size: float = 1.0, light: float = 1.0) -> np.ndarray:
        picture = Image.new("RGB", (640, 480), WALL)
        wide = round(640 * size)
        smaller = face.resize((wide, round(480 * size)), Image.Resampling.LANCZOS)
        picture.paste(smaller, ((640 - wide) // 2, 480 - smaller.height))
        return (np.asarray(picture) * light).astype(np.uint8)

    for k in range(5 * A_SECOND):
        yield shown(0.6 + 0.4 * k / (5 * A_SECOND))
    for k in range(3 * A_SECOND):
        yield shown(light=max(0.03, 1 - 0.5 * k / A_SECOND))
    for k in range(3 * A_SECOND):
        yield shown(light=min(1.0, 0.03 + 0.5 * k / A_SECOND))
    for _ in range(3 * A_SECOND):
        yield shown(size=0.01)
    for k in range(4 * A_SECOND):
        yield shown(0.12 + 0.4 * k / (4 * A_SECOND))


def read(*words: str | Path, cwd: Path) -> None:
    """Run ``affetto read``, showing what it says."""
    house.say("$ affetto read " + " ".join(str(w) for w in words))
    command = [sys.executable, "-m", "affetto", "read", *map(str, words)]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    said = subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, env=env)
    house.say(said.stdout)


def main() -> int:
    """Draw both."""
    sys.path.insert(0, str(TESTS))
    from PIL import Image
    from skimage.data import astronaut

    import clips_kit

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Image.fromarray(astronaut()).crop((0, 0, 512, 384)).save(folder / "me.jpg", quality=92)
        clips_kit.video(folder / "clip.mp4", list(scenes()), a_second=A_SECOND)
        photo, plot = PICTURES / "read-photo.jpg", PICTURES / "read-clip.png"
        read("me.jpg", "--overlay", photo, "--force", cwd=folder)
        read("clip.mp4", "--timeline", "--plot", plot, "--force", cwd=folder)
        with Image.open(plot) as chart:
            chart.save(plot, optimize=True)
    for path in (photo, plot):
        house.say(f"{path.relative_to(house.ROOT)}: {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    house.main(main)
