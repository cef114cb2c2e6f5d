"""``affetto recommend --five``: five songs by chance, one is picked, the rest is ranked."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from affetto.cli.recommend import named
from affetto.emotion import mood_of
from affetto.errors import Misuse, NothingToPlay

if TYPE_CHECKING:
    from affetto.emotion import Place
    from affetto.recommending.fit import Candidates
    from affetto.recommending.pick_one import Alike
    from affetto.track import Track


def five_songs(
    tracks: Sequence[Track], felt: Place, pick: int | None, seed: int | None, *, as_json: bool
) -> None:
    """Draw five songs of the mood, ask which one, and print what cosine and distance say.

    ``pick`` answers beforehand, and needs the ``seed`` that the five were drawn with. With
    ``as_json`` nobody is asked: without a pick the five are all there is. Raises Misuse, and
    NothingToPlay where the mood has too few songs.
    """
    import numpy as np

    from affetto.recommending.fit import Candidates
    from affetto.recommending.pick_one import FEW, ranked, some_of, songs_of

    if pick is not None and seed is None:
        raise Misuse(
            "Nobody can know which five songs --pick means.",
            remedy="Add the --seed that was told with them.",
        )
    number = secrets.randbelow(2**31) if seed is None else seed
    if number < 0:
        raise Misuse(f"{number} is no seed.", remedy="Give a whole number from 0.")
    mood, candidates = mood_of(felt), Candidates(tracks)
    rows = songs_of(candidates, mood)
    if len(rows) <= FEW:
        raise NothingToPlay(
            f"The mood {mood} has too few songs here: {len(rows)}, where it takes {FEW + 1}, five "
            "to pick from and one to rank.",
            remedy="Take another mood, or add music with `affetto library scan FOLDER` or "
            "`affetto library import FILE`.",
        )
    five = some_of(rows, np.random.default_rng(number))
    if as_json:
        told = {"mood": mood, "seed": number, "five": [_song(candidates, row) for row in five]}
        if pick is not None:
            picked = five[pick - 1]
            told |= _ranking(candidates, picked, ranked(candidates, picked, rows))
        typer.echo(json.dumps(told, indent=2))
        return
    typer.echo(f"Five songs of the mood {mood}, by chance (seed {number}):")
    for place, row in enumerate(five, 1):
        typer.echo(f"{place}. {named(candidates.tracks[row])}")
    picked = five[(pick or _asked(len(five), number)) - 1]
    for line in _lines(candidates, picked, ranked(candidates, picked, rows)):
        typer.echo(line)


def _asked(most: int, seed: int) -> int:
    """Which one the listener says, asked until it is one of them. Raises Misuse for none."""
    while True:
        try:
            answer = int(typer.prompt(f"Which one (1 to {most})", type=int))
        except typer.Abort:
            raise Misuse(
                "No song was picked.", remedy=f"Add --seed {seed} and --pick with 1 to {most}."
            ) from None
        if 1 <= answer <= most:
            return answer


def _best(found: Sequence[Alike]) -> tuple[list[Alike], list[Alike]]:
    """The likest by cosine, and by distance."""
    from affetto.recommending.pick_one import SHOWN

    return list(found[:SHOWN]), sorted(found, key=lambda one: one.distance)[:SHOWN]


def _lines(candidates: Candidates, picked: int, found: Sequence[Alike]) -> list[str]:
    track = candidates.tracks[picked]
    valence, energy = _place(track)
    by_cosine, by_distance = _best(found)
    both = len({one.row for one in by_cosine} & {one.row for one in by_distance})
    return [
        "",
        f"You picked {named(track)} (valence {valence:.2f}, energy {energy:.2f}). "
        f"Likest of the {len(found)} others of this mood",
        "by the earlier systems' cosine:",
        *(_line(candidates, place, one) for place, one in enumerate(by_cosine, 1)),
        "by distance:",
        *(_line(candidates, place, one) for place, one in enumerate(by_distance, 1)),
        "",
        f"Both name {both} of {len(by_cosine)} alike. The cosine sees a direction only: to it "
        "(0.2, 0.2) and (0.9, 0.9) are the same, though one is faint and one is strong.",
    ]


def _line(candidates: Candidates, place: int, one: Alike) -> str:
    scores = f"cosine {one.cosine:.4f}, distance {one.distance:.2f}"
    return f"{place}. {named(candidates.tracks[one.row])}: {scores}"


def _ranking(candidates: Candidates, picked: int, found: Sequence[Alike]) -> dict[str, Any]:
    by_cosine, by_distance = (
        [
            {
                **_song(candidates, one.row),
                "cosine": round(one.cosine, 4),
                "distance": round(one.distance, 4),
            }
            for one in best
        ]
        for best in _best(found)
    )
    return {
        "picked": _song(candidates, picked),
        "of": len(found),
        "by_cosine": by_cosine,
        "by_distance": by_distance,
    }


def _song(candidates: Candidates, row: int) -> dict[str, Any]:
    track = candidates.tracks[row]
    valence, energy = _place(track)
    return {
        "uri": track.uri,
        "title": track.title,
        "artist": track.artist,
        "valence": round(valence, 4),
        "energy": round(energy, 4),
    }


def _place(track: Track) -> tuple[float, float]:
    from affetto.recommending.pick_one import place_of

    return place_of(track.features) if track.features else (0.0, 0.0)
