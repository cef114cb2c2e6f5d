"""Record what is missing of the demo music in the folder named."""

import sys
from pathlib import Path

from affetto.music.demo import generate

if __name__ == "__main__":
    generate(Path(sys.argv[1]))
