"""``affetto``: one door for each use.

A command's module is imported when the command runs, and the rooms behind it when it
needs them, so ``affetto --help`` stays quick.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any, Final

import typer

from affetto import __version__
from affetto.cli.answering import AnswerLost, answer_through_outlet
from affetto.cli.guiding import Guided, in_plain_words
from affetto.cli.progress import INTERRUPTED
from affetto.errors import AffettoError

FAILURE: Final = 1
MISUSE: Final = 2
READER_LEFT: Final = 141  # what a shell says of any program whose reader left


@dataclass(frozen=True, slots=True)
class _Door:
    """Where a command lives, and its line in the help."""

    module: str
    name: str
    help: str


DOORS: Final = {
    "serve": _Door("affetto.cli.serve", "serve", "Open the page and play."),
    "listen": _Door("affetto.cli.listen", "listen", "Start music that fits, from the terminal."),
    "read": _Door("affetto.cli.read", "read", "Read the faces in photos and clips."),
    "recommend": _Door("affetto.cli.recommend", "recommend", "Name tracks that fit a mood."),
    "library": _Door(
        "affetto.cli.library", "app", "Scan, show and tag your own music; import tables."
    ),
    "providers": _Door("affetto.cli.providers", "app", "Connect the places where music lives."),
    "lists": _Door("affetto.cli.lists", "app", "Show and edit the lists of well-known songs."),
    "playlist": _Door("affetto.cli.playlist", "app", "Save playlists for other players."),
    "history": _Door("affetto.cli.history", "app", "Bring in what you played elsewhere."),
    "study": _Door("affetto.cli.study", "app", "Try two ways of choosing on yourself."),
    "policy": _Door("affetto.cli.policy", "app", "Show and change where each emotion is sent."),
    "doctor": _Door("affetto.cli.doctor", "doctor", "Say what works and what to do if not."),
    "bench": _Door("affetto.cli.bench", "bench", "Measure how fast this machine is."),
}


class Doors(Guided):
    """The commands, each fetched when asked for; our errors end here."""

    _only_names = False

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order of the help."""
        return list(DOORS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """One command; for the list of commands its name and line are enough."""
        door = DOORS.get(cmd_name)
        if door is None:
            return None
        if self._only_names:
            return _command(cmd_name, lambda: None, help_text=door.help)
        return _command(cmd_name, getattr(import_module(door.module), door.name))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help, without opening any room."""
        self._only_names = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._only_names = False

    def invoke(self, ctx: Any) -> Any:
        """Run a command; say what went wrong and what to do, never a traceback."""
        try:
            return super().invoke(ctx)
        except AffettoError as error:
            typer.echo(f"{error.problem} {error.remedy}", err=True)
            raise typer.Exit(MISUSE if error.misuse else FAILURE) from error
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    name="affetto",
    cls=Doors,
    help="Plays the music that fits how you feel, and can lead you somewhere better.",
    epilog="Example: affetto serve",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"affetto {__version__}")
        raise typer.Exit


@app.callback()
def _affetto(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Plays the music that fits how you feel, and can lead you somewhere better."""


def _command(name: str, made_of: Any, *, help_text: str | None = None) -> Any:
    """A command from a function, or a group of them from a Typer application."""
    if isinstance(made_of, typer.Typer):
        made_of.rich_markup_mode = None
        made_of.pretty_exceptions_enable = False
        command: Any = typer.main.get_command(made_of)
    else:
        one = typer.Typer(
            add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
        )
        one.command(name, help=help_text)(made_of)
        command = typer.main.get_command(one)
    command.name = name
    return in_plain_words(command)


def main() -> None:
    """Run the command line."""
    try:
        answer_through_outlet()
        app()
    except AnswerLost as lost:
        if lost.left:  # `affetto … | head -1`: it had enough, and nothing is wrong
            sys.exit(READER_LEFT)
        typer.echo(
            f"The answer could not be written: {lost.reason[:1].lower()}{lost.reason[1:]}. "
            "Free some space, or send it to another place.",
            err=True,
        )
        sys.exit(FAILURE)
