"""Draw the page's icons as PNG, from the one icon it has: web/public/icon.svg.

    .venv/bin/python tools/icons.py

An installed page wants them in fixed sizes, and one that a phone may cut into its own
shape: the same on a ground without corners, its ring well inside the middle four fifths.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from PIL import Image, ImageDraw

import house

PUBLIC = house.WEB / "public"
FINER = 4  # drawn larger and scaled down, for smooth edges
SVG = "{http://www.w3.org/2000/svg}"


def draw(icon: Path, size: int, *, whole: bool) -> Image.Image:
    """``icon`` as RGBA of size x size; ``whole`` leaves no corner out of its ground."""
    root = ElementTree.parse(icon).getroot()
    scale = size * FINER / float(root.attrib["viewBox"].split()[2])
    picture = Image.new("RGBA", (size * FINER, size * FINER))
    pen = ImageDraw.Draw(picture)
    ground = root.find(f"{SVG}rect")
    assert ground is not None
    corner = 0.0 if whole else float(ground.attrib["rx"]) * scale
    pen.rounded_rectangle((0, 0, *picture.size), corner, fill=ground.attrib["fill"])
    for circle in root.iter(f"{SVG}circle"):
        x, y, r = (float(circle.attrib[name]) * scale for name in ("cx", "cy", "r"))
        if circle.attrib["fill"] != "none":
            pen.ellipse((x - r, y - r, x + r, y + r), fill=circle.attrib["fill"])
            continue
        wide = float(circle.attrib["stroke-width"]) * scale
        dash, gap = (float(n) * scale for n in circle.attrib["stroke-dasharray"].split())
        ink = circle.attrib["stroke"]
        for begin in _begins(dash + gap, 2 * math.pi * r):
            start, end = begin / r, (begin + dash) / r
            box = (x - r - wide / 2, y - r - wide / 2, x + r + wide / 2, y + r + wide / 2)
            pen.arc(box, math.degrees(start), math.degrees(end), fill=ink, width=round(wide))
            for tip in (start, end):  # round, as stroke-linecap says
                ex, ey = x + r * math.cos(tip), y + r * math.sin(tip)
                pen.ellipse((ex - wide / 2, ey - wide / 2, ex + wide / 2, ey + wide / 2), fill=ink)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def _begins(step: float, length: float) -> list[float]:
    """Where each dash begins along a line of this length."""
    return [i * step for i in range(math.ceil(length / step - 1e-6))]


def main() -> int:
    """Write the four icons."""
    folder = PUBLIC / "icons"
    folder.mkdir(exist_ok=True)
    for name, size, whole in (
        ("icon-192", 192, False),
        ("icon-512", 512, False),
        ("maskable-512", 512, True),
        ("touch-180", 180, True),
    ):
        few = draw(PUBLIC / "icon.svg", size, whole=whole).quantize(64)  # two inks and their edge
        few.save(folder / f"{name}.png", optimize=True)
    return 0


if __name__ == "__main__":
    house.main(main)
