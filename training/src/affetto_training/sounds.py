"""The lab of sounds: how a track's mood is learned from its own sound, and how well.

    python -m affetto_training.sounds net musicnn-0.1.0-py3-none-any.whl
    python -m affetto_training.sounds study --data DIR --to training/results/sounds.json
    python -m affetto_training.sounds train --data DIR
    python -m affetto_training.sounds evaluate --data DIR --json
    python -m affetto_training.sounds report

DIR holds annotations.csv and the sounds it names (muse_va_clips: 162 excerpts of six
seconds with listeners' valence and arousal). The recordings never leave that folder; the
model that ships holds what was measured of them, and no sound.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from affetto.inference.shelf import MODELS
from affetto_training.command import answered

SEEDS = (1, 2, 3, 4, 5)


def options_of(arguments: list[str] | None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m affetto_training.sounds", description="Learn moods from sound."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "--data", type=Path, required=True, help="folder with annotations.csv and its sounds"
    )

    net = commands.add_parser("net", help="write the net that listens, from musicnn's wheel")
    net.add_argument("wheel", type=Path)
    net.add_argument("--to", type=Path, default=MODELS / "music-ear.onnx")

    study = commands.add_parser("study", parents=[data], help="try models; keep their scores")
    study.add_argument("--to", type=Path, required=True, help="the JSON file to write")
    study.add_argument("--wheel", type=Path, help="musicnn's wheel, to try its net as published")

    train = commands.add_parser("train", parents=[data], help="fit the model that ships")
    train.add_argument("--to", type=Path, default=MODELS / "music-mood.npz")

    judge = commands.add_parser("evaluate", parents=[data], help="score the shipped analyser")
    judge.add_argument("--json", action="store_true", help="print JSON")

    page = commands.add_parser("report", help="write the table of models tried into its page")
    page.add_argument("--results", type=Path, default=Path("training/results/sounds.json"))
    page.add_argument("--to", type=Path, default=Path("docs/ideas/hearing-a-mood.md"))
    return parser.parse_args(arguments)


def answer(options: argparse.Namespace) -> str:
    """Do what was asked; the text to print."""
    if options.command == "net":
        from affetto_training.sounds_net import write_net

        return f"{write_net(options.wheel, options.to).version} in {options.to}"
    if options.command == "report":
        from affetto_training.sounds_report import write_report

        return f"{write_report(options.results, options.to)} models in {options.to}"
    if options.command == "study":
        from affetto_training.results import as_json
        from affetto_training.sounds_study import study

        found = study(options.data, SEEDS[:3], options.wheel)
        options.to.write_text(as_json(found), encoding="utf-8")
        return f"{len(found['models'])} models in {options.to}"
    from affetto_training import sounds_evaluate

    if options.command == "train":
        return json.dumps(sounds_evaluate.train(options.data, options.to, SEEDS))
    found = sounds_evaluate.evaluate(options.data, SEEDS)
    return json.dumps(found) if options.json else sounds_evaluate.as_text(found)


def main(arguments: list[str] | None = None) -> int:
    """0, or 1 with the problem and its remedy on stderr; 2 for what was asked wrongly."""
    options = options_of(arguments)
    return answered(lambda: answer(options))


if __name__ == "__main__":
    sys.exit(main())
