"""Write 200 tagged pieces in four formats into the folder named, each a tune of its own."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from music.sounds import HEARD_RATE, tag, tune, write

ENDINGS = (".mp3", ".flac", ".ogg", ".opus")

folder = Path(sys.argv[1])
folder.mkdir(parents=True)
for i in range(200):
    ending = ENDINGS[i % 4]
    piece = write(folder / f"{i:03}{ending}", tune(i, 4.0, 0.6 + 0.1 * (i % 5)), HEARD_RATE)
    tag(piece, title=f"Piece {i}{ending}", artist=f"Artist {i % 7}", album="Made")
