"""The commands that keep what runs have found, and show it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from affetto_training.loop import Progress

STORE: Final = "sqlite:///runs/mlflow.db"


def add_commands(commands: Any, data: argparse.ArgumentParser) -> None:
    """Add them to the lab's; ``data`` brings the option of that name."""
    later = commands.add_parser("track", help="put a run into MLflow that has been trained already")
    later.add_argument("run", type=Path)
    later.add_argument("--store", default=STORE, help=f"where MLflow keeps it ({STORE})")

    count = commands.add_parser("counts", parents=[data], help="keep how many faces of each class")
    count.add_argument("--to", type=Path, required=True, help="the JSON file to write")

    page = commands.add_parser("report", help="write the page of claims from stored results")
    page.add_argument("--results", type=Path, default=Path("training/results"))
    page.add_argument("--to", type=Path, default=Path("docs/claims.md"), help="the page to write")

    wrong = commands.add_parser(
        "mistakes", parents=[data], help="make the two usual mistakes in small, beside the truth"
    )
    wrong.add_argument("--to", type=Path, required=True, help="the JSON file to write")
    wrong.add_argument("--images", type=int, default=4000, help="faces of Training (4000)")
    wrong.add_argument("--epochs", type=int, default=30, help="epochs of each net (30)")
    wrong.add_argument("--threads", type=int, default=1, help="CPU threads (1)")


def add_track(run: argparse.ArgumentParser) -> None:
    """The option by which a run is tracked while it learns."""
    run.add_argument(
        "--track", nargs="?", const=STORE, metavar="STORE", help=f"keep it in MLflow, at {STORE}"
    )


def answer(options: argparse.Namespace) -> str | None:
    """Do what was asked, if it is ours to do; the text to print."""
    if options.command == "mistakes":
        import torch

        from affetto_training.mistakes import Plan, make_mistakes

        torch.set_num_threads(options.threads)
        plan = Plan(images=options.images, epochs=options.epochs)
        return _kept(make_mistakes(options.data, plan), options.to)
    if options.command == "counts":
        return _kept(counted(options.data), options.to)
    if options.command == "report":
        from affetto_training.report import write_report

        runs = write_report(options.results, options.to)
        return f"{options.to}, from {runs} stored runs"
    if options.command == "track":
        from affetto_training.tracking import Diary

        Diary(options.run, options.store).close()
        return f"{options.run} is in {options.store}; make mlflow shows it."
    return None


def counted(data: Path) -> dict[str, Any]:
    """Images of each class in each split, seen as seven classes and as four."""
    from affetto_training.fer2013 import FOUR
    from affetto_training.layouts import layout_of

    layout = layout_of(data)
    four = {s: {FOUR[name]: c[name] for name in FOUR} for s, c in layout.counts.items()}
    return {"data": str(layout), "seven": dict(layout.counts), "four": four}


@contextmanager
def diary(run: Path, store: str | None) -> Iterator[Callable[[Progress], None]]:
    """Whom a training run tells of its epochs: MLflow, if a store is named and it is there.

    Without MLflow the run goes on untracked, and that is said once.
    """
    if store is None:
        yield lambda progress: None
        return
    from affetto_training import tracking

    if not tracking.available():
        print(
            "MLflow is not installed: the run goes on untracked. tools/setup.py training "
            "brings it, and the command track puts the run in later.",
            file=sys.stderr,
        )
        yield lambda progress: None
        return
    kept = tracking.Diary(run, store)
    yield kept.heard
    kept.close()


def measured(run: Path, found: Mapping[str, Any]) -> None:
    """Tell MLflow what a tracked run scored."""
    if (kept := _diary_of(run)) is not None:
        kept.measured(found)


def exported(run: Path, to: Path) -> None:
    """Give MLflow the shipped file of a tracked run, and its card."""
    if (kept := _diary_of(run)) is not None:
        kept.attach(to, to.with_name(f"{to.stem}.card.json"))


def _diary_of(run: Path) -> Any:
    from affetto_training.tracking import tracked

    return tracked(run)


def _kept(found: dict[str, Any], to: Path) -> str:
    """What was found, as JSON, in a file and to print."""
    text = json.dumps(found, indent=2) + "\n"
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(text, encoding="utf-8", newline="\n")
    return text.rstrip()
