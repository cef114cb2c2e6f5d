"""What a study of music in daily life says of our way of choosing.

python -m affetto_training.tastes situnes --data DIR

DIR is the folder of SiTunes, stages 1 and 2; stage 3 is never read. Writes
``training/results/situnes*``, ``docs/situnes.md`` and its charts; the same seed gives the same
bytes on the same machine.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

RESULTS = Path("training/results")
PAGE = Path("docs/situnes.md")
JSON = "situnes.json"


def add(commands: Commands) -> None:
    """Put this sub-command's parser among the others."""
    parser = commands.add_parser("situnes", help="ask a study of music in daily life")
    parser.add_argument("--data", type=Path, help="folder of SiTunes, stages 1 and 2")
    parser.add_argument("--seed", type=int, default=0, help="of folds and intervals (0)")
    parser.add_argument("--to", type=Path, default=RESULTS, help=f"folder for results ({RESULTS})")
    parser.add_argument("--page", type=Path, default=PAGE, help=f"the page to write ({PAGE})")
    parser.add_argument(
        "--from-results", action="store_true", help="only write the page anew, from the JSON"
    )


def run(options: argparse.Namespace) -> str:
    """Do what was asked; the text to print."""
    import json

    from affetto.errors import Misuse
    from affetto_training.tastes.field import page

    if options.from_results:
        found = json.loads((options.to / JSON).read_text(encoding="utf-8"))
    elif options.data:
        found = studied(options.data, options.seed)
    else:
        raise Misuse("No folder was named.", remedy="Name that of SiTunes with --data.")
    files = page.write(found, options.to, options.page)
    return f"{page.printed(found)}\n{options.page} and {len(files) - 1} files"


def studied(data: Path, seed: int) -> dict[str, Any]:
    """Every figure, as plain values of six digits, worked out on one thread."""
    import json

    from affetto_training.tastes.field import moods, ratings, uplift
    from affetto_training.tastes.field.rows import CHANCE, read_study

    with _one_thread():
        study = read_study(data)
        told = ratings.told_by_each(study)
        found = {
            "seed": seed,
            "plays": {
                "lab": sum(play.lab for play in study.plays),
                "field": sum(not play.lab for play in study.plays),
                "chance": sum(play.by == CHANCE for play in study.plays),
            },
            "ratings": ratings.judged(study, told, seed),
            "moods": moods.studied(study, told[ratings.OURS], seed),
            "uplift": uplift.compared(study, seed),
        }
    rounded: dict[str, Any] = json.loads(
        json.dumps(found), parse_float=lambda x: round(float(x), 6)
    )
    return rounded


def _one_thread() -> Any:
    """More threads would add numbers up in another order."""
    import contextlib

    try:
        from threadpoolctl import threadpool_limits
    except ImportError:
        return contextlib.nullcontext()
    return threadpool_limits(1)
