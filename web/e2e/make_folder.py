"""Write 200 tagged pieces in four formats into the folder named, fifty of each."""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from music.sounds import A_MAJOR, A_MINOR, beats, chord, tag, write

folder = Path(sys.argv[1])
folder.mkdir(parents=True)
for ending in (".mp3", ".flac", ".ogg", ".opus"):
    for i in range(50):
        piece = folder / f"{i:02}{ending}"
        if i < 2:  # one in minor and quiet, one in major and busy; the rest are copies
            sound = chord(A_MINOR, 4, 0.05) if i else chord(A_MAJOR, 4) + beats(120, 4, 0.3)
            write(piece, sound)
        else:
            shutil.copy(folder / f"{i % 2:02}{ending}", piece)
        tag(piece, title=f"Piece {i}{ending}", artist=f"Artist {i % 7}", album="Made")
