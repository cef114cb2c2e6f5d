"""Training the mood model that ships, and scoring the analyser on rated sounds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np

from affetto.inference.card import ModelCard, ModelInput
from affetto.music.ear import WIDTH
from affetto.music.mood_model import CUES, MoodModel, shipped
from affetto_training.acceptance import track_mood
from affetto_training.sounds_data import read_clips, rows_of
from affetto_training.sounds_fit import Scores, fit, judge, mood_learner

# Which files the shipped model learned from, by their bytes. The model could not say.
LEARNED: Final = Path(__file__).parent / "weights" / "sounds-learned.txt"

OUT_OF_FOLD = (
    "These are the excerpts that the shipped model learned from, so it is fitted anew "
    "without those that it is judged on: ten folds by recording, all choices made inside."
)
UNHEARD = "The shipped analyser on excerpts that it did not learn from."
HALF_HEARD = "The shipped analyser, which learned from {} of these excerpts: that flatters it."


def train(
    folder: Path, to: Path, seeds: tuple[int, ...], *, learned: Path = LEARNED
) -> dict[str, Any]:
    """Fit on every excerpt of ``folder``, judge by nested cross-validation, write ``to``.

    ``learned`` is told which files those were.
    """
    clips = read_clips(folder)
    scores = judge(clips, mood_learner, seeds)
    kept: dict[str, Any] = {
        name: scores[name] for name in ("by_recording", "by_genre", "seeds") if name in scores
    }
    card = ModelCard(
        name="music-mood",
        version="sound-v3",
        task="valence and arousal of music, with the standard deviation of each",
        input=ModelInput("piece", ("n", len(CUES) + WIDTH), "", (-100.0, 1000.0)),
        licence="Apache-2.0",
        sha256="",
        labels=("valence", "arousal", "valence sd", "arousal sd"),
        data=f"{len(clips.names)} six-second excerpts rated by listeners (Grekow's set on "
        f"GTZAN recordings), {len(set(clips.groups.tolist()))} recordings",
        scores=kept | {"data_hash": clips.hash},
        notes="Scores: ten folds by recording, every choice made inside the nine it learned "
        "from, the mean over the seeds; and with one genre left out at a time. No recording, "
        "no measurement of one and no rating is in the file, only weights.",
    )
    fit(clips.heard, clips.moods, clips.groups).write(to, card)
    MoodModel.read(to)
    digests = sorted(digest(path) for path, _, _ in rows_of(folder))
    learned.write_text("\n".join(digests) + "\n", encoding="utf-8", newline="\n")
    return kept


def evaluate(folder: Path, seeds: tuple[int, ...]) -> dict[str, Any]:
    """Scores of the analyser on ``folder``.

    On the excerpts the shipped model learned from, each is told by a model fitted
    without it, as often as there are seeds; ``seeds`` is empty otherwise.
    """
    _, card = shipped()
    rows = rows_of(folder)
    moods = np.array([mood for _, *mood in rows])
    clips = None
    if card.scores.get("by_recording", {}).get("n") == len(rows):
        clips = read_clips(folder)
        if clips.hash != card.scores["data_hash"]:
            clips = None
    if clips is None:
        told = track_mood([path for path, _, _ in rows])
        unread = int(np.sum(np.all(told[:, :2] == 0, axis=1)))
        known = learned_from([path for path, _, _ in rows])
        what = HALF_HEARD.format(known) if known else UNHEARD
        found = {"what": what, "seeds": [], "unreadable": unread, "learned_from": known}
        return found | Scores.of(told, moods).as_dict()
    judged = judge(clips, mood_learner, seeds)
    answer: dict[str, Any] = {"what": OUT_OF_FOLD, "seeds": list(seeds)} | judged["by_recording"]
    return answer | {"each_seed": judged["each_seed"], "by_genre": judged.get("by_genre")}


def learned_from(paths: Iterable[Path]) -> int:
    """How many of these files the shipped model learned from."""
    learned = set(LEARNED.read_text(encoding="utf-8").split())
    known = 0
    for path in paths:
        with suppress(OSError):
            known += digest(path) in learned
    return known


def digest(path: Path) -> str:
    """Sixteen hexadecimal digits of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def as_text(found: dict[str, Any]) -> str:
    """The scores for people."""
    lines = [found["what"], f"{found['n']} excerpts, seeds {found['seeds'] or 'none'}"]
    for axis in ("valence", "arousal"):
        one = found[axis]
        lines.append(
            f"  {axis}: r {one['r']:.3f}, CCC {one['ccc']:.3f}, RMSE {one['rmse']:.3f}, "
            f"90 % interval covers {one['coverage90']:.1%}"
        )
    lines.append(f"  right quarter of the plane: {found['quadrant']:.3f}")
    return "\n".join(lines)
