"""The commands that keep what runs have found, and show it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any


def add_commands(commands: Any, data: argparse.ArgumentParser) -> None:
    """Add them to the lab's; ``data`` brings the option of that name."""
    wrong = commands.add_parser(
        "mistakes", parents=[data], help="make the two usual mistakes in small, beside the truth"
    )
    wrong.add_argument("--to", type=Path, required=True, help="the JSON file to write")
    wrong.add_argument("--images", type=int, default=4000, help="faces of Training (4000)")
    wrong.add_argument("--epochs", type=int, default=30, help="epochs of each net (30)")
    wrong.add_argument("--threads", type=int, default=1, help="CPU threads (1)")


def answer(options: argparse.Namespace) -> str | None:
    """Do what was asked, if it is ours to do; the text to print."""
    if options.command == "mistakes":
        import torch

        from affetto_training.mistakes import Plan, make_mistakes

        torch.set_num_threads(options.threads)
        plan = Plan(images=options.images, epochs=options.epochs)
        return _kept(make_mistakes(options.data, plan), options.to)
    return None


def _kept(found: dict[str, Any], to: Path) -> str:
    """What was found, as JSON, in a file and to print."""
    text = json.dumps(found, indent=2) + "\n"
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(text, encoding="utf-8", newline="\n")
    return text.rstrip()
