"""One table of every recommender, on the same splits: what it takes to beat the popular.

python -m affetto_training.tastes leaderboard --data DIR
python -m affetto_training.tastes leaderboard --data DIR --only ALS
python -m affetto_training.tastes leaderboard --data DIR --tune
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from affetto_training.bookkeeping import add_track

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

SETTINGS = Path("training/results/leaderboard-settings.toml")
RESULTS = Path("training/results")
TABLES = ("artists", "situnes", "simulated")
PAGE = Path("docs/leaderboard.md")


def add(commands: Commands) -> None:
    """Put this sub-command's parser among the others."""
    board = commands.add_parser("leaderboard", help="train and rank every recommender")
    board.add_argument(
        "--data",
        type=Path,
        required=True,
        help="folder that holds listening/hetrec2011-lastfm-2k and situnes",
    )
    board.add_argument("--table", choices=TABLES, help="one table alone")
    board.add_argument("--only", metavar="NAME", help="train and print one model alone")
    board.add_argument("--tune", action="store_true", help="try settings anew and keep the best")
    board.add_argument("--settings", type=Path, default=SETTINGS, help="the file of tuned settings")
    board.add_argument("--to", type=Path, default=RESULTS, help="folder for the CSV tables")
    board.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    board.add_argument("--quick", action="store_true", help="fewer splits, seeds and listeners")
    board.add_argument(
        "--from-results", action="store_true", help="only write the page anew, from stored figures"
    )
    add_track(board)


def run(options: argparse.Namespace) -> str:
    """Do what was asked; the text to print."""
    from affetto_training.tastes.board.command import answer

    return answer(options)
