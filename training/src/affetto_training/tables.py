"""The mood of songs from a table of streaming-service features: fit it, and score it.

    python -m affetto_training.tables train --data deezer_mood_train.csv.gz
    python -m affetto_training.tables evaluate --data FILE --json

Learns from the listener tags of the Deezer mood set (Delbouys et al., ISMIR 2018, arXiv
1809.07276), those rows that carry features, and a little from songs that stand on
playlists of a mood. A table it has learnt from is scored by folds that keep each artist on
one side; any other, by the weights that are kept.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from affetto.errors import AffettoError
from affetto_training.command import answered
from affetto_training.songs import folds
from affetto_training.songs.lesson import (
    OF_A_PLAYLIST,
    Lesson,
    by_folds,
    chosen,
    fingerprint,
    intervals_hold,
    learnt,
    lesson,
    listeners_said,
    playlist_hits,
    tagged_rows,
)
from affetto_training.songs.reading import Floats, Songs, read_songs
from affetto_training.songs.rows import features_of
from affetto_training.songs.table_model import (
    STANDARD_UNITS,
    WEIGHTS,
    WIDTH,
    Recipe,
    calibrated,
    load,
    save,
)

CARD: Final = WEIGHTS.with_suffix(".json")
TAGS, MOODS = "deezer_mood_train.csv.gz", "data_moods.csv"  # looked for beside each other
TO_BEAT: Final = {"valence": 0.43, "arousal": 0.385}  # Spotify's own, and a ridge on twelve
SEEDS: Final = (0, 1, 2)
FOLDS: Final = 10
KEPT_WEIGHTS: Final = (
    "the weights that are kept; a song here that they learnt from, if any, flatters them"
)


def train(
    data: Path, moods: Path | None, to: Path, seeds: tuple[int, ...] = SEEDS, waves: int = 500
) -> dict[str, Any]:
    """Fit the model, keep it in ``to`` with a card beside it, and return the card."""
    tags, playlists = _tables(data, moods)
    everything = lesson(tags, playlists)
    recipe = chosen(everything, SEEDS[0], Recipe(waves=waves))
    fold = folds.grouped(everything.artists, FOLDS, SEEDS[0])
    told = by_folds(everything, fold, lambda part, _: learnt(part, recipe).told)
    tagged = everything.tagged
    sd = calibrated((told - everything.targets)[tagged])
    save(replace(learnt(everything, recipe), sd=sd), to)
    card = {
        "about": "Valence and arousal of a song from a streaming service's features.",
        "recipe": asdict(recipe),
        "learnt_from": {
            "listener_tagged": int(tagged.sum()),
            "on_playlists": int((~tagged).sum()),
            "weight_of_a_playlist": OF_A_PLAYLIST,
            "artists": len(np.unique(everything.artists)),
        },
        "labels": f"standard units of the listener tags divided by {STANDARD_UNITS}",
        "sd": [round(float(v), 4) for v in sd],
        "tables": [fingerprint(tags)] + ([fingerprint(playlists)] if playlists else []),
        "by_artist_folds": _by_folds(everything, tags, playlists, seeds, recipe),
    }
    text = json.dumps(card, indent=2) + "\n"
    to.with_suffix(".json").write_text(text, encoding="utf-8", newline="\n")
    return card


def evaluate(
    data: Path, moods: Path | None = None, weights: Path = WEIGHTS, seeds: tuple[int, ...] = SEEDS
) -> dict[str, Any]:
    """Score a table: listener tags as correlation and quarters, playlist moods as quarters."""
    songs = read_songs(data)
    card = _card(weights)
    if not songs.has("mood"):
        songs = _tagged(songs)
    if fingerprint(songs) in card["tables"]:
        tags, playlists = _tables(data, moods)
        everything = lesson(tags, playlists)
        recipe = Recipe(**card["recipe"])
        found = _by_folds(everything, tags, playlists, seeds, recipe)
        return {"table": data.name, "protocol": f"{FOLDS} folds by artist", **found}
    told = load(weights).told(features_of(songs.rows))
    found = {"table": data.name, "protocol": KEPT_WEIGHTS}
    if songs.has("mood"):
        return found | {"playlists": _playlists(songs, told)}
    said = listeners_said(songs)
    held = (np.abs(told[:, :2] - said) <= WIDTH * told[:, 2:]).mean(axis=0)
    return found | _scores([told[:, :2]], said, songs) | {"interval_90": _pair(held)}


def _by_folds(
    everything: Lesson,
    tags: Songs,
    playlists: Songs | None,
    seeds: tuple[int, ...],
    recipe: Recipe,
) -> dict[str, Any]:
    """Every figure of the model, always asked about artists that it has not heard of.

    Width and penalty are chosen anew within what each fold may learn from.
    """
    tagged, runs, held = everything.tagged, [], []

    def ours(part: Lesson, seed: int) -> Callable[[Floats], Floats]:
        return learnt(part, chosen(part, seed, recipe)).told

    for seed in seeds:
        fold = folds.grouped(everything.artists, FOLDS, seed)
        runs.append(by_folds(everything, fold, ours, seed))
        residuals = (runs[-1] - everything.targets)[tagged]
        held.append(intervals_hold(residuals, fold[tagged]))
    found = _scores([run[tagged] for run in runs], everything.targets[tagged], tags)
    found |= {"seeds": list(seeds), "interval_90": _pair(np.mean(held, axis=0))}
    if playlists is not None:
        found["playlists"] = _playlists(playlists, *(run[~tagged] for run in runs))
    return found


def _scores(runs: list[Floats], said: Floats, songs: Songs) -> dict[str, Any]:
    """Means over runs; the spread of the correlation is that between seeds."""
    found: dict[str, Any] = {"n": len(said)}
    for t, axis in enumerate(("valence", "arousal")):
        r = [folds.pearson(run[:, t], said[:, t]) for run in runs]
        found[axis] = {
            "r": round(float(np.mean(r)), 4),
            "r_between_seeds": round(float(np.std(r)), 4),
            "r_to_beat": TO_BEAT[axis],
            "ccc": _mean(folds.concordance(run[:, t], said[:, t]) for run in runs),
            "r2": _mean(folds.r_squared(said[:, t], run[:, t]) for run in runs),
            "mae": _mean(float(np.abs(run[:, t] - said[:, t]).mean()) for run in runs),
        }
    true = folds.quadrant(said[:, 0], said[:, 1])
    own = songs.numbers("spotify_valence", "energy")
    found["quarter"] = {
        "ours": _mean(float((folds.quadrant(*run.T) == true).mean()) for run in runs),
        "median_rule": _mean([_rule(own, np.nanmedian(own, axis=0), true)]),
        "half_rule": _mean([_rule(own, np.array([0.5, 0.5]), true)]),
        "commonest": round(float(np.bincount(true).max() / len(true)), 4),
    }
    return found


def _playlists(songs: Songs, *runs: Floats) -> dict[str, Any]:
    moods = list(songs.texts("mood"))
    own = songs.numbers("valence", "energy")
    rule = own - np.nanmedian(own, axis=0)
    half = own - 0.5

    def hits(runs: tuple[Floats, ...]) -> dict[str, float]:
        each = [playlist_hits(moods, run) for run in runs]
        return {name: _mean(one[name] for one in each) for name in each[0]}

    told = {"ours": hits(runs), "median_rule": hits((rule,)), "half_rule": hits((half,))}
    return {"n": len(moods), **told}


def _rule(own: Floats, cut: Floats, true: folds.Ints) -> float:
    return float((folds.quadrant(*(own - cut).T) == true).mean())


def _mean(values: Any) -> float:
    return round(float(np.mean(list(values))), 4)


def _pair(values: Floats) -> dict[str, float]:
    return {"valence": round(float(values[0]), 4), "arousal": round(float(values[1]), 4)}


def _tagged(songs: Songs) -> Songs:
    kept = tagged_rows(songs)
    if not len(kept):
        raise AffettoError(
            f"{songs.path.name} has no row with listener tags and features.",
            remedy="valence and arousal are the tags, spotify_valence and energy features.",
        )
    return kept


def _tables(data: Path, moods: Path | None) -> tuple[Songs, Songs | None]:
    """Listener tags and playlist moods, whichever of them ``data`` is."""
    songs = read_songs(data)
    if songs.has("mood"):
        return _tagged(read_songs(data.with_name(TAGS))), songs
    beside = moods or data.with_name(MOODS)
    return _tagged(songs), read_songs(beside) if moods or beside.exists() else None


def _card(weights: Path) -> Mapping[str, Any]:
    try:
        card: dict[str, Any] = json.loads(weights.with_suffix(".json").read_text("utf-8"))
        return card
    except (OSError, ValueError) as error:
        raise AffettoError(
            f"The card of {weights.name} cannot be read: {error}.",
            remedy="Fit the model anew: python -m affetto_training.tables train --data FILE.",
        ) from error


def as_text(found: Mapping[str, Any]) -> str:
    """What was found, for people."""
    lines = [f"{found['table']}: {found['protocol']}"]
    if "valence" in found:
        for axis in ("valence", "arousal"):
            one = found[axis]
            lines.append(
                f"  {axis}: r {one['r']:.3f} (to beat {one['r_to_beat']}), CCC {one['ccc']:.3f}, "
                f"R² {one['r2']:.3f}; 90 % intervals hold {found['interval_90'][axis]:.1%}"
            )
        q = found["quarter"]
        lines.append(
            f"  quarter of the map: {q['ours']:.3f}; median rule {q['median_rule']:.3f}, "
            f"commonest {q['commonest']:.3f}"
        )
    if "playlists" in found:
        own, rule = found["playlists"]["ours"], found["playlists"]["median_rule"]
        lines.append(
            f"  playlist moods: {own['as_angry']:.3f}, Energetic counted as angry (median rule "
            f"{rule['as_angry']:.3f}); {own['as_either']:.3f}, as angry or happy "
            f"({rule['as_either']:.3f}); Calm {own['Calm']:.3f} ({rule['Calm']:.3f})"
        )
    return "\n".join(lines)


def options_of(arguments: list[str] | None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m affetto_training.tables",
        description="Fit and score the mood of songs from a table of features.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--data", type=Path, required=True, help="listener tags with features, or playlist moods"
    )
    shared.add_argument(
        "--moods", type=Path, help=f"songs on playlists of a mood (default: {MOODS} beside it)"
    )
    shared.add_argument("--json", action="store_true", help="print JSON")
    learn = commands.add_parser("train", parents=[shared], help="fit the model and keep it")
    learn.add_argument("--waves", type=int, default=500, help="random features (500)")
    learn.add_argument("--to", type=Path, default=WEIGHTS, help="the npz file to write")
    judge = commands.add_parser("evaluate", parents=[shared], help="score the model on a table")
    judge.add_argument("--weights", type=Path, default=WEIGHTS, help="the npz file to read")
    return parser.parse_args(arguments)


def answer(options: argparse.Namespace) -> str:
    """Do what was asked; the text to print."""
    if options.command == "train":
        card = train(options.data, options.moods, options.to, waves=options.waves)
        return json.dumps(card, indent=2)
    found = evaluate(options.data, options.moods, options.weights)
    return json.dumps(found) if options.json else as_text(found)


def main(arguments: list[str] | None = None) -> int:
    """0, or 1 with the problem and its remedy on stderr; 2 for what was asked wrongly."""
    options = options_of(arguments)
    return answered(lambda: answer(options))


if __name__ == "__main__":
    sys.exit(main())
