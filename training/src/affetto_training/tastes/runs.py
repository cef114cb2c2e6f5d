"""Many crowds meet many ways of choosing, side by side, and nothing is done twice.

One run is one policy in one scenario. Its outcome is kept in a file named after all that it
follows from, sources included: whatever changes is run anew, the rest is only read.
"""

from __future__ import annotations

import ast
import hashlib
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import astuple, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np

import affetto
from affetto_training.tastes.catalogue import Floats
from affetto_training.tastes.outcomes import by_listener
from affetto_training.tastes.policies import ENGINE, POLICIES, policy_called
from affetto_training.tastes.world import TRACKS, World

Outcome = dict[str, Floats]  # by_listener, "curve" (listeners, sessions) and "ms" a decision

WORLD: Final = ("catalogue", "listener", "outcomes", "policies", "scenarios", "world")
ROOMS: Final = ("listening/listener.py", "mood", "recommending")  # what the engine is made of


@dataclass(frozen=True, slots=True)
class Run:
    """One policy in one scenario."""

    scenario: str
    policy: str
    listeners: int = 500
    sessions: int = 10
    tracks: int = 10
    catalogue: int = TRACKS
    seed: int = 0

    def kept(self, folder: Path) -> Path:
        """Where its outcome lies."""
        whole = hashlib.sha256(repr(astuple(self)).encode())
        for path in _sources(self.policy):
            whole.update(ast.dump(ast.parse(path.read_bytes())).encode())  # comments aside
        words = f"{self.scenario}-{self.policy}".replace(" ", "-").replace(":", ".")
        name = "".join(c for c in words if c.isalnum() or c in "-._")
        return folder / f"{name}-{whole.hexdigest()[:12]}.npz"

    def done(self) -> Outcome:
        """Let the policy meet the crowd."""
        world = World(
            self.scenario,
            listeners=self.listeners,
            seed=self.seed,
            sessions=self.sessions,
            tracks=self.tracks,
            catalogue=self.catalogue,
        )
        create = policy_called(self.policy)
        began = time.process_time()
        played = world.played(create)
        spent = time.process_time() - began
        told = by_listener(played)
        told["curve"] = np.asarray(played.reward.mean(axis=2))
        told["ms"] = np.array(1000.0 * spent / played.reward.size)
        return told


def outcomes(runs: Iterable[Run], folder: Path, workers: int = 2) -> dict[Run, Outcome]:
    """The outcome of every run, those kept in ``folder`` only read; progress on stderr."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {run: run.kept(folder) for run in runs}  # by the sources there are now
    found, asked = {}, []
    for run, path in paths.items():
        if path.exists():
            with np.load(path) as kept:
                found[run] = dict(kept)
        else:
            asked.append(run)
    asked.sort(key=lambda run: run.policy != ENGINE)  # the longest first
    for run in asked:
        policy_called(run.policy)  # a wrong name is told before anything is run
    began = time.monotonic()
    for count, (run, outcome) in enumerate(_each(asked, workers), 1):
        path = paths[run]
        half = path.with_suffix(".part.npz")
        np.savez(half, allow_pickle=False, **outcome)
        half.replace(path)
        found[run] = outcome
        print(
            f"{time.monotonic() - began:6.0f} s  {count}/{len(asked)}  {run.scenario}, "
            f"{run.policy}: reward {outcome['reward'].mean():.3f}",
            file=sys.stderr,
        )
    return found


def _each(runs: Sequence[Run], workers: int) -> Iterable[tuple[Run, Outcome]]:
    """Every run with its outcome, in the order in which they end."""
    if workers == 1 or len(runs) < 2:
        for run in runs:
            yield run, _done(run)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        asked = {pool.submit(_done, run): run for run in runs}
        for ended in as_completed(asked):
            yield asked[ended], ended.result()


def _done(run: Run) -> Outcome:
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return run.done()


def _sources(policy: str) -> list[Path]:
    """The files a run follows from."""
    here = Path(__file__).parent
    files = [here / f"{name}.py" for name in WORLD]
    if POLICIES.get(policy, policy).startswith("affetto_training.acceptance"):
        files += [here.parent / "acceptance.py", here / "engine.py"]
        house = Path(affetto.__file__).parent
        for room in ROOMS:
            path = house / room
            files += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [path for path in files if path.exists()]
