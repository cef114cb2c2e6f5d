"""Film the tour of the README: the page itself, driven in a browser, as one moving picture.

    .venv/bin/python tools/tour.py

`web/tour` says what is shown and for how long; here each shot gets its caption and the hand,
and all of them become docs/tour.webp. Needs what `make test` needs.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

import browser
import house
import setup
from house import Failed, say, step

TO = house.ROOT / "docs" / "tour.webp"
MOST_BYTES = 3_000_000
QUALITY = 88  # below it, what was there before shines through
BAND = 60  # pixels below the page, for the caption
PAPER, INK, HAND = (250, 250, 251), (34, 36, 40), (34, 36, 40)
FINER = 4  # the hand is drawn larger and scaled down, for smooth edges


def shoot(folder: Path) -> list[dict[str, Any]]:
    """The shots that the browser took, their pictures in ``folder``."""
    found = browser.find()
    named = {"AFFETTO_BROWSER": str(found)} if found else {}
    with step("filming the page"):
        house.run(
            [setup.find_npm(), "exec", "--", "playwright", "test",
             "--config", "playwright.tour.config.ts"],
            cwd=house.WEB,
            env={"AFFETTO_TOUR_TO": str(folder), **named},
            remedy="The lines above say what the browser could not do.",
        )  # fmt: skip
    shots: list[dict[str, Any]] = json.loads((folder / "film.json").read_text(encoding="utf-8"))
    return shots


def frame(page: Image.Image, caption: str, hand: dict[str, Any]) -> Image.Image:
    """The page with the hand on it and the caption below it."""
    whole = Image.new("RGB", (page.width, page.height + BAND), PAPER)
    whole.paste(page, (0, 0))
    pen = ImageDraw.Draw(whole)
    middle = (page.width / 2, page.height + BAND / 2)
    pen.text(middle, caption, fill=INK, font=ImageFont.load_default(26), anchor="mm")
    reach = 11 if hand["down"] else 15
    side = 2 * (reach + 2)
    ring = Image.new("RGBA", (side * FINER, side * FINER))
    box = (2 * FINER, 2 * FINER, (side - 2) * FINER, (side - 2) * FINER)
    fill = (*HAND, 150 if hand["down"] else 60)
    ImageDraw.Draw(ring).ellipse(box, fill=fill, outline=(*HAND, 230), width=2 * FINER)
    ring = ring.resize((side, side), Image.Resampling.LANCZOS)
    whole.paste(ring, (round(hand["x"] - side / 2), round(hand["y"] - side / 2)), ring)
    return whole


def join(shots: list[dict[str, Any]], folder: Path, to: Path) -> None:
    """All shots as one picture that moves, over and over."""
    pictures = {name: Image.open(folder / name).convert("RGB") for name in
                {shot["picture"] for shot in shots}}  # fmt: skip
    frames = [frame(pictures[shot["picture"]], shot["caption"], shot["hand"]) for shot in shots]
    times = [shot["ms"] for shot in shots]
    frames[0].save(
        to, save_all=True, append_images=frames[1:], duration=times, loop=0,
        quality=QUALITY, method=4,
    )  # fmt: skip


def main() -> int:
    """Film it, join it, and say how long and how large it is."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shots = shoot(folder)
        with step("joining the shots"):
            join(shots, folder, TO)
    seconds, size = sum(shot["ms"] for shot in shots) / 1000, TO.stat().st_size
    say(f"  {TO.relative_to(house.ROOT)}: {seconds:.1f} s, {size / 1e6:.2f} MB")
    if size > MOST_BYTES:
        raise Failed(
            f"It is larger than {MOST_BYTES / 1e6:.0f} MB.",
            "Show fewer or longer shots in web/tour/tour.film.ts.",
        )
    return 0


if __name__ == "__main__":
    house.main(main)
