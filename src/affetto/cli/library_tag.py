"""affetto library tag: mood, valence and arousal into the files' own tags, and out again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from affetto.cli.shelf import files, open_shelf, reasons

if TYPE_CHECKING:
    from affetto.listening.tagging import Step
    from affetto.track import Track


class _LeftFile(NamedTuple):
    """A file that was left as it is, and why."""

    path: str
    problem: str
    remedy: str


def tag(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="Words of the title, artist or album; none for all."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the tags; left out, it is only said what would.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Give the files their old bytes back.")
    ] = False,
    limit: Annotated[
        int, typer.Option(min=1, help="Most files to name; all are counted and done.")
    ] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Write how the music sounds into the files' own tags: MOOD, VALENCE and AROUSAL.

    Without --write nothing is changed. The sound stays as it is, a mood that a file
    names itself too, and --undo restores every byte.

    Example: affetto library tag nina simone --write
    """
    from affetto.errors import Misuse
    from affetto.listening.tagging import tag_files, undo_tags
    from affetto.settings import load

    if write and undo:
        raise Misuse("--write and --undo ask for opposite things.", remedy="Name one of them.")
    folder = load().data_dir / "undo"
    wanted = " ".join(words or [])
    with open_shelf() as shelf:
        steps = (
            undo_tags(shelf, wanted, undo_folder=folder)
            if undo
            else tag_files(shelf, wanted, undo_folder=folder, write_them=write)
        )
        done: list[Step] = []
        left: list[Step] = []
        told = 0
        for step in steps:
            if step.values and not as_json:
                told += 1
                if told <= limit:
                    typer.echo(_line(step))
            (left if step.left else done).append(step)
        nothing = "" if done or left else _why_nothing(shelf.tracks(), wanted, undo=undo)
    if as_json:
        typer.echo(json.dumps([_data(step) for step in [*done, *left]], indent=2))
        return
    if told > limit:
        typer.echo(f"… and {told - limit:,} more; --limit names more, --json all.")
    for line in reasons(_troubles(left), most=limit):
        typer.echo(line, err=True)
    if nothing:
        typer.echo(nothing, err=True)
        return
    changed = sum(step.changed for step in done)
    if undo:
        typer.echo(f"{files(changed)} {_have(changed)} the old bytes again.")
    elif write:
        typer.echo(f"Tags were written into {files(changed)}; --undo takes them out again.")
    else:
        needed = sum(bool(step.values) for step in done)
        typer.echo(f"{files(needed)} would change; nothing is written without --write.", err=True)


def _line(step: Step) -> str:
    from affetto.music.tags import shown

    told = "  ".join(f"{name} {value}" for name, value in step.values.items() if name != "AFFETTO")
    kept = f"  (the file names its own mood, {step.kept}; it stays)" if step.kept else ""
    return f"{shown(step.path)}\n  {told}{kept}"


def _troubles(left: Sequence[Step]) -> list[_LeftFile]:
    return [_LeftFile(str(step.path), *step.left) for step in left if step.left]


def _why_nothing(tracks: Sequence[Track], words: str, *, undo: bool) -> str:
    """Why no file came up, and what to do."""
    from affetto.listening.tagging import holds

    if undo:
        which = " whose path or tags hold all of these words" if words else ""
        return f"There is nothing to undo: Affetto's tags are in no file{which}."
    if not tracks:
        return "Nothing was scanned yet. Start with: affetto library scan FOLDER"
    if not any(holds(track, words) for track in tracks):
        return "No track holds all of these words. Try fewer of them."
    return "Nothing to write: the tags of these files say it all already."


def _data(step: Step) -> dict[str, Any]:
    from affetto.music.tags import as_text

    return {
        "path": as_text(step.path),
        "changed": step.changed,
        "tags": dict(step.values),
        "own_mood": step.kept or None,
        "left": step.left and {"problem": step.left.problem, "remedy": step.left.remedy},
    }


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
