"""Write what a fake camera shows, and a photo to upload, into the folder named.

The face is the astronaut Eileen Collins as scikit-image ships her (NASA, public
domain). Videos are y4m, yuv420p, 640x480, 15 frames a second: raw frames that
Chromium plays in a loop, written without any codec.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image
from skimage.data import astronaut

WIDTH, HEIGHT = 640, 480
FRAMES = 6


def scene(*, faces: int, light: float = 1.0, far: bool = False) -> Image.Image:
    """A wall with so many astronauts before it; ``far`` off, a face is some 35 pixels wide."""
    wall = Image.new("RGB", (WIDTH, HEIGHT), (171, 168, 160))
    person = Image.fromarray(astronaut()).crop((60, 0, 400, 400))
    size = 145 if far else 440 if faces == 1 else 300
    person = person.resize((round(size * 340 / 400), size), Image.Resampling.LANCZOS)
    for i in range(faces):
        x = round((i + 1) * WIDTH / (faces + 1) - person.width / 2)
        wall.paste(person, (x, HEIGHT - person.height))
    return wall.point(lambda value: int(value * light))


def y4m(path: Path, picture: Image.Image) -> None:
    """The picture as a short film that trembles by a pixel, as a hand-held one does."""
    with path.open("wb") as film:
        film.write(b"YUV4MPEG2 W%d H%d F15:1 Ip A1:1 C420jpeg\n" % (WIDTH, HEIGHT))
        for i in range(FRAMES):
            moved = np.roll(np.asarray(picture), i % 2, axis=1)
            y, cb, cr = Image.fromarray(moved).convert("YCbCr").split()
            half = (WIDTH // 2, HEIGHT // 2)
            film.write(b"FRAME\n" + y.tobytes())
            for plane in (cb, cr):
                film.write(plane.resize(half, Image.Resampling.BOX).tobytes())


def main() -> None:
    """Write everything."""
    folder = Path(sys.argv[1])
    y4m(folder / "face.y4m", scene(faces=1))
    y4m(folder / "nobody.y4m", scene(faces=0))
    y4m(folder / "far.y4m", scene(faces=1, far=True))
    y4m(folder / "dark.y4m", scene(faces=1, light=0.03))
    scene(faces=1).save(folder / "face.jpg", quality=92)
    scene(faces=2).save(folder / "two.jpg", quality=92)
    scene(faces=1, far=True).save(folder / "far.jpg", quality=92)
    scene(faces=0).save(folder / "nobody.jpg", quality=92)
    (folder / "words.jpg").write_text("This is no picture.")


if __name__ == "__main__":
    main()
