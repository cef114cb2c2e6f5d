"""The commands that try readers out where faces are hard to see, and show what came of it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any


def add_commands(commands: Any, data: argparse.ArgumentParser) -> None:
    """Add them to the lab's; ``data`` brings the option of that name."""
    try_out = commands.add_parser(
        "sweep", parents=[data], help="read faces that are dark, turned, blurred, small, covered"
    )
    try_out.add_argument("--model", type=Path, help="ONNX file (default: the one in the package)")
    try_out.add_argument("--photos", type=Path, help="folder of the sample photos")
    try_out.add_argument("--to", type=Path, required=True, help="the JSON file to write")
    try_out.add_argument("--threads", type=int, default=1, help="CPU threads (1)")

    crops = commands.add_parser(
        "crops", parents=[data], help="write the same faces for a peer with a Python of its own"
    )
    crops.add_argument("--photos", type=Path, help="folder of the sample photos")
    crops.add_argument("--to", type=Path, required=True, help="the .npz file to write")

    peer = commands.add_parser("peer", parents=[data], help="score what a peer has answered")
    peer.add_argument("answers", type=Path, help="what peer_fer.py wrote")
    peer.add_argument("--crops", type=Path, required=True, help="the crops it was asked about")
    peer.add_argument("--to", type=Path, required=True, help="the JSON file its figures go into")

    page = commands.add_parser(
        "robustness", help="write the page and the charts from stored figures; measures nothing"
    )
    page.add_argument("--results", type=Path, default=Path("training/results"))
    page.add_argument("--to", type=Path, default=Path("docs/robustness.md"))
    page.add_argument(
        "--model", help="version of the net to show (default: the one in the package)"
    )


def answer(options: argparse.Namespace) -> str | None:
    """Do what was asked, if it is ours to do; the text to print."""
    if options.command == "robustness":
        from affetto_training.robustness import write_page

        written = write_page(options.results, options.to, options.model)
        return "\n".join(str(path) for path in written)
    if options.command not in ("sweep", "crops", "peer"):
        return None
    from affetto_training import sweeps

    if options.command == "crops":
        count = sweeps.write_crops_for_peers(options.data, options.to, options.photos)
        return f"{count:,} faces at every level in {options.to}"
    if options.command == "peer":
        found = sweeps.peer(options.data, options.answers, options.crops)
        stored = json.loads(options.to.read_text("utf-8")) if options.to.exists() else {}
        stored[found["package"]] = found
        _write(stored, options.to)
        return f"{found['package']} {found['version']}: {json.dumps(found['whole'])}"
    found = sweeps.sweep(options.data, options.model, options.photos, threads=options.threads)
    _write(found, options.to)
    return f"{found['model']}: {json.dumps(found['whole'])}"


def _write(found: dict[str, Any], to: Path) -> None:
    """JSON with a line for each row of figures, so that a change can be read."""
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(laid_out(found) + "\n", encoding="utf-8", newline="\n")


def laid_out(value: Any, indent: int = 0) -> str:
    """JSON, broken only where what it holds does not fit on a line."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= 160 or not isinstance(value, (dict, list)) or not value:
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        rows = [f"{json.dumps(k)}: {laid_out(v, indent + 2)}" for k, v in value.items()]
        return "{\n" + ",\n".join(inner + row for row in rows) + "\n" + " " * indent + "}"
    rows = [laid_out(v, indent + 2) for v in value]
    return "[\n" + ",\n".join(inner + row for row in rows) + "\n" + " " * indent + "]"
