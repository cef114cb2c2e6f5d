"""The sample plug-in, installed as a stranger's package would be: without the network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parent / "plugin_sample"


def install(folder: Path) -> Path:
    """Install the sample into an empty folder, which Python then finds it in."""
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--no-index", "--no-deps", "--no-build-isolation", "--target", str(folder)),
            str(SAMPLE),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    return folder


if __name__ == "__main__":
    install(Path(sys.argv[1]))
