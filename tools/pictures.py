"""Take the pictures in docs/screenshots anew: every view, narrow and wide, light and dark.

.venv/bin/python tools/pictures.py

The journeys in web/e2e that walk through the views take them as they pass by; then each is
packed to a palette of 256 colours, which the eye does not tell from the original.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import house

PICTURES = house.ROOT / "docs" / "screenshots"
COLOURS = 256


def pack(path: Path) -> None:
    """Write a picture of the page anew with a palette, unless that is what it is already."""
    from PIL import Image

    with Image.open(path) as taken:
        if taken.mode == "P":
            return
        few = taken.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
    few.save(path, optimize=True)


def main() -> int:
    """Build the page, walk through it, pack what was taken."""
    npx = shutil.which("npx") or "npx"
    remedy = "Say `make test`, which sets up what the journeys need, then try again."
    with house.step("building the page"):
        house.run([npx, "vite", "build"], cwd=house.WEB, remedy=remedy)
    with house.step("walking through its views"):
        walk = [npx, "playwright", "test", "--grep", "@pictures"]
        house.run(walk, cwd=house.WEB, env={"AFFETTO_SCREENSHOTS": "1"}, remedy=remedy)
    taken = sorted(PICTURES.glob("*-*-*.png"))
    with house.step("packing"):
        for path in taken:
            pack(path)
    size = sum(path.stat().st_size for path in taken)
    house.say(f"{len(taken)} pictures, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    house.main(main)
