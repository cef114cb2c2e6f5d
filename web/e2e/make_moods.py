"""Write what a fake camera shows of somebody neutral, then happy, then sad, over and over.

The faces are FER2013's (48 × 48, grey), read where they lie in the folder of research data
that AFFETTO_DATA names; nothing of them is kept. Of the split that no shipped net learnt
from, the first face of each kind is taken that all ten raters call so, that the quick look of
the camera finds, and that the server reads as its raters do, clear of 0: the clip shows how
soon the page follows a face, not how well the net reads it. A square in the corner, white
with the happy face and black with the others, tells the journey what is shown. A second film
flaps between happy and sad faster than anybody's mood does.
"""

import importlib.util
import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from make_pictures import HEIGHT, WIDTH
from PIL import Image

from affetto.senses.face import FaceReader
from affetto.senses.sense import ImageFrame

PART_S, FLAP_S, RATE = 5, 1.5, 4  # seconds a face, seconds a face that flaps, pictures a second
SIDE, CORNER = 300, 32  # of the face and of the square, in pixels
CLEAR = 0.05  # from 0, of the valence that the server reads


def faces(path: Path) -> list[Image.Image]:
    """A neutral face, a happy one and a sad one, each before a wall."""
    import pyarrow.parquet as parquet

    columns = ["jpeg", "fp_neutral", "fp_happiness", "fp_sadness"]
    rows = parquet.read_table(path, columns=columns, filters=[("split", "==", "PublicTest")])
    reader = FaceReader()

    def first(vote: str, sign: int, corner: int) -> Image.Image:
        for row in rows.filter(parquet.filters_to_expression([(vote, "==", 10)])).to_pylist():
            picture = scene(row["jpeg"], corner)
            reading = reader.read(ImageFrame(np.asarray(picture), datetime.now(UTC)))
            if reading is not None and sign * reading.valence > CLEAR:
                return picture
        raise SystemExit(f"No face in {path} is read as its raters do.")

    return [first("fp_neutral", -1, 0), first("fp_happiness", 1, 255), first("fp_sadness", -1, 0)]


def scene(jpeg: bytes, corner: int) -> Image.Image:
    """A face before a wall, with the square in the corner in this grey."""
    wall = Image.new("L", (WIDTH, HEIGHT), 128)
    face = Image.open(io.BytesIO(jpeg)).convert("L")
    face = face.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    wall.paste(face, ((WIDTH - SIDE) // 2, (HEIGHT - SIDE) // 2))
    wall.paste(corner, (0, 0, CORNER, CORNER))
    return wall.convert("RGB")


def film(path: Path, pictures: list[Image.Image], part_s: float) -> None:
    """Each picture for so many seconds, in y4m, trembling by a pixel as if hand-held."""
    grey = bytes([128]) * (WIDTH * HEIGHT // 4)
    with path.open("wb") as out:
        out.write(b"YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n" % (WIDTH, HEIGHT, RATE))
        for picture in pictures:
            for i in range(round(part_s * RATE)):
                moved = np.roll(np.asarray(picture.convert("L")), i % 2, axis=1)
                out.write(b"FRAME\n" + moved.tobytes() + grey + grey)


def main() -> None:
    """Write it where the data and what reads it are here; the journey says that it is skipped."""
    told = os.environ.get("AFFETTO_DATA")
    source = Path(told or "") / "fer2013" / "train_public.parquet"
    if told and source.is_file() and importlib.util.find_spec("pyarrow"):
        neutral, happy, sad = faces(source)
        film(Path(sys.argv[1]) / "moods.y4m", [neutral, happy, sad], PART_S)
        film(Path(sys.argv[1]) / "flapping.y4m", [happy, sad], FLAP_S)


if __name__ == "__main__":
    main()
