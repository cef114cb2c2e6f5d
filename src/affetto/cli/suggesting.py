"""Well-known songs for a feeling, to open elsewhere: for those without a library here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import typer

from affetto.cli.recommend import as_record

if TYPE_CHECKING:
    from affetto.choice import Aim, Choice
    from affetto.listening.once import Feeling
    from affetto.music.curated import CuratedSong
    from affetto.track import Track


@dataclass(frozen=True, slots=True)
class Suggested:
    """One song of the lists, why it fits, and where it can be heard."""

    choice: Choice  # its reason is the list's own
    song: CuratedSong
    service: str
    link: str
    owned: Track | None  # the same song in the listener's library


def suggest(
    felt: Feeling,
    word: str | None,
    *,
    goal: str | Aim,
    limit: int,
    seed: int | None,
    tracks: Sequence[Track],
) -> list[Suggested]:
    """Songs that fit a feeling, chosen as tracks are; ``tracks`` is what the listener owns.

    To match a feeling named by one of the seven words, only the list of that word is asked:
    its songs were chosen for what they say, not for their place alone.
    """
    from affetto.choice import Goal
    from affetto.emotion import EXPRESSIONS
    from affetto.listening import once
    from affetto.music.curated import Lists, link, owned
    from affetto.settings import load

    settings = load()
    lists = Lists(settings.lists_dir)
    named = (word or "").casefold().strip()
    aim = once.aim_called(goal)
    matched = aim.goal is Goal.MATCH and aim.intent is None
    one_list = named in EXPRESSIONS and matched
    songs = lists.songs(named) if one_list else lists.all_songs()
    by_uri = {song.as_track().uri: song for song in reversed(songs)}
    seeds = [song.as_track() for song in by_uri.values()]
    choices = once.recommend(felt, goal=goal, tracks=seeds, limit=limit, seed=seed)
    chosen = [(choice, by_uri[choice.track.uri]) for choice in choices]
    found = owned(tracks, [song for _, song in chosen])
    service = settings.song_service
    return [
        Suggested(
            replace(choice, because=song.because or choice.because),
            song,
            service,
            link(song.title, song.artist, service),
            found.get(song.key),
        )
        for choice, song in chosen
    ]


def show(suggested: Sequence[Suggested], *, as_table: bool, as_json: bool) -> None:
    """Print suggestions as ``affetto recommend`` prints its choices."""
    if as_json:
        typer.echo(json.dumps([_record(one) for one in suggested], indent=2))
    elif as_table:
        for line in _table(suggested):
            typer.echo(line)
    else:
        for number, one in enumerate(suggested, 1):
            marks = {"explicit": one.song.explicit, "in your library": one.owned is not None}
            named = [
                one.song.title,
                one.song.artist,
                *(mark for mark, is_so in marks.items() if is_so),
            ]
            typer.echo(f"{number}. {' · '.join(named)}: {one.choice.because}")
            typer.echo(f"   {one.link}")


def _record(one: Suggested) -> dict[str, Any]:
    return {
        **as_record(one.choice),
        "explicit": one.song.explicit,
        "owned": one.owned.uri if one.owned else None,
        "service": one.service,
        "link": one.link,
    }


def _table(suggested: Sequence[Suggested]) -> list[str]:
    """Columns name, artist, mood, year and link, as wide as they need to be."""
    from rich.cells import cell_len

    from affetto.emotion import mood_of

    rows = [("name", "artist", "mood", "year", "link")]
    for one in suggested:
        year = "?" if one.song.year is None else str(one.song.year)
        rows.append((one.song.title, one.song.artist, mood_of(one.song), year, one.link))
    widths = [max(cell_len(row[column]) for row in rows) for column in range(4)]
    return [
        "  ".join([*(_padded(row[column], widths[column]) for column in range(4)), row[4]])
        for row in rows
    ]


def _padded(cell: str, width: int) -> str:
    from rich.cells import cell_len

    return cell + " " * (width - cell_len(cell))
