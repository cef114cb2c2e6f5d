"""What ``leaderboard`` does with what was asked for."""

from __future__ import annotations

import argparse

from affetto_training.tastes.board.data import read_listening


def answer(options: argparse.Namespace) -> str:
    """Do what was asked; the text to print."""
    listening = read_listening(options.data)
    listeners, artists = listening.plays.shape
    return f"{listening.plays.nnz:,} counts of {listeners:,} listeners and {artists:,} artists"
