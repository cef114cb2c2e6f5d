"""The lab of tastes: how well ways of choosing do, before they meet a listener.

    python -m affetto_training.tastes leaderboard --data DIR
    python -m affetto_training.tastes simulate
    python -m affetto_training.tastes situnes --data DIR

Each sub-command is a module beside this one with two functions: ``add(commands)`` puts its
parser among the others, and ``run(options)`` does what was asked and gives the text to print.
A module is cheap to import; what is heavy it imports while it runs.
"""

from __future__ import annotations

import argparse
import sys

from affetto_training.command import answered
from affetto_training.tastes import leaderboard, simulate, situnes

COMMANDS = {"leaderboard": leaderboard, "simulate": simulate, "situnes": situnes}


def options_of(arguments: list[str] | None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m affetto_training.tastes", description="Judge ways of choosing music."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for module in COMMANDS.values():
        module.add(commands)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """0, or 1 with the problem and its remedy on stderr; 2 for what was asked wrongly."""
    options = options_of(arguments)
    return answered(lambda: COMMANDS[options.command].run(options))


if __name__ == "__main__":
    sys.exit(main())
