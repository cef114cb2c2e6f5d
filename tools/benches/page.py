"""Reading on the device, in a real browser."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import browser
import house
import setup
from affetto.cli.bench import quantile
from benches.table import Row


def page() -> list[Row]:
    """Reading on the device, in a real browser before a fake camera that shows the astronaut."""
    found = browser.find()
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "page.json"
        named = {"AFFETTO_BROWSER": str(found)} if found else {}
        house.run(
            [setup.find_npm(), "exec", "--", "playwright", "test",
             "--config", "playwright.bench.config.ts"],
            cwd=house.WEB,
            env={"AFFETTO_BENCH_TO": str(to), **named},
            remedy="The lines above say what the browser could not do.",
        )  # fmt: skip
        told = json.loads(to.read_text())
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
    return rows
