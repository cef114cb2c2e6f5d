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


def page() -> list[Row]:
    """In a real browser before a fake camera that shows the astronaut."""
    found = browser.find()
    with tempfile.TemporaryDirectory() as folder:
        to, speed_to = Path(folder) / "page.json", Path(folder) / "speed.json"
        named = {"AFFETTO_BROWSER": str(found)} if found else {}
        house.run(
            [setup.find_npm(), "exec", "--", "playwright", "test",
             "--config", "playwright.bench.config.ts"],
            cwd=house.WEB,
            env={"AFFETTO_BENCH_TO": str(to), "AFFETTO_BENCH_SPEED_TO": str(speed_to), **named},
            remedy="The lines above say what the browser could not do.",
        )  # fmt: skip
        told = json.loads(to.read_text())
        slowed = slow(json.loads(speed_to.read_text()))
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
        rows.append(Row(f"page: fetched, {stage}: {count / 1000:.0f} kB", beside="over the wire"))
    (first, last), minutes = told["heap"], told["minutes"]
    growth = last / first - 1
    resident = told["resident"]
    beside = f"from {first:.1f} MB"
    if None not in resident:
        beside += f"; the page's processes {resident[0]:.0f} to {resident[1]:.0f} MB"
    rows.append(
        Row(f"page: heap after {minutes:g} minutes of sensing: {100 * growth:+.1f} %",
            peak_mb=last, bar="+10 %", met=growth <= 0.1, beside=beside)
    )  # fmt: skip
    return rows + slowed


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
