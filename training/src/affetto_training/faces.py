"""The lab of faces, one command for each thing it does.

    python -m affetto_training.faces layout DATA
    python -m affetto_training.faces train training/configs/faces-v1.toml --data DATA --out RUN
    python -m affetto_training.faces measure RUN --data DATA --to training/results/NAME.json
    python -m affetto_training.faces export RUN --data DATA --to expression.onnx
    python -m affetto_training.faces evaluate --data FILE.parquet --model expression.onnx --json
    python -m affetto_training.faces sweep --data DATA --to training/results/sweep-faces-v1.json
    python -m affetto_training.faces robustness
    python -m affetto_training.faces mistakes --data DATA --to training/results/mistakes.json
    python -m affetto_training.faces counts --data DATA --to training/results/class-counts.json
    python -m affetto_training.faces track RUN
    python -m affetto_training.faces report

DATA is FER2013 (Goodfellow et al. 2013, arXiv 1307.0414) as the official csv, as class
folders, or as a parquet file with the FER+ votes (Barsoum et al. 2016, arXiv 1608.01041).
Only Training is learnt from; PublicTest is scored once, at the end; twins of its images
leave Training first.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path

from affetto_training import bookkeeping, trials
from affetto_training.command import answered


def options_of(arguments: list[str] | None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m affetto_training.faces", description="Train and score nets on faces."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "--data", type=Path, required=True, help="FER2013: its csv, class folders, or a parquet"
    )

    look = commands.add_parser("layout", help="say which copy of FER2013 this is, and count it")
    look.add_argument("data", type=Path)

    run = commands.add_parser("train", parents=[data], help="train a net from a configuration")
    run.add_argument("config", type=Path)
    run.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    run.add_argument("--threads", type=int, default=0, help="CPU threads (0 = all)")
    run.add_argument(
        "--cpu-seconds", type=float, default=math.inf, help="stop after the epoch that passes this"
    )
    bookkeeping.add_track(run)
    length = run.add_mutually_exclusive_group()
    length.add_argument(
        "--epochs", type=int, metavar="N", help="this many, however many the configuration says"
    )
    length.add_argument(
        "--best-of", type=Path, metavar="RUN", help="as many as RUN needed to its best, anew"
    )
    run.add_argument(
        "--device", default="auto", help="cpu, cuda or auto: a CUDA GPU where there is one"
    )

    see = commands.add_parser(
        "views", parents=[data], help="keep jittered views with what teachers say of each"
    )
    see.add_argument("config", type=Path, help="of the run that will learn from them")
    see.add_argument("--teachers", type=Path, nargs="+", required=True, help="their runs")
    see.add_argument("--out", type=Path, required=True, help="folder for the views")
    see.add_argument("--count", type=int, default=5, help="views of each face (5)")
    see.add_argument("--threads", type=int, default=0, help="CPU threads (0 = all)")

    tell = commands.add_parser("measure", parents=[data], help="score a run beside its claim")
    tell.add_argument("run", type=Path)
    tell.add_argument("--to", type=Path, help="the JSON file to keep it in as well")

    ship = commands.add_parser("export", parents=[data], help="write ONNX and card from a run")
    ship.add_argument("run", type=Path)
    ship.add_argument("--to", type=Path, required=True, help="the ONNX file to write")

    judge = commands.add_parser(
        "evaluate", parents=[data], help="score an exported model on face crops"
    )
    judge.add_argument("--split", help="default: all but Training, or all rows where none is named")
    judge.add_argument("--model", type=Path, help="ONNX file (default: the one in the package)")
    judge.add_argument("--by", metavar="COLUMN", help="score each value of this column by itself")
    judge.add_argument("--json", action="store_true", help="print JSON")

    twins = commands.add_parser(
        "twins", parents=[data], help="write the fingerprints of Training that evaluate knows"
    )
    twins.add_argument("--to", type=Path, required=True, help="the .npy file to write")
    bookkeeping.add_commands(commands, data)
    trials.add_commands(commands, data)
    return parser.parse_args(arguments)


def answer(options: argparse.Namespace) -> str:
    """Do what was asked; the text to print."""
    told = bookkeeping.answer(options) or trials.answer(options)
    if told is not None:
        return told
    from affetto_training.fer2013 import write_training_twins
    from affetto_training.layouts import layout_of, read_faces

    if options.command == "layout":
        layout = layout_of(options.data)
        lines = [str(layout)]
        for split, counts in layout.counts.items():
            total = sum(counts.values())
            shares = (f"{n} {c:,} ({c / total:.1%})" for n, c in counts.items())
            lines.append(f"  {split or 'every row'}: {', '.join(shares)}")
        return "\n".join(lines)
    if options.command == "twins":
        kept = write_training_twins(read_faces(options.data, "Training"), options.to)
        return f"{kept:,} fingerprints in {options.to}"

    import torch

    from affetto_training.again import retrained
    from affetto_training.config import Config
    from affetto_training.evaluate import as_text, evaluate, measure
    from affetto_training.loop import train

    if options.command == "train":
        if options.threads:
            torch.set_num_threads(options.threads)
        config = Config.read(options.config)
        if options.epochs is not None:
            config = config.lasting(options.epochs)
        if options.best_of is not None:
            config = retrained(config, options.best_of)
        with bookkeeping.diary(options.out, options.track) as heard:
            done = train(
                config,
                options.data,
                options.out,
                cpu_s=options.cpu_seconds,
                device=options.device,
                told=heard,
            )
        return f"{done.epoch} epochs, {done.cpu_s:,.0f} CPU-seconds, in {options.out}"
    if options.command == "views":
        from affetto_training.teaching import make_views

        if options.threads:
            torch.set_num_threads(options.threads)
        config = Config.read(options.config)
        made = make_views(config, options.data, options.teachers, options.out, options.count)
        return f"{made} new views in {options.out}"
    if options.command == "measure":
        found = measure(options.run, options.data, options.to)
        bookkeeping.measured(options.run, found)
        return json.dumps({key: value for key, value in found.items() if key != "curve"})
    if options.command == "export":
        from affetto_training.export import export

        scores = export(options.run, options.data, options.to)
        bookkeeping.exported(options.run, options.to)
        return json.dumps(scores.rounded())
    found = evaluate(options.data, options.split, options.model, options.by)
    return json.dumps(found) if options.json else as_text(found)


def main(arguments: list[str] | None = None) -> int:
    """0, or 1 with the problem and its remedy on stderr; 2 for what was asked wrongly."""
    options = options_of(arguments)
    return answered(lambda: answer(options))


if __name__ == "__main__":
    sys.exit(main())
