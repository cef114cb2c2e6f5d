"""Gather the English sentences that the server says to the page, for its languages to translate.

.venv/bin/python tools/sentences.py           write web/src/languages/sentences.json
.venv/bin/python tools/sentences.py --check   only say whether it is stale

The server speaks English. In another language the page finds a sentence of the server's in its
catalogue by the sentence itself; what varies in it (a name, a number) is a gap, ``{0}``. So
nothing but the source says which sentences there are: this reads it, without running it, and
follows each text that is given as a problem, a remedy, a check, or a field of a form through
the names, choices and functions of its module to what it may come to.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "src" / "affetto"
FILE: Final = ROOT / "web" / "src" / "languages" / "sentences.json"

GAP: Final = "\0"  # no source has it
MOST: Final = 64  # texts that one expression may come to
LEAST: Final = 4  # letters beside gaps; fewer would fit what anybody else says

# What says nothing to the page: it speaks in the terminal or to scripts, before anything is
# served, or of what only a bug could bring about.
ELSEWHERE: Final = (
    "cli/",
    "emotion.py",
    "listening/importing.py",
    "listening/once.py",
    "listening/policies/",
    "listening/study.py",
    "music/curated/links.py",
    "music/demo.py",
    "music/local.py",
    "music/memory.py",
    "music/playlists/",
    "music/tables/",
    "music/tagging/",
    "recommending/nearest.py",
    "senses/clip.py",
    "senses/haar_finder.py",
    "server/models.py",
    "server/page.py",
    "server/running.py",
    "settings.py",
    "wiring.py",
)

# Texts by where a call takes them: for each name of a call its positions and keywords.
SAID: Final[Mapping[str, tuple[tuple[int, str], ...]]] = {
    "Check": ((0, "name"), (2, "says"), (3, "remedy")),
    "Asked": ((1, "label"), (-1, "help")),
    "Description": ((0, "title"), (1, "summary")),
    "_said": ((2, "words"),),
    "ProblemResponse": ((1, "problem"), (2, "remedy")),
}
ERROR: Final = ((0, "problem"), (-1, "remedy"))  # whatever is called with a remedy
# What is said that no such call takes: functions, and tables of words.
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "listening/knowing.py": ("in_short", "CALLED", "STYLE_WORDS", "_said"),
    "music/subsonic/connection.py": ("_TOLD",),
    "music/subsonic/troubles.py": ("_REFUSALS",),
    "recommending/reasons.py": ("otherwise", "WANTED"),
    "recommending/response.py": ("_words",),
    "server/access.py": ("refusal",),
    "server/problems.py": ("_PLAIN",),
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Scope:
    """Where an expression stands: its module, its function, and what its parameters are."""

    module: Module
    function: Function | None = None
    given: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass
class Module:
    """One source file: its functions and constants by name."""

    name: str  # "music/mpd/daemon.py"
    tree: ast.Module
    functions: dict[str, Function] = field(default_factory=dict)
    constants: dict[str, ast.expr] = field(default_factory=dict)
    within: dict[ast.AST, Function] = field(default_factory=dict)  # a node's function

    def knows(self, name: str, module: Module) -> bool:
        """Whether ``name`` means here what it is called in ``module``."""
        if self is module or self.name.rpartition("/")[0] == module.name.rpartition("/")[0]:
            return True
        dotted = f"affetto.{module.name.removesuffix('.py').replace('/', '.')}."
        return any(
            isinstance(node, ast.ImportFrom)
            and dotted.startswith(f"{node.module}.")
            and any(alias.name == name for alias in node.names)
            for node in ast.walk(self.tree)
        )

    @classmethod
    def read(cls, name: str, source: str) -> Module:
        """The module called ``name``, which holds ``source``."""
        module = cls(name, ast.parse(source))
        for node in module.tree.body:
            match node:
                case ast.Assign(targets=[ast.Name(id=target)], value=value):
                    module.constants[target] = value
                case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value):
                    module.constants[target] = value
        for node in ast.walk(module.tree):
            if isinstance(node, Function):
                module.functions.setdefault(node.name, node)
                module.within.update(dict.fromkeys(ast.walk(node), node))
        return module


def modules() -> list[Module]:
    """The modules that may say something to the page."""
    files = sorted(SOURCE.rglob("*.py"))
    names = [(file, file.relative_to(SOURCE).as_posix()) for file in files]
    return [
        Module.read(name, file.read_text(encoding="utf-8"))
        for file, name in names
        if not name.startswith(ELSEWHERE)
    ]


# -- what an expression comes to --------------------------------------------------------


def texts(node: ast.expr | None, scope: Scope, depth: int = 0) -> list[str]:
    """The texts that an expression may come to, with a gap for what nobody can foresee."""
    if node is None or depth > 12:
        return [GAP]

    def inner(one: ast.expr | None, where: Scope = scope) -> list[str]:
        return texts(one, where, depth + 1)

    match node:
        case ast.Constant(value=str() as text):
            return [text]
        case ast.JoinedStr(values=parts):
            return _joined([inner(part) for part in parts])
        case ast.FormattedValue(value=value, conversion=-1):
            return inner(value)
        case ast.IfExp(body=body, orelse=orelse):
            return _united([inner(body), inner(orelse)])
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _joined([inner(left), inner(right)])
        case ast.BoolOp(op=ast.Or(), values=[*others, last]):
            firsts = [[text for text in inner(other) if text] for other in others]
            return _united([*firsts, inner(last)])
        case ast.Tuple(elts=every):
            return _united([inner(one) for one in every])
        case ast.Name(id=name):
            return _named(name, scope, depth)
        case ast.Call(func=ast.Name(id=name)) if name in scope.module.functions:
            function = scope.module.functions[name]
            there = Scope(scope.module, function, _arguments(function, node, scope, depth))
            returned = [
                inner(one.value, there)
                for one in ast.walk(function)
                if isinstance(one, ast.Return) and scope.module.within[one] is function
            ]
            return _united(returned) if returned else [GAP]
        case ast.Call(func=ast.Attribute(value=value, attr="rstrip" | "strip")):
            return inner(value)
    return [GAP]


def _named(name: str, scope: Scope, depth: int) -> list[str]:
    """What a name stands for: a parameter, what is assigned to it, or a constant."""
    if scope.function is not None:
        if name in scope.given:
            return scope.given[name]
        found = list(_assigned(name, scope.function))
        if found:
            return _united([texts(one, scope, depth + 1) for one in found])
        if name in {one.arg for one in _parameters(scope.function)}:
            return [GAP]
    if name in scope.module.constants:
        return texts(scope.module.constants[name], Scope(scope.module), depth + 1)
    return [GAP]


def _assigned(name: str, function: Function) -> Iterator[ast.expr | None]:
    """Everything that is assigned to a name in a function; None for what cannot be followed."""
    for node in ast.walk(function):
        match node:
            case (
                ast.Assign(targets=[target], value=value)
                | ast.NamedExpr(target=target, value=value)
            ):
                yield from _unpacked(name, target, value)
            case ast.For(target=target, iter=ast.Tuple(elts=every)):
                for value in every:
                    yield from _unpacked(name, target, value)


def _unpacked(name: str, target: ast.expr, value: ast.expr) -> Iterator[ast.expr | None]:
    match target, value:
        case ast.Name(id=found), _ if found == name:
            yield value
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
            for one, its in zip(targets, values, strict=True):
                yield from _unpacked(name, one, its)
        case ast.Tuple(elts=targets), ast.Call(
            func=ast.Attribute(attr="get"), args=[_, ast.Tuple() as default]
        ):
            yield from _unpacked(name, target, default)
            yield from [None] * any(isinstance(t, ast.Name) and t.id == name for t in targets)
        case ast.Tuple(elts=targets), _ if any(
            isinstance(one, ast.Name) and one.id == name for one in targets
        ):
            yield None


def _arguments(
    function: Function, call: ast.Call, scope: Scope, depth: int
) -> dict[str, list[str]]:
    """What the parameters of ``function`` come to in a call from ``scope``."""
    names = [one.arg for one in _parameters(function)]
    if names[:1] in (["self"], ["cls"]):
        names = names[1:]
    given = dict(zip(names, call.args, strict=False))
    given |= {one.arg: one.value for one in call.keywords if one.arg}
    return {name: texts(value, scope, depth + 1) for name, value in given.items()}


def _parameters(function: Function) -> list[ast.arg]:
    told = function.args
    return [*told.posonlyargs, *told.args, *told.kwonlyargs]


def _joined(parts: Sequence[list[str]]) -> list[str]:
    return ["".join(one) for one in islice(product(*parts), MOST)]


def _united(every: Sequence[list[str]]) -> list[str]:
    return list(dict.fromkeys(text for one in every for text in one))[:MOST]


# -- what is said -------------------------------------------------------------------------


Calls = Mapping[str, Sequence[tuple[Module, ast.Call]]]


def said(every: Sequence[Module]) -> Iterator[tuple[str, str]]:
    """Each text that may reach the page, and its module."""
    calls: dict[str, list[tuple[Module, ast.Call]]] = {}
    for module in every:
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                    calls.setdefault(name, []).append((module, node))
    for module in every:
        for name in WORDS.get(module.name, ()):
            for text in _words(module, name):
                yield text, module.name
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                for value in _taken(node):
                    for text in _everywhere(module, node, value, calls):
                        yield text, module.name


def _taken(call: ast.Call) -> Iterator[ast.expr]:
    """The texts that a call takes."""
    keywords = {one.arg: one.value for one in call.keywords}
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in SAID:
            places = SAID[name]
        case _:
            places = ERROR if "remedy" in keywords else ()
    for place, keyword in places:
        if keyword in keywords:
            yield keywords[keyword]
        elif 0 <= place < len(call.args):
            yield call.args[place]


def _everywhere(module: Module, node: ast.Call, value: ast.expr, calls: Calls) -> list[str]:
    """What ``value`` comes to; where its function hands a parameter on, by each of its calls."""
    function = module.within.get(node)
    scope = Scope(module, function)
    if function is None:
        return texts(value, scope)
    handed = {one.arg for one in _parameters(function)} & {
        one.id for one in ast.walk(value) if isinstance(one, ast.Name)
    }
    found = [
        texts(value, Scope(module, function, _arguments(function, call, its, 0)))
        for caller, call in calls.get(function.name, ())
        if handed and caller.knows(function.name, module)
        for its in [Scope(caller, caller.within.get(call))]
    ]
    return _united(found) if found else texts(value, scope)


def _words(module: Module, name: str) -> list[str]:
    """What a function returns, or all texts of a constant but for its keys."""
    if name in module.functions:
        function = module.functions[name]
        scope = Scope(module, function)
        returned = [one.value for one in ast.walk(function) if isinstance(one, ast.Return)]
        return _united([texts(value, scope) for value in returned])
    table = module.constants[name]
    values = table.values if isinstance(table, ast.Dict) else [table]
    return _united([texts(value, Scope(module)) for value in values])


def gathered(every: Sequence[Module]) -> dict[str, str]:
    """Each sentence with numbered gaps, and the module that says it, as they come."""
    found: dict[str, str] = {}
    for text, name in said(every):
        sentence, gaps = _numbered(text)
        # One that is all gaps says nothing of its own: its parts are found where they come from.
        if len(re.findall(r"[^\W\d_]", text)) > (LEAST if gaps else 0):
            found.setdefault(sentence, name)
    return found


def _numbered(text: str) -> tuple[str, int]:
    first, *rest = re.split(f"{GAP}+", text)
    return first + "".join(f"{{{at}}}{part}" for at, part in enumerate(rest)), len(rest)


def text() -> str:
    """The file as it is written: stable, so that a diff shows what changed."""
    return json.dumps(gathered(modules()), indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write the file, or say whether it is stale."""
    parser = argparse.ArgumentParser(description="Gather what the server says to the page.")
    parser.add_argument("--check", action="store_true", help="only say whether it is stale")
    if not parser.parse_args(arguments).check:
        FILE.write_text(text(), encoding="utf-8", newline="\n")
        return 0
    if FILE.read_text(encoding="utf-8") == text():
        return 0
    print(f"{FILE.relative_to(ROOT)} is stale: run python tools/sentences.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
