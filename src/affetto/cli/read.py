"""``affetto read``: say how the faces in pictures and clips look."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from affetto.cli.naming import named
from affetto.cli.progress import INTERRUPTED, progress
from affetto.cli.reading.saving import cannot_save, claim
from affetto.cli.reading.sources import STDIN, Sources, answers, read_as_clip, sources
from affetto.cli.reading.words import (
    Answer,
    as_record,
    called,
    clip_as_record,
    complaint,
    in_words,
    printable,
    second_in_words,
)
from affetto.errors import Misuse

if TYPE_CHECKING:
    from affetto.cli.progress import Show
    from affetto.cli.reading.table import Table
    from affetto.senses.face import FaceReader

PICTURE_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".webp")


class Detector(StrEnum):
    """What finds the faces."""

    BLAZEFACE = "blazeface"
    HAAR = "haar"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, besides the files."""

    timeline: bool
    as_json: bool
    plot: Path | None
    overlay: Path | None
    table: Path | None
    force: bool


def read(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            parser=named,
            help="Pictures (JPEG, PNG, WebP, GIF, BMP), folders of them, clips, or - for a "
            "picture on standard input.",
        ),
    ],
    timeline: Annotated[
        bool,
        typer.Option(
            "--timeline",
            help="Read second by second: a video always is, a GIF, WebP or PNG when asked.",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a file, for machines.")
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="PNG", parser=named, help="Draw a clip's timeline into this file."),
    ] = None,
    overlay: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT",
            parser=named,
            help="Draw boxes and labels: a picture into .jpg, .png or .webp (longest side 1600 "
            "pixels), a clip into .mp4 without its sound. Place and other notes in the file "
            "are not carried over.",
        ),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            "--csv", metavar="OUT", parser=named, help="Write a table, a row a face; - prints it."
        ),
    ] = None,
    detector: Annotated[
        Detector,
        typer.Option(help='What finds the faces; haar takes pip install "affetto[haar]".'),
    ] = Detector.BLAZEFACE,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there already.")
    ] = False,
) -> None:
    """Say how the faces in pictures and clips look.

    What is read stays in memory; only what --overlay, --plot and --csv name is written. A
    file that cannot be read is reported, the others are read all the same, and the exit
    code is then 1. Videos take one more part: pip install "affetto[video]".

    \b
    Example: affetto read me.jpg
             affetto read clip.mp4 --timeline --plot clip.png
             affetto read holiday --csv faces.csv
    """
    wish = Wish(timeline, as_json, plot, overlay, table, force)
    found = sources(files)
    clips = [path for path in found.paths if read_as_clip(path, asked=timeline)]
    _agree(wish, found, clips)
    reader = _reader(detector)
    if table is not None:
        failed = _tabulate(found, reader, table)
    else:
        failed = _tell(found, clips, reader, wish)
    _say_passed_over(found)
    if failed:
        raise typer.Exit(1)


def _agree(wish: Wish, found: Sources, clips: Sequence[Path]) -> None:
    """Make sure that what was asked for can be had together, before any work."""
    one = found.paths[0] if len(found.paths) == 1 else None
    if STDIN in clips:
        raise Misuse("A clip cannot come by standard input.", remedy="Name the file.")
    if wish.table is not None:
        if wish.as_json or wish.timeline or wish.plot or wish.overlay:
            raise Misuse(
                "--csv makes one table of pictures and nothing else.",
                remedy="Leave out --json, --timeline, --plot and --overlay, or leave out --csv.",
            )
        if wish.table != STDIN:
            claim(wish.table, "--csv", (), found.paths, wish.force)
    if wish.plot is not None:
        if one is None or one not in clips:
            raise Misuse(
                "--plot draws the timeline of one clip.",
                remedy="Name one video, or a GIF, WebP or PNG with --timeline.",
            )
        claim(wish.plot, "--plot", (".png",), found.paths, wish.force)
    if wish.overlay is not None:
        if one is None:
            raise Misuse("--overlay draws on one file.", remedy="Name one picture or one clip.")
        endings = (".mp4",) if one in clips else PICTURE_ENDINGS
        claim(wish.overlay, "--overlay", endings, found.paths, wish.force)


def _reader(detector: Detector) -> FaceReader:
    from affetto.senses.face import FaceReader

    if detector is Detector.BLAZEFACE:
        return FaceReader()
    from affetto.senses.haar_finder import HaarFinder

    return FaceReader(finder=HaarFinder())


# -- words and records ----------------------------------------------------------------------


