"""Write videos to choose, and what a fake camera shows, into the folder named.

Made of the same scenes as the pictures, encoded with PyAV as VP8, which every browser
plays that can run these journeys.
"""

import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from make_pictures import HEIGHT, WIDTH, scene
from PIL import Image

RATE = 5  # pictures a second
# What the clip shows from when on, in seconds; "" is its end.
PARTS = ((0.0, "happy"), (3.3, "nobody"), (5.7, "small"), (9.0, ""))


def film(path: Path, pictures: Sequence[tuple[float, Image.Image]]) -> None:
    """Each picture from its moment on; the last one is the last moment."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libvpx", rate=RATE)
        stream.width, stream.height = WIDTH, HEIGHT
        stream.pix_fmt, stream.bit_rate = "yuv420p", 2_000_000
        stream.codec_context.time_base = Fraction(1, 1000)
        stream.options = {"deadline": "realtime", "cpu-used": "8"}
        for at, picture in pictures:
            frame = av.VideoFrame.from_image(picture)
            frame.pts, frame.time_base = round(at * 1000), Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def sound(path: Path) -> None:
    """A second of silence under a video's name."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libopus", rate=48_000)
        quiet = av.AudioFrame.from_ndarray(np.zeros((1, 48_000), np.int16), "s16", "mono")
        quiet.sample_rate = 48_000
        container.mux(stream.encode(quiet))
        container.mux(stream.encode())


def parts() -> list[tuple[float, Image.Image]]:
    """A smile, an empty room, and somebody far off, trembling by a pixel as if hand-held."""
    scenes = {
        "happy": scene(faces=1),
        "nobody": scene(faces=0),
        "small": scene(faces=1, far=True),
    }
    pictures = []
    for i in range(round(PARTS[-1][0] * RATE)):
        at = i / RATE
        told = [what for since, what in PARTS if since <= at + 1e-6][-1]
        pictures.append((at, Image.fromarray(np.roll(np.asarray(scenes[told]), i % 2, axis=1))))
    return pictures


def leaves(path: Path, seconds: int = 5, rate: int = 5) -> None:
    """A camera's film of somebody who is there for some seconds and away for as many."""
    with path.open("wb") as out:
        out.write(b"YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n" % (WIDTH, HEIGHT, rate))
        for picture in (scene(faces=1), scene(faces=0)):
            for i in range(seconds * rate):
                moved = np.roll(np.asarray(picture), i % 2, axis=1)
                y, cb, cr = Image.fromarray(moved).convert("YCbCr").split()
                out.write(b"FRAME\n" + y.tobytes())
                for plane in (cb, cr):
                    half = plane.resize((WIDTH // 2, HEIGHT // 2), Image.Resampling.BOX)
                    out.write(half.tobytes())


def main() -> None:
    """Write everything."""
    folder = Path(sys.argv[1])
    film(folder / "parts.webm", parts())
    film(folder / "nobody.webm", [(i / RATE, scene(faces=0)) for i in range(12)])
    film(folder / "long.webm", [(60.0 * i, scene(faces=0)) for i in range(33)])
    (folder / "torn.webm").write_bytes((folder / "parts.webm").read_bytes()[:140_000])
    (folder / "words.webm").write_text("This is no video.")
    sound(folder / "sound.webm")
    leaves(folder / "leaves.y4m")


if __name__ == "__main__":
    main()
