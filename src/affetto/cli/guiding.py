"""Groups of commands that help those who guess, and whose help is free of Python's words."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final

from typer.core import TyperGroup

# What people may type, in each group, and the commands that do it.
GUESSES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "affetto": {
        "scan": ("library scan",),
        "watch": ("library watch",),
        "tag": ("library tag",),
        "show": ("library show", "lists show"),
        "import": ("library import", "lists import"),
        "export": ("lists export",),
        "songs": ("lists",),
        "policies": ("policy",),
        "map": ("policy show",),
        "music": ("library",),
        "tracks": ("library",),
        "start": ("serve",),
        "run": ("serve",),
        "open": ("serve",),
        "page": ("serve",),
        "play": ("serve", "listen"),
        "photo": ("read",),
        "video": ("read",),
        "face": ("read",),
        "suggest": ("recommend",),
        "check": ("doctor",),
        "help": ("--help",),
        "version": ("--version",),
    },
    "library": {
        "add": ("library scan", "library import"),
        "rescan": ("library scan",),
        "update": ("library scan",),
        "follow": ("library watch",),
        "list": ("library show",),
        "search": ("library show",),
        "find": ("library show",),
        "failed": ("library show --failed",),
        "write": ("library tag --write",),
        "undo": ("library tag --undo",),
        "forget": ("library import --forget",),
        "remove": ("library import --forget",),
    },
    "policy": {
        "list": ("policy show",),
        "edit": ("policy show --edit",),
        "diff": ("policy propose",),
        "learn": ("policy propose",),
        "undo": ("policy rollback",),
        "versions": ("policy history",),
    },
    "lists": {
        "list": ("lists show",),
        "edit": ("lists add", "lists remove"),
        "delete": ("lists remove",),
        "links": ("lists show --links",),
    },
}


class Guided(TyperGroup):
    """A group that names the command somebody may have meant."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command asked for; Misuse of the command line when there is none."""
        word = args[0]
        if word.startswith("-") or self.get_command(ctx, word) is not None:
            return super().resolve_command(ctx, args)
        meant = " or ".join(f"`affetto {one}`" for one in self._meant(ctx, word))
        return ctx.fail(
            f"There is no command {word!r}. "
            + (f"Did you mean {meant}?" if meant else f"`{ctx.command_path} --help` names all.")
        )

    def _meant(self, ctx: Any, word: str) -> tuple[str, ...]:
        """The commands that ``word`` comes nearest to, by what they do or how they are spelt."""
        before = "" if self.name == "affetto" else f"{self.name} "
        ours = {name: (f"{before}{name}",) for name in self.list_commands(ctx)}
        known = {**GUESSES.get(self.name or "", {}), **ours}
        near = get_close_matches(word.casefold(), known, n=1, cutoff=0.7)
        return known[near[0]] if near else ()


def in_plain_words(command: Any) -> Any:
    """``command``, its help saying PORT and FILE where Typer says <int range> and <Path>."""
    for inner in getattr(command, "commands", {}).values():
        in_plain_words(inner)
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            parameter.display_type_rich = lambda **_: None  # its name says enough
        elif not (parameter.metavar or parameter.is_flag or _named_choices(parameter)):
            parameter.metavar = parameter.name.upper().replace("_", "-")
    return command


def _named_choices(parameter: Any) -> bool:
    """Whether its help names what can be chosen. An older Typer keeps that in the type."""
    described = getattr(parameter, "type_descriptor", None)
    kind = getattr(parameter, "type", None)
    return bool(getattr(described, "is_choice", False) or getattr(kind, "choices", None))
