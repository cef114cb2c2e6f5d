"""Training anew for as long as the best epoch of a whole run had taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from affetto.errors import Misuse
from affetto_training.config import Config
from affetto_training.loop import read_run
from affetto_training.results import best_epoch


def retrained(config: Config, run: Path) -> Config:
    """The configuration for training anew, as long as the best epoch of ``run`` had taken.

    The images held out of Training say which that was; PublicTest is not asked.
    """
    first, _, saved = read_run(run)
    done = saved["progress"]["epoch"]
    if done < first.planned or replace(first, phases=config.phases) != config:
        raise Misuse(
            f"{run} is no whole run of {config.name}: {done} of {first.planned} epochs.",
            remedy="Train it to its end first, from the same configuration.",
        )
    return config.retrained_for(best_epoch(saved["progress"]["curve"]))
