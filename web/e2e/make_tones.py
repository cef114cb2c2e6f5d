"""Write tones to be joined into the folder named: what a gap or a click would be heard in.

``joined-a`` and ``joined-b`` are one tone cut in two; ``low`` and ``high`` are two tones, each
with its own beginning and end in full swing, so that only a fade lets them meet without a click.
"""

import sys
from pathlib import Path

import numpy as np
import soundfile

RATE, LEVEL = 44_100, 0.3


def tone(hertz: float, begin_s: float, end_s: float) -> np.ndarray:
    """A sine, the same on both sides, as if it had begun at 0."""
    t = np.arange(round(begin_s * RATE), round(end_s * RATE)) / RATE
    return np.repeat(LEVEL * np.sin(2 * np.pi * hertz * t)[:, None], 2, axis=1)


def main() -> None:
    """Write everything."""
    folder = Path(sys.argv[1])
    for name, sound in {
        "joined-a": tone(440, 0, 3.1),
        "joined-b": tone(440, 3.1, 8),
        "low": tone(220, 0, 4.2),
        "high": tone(330, 0, 8),
    }.items():
        soundfile.write(folder / f"{name}.flac", sound, RATE)
        soundfile.write(folder / f"{name}.mp3", sound, RATE)


if __name__ == "__main__":
    main()