def _tell(found: Sources, clips: Sequence[Path], reader: FaceReader, wish: Wish) -> bool:
    """Read each file and print what was seen; returns whether any failed."""
    failed = False
    for answer in found.shut:
        failed = True
        _print(answer, as_json=wish.as_json)
    with _bar(len(found.paths), to_terminal=True) as step:
        for path in found.paths:
            if path in clips:
                failed = _tell_clip(path, reader, wish) or failed
            elif wish.overlay is not None:
                failed = _draw(path, wish.overlay, reader, wish) or failed
            else:
                (answer,) = answers([path], reader)
                failed = failed or answer.error is not None
                _print(answer, as_json=wish.as_json)
            step(path)
    return failed


def _print(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(as_record(answer)))
    elif answer.error is not None:
        typer.echo(complaint(answer.path, answer.error), err=True)
    else:
        for line in in_words(answer):
            typer.echo(printable(f"{called(answer.path)}: {line}"))


def _draw(path: Path, target: Path, reader: FaceReader, wish: Wish) -> bool:
    """One picture, told and drawn; returns whether it failed."""
    from affetto.cli.reading.drawing import drawn, marks_of, save
    from affetto.cli.reading.sources import opened
    from affetto.errors import UnreadablePicture

    try:
        frame = opened(path)
    except UnreadablePicture as error:
        _print(Answer(path, error=error), as_json=wish.as_json)
        return True
    look = reader.look(frame, thorough=True)
    save(drawn(frame.pixels, marks_of(look)), target)
    _print(Answer(path, look.faces, look.unread), as_json=wish.as_json)
    return False


def _tell_clip(path: Path, reader: FaceReader, wish: Wish) -> bool:
    """One clip, told second by second, plotted and drawn; returns whether it failed."""
    from affetto.cli.reading.clips import Reading, bar_wanted, draw_clip

    reading = Reading(path, reader, bar=bar_wanted())
    if not wish.as_json:
        typer.echo(printable(f"{path}:"))
    for second in reading:
        if not wish.as_json:
            typer.echo(second_in_words(second))
    if wish.as_json:
        typer.echo(json.dumps(clip_as_record(path, reading.seconds, reading.error)))
    elif reading.error is not None:
        typer.echo(complaint(path, reading.error), err=True)
    if reading.seconds and wish.plot is not None:
        from affetto.cli.reading.chart import save_chart

        title = printable(f"How the face in {path.name} looks, second by second")
        save_chart(reading.seconds, title, wish.plot)
    if reading.seconds and wish.overlay is not None:
        draw_clip(path, wish.overlay, reader)
    return reading.error is not None


# -- a table --------------------------------------------------------------------------------


def _tabulate(found: Sources, reader: FaceReader, target: Path) -> bool:
    """Read all pictures into a table; returns whether any could not be read.

    A table that is interrupted keeps the rows it has.
    """
    told = failures = 0
    try:
        with _table(target) as table, _bar(len(found.paths), to_terminal=target == STDIN) as step:
            for answer in _all(found, reader):
                table.add(answer)
                told += 1
                failures += answer.error is not None
                step(answer.path)
    except KeyboardInterrupt:
        typer.echo(f"Stopped. The table holds {told} of {len(found.paths)} pictures.", err=True)
        raise typer.Exit(INTERRUPTED) from None
    if target != STDIN:
        pictures = f"{told} picture{'' if told == 1 else 's'}"
        which = f", {failures} of which could not be read" if failures else ""
        typer.echo(printable(f"{pictures} in {target}{which}."), err=True)
    return failures > 0


def _all(found: Sources, reader: FaceReader) -> Iterator[Answer]:
    yield from found.shut
    yield from answers(found.paths, reader)


@contextmanager
def _table(target: Path) -> Iterator[Table]:
    from affetto.cli.reading.table import Table

    if target == STDIN:
        yield Table(sys.stdout)
        return
    try:
        with target.open("w", encoding="utf-8", newline="") as file:
            yield Table(file)
    except OSError as error:
        raise cannot_save(target, error) from error


# -- talk -----------------------------------------------------------------------------------


@contextmanager
def _bar(total: int, *, to_terminal: bool) -> Iterator[_Step]:
    """Called with each file that is done; a bar where it is seen and in nobody's way."""
    in_the_way = to_terminal and sys.stdout.isatty()
    with ExitStack() as stack:
        show = None
        if total > 1 and sys.stderr.isatty() and not in_the_way:
            show = stack.enter_context(progress("Reading"))
        yield _Step(show, total)


class _Step:
    """Counts files."""

    def __init__(self, show: Show | None, total: int) -> None:
        self._show, self._total, self._done = show, total, 0

    def __call__(self, path: Path) -> None:
        self._done += 1
        if self._show is not None:
            self._show(min(self._done, self._total), self._total, printable(path.name))


def _say_passed_over(found: Sources) -> None:
    if not found.paths:
        typer.echo("There is no picture in what was named.", err=True)
    if found.passed_over:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(found.passed_over.items()))
        typer.echo(f"Passed over in folders: {kinds}.", err=True)
