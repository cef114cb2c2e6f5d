"""Reading on the device, and a slow machine, in a real browser."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import browser
import house
import setup
from affetto.cli.bench import quantile
from benches.table import Row

FIRST = "before consent"  # the first load, as device.bench.ts calls it


def page() -> list[Row]:
    """In a real browser before a fake camera that shows the astronaut."""
    found = browser.find()
    with tempfile.TemporaryDirectory() as folder:
        told = {name: Path(folder) / f"{name}.json" for name in ("device", "memory", "speed")}
        named = {"AFFETTO_BROWSER": str(found)} if found else {}
        house.run(
            [setup.find_npm(), "exec", "--", "playwright", "test",
             "--config", "playwright.bench.config.ts"],
            cwd=house.WEB,
            env={f"AFFETTO_BENCH_{name.upper()}_TO": str(to) for name, to in told.items()} | named,
            remedy="The lines above say what the browser could not do.",
        )  # fmt: skip
        device, memory, speed = (json.loads(to.read_text()) for to in told.values())
    return [*reading(device), held(memory), *slow(speed)]


def reading(told: dict[str, Any]) -> list[Row]:
    """How soon this device reads a face, and what was fetched for it."""
    frames, cold, warm = (told[name] for name in ("frames", "cold", "warm"))
    middle = quantile(frames, 0.5)
    rows = [
        Row("page: camera frame to reading, on the device", middle, quantile(frames, 0.95),
            told["cpu"], bar="30 ms", met=middle <= 30,
            beside=f"{len(frames)} frames, {told['rate']:.1f} a second; CPU is the whole page's, "
            "its picture, music and all"),
        Row("page: camera click to first reading, nothing kept", quantile(cold, 0.5), max(cold),
            bar="6000 ms", met=max(cold) <= 6000, beside=f"of {len(cold)}; most, not p95"),
        Row("page: camera click to first reading, kept", quantile(warm, 0.5), max(warm),
            bar="3000 ms", met=max(warm) <= 3000, beside=f"of {len(warm)}; most, not p95"),
    ]  # fmt: skip
    for stage, count in told["bytes"].items():
        row = Row(f"page: fetched, {stage}: {count / 1000:.0f} kB", beside="over the wire")
        if stage == FIRST:
            row.bar, row.met = "300 kB", count <= 300_000
        rows.append(row)
    return rows


def held(told: list[dict[str, Any]]) -> Row:
    """The objects of the page and its worker: the middle of the first ten looks, and of the last.

    A look now and then falls on what is just being done, so single ones tell little.
    """
    looks = [(at["page"] + at["workers"]) / 1e6 for at in told]
    some = max(1, min(10, len(looks) // 2))
    before, after = (quantile(part, 0.5) for part in (looks[:some], looks[-some:]))
    growth = after / before - 1
    beside = (
        f"the first look {looks[0]:.1f} MB, the last {looks[-1]:.1f}, the most {max(looks):.1f}"
    )
    if all(at["resident"] for at in told):
        resident = [at["resident"] / 1e6 for at in told]
        beside += f"; its processes {resident[0]:.0f} to {resident[-1]:.0f} MB"
    minutes = told[-1]["minute"] - told[0]["minute"]
    return Row(
        f"page: heap after {minutes:.0f} minutes of sensing: {100 * growth:+.1f} %",
        peak_mb=after, bar="+10 %", met=growth <= 0.1, beside=beside,
    )  # fmt: skip


def slow(told: dict[str, Any]) -> list[Row]:
    """The page with its own thread slowed down, as a weak machine has it."""
    ready, presses = told["ready"], told["presses"]
    # The browser tells of no press that took less than a picture; two keys pressed are counted.
    inputs = [*told["inputs"], *[16] * (presses - len(told["inputs"]))]
    longest = max(told["tasks"], default=0)
    slower = f"CPU {told['slower']} times slower"
    return [
        Row(f"page: to a page that can be used, {slower}", quantile(ready, 0.5), max(ready),
            bar="1500 ms", met=max(ready) <= 1500, beside=f"of {len(ready)}; most, not p95"),
        Row(f"page: press to picture while sensing, {slower}", quantile(inputs, 0.5),
            quantile(inputs, 0.95), bar="100 ms", met=quantile(inputs, 0.95) <= 100,
            beside=f"{presses} presses; the most {max(inputs):.0f} ms"),
        Row(f"page: longest task while sensing, {slower}", longest, bar="200 ms",
            met=longest <= 200, beside=f"{len(told['tasks'])} longer than 50 ms"),
    ]  # fmt: skip
